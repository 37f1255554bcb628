"""What a unit's clerk writes: the self-assessment file, data/<year>/don_vi/NN-ma.yaml."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from pipeline.model.rows import Rows
from pipeline.model.values import (
    Clock,
    Count,
    Date,
    Grade,
    Level,
    LongText,
    Shape,
    Text,
    YesNo,
    YesNoOpen,
    choice,
)

PENALTIES = ("khien_trach", "canh_cao", "ha_bac_luong", "giang_chuc", "cach_chuc", "buoc_thoi_viec", "khai_tru", "giai_tan")


class Condition(Shape):
    met: YesNoOpen = Field(alias="dat")
    evidence: Text = Field(None, alias="minh_chung")
    reason: Text = Field(None, alias="ly_do")


class Suggestion(Shape):
    """Gợi ý kiểm điểm by Thường trực Tỉnh ủy or above (Điều 6 khoản 1 gạch đầu dòng 4)."""

    happened: YesNoOpen = Field(alias="co_khong")
    whom: choice("tap_the", "thanh_vien") = Field(None, alias="doi_tuong")  # type: ignore[valid-type]
    document: Text = Field(None, alias="van_ban")
    reason: Text = Field(None, alias="ly_do")


class Conditions(Shape):
    exemplary: Condition | None = Field(alias="doan_ket_tieu_bieu")
    innovative: Condition | None = Field(alias="doi_moi_sang_tao")
    reforming: Condition | None = Field(alias="cai_cach_hanh_chinh")
    suggestion: Suggestion | None = Field(alias="goi_y_kiem_diem")


class Finding(Shape):
    """A defect that a competent body must have found in writing (Điều 6 khoản 4 gạch đầu dòng 1)."""

    happened: YesNoOpen = Field(alias="co_khong")
    document: Text = Field(None, alias="van_ban")
    reason: Text = Field(None, alias="ly_do")


class Targets(Shape):
    """Counts of assigned targets and tasks (Điều 6 khoản 4 gạch đầu dòng 2)."""

    assigned: Count = Field(alias="giao")
    done: Count = Field(alias="hoan_thanh")
    key: Count = Field(alias="chu_yeu")
    key_done: Count = Field(alias="chu_yeu_dat")
    force_majeure: YesNoOpen = Field(alias="bat_kha_khang")
    document: Text = Field(None, alias="van_ban")
    key_list: list[Text] | None = Field(None, alias="danh_muc_chu_yeu")
    reason: Text = Field(None, alias="ly_do")


class Defects(Shape):
    disunity: Finding | None = Field(alias="mat_doan_ket")
    degeneration: Finding | None = Field(alias="suy_thoai")
    targets: Targets | None = Field(alias="chi_tieu")


class DisciplineCase(Shape):
    whom: choice("thanh_vien", "don_vi_truc_thuoc", "dung_dau_don_vi_truc_thuoc", "tap_the") = Field(alias="doi_tuong")  # type: ignore[valid-type]
    name: Text = Field(alias="ten")
    penalty: choice(*PENALTIES) = Field(alias="hinh_thuc")  # type: ignore[valid-type]
    document: Text = Field(None, alias="van_ban")
    date: Date = Field(None, alias="ngay")
    year_of_act: Count = Field(None, alias="nam_vi_pham")
    self_discovered: YesNoOpen = Field(None, alias="tu_phat_hien")
    remedied: YesNoOpen = Field(None, alias="khac_phuc_xong")
    evidence: Text = Field(None, alias="minh_chung")
    reason: Text = Field(None, alias="ly_do")
    withdrawn: YesNo = Field(None, alias="bo")


class Member(Shape):
    name: Text = Field(alias="ho_ten")
    post: Text = Field(alias="chuc_vu")
    head: YesNo = Field("khong", alias="dung_dau")
    level: Level = Field(alias="xep_loai")


def head_of(members: Iterable[Member]) -> Member | None:
    """The head of the collective (exactly one in a sound file)."""
    return next((m for m in members if m.head == "co"), None)


class DocumentNumber(Shape):
    number: Text = Field(None, alias="so")
    date: Date = Field(None, alias="ngay")


class Absentee(Shape):
    name: Text = Field(alias="ho_ten")
    reason: Text = Field(None, alias="ly_do")


class Votes(Shape):
    issued: Count = Field(None, alias="phat_ra")
    returned: Count = Field(None, alias="thu_ve")
    valid: Count = Field(None, alias="hop_le")
    excellent: Count = Field(None, alias="xuat_sac")
    good: Count = Field(None, alias="tot")
    completed: Count = Field(None, alias="hoan_thanh")
    failed: Count = Field(None, alias="khong_hoan_thanh")

    @property
    def by_level(self) -> dict[str, int | None]:
        return {"xuat_sac": self.excellent, "tot": self.good, "hoan_thanh": self.completed, "khong_hoan_thanh": self.failed}


class Conference(Shape):
    draft_sent: Date = Field(None, alias="gui_du_thao")
    date: Date = Field(None, alias="ngay")
    time: Clock = Field(None, alias="gio")
    end_time: Clock = Field(None, alias="gio_ket_thuc")
    place: Text = Field(None, alias="dia_diem")
    chair: Text = Field(None, alias="chu_tri")
    secretary: Text = Field(None, alias="thu_ky")
    secretary_post: Text = Field(None, alias="thu_ky_chuc_vu")
    invited: Count = Field(None, alias="trieu_tap")
    present: Count = Field(None, alias="co_mat")
    absent: list[Absentee] | None = Field(None, alias="vang")
    opinions: list[Text] | None = Field(None, alias="y_kien")
    votes: Votes | None = Field(None, alias="phieu")


class ReviewCounts(Shape):
    """How many collectives and individuals were reviewed, and the levels of the individuals."""

    collectives: Count = Field(None, alias="so_tap_the")
    individuals: Count = Field(None, alias="so_ca_nhan")
    results: Votes | None = Field(None, alias="ket_qua")


class SelfGrades(Shape):
    """The ticks of the self-criticism report: parts I.1 to I.5 and III (xuất sắc, tốt, trung bình, kém)."""

    principles: Grade = Field(None, alias="nguyen_tac_to_chuc")
    goals: Grade = Field(None, alias="muc_tieu_nhiem_vu")
    example: Grade = Field(None, alias="neu_guong")
    responsibility: Grade = Field(None, alias="trach_nhiem_lanh_dao")
    inspection: Grade = Field(None, alias="kiem_tra_giam_sat")
    remedy: Grade = Field(None, alias="khac_phuc_ky_truoc")


class Report(Shape):
    """Narratives and figures of documents 1, 2, 3 and 6."""

    review: ReviewCounts | None = Field(None, alias="chi_dao_kiem_diem")
    direction: LongText = Field(None, alias="cong_tac_chi_dao")
    conduct: LongText = Field(None, alias="to_chuc_thuc_hien")
    appraisal_of_review: LongText = Field(None, alias="danh_gia_kiem_diem")
    proposals: LongText = Field(None, alias="kien_nghi")
    situation: LongText = Field(None, alias="dac_diem_tinh_hinh")
    results: LongText = Field(None, alias="ket_qua_nhiem_vu")
    key_tasks: LongText = Field(None, alias="nhiem_vu_trong_tam")
    innovations: LongText = Field(None, alias="viec_moi_sang_tao")
    strengths: LongText = Field(None, alias="linh_vuc_noi_troi")
    weaknesses_of_work: LongText = Field(None, alias="ton_tai")
    next_year: LongText = Field(None, alias="nhiem_vu_nam_sau")
    merits: LongText = Field(None, alias="uu_diem")
    principles: LongText = Field(None, alias="nguyen_tac_to_chuc")
    goals: LongText = Field(None, alias="muc_tieu_nhiem_vu")
    example: LongText = Field(None, alias="neu_guong")
    responsibility: LongText = Field(None, alias="trach_nhiem_lanh_dao")
    inspection: LongText = Field(None, alias="kiem_tra_giam_sat")
    grades: SelfGrades | None = Field(None, alias="tu_danh_gia")
    shortcomings: LongText = Field(None, alias="han_che")
    causes: LongText = Field(None, alias="nguyen_nhan")
    remedied: LongText = Field(None, alias="khac_phuc_ky_truoc")
    explanations: LongText = Field(None, alias="giai_trinh")
    personal: LongText = Field(None, alias="trach_nhiem_ca_nhan")
    remedies: LongText = Field(None, alias="phuong_huong")
    registration: LongText = Field(None, alias="dang_ky")


class Signer(Shape):
    """Who signs when it is not the head: post as printed and authority line (KT., TL., ...)."""

    name: Text = Field(alias="ho_ten")
    post: Text = Field(alias="chuc_vu")
    authority: Text = Field(None, alias="quyen_han")


class Submission(Shape):
    """data/<year>/don_vi/NN-ma.yaml"""

    unit: Text = Field(alias="don_vi")
    year: Count = Field(alias="nam")
    illustrative: YesNo = Field("khong", alias="minh_hoa")
    rows: Rows = Field(alias="cham_diem")
    conditions: Conditions | None = Field(alias="dieu_kien")
    defects: Defects | None = Field(alias="khuyet_diem")
    discipline: list[DisciplineCase] | None = Field(alias="ky_luat")
    members: list[Member] | None = Field(alias="thanh_vien")
    proposed: Level = Field(alias="tu_nhan")
    next_year_level: Level = Field(None, alias="dang_ky_nam_sau")
    numbers: dict[str, DocumentNumber | None] | None = Field(None, alias="so_ngay_van_ban")
    conference: Conference | None = Field(None, alias="hoi_nghi")
    report: Report | None = Field(None, alias="bao_cao")
    signer: Signer | None = Field(None, alias="nguoi_ky")
    recipients: list[Text] | None = Field(None, alias="noi_nhan")
