"""How case studies are judged and told: panels, scores, agreed scores, recommendations, publications."""

from .agreed import AgreedScore, Commentary, DomainChoice, SelfAssessment
from .approvals import Approval, PublicationRun, RunFile
from .panels import DeclaredInterest, PanelMember, PanelMessage, PastInterest
from .publications import AcceptedWarning, Publication, PublicationFile
from .recommendations import OwnerMessage, PreviousAction, ProgressNote, Recommendation, Theme
from .scores import Draft, Score, ScoreSheet
from .search import SearchText
from .uploads import ReportUpload
from .workshops import Joining, Workshop

__all__ = [
    "AcceptedWarning",
    "AgreedScore",
    "Approval",
    "Commentary",
    "DeclaredInterest",
    "DomainChoice",
    "Draft",
    "Joining",
    "OwnerMessage",
    "PanelMember",
    "PanelMessage",
    "PastInterest",
    "PreviousAction",
    "ProgressNote",
    "Publication",
    "PublicationFile",
    "PublicationRun",
    "Recommendation",
    "ReportUpload",
    "RunFile",
    "Score",
    "ScoreSheet",
    "SearchText",
    "SelfAssessment",
    "Theme",
    "Workshop",
]
