"""The appraisal's discipline entries against the unit's cases -> entries that do not say which case, or say one twice (lỗi)."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from pipeline.intake.places_of import Files, all_seen_from, seen_from
from pipeline.model.same_case import cases_meant, same_document, same_subject
from pipeline.model.submission import DisciplineCase
from pipeline.model.values import name_key
from pipeline.problems import Kind, Place, Problem


def restated_cases(files: Files, entries: Sequence[DisciplineCase], own: Sequence[DisciplineCase]) -> Iterator[Problem]:
    """`own`: the unit's cases. A blank `doi_tuong` or `ten` has its own message already."""
    first_to_mean: dict[int, Place] = {}
    added: list[tuple[DisciplineCase, Place]] = []
    for i, entry in enumerate(entries):
        here, found = files.loaded.place("ky_luat", i), cases_meant(entry, own)
        if not entry.whom or not entry.name:
            continue
        if len(found) > 1:
            what = f"trường hợp kỷ luật «{entry.name}» khớp {len(found):02d} trường hợp đơn vị đã khai ({_own(files, here, found)})"
            yield Problem(here, Kind.ERROR, what, "ghi hinh_thuc và van_ban đúng như trường hợp muốn nói đến")
        elif found:
            before = first_to_mean.setdefault(found[0], here)
            if before is not here:
                what = f"hai mục cùng nói về một trường hợp kỷ luật «{entry.name}» (mục trước ở dòng {before.line}; đơn vị khai ở "
                yield Problem(here, Kind.ERROR, f"{what}{_own(files, here, found)})", "gộp thành một mục")
            elif _another(entry, own[found[0]]):
                what = f"mục này thay trường hợp kỷ luật «{entry.name}» đơn vị đã khai ({_own(files, here, found)}), khác cả hinh_thuc và van_ban"
                yield Problem(here, Kind.WARNING, what, "nếu là một trường hợp nữa thì đề nghị đơn vị khai cả hai trong tệp của mình")
        elif entry.withdrawn == "co":
            yield _nothing_to_withdraw(files, entry, here, own)
        else:
            yield from _added_twice(entry, here, added)
            added.append((entry, here))


def _another(entry: DisciplineCase, own: DisciplineCase) -> bool:
    """It replaces the one case of that name, but looks like a second one: nothing is lost without a word."""
    written = entry.penalty and own.penalty and entry.document and own.document
    return bool(written) and entry.penalty != own.penalty and not same_document(entry, own)


def _own(files: Files, here: Place, positions: Sequence[int]) -> str:
    """Where the unit wrote these cases."""
    assert files.own is not None
    return all_seen_from(here, [files.own.place("ky_luat", i) for i in positions])


def _nothing_to_withdraw(files: Files, entry: DisciplineCase, here: Place, own: Sequence[DisciplineCase]) -> Problem:
    """The unit lists no such case: the name is misspelt, or it is another penalty, document or kind of subject."""
    namesakes = [i for i, case in enumerate(own) if name_key(case.name) == name_key(entry.name)]
    what = f"không có trường hợp kỷ luật «{entry.name}» như thế này trong tệp của đơn vị để rút"
    if namesakes:
        write = "ghi doi_tuong, hinh_thuc, van_ban đúng như trường hợp cần rút"
        return Problem(here, Kind.ERROR, f"{what} ({_own(files, here, namesakes)} ghi khác)", write)
    near = difflib.get_close_matches(entry.name or "", [case.name for case in own if case.name], 1, 0.5)
    there = seen_from(here, files.own.place("ky_luat")) if files.own else ""
    advice = f"có phải ý bạn là «{near[0]}»?" if near else "xóa mục này, hoặc viết đúng tên như tệp của đơn vị"
    return Problem(here, Kind.ERROR, f"{what} ({there})", advice)


def _added_twice(entry: DisciplineCase, here: Place, added: Sequence[tuple[DisciplineCase, Place]]) -> Iterator[Problem]:
    """A case the unit has not listed stands once; two of the same penalty are two only by two documents."""
    for other, there in added:
        apart = entry.penalty != other.penalty or (entry.document and other.document and not same_document(entry, other))
        if same_subject(entry, other) and not apart:
            what = f"trường hợp kỷ luật «{entry.name}» ghi hai lần (lần đầu ở dòng {there.line})"
            yield Problem(here, Kind.ERROR, what, "xóa một trong hai, hoặc ghi van_ban của từng trường hợp")
            return
