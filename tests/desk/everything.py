"""Every cell of a form with another value than the file has, so chosen that the file stays sound."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.desk.answers import ROWS, KeyPath
from pipeline.desk.form_book import Form
from pipeline.desk.form_layout import STATE, Input
from pipeline.desk.form_scoring import WAY
from pipeline.desk.kinds import CHOICE, CLOCK, COUNT, DATE, LINE, LONG

OTHER = "lần nhập mới: có dấu \"nháy\", 'nháy', dấu # và dấu: hai chấm"
SAME = {"dung_dau", STATE, "co_khong", "can_cu", "doi_tuong", "hinh_thuc"}  # these decide what else must be there
VOTES = {"phat_ra", "thu_ve", "hop_le", "xuat_sac", "tot", "hoan_thanh", "khong_hoan_thanh"}
WAYS = ("ty_le", "diem", "ke_hoach", "khong_ap_dung")


def changed(form: Form) -> dict[KeyPath, str]:
    """Path -> new text."""
    found: dict[KeyPath, str] = {}
    codes = list(dict.fromkeys(path[1] for path in form.texts if path[0] == ROWS))
    for number, code in enumerate(codes):
        found |= _row(form, code, number)
    for _, cell in form.inputs:
        if cell.path[0] != ROWS:
            found |= _value(form, cell)
    return found


def _row(form: Form, code: str, number: int) -> dict[KeyPath, str]:
    """Another way of scoring, another number, reason and evidence; rows that do not apply stay so (others depend on them)."""
    path = (ROWS, code)
    texts = {p[2:]: t for p, t in form.texts.items() if p[:2] == path}
    new = {key: "" for key in texts if key[0] in ("ty_le", "diem", "ke_hoach", "thuc_hien")}
    new[("ly_do",)] = f"Lý do {code}, {OTHER}"
    way = texts[(WAY,)]
    if way != "khong_ap_dung":
        way = WAYS[(WAYS.index(way) + 1 + number % 2) % 3]
        new[(WAY,)] = way
        new[("minh_chung",)] = f"Minh chứng {code}, {OTHER}"
    if way == "ty_le":
        new[("ty_le",)] = f"{60 + number % 30},{number % 9 + 1}%"
    elif way == "diem":
        new[("diem",)] = f"0,{11 + 2 * (number % 40)}"
    elif way == "ke_hoach":
        new |= {("ke_hoach",): f"{40 + number}", ("thuc_hien",): f"{20 + number},5"}
    return {(*path, *key): text for key, text in new.items()}


def _value(form: Form, cell: Input) -> Iterator[tuple[KeyPath, str]] | dict[KeyPath, str]:
    path, text = cell.path, form.texts[cell.path]
    if path[-1] in SAME or not text:
        return {}
    if path[-1] == "so":
        return {path: f"{int(text) + 1}"}
    if cell.kind.name in (LINE, LONG):
        name = path[-1] in ("ho_ten", "chu_tri", "thu_ky", "ten")
        return {path: f"{text} X" if name else f"{text}- {OTHER}\n" if cell.kind.name == LONG else f"{text}, {OTHER}"}
    if cell.kind.name == DATE:
        return {path: f"{dt.datetime.strptime(text, '%d/%m/%Y') - dt.timedelta(days=1):%d/%m/%Y}"}
    if cell.kind.name == CLOCK:
        return {path: text[:3] + "05"}
    if cell.kind.name == COUNT:
        return {path: _count(path, int(text))}
    assert cell.kind.name == CHOICE
    return {path: cell.kind.allowed[(cell.kind.allowed.index(text) + 1) % len(cell.kind.allowed)]}


def _count(path: KeyPath, number: int) -> str:
    """Sums stay sums: what is counted among others grows with one of them alone."""
    grows = path[-1] not in VOTES | {"chu_yeu", "chu_yeu_dat", "nam_vi_pham"} or path[-1] in ("phat_ra", "thu_ve", "hop_le", "tot")
    return str(number + 1 if grows else number)
