"""What a PDF must not hold before it is stored and published: anything that runs, sends, fetches, plays or is a file.

Source: ISO 32000-2, 12.6.4 (actions), 12.5.6 (annotations), 7.11.4 (embedded files), 7.3.8.2 (streams elsewhere),
12.7.8 (XFA). An action may hide anywhere: at the catalogue, a page, a field, an annotation, a bookmark or a tree of
names, in an object stream, in an encrypted file, under a name with escapes. So every object is looked at, wherever it
hangs. What an earlier revision of the file holds, no object leads to: its names are looked for in the bytes.

Data as text may be inside, as PDF/A-3 asks: the portal's own reports hold theirs as JSON.
"""

import re
import zlib
from collections.abc import Iterator

import pikepdf

RUNS = (
    "The PDF has a script, a form that sends data, or something that plays or opens other files. "
    "Print it to a new PDF, then choose that one"
)
HOLDS_FILES = "The PDF has other files inside it. Save it without them, and add each as evidence of its own"
MOST_OBJECTS = 300_000

_ACTIONS = {
    *("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition"),
    *("/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"),
}
_RUNNING_KEYS = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
DATA_ENDINGS = (".json", ".csv", ".xml", ".txt")
MOST_DATA = 5_000_000  # bytes of one file inside
_SUBTYPES = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/PS"}  # the last: a program in PostScript
_SCHEMES = re.compile(r"(?:javascript|vbscript|data):")
_IN_BYTES = re.compile(rb"/(?:JavaScript|Launch|ImportData|SubmitForm|RichMedia|GoToE)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def why_not(document: pikepdf.Pdf, data: bytes) -> str:
    """What is wrong with the document and what to do, or nothing. `data` is the whole file."""
    for value in _dictionaries(document):
        if why := _of_dictionary(value):
            return why
    plain = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), data)
    return RUNS if _IN_BYTES.search(plain) else ""


def has_too_many_objects(document: pikepdf.Pdf) -> bool:
    return len(document.objects) > MOST_OBJECTS


def _dictionaries(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file, those inside others too; whatever has a number is reached by it."""
    for top in [document.trailer, *document.objects]:
        waiting = [top]
        while waiting:
            value = waiting.pop()
            if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
                yield value
                inside = [value.get(key) for key in value.keys()]  # noqa: SIM118 (a stream has no other way)
            elif isinstance(value, pikepdf.Array):
                inside = list(value)
            else:
                continue
            waiting += [each for each in inside if isinstance(each, pikepdf.Object) and not each.is_indirect]


def _of_dictionary(value: pikepdf.Object) -> str:
    keys = set(value.keys())
    if "/RF" in keys or _name(value, "/Subtype") == "/FileAttachment":
        return HOLDS_FILES
    if "/EF" in keys and not _holds_data_alone(value):
        return HOLDS_FILES
    runs = (
        keys & _RUNNING_KEYS
        or _name(value, "/S") in _ACTIONS
        or _name(value, "/Subtype") in _SUBTYPES
        or _name(value, "/Subtype2") == "/PS"
        or (isinstance(value, pikepdf.Stream) and "/F" in keys)  # its content is in another file
        or _leads_to_a_script(value.get("/URI"))
    )
    return RUNS if runs else ""


def _holds_data_alone(about: pikepdf.Object) -> bool:
    """Is the file inside text that no program runs, by each of its names and by its content?"""
    names = [str(about[key]).lower() for key in ("/F", "/UF", "/DOS", "/Mac", "/Unix") if key in about]
    streams = about["/EF"]
    if not names or not all(name.endswith(DATA_ENDINGS) for name in names):
        return False
    if not isinstance(streams, pikepdf.Dictionary):
        return False
    return all(_is_text(streams.get(key)) for key in streams.keys())  # noqa: SIM118


def _is_text(stream: object) -> bool:
    if not isinstance(stream, pikepdf.Stream):
        return False
    data = stream.read_raw_bytes()
    if "/Filter" in stream:
        if _name(stream, "/Filter") != "/FlateDecode" or "/DecodeParms" in stream:
            return False
        try:
            data = zlib.decompressobj().decompress(data, MOST_DATA + 1)
        except zlib.error:
            return False
    if len(data) > MOST_DATA or b"\0" in data or data.startswith(b"#!"):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _name(value: pikepdf.Object, key: str) -> str:
    entry = value.get(key)
    return str(entry) if isinstance(entry, pikepdf.Name) else ""


def _leads_to_a_script(address: object) -> bool:
    """Readers pass over blanks and control characters in an address."""
    if not isinstance(address, pikepdf.String):
        return False
    text = "".join(letter for letter in str(address) if letter.isprintable() and not letter.isspace())
    return _SCHEMES.match(text.lower()) is not None
