"""Published PDFs and the last manifest -> what was checked for PDF/A and by what: the manifest's entry, a line for the closing table, faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.keys import digest
from pipeline.signoff import verapdf
from pipeline.signoff.pdfa.lint import CHECKER, LEVEL


@dataclass
class Archive:
    """`entry` goes into the manifest as it is."""

    entry: dict[str, Any]
    line: str
    faults: list[str] = field(default_factory=list)


def archive(out: Path, names: list[str], known: dict[str, Any]) -> Archive:
    """`names`: the published PDFs below `out`; each passed our own lint before it was published. `known`: the manifest's last entry.

    veraPDF, where there is one, is asked about the files it has not yet judged.
    """
    entry: dict[str, Any] = {"muc": LEVEL, "kiem_tra_boi": CHECKER, "so_tep": len(names), "verapdf": None}
    command = verapdf.find_verapdf()
    line = f"{len(names)} tệp có dấu hiệu {LEVEL} theo {CHECKER}"
    if not command:
        return Archive(entry, f"{line}; chưa chạy veraPDF")
    release = verapdf.version(command)
    verdicts = _verdicts(command, release, out, names, known.get("verapdf"))
    entry["verapdf"] = {"phien_ban": release, "tep": verdicts}
    states = [v["ket_luan"] for v in verdicts.values()]
    counts = ", ".join(f"{states.count(s)} tệp {s}" for s in (verapdf.PASSED, verapdf.FAILED, verapdf.UNKNOWN) if s in states)
    faults = [
        f"{name}: veraPDF kết luận không đạt {LEVEL} (điều {', '.join(v['dieu'])} của ISO 19005-2)"
        for name, v in verdicts.items()
        if v["ket_luan"] == verapdf.FAILED
    ]
    return Archive(entry, f"{line}; veraPDF {release}: {counts}".replace("  ", " "), faults)


def _verdicts(command: list[str], release: str, out: Path, names: list[str], known: object) -> dict[str, dict[str, Any]]:
    hashes = {name: digest((out / name).read_bytes()) for name in names}
    kept = _kept(known, release, hashes)
    asked = [name for name in names if name not in kept]
    answers = verapdf.judge(command, [out / name for name in asked])
    for name in asked:
        answer = answers[out / name]
        kept[name] = {"sha256": hashes[name], "ket_luan": answer.state, "dieu": list(answer.clauses)}
        if answer.reason:
            kept[name]["ly_do"] = answer.reason
    return dict(sorted(kept.items()))


def _kept(known: object, release: str, hashes: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Earlier conclusions of the same release on the same bytes."""
    if not release or not isinstance(known, dict) or known.get("phien_ban") != release or not isinstance(known.get("tep"), dict):
        return {}
    return {
        name: verdict
        for name, verdict in known["tep"].items()
        if isinstance(verdict, dict)
        and verdict.get("sha256") == hashes.get(name, "")
        and verdict.get("ket_luan") in (verapdf.PASSED, verapdf.FAILED)
        and isinstance(verdict.get("dieu"), list)
    }
