"""Where each finding of the checks is fixed: the page and the field, as far as the stage allows to change it there."""

from functools import cached_property

from casestudies.models import CaseStudy, Review, Section, SharedCaseStudy
from eds import stages
from eds.checks import Finding
from edsportal.web.addresses import url_of
from scoring.models import Recommendation

# The header's fields by the names that the checks give them. The rest of the header is no field of the review.
HEADER_FIELDS = {
    "Board sponsor or lead": "board_sponsor",
    "EDS lead": "eds_lead",
    "Level": "level",
    "Partner organisations": "partners",
    "Engagement dates": "engagement_dates",
    "Date completed": "completed_on",
    "Month and year published": "published_in",
    "Revision date": "revision_date",
}
AUTHORISED = "Date authorised"  # which the approval records
DATES = ("completed_on", "revision_date")  # of three boxes, the first of which is the day
AGREED_SCORES = {
    "outcome-not-scored": "score_{outcome}",
    "score-off-scale": "score_{outcome}",
    "commentary-repeated": "commentary",
    "commentary-names-another": "commentary",
}
ONLY_WHILE_OPEN = (*AGREED_SCORES, "service-count", "years-clash", "third-party-missing")
EVIDENCE = ("outcome-without-evidence", "high-score-without-evidence")
TEXTS = ("total-mismatch", "band-misquoted", "copied-from-last-year", "personal-data")


class PlacesToFix:
    """Of one review. `shared` are the case studies of other organisations in it, by their number."""

    def __init__(self, review: Review, shared: dict[int, SharedCaseStudy]):
        self.review, self.shared = review, shared

    @cached_property
    def _case_studies(self) -> dict[int, CaseStudy]:
        rows = self.review.case_studies.select_related("review__organisation")
        return {row.number: row for row in rows}

    @cached_property
    def _sections(self) -> dict[tuple[int, str], int]:
        """By case study and outcome area: the section about it."""
        rows = Section.objects.filter(case_study__review=self.review, outcome_area__isnull=False)
        names = ("case_study__number", "outcome_area__code", "pk")
        return {(number, code): pk for number, code, pk in rows.values_list(*names)}

    @cached_property
    def _recommendations(self) -> dict[str, Recommendation]:
        rows = Recommendation.objects.filter(theme__review=self.review)
        return {row.action: row for row in rows.select_related("theme__review__organisation")}

    def address(self, finding: Finding) -> str:
        """Of the field where it is fixed; of a page where no closer one is known."""
        if finding.case_study in self.shared:
            return url_of(self.shared[finding.case_study])
        if self.review.stage != stages.OPEN and finding.code in ONLY_WHILE_OPEN:
            return url_of(self.review, "stage")  # it has to be sent back first
        for codes, place in (
            (AGREED_SCORES, self._agreed_score),
            (EVIDENCE, self._evidence),
            (TEXTS, self._text),
        ):
            if finding.code in codes and finding.case_study in self._case_studies:
                return place(finding, self._case_studies[finding.case_study])
        found = OTHERS.get(finding.code, lambda places, finding: None)(self, finding)
        return found or url_of(self.review)

    def _agreed_score(self, finding: Finding, row: CaseStudy) -> str:
        if row.stage == stages.AGREED:
            return url_of(row, "reopen_meeting")
        field = AGREED_SCORES[finding.code].format(outcome=finding.outcome)
        return f"{url_of(self.review, 'moderate', row.number)}#id_{field}"

    def _evidence(self, finding: Finding, row: CaseStudy) -> str:
        if row.stage == stages.WRITING:
            return f"{url_of(row, 'evidence_add')}?outcome={finding.outcome}"
        return url_of(row)

    def _text(self, finding: Finding, row: CaseStudy) -> str:
        section = self._sections.get((row.number, finding.outcome))
        if row.stage != stages.WRITING:
            return url_of(row)
        if section is None:
            return url_of(row, "write")
        return f"{url_of(row, 'section_change', section)}#id_body"

    def _low_score(self, finding: Finding) -> str:
        if self.review.stage != stages.OPEN:
            return url_of(self.review, "recommendations")
        of = f"?case_study={finding.case_study}&outcome={finding.outcome}"
        return url_of(self.review, "recommendation_add") + of

    def _owner(self, finding: Finding) -> str:
        row = self._recommendations.get(finding.about)
        if row is None:
            return url_of(self.review, "recommendations")
        return f"{url_of(self.review, 'recommendation_owner', row.pk)}#id_owner"

    def _date(self, finding: Finding) -> str:
        row = self._recommendations.get(finding.about)
        if row is None or self.review.stage != stages.OPEN:
            return url_of(row) if row else url_of(self.review, "recommendations")
        return f"{url_of(self.review, 'recommendation_change', row.pk)}#id_due"

    def _header(self, finding: Finding) -> str:
        if finding.about == AUTHORISED:
            return f"{url_of(self.review, 'approval')}#id_approved_on_day"
        field = HEADER_FIELDS.get(finding.about)
        if field is None:  # the name or the care system of the organisation
            return url_of(self.review.organisation, "organisation")
        if self.review.stage != stages.OPEN:
            return url_of(self.review, "stage")
        return f"{url_of(self.review, 'review_header')}#id_{field}{'_day' if field in DATES else ''}"

    def _title(self, finding: Finding) -> str:
        return f"{url_of(self.review, 'review_header')}#id_title"

    def _services(self, finding: Finding) -> str:
        domain = int(finding.about.split()[0])
        if finding.severity == "error":
            return url_of(self.review, "domain_choice", domain)
        return url_of(self.review, "case_study_add") if self.review.stage == stages.OPEN else ""

    def _panel(self, finding: Finding) -> str:
        return url_of(self.review, "panel")

    def _third_parties(self, finding: Finding) -> str:
        field = "trade_union_reps" if "trade union" in finding.message else "independent_evaluators"
        return f"{url_of(self.review, 'review_header')}#id_{field}"


OTHERS = {
    "low-score-without-action": PlacesToFix._low_score,
    "action-without-owner": PlacesToFix._owner,
    "action-without-date": PlacesToFix._date,
    "header-incomplete": PlacesToFix._header,
    "years-clash": PlacesToFix._title,
    "service-count": PlacesToFix._services,
    "panel-unrepresentative": PlacesToFix._panel,
    "third-party-missing": PlacesToFix._third_parties,
}


def is_due(review: Review, finding: Finding) -> bool:
    """Can something be done about it at the stage of the review? The date of the approval comes with the approval."""
    early = review.stage == stages.OPEN
    return not (early and finding.code == "header-incomplete" and finding.about == AUTHORISED)
