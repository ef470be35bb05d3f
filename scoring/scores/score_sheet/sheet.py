"""A panel member's sheet for one case study: what they read, the questions, their answers; each read when asked for."""

from functools import cached_property

from django.db.models import Case, F, JSONField, OuterRef, Subquery, When, prefetch_related_objects

from casestudies.access import allowed
from casestudies.models import CaseStudy, OutcomeArea, PanelMember, Version
from casestudies.writing.reading import Reading, meanings_of
from casestudies.writing.versions import shown
from eds.scores.answers import Answer, Problem, problems, progress, total
from eds.text.text_diff import ChangedPart, changes
from scoring.models import Score, ScoreSheet, ScoringPreference


class Sheet:
    """What one member has before them for one case study."""

    def __init__(self, case_study: CaseStudy, member: PanelMember):
        self.case_study = case_study
        self.member = member

    @cached_property
    def versions(self) -> list[Version]:
        """Oldest first; of their texts only the newest is read."""
        numbers = Version.objects.filter(case_study=OuterRef("case_study")).order_by("-number")
        is_newest = When(number=Subquery(numbers.values("number")[:1]), then=F("content"))
        text = Case(is_newest, output_field=JSONField())
        rows = list(self.case_study.versions.defer("content").annotate(text=text).order_by("number"))
        if rows:
            rows[-1].content = rows[-1].text
        return rows

    @cached_property
    def preference(self) -> ScoringPreference:
        """How the member likes to score."""
        return ScoringPreference.objects.of(self.member.user)

    @property
    def newest(self) -> Version | None:
        return self.versions[-1] if self.versions else None

    def version(self, pk: str | None) -> Version:
        """The version that a page says it showed, or else the newest."""
        return next((version for version in self.versions if str(version.pk) == pk), self.newest)

    @cached_property
    def reading(self) -> Reading:
        """The newest text, to read."""
        return Reading.of(self.newest, meanings=meanings_of(self.case_study.review), codes=self.codes)

    @cached_property
    def areas(self) -> list[OutcomeArea]:
        return list(self.case_study.domain.outcome_areas.all())

    @property
    def described_areas(self) -> list[OutcomeArea]:
        """The outcome areas with their rating descriptors."""
        prefetch_related_objects(self.areas, "descriptors")
        return self.areas

    @cached_property
    def grades(self) -> dict[int, str]:
        """Each grade in words, by its score."""
        return self.case_study.domain.framework.grade_words()

    @cached_property
    def scores(self) -> list[Score]:
        """Everything that the member ever submitted for the case study, oldest first."""
        rows = Score.objects.filter(member=self.member, version__case_study=self.case_study)
        return list(rows.select_related("outcome_area", "member", "submitted_by").order_by("pk"))

    @cached_property
    def current(self) -> dict[str, Score]:
        """The member's current scores by outcome code; empty until they submit."""
        return {score.outcome_area.code: score for score in self.scores}

    @cached_property
    def row(self) -> ScoreSheet | None:
        return ScoreSheet.objects.filter(member=self.member, case_study=self.case_study).first()

    @cached_property
    def drafts(self) -> dict[str, Answer]:
        rows = self.row.drafts.select_related("outcome_area") if self.row else []
        return {row.outcome_area.code: Answer.of(row) for row in rows}

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """What counts: the scores that were submitted, or else the draft."""
        return {code: Answer.of(score) for code, score in self.current.items()} or self.drafts

    @property
    def drafted_at(self):
        """When the draft was saved; None where there is none."""
        return self.row.saved_at if self.drafts else None

    @property
    def revision(self) -> int:
        return self.row.revision if self.row else 0

    @cached_property
    def answered_version(self) -> Version | None:
        """The oldest version for which one of the answers was given, where that is not the newest one."""
        if self.current:
            used = {score.version_id for score in self.current.values()}
        else:
            used = {self.row.version_id} if self.row and self.drafts else set()
        oldest = next((version for version in self.versions if version.pk in used), None)
        return None if oldest is None or oldest.pk == self.newest.pk else oldest

    @cached_property
    def changes(self) -> tuple[ChangedPart, ...]:
        """What changed in the case study since the member answered."""
        older = self.answered_version
        return changes(older.content, self.newest.content) if older in shown(self.versions) else ()

    @property
    def codes(self) -> list[str]:
        return [area.code for area in self.areas]

    @property
    def highest(self) -> int | None:
        """The highest score of one outcome area, or None in an edition without points."""
        return max(self.grades) if self.case_study.domain.framework.has_points else None

    @property
    def total(self):
        return total(self.codes, self.answers, self.highest)

    @property
    def reasons(self) -> str:
        """For which scores the equality lead asks for a reason."""
        return self.case_study.review.reasons

    @property
    def missing(self) -> list[Problem]:
        """What is still to do before the answers can be submitted."""
        return problems(self.codes, self.answers, self.reasons)

    @property
    def place(self) -> str:
        """Which of the case studies that the member scores now this is, in words."""
        mine = CaseStudy.objects.ready().filter(
            allowed("score", self.member.user, case_study=""), review=self.case_study.review_id
        )
        numbers = sorted(set(mine.values_list("number", flat=True)))
        if self.case_study.number not in numbers:
            return f"Case study {self.case_study.number}"
        return f"Case study {numbers.index(self.case_study.number) + 1} of {len(numbers)}"

    @property
    def progress(self) -> str:
        return progress(self.codes, self.answers)

    @property
    def submitted_at(self):
        return max(score.submitted_at for score in self.scores)

    @property
    def lines(self) -> list[dict]:
        """Each outcome area with its answer, the answer's score in words, and the scores before it, newest first."""
        return [
            {
                "area": area,
                "answer": self.answers.get(area.code, Answer()),
                "words": self.words(self.answers.get(area.code, Answer())),
                "score": self.current.get(area.code),
                "history": self.history(area.code),
            }
            for area in self.areas
        ]

    def history(self, code: str) -> list[dict]:
        """All scores of an outcome area, newest first, where there is more than one."""
        rows = [score for score in self.scores if score.outcome_area.code == code]
        numbers = {version.pk: version.number for version in self.versions}
        return [
            {"score": row, "words": self.words(Answer.of(row)), "version": numbers[row.version_id]}
            for row in reversed(rows)
            if len(rows) > 1
        ]

    def words(self, answer: Answer) -> str:
        if answer.value is None:
            return "Abstained" if answer.abstained else "Not scored"
        return self.grades[answer.value]

    def page(self) -> dict:
        """What every page about the sheet shows."""
        return {
            "sheet": self,
            "case_study": self.case_study,
            "review": self.case_study.review,
            "reading": self.reading,
            "total": self.total,
        }
