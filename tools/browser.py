"""Unpacks the Chromium of npm's @sparticuz/chromium to .chromium/, for a machine without /usr/bin/chromium.

It comes with the libraries (al2023/) and fonts that it needs, so nothing has to be installed. The package's
own fonts.conf names folders of another place, so we write ours. x86-64 only.
"""

import io
import platform
import sys
import tarfile
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parent.parent
PACKED = ROOT / "node_modules/@sparticuz/chromium/bin"
TARGET = ROOT / ".chromium"
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{target}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{target}/font-cache</cachedir>
</fontconfig>
"""


def unpacked(name: str) -> bytes:
    return brotli.decompress((PACKED / name).read_bytes())


def main() -> None:
    if platform.machine() != "x86_64":
        sys.exit("No browser is packed for this processor. Please install Chromium as /usr/bin/chromium.")
    TARGET.mkdir(exist_ok=True)
    for name in ("fonts", "al2023", "swiftshader"):
        with tarfile.open(fileobj=io.BytesIO(unpacked(f"{name}.tar.br"))) as files:
            files.extractall(TARGET / name)  # noqa: S202 (its hash stands in package-lock.json)
    (TARGET / "fonts.conf").write_text(FONTS_CONF.format(target=TARGET), encoding="utf-8")
    program = TARGET / "chromium"
    program.write_bytes(unpacked("chromium.br"))
    program.chmod(0o755)


if __name__ == "__main__":
    main()
