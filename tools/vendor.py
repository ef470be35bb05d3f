"""Copies what the pages and PDFs need from node_modules/ to vendor/, which is served under /static/vendor/.

The NHS.UK style sheet is changed in three ways: the two @font-face rules go, for they fetch Frutiger from
another site; images get relative addresses, which hashed file names need; the line that names a source map
goes, for we don't serve the map.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NHSUK = ROOT / "node_modules/nhsuk-frontend/dist/nhsuk"
FONT = ROOT / "node_modules/@fontsource/arimo"
VENDOR = ROOT / "vendor"


def css_for_our_server(css: str) -> str:
    """The style sheet without what leads to another site. Raises ValueError when something still does."""
    css = re.sub(r"@font-face\{[^}]*//assets\.nhs\.uk/[^}]*\}", "", css)
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css).replace("url(/assets/", "url(assets/")
    if strays := re.findall(r"url\((?:https?:|/)[^)]*\)", css):
        raise ValueError(f"nhsuk-frontend's style sheet names addresses that we don't serve: {strays}")
    return css


def js_without_source_map(js: str) -> str:
    return re.sub(r"//# sourceMappingURL=\S*", "", js)


def copy_to(target: Path) -> None:
    """Writes nhsuk/ and fonts/ into `target`, an empty folder."""
    shutil.copytree(NHSUK / "assets", target / "nhsuk/assets")
    for name, change in (("min.css", css_for_our_server), ("min.js", js_without_source_map)):
        text = (NHSUK / f"nhsuk-frontend.{name}").read_text(encoding="utf-8")
        (target / f"nhsuk/nhsuk-frontend.{name}").write_text(change(text), encoding="utf-8")
    (target / "fonts").mkdir()
    for file in sorted(FONT.glob("files/*-latin*-[47]00-*.woff2")):
        shutil.copy(file, target / "fonts")
    shutil.copy(FONT / "LICENSE", target / "fonts")


def main() -> None:
    fresh = VENDOR.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    copy_to(fresh)
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


if __name__ == "__main__":
    main()
