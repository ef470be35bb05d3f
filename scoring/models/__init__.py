"""How case studies are judged and told: panels, scores, agreed scores, recommendations, publications."""

from .agreed import AgreedScore, Commentary, DomainChoice, SelfAssessment
from .approvals import Approval, PublicationRun, RunFile
from .panels import DeclaredInterest, PanelMember, PanelMessage
from .publications import AcceptedWarning, Publication, PublicationFile
from .recommendations import PreviousAction, ProgressNote, Recommendation, Theme
from .scores import Draft, Score, ScoreSheet
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
    "PanelMember",
    "PanelMessage",
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
    "SelfAssessment",
    "Theme",
    "Workshop",
]
