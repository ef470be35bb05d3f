"""What actions are tried on: a review, its rows, and drafts of an edition."""

from datetime import date

from django.utils import timezone

from casestudies.administration.csv_import import Candidate
from casestudies.frameworks import actions as frameworks_actions
from casestudies.frameworks import domain_actions
from casestudies.frameworks.easy_words import mark_of_easy_words
from casestudies.models import (
    Framework,
    IntegratedCareSystem,
    ListEntry,
    Organisation,
    OutcomeArea,
    Succession,
)
from eds import stages
from eds.scores.answers import Answer
from edsportal.web.refusals import mark_of
from scoring.moderation import actions as moderation_actions
from scoring.recommendations import actions as recommendations_actions
from tests.cast import succession_of


class Stage:
    """What actions are tried on, made when it is asked for."""

    def __init__(self, cast):
        self.cast = cast
        self.case_study = cast.case_studies[0]
        self.review = cast.review
        self.areas = list(self.case_study.domain.outcome_areas.all())
        self.section = self.case_study.sections.first()

    def by_name(self) -> dict:
        """What a parameter of this name is given, unless the action's own row says otherwise."""
        cast, areas = self.cast, self.areas
        return {
            "organisation": cast.organisation,
            "review": self.review,
            "framework": self.review.framework,
            "case_study": self.case_study,
            "domain": self.case_study.domain,
            "member": cast.members[cast.member],
            "version": self.case_study.versions.latest("number"),
            "section": self.section,
            "areas": areas,
            "outcome_area": areas[0],
            "user": cast.reader,
            "title": "Another title",
            "name": "Another name",
            "email": "another@example.org",
            "authors": [cast.lead],
            "domains": [self.review.framework.domains.get(number=2)],
            "interest": "vcse",
            "is_chair": False,
            "kinds": {"author"},
            "site": "https://eds.example.nhs.uk",
            "kind": "invitation",
            "category": "works_for",
            "what": "Something",
            "reason": "A reason",
            "text": "A text",
            "heading": "A heading",
            "body": "A text",
            "rationale": "A reason",
            "value": 2,
            "up": False,
            "status": "on_track",
            "year": "2031",
            "system": "Ambleford System",
            "wording": recommendations_actions.Wording(theme="Access", action="Open on Saturdays"),
            "answers": {area.code: Answer(value=2, rationale="A reason") for area in areas},
        }

    def draft(self):
        return frameworks_actions.copy_framework(
            framework=self.review.framework, name="Draft", copied_by=self.cast.lead
        )

    def draft_area(self) -> OutcomeArea:
        return OutcomeArea.objects.filter(domain__framework=self.draft()).first()

    def recommendation(self):
        return recommendations_actions.recommend(review=self.review, wording=self.by_name()["wording"])

    def tie(self) -> dict:
        """Two case studies agreed alike, so that a person chooses."""
        self.cast.case_studies.pop().delete()
        self.cast.move(stages.MEETING)
        for value, case_study in ((1, self.case_study), (2, self.cast.case_studies[1])):
            for area in self.areas:
                moderation_actions.record_agreed_score(
                    case_study=case_study,
                    outcome_area=area,
                    value=value,
                    rationale="r",
                    recorded_by=self.cast.lead,
                )
        return {"case_study": 1, "chosen_by": "Lea Lead", "seen": ""}


def edited(stage: Stage) -> dict:
    area = stage.draft_area()
    seen = mark_of(area.as_value())
    return {"area": area, "statement": "New", "guidance": "New", "descriptors": {0: "New"}, "seen": seen}


def moved(stage: Stage) -> dict:
    area = stage.draft_area()
    return {"area": area, "seen": frameworks_actions.order_of(area.domain)}


def used(stage: Stage) -> dict:
    draft = stage.draft()
    return {
        "framework": draft,
        "seen": mark_of(type(draft).objects.whole().get(pk=draft.pk).as_edition()),
    }


def draft_domain(stage: Stage) -> dict:
    domain = stage.draft().domains.first()
    seen = domain_actions.mark_of_domain(domain)
    values = {"aggregation": "none", "tested_by_third_parties": False, "practice_title": ""}
    return {"domain": domain, "seen": seen} | values


def easy(stage: Stage) -> dict:
    area = stage.draft_area()
    values = {"picture": "heart", "easy_statement": "Is it good?", "practice": "Made up"}
    texts = {"easy_descriptors": {0: "No."}, "practice_reasons": {}}
    return {"area": area, "seen": mark_of_easy_words(area)} | values | texts


def moved_domain(stage: Stage) -> dict:
    draft = stage.draft()
    return {"domain": draft.domains.first(), "seen": domain_actions.order_of_domains(draft)}


def draft_source(stage: Stage) -> dict:
    draft = stage.draft()
    seen = domain_actions.mark_of_source(draft)
    return {"framework": draft, "source": "Ours", "help_source": "Ours", "seen": seen}


def draft_rules(stage: Stage) -> dict:
    draft = stage.draft()
    values = {"name": "Renamed", "has_points": False, "allows_not_applicable": True}
    return {"framework": draft, "seen": domain_actions.mark_of_rules(draft)} | values


def new_domain(stage: Stage) -> dict:
    values = {"title": "New", "aggregation": "sum", "tested_by_third_parties": False, "practice_title": ""}
    return {"framework": stage.draft()} | values


def list_entry(**values) -> ListEntry:
    return ListEntry.objects.create(kind="evidence_source", code="x", name="X", position=99, **values)


def one_of_two_in_use(stage: Stage) -> dict:
    Framework.objects.create(name="Also in use", status=Framework.Status.IN_USE)
    return {"framework": stage.review.framework}


def predecessors(stage: Stage) -> dict:
    rows = [Organisation.objects.create(name="Old Trust", slug="old-trust")]
    return {"predecessors": rows, "starts_on": date(2026, 4, 1), "takes": ["objectives"]}


def begun(stage: Stage) -> dict:
    """A succession whose day has come."""
    Succession.objects.filter(pk=succession_of(stage.cast).pk).update(opened_at=None)
    return {"today": date(2026, 4, 2)}


OF_ADMINISTRATORS = {
    "frameworks.change_source": draft_source,
    "frameworks.change_rules": draft_rules,
    "frameworks.add_domain": new_domain,
    "frameworks.remove_domain": lambda stage: {"domain": stage.draft().domains.last()},
    "frameworks.retire_framework": one_of_two_in_use,
    "organisations.add_organisations": lambda stage: {"rows": [Candidate(line=1, name="Second Trust")]},
    "organisations.change_address": lambda stage: {"slug": "another-address"},
    "lists.save_entry": lambda stage: {"entry": ListEntry(kind="evidence_source", name="Focus group")},
    "lists.name_group": lambda stage: {"code": "parents", "name": "Parents", "outside_nhs": True},
    "lists.move_entry": lambda stage: {"entry": ListEntry.objects.get(code="carer"), "up": True},
    "lists.retire_entry": lambda stage: {"entry": ListEntry.objects.get(code="carer")},
    "lists.use_entry_again": lambda stage: {"entry": list_entry(retired_at=timezone.now())},
    "lists.delete_entry": lambda stage: {"entry": list_entry()},
    "organisations.save_care_system": lambda stage: {"system": IntegratedCareSystem(name="New System")},
    "succession.record_succession": predecessors,
    "succession.undo_succession": lambda stage: {"succession": succession_of(stage.cast)},
    "succession.carry_over_late": lambda stage: {"review": succession_of(stage.cast) and stage.review},
    "succession.open_reviews_to_successors": begun,
    "organisations.restore_organisation": lambda stage: {
        "organisation": Organisation.objects.create(
            name="Old Trust", slug="old-trust", archived_at=timezone.now()
        )
    },
}


def submitted(stage: Stage, *values: int) -> dict:
    stage.cast.score(stage.cast.member, 1, *(values or (1, 1, 1, 1)))
    return {}


def met(stage: Stage) -> dict:
    stage.cast.move(stages.MEETING)
    answer = moderation_actions.Answer(outcome_area=stage.areas[0], value=2, rationale="r", seen=0)
    return {
        "answers": [answer],
        "commentary": moderation_actions.Text(text="Well done", seen=moderation_actions.mark_of_text("")),
    }
