"""ProvinceView -> the fields of the provincial documents: proposal, synthesis, minutes, decision, letters, appraised sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.model.province import ProvinceNumbers
from pipeline.model.submission import DocumentNumber
from pipeline.rendering.catalogue import Form, Forms, Profiles
from pipeline.rendering.fields_explanation import explanation_fields
from pipeline.rendering.fields_sheet import table_notes, table_rows
from pipeline.rendering.letterhead import MISSING, office_issuer, office_signature, shared_fields
from pipeline.rendering.markup import Paragraphs
from pipeline.rendering.province_view import ProvinceView, UnitView, quota_sentences, special_cases
from pipeline.rendering.vietnamese import NBSP, capital, clock, count, in_sentence, listing, long_date, lower_first, score, share, short_date, words

ROLES = {"chu_tich": "Chủ tịch", "pho_chu_tich": "Phó Chủ tịch", "uy_vien": "Ủy viên", "thu_ky": "Thư ký"}
VOTES = (("xuat_sac", "excellent"), ("tot", "good"), ("hoan_thanh", "completed"), ("khong_hoan_thanh", "failed"))
DECISION = "quyet_dinh"
NUMBERS = {info.alias: name for name, info in ProvinceNumbers.model_fields.items()}


def province_dossier(view: ProvinceView, forms: Forms, profiles: Profiles, missing: list[str]) -> DossierPlan:
    """The provincial documents in the order of the catalogue, then every unit's appraised sheet."""
    draft = bool(missing)
    common = _common(view)
    documents = [_document(view, forms, profiles, form, common, draft) for form in forms.of("tinh")]
    sheet_form = forms.of("tung_don_vi")[0]
    documents += [_sheet(view, forms, profiles, sheet_form, v, draft) for v in view.units]
    heading = view.regulation.heading
    lines = (("Cơ quan tổng hợp", "Ban Tổ chức Tỉnh ủy"), ("Năm đánh giá", str(view.year)), ("Quy định áp dụng", f"{heading.symbol} ngày {short_date(heading.date)}"),
             ("Số tập thể", f"{count(len(view.units))}/{count(len(view.files.register))}"))
    return DossierPlan("tinh", f"TINH-{view.year}", "HỒ SƠ TRÌNH BAN THƯỜNG VỤ TỈNH ỦY", "Xếp loại chất lượng tập thể lãnh đạo cơ quan, đơn vị cấp tỉnh",
                       lines, tuple(documents), tuple(missing), view.province.illustrative == "co")


def _document(view: ProvinceView, forms: Forms, profiles: Profiles, form: Form, common: Mapping[str, Any], draft: bool) -> DocumentPlan:
    office = forms.office(form.office)
    profile, issuer = profiles.of(office.format), office_issuer(office)
    number = _number(view, form.number_key)
    shared = shared_fields(form, profile, issuer, number, view.province.place or "", view.year, [], draft)
    signature = _signature(view, forms, form, profiles)
    own = {**common, **_special(view, form)}
    signers = "; ".join(v for k, v in signature.items() if k != "quyen_han" and v)
    own_number = " ngày ".join(v for v in (shared["so"] if number and number.number else "", short_date(number.date if number else None)) if v)
    return DocumentPlan(form.code, form.file, profile.code, form.name, f"{form.name} năm {view.year}", office.author, {**own, **shared, "ky": signature},
                        (issuer.name,), own_number, signers)


def _number(view: ProvinceView, key: str | None) -> DocumentNumber | None:
    """Number and date as the văn thư gave them; the decision has its own in quyet_dinh.yaml."""
    if key == DECISION:
        decisions = view.files.decisions.value
        given = decisions and (decisions.number or decisions.date)
        return DocumentNumber.model_construct(number=decisions.number, date=decisions.date) if decisions and given else None
    numbers = view.province.numbers
    return getattr(numbers, NUMBERS[key]) if numbers and key else None


def _signature(view: ProvinceView, forms: Forms, form: Form, profiles: Profiles) -> dict[str, Any]:
    signers, council = view.province.signers, view.province.council
    if form.signs == "hoi_dong":
        people = {m.role: m.name or "" for m in (council.members if council else None) or []}
        return {"thu_ky": people.get("thu_ky", ""), "chu_tri": people.get("chu_tich", "")}
    office = forms.office(form.office)
    signer = (signers.committee if form.signs == "ban_thuong_vu" else signers.organiser) if signers else None
    return office_signature(profiles.of(office.format), office, signer)


# --- fields ---------------------------------------------------------------------------------------------------------

def _common(view: ProvinceView) -> dict[str, Any]:
    """Fields that several provincial documents share."""
    appraised = [v for v in view.units if v.assessment.total is not None]
    changed = [v for v in appraised if v.assessment.self_sheet and v.assessment.self_sheet.total != v.assessment.total]
    owed = view.owed_opinions()
    names = [f"{view.regulation.procedure.body(b).name} ({count(len(u))} tập thể)" for b, u in owed.items()]
    return {"quy_dinh": view.regulation_name, "so_don_vi": count(len(view.files.register)), "so_tham_dinh": count(len(appraised)), "so_ho_so": count(len(view.units)),
            "so_thay_doi": count(len(changed)), "y_kien_thieu": listing(names) or "không có", "truong_hop": special_cases(view),
            "can_cu_tham_dinh": view.regulation.procedure.appraisal.citation}


def _special(view: ProvinceView, form: Form) -> dict[str, Any]:
    """Fields of one document; the letters know self results only."""
    if form.body:
        return _asked(view, form.body)
    makers = {"1-to-trinh": _proposal, "2-bao-cao-tong-hop": _synthesis, "3-bien-ban-tham-dinh": _minutes, "4-quyet-dinh": _decision,
              "6-phieu-giai-trinh": explanation_fields}
    return makers[form.code](view)


def _own_row(view: ProvinceView, v: UnitView) -> dict[str, str]:
    total = v.assessment.self_sheet.total if v.assessment.self_sheet else None
    return {"stt": str(v.unit.number), "ten": v.unit.collective, "tu_cham": score(total), "tu_nhan": view.regulation.level_name(v.submission.proposed) if v.submission.proposed else MISSING}


def _asked(view: ProvinceView, body: str) -> dict[str, Any]:
    rule = view.regulation.procedure.body(body)
    units = view.asked(body)
    campaign = view.province.campaign
    due = short_date(campaign.opinions_due if campaign else None) or f"......{NBSP}/......{NBSP}/......"
    rows = [{**_own_row(view, v), "ten": v.unit.name} for v in units]
    return {"chu_the": rule.name, "can_cu_chu_the": rule.citation, "so_don_vi": count(len(units)), "han_y_kien": due, "don_vi": rows}


def _level_table(view: ProvinceView, official: bool = False) -> list[dict[str, Any]]:
    whole = len(view.files.register)
    found = []
    for i, level in enumerate(view.regulation.heading.levels):
        units = view.with_level(level.code, official)
        found.append({"stt": str(i + 1), "ten": level.name, "so": count(len(units)), "ty_le": share(len(units), whole), "don_vi": units,
                      "de_muc": f"{i + 1}. {level.name} ({count(len(units))} tập thể)"})
    return found


def _proposal(view: ProvinceView) -> dict[str, Any]:
    levels = [{**row, "don_vi": [_proposed_row(view, v) for v in row["don_vi"]]} for row in _level_table(view)]
    council = view.province.council
    return {"muc": levels, "han_muc": {"cau": " ".join(quota_sentences(view)[:2])}, "hoi_dong": {"ngay": short_date(council.date if council else None) or MISSING}}


def _proposed_row(view: ProvinceView, v: UnitView) -> dict[str, str]:
    a = v.assessment
    note = " (theo quyết định về trường hợp chưa rõ)" if a.decided_by else " (đủ điều kiện xuất sắc, ngoài hạn mức)" if a.candidate and a.level != view.regulation.quota.chosen else ""
    return {"stt": str(v.unit.number), "ten": v.unit.collective, "diem": score(a.total) or "...", "ghi_chu": note}


def _synthesis(view: ProvinceView) -> dict[str, Any]:
    groups = []
    for group in view.regulation.heading.groups:
        members = [v for v in view.units if v.unit.group == group.number]
        by_level = {level.code: count(sum(v.assessment.level == level.code for v in members)) for level in view.regulation.heading.levels}
        groups.append({"so": str(group.number), "ten": group.name, **by_level, "chua_ro": count(sum(not v.assessment.level for v in members))})
    candidates = [_candidate(view, code) for code in view.quota.candidates]
    rows = [{**_own_row(view, v), "tham_dinh": score(v.assessment.total), "de_xuat": view.level_text(v.assessment)} for v in view.units]
    nobody = [{"thu": "", "ten": "Không có", "diem": "", "ket_qua": ""}]
    return {"nhom": groups, "han_muc": {"dien_giai": quota_sentences(view), "ung_vien": candidates or nobody}, "don_vi": rows}


def _candidate(view: ProvinceView, code: str) -> dict[str, str]:
    v = next(v for v in view.units if v.unit.code == code)
    above = sum(1 for c in view.quota.candidates if next(u for u in view.units if u.unit.code == c).assessment.total > v.assessment.total)  # type: ignore[operator]
    return {"thu": count(above + 1), "ten": v.unit.collective, "diem": score(v.assessment.total), "ket_qua": view.level_text(v.assessment)}


def _minutes(view: ProvinceView) -> dict[str, Any]:
    council = view.province.council
    members = (council.members if council else None) or []
    absent = [f"{a.name} ({a.reason})" if a.reason else f"{a.name}" for a in (council.absent if council else None) or []]
    people = {m.role: m for m in members}
    chair, secretary = people.get("chu_tich"), people.get("thu_ky")
    meeting = {"bat_dau": _moment(view, "time"), "ket_thuc": _moment(view, "end_time"), "dia_diem": (council.place if council else None) or MISSING,
               "trieu_tap": count(len(members)), "co_mat": count(len(members) - len(absent)), "vang_ten": "; vắng: " + "; ".join(absent) if absent else "",
               "chu_tri": f"{chair.name}, {chair.post}" if chair else MISSING, "thu_ky": f"{secretary.name}, {secretary.post}" if secretary else MISSING}
    listed = [{"stt": str(i), "ho_ten": m.name or "", "chuc_vu": m.post or "", "vai_tro": ROLES[m.role or "uy_vien"]} for i, m in enumerate(members, 1)]
    nobody = [{"stt": "", "ho_ten": MISSING, "chuc_vu": "", "vai_tro": ""}]
    remarks = [{"ten": v.unit.collective, "noi_dung": v.appraisal.remarks} for v in view.units if v.appraisal and v.appraisal.remarks]
    return {"hop": meeting, "hoi_dong": {"thanh_vien": listed or nobody}, "nhan_xet": Paragraphs((council.remarks if council else None) or MISSING),
            "don_vi": [_vote_row(view, v) for v in view.units], "kien_nghi": remarks or [{"ten": "Hội đồng", "noi_dung": "không có kiến nghị riêng"}]}


def _moment(view: ProvinceView, which: str) -> str:
    council = view.province.council
    time = getattr(council, which) if council else None
    return f"{clock(time) or f'......{NBSP}giờ{NBSP}......'}, {long_date(council.date if council else None)}"


def _vote_row(view: ProvinceView, v: UnitView) -> dict[str, str]:
    votes = v.appraisal.votes if v.appraisal else None
    return {"stt": str(v.unit.number), "ten": v.unit.collective, "diem": score(v.assessment.total), "de_xuat": view.level_text(v.assessment),
            **{key: count(getattr(votes, name)) if votes else "" for key, name in VOTES}}


def _decision(view: ProvinceView) -> dict[str, Any]:
    """Official levels; while one is missing the proposals stand in and the document is a draft."""
    levels = _level_table(view, official=True)
    counts = listing([f"{row['so']} tập thể {lower_first(row['ten'])}" for row in levels])
    rows: list[dict[str, str]] = []
    for roman, row in zip(("I", "II", "III", "IV"), levels):
        rows.append({"de_muc": f"{roman}- {row['ten']} ({row['so']} tập thể)", "stt": "", "ten": "", "diem": "", "ghi_chu": ""})
        for i, v in enumerate(row["don_vi"], 1):
            a = v.assessment
            note = f"Đề xuất: {lower_first(view.regulation.level_name(a.level))}" if a.official and a.level and a.official != a.level else ""
            rows.append({"de_muc": "", "stt": str(i), "ten": v.unit.collective, "diem": score(a.total), "ghi_chu": note})
    number = _number(view, DECISION)
    given = number.number if number and number.number else NBSP * 6
    date = short_date(number.date if number else None) or f"{NBSP * 4}/{NBSP * 4}/{NBSP * 6}"
    grounds = [f"- Căn cứ {lower_first(g) if not g.startswith(('Quy', 'Biên', 'Tờ')) else g}" for g in view.province.grounds or [MISSING]]
    return {"can_cu": [f"{g};" for g in grounds[:-1]] + [f"{grounds[-1]},"], "dem_muc": counts,
            "phu_luc": {"kem_theo": f"kèm theo Quyết định số {given}-QĐ/TU ngày {date} của Ban Thường vụ Tỉnh ủy", "hang": rows}}


# --- appraised sheets -----------------------------------------------------------------------------------------------

def _sheet(view: ProvinceView, forms: Forms, profiles: Profiles, form: Form, v: UnitView, draft: bool) -> DocumentPlan:
    office = forms.office(form.office)
    profile, a = profiles.of(office.format), v.assessment
    council = view.province.council
    shared = shared_fields(form, profile, office_issuer(office), None, view.province.place or "", view.year, [], draft, about=in_sentence(v.unit.collective))
    shared["dia_danh_ngay"] = long_date((v.appraisal.date if v.appraisal else None) or (council.date if council else None), view.province.place or "")
    assert a.self_sheet is not None
    total = a.sheet.total if a.sheet else None
    fields = {"hang": table_rows(view.regulation, v.unit.section, a.self_sheet, a.sheet), "ghi_chu_bang": table_notes(view.regulation, a.sheet or a.self_sheet),
              "y_kien": _opinions(view, v), "tu_cham": {"tong": score(a.self_sheet.total)}, "tham_dinh": {"tong": score(total) or "...", "bang_chu": capital(words(total)) or "..."},
              "tu_nhan": view.regulation.level_name(v.submission.proposed) if v.submission.proposed else MISSING, "de_xuat": view.level_text(a),
              "sua": _restated(view, v), "nhan_xet": Paragraphs((v.appraisal.remarks if v.appraisal else None) or "Không có.")}
    signature = _signature(view, forms, form, profiles)
    return DocumentPlan(f"7-bieu-tham-dinh/{v.unit.folder}", form.file, profile.code, f"{form.name}: {v.unit.collective}", f"{form.name} năm {view.year} - {v.unit.name}",
                        office.author, {**fields, **shared, "ky": signature}, (v.unit.name,), "", "; ".join(x for x in signature.values() if x))


def _opinions(view: ProvinceView, v: UnitView) -> list[dict[str, str]]:
    rows = []
    for code in v.unit.bodies:
        opinion = v.appraisal.opinions.of(code) if v.appraisal and v.appraisal.opinions else None
        level = view.regulation.level_name(opinion.level) if opinion and opinion.level else "Chưa có ý kiến"
        rows.append({"ten": view.regulation.procedure.body(code).name, "muc": level, "y_kien": (opinion.text if opinion else None) or ""})
    rule = view.regulation.procedure.head_responsibility
    if (rule.first or 0) <= v.unit.number <= (rule.last or 0):
        duty = v.appraisal.head_responsibility if v.appraisal else None
        rows.append({"ten": "Trách nhiệm người đứng đầu trong thi hành công vụ", "muc": view.regulation.level_name(duty.level) if duty and duty.level else "Chưa có",
                     "y_kien": (duty.document if duty else None) or ""})
    return rows


def _restated(view: ProvinceView, v: UnitView) -> dict[str, Any]:
    """Facts the council restated, with its reasons, and points a person confirmed."""
    appraisal = v.appraisal
    found = []
    for member in (appraisal.members if appraisal else None) or []:
        found.append(f"{member.name}: {lower_first(view.regulation.level_name(member.level)) if member.level else MISSING}; lý do: {member.reason or MISSING}")
    groups = [(appraisal.conditions, "điều kiện"), (appraisal.defects, "khuyết điểm")] if appraisal else []
    for group, kind in groups:
        for name, info in (type(group).model_fields.items() if group else ()):
            fact = getattr(group, name)
            if fact is not None:
                found.append(f"Sửa {kind} «{info.alias}»; lý do: {fact.reason or MISSING}")
    for case in (appraisal.discipline if appraisal else None) or []:
        found.append(f"Kỷ luật {case.name}; lý do sửa: {case.reason or MISSING}")
    for confirmation in (appraisal.confirmations if appraisal else None) or []:
        found.append(f"Xác nhận {confirmation.point}: đồng chí {confirmation.who}{'; ' + confirmation.note if confirmation.note else ''}")
    return {"co": "có" if found else "", "muc": [f.rstrip(".") + "." for f in found]}
