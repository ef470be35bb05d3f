"""What a check finds, and what each check is: its code, its severity and why it is made."""

from dataclasses import dataclass

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to mend before publication. An error stops it; a warning is mended, or accepted with a reason.

    `case_study` is a number within the report and `outcome` a code like "1A", each None where it is about neither.
    `message` is a sentence or two for the person who mends it: what is wrong, where, and what to do.
    """

    code: str
    severity: str
    case_study: int | None = None
    outcome: str | None = None
    message: str


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """A check in words for the page that lists them. A code never changes its meaning."""

    code: str
    severity: str
    title: str
    why: str


def _explained(code: str, severity: str, title: str, why: str) -> Explanation:
    return Explanation(code=code, severity=severity, title=title, why=why)


EXPLANATIONS = tuple(
    _explained(*row)
    for row in (
        (
            *("outcome-not-scored", ERROR, "An outcome area has no score"),
            "Each case study needs the panel’s agreed score on every outcome area of its domain.",
        ),
        (
            *("score-off-scale", ERROR, "A score is not on the scale"),
            "Scores are whole numbers on the framework’s scale. Half points come from older reports.",
        ),
        (
            *("total-mismatch", ERROR, "A written total is not the sum of the scores"),
            "A total in the source or in the text has to be the sum of the agreed scores.",
        ),
        (
            *("domain-mismatch", ERROR, "A stated domain score is not the computed one"),
            "What the source says of a domain has to follow from its case studies.",
        ),
        (
            *("overall-mismatch", ERROR, "The stated overall score is not the computed one"),
            "The overall score is the sum of the domains, and there is none until all of them are scored.",
        ),
        (
            *("rating-mismatch", ERROR, "The stated rating is not the computed one"),
            "The rating follows from the overall score, and there is none until all domains are scored.",
        ),
        (
            *("band-misquoted", ERROR, "A rating’s points are misquoted"),
            "Readers judge the overall score by the bands that the text quotes, so these must be the framework’s.",
        ),
        (
            *("commentary-repeated", ERROR, "Two case studies have the same commentary"),
            "The commentary of one case study is easily printed under another.",
        ),
        (
            *("commentary-names-another", WARNING, "A commentary is about another case study"),
            "A commentary that names another case study and not its own may be in the wrong place.",
        ),
        (
            *("copied-from-last-year", WARNING, "A text is last year’s"),
            "A text that did not change in a year may describe how things were.",
        ),
        (
            *("outcome-without-evidence", WARNING, "A score has no evidence"),
            "Readers have to see the evidence for a score.",
        ),
        (
            *("high-score-without-evidence", ERROR, "A score of 2 or 3 has no evidence"),
            "Where there is no evidence, earlier editions of the EDS said Undeveloped.",
        ),
        (
            *("low-score-without-action", WARNING, "No recommendation answers a low score"),
            "A score of 0 or 1 asks for something to be done.",
        ),
        (
            *("action-without-owner", WARNING, "A recommendation has no owner"),
            "Actions need an owner.",
        ),
        (
            *("action-without-date", WARNING, "A recommendation has no completion date"),
            "The action plan of the reporting template asks for a completion date.",
        ),
        (
            *("service-count", WARNING, "A domain of services does not have three"),
            "EDS 2022 asks for three services. With two, or more than three, a person chooses which one counts.",
        ),
        (
            *("panel-unrepresentative", WARNING, "Nobody from outside the NHS scored the services"),
            "Services are scored by patients, community groups, Healthwatch and others.",
        ),
        (
            *("third-party-missing", ERROR, "A domain was not tested by third parties"),
            "A trade union representative and an independent evaluator or peer reviewer test leadership.",
        ),
        (
            *("personal-data", ERROR, "A text holds personal data"),
            "A published report must hold no personal data of patients.",
        ),
        (
            *("header-incomplete", WARNING, "A header field is empty"),
            "NHS England’s reporting template asks for it.",
        ),
    )
)
_SEVERITIES = {explanation.code: explanation.severity for explanation in EXPLANATIONS}


def finding(code: str, message: str, *, case_study: int | None = None, outcome: str | None = None) -> Finding:
    """A finding with the severity that belongs to its code."""
    return Finding(
        code=code, severity=_SEVERITIES[code], case_study=case_study, outcome=outcome, message=message
    )
