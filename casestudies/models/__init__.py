"""What is assessed: frameworks, organisations, reviews, case studies and their evidence."""

from .case_studies import CaseStudy, OutcomeOwner, Section, Version
from .changes import Change
from .evidence import Evidence, Group
from .frameworks import Band, Domain, Framework, FrameworkChange, Grade, OutcomeArea, RatingDescriptor
from .organisations import IntegratedCareSystem, Organisation, Role
from .reviews import Review, StageMove

__all__ = [
    "Band",
    "CaseStudy",
    "Change",
    "Domain",
    "Evidence",
    "Framework",
    "FrameworkChange",
    "Grade",
    "Group",
    "IntegratedCareSystem",
    "Organisation",
    "OutcomeArea",
    "OutcomeOwner",
    "RatingDescriptor",
    "Review",
    "Role",
    "Section",
    "StageMove",
    "Version",
]
