"""What is assessed: frameworks, organisations, reviews, case studies and their evidence."""

from .abbreviations import Abbreviation
from .case_studies import CaseStudy, OutcomeOwner, Section, Version
from .changes import Change
from .evidence import Evidence, Group
from .evidence_files import EvidenceFile
from .frameworks import Band, Domain, Framework, FrameworkChange, Grade, OutcomeArea, RatingDescriptor
from .objectives import DutyPublication, Objective, ObjectiveNote
from .organisations import IntegratedCareSystem, Organisation, Role
from .reviews import Review, StageMove
from .sharing import SharedCaseStudy
from .writing import Comment, Explanation, Handover

__all__ = [
    "Abbreviation",
    "Band",
    "CaseStudy",
    "Change",
    "Comment",
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
    "RatingDescriptor",
    "Review",
    "Role",
    "Section",
    "SharedCaseStudy",
    "StageMove",
    "Version",
]
