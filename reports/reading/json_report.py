"""Reading the JSON form of an annual report, eds-report/1, with all problems gathered."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from eds.content import (
    Action,
    CaseStudy,
    Header,
    Judgement,
    Organisation,
    PanelMember,
    PreviousAction,
    ReportContent,
    Section,
    Stated,
    Theme,
    ThirdParties,
)
from eds.edition import Edition
from eds.totals import Points, whole
from reports.reading.json_additions import A_YEAR, YEAR, additions, domain_numbers, domain_of, refuse_repeated
from reports.reading.json_evidence import evidence
from reports.reading.json_fields import LONG, Fields, described, is_number, parsed
from reports.reading.problems import ImportProblem, Problem

FORMAT = "eds-report/1"
ORGANISATION_KINDS = ("icb", "trust", "other")
LEVELS = ("individual", "partnership", "ics")
STATUSES = ("not_started", "on_track", "delayed", "complete", "dropped")
INTERESTS = (
    *("service_user", "carer", "vcse", "healthwatch", "local_authority", "independent_evaluator"),
    *("peer_reviewer", "trade_union", "staff_network", "nhs_staff", "other"),
)
Editions = Callable[[str], Edition] | Mapping[str, Edition]


def from_json(text: str | bytes, editions: Editions) -> ReportContent:
    """The report that the text holds. `results` and `checks` in it are not read.

    `editions` gives an edition for its name, and raises LookupError for one that it does not have. Raises
    ImportProblem with everything that is wrong, each with its place, what was found and what was expected.
    """
    problems: list[Problem] = []
    fields = Fields(parsed(text), "", problems)
    fields.one_of("format", (FORMAT,), required=True)
    edition = _edition(fields, editions)
    if edition is None:
        raise ImportProblem(problems)
    content = _content(fields, edition)
    for ignored in ("results", "checks"):
        fields.value(ignored)
    fields.finish()
    if problems:
        raise ImportProblem(problems)
    return content


def _edition(fields: Fields, editions: Editions) -> Edition | None:
    name = fields.text("framework", required=True)
    if name is None:
        return None
    find = editions.__getitem__ if isinstance(editions, Mapping) else editions
    try:
        return find(name)
    except LookupError:
        known = ", ".join(editions) if isinstance(editions, Mapping) else "a framework that is set up here"
        fields.refuse("framework", described(name), known)
        return None


def _content(fields: Fields, edition: Edition) -> ReportContent:
    case_studies = fields.objects("case_studies", partial(_case_study, edition=edition))
    refuse_repeated(fields, "case_studies", "number", [part.number for part in case_studies])
    panel = fields.objects("panel", partial(_member, edition=edition))
    return ReportContent(
        edition=edition,
        organisation=fields.object("organisation", _organisation),
        year=fields.text("year", required=True, pattern=YEAR, expected=A_YEAR),
        title=fields.text("title") or "",
        header=fields.object("header", _header),
        previous_actions=fields.objects("previous_actions", _previous_action),
        case_studies=case_studies,
        panel=panel,
        third_parties=fields.object("third_parties", _third_parties),
        recommendations=fields.objects(
            "recommendations", partial(_theme, edition=edition, case_studies=case_studies)
        ),
        stated=fields.object("stated", partial(_stated, edition=edition)),
        **additions(fields, edition, case_studies, panel),
    )


def _organisation(fields: Fields) -> Organisation:
    return Organisation(
        name=fields.text("name", required=True, pattern=r"(?s).*[A-Za-z0-9].*", expected="a name") or "",
        ods_code=fields.text("ods_code", longest=10),
        kind=fields.one_of("kind", ORGANISATION_KINDS),
        ics=fields.text("ics"),
    )


def _header(fields: Fields) -> Header:
    return Header(
        board_sponsor=fields.text("board_sponsor"),
        eds_lead=fields.text("eds_lead"),
        level=fields.one_of("level", LEVELS),
        partners=fields.texts("partners"),
        engagement_dates=fields.days("engagement_dates"),
        completed_on=fields.day("completed_on"),
        published=fields.day("published", or_month=True),
        authorised_on=fields.day("authorised_on"),
        revision_date=fields.day("revision_date"),
    )


def _previous_action(fields: Fields) -> PreviousAction:
    return PreviousAction(
        action=fields.text("action", required=True, longest=LONG) or "",
        objective=fields.text("objective", longest=LONG),
        status=_status(fields),
    )


def _status(fields: Fields) -> str | None:
    status = fields.one_of("status", (*STATUSES, "open"))
    return "not_started" if status == "open" else status


def _third_parties(fields: Fields) -> ThirdParties:
    return ThirdParties(
        trade_union_reps=fields.texts("trade_union_reps"),
        independent_evaluators=fields.texts("independent_evaluators"),
    )


def _member(fields: Fields, edition: Edition) -> PanelMember:
    return PanelMember(
        name=fields.text("name", required=True) or "",
        interest=fields.one_of("interest", INTERESTS),
        domains=fields.members("domains", domain_numbers(edition)),
        chair=fields.yes_or_no("chair"),
    )


def _case_study(fields: Fields, edition: Edition) -> CaseStudy:
    number, domain = fields.whole_number("number"), domain_of(fields, edition)
    codes = domain.codes if domain else _codes(edition)
    judgement = partial(_judgement, edition=edition)
    return CaseStudy(
        number=number,
        domain=domain.number if domain else 0,
        title=fields.text("title", required=True) or "",
        sections=fields.objects("sections", partial(_section, codes=codes)),
        evidence=fields.objects("evidence", partial(evidence, codes=codes)),
        scores=fields.keyed("scores", codes, judgement),
        self_assessment=fields.keyed("self_assessment", codes, judgement),
        owners=fields.object("owners", partial(_owners, codes=codes)),
        stated_total=fields.points("stated_total"),
        commentary=fields.text("commentary", longest=LONG),
        scored_by=fields.text("scored_by"),
    )


def _codes(edition: Edition) -> tuple[str, ...]:
    return tuple(code for domain in edition.domains for code in domain.codes)


def _section(fields: Fields, codes: Sequence[str]) -> Section:
    return Section(
        heading=fields.text("heading", required=True) or "",
        outcome=fields.one_of("outcome", codes),
        body=fields.text("body", longest=LONG) or "",
    )


def _owners(fields: Fields, codes: Sequence[str]) -> dict[str, str]:
    owners = {code: fields.text(code) for code in fields.keys(codes)}
    return {code: owner for code, owner in owners.items() if owner}


def _judgement(fields: Fields, edition: Edition) -> Judgement:
    value, rationale = fields.value("score"), fields.text("rationale", longest=LONG)
    if value == "na" and edition.allows_not_applicable:
        if not (rationale or "").strip():
            fields.refuse(
                fields.place("rationale"), "nothing", "the reason why the outcome is not applicable"
            )
        return Judgement(not_applicable=True, rationale=rationale)
    return Judgement(score=_score(fields, value, edition), rationale=rationale)


def _score(fields: Fields, value: object, edition: Edition) -> Points | None:
    """A whole number on the scale. A half point, seen in old reports, is left for the checks to find."""
    if value is None:
        return None
    halves = 2 if edition.has_points else 1
    if is_number(value) and 0 <= value <= edition.highest and value * halves == int(value * halves):
        return whole(value)
    expected = f"a whole number from 0 to {edition.highest}, or null where there is no score"
    if edition.allows_not_applicable:
        expected += ', or "na" with a rationale'
    fields.refuse(fields.place("score"), described(value), expected)
    return None


def _theme(fields: Fields, edition: Edition, case_studies: Sequence[CaseStudy]) -> Theme:
    action = partial(
        _action, codes=_codes(edition), numbers=[part.number for part in case_studies if part.number]
    )
    return Theme(theme=fields.text("theme", required=True) or "", actions=fields.objects("actions", action))


def _action(fields: Fields, codes: Sequence[str], numbers: Sequence[int]) -> Action:
    return Action(
        action=fields.text("action", required=True, longest=LONG) or "",
        objective=fields.text("objective", longest=LONG),
        outcomes=fields.members("outcomes", codes),
        case_studies=fields.members("case_studies", numbers),
        owner=fields.text("owner"),
        due=fields.day("due", or_month=True),
        status=_status(fields) or "not_started",
    )


def _stated(fields: Fields, edition: Edition) -> Stated:
    return Stated(
        domains=fields.object("domains", partial(_stated_domains, edition=edition)),
        overall=fields.points("overall"),
        rating=fields.text("rating"),
    )


def _stated_domains(fields: Fields, edition: Edition) -> dict[int, Points]:
    stated = {key: fields.points(key) for key in fields.keys([str(n) for n in domain_numbers(edition)])}
    return {int(key): total for key, total in stated.items() if total is not None}
