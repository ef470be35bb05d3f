"""The logo and the colour of an organisation's reports: what is taken, what is kept of it, and where it is shown."""

import base64
import hashlib
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from casestudies.models import Brand, Change
from eds.colours import contrast_with_white, nearest_darker
from edsportal.audit.models import Entry
from reports.formats import FORMATS
from reports.reading import logo as reading
from reports.reading.logo import RefusedLogo, drawn_anew
from reports.writing.data.json_report import approved_sha256, from_json, to_json
from scoring.importing.store import import_report
from scoring.review.content import report_content
from tests.reports.samples import BRANDED, EDS_2022, FULL

PURPLE = "#330072"


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 450), **more) -> bytes:
    file = BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", size, "#330072").save(file, kind, **more)
    return file.getvalue()


SECRET = PngInfo()
SECRET.add_text("Comment", "Mrs Jones, 12 High Street")
LOGO = drawn_anew(picture())


@pytest.fixture
def lead(client, cast):
    client.force_login(cast.lead)
    return client


def at(cast, name: str) -> str:
    return reverse(f"organisation_{name}", args=[cast.organisation.slug])


def file_of(data: bytes) -> dict:
    return {"file": SimpleUploadedFile("logo.png", data)}


@pytest.mark.parametrize(
    "data",
    [
        picture(pnginfo=SECRET),
        picture("JPEG", comment=b"Mrs Jones, 12 High Street"),
        picture() + b"Mrs Jones, 12 High Street",
    ],
)
def test_nothing_but_the_picture_is_kept_of_a_file(data):
    assert b"Mrs Jones" in data
    made = drawn_anew(data)
    with Image.open(BytesIO(made)) as opened:
        assert (opened.format, opened.mode, opened.size, opened.info) == ("PNG", "RGB", (600, 300), {})
    assert b"Mrs Jones" not in made
    assert drawn_anew(made) == made


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", reading.OTHER),
        (picture("GIF"), reading.OTHER),
        (picture()[:200], reading.BROKEN),
        (picture(size=(99, 20)), reading.TOO_SMALL),
        (picture("JPEG", size=(6000, 5000)), reading.TOO_LARGE),
        (bytes(reading.MOST_BYTES + 1), reading.TOO_LARGE),
    ],
)
def test_other_files_are_refused_with_what_to_do(lead, cast, data, why, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does
    with pytest.raises(RefusedLogo, match="^" + why.split(",")[0]):
        drawn_anew(data)
    page = lead.post(at(cast, "logo"), file_of(data)).content.decode()
    assert why in page
    assert not Brand.objects.exists()


def test_the_lead_uploads_a_logo_looks_at_it_and_removes_it(lead, cast):
    page = lead.post(at(cast, "logo"), file_of(picture(pnginfo=SECRET)), follow=True)
    shown = f'<img src="data:image/png;base64,{base64.b64encode(LOGO).decode()}" alt="{cast.organisation}">'
    assert shown in page.content.decode()
    assert "img-src 'self' data:" in page["Content-Security-Policy"]
    brand = Brand.objects.get()
    assert (bytes(brand.logo), brand.logo_sha256) == (LOGO, hashlib.sha256(LOGO).hexdigest())
    assert report_content(cast.review).organisation.logo == base64.b64encode(LOGO).decode()
    logged = Entry.objects.filter(kind="casestudies.brand").order_by("pk").last()
    assert brand.logo_sha256 in str(logged.new)
    lead.post(at(cast, "logo_remove"))
    assert report_content(cast.review).organisation.logo is None
    assert list(Change.objects.values_list("what", flat=True)[:2]) == ["Removed the logo", "Changed the logo"]


def test_a_colour_is_shown_before_it_is_kept_and_a_pale_one_gets_a_darker_one_suggested(lead, cast):
    page = lead.post(at(cast, "colour"), {"colour": "330072", "preview": "yes"}).content.decode()
    assert ".app-cover { background: #330072; }" in page
    assert not Brand.objects.exists()
    pale = lead.post(at(cast, "colour"), {"colour": "#FFB81C"}).content.decode()
    assert f"Enter a darker colour. The nearest is {nearest_darker('#ffb81c')}" in pale
    assert (
        "Enter a colour as six letters" in lead.post(at(cast, "colour"), {"colour": "blue"}).content.decode()
    )
    lead.post(at(cast, "colour"), {"colour": "#330072"})
    assert report_content(cast.review).organisation.colour == PURPLE
    lead.post(at(cast, "colour"), {"colour": ""})
    assert report_content(cast.review).organisation.colour is None


@pytest.mark.parametrize("colour", ["#ffffff", "#ffb81c", "#00a9ce", "#808080", "#ff0000", "#005eb8"])
def test_the_nearest_darker_colour_is_the_lightest_shade_that_can_be_read(colour):
    nearest = nearest_darker(colour)
    assert contrast_with_white(nearest) >= 4.5
    assert nearest == colour or contrast_with_white(nearest) < 4.7
    assert [round(contrast_with_white(one), 2) for one in ("#ffffff", "#000000", "#767676")] == [1, 21, 4.54]


@pytest.mark.parametrize("form", ["html", "pdf", "pdf-large", "easy-read", "board", "docx"])
def test_each_form_shows_logo_and_colour(form):
    data = FORMATS[form].make(BRANDED)
    if form == "html":
        assert f"--organisation: {PURPLE}" in data.decode()
        assert f'alt="{FULL.organisation.name}"' in data.decode()
    elif form == "docx":
        with ZipFile(BytesIO(data)) as file:
            document, styles = (file.read(f"word/{name}.xml").decode() for name in ("document", "styles"))
        assert f'descr="{FULL.organisation.name}"' in document
        assert PURPLE.removeprefix("#") in styles
    else:
        page = pypdf.PdfReader(BytesIO(data)).pages[0]
        (image,) = page.images
        assert image.image.convert("RGB").getpixel((300, 150)) == (0x33, 0, 0x72)
        assert b"0.2 0 0.44705" in page.get_contents().get_data()


@pytest.mark.parametrize("form", ["template", "xlsx", "csv"])
def test_forms_without_a_cover_are_the_same_with_and_without(form):
    assert FORMATS[form].make(BRANDED) == FORMATS[form].make(FULL)


def test_the_json_form_loses_nothing_and_an_approval_holds_whatever_the_look():
    assert from_json(to_json(BRANDED), {"EDS 2022": EDS_2022}) == BRANDED
    assert '"logo"' not in to_json(FULL)
    assert approved_sha256(BRANDED) == approved_sha256(FULL)


def test_an_imported_report_brings_its_look_drawn_anew_to_an_organisation_without_one(cast):
    hidden = base64.b64encode(picture(pnginfo=SECRET)).decode()
    report = replace(BRANDED, organisation=replace(BRANDED.organisation, logo=hidden))
    import_report(report=report, imported_by=cast.lead)
    brand = Brand.objects.get()
    assert (brand.colour, bytes(brand.logo)) == (PURPLE, LOGO)
