"""What is assessed: frameworks, organisations, reviews, case studies and their evidence."""

from casestudies.evidence.models import Evidence, Group
from casestudies.frameworks.models import (
    Band,
    Domain,
    Framework,
    FrameworkChange,
    Grade,
    OutcomeArea,
    RatingDescriptor,
)
from casestudies.models.abbreviations import Abbreviation
from casestudies.models.changes import Change
from casestudies.models.evidence_files import EvidenceFile
from casestudies.models.writing import Comment, Explanation, Handover
from casestudies.objectives.models import DutyPublication, Objective, ObjectiveNote
from casestudies.organisations.models import IntegratedCareSystem, Organisation, Role
from casestudies.reviews.models import Review, StageMove
from casestudies.reviews.panel_models import DeclaredInterest, PanelMember, PanelMessage, PastInterest
from casestudies.reviews.sharing_models import SharedCaseStudy
from casestudies.writing.models import CaseStudy, OutcomeOwner, Section, Version

__all__ = [
    "Abbreviation",
    "Band",
    "CaseStudy",
    "Change",
    "Comment",
    "DeclaredInterest",
    "Domain",
    "DutyPublication",
    "Evidence",
    "EvidenceFile",
    "Explanation",
    "Framework",
    "FrameworkChange",
    "Grade",
    "Group",
    "Handover",
    "IntegratedCareSystem",
    "Objective",
    "ObjectiveNote",
    "Organisation",
    "OutcomeArea",
    "OutcomeOwner",
    "PanelMember",
    "PanelMessage",
    "PastInterest",
    "RatingDescriptor",
    "Review",
    "Role",
    "Section",
    "SharedCaseStudy",
    "StageMove",
    "Version",
]
