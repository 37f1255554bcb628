"""A PDF's bytes + what builds recorded -> verdict: which document of which build, who signed it soundly and in turn, who has still to sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from pipeline.signoff.signing_sheet import SigningRow
from pipeline.signoff.verify_names import names, plain
from pipeline.signoff.verify_origin import BuiltFile, changed_descriptions, find_built
from pipeline.signoff.verify_signatures import FoundForm, FoundSignature, Roots, read_signatures

NOT_BUILT = "không phải tệp do lần lập này làm ra, hoặc đã bị lưu lại sau khi lập"


class Mark(Enum):
    """What a line of a verdict says; only FAULT fails the file."""

    GOOD = "đạt"
    FAULT = "lỗi"
    NOTE = "lưu ý"
    WAITING = "còn thiếu"


class Open(Enum):
    """What a line leaves for a person to settle; the conclusion must not read as if it were settled."""

    SIGNER = "who signed is not who was expected, by the name on the certificate"
    DATA = "the file was not held against the data"


@dataclass(frozen=True)
class Line:
    mark: Mark
    text: str
    open: Open | None = None

    def __str__(self) -> str:
        return f"{self.mark.value}: {self.text}"


@dataclass(frozen=True)
class Verdict:
    """One line for each thing found, in the order in which a reader asks; the conclusion in words."""

    lines: tuple[Line, ...]
    conclusion: str

    @property
    def sound(self) -> bool:
        return all(line.mark is not Mark.FAULT for line in self.lines)

    def leaves(self, matter: Open) -> int:
        """In how many lines."""
        return sum(line.open is matter for line in self.lines)


def judge(data: bytes, built: Sequence[BuiltFile], roots: Roots | None, of_data: Callable[[BuiltFile], Iterable[Line]]) -> Verdict:
    """`roots`: certificates the caller trusts; None = not asked. `of_data`: what the data of today say of a file that a build made.

    Never raises, whatever the bytes are.
    """
    origin = find_built(data, built)
    start = (origin.size or len(data)) if origin else None
    form = read_signatures(data, start, roots)
    lines = [
        _origin(origin, any_build=bool(built)),
        *(of_data(origin) if origin else ()),
        *(Line(Mark.FAULT, fault) for fault in form.faults),
    ]
    if form.readable:
        rows = origin.rows if origin else ()
        lines += _added(data, start, form) if start is not None else ()
        lines += _fields(form, rows) if origin else ()
        lines += [_signature(found, rows) for found in form.signatures]
        lines += [*_holders(form, rows), *_turns(form, rows), *_trust(form, roots), *_waiting(form, rows)]
    return Verdict(tuple(lines), _conclusion(lines, form, origin))


def _origin(origin: BuiltFile | None, any_build: bool) -> Line:
    if origin:
        draft = ", bản dự thảo không có chỗ ký" if origin.draft else ""
        return Line(Mark.GOOD, f"đúng là {origin.what} ({origin.path}) của lần lập năm {origin.year}{draft}")
    return Line(Mark.FAULT, NOT_BUILT if any_build else "chưa có manifest.json của lần lập nào để đối chiếu tệp này")


def _added(data: bytes, start: int, form: FoundForm) -> Iterator[Line]:
    if changed := changed_descriptions(data, start):
        yield Line(Mark.FAULT, f"thông tin mô tả của tệp bị sửa sau khi lập: {', '.join(changed)}")
    if not form.signatures and data[start:].strip():
        yield Line(Mark.FAULT, "chưa ai ký nhưng tệp đã bị thêm vào sau khi lập")
    if form.added:
        yield Line(Mark.NOTE, "sau chữ ký sau cùng tệp có phần bổ sung không đổi nội dung (thường là dữ liệu để kiểm tra chữ ký về sau)")


def _fields(form: FoundForm, rows: Sequence[SigningRow]) -> Iterator[Line]:
    planned = {row.field for row in rows}
    for name, times in Counter(form.fields).items():
        if name not in planned:
            yield Line(Mark.FAULT, f"ô ký «{name}» không có trong danh sách ký, được thêm vào sau khi lập")
        elif times > 1:
            yield Line(Mark.FAULT, f"ô ký «{name}» có {times} lần")
    for row in rows:
        if row.field not in form.fields:
            yield Line(Mark.FAULT, f"mất ô ký «{row.field}» của {_who(row)}")


def _signature(found: FoundSignature, rows: Sequence[SigningRow]) -> Line:
    row = next((row for row in rows if row.field == found.field), None)
    expected = f"lượt {row.order}, {_who(row)} ({row.document})" if row else f"ô ký «{found.field}»"
    if not found.holder:
        return Line(Mark.FAULT, f"{expected}: {'; '.join(found.faults)}")
    cert = f"chứng thư cấp cho «{found.holder}»" + (f", ký lúc {found.when} theo máy người ký" if found.when else "")
    if found.faults:
        return Line(Mark.FAULT, f"{expected}: {'; '.join(found.faults)}; {cert}")
    if found.trust:
        return Line(Mark.FAULT, f"{expected}: chữ ký nguyên vẹn nhưng chứng thư không tin cậy ({found.trust}); {cert}")
    trusted = "chưa kiểm tra chứng thư" if found.trust is None else "chứng thư tin cậy"
    return Line(Mark.GOOD, f"{expected}: chữ ký nguyên vẹn, {trusted}; {cert}")


def _holders(form: FoundForm, rows: Sequence[SigningRow]) -> Iterator[Line]:
    """Certificates write names in many ways, so another name is for a person to compare; one certificate for two people is never right."""
    expected = {row.field: row.name for row in rows if row.name}
    signed = [(found, expected[found.field]) for found in form.signatures if found.holder and found.field in expected]
    for found, name in signed:
        if not names(found.holder, name):
            yield Line(Mark.NOTE, f"ô ký của {name} mang chứng thư cấp cho «{found.holder}» — đối chiếu người ký", Open.SIGNER)
    people: dict[str, dict[str, str]] = {}
    for found, name in signed:
        people.setdefault(found.certificate, {}).setdefault(plain(name), name)
    holders = {found.certificate: found.holder for found, _ in signed}
    for certificate, several in people.items():
        if len(several) > 1:
            yield Line(
                Mark.FAULT, f"một chứng thư (cấp cho «{holders[certificate]}») ký vào chỗ của nhiều người: {'; '.join(several.values())}"
            )


def _turns(form: FoundForm, rows: Sequence[SigningRow]) -> Iterator[Line]:
    done: set[str] = set()
    by_field = {row.field: number for number, row in enumerate(rows)}
    for found in form.signatures:
        if found.field in by_field:
            turn = by_field[found.field]
            if skipped := [row for row in rows[:turn] if row.field not in done]:
                yield Line(Mark.FAULT, f"{_who(rows[turn])} ký lượt {rows[turn].order} khi chưa có chữ ký của {_turns_of(skipped)}")
            done.add(found.field)


def _turns_of(rows: Sequence[SigningRow]) -> str:
    return "; ".join(f"{_who(row)} (lượt {row.order})" for row in rows)


def _trust(form: FoundForm, roots: Roots | None) -> Iterator[Line]:
    if form.signatures and roots is None:
        yield Line(Mark.NOTE, "chưa kiểm tra chứng thư do ai cấp — thêm --trust và tệp chứng thư gốc của nơi cấp")
    elif form.signatures:
        yield Line(Mark.NOTE, "chứng thư xét vào thời điểm ký ghi trong chữ ký; chưa hỏi nơi cấp xem có bị thu hồi không")


def _waiting(form: FoundForm, rows: Sequence[SigningRow]) -> Iterator[Line]:
    signed = {found.field for found in form.signatures}
    for row in rows:
        if row.field not in signed:
            yield Line(Mark.WAITING, f"chữ ký lượt {row.order} của {_who(row)} ({row.document})")


def _who(row: SigningRow) -> str:
    return ", ".join(part for part in (row.name, row.post) if part)


def _conclusion(lines: Sequence[Line], form: FoundForm, origin: BuiltFile | None) -> str:
    if faults := sum(line.mark is Mark.FAULT for line in lines):
        return f"KHÔNG ĐẠT ({faults} lỗi)"
    reached = [_reached(lines, bool(form.signatures))]
    if strangers := sum(line.open is Open.SIGNER for line in lines):
        reached.append(f"NGƯỜI KÝ CHƯA KHỚP: đối chiếu {strangers} chữ ký")
    if any(line.open is Open.DATA for line in lines):
        reached.append("CHƯA đối chiếu với dữ liệu")
    signing = _signing(form, origin.rows if origin else (), matched=not strangers)
    return (", " if len(reached) == 1 else "; ").join(filter(None, (", ".join(reached), signing)))


def _reached(lines: Iterable[Line], signed: bool) -> str:
    """How far the file was found good: no word says more than what was looked at."""
    left = {line.open for line in lines}
    if Open.SIGNER in left:
        return "ĐẠT về kỹ thuật"
    if Open.DATA in left:
        return f"ĐẠT về nguồn gốc{' và chữ ký' if signed else ''}"
    return "ĐẠT"


def _signing(form: FoundForm, rows: Sequence[SigningRow], matched: bool) -> str:
    """Who has still to sign; nothing is called complete while a signer is not matched."""
    if not rows:
        return "tệp này không có chỗ ký"
    signed = {found.field for found in form.signatures}
    missing = dict.fromkeys(_who(row) for row in rows if row.field not in signed)
    if not missing:
        return "đã đủ chữ ký" if matched else ""
    return f"{'còn' if signed else 'chưa ai ký, còn'} thiếu chữ ký của {'; '.join(missing)}"
