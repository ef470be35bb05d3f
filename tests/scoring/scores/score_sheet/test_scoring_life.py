"""The whole life of scores in any order, by several members, against a model that is simple enough to be believed.

The model: the stage of each case study, and for each member and case study what is on the draft and a list of
everything submitted. Actions, moves and rules are the portal's own, on the real database; each example is rolled back.
"""

from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from casestudies.models import CaseStudyMove, DeclaredInterest, Review
from casestudies.reviews.locks import MovedOn
from casestudies.reviews.roles import Standing
from eds import stages
from eds.scores.answers import Answer
from scoring.models import AgreedScore, Score, ScoreSheet
from scoring.moderation.actions import record_agreed_score
from scoring.panel.actions import take_back_interest
from scoring.review.content import scored_content
from scoring.review.stages.case_studies import move_case_study
from scoring.review.stages.reviews import MoveRefused, move_review
from scoring.scores.actions import (
    NotWhole,
    Stale,
    TextChanged,
    answers_on,
    confirm_scores,
    rescore,
    save_draft,
    submit_scores,
)
from tests.cast import make_cast

pytestmark = pytest.mark.slow

# Written again here, so that a move that the portal adds to its own is noticed.
MOVES = {
    "writing": {"scoring"},
    "scoring": {"meeting", "writing"},
    "meeting": {"agreed"},
    "agreed": {"meeting"},
}
REVIEW_MOVES = {"open": {"approval"}, "approval": {"open", "published"}, "published": {"open"}}
CODES = ("1A", "1B", "1C", "1D")
PANEL = ("chair", "member", "other")
MEMBERS = st.sampled_from(PANEL)
NUMBERS = st.sampled_from([1, 2])
MARKS = st.one_of(st.none(), st.just("abstain"), st.integers(0, 3))
REASONS = st.sampled_from(["", " ", "Because", "Other words"])
ANSWERS = st.fixed_dictionaries({code: st.tuples(MARKS, REASONS) for code in CODES})
WHOLE = st.fixed_dictionaries(
    {code: st.tuples(st.one_of(st.just("abstain"), st.integers(0, 3)), st.just("Because")) for code in CODES}
)


@dataclass
class Model:
    """What one member has for one case study. A score is (value or "abstain", rationale, version)."""

    draft: dict = field(default_factory=dict)
    draft_version: int = 0
    revision: int = 0
    history: dict = field(default_factory=lambda: {code: [] for code in CODES})

    @property
    def current(self) -> dict:
        return {code: scores[-1] for code, scores in self.history.items() if scores}


def answer(mark, rationale: str) -> Answer:
    number = mark if isinstance(mark, int) else None
    return Answer(value=number, abstained=mark == "abstain", rationale=rationale)


def mark_of(row) -> int | str | None:
    return "abstain" if row.abstained else row.value


def is_whole(answers: dict) -> bool:
    return set(answers) == set(CODES) and all(
        mark is not None and rationale.strip() for mark, rationale in answers.values()
    )


class ScoringLife(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.cast = make_cast(services=2)
        self.areas = list(self.cast.case_studies[0].domain.outcome_areas.all())
        self.models = {(who, number): Model() for who in PANEL for number in (1, 2)}
        self.versions = {1: 1, 2: 1}
        self.declared = set()
        self.counting = {}  # by case study: who counts, from its reveal on
        self.agreed = {}
        self.cast.choose()
        self.stages = {1: stages.SCORING, 2: stages.SCORING}
        self.review = stages.OPEN
        self.moves = 0
        self.seen = set()  # every score row that was ever there

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def given(self, who: str, number: int) -> dict:
        """The arguments that every action takes."""
        case_study = self.cast.case_studies[number - 1]
        member = self.cast.members[self.cast.people[who]]
        return {"member": member, "version": case_study.versions.latest("number"), "areas": self.areas}

    def may(self, action, who: str, number: int) -> bool:
        """What the portal's rule says, which is what every page asks first."""
        review = Review.objects.get(pk=self.cast.review.pk)
        case_study = review.case_studies.select_related("review", "domain").get(number=number)
        return Standing(self.cast.people[who], review).may(action, case_study)

    @rule(
        who=MEMBERS,
        number=NUMBERS,
        answers=st.one_of(ANSWERS, WHOLE),
        stale=st.booleans(),
        reread=st.booleans(),
    )
    def save(self, who, number, answers, stale, reread):
        model = self.models[who, number]
        allowed = self.may("score", who, number)
        assert allowed == (self.stages[number] == stages.SCORING and (who, number) not in self.declared)
        if not allowed:
            return
        revision = model.revision - 1 if stale and model.revision else model.revision
        saved = {code: scores[:2] for code, scores in model.current.items()} or model.draft
        differs = any(saved.get(code, (None, "")) != given for code, given in answers.items())
        refused = differs and (revision != model.revision or bool(model.current))
        typed = {code: answer(*given) for code, given in answers.items()}
        given = self.given(who, number) | {"revision": revision, "reread": reread}
        if refused:
            with pytest.raises(Stale) as stale_page:
                save_draft(**given, answers=typed)
            told = stale_page.value.saved.items()
            assert {code: (mark_of(row), row.rationale) for code, row in told} == saved
            return
        save_draft(**given, answers=typed)
        if model.current:
            return
        if reread or not model.draft:
            model.draft_version = self.versions[number]
        model.draft = dict(answers)
        model.revision += 1

    @rule(who=MEMBERS, number=NUMBERS)
    def submit(self, who, number):
        model = self.models[who, number]
        if not self.may("score", who, number):
            return
        expected = None
        if not model.current:
            if not is_whole(model.draft):
                expected = NotWhole
            elif model.draft_version != self.versions[number]:
                expected = TextChanged
        user = self.cast.people[who]
        if expected:
            with pytest.raises(expected), transaction.atomic():
                submit_scores(**self.given(who, number), submitted_by=user)
            return
        submit_scores(**self.given(who, number), submitted_by=user)
        if not model.current:
            for code, (mark, rationale) in model.draft.items():
                model.history[code].append((mark, rationale.strip(), self.versions[number]))
            model.draft = {}
            model.revision += 1

    @rule(who=MEMBERS, number=NUMBERS, answers=WHOLE, reason=st.sampled_from(["", "I read it again"]))
    def change(self, who, number, answers, reason):
        model = self.models[who, number]
        allowed = self.may("change_scores", who, number)
        open_now = self.stages[number] in (stages.SCORING, stages.MEETING)
        assert allowed == (open_now and (who, number) not in self.declared)
        if not allowed or not model.current:
            return
        newest = self.versions[number]
        changed = {code for code, given in answers.items() if model.current[code][:2] != given}
        given = self.given(who, number) | {"submitted_by": self.cast.people[who], "reason": reason}
        typed = {code: answer(*each) for code, each in answers.items()}
        if changed and not reason and self.stages[number] == stages.MEETING:
            with pytest.raises(NotWhole), transaction.atomic():
                rescore(**given, answers=typed)
            return
        rescore(**given, answers=typed)
        self._append(model, {code: answers[code] for code in changed}, newest)

    @rule(who=MEMBERS, number=NUMBERS)
    def confirm(self, who, number):
        model = self.models[who, number]
        if not self.may("change_scores", who, number):
            return
        confirm_scores(**self.given(who, number), submitted_by=self.cast.people[who])
        if model.current:
            self._append(model, {}, self.versions[number])

    def _append(self, model: Model, changed: dict, version: int) -> None:
        for code, (mark, rationale, old) in model.current.items():
            if code in changed:
                model.history[code].append((*changed[code], version))
            elif old != version:
                model.history[code].append((mark, rationale, version))
        model.draft = {}
        model.revision += 1

    @rule(who=MEMBERS, number=NUMBERS)
    def declare(self, who, number):
        member, case_study = self.cast.members[self.cast.people[who]], self.cast.case_studies[number - 1]
        DeclaredInterest.objects.get_or_create(
            member=member, case_study=case_study, defaults={"reason": "Kin"}
        )
        self.declared.add((who, number))

    @rule(who=MEMBERS, number=NUMBERS, by_lead=st.booleans())
    def withdraw_interest(self, who, number, by_lead):
        """The member until the reveal; the lead also later, until the review is approved. Who counts stays."""
        person = self.cast.lead if by_lead else self.cast.people[who]
        interest = DeclaredInterest.objects.filter(
            member=self.cast.members[self.cast.people[who]], case_study=self.cast.case_studies[number - 1]
        ).first()
        if interest is None:
            return
        withdraw = {"interest": interest, "why": "By mistake", "taken_back_by": person}
        if self.review == stages.OPEN and (by_lead or self.stages[number] in stages.BEFORE_REVEAL):
            take_back_interest(**withdraw)
            self.declared.discard((who, number))
            return
        with pytest.raises(MovedOn), transaction.atomic():
            take_back_interest(**withdraw)

    @invariant()
    def who_counts_is_fixed_at_the_reveal(self):
        counted = set(Score.objects.counted().values_list("member__user", "version__case_study__number"))
        assert counted == {
            (self.cast.people[who].pk, number)
            for (who, number), model in self.models.items()
            if model.current
            and (
                who in self.counting[number]
                if self.stages[number] in stages.REVEALED
                else (who, number) not in self.declared
            )
        }

    @rule(number=NUMBERS)
    def new_version(self, number):
        self.versions[number] += 1
        self.cast.change_text(number, f"Text {self.versions[number]}")

    @rule(number=NUMBERS, to=st.sampled_from(stages.ALL), note=st.sampled_from(["", "Because"]))
    def move(self, number, to, note):
        """One case study, to any stage: refused but for the moves of the dict, with what each needs."""
        at, case_study = self.stages[number], self.cast.case_studies[number - 1]
        needs = {
            stages.WRITING: not any(self.models[who, number].current for who in PANEL),
            stages.SCORING: True,
            stages.MEETING: at == stages.SCORING or bool(note),
            stages.AGREED: all((number, code) in self.agreed for code in CODES),
        }
        possible = self.review == stages.OPEN and to in MOVES[at] and needs[to]
        if not possible:
            with pytest.raises((MoveRefused, MovedOn)), transaction.atomic():
                move_case_study(case_study=case_study, to=to, moved_by=self.cast.lead, note=note)
            return
        move_case_study(case_study=case_study, to=to, moved_by=self.cast.lead, note=note)
        if (at, to) == (stages.SCORING, stages.MEETING):
            self.counting[number] = {who for who in PANEL if (who, number) not in self.declared}
        self.stages[number] = to
        self.moves += 1

    @rule(to=st.sampled_from([stages.APPROVAL, stages.OPEN]))
    def move_the_review(self, to):
        """To approval once every case study is agreed, and back."""
        agreed = set(self.stages.values()) == {stages.AGREED}
        if to in REVIEW_MOVES[self.review] and (to == stages.OPEN or agreed):
            move_review(review=self.cast.review, to=to, moved_by=self.cast.lead)
            self.review = to
            return
        with pytest.raises(MoveRefused), transaction.atomic():
            move_review(review=self.cast.review, to=to, moved_by=self.cast.lead)

    @rule(number=NUMBERS)
    def agree(self, number):
        """The whole panel agrees at once, so that examples come to the end."""
        for code in CODES:
            self.moderate(number, code, 2)

    @rule(number=NUMBERS, code=st.sampled_from(CODES), value=st.integers(0, 3))
    def moderate(self, number, code, value):
        review = Review.objects.get(pk=self.cast.review.pk)
        case_study = review.case_studies.select_related("review").get(number=number)
        allowed = Standing(self.cast.lead, review).may("record_agreed_scores", case_study)
        assert allowed == (self.stages[number] == stages.MEETING)
        if allowed:
            area = next(area for area in self.areas if area.code == code)
            record_agreed_score(
                case_study=self.cast.case_studies[number - 1],
                outcome_area=area,
                value=value,
                rationale="Agreed",
                recorded_by=self.cast.lead,
            )
            self.agreed[number, code] = value

    @invariant()
    def current_scores_are_those_of_the_model(self):
        rows = Score.objects.current().select_related("version__case_study", "outcome_area", "member__user")
        stored = {
            (row.member.user, row.version.case_study.number, row.outcome_area.code): (
                mark_of(row),
                row.rationale,
                row.version.number,
            )
            for row in rows
        }
        assert stored == {
            (self.cast.people[who], number, code): score
            for (who, number), model in self.models.items()
            for code, score in model.current.items()
        }
        agreed = AgreedScore.objects.current().select_related("case_study", "outcome_area")
        assert {(row.case_study.number, row.outcome_area.code): row.value for row in agreed} == self.agreed

    @invariant()
    def stages_are_those_of_the_model(self):
        rows = self.cast.review.case_studies.values_list("number", "stage")
        assert (dict(rows), Review.objects.get(pk=self.cast.review.pk).stage) == (self.stages, self.review)
        assert CaseStudyMove.objects.count() == self.moves

    @invariant()
    def the_report_tells_only_what_is_revealed(self):
        for part in scored_content(Review.objects.get(pk=self.cast.review.pk)).case_studies:
            agreed = {code: value for (number, code), value in self.agreed.items() if number == part.number}
            is_revealed = self.stages[part.number] in stages.REVEALED
            assert {code: one.score for code, one in part.scores.items()} == (agreed if is_revealed else {})

    @invariant()
    def drafts_are_those_of_the_model(self):
        for sheet in ScoreSheet.objects.select_related("case_study", "member__user"):
            (who,) = [name for name, user in self.cast.people.items() if user == sheet.member.user]
            model = self.models[who, sheet.case_study.number]
            if not model.current:
                stored = {code: (mark_of(row), row.rationale) for code, row in answers_on(sheet).items()}
                assert stored == model.draft
            assert sheet.revision == model.revision

    @invariant()
    def history_only_grows_and_is_counted_without_a_gap(self):
        now = set(Score.objects.values_list("pk", "member", "outcome_area", "value", "rationale", "sequence"))
        assert self.seen <= now
        self.seen = now
        length = sum(len(scores) for model in self.models.values() for scores in model.history.values())
        assert len(now) == length
        for row in Score.objects.exclude(sequence=1):
            assert row.reason
            before = Score.objects.filter(
                member=row.member, outcome_area=row.outcome_area, version__case_study=row.version.case_study
            )
            assert before.filter(pk__lt=row.pk).count() == row.sequence - 1

    @invariant()
    def nobody_sees_what_they_may_not(self):
        rows = list(Score.objects.select_related("member__user", "version__case_study"))
        for name, user in self.cast.people.items():
            if user is None:
                continue
            inside = name in ("lead", "chair", "member", "other")
            expected = {
                row.pk
                for row in rows
                if row.member.user == user
                or (
                    inside
                    and self.stages[row.version.case_study.number] in stages.REVEALED
                    and (name, row.version.case_study.number) not in self.declared
                )
            }
            assert set(Score.objects.visible_to(user).values_list("pk", flat=True)) == expected, name


@pytest.mark.django_db
def test_scores_live_as_the_model_says():
    bounds = settings(
        max_examples=20,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(ScoringLife, settings=bounds)
