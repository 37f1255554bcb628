"""A unit's submission and its self scores as in ket_qua.json -> what its six documents must say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pipeline.audit.printed import shown
from pipeline.audit.spelled import percent, points_in_words
from pipeline.model.audit import Facts, OneOf, Row, ScoredLine, ScoringPart, ScoringTable, Value
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Conference, Submission, Votes, head_of
from pipeline.model.unit import Unit


def unit_facts(
    regulation: Regulation, types: Mapping[str, str], unit: Unit, submission: Submission, scores: Mapping[str, Any], place: str, own: str
) -> Facts:
    """`types`: of each numbered document, "" = it has none; `scores`: `tu_cham` of the unit's entry in ket_qua.json.

    What the data do not hold is left out: the dossier is a draft, or the văn thư writes it by hand.
    """
    year, meeting = submission.year or 0, submission.conference or Conference()
    total = _decimal(scores["tong"])
    values: dict[str, Value | None] = {
        "ten_tap_the": unit.collective,
        "ten_co_quan": " ".join((unit.heading or unit.name).upper().split(" / ")),
        "tong_diem": total,
        "tong_diem_bang_chu": None if total is None else points_in_words(total),
        "ky": _signature(unit, submission),
        "tu_nhan": level(regulation, submission.proposed),
        "dang_ky_nam_sau": level(regulation, submission.next_year_level),
        "ngay_hoi_nghi": meeting.date,
        "ngay_gui_du_thao": meeting.draft_sent,
        "bat_dau": _clock(meeting.time),
        "ket_thuc": _clock(meeting.end_time),
        "dia_diem": meeting.place,
        "trieu_tap": meeting.invited,
        "co_mat": meeting.present,
        "vang_mat": None if meeting.invited is None or meeting.present is None else meeting.invited - meeting.present,
        "chu_tri": meeting.chair,
        "thu_ky": meeting.secretary,
        **_ballots(meeting.votes or Votes()),
        **_review(submission),
        **_dates(types, submission, meeting),
        **_numbers(types, submission),
    }
    found = {name: value for name, value in values.items() if value is not None}
    words = {
        "nam": str(year),
        "nam_sau": str(year + 1),
        "tap_the": unit.collective,
        "tap_the_thuong": in_sentence(unit.collective),
        "dia_danh": place,
        "tong_diem_bang_so": "" if total is None else shown(total),
        **_number_lines(types, unit),
    }
    parts = {p.part: _decimal(scores[p.part]) for p in regulation.parts(unit.section)}
    several = {"diem_muc": {part: points for part, points in parts.items() if points is not None}}
    return Facts(found, several, _rows(regulation, submission, meeting), words, own)


def level(regulation: Regulation, code: str | None) -> OneOf | None:
    names = tuple(level.name for level in regulation.heading.levels)
    return OneOf(regulation.level_name(code), names) if code else None


def in_sentence(name: str) -> str:
    """Only a name that begins with a common word loses its capital."""
    return name[:1].lower() + name[1:] if name.startswith("Tập thể") else name


def _dates(types: Mapping[str, str], submission: Submission, meeting: Conference) -> dict[str, Value | None]:
    """One without a type has no number: without a date of its own it is made at the conference. The others stay blank for the văn thư."""
    numbers = submission.numbers or {}
    made_there = {key: meeting.date for key, kind in types.items() if not kind}
    return {f"ngay.{key}": number.date if (number := numbers.get(key)) else made_there.get(key) for key in types}


def _numbers(types: Mapping[str, str], submission: Submission) -> dict[str, Value | None]:
    """Plain ones only: what else a văn thư writes ("15a") stands as written."""
    given = {key: number.number for key, number in (submission.numbers or {}).items() if number and types.get(key)}
    return {f"so.{key}": int(text) for key, text in given.items() if text and text.isascii() and text.isdigit()}


def _number_lines(types: Mapping[str, str], unit: Unit) -> dict[str, str]:
    """What stands before and after the number: "Số: 05/BC-SNV", a letter "Số: 05/SNV-VP"; of the Party and the youth union "Số 05-BC/TĐTN"."""
    of_state = unit.format == "nha_nuoc"
    after = {kind: f"/{kind}-{unit.symbol}" if of_state else f"-{kind}/{unit.symbol}" for kind in types.values() if kind}
    if of_state:
        after["CV"] = f"/{unit.symbol}-{unit.drafter}"
    return {"truoc_so": "Số:" if of_state else "Số", **{f"sau_so_{kind}": text for kind, text in after.items()}}


def _signature(unit: Unit, submission: Submission) -> str | None:
    """Post in capitals above the name; signing for a body ("T/M BAN CÁN SỰ ĐẢNG"), its name is not said again in the post."""
    head, signer = head_of(submission.members or ()), submission.signer
    post = signer.post if signer else (head.post or "").split(",")[0].strip() if head else None
    name = signer.name if signer else head.name if head else None
    if not post or not name:
        return None
    body = (unit.on_behalf or "").upper().split()
    tails = [" ".join(body[i:]) for i in range(len(body))]
    shorter = next((post.upper().removesuffix(tail).strip() for tail in tails if f" {post.upper()}".endswith(f" {tail}")), "")
    return f"{shorter if ' ' in shorter else post.upper()} {name}"


def _clock(time: str | None) -> str | None:
    return time.replace(":", " giờ ") if time else None


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _ballots(votes: Votes) -> dict[str, Value | None]:
    invalid = None if votes.returned is None or votes.valid is None else votes.returned - votes.valid
    return {"phieu_phat_ra": votes.issued, "phieu_thu_ve": votes.returned, "phieu_hop_le": votes.valid, "phieu_khong_hop_le": invalid}


def _review(submission: Submission) -> dict[str, Value | None]:
    review = submission.report.review if submission.report else None
    targets = submission.defects.targets if submission.defects else None
    return {
        "so_tap_the": review.collectives if review else None,
        "so_ca_nhan": review.individuals if review else None,
        "chi_tieu_giao": targets.assigned if targets else None,
        "chi_tieu_hoan_thanh": targets.done if targets else None,
        "chi_tieu_ty_le": percent(targets.done, targets.assigned) if targets else None,
    }


def _rows(regulation: Regulation, submission: Submission, meeting: Conference) -> dict[str, tuple[Row, ...]]:
    members = [
        {"stt": i, "ho_ten": m.name, "chuc_vu": m.post, "muc": level(regulation, m.level)}
        for i, m in enumerate(submission.members or [], 1)
    ]
    found: dict[str, tuple[Row, ...]] = {}
    if members and all(v is not None for row in members for v in row.values()):
        found["thanh_vien"] = tuple(members)
    review = submission.report.review if submission.report else None
    ballots, people = meeting.votes, review.results if review else None
    for name, votes, whole in (
        ("phieu", ballots, ballots.valid if ballots else None),
        ("ket_qua_ca_nhan", people, review.individuals if review else None),
    ):
        if votes and None not in votes.by_level.values():
            found[name] = tuple(_votes(regulation, votes, whole))
    if absent := [{"ho_ten": a.name, "ly_do": a.reason} for a in meeting.absent or [] if a.name and a.reason]:
        found["vang"] = tuple(absent)
    if submission.proposed:
        found["muc_tu_nhan"] = tuple(_ticks(regulation, submission.proposed))
    return found


def _votes(regulation: Regulation, votes: Votes, whole: int | None) -> Iterator[Row]:
    for number, name in enumerate(regulation.heading.levels, 1):
        said = votes.by_level.get(name.code)
        yield {"stt": number, "muc": name.name, "so": said, "ty_le": percent(said, whole)}


def _ticks(regulation: Regulation, chosen: str) -> Iterator[Row]:
    """Two levels a row, an x before the one chosen."""
    levels = regulation.heading.levels
    for left, right in zip(levels[::2], [*levels[1::2], None]):
        row: dict[str, Value | None] = {"chon_trai": "x" if left.code == chosen else None, "trai": left.name}
        yield {**row, "chon_phai": "x" if right and right.code == chosen else None, "phai": right.name if right else None}


def scoring_table(regulation: Regulation, unit: Unit, own: Mapping[str, Any], appraised: Mapping[str, Any] | None) -> ScoringTable:
    """`own`, `appraised`: sheets as in ket_qua.json; maxima are the appraised ones where there are such."""
    parts = []
    for part in regulation.parts(unit.section):
        criteria = []
        for criterion in part.criteria:
            lines = tuple(
                _line(row.code, row.text, own["hang"][row.code], (appraised or {}).get("hang", {}).get(row.code)) for row in criterion.rows
            )
            criteria.append((criterion.code, criterion.text, bool(criterion.dashes), lines))
        parts.append(ScoringPart(part.part, tuple(criteria)))
    return ScoringTable(tuple(parts), appraised is not None)


def _line(code: str, text: str, own: Mapping[str, Any], appraised: Mapping[str, Any] | None) -> ScoredLine:
    return ScoredLine(code, text, (appraised or own).get("toi_da"), _points(own), _points(appraised) if appraised else None)


def _points(row: Mapping[str, Any]) -> str | None:
    """ "" = does not apply."""
    return "" if row.get("khong_ap_dung") else row.get("diem")


def points_in(sheet: Mapping[str, Any] | None) -> frozenset[Decimal]:
    """Every figure a sheet of ket_qua.json prints: rows, their maxima, sums of criteria and parts, the total."""
    rows = (sheet or {}).get("hang", {})
    single = [row[key] for row in rows.values() for key in ("toi_da", "diem") if row.get(key)]
    sums: dict[str, Decimal] = {}
    for code, row in rows.items():
        criterion = ".".join(code.split(".")[:2])
        sums[criterion] = sums.get(criterion, Decimal(0)) + Decimal(row.get("diem") or 0)
    whole = [value for key, value in (sheet or {}).items() if key != "hang" and value is not None]
    return frozenset([*map(Decimal, [*single, *whole]), *sums.values()])
