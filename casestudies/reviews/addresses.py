"""Where the pages of a review and of its case studies are."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class YearConverter:
    """A year of a review: 2024, or 2024-25."""

    regex = "[0-9]{4}(?:-[0-9]{2})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class KindConverter(StringConverter):
    """A kind of message to members of a panel."""

    regex = "invitation|reminder"


register_converter(YearConverter, "year")
register_converter(KindConverter, "kind")

REVIEW = "reviews/<slug:organisation>/<year:year>/"
CASE_STUDY = REVIEW + "case-studies/<int:number>/"
