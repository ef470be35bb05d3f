"""The texts of a report with the place of each in words, and how texts are compared."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from eds.content import CaseStudy, Judgement, ReportContent


@dataclass(frozen=True, kw_only=True)
class Text:
    """`value` is as it was typed, in Markdown where that may be. `place` begins a sentence ("The commentary…")."""

    place: str
    value: str
    case_study: int | None = None
    outcome: str | None = None


def words(text: str) -> tuple[str, ...]:
    """The words of a text without case, apostrophes, marks and signs: two texts with the same words say the same."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(re.findall(r"[^\W_]+", re.sub(r"['’ʼ`]", "", folded)))


def plain_lines(text: str) -> list[str]:
    """The lines as typed, without the marks of Markdown that stand within a line."""
    return re.sub(r"[*_`\\]", "", text).splitlines()


def shortened(text: str, length: int = 60) -> str:
    """A text on one line, cut at a word where it is longer."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def named(case_study: CaseStudy) -> str:
    """For example "Case study 2, Dementia Vision"; it begins a sentence."""
    return f"Case study {case_study.number}, {shortened(case_study.title)}"


def texts(content: ReportContent) -> Iterator[Text]:
    """Every text of the report, in its order. Names of people, owners and sources are texts too."""
    yield from _header_texts(content)
    for place, value in (("The summary", content.summary), ("“How the panel worked”", content.panel_work)):
        if value:
            yield Text(place=place, value=value)
    for case_study in content.case_studies:
        yield from case_study_texts(case_study)
    for member in content.panel:
        yield Text(place="The panel’s list of members", value=member.name)
    for name in (*content.third_parties.trade_union_reps, *content.third_parties.independent_evaluators):
        yield Text(place="The list of third parties", value=name)
    yield from _action_texts(content)
    for choice in content.choices:
        name = content.edition.domain_name(choice.domain)
        yield Text(place=f"The choice of a case study for {name}", value=choice.reason)


def _header_texts(content: ReportContent) -> Iterator[Text]:
    header = content.header
    yield Text(place="The title", value=content.title)
    yield Text(place="The header field “Board sponsor or lead”", value=header.board_sponsor or "")
    yield Text(place="The header field “EDS lead”", value=header.eds_lead or "")


def _action_texts(content: ReportContent) -> Iterator[Text]:
    for previous in content.previous_actions:
        place = f"Last year’s action “{shortened(previous.action)}”"
        yield Text(place=place, value="\n".join([previous.action, previous.objective or ""]))
    for theme in content.recommendations:
        yield Text(place=f"The theme “{shortened(theme.theme)}”", value=theme.theme)
        for action in theme.actions:
            value = "\n".join([action.action, action.objective or "", action.owner or ""])
            yield Text(place=f"The recommendation “{shortened(action.action)}”", value=value)


def case_study_texts(case_study: CaseStudy) -> Iterator[Text]:
    """Every text of one case study, in its order."""
    for place, value, outcome in _case_study_texts(case_study):
        if value:
            yield Text(place=place, value=value, case_study=case_study.number, outcome=outcome)


def _case_study_texts(case_study: CaseStudy) -> Iterator[tuple[str, str | None, str | None]]:
    owner = f"of case study {case_study.number}"
    yield f"The title {owner}", case_study.title, None
    for section in case_study.sections:
        name = f"section “{shortened(section.heading)}” {owner}"
        yield f"The heading of {name}", section.heading, section.outcome
        yield f"The {name}", section.body, section.outcome
    for number, item in enumerate(case_study.evidence, 1):
        text = "\n".join(part for part in (item.title, item.text, item.source) if part)
        yield f"Evidence {number} {owner}", text, None
    yield from _reasons("The reason for the score", owner, case_study.scores)
    yield from _reasons("The reason for the self-assessed score", owner, case_study.self_assessment)
    for code, person in sorted(case_study.owners.items()):
        yield f"The owner of {code} {owner}", person, code
    yield f"The commentary {owner}", case_study.commentary, None


def _reasons(
    what: str, owner: str, judgements: dict[str, Judgement]
) -> Iterator[tuple[str, str | None, str]]:
    for code, judgement in sorted(judgements.items()):
        yield f"{what} of {code} {owner}", judgement.rationale, code
