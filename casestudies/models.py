"""What is assessed: frameworks, organisations, reviews, case studies and their evidence."""

from casestudies.evidence.models import Evidence, EvidenceFile, Group
from casestudies.frameworks.models import (
    Band,
    Domain,
    Framework,
    FrameworkChange,
    Grade,
    OutcomeArea,
    RatingDescriptor,
)
from casestudies.lists.models import ListEntry
from casestudies.messages.models import SwitchedOffMessage
from casestudies.objectives.models import DutyPublication, Objective, ObjectiveNote
from casestudies.organisations.models import (
    Abbreviation,
    Brand,
    FormerAddress,
    IntegratedCareSystem,
    Organisation,
    Role,
)
from casestudies.reviews.models import Change, LeftOutDomain, Review, StageMove
from casestudies.reviews.panel_models import (
    DeclaredInterest,
    FixedPlace,
    PanelMember,
    PanelMessage,
    PastInterest,
)
from casestudies.reviews.sharing_models import SharedCaseStudy
from casestudies.succession.models import Succession
from casestudies.uploads.models import ReportUpload, TableMeanings
from casestudies.writing.models import (
    CaseStudy,
    CaseStudyMove,
    Comment,
    Explanation,
    Handover,
    OutcomeOwner,
    Section,
    Version,
)

__all__ = [
    "Abbreviation",
    "Band",
    "Brand",
    "CaseStudy",
    "CaseStudyMove",
    "Change",
    "Comment",
    "DeclaredInterest",
    "Domain",
    "DutyPublication",
    "Evidence",
    "EvidenceFile",
    "Explanation",
    "FixedPlace",
    "FormerAddress",
    "Framework",
    "FrameworkChange",
    "Grade",
    "Group",
    "Handover",
    "IntegratedCareSystem",
    "LeftOutDomain",
    "ListEntry",
    "Objective",
    "ObjectiveNote",
    "Organisation",
    "OutcomeArea",
    "OutcomeOwner",
    "PanelMember",
    "PanelMessage",
    "PastInterest",
    "RatingDescriptor",
    "ReportUpload",
    "Review",
    "Role",
    "Section",
    "SharedCaseStudy",
    "StageMove",
    "Succession",
    "SwitchedOffMessage",
    "TableMeanings",
    "Version",
]
