"""One case study of a report that waits to be imported: corrected in place, beside what the file says."""

from crispy_forms.layout import LayoutObject
from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from eds.content import CaseStudy, Judgement, ReportContent
from edsportal.nhsuk.forms import Button, Fieldset, Link, NhsukForm
from scoring.importing.corrections import Understood

MOST_TEXT = 100_000  # characters of a section that is corrected on the page


class Beside(LayoutObject):
    """Fields, and at their side what the file says."""

    def __init__(self, original: str, *fields):
        self.original, self.fields = original, list(fields)

    def render(self, form, context, template_pack=None, **kwargs) -> SafeString:
        inside = self.get_rendered_fields(form, context, template_pack)
        said = self.original or "The file says nothing here."
        return format_html(
            '<div class="app-beside"><div>{}</div><div class="app-beside__original">'
            '<p class="nhsuk-u-font-weight-bold nhsuk-u-margin-bottom-1">In the file</p>'
            '<div class="app-typed">{}</div></div></div>',
            inside,
            said,
        )


class ImportedCaseStudyForm(NhsukForm):
    """Title, sections, scores and owners of one case study."""

    title = forms.CharField(max_length=200, error_messages={"required": "Enter a title"})

    def __init__(self, *args, found: Understood, part: CaseStudy, back: str, **kwargs):
        super().__init__(*args, initial={"title": part.title}, **kwargs)
        content = found.content
        self.domain = content.edition.domain(part.domain)
        self.part = part
        original = next((one for one in found.original.case_studies if one.number == part.number), part)
        areas = [("", "None of them")]
        areas += [(one.code, f"{one.code} {one.statement}") for one in self.domain.outcomes]
        self.layout = [Beside(original.title, "title")]
        for at, section in enumerate(part.sections):
            self._add_section(at, section, areas, original)
        self.new = [code for code in self.domain.codes if code not in {one.outcome for one in part.sections}]
        for code in self.new:
            self._add_text(f"new_{code}", f"Text about {code}", "")
            self.layout.append(Fieldset(f"{code}: no text", f"new_{code}", size="m"))
        self._add_judgements(content, part, original, found)
        self.buttons = [Button("Save"), Link("Cancel", back)]

    def _add_section(self, at: int, section, areas: list, original: CaseStudy) -> None:
        self.fields[f"heading_{at}"] = forms.CharField(
            label="Heading",
            max_length=200,
            required=False,
            initial=section.heading,
            help_text="To leave the section out, empty its heading and its text.",
        )
        self.fields[f"area_{at}"] = forms.ChoiceField(
            label="Which outcome area is it about?",
            choices=areas,
            initial=section.outcome or "",
            required=False,
        )
        self._add_text(f"text_{at}", "Text", section.body)
        was = original.sections[at].body if at < len(original.sections) else ""
        names = [f"heading_{at}", f"area_{at}", f"text_{at}"]
        self.layout.append(Fieldset(section.heading, Beside(was, *names)))

    def _add_text(self, name: str, label: str, text: str) -> None:
        rows = min(max(len(text) // 60 + text.count("\n") + 1, 3), 20)
        self.fields[name] = forms.CharField(
            label=label,
            initial=text,
            required=False,
            max_length=max(MOST_TEXT, len(text)),
            widget=forms.Textarea(attrs={"rows": rows}),
            strip=False,
        )
        self.nhsuk[name] = {"threshold": 90}

    def _add_judgements(
        self, content: ReportContent, part: CaseStudy, original: CaseStudy, found: Understood
    ) -> None:
        grades = [(str(grade.score), f"{grade.score} {grade.name}") for grade in content.edition.grades]
        for outcome in self.domain.outcomes:
            now = part.scores[outcome.code].score if outcome.code in part.scores else None
            known = [] if now is None or str(now) in dict(grades) else [(str(now), str(now))]
            self.fields[f"score_{outcome.code}"] = forms.ChoiceField(
                label="Score",
                choices=[("", "Not scored"), *grades, *known],
                initial="" if now is None else str(now),
                required=False,
            )
            self.fields[f"owner_{outcome.code}"] = forms.CharField(
                label="Owner", max_length=200, required=False, initial=part.owners.get(outcome.code, "")
            )
            names = [f"score_{outcome.code}", f"owner_{outcome.code}"]
            said = _in_the_file(outcome.code, original, found)
            legend = f"Score of {outcome.code}: {outcome.statement}"
            self.layout.append(Fieldset(legend, Beside(said, *names), size="s"))

    def clean(self):
        data = super().clean()
        for at in range(len(self.part.sections)):
            if f"heading_{at}" not in self.data:
                continue
            if not data.get(f"heading_{at}") and (data.get(f"text_{at}") or "").strip():
                self.add_error(f"heading_{at}", "Enter a heading, or empty the text too")
        return data

    def _sent(self, name: str) -> str:
        """What was sent; a field that was not sent stays as it is."""
        return self.cleaned_data[name] if name in self.data else self.fields[name].initial

    def corrections(self) -> dict:
        """What `correct_case_study` takes; only for a valid form."""
        data = {name: self._sent(name) for name in self.fields if name != "title"}
        data["title"] = self.cleaned_data["title"]
        sections = [
            {
                "heading": data[f"heading_{at}"],
                "outcome": data[f"area_{at}"],
                "body": data[f"text_{at}"].strip(),
            }
            for at in range(len(self.part.sections))
        ]
        sections += [
            {"heading": code, "outcome": code, "body": data[f"new_{code}"].strip()}
            for code in self.new
            if data[f"new_{code}"].strip()
        ]
        codes = self.domain.codes
        return {
            "title": data["title"],
            "sections": sections,
            "scores": {code: data[f"score_{code}"] for code in codes},
            "owners": {code: data[f"owner_{code}"] for code in codes},
        }


def _in_the_file(code: str, original: CaseStudy, found: Understood) -> str:
    """The score and the owner as the file says them, and what of the outcome area was left out."""
    said = original.scores.get(code, Judgement())
    lines = [f"Score: {'none' if said.score is None else said.score}"]
    if said.rationale:
        lines.append(f"Reason: {said.rationale}")
    if code in original.owners:
        lines.append(f"Owner: {original.owners[code]}")
    lines += [f"{line.text} ({line.why})" for line in (*found.unplaced, *found.assumed) if code in line.why]
    return "\n".join(lines)
