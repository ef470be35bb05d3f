"""What a check finds, and what each check is: its code, its severity and why it is made."""

from dataclasses import dataclass

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to mend before publication. An error stops it; a warning is mended, or accepted with a reason.

    `case_study` is a number within the report and `outcome` a code like "1A", each None where it is about neither.
    `message` is a sentence or two for the person who mends it: what is wrong, where, and what to do. `about` tells
    findings of one code and place from one another by what they are about, such as the recommendation without an
    owner: when that changes, it is another finding; when the message is worded anew, it is not.
    """

    code: str
    severity: str
    case_study: int | None = None
    outcome: str | None = None
    message: str
    about: str = ""


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
            "Scores are whole numbers on the edition’s scale. Half points come from older reports.",
        ),
        (
            *("total-mismatch", ERROR, "A written total is not the sum of the scores"),
            "A total in the source or in the text has to be the sum of the agreed scores.",
        ),
        (
            *("domain-mismatch", ERROR, "A stated domain score is not the computed one"),
            "A stated domain score must match the scores of its case studies.",
        ),
        (
            *("overall-mismatch", ERROR, "The stated overall score is not the computed one"),
            "The overall score is the sum of the domain scores. There is none until all domains are scored.",
        ),
        (
            *("rating-mismatch", ERROR, "The stated rating is not the computed one"),
            "The rating comes from the overall score. There is no rating until all domains are scored.",
        ),
        (
            *("band-misquoted", ERROR, "The points for a rating are wrong"),
            "Readers judge the overall score by the ratings in the text, so these must match the edition.",
        ),
        (
            *("commentary-repeated", ERROR, "Two case studies have the same commentary"),
            "The commentary of one case study may have been copied to another.",
        ),
        (
            *("commentary-names-another", WARNING, "A commentary is about another case study"),
            "A commentary that names another case study and not its own may be in the wrong place.",
        ),
        (
            *("copied-from-last-year", WARNING, "A text is the same as last year’s"),
            "A text that has not changed in a year may be out of date.",
        ),
        (
            *("outcome-without-evidence", WARNING, "A score has no evidence"),
            "Readers need to see the evidence for a score.",
        ),
        (
            *("high-score-without-evidence", ERROR, "A score of 2 or 3 has no evidence"),
            "Earlier editions of the EDS graded a service without evidence as Undeveloped.",
        ),
        (
            *("low-score-without-action", WARNING, "A low score has no recommendation"),
            "A score of 0 or 1 needs an action.",
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
            "EDS 2022 asks for three services. If there are more or fewer, a named person chooses which one counts.",
        ),
        (
            *("panel-unrepresentative", WARNING, "No one from outside the NHS scored the services"),
            "Services are scored by patients, community groups, Healthwatch and others.",
        ),
        (
            *("third-party-missing", ERROR, "A domain was not tested by third parties"),
            "A trade union representative and an independent evaluator or peer reviewer test leadership.",
        ),
        (
            *("personal-data", ERROR, "A text contains personal data"),
            "A published report must not contain personal data of patients.",
        ),
        (
            *("header-incomplete", WARNING, "A header field is empty"),
            "NHS England’s reporting template asks for it.",
        ),
        (
            *("years-clash", WARNING, "The title names another year"),
            "Readers and the archive look for a report by its year.",
        ),
    )
)
_SEVERITIES = {explanation.code: explanation.severity for explanation in EXPLANATIONS}


def finding(
    code: str, message: str, *, case_study: int | None = None, outcome: str | None = None, about: str = ""
) -> Finding:
    """A finding with the severity that belongs to its code."""
    return Finding(
        code=code,
        severity=_SEVERITIES[code],
        case_study=case_study,
        outcome=outcome,
        message=message,
        about=about,
    )
