"""What a report's file does not say: which services, which column is the rating, what its words mean."""

from django import forms

from eds.edition import Edition
from edsportal.nhsuk.forms import Button, Fieldset, Link, NhsukForm
from reports.reading.questions import AskedColumn, AskedWords
from reports.reading.template.cells import columns as role
from reports.reading.template.meanings import NOT_SCORED, Meanings
from scoring.importing.corrections import Understood

COLUMNS = [
    ("", "Something else: keep it with the evidence"),
    (role.OUTCOME, "The code of the outcome area"),
    (role.STATEMENT, "The words of the outcome area"),
    (role.EVIDENCE, "The evidence"),
    (role.RATING, "The rating or score"),
    (role.SELF, "The organisation’s own score"),
    (role.REASON, "The reason for the rating"),
    (role.OWNER, "The owner or lead"),
    (role.TOTAL, "The total"),
    (role.SERVICE, "The name of the service"),
    (role.DOMAIN, "The domain"),
    (role.ACTION, "An action"),
    (role.OBJECTIVE, "An equality objective"),
    (role.DUE, "A completion date"),
    (role.STATUS, "The status of an action"),
]
MOST_COLUMNS = 40


def open_questions(found: Understood) -> list[str]:
    """What the person is asked first, in words."""
    asked = found.questions
    columns = list(asked.columns.values())[:MOST_COLUMNS]
    questions = []
    if found.unnamed:
        questions.append("Which services are these?")
    if columns and not any(column.role == role.RATING for column in columns):
        questions.append("Which column is the rating?")
    elif any(not column.is_sure for column in columns):
        questions.append("What is in the columns that we do not know?")
    if asked.ratings:
        questions.append("Which scores do these ratings mean?")
    if any(not one.meaning for one in asked.outcomes.values()):
        questions.append("Which outcome areas are these?")
    return questions


class QuestionsForm(NhsukForm):
    """Plain selects for what can't be known; `known` is what was said before."""

    def __init__(self, *args, found: Understood, known: Meanings, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.layout, self.known, self.found = [], known, found
        self.keys: dict[str, tuple[str, str]] = {}  # by field, what it is about and the words
        edition = found.content.edition
        self._add_services(found)
        self._add_columns(list(found.questions.columns.values())[:MOST_COLUMNS])
        self._add_ratings(found.questions.ratings, edition)
        self._add_outcomes(found.questions.outcomes, edition)
        self.buttons = [Button("Save and read the file again"), Link("Cancel", back)]

    def _add(self, legend: str, hint: str, names: list[str]) -> None:
        if names:
            self.layout.append(Fieldset(legend, *names, hint=hint))

    def _add_services(self, found: Understood) -> None:
        names = []
        for part in found.content.case_studies:
            if part.number in found.unnamed:
                text = next((one.body for one in part.sections if one.body), "")
                name = f"service_{part.number}"
                self.fields[name] = forms.CharField(
                    label=f"Case study {part.number}",
                    help_text=f"It begins: “{' '.join(text.split())[:100]}”" if text else "",
                    initial=part.title,
                    max_length=200,
                    error_messages={"required": "Enter the name of the service"},
                )
                names.append(name)
        hint = "The file has a table for each, without a name. A name like “Maternity” is enough."
        self._add("Which services are these?", hint, names)

    def _add_columns(self, columns: list[AskedColumn]) -> None:
        names = []
        for at, column in enumerate(columns):
            name = f"column_{at}"
            samples = "; ".join(column.samples)
            self.fields[name] = forms.ChoiceField(
                label=f"“{column.name}”" if column.name else f"{column.key.capitalize()}, without a name",
                help_text=f"For example: {samples}" if samples else "",
                choices=COLUMNS,
                initial=self.known.columns.get(column.key, column.role),
                required=False,
            )
            self.keys[name] = ("columns", column.key)
            names.append(name)
        self._add("What is in each column?", "We chose what we think it is.", names)

    def _add_ratings(self, asked: dict[str, AskedWords], edition: Edition) -> None:
        grades = [(str(grade.score), f"{grade.score} {grade.name}") for grade in edition.grades]
        choices = [("", "It is not a score: leave it out"), *grades, (NOT_SCORED, "Not scored")]
        texts = {key: one.text for key, one in asked.items()} | {key: key for key in self.known.ratings}
        names = []
        for at, (key, text) in enumerate(texts.items()):
            name = f"rating_{at}"
            self.fields[name] = forms.ChoiceField(
                label=f"“{text}”", choices=choices, initial=self.known.ratings.get(key, ""), required=False
            )
            self.keys[name] = ("ratings", key)
            names.append(name)
        self._add("Which scores do these ratings mean?", "", names)

    def _add_outcomes(self, asked: dict[str, AskedWords], edition: Edition) -> None:
        choices = [("", "None of them")]
        for domain in edition.domains:
            choices += [(one.code, f"{one.code}: {one.statement}") for one in domain.outcomes]
        texts = {key: one.text for key, one in asked.items()}
        texts |= {key: key for key in self.known.outcomes if key not in texts}
        names = []
        for at, (key, text) in enumerate(texts.items()):
            name, guess = f"outcome_{at}", asked[key].meaning if key in asked else ""
            self.fields[name] = forms.ChoiceField(
                label=f"“{text[:200]}”",
                choices=choices,
                initial=self.known.outcomes.get(key, guess),
                required=False,
            )
            self.keys[name] = ("outcomes", key)
            names.append(name)
        self._add("Which outcome areas are these?", "The table names them without their codes.", names)

    def titles(self) -> dict[int, str]:
        """The names of services by the number of their case study; only for a valid form."""
        return {
            int(name.removeprefix("service_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("service_")
        }

    def meanings(self) -> dict[str, dict[str, str]]:
        """What `say_meanings` takes; only for a valid form. A column that is as it was read says nothing."""
        said: dict[str, dict[str, str]] = {"columns": {}, "ratings": {}, "outcomes": {}}
        for name, (kind, key) in self.keys.items():
            value = self.cleaned_data[name]
            if kind == "columns" and key not in self.known.columns:
                if value == self.found.questions.columns[key].role:
                    continue
                value = value or role.EVIDENCE
            said[kind][key] = value
        return said
