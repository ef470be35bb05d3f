"""The addresses of the pages in tests/pages.py, and the rows that they are about."""

import itertools

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from casestudies.models import Group, IntegratedCareSystem, ListEntry, ReportUpload, SharedCaseStudy
from casestudies.writing.handover.actions import Remark
from eds import stages
from scoring.models import Recommendation
from scoring.publishing.findings import review_findings
from scoring.recommendations.actions import Wording
from tests.cast import (
    Cast,
    file_of,
    group_of,
    join,
    make_cast,
    objective_of,
    open_a_workshop,
    quote_of,
    share_with,
    succession_of,
    upload_of,
)
from tests.pages import PAGES
from tests.pages_beside_reviews import PACKAGES
from tests.prepare import hand_over, recommend, record_agreed_score, return_to_authors

OTHERS = {"account", "mfa", "admin", "static"}  # pages of packages, under these first parts of the address
ARGUMENTS = {
    "number": 1,
    "area": "1A",
    "edition": 1,
    "sort": "file",
    "format": "json",
    "code": "CFHJ3479",
    "token": "none",
    "digest": "0" * 64,
    "size": "standard",
    "kind": "invitation",
}


def own_patterns(patterns=None, prefix: str = "", outer: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """The project's own addresses: name and the names of their arguments."""
    found = {}
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if route.split("/")[0] in OTHERS:
            continue
        arguments = (*outer, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            found |= own_patterns(pattern.url_patterns, route, arguments)
        elif isinstance(pattern, URLPattern):
            found[pattern.name] = list(arguments)
    return found


def all_names(patterns=None, namespace: str = "") -> set[str]:
    """The names of all addresses that the portal answers."""
    found = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            found.add(f"{namespace}{pattern.name or ''}")
        else:
            inside = f"{pattern.namespace}:" if pattern.namespace else namespace
            found |= all_names(pattern.url_patterns, inside)
    return found


def make_everything() -> Cast:
    """A review with all agreed, so that it can be published."""
    cast = make_cast()
    cast.guest = join(open_a_workshop(cast), confirmed_by=cast.lead)
    file_of(cast)
    cast.move(stages.MEETING)
    for case_study in cast.case_studies:
        for area in case_study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=case_study, outcome_area=area, value=2, rationale="Agreed", recorded_by=cast.lead
            )
    return cast


OF_FRAMEWORK = {
    *("framework", "framework_preview", "framework_differences", "copy_framework"),
    *("put_in_use", "delete_draft", "outcome_area", "outcome_area_add", "outcome_area_remove"),
    *("grades", "bands", "domain", "move_domain", "framework_source", "easy_words", "practice"),
    *("domain_add", "domain_remove", "framework_rules", "retire_framework"),
}


OF_BODY = {  # by how the name of an address begins, the row of an organisation that it is about
    "abbreviation": lambda cast: (
        cast.organisation.abbreviations.get_or_create(short="ICB", meaning="Board")[0].pk
    ),
    "objective": lambda cast: objective_of(cast).pk,
    "group": lambda cast: group_of(cast).pk,
    "national_group": lambda cast: Group.objects.get(code="sex-workers").pk,
    "list_entry": lambda cast: ListEntry.objects.get(code="carer").pk,
    "succession_undo": lambda cast: succession_of(cast).pk,
}


def _pk_of_body(name: str, cast) -> int | None:
    """The row of an organisation that an address of this name is about."""
    if name in ("roles", "invite_again") or name.startswith("account_"):
        return cast.author.pk
    if found := next((row for start, row in OF_BODY.items() if name.startswith(start)), None):
        return found(cast)
    if name in ("system", "care_system"):
        cast.organisation.ics, _ = IntegratedCareSystem.objects.get_or_create(name="Ambleford System")
        cast.organisation.save()
        return cast.organisation.ics_id
    return None


def _pk(name: str, cast) -> int:
    """The row that an address of this name is about."""
    if name in OF_FRAMEWORK:
        return cast.review.framework_id
    if (found := _pk_of_body(name, cast)) is not None:
        return found
    if "shared" in name and name != "self_assessment_shown":
        return share_with(cast).pk
    if name == "administrator_remove":
        return cast.administrator.pk
    if name.startswith("recommendation") or name in ("ask_owner", "owned_recommendation"):
        return recommend(review=cast.review, wording=Wording(theme="Access", action="Open on Saturdays")).pk
    return cast.members[cast.chair].pk


def a_comment(cast):
    """A comment with which the first case study was returned; a newer text of it waits to be accepted."""
    given = {"case_study": cast.case_studies[0], "marked_by": cast.author}
    cast.case_studies[0].sections.update(body="Thin")
    comment = Remark(heading="", section=None, text="More, please")
    (made,) = return_to_authors(
        handover=hand_over(**given),
        remarks=[comment],
        returned_by=cast.lead,
        site="https://eds.example.nhs.uk",
    )
    hand_over(**given)
    return made


def address_of(cast, name: str) -> str:
    """The address of that name, about the cast's own review."""
    organisation, year = cast.address
    known = ARGUMENTS | {
        "organisation": organisation,
        "year": year,
        "member": cast.members[cast.member].pk,
        "joining": cast.people["guest"].panel_members.get().joining.pk,
        "pk": _pk(name, cast),
        "section": cast.case_studies[0].sections.first().pk,
    }
    arguments = own_patterns()[name]
    if "waiting" in arguments:
        of = cast.case_studies[0] if name == "word_changes" else None
        known["waiting"] = upload_of(cast.lead, cast.organisation, of).pk
    if "item" in arguments:
        known["item"] = quote_of(cast).pk
    if "file" in arguments:
        known["file"] = file_of(cast).pk
    if name in ("decide", "comment_answer"):
        known["comment"] = a_comment(cast).pk
    if "key" in arguments:
        known["key"] = next(point.key for point in review_findings(cast.review) if not point.is_error)
    return reverse(name, kwargs={argument: known[argument] for argument in arguments})


def addresses_with_every_row(cast, *, sent_to: bool = False) -> list[str]:
    """Every address about every kind of row; or those alone that take what is `sent_to` them.

    What happens to something sent to a page that is only read, test_actions_by_role.py shows: nobody looks at it.
    """
    known = {"organisation": cast.organisation.slug, "year": cast.review.year, "number": 1}
    rows = {
        "framework": cast.review.framework_id,
        "seat": cast.members[cast.member].pk,
        "other seat": cast.members[cast.other].pk,
        "shared": SharedCaseStudy.objects.get().pk,
        "person": cast.author.pk,
        "system": 1,
        "succession": succession_of(cast).pk,
        "objective": objective_of(cast).pk,
        "area": cast.case_studies[0].domain.outcome_areas.first().pk,
        "section": cast.case_studies[0].sections.first().pk,
        "group": group_of(cast).pk,
        "national group": Group.objects.get(code="sex-workers").pk,
        "list entry": ListEntry.objects.get(code="carer").pk,
        "item": quote_of(cast).pk,
        "file": file_of(cast).pk,
        "comment": 1,
        "abbreviation": cast.organisation.abbreviations.get_or_create(short="ICB", meaning="Board")[0].pk,
        "recommendation": Recommendation.objects.get().pk,
        "code": cast.review.workshops.get().code,
        "upload": ReportUpload.objects.get().pk,
        "guest": cast.people["guest"].panel_members.get().joining.pk,
    }
    found = []
    for name, more in ({name: page.takes for name, page in PAGES.items()} | PACKAGES).items():
        if sent_to and name in PAGES and PAGES[name].post is None:
            continue
        takes = next(iter(get_resolver().reverse_dict.getlist(name)))[0][0][1]
        for values in itertools.product(*more.values()):
            given = {key: rows.get(value, value) for key, value in zip(more, values, strict=True)}
            found.append(reverse(name, kwargs={key: (known | given)[key] for key in takes}))
    return [*found, f"{reverse('search')}?q=PLANTED+FIRST+SECOND"]
