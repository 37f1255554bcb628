"""Lock files, licences and programs -> the bill of materials in CycloneDX, by cyclonedx-py, the same bytes for the same input (`make sbom`)."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.utils import canonicalize_name

from pipeline.places import PROJECT
from tests.supply.licences import data, listed
from tests.supply.locks import BASE, EXTRA, LOCKS, asked, every_pin, pins

TOOL = (
    "-m cyclonedx_py requirements - --pyproject pyproject.toml --output-reproducible --no-validate --spec-version 1.6 --output-format JSON"
)
KINDS = {"fonts-liberation2": "data", "pipeline/signoff/srgb/sRGB.icc": "file"}  # all else is an application


def bill() -> bytes:
    """Packages as the tool lists them, with licence, scope and who needs whom, and the programs, fonts and files beside them."""
    found = _by_tool()
    licences = {row.name: row for row in listed()}
    for component in found["components"]:
        row = licences[component["name"]]
        del component["description"]  # the lock file's lines once more
        component["bom-ref"] = component["purl"]
        component |= _terms(row.licence, row.used_for)
    found["components"] = sorted([*found["components"], *_programs()], key=lambda component: str(component["bom-ref"]))
    found["dependencies"] = list(_dependencies(found["metadata"]["component"]["bom-ref"]))
    return (json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def check(made: bytes) -> None:
    """Against the standard's own schema (half a minute on a slow machine: each address is parsed). Raises ValueError."""
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(made.decode()):
        raise ValueError(f"not CycloneDX 1.6: {error}")


def _by_tool() -> dict[str, Any]:
    lines = (" ".join([f"{p.name}=={p.version}", *(f"--hash=sha256:{h}" for h in p.hashes)]) for p in every_pin().values())
    calm = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"} | {"PYTHONWARNINGS": "ignore"}  # it misses what is added below
    done = subprocess.run(
        [sys.executable, *TOOL.split()], cwd=PROJECT, input="\n".join(lines), capture_output=True, text=True, check=True, env=calm
    )
    loaded = json.loads(done.stdout)
    assert isinstance(loaded, dict)
    return loaded


def _terms(licence: str, used_for: str) -> dict[str, Any]:
    return {
        "licenses": [{"expression": licence}],
        "scope": "required" if used_for == "a build" else "optional",
        "properties": [{"name": "used for", "value": used_for}],
    }


def _programs() -> Iterator[dict[str, Any]]:
    """Without a version: they are Debian's of the day; the manifest of a build says which LibreOffice and fonts it was made with."""
    for name, entry in data()["programs"].items():
        shipped = PROJECT / name
        place: dict[str, Any] = (
            {"hashes": [{"alg": "SHA-256", "content": hashlib.sha256(shipped.read_bytes()).hexdigest()}]} if shipped.is_file() else {}
        )
        reference = name if shipped.is_file() else f"pkg:deb/debian/{name}"
        place |= {} if shipped.is_file() else {"purl": reference}
        kind = KINDS.get(name, "application")
        yield (
            {"type": kind, "name": name, "bom-ref": reference, "description": entry["how"]}
            | place
            | _terms(entry["licence"], entry["used_for"])
        )


def _dependencies(root: str) -> Iterator[dict[str, Any]]:
    """The project needs what pyproject.toml asks for and the programs; each package what the lock files say it brought along."""
    reference = {name: f"pkg:pypi/{name}@{pin.version}" for name, pin in every_pin().items()}
    programs = [c["bom-ref"] for c in _programs()]
    direct = {canonicalize_name(r.name) for extra in ("", "test", *EXTRA.values()) for r in asked(extra)}
    yield {"ref": root, "dependsOn": sorted([*(reference[name] for name in direct), *programs])}
    for name in sorted(reference):
        needs = sorted({reference[pin.name] for lock in LOCKS for pin in pins(lock).values() if name in pin.asked_by})
        yield {"ref": reference[name]} | ({"dependsOn": needs} if needs else {})
    yield from ({"ref": program} for program in sorted(programs))


def main(target: Path) -> None:
    made = bill()
    check(made)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(made)
    print(
        f"Đã ghi {target}: {len(every_pin())} thư viện của {BASE} và hai tệp .lock tùy chọn, {len(data()['programs'])} chương trình, phông, tệp"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
