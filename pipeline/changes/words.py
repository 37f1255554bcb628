"""What differs between two versions -> lines in Vietnamese: points, levels, documents, and the keys that are why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from pipeline.changes.keys import FileChange, told
from pipeline.changes.year import DocumentChange, PointChange, UnitChange, WordChange
from pipeline.rendering.vietnamese import score

NOTHING, ONLY_FORM = "Không có gì khác.", "chỉ khác ghi chú hoặc cách trình bày, không ảnh hưởng đến kết quả"
OTHER = {"title": "tên văn bản", "number": "số, ngày văn bản", "signers": "người ký", "profile": "thể thức"}
SHOWN = 8  # names of fields told of one document


def unit_lines(change: UnitChange, files: Iterable[FileChange], meanings: Mapping[str, str]) -> Iterator[str]:
    """Everything about one unit; `meanings`: code of a field -> what it is (truong.yaml)."""
    files = list(files)
    yield f"{change.unit.name} ({change.unit.folder})"
    if change.empty and not files:
        yield f"  {NOTHING}"
        return
    yield from _block("ĐIỂM", [_points(p) for p in change.points])
    yield from _block("MỨC", [_words(w) for w in change.levels])
    yield from _block("ĐIỀU KIỆN", [_words(w) for w in change.conditions])
    yield from _block("TÀI LIỆU IN KHÁC", [_document(d, meanings) for d in change.documents])
    if change.documents and change.same:
        yield f"  Giữ nguyên: {', '.join(change.same)}"
    yield from _block("TÀI LIỆU CỦA TỈNH IN KHÁC", [_document(d, meanings) for d in change.sheet])
    yield from _block("NGUYÊN NHÂN", list(cause_lines(files)))
    if change.pushed_by:
        yield from _block(
            "Điểm, điều kiện của chính đơn vị không đổi; mức thay đổi theo đơn vị khác:", [_points(p) for p in change.pushed_by]
        )
    elif (change.levels or change.conditions) and not any(f.keys or f.added or f.removed for f in files):
        yield "  Dữ liệu của chính đơn vị không đổi: mức thay đổi vì đơn vị khác hoặc hạn mức thay đổi."


def year_lines(
    changes: Iterable[UnitChange],
    quota: Iterable[WordChange],
    documents: Iterable[DocumentChange],
    files: Iterable[FileChange],
    meanings: Mapping[str, str],
) -> Iterator[str]:
    """The whole year, shorter: a few lines for each unit that differs."""
    changed, files = [c for c in changes if not c.empty], list(files)
    quota, documents = list(quota), list(documents)
    if not (changed or quota or documents or files):
        yield NOTHING
        return
    for change in changed:
        total = [p for p in change.points if p.what == "tổng"]
        yield f"{change.unit.name} ({change.unit.folder})"
        yield from (f"  {_points(p)}" for p in total)
        yield from (f"  {_words(w)}" for w in change.levels)
        if change.documents:
            yield f"  in khác: {', '.join(d.stem for d in change.documents)}"
    yield from _block("HẠN MỨC", [_words(w) for w in quota])
    yield from _block("TÀI LIỆU CỦA TỈNH IN KHÁC", list(_grouped(documents, meanings)))
    yield from _block("NGUYÊN NHÂN", list(cause_lines(files)))


def cause_lines(files: Iterable[FileChange]) -> Iterator[str]:
    for file in files:
        if file.added or file.removed:
            yield f"{file.name}: {'tệp mới' if file.added else 'tệp không còn'}"
        elif file.only_form:
            yield f"{file.name}: {ONLY_FORM}"
        for key in file.keys:
            yield f"{key.place}: {key.key}: {told(key)}"


def _block(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"  {title}"
        yield from (f"    {line}" for line in lines)


def _points(p: PointChange) -> str:
    gap = f" ({'+' if p.new > p.old else '-'}{score(abs(p.new - p.old))})" if p.old is not None and p.new is not None else ""
    return f"{p.sheet}, {p.what}: {_number(p.old)} → {_number(p.new)}{gap}"


def _number(value: Decimal | None) -> str:
    return score(value) or "chưa có"


def _words(w: WordChange) -> str:
    return f"{w.what}: {w.old} → {w.new}" + (f" [{w.citation}]" if w.citation else "")


def _grouped(documents: Iterable[DocumentChange], meanings: Mapping[str, str]) -> Iterator[str]:
    """Sheets of one folder in which the same fields differ share a line."""
    alike: dict[tuple[str, tuple[str, ...], bool, bool], list[DocumentChange]] = {}
    for d in documents:
        folder = d.stem.partition("/")[0] if "/" in d.stem else d.stem
        alike.setdefault((folder, d.fields, d.added, d.removed), []).append(d)
    for (folder, *_), members in alike.items():
        several = replace(members[0], stem=folder, name=f"{len(members)} tài liệu")
        yield _document(several if len(members) > 1 else members[0], meanings)


def _document(d: DocumentChange, meanings: Mapping[str, str]) -> str:
    name = f"{d.stem} ({d.name})" if d.name else d.stem
    if d.added or d.removed:
        return f"{name}: {'tài liệu mới' if d.added else 'không còn'}"
    fields = list(dict.fromkeys(OTHER.get(key) or _meaning(key, meanings) for key in d.fields))
    return f"{name}: {'; '.join(fields[:SHOWN])}" + (f" và {len(fields) - SHOWN} chỗ khác" if len(fields) > SHOWN else "")


def _meaning(path: str, meanings: Mapping[str, str]) -> str:
    """Of a list that grew or shrank: what its entries are."""
    found = meanings.get(path) or next((words for known, words in meanings.items() if known.startswith((f"{path}.", f"{path}["))), "")
    return found or path
