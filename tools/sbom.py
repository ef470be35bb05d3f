"""Prints the software bill of materials of the portal: CycloneDX 1.6 as JSON, from the lock files alone.

It asks no network, so the same lock files give the same bytes. Of a Python package the hashes are those of every file
that may be installed; of one from npm, that of its one file. System libraries (Pango) come from the distribution.
"""

import base64
import json
import re
import sys
import tomllib
import uuid
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(
    r"(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[^]]*\])?==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\]+?))?\s*\\?$"
)
ASKED_BY_US = "-r requirements.in"
WORDS_FOR_HASH = {"sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512"}


def python_packages(lock: str) -> list[dict]:
    """The components of a requirements lock file, each with the packages that asked for it under "via"."""
    components: list[dict] = []
    for line in lock.splitlines():
        if match := PIN.match(line):
            name, version = match["name"].lower(), match["version"]
            purl = f"pkg:pypi/{name}@{version}"
            components.append(
                {
                    "type": "library",
                    "bom-ref": purl,
                    "name": name,
                    "version": version,
                    "purl": purl,
                    "hashes": [],
                }
            )
            components[-1]["via"] = []
            if match["marker"]:
                components[-1]["properties"] = [{"name": "python:marker", "value": match["marker"].strip()}]
        elif match := re.match(r"\s+--hash=sha256:([0-9a-f]{64})", line):
            components[-1]["hashes"].append({"alg": "SHA-256", "content": match[1]})
        elif components and (
            match := re.match(r"\s+#\s+(?:via\s+)?(-r requirements\.in|[a-z0-9][\w.-]*)$", line)
        ):
            components[-1]["via"].append(match[1])
    return components


def npm_packages(lock: dict) -> list[dict]:
    """The components of package-lock.json that run with the portal."""
    components = []
    for path, package in lock["packages"].items():
        if not path or package.get("dev"):
            continue
        name = path.rpartition("node_modules/")[2]
        purl = f"pkg:npm/{quote(name, safe='/')}@{package['version']}"
        kind, _, digest = package["integrity"].partition("-")
        components.append(
            {
                "type": "library",
                "bom-ref": purl,
                "name": name,
                "version": package["version"],
                "purl": purl,
                "hashes": [{"alg": WORDS_FOR_HASH[kind], "content": base64.b64decode(digest).hex()}],
                "licenses": [{"license": {"id": package["license"]}}],
                "via": [],
            }
        )
    return components


def dependencies(root: str, components: list[dict]) -> list[dict]:
    """Who needs whom, as the lock files say."""
    refs: dict[str, list[str]] = {}
    for each in components:
        refs.setdefault(each["name"], []).append(each["bom-ref"])
    needs: dict[str, set[str]] = {root: set()} | {each["bom-ref"]: set() for each in components}
    for each in components:
        askers = [ref for name in each["via"] for ref in refs.get(name, [])]
        if not askers or ASKED_BY_US in each["via"]:
            askers.append(root)
        for asker in askers:
            needs[asker].add(each["bom-ref"])
    return [{"ref": ref, "dependsOn": sorted(wanted)} for ref, wanted in needs.items()]


def bill(folder: Path) -> dict:
    """The bill of materials of the project in this folder."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    components = python_packages((folder / "requirements.lock").read_text(encoding="utf-8"))
    components += npm_packages(json.loads((folder / "package-lock.json").read_text(encoding="utf-8")))
    root = f"pkg:generic/{project['name']}@{project['version']}"
    graph = dependencies(root, components)
    plain = [{key: value for key, value in each.items() if key != "via"} for each in components]
    own = {"type": "application", "bom-ref": root, "name": project["name"], "version": project["version"]}
    own["licenses"] = [{"license": {"id": project["license"]}}]
    body = {"metadata": {"component": own}, "components": plain, "dependencies": graph}
    serial = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(body, sort_keys=True))
    head = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
    }
    return head | body


if __name__ == "__main__":
    json.dump(bill(ROOT), sys.stdout, indent=1)
    print()
