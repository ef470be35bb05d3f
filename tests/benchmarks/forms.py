"""What each form of a report costs, beside WeasyPrint alone on the same HTML.

    python -m tests.benchmarks.forms

It makes every form of one fixed report (`FIXED` of tests/reports/samples.py) and prints CPU seconds, each the least of
several rounds after one that loads the libraries. Then it prints what hard contents cost, and time on the clock for
two processes that make all forms at once beside that for one. Nothing is stored.
"""

import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

ROUNDS = 5
TABLES, WORDS = 1200, 900


def main() -> None:
    _set_up()
    from reports.formats import FORMATS
    from tests.reports.samples import FIXED

    forms = {name: cpu(lambda make=each.make: make(FIXED)) for name, each in FORMATS.items()}
    for name, seconds in forms.items():
        print(f"{name:28}{seconds:6.2f} s")
    print(f"{'all forms':28}{sum(forms.values()):6.2f} s")
    for name, large_print in (("pdf", False), ("pdf-large", True)):
        alone = cpu(_weasyprint_alone(large_print=large_print))
        print(
            f"{f'{name}: WeasyPrint alone':28}{alone:6.2f} s, so ours is {forms[name] / alone:.2f} times that"
        )
    word = cpu(lambda: FORMATS["docx"].make(_with_section(TABLE * TABLES)), rounds=1)
    print(f"{f'docx, {TABLES} tables':28}{word:6.2f} s")
    cells = [
        cpu(lambda text=text: FORMATS["pdf"].make(_with_section(text))) for text in (_cell(WORDS), _cell(1))
    ]
    print(f"{f'pdf, a cell of {WORDS} words':28}{cells[0] - cells[1]:6.2f} s more than one of a word")
    one, two = (at_once(processes) for processes in (1, 2))
    print(f"{'two at once':28}{two:6.2f} s on the clock, {two / one:.2f} times one ({one:.2f} s)")


def cpu(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """Seconds of this process's CPU: the least of these rounds, after one that does not count where there are more."""
    taken = []
    for _ in range(rounds + (rounds > 1)):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def at_once(processes: int) -> float:
    """Seconds on the clock until each of so many processes has made every form once; all are warm before."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_make_all) as pool:
        list(pool.map(_rest, [0.2] * processes * 2))
        start = time.perf_counter()
        list(pool.map(_make_all, range(processes)))
        return time.perf_counter() - start


def _rest(seconds: float) -> None:
    time.sleep(seconds)


def _make_all(_number: int = 0) -> None:
    _set_up()
    from reports.formats import FORMATS
    from tests.reports.samples import FIXED

    for each in FORMATS.values():
        each.make(FIXED)


def _weasyprint_alone(*, large_print: bool) -> Callable[[], bytes]:
    """What makes a PDF of the same HTML with WeasyPrint and nothing of ours but the style and its files."""
    import weasyprint

    from reports.writing import html_report
    from reports.writing.pdf import pdf_writer
    from tests.reports.samples import FIXED

    html = html_report.page(FIXED, styled=False, large_print=large_print)
    style = (*pdf_writer.STYLE, *([pdf_writer.LARGE_PRINT] if large_print else []))

    def make() -> bytes:
        fetcher = pdf_writer.OwnFiles()
        fonts = weasyprint.text.fonts.FontConfiguration()
        sheets = [
            weasyprint.CSS(url=pdf_writer.STATIC + path, url_fetcher=fetcher, font_config=fonts)
            for path in style
        ]
        return weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(
            stylesheets=sheets, font_config=fonts, pdf_variant=pdf_writer.VARIANT, presentational_hints=True
        )

    return make


TABLE = "| Group | Waits |\n|---|---|\n| Carers | 4 weeks |\n\nAnd the next one.\n\n"


def _cell(words: int) -> str:
    return f"| Group | What |\n|---|---|\n| Deaf people | {' '.join(['word'] * words)} |\n"


def _with_section(text: str):
    """The fixed report, whose first case study has one more section."""
    from eds.content import Section
    from tests.reports.samples import FIXED

    first, *others = FIXED.case_studies
    more = replace(first, sections=(*first.sections, Section(heading="More", body=text)))
    return replace(FIXED, case_studies=(more, *others))


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()


if __name__ == "__main__":
    main()
