"""Regulation, unit and the unit's file -> the pages of the form but the scoring table: facts, people, conference, reports."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.desk.form_layout import Sheet, keys_of, spare
from pipeline.desk.kinds import form_words
from pipeline.key_words import words_of
from pipeline.model.regulation import Regulation
from pipeline.model.submission import (
    Absentee,
    Condition,
    Conditions,
    Conference,
    Defects,
    DisciplineCase,
    DocumentNumber,
    Finding,
    Member,
    Report,
    ReviewCounts,
    SelfGrades,
    Signer,
    Submission,
    Suggestion,
    Targets,
    Votes,
)
from pipeline.model.unit import Unit
from pipeline.model.values import LEVELS

COLUMNS = (38, 64, 46)


def guide(unit: Unit, year: int) -> Sheet:
    sheet = Sheet("Hướng dẫn", (6, 130))
    sheet.line(f"BIỂU NHẬP LIỆU NĂM {year}", "tieu_de")
    sheet.line(unit.name, "de_muc")
    for number, text in enumerate(form_words().huong_dan, 1):
        sheet.label(0, f"{number}.")
        sheet.label(1, text)
        sheet.row += 1
    return sheet


def pages(regulation: Regulation, year: int, found: Submission) -> Iterator[Sheet]:
    yield facts(regulation, found)
    yield discipline(found)
    yield people(found, year)
    yield conference(regulation, found)
    yield report(regulation, found)


def facts(regulation: Regulation, found: Submission) -> Sheet:
    """Conditions and defects in the regulation's own words."""
    sheet = Sheet("Điều kiện, khuyết điểm", COLUMNS)
    sheet.line("ĐIỀU KIỆN CỦA MỨC HOÀN THÀNH XUẤT SẮC NHIỆM VỤ", "tieu_de")
    known = keys_of(Conditions)
    for condition in (c for c in regulation.rating.conditions if c.code in known):
        suggestion = condition.code == "goi_y_kiem_diem"
        title = words_of(Conditions, condition.code).tieu_de
        asked = f"{title}. Yêu cầu: {condition.text}" if suggestion else condition.text  # of a thing that should not have happened
        sheet.line(f"{asked} ({condition.citation})", "de_muc")
        model = Suggestion if suggestion else Condition
        for key in keys_of(model):
            sheet.field(("dieu_kien", condition.code), model, key)
    sheet.line("KHUYẾT ĐIỂM", "tieu_de")
    defects = regulation.rating.defects
    for code, rule in zip(keys_of(Defects), (defects.disunity, defects.degeneration, defects.targets)):
        title = words_of(Defects, code).tieu_de
        sheet.line(f"{title}. Yêu cầu: {rule.text} ({rule.citation})", "de_muc")
        model_of = Targets if code == "chi_tieu" else Finding
        for key in keys_of(model_of):
            if key != "danh_muc_chu_yeu":
                sheet.field(("khuyet_diem", code), model_of, key, f"{title}: có hay không" if key == "co_khong" else "")
    _key_targets(sheet, found)
    return sheet


def _key_targets(sheet: Sheet, found: Submission) -> None:
    targets = found.defects.targets if found.defects else None
    path = ("khuyet_diem", "chi_tieu", "danh_muc_chu_yeu")
    sheet.line(words_of(Targets, path[-1]).tieu_de, "de_muc")
    sheet.state(path, "Có xác định chỉ tiêu chủ yếu")
    sheet.lines(path, "Chỉ tiêu chủ yếu", spare(targets.key_list if targets else None, 8, 3))


def discipline(found: Submission) -> Sheet:
    sheet = Sheet("Kỷ luật", (30, 28, 24, 36, 14, 10, 14, 14, 40))
    sheet.line("KỶ LUẬT TRONG NĂM", "tieu_de")
    sheet.state(("ky_luat",), "Có trường hợp bị kỷ luật")
    sheet.records(("ky_luat",), DisciplineCase, spare(found.discipline, 6, 4))
    return sheet


def people(found: Submission, year: int) -> Sheet:
    sheet = Sheet("Thành viên", (38, 48, 20, 44), hints=3)
    sheet.line("THÀNH VIÊN TẬP THỂ LÃNH ĐẠO", "tieu_de")
    sheet.records(("thanh_vien",), Member, spare(found.members, 10, 5))
    sheet.line("MỨC CỦA TẬP THỂ", "tieu_de")
    sheet.field((), Submission, "tu_nhan")
    sheet.field((), Submission, "dang_ky_nam_sau", f"{words_of(Submission, 'dang_ky_nam_sau').tieu_de} ({year + 1})")
    sheet.line("NGƯỜI KÝ KHI KHÔNG PHẢI NGƯỜI ĐỨNG ĐẦU", "tieu_de")
    for key in keys_of(Signer):
        sheet.field(("nguoi_ky",), Signer, key)
    sheet.line("NƠI NHẬN (để trống cả mục thì dùng nơi nhận của biểu mẫu)", "tieu_de")
    sheet.lines(("noi_nhan",), "Nơi nhận", spare(found.recipients, 6, 2))
    return sheet


def conference(regulation: Regulation, found: Submission) -> Sheet:
    meeting = found.conference or Conference()
    sheet = Sheet("Hội nghị", COLUMNS)
    sheet.line("HỘI NGHỊ KIỂM ĐIỂM", "tieu_de")
    for key in keys_of(Conference):
        if key not in ("vang", "y_kien", "phieu"):
            sheet.field(("hoi_nghi",), Conference, key)
    sheet.line("KẾT QUẢ BỎ PHIẾU", "tieu_de")
    for key in keys_of(Votes):
        sheet.field(("hoi_nghi", "phieu"), Votes, key)
    sheet.line("NGƯỜI VẮNG MẶT", "tieu_de")
    sheet.state(("hoi_nghi", "vang"), "Có người vắng mặt")
    sheet.records(("hoi_nghi", "vang"), Absentee, spare(meeting.absent, 5, 3))
    sheet.line("Ý KIẾN PHÁT BIỂU", "tieu_de")
    sheet.state(("hoi_nghi", "y_kien"), "Có ý kiến phát biểu")
    sheet.lines(("hoi_nghi", "y_kien"), "Ý kiến", spare(meeting.opinions, 8, 4))
    sheet.line("SỐ, NGÀY VĂN BẢN (chưa có thì để trống, tài liệu chừa chỗ cho văn thư)", "tieu_de")
    for document in regulation.dossier.documents:
        sheet.line(f"{document.text.partition('.')[0]} ({document.citation})", "de_muc")
        for key in keys_of(DocumentNumber):
            sheet.field(("so_ngay_van_ban", document.number_key), DocumentNumber, key)
    return sheet


def report(regulation: Regulation, found: Submission) -> Sheet:
    sheet = Sheet("Báo cáo", (34, 104, 34))
    sheet.line("SỐ LIỆU KIỂM ĐIỂM", "tieu_de")
    path = ("bao_cao", "chi_dao_kiem_diem")
    for key in ("so_tap_the", "so_ca_nhan"):
        sheet.field(path, ReviewCounts, key)
    for level in LEVELS:
        sheet.field((*path, "ket_qua"), Votes, level, f"Số cá nhân: {regulation.level_name(level).lower()}")
    sheet.line("CẤP ĐỘ TỰ ĐÁNH GIÁ (báo cáo kiểm điểm)", "tieu_de")
    for key in keys_of(SelfGrades):
        sheet.field(("bao_cao", "tu_danh_gia"), SelfGrades, key, f"{words_of(SelfGrades, key).tieu_de}. {words_of(Report, key).tieu_de}")
    sheet.line("NỘI DUNG CÁC BÁO CÁO", "tieu_de")
    for key in keys_of(Report):
        if key not in ("chi_dao_kiem_diem", "tu_danh_gia"):
            sheet.field(("bao_cao",), Report, key)
    return sheet
