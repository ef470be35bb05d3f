"""A picture that somebody uploads as a logo, drawn anew so that nothing of the file but its picture is kept."""

from io import BytesIO

from PIL import Image, ImageOps

MOST_BYTES = 2 * 1024**2
MOST_PIXELS = 25_000_000
SMALLEST = 100  # pixels of the longer side
SIZE = (600, 300)  # pixels into which a larger one is made to fit: 75 mm at 200 dots an inch
KINDS = ("PNG", "JPEG")

TOO_LARGE = "The picture must be at most 2 MB. Save a smaller one and choose it"
OTHER = "Choose a PNG or JPEG picture. If your logo is an SVG, open it in a browser and save it as PNG"
BROKEN = "The picture is damaged and can’t be opened. Save it again and choose the new file"
TOO_SMALL = "The picture must be at least 100 pixels wide or high, so that it prints well"


class RefusedLogo(ValueError):
    """We can't use the file. The message tells the person what to do."""


def drawn_anew(data: bytes) -> bytes:
    """A PNG of what the picture shows on white, without comments, places, profiles or layers. Raises RefusedLogo.

    What this gives, given again, is the same bytes.
    """
    if len(data) > MOST_BYTES:
        raise RefusedLogo(TOO_LARGE)
    try:
        with Image.open(BytesIO(data), formats=KINDS) as opened:
            opened.verify()  # decoding alone would not notice a missing end: WeasyPrint tells Pillow not to
        with Image.open(BytesIO(data), formats=KINDS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise RefusedLogo(TOO_LARGE)
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except RefusedLogo:
        raise
    except Image.UnidentifiedImageError:
        raise RefusedLogo(OTHER) from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedLogo(BROKEN) from None
    if max(picture.size) < SMALLEST:
        raise RefusedLogo(TOO_SMALL)
    return _as_png(picture)


def _as_png(picture: Image.Image) -> bytes:
    on_white = Image.new("RGBA", picture.size, "white")
    on_white.alpha_composite(picture)
    plain = on_white.convert("RGB")
    plain.thumbnail(SIZE, Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", plain.size)
    fresh.paste(plain)  # the pixels alone: `plain` still knows what the file said beside them
    file = BytesIO()
    fresh.save(file, "PNG", optimize=True)
    return file.getvalue()
