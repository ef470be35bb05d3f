"""The simple pictures of the easy-read report, drawn by us: two colours, thick lines, one thing in each."""

from django.utils.html import escape

BLUE, LIGHT, DARK, WHITE = "#005eb8", "#41b6e6", "#212b32", "#ffffff"


def _person(x: int, y: int, colour: str, size: float = 1) -> str:
    head, width, height = 13 * size, 36 * size, 34 * size
    return (
        f'<circle cx="{x}" cy="{y}" r="{head:g}" fill="{colour}"/>'
        f'<rect x="{x - width / 2:g}" y="{y + head + 3:g}" width="{width:g}" height="{height:g}" '
        f'rx="{12 * size:g}" fill="{colour}"/>'
    )


def _lines(x: int, y: int, widths: tuple[int, ...], gap: int = 12) -> str:
    return "".join(
        f'<rect x="{x}" y="{y + gap * place}" width="{width}" height="5" rx="2" fill="{DARK}"/>'
        for place, width in enumerate(widths)
    )


def _paper(inside: str) -> str:
    look = f'fill="{WHITE}" stroke="{BLUE}" stroke-width="5"'
    return f'<rect x="42" y="10" width="66" height="84" rx="4" {look}/>{inside}'


def _tick(x: int, y: int) -> str:
    points = f"{x},{y} {x + 5},{y + 6} {x + 14},{y - 6}"
    return f'<polyline points="{points}" fill="none" stroke="{BLUE}" stroke-width="5"/>'


def _arrow(points: str) -> str:
    return f'<polygon points="{points}" fill="{BLUE}"/>'


def _steps(filled: int) -> str:
    looks = [f'fill="{BLUE}"' if step < filled else f'fill="{WHITE}"' for step in range(3)]
    return "".join(
        f'<rect x="{24 + 36 * step}" y="{68 - 24 * step}" width="30" height="{24 + 24 * step}" {look} '
        f'stroke="{DARK}" stroke-width="4"/>'
        for step, look in enumerate(looks)
    )


PICTURES = {
    "report": ("A report", _paper(_lines(54, 26, (42, 42, 30)) + _tick(58, 76))),
    "people": ("People", _person(48, 32, BLUE) + _person(102, 32, LIGHT) + _person(75, 44, DARK)),
    "scores": ("Steps from low to high", _steps(1)),
    "result": (
        "A star",
        f'<polygon points="75,8 87,40 121,41 94,62 104,95 75,75 46,95 56,62 29,41 63,40" fill="{BLUE}"/>',
    ),
    "up": ("An arrow that points up", _arrow("75,8 112,50 90,50 90,94 60,94 60,50 38,50")),
    "down": ("An arrow that points down", _arrow("75,94 112,52 90,52 90,8 60,8 60,52 38,52")),
    "same": ("Two lines of the same length", _lines(36, 34, (78, 78), 26)),
    "service": (
        "A building with a cross",
        (
            f'<polygon points="75,6 130,36 20,36" fill="{LIGHT}"/>'
            f'<rect x="30" y="38" width="90" height="56" fill="{BLUE}"/>'
            f'<rect x="68" y="46" width="14" height="40" fill="{WHITE}"/>'
            f'<rect x="55" y="59" width="40" height="14" fill="{WHITE}"/>'
        ),
    ),
    "staff": (
        "A member of staff with a badge",
        _person(75, 28, BLUE, 1.3) + f'<rect x="80" y="60" width="14" height="18" rx="2" fill="{WHITE}"/>',
    ),
    "leaders": (
        "People at a table",
        _person(40, 26, BLUE, 0.9)
        + _person(75, 26, LIGHT, 0.9)
        + _person(110, 26, BLUE, 0.9)
        + f'<rect x="14" y="66" width="122" height="12" rx="3" fill="{DARK}"/>',
    ),
    "part": ("A piece of the work", _paper(_lines(54, 30, (42, 42, 42, 30)))),
    "to-do": ("A list of things to do", _paper(_lines(70, 28, (28, 28, 28), 22) + _tick(50, 30))),
    "done": (
        "A list with ticks",
        _paper(_lines(74, 28, (24, 24, 24), 22) + "".join(_tick(52, y) for y in (30, 52, 74))),
    ),
    "missing": (
        "A magnifying glass",
        (
            f'<circle cx="66" cy="42" r="30" fill="{WHITE}" stroke="{BLUE}" stroke-width="8"/>'
            f'<rect x="86" y="64" width="44" height="12" rx="5" fill="{DARK}" transform="rotate(45 86 64)"/>'
        ),
    ),
    "ask": (
        "Two speech bubbles",
        (
            f'<rect x="16" y="14" width="66" height="44" rx="6" fill="{BLUE}"/>'
            f'<polygon points="28,56 28,76 48,56" fill="{BLUE}"/>'
            f'<rect x="76" y="42" width="58" height="38" rx="6" fill="{LIGHT}"/>'
            f'<polygon points="122,78 122,96 104,78" fill="{LIGHT}"/>'
        ),
    ),
}


def picture(name: str) -> str:
    """The picture as SVG, its title as the alternative text. Raises KeyError for a name that is not in PICTURES."""
    title, shapes = PICTURES[name]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" class="easy-picture" width="150" height="104" '
        f'viewBox="0 0 150 104"><title>{escape(title)}</title>{shapes}</svg>'
    )
