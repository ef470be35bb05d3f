"""How case studies are judged and told: panels, scores, agreed scores, recommendations, publications."""

from .agreed import AgreedScore, Commentary, DomainChoice, SelfAssessment
from .panels import DeclaredInterest, PanelMember, PanelMessage
from .publications import Publication
from .recommendations import PreviousAction, Recommendation, Theme
from .scores import Draft, Score, ScoreSheet

__all__ = [
    "AgreedScore",
    "Commentary",
    "DeclaredInterest",
    "DomainChoice",
    "Draft",
    "PanelMember",
    "PanelMessage",
    "PreviousAction",
    "Publication",
    "Recommendation",
    "Score",
    "ScoreSheet",
    "SelfAssessment",
    "Theme",
]
