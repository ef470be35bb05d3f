"""How case studies are judged and told: panels, scores, agreed scores, recommendations, publications."""

from scoring.moderation.models import AgreedScore, Commentary, DomainChoice, SelfAssessment
from scoring.publishing.models import (
    AcceptedWarning,
    Approval,
    Publication,
    PublicationFile,
    PublicationRun,
    RunFile,
    SentReport,
    Withdrawal,
)
from scoring.recommendations.models import OwnerMessage, PreviousAction, ProgressNote, Recommendation, Theme
from scoring.scores.models import Draft, Score, ScoreSheet, ScoringPreference
from scoring.search.models import SearchText, SearchWord
from scoring.workshops.models import Joining, PaperSheet, Workshop

__all__ = [
    "AcceptedWarning",
    "AgreedScore",
    "Approval",
    "Commentary",
    "DomainChoice",
    "Draft",
    "Joining",
    "OwnerMessage",
    "PaperSheet",
    "PreviousAction",
    "ProgressNote",
    "Publication",
    "PublicationFile",
    "PublicationRun",
    "Recommendation",
    "RunFile",
    "Score",
    "ScoreSheet",
    "ScoringPreference",
    "SearchText",
    "SearchWord",
    "SelfAssessment",
    "SentReport",
    "Theme",
    "Withdrawal",
    "Workshop",
]
