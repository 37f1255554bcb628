"""Regulation, unit and the unit's file -> the page "Chấm điểm": every row with its inputs, points and sums as formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.desk.form_formulas import COLUMNS, FIRST_HELPER, HELPERS, SUBORDINATES, Table, letter, part_formulas
from pipeline.desk.form_layout import Formula, Input, Label, Sheet, Tint, keys_of
from pipeline.desk.kinds import CHOICE, CellKind, choices
from pipeline.key_words import words_of
from pipeline.model.criteria import Criterion, Dash, Section
from pipeline.model.regulation import Regulation
from pipeline.model.rows import RowEntry, Subordinates
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.rating.sheet import score

NAME = "Chấm điểm"
WIDTHS = (7, 42, 7, 9, 13, 10, 8, 9, 9, 9, 30, 30, 12, 9, 9, 9, 9)
HEADS = (
    "Mã",
    "Nội dung",
    "Điểm tối đa",
    "Tối đa sau điều chỉnh",
    "Cách chấm",
    "Tỷ lệ (%)",
    "Điểm",
    "Kế hoạch",
    "Thực hiện",
    "Điểm tính được",
)
MORE_HEADS = ("Lý do (trừ điểm, hoặc không áp dụng)", "Minh chứng", "Căn cứ chấm")
WAYS = CellKind(CHOICE, ("ty_le", "diem", "ke_hoach", "khong_ap_dung"))
USES = {"share": "ty_le", "points": "diem", "planned": "ke_hoach", "achieved": "ke_hoach"}  # column -> the way of scoring that fills it in
WAY = "cach"  # stands in the path of the cell that says how the row is scored
FIELDS = {"share": "ty_le", "points": "diem", "planned": "ke_hoach", "achieved": "thuc_hien", "reason": "ly_do", "evidence": "minh_chung"}


def scoring(regulation: Regulation, unit: Unit, year: int, found: Submission) -> Sheet:
    sheet = Sheet(NAME, WIDTHS, fixed=2, printed=SUBORDINATES, hidden=tuple(range(FIRST_HELPER, FIRST_HELPER + len(HELPERS))))
    sheet.line(f"BIỂU TỰ CHẤM ĐIỂM NĂM {year}: {unit.name}", "tieu_de")
    total_row = sheet.row
    sheet.row += 1
    _heads(sheet)
    parts = regulation.parts(unit.section)
    sums = {part.code: _part(sheet, regulation, part) for part in parts}
    rows = {label.text: label.row + 1 for label in sheet.labels if label.anchor and label.column == 0}
    table = Table(regulation, rows, choices(WAYS, regulation))
    scored = score(regulation, unit.section, found.rows)
    absent = frozenset(code for code, entry in found.rows.items() if entry.not_applicable)
    for part in parts:
        sheet.formulas += part_formulas(table, part, absent, scored)
    points = {row.code: row.points for row in scored.rows.values()}
    for part in parts:
        for criterion in part.criteria:
            if criterion.dashes:
                sheet.formulas.append(_sum(table, sums[part.code][criterion.code], [r.code for r in criterion.rows], points))
        sheet.formulas.append(_sum(table, sums[part.code][part.code], [r.code for r in part.rows], points))
    sheet.formulas += _total(sheet, total_row, [sums[part.code][part.code] for part in parts], points)
    sheet.tints += _tints(sheet, table)
    return sheet


def _heads(sheet: Sheet) -> None:
    subordinates = [words_of(Subordinates, key).tieu_de for key in keys_of(Subordinates)]
    for column, text in enumerate([*HEADS, *MORE_HEADS, *subordinates]):
        sheet.label(column, text, "dau_bang", anchor=True)
    sheet.row += 1
    sheet.heads = sheet.row


def _part(sheet: Sheet, regulation: Regulation, part: Section) -> dict[str, int]:
    """Headings and rows of one part -> part or criterion -> the row that has its sum."""
    sums = {part.code: sheet.row}
    _heading(sheet, part.part, part.title, part.total, "muc")
    for criterion in part.criteria:
        if criterion.dashes:
            sums[criterion.code] = sheet.row
            _heading(sheet, criterion.code, criterion.text, criterion.points, "tieu_chi")
        for row in criterion.rows:
            _row(sheet, regulation, criterion, row)
            sheet.row += 1
    return sums


def _heading(sheet: Sheet, code: str, text: str, points: int | None, style: str) -> None:
    """A line in bold over the rows of a part or criterion; its sum is put in later."""
    sheet.label(0, code, style)
    sheet.label(1, text, style)
    sheet.label(2, str(points), f"{style}_so")
    for column in range(3, SUBORDINATES):
        if column != COLUMNS["result"]:
            sheet.label(column, "", style)
    sheet.row += 1


def _row(sheet: Sheet, regulation: Regulation, criterion: Criterion, row: Dash) -> None:
    path = ("cham_diem", row.code)
    sheet.label(0, row.code, "ma", anchor=True)
    sheet.label(1, row.text)
    sheet.label(2, str(row.points), "so")
    sheet.inputs.append(Input(sheet.row, COLUMNS["method"], (*path, WAY), WAYS, "Cách chấm", criterion.citation_of(row.code)))
    for column, key in FIELDS.items():
        limit = f"${letter(COLUMNS['maximum'])}${sheet.row + 1}" if column == "points" else ""
        sheet.ask(COLUMNS[column], (*path, key), RowEntry, key, limit)
    if row.code == regulation.scoring.suggestion_row.code:
        sheet.ask(COLUMNS["ground"], (*path, "can_cu"), RowEntry, "can_cu")
    for number, key in enumerate(keys_of(Subordinates)):
        sheet.ask(SUBORDINATES + number, (*path, "xep_loai_cap_duoi", key), Subordinates, key)


def _sum(table: Table, row: int, codes: Sequence[str], points: dict[str, Decimal | None]) -> Formula:
    """What has been scored so far."""
    cells = ",".join(table.cell("result", code) for code in codes)
    return Formula(row, COLUMNS["result"], f"=ROUND(SUM({cells}),2)", _so_far([points[code] for code in codes]), "diem_dam")


def _so_far(points: Sequence[Decimal | None]) -> Decimal:
    return sum((p for p in points if p is not None), Decimal(0))


def _total(sheet: Sheet, row: int, parts: Sequence[int], points: dict[str, Decimal | None]) -> Iterator[Formula]:
    """The whole table, and what is still missing for it to be final."""
    cells = ",".join(f"{letter(COLUMNS['result'])}{part + 1}" for part in parts)
    value = {name: sum(int(f.value) for f in sheet.formulas if f.column == COLUMNS[name]) for name in ("missing", "stuck")}
    missing, stuck = (f"SUM({letter(COLUMNS[name])}{parts[0] + 1}:{letter(COLUMNS[name])}{sheet.row})" for name in ("missing", "stuck"))
    no_content, rows_left, done = "Có tiêu chí mà mọi nội dung đều ghi không áp dụng", "hàng chưa chấm", "Đã chấm đủ các hàng"
    said = no_content if value["stuck"] else f"Còn {value['missing']} {rows_left}" if value["missing"] else done
    sheet.labels.append(Label(row, 1, "TỔNG ĐIỂM TỰ CHẤM (các hàng đã chấm)", "muc"))
    yield Formula(row, COLUMNS["result"], f"=ROUND(SUM({cells}),2)", _so_far(list(points.values())), "diem_dam")
    text = f'=IF({stuck}>0,"{no_content}",IF({missing}>0,"Còn "&{missing}&" {rows_left}","{done}"))'
    yield Formula(row, COLUMNS["reason"], text, said, "ghi_chu")


def _tints(sheet: Sheet, table: Table) -> Iterator[Tint]:
    """Cells the way chosen does not use; reasons still owed."""
    first, last = sheet.heads + 1, sheet.row
    at = {name: f"${letter(COLUMNS[name])}{first}" for name in ("method", "maximum", "result", "reason")}
    for column, way in USES.items():
        cells = f"{letter(COLUMNS[column])}{first}:{letter(COLUMNS[column])}{last}"
        yield Tint(cells, f'=AND({at["method"]}<>"",{at["method"]}<>"{table.words[way]}")', "khong_dung")
    less = f"AND(ISNUMBER({at['maximum']}),ISNUMBER({at['result']}),{at['result']}<{at['maximum']})"
    owed = f'AND({at["reason"]}="",OR({at["method"]}="{table.words["khong_ap_dung"]}",{less}))'
    yield Tint(f"{letter(COLUMNS['reason'])}{first}:{letter(COLUMNS['reason'])}{last}", f"={owed}", "con_no")
