"""Facts of a unit's file -> contradictions (lỗi), evidence still owed (thiếu), deadlines missed (cảnh báo).

Each function is one truth, named for it; places name the line of the fact that should change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.model.regulation import Regulation
from pipeline.model.submission import Conditions, Defects, DisciplineCase, Submission, Targets, Votes
from pipeline.problems import Kind, Place, Problem
from pipeline.reading.shape import Loaded

E, O, W = Kind.ERROR, Kind.OWED, Kind.WARNING


def check_facts(loaded: Loaded[Submission], regulation: Regulation, year: int) -> Iterator[Problem]:
    """`year` is the folder's: a wrong `nam` has its own message and must not make every date look wrong."""
    submission = loaded.value
    assert submission is not None
    if submission.conditions:
        yield from conditions_evidence(loaded, submission.conditions)
    yield from suggestion_agrees_with_scoring(loaded, submission, regulation)
    if submission.defects:
        yield from defect_documents(loaded, submission.defects)
        if submission.defects.targets:
            yield from possible_targets(loaded, submission.defects.targets)
    yield from discipline_cases(loaded, submission.discipline or [], [m.name for m in submission.members or []], year)
    yield from nothing_withdrawn(loaded, submission)
    yield from one_head(loaded, submission)
    yield from head_not_above_collective(loaded, submission, regulation)
    yield from conference_in_order(loaded, submission, regulation, year)
    if submission.conference and submission.conference.votes:
        yield from votes_add_up(loaded, submission.conference.votes, ("hoi_nghi", "phieu"))


def conditions_evidence(loaded: Loaded[Submission], written: Conditions) -> Iterator[Problem]:
    for key, condition in (("doan_ket_tieu_bieu", written.exemplary), ("doi_moi_sang_tao", written.innovative), ("cai_cach_hanh_chinh", written.reforming)):
        if condition and condition.met == "co" and not condition.evidence:
            yield Problem(loaded.place("dieu_kien", key), O, f"điều kiện «{key}» ghi có mà chưa nêu minh chứng", "thêm minh_chung: \"...\"")
    suggestion = written.suggestion
    if suggestion and suggestion.happened == "co":
        for key, value in (("doi_tuong", suggestion.whom), ("van_ban", suggestion.document)):
            if not value:
                yield Problem(loaded.place("dieu_kien", "goi_y_kiem_diem"), O, f"có gợi ý kiểm điểm mà chưa ghi «{key}»", f"thêm {key}: ...")


def suggestion_agrees_with_scoring(loaded: Loaded[Submission], submission: Submission, regulation: Regulation) -> Iterator[Problem]:
    """C.2.1 scored for a suggestion against the condition of Điều 6 khoản 1 gạch đầu dòng 4 (rule 27)."""
    code = regulation.scoring.suggestion_row.code
    for other, entry in submission.rows.items():
        if entry.ground and (other != code or entry.not_applicable):
            yield Problem(loaded.place("cham_diem", other, "can_cu"), E, f"«can_cu» chỉ ghi ở hàng {code} khi hàng này được chấm", "xóa dòng can_cu")
    row = submission.rows.get(code)
    suggestion = submission.conditions.suggestion if submission.conditions else None
    if row is None:
        return
    scored = row.share is not None or row.points is not None or row.planned is not None
    fact = loaded.place("dieu_kien", "goi_y_kiem_diem", "co_khong")
    if scored and not row.ground:
        yield Problem(loaded.place("cham_diem", code), O, f"hàng {code} được chấm mà chưa ghi căn cứ", "thêm can_cu: goi_y hoặc can_cu: phe_binh")
    if scored and row.ground == "goi_y" and suggestion and suggestion.happened == "khong":
        yield Problem(loaded.place("cham_diem", code), E, f"hàng {code} chấm theo gợi ý kiểm điểm, nhưng dieu_kien.goi_y_kiem_diem (dòng {fact.line}) ghi không",
                      "sửa một trong hai: can_cu: phe_binh, hoặc co_khong: co")
    if row.not_applicable and suggestion and suggestion.happened == "co" and suggestion.whom == "tap_the":
        yield Problem(fact, E, f"tập thể bị gợi ý kiểm điểm, nhưng hàng {code} (dòng {loaded.place('cham_diem', code).line}) ghi không áp dụng",
                      f"chấm điểm hàng {code}, hoặc sửa co_khong")


def defect_documents(loaded: Loaded[Submission], written: Defects) -> Iterator[Problem]:
    for key, finding in (("mat_doan_ket", written.disunity), ("suy_thoai", written.degeneration)):
        if finding and finding.happened == "co" and not finding.document:
            yield Problem(loaded.place("khuyet_diem", key), O, f"khuyết điểm «{key}» ghi có mà chưa có văn bản của cấp có thẩm quyền, nên tính là chưa rõ", "thêm van_ban: \"...\"")


def possible_targets(loaded: Loaded[Submission], t: Targets) -> Iterator[Problem]:
    """Counts that cannot all be true (Điều 6 khoản 4 gạch đầu dòng 2)."""
    path = ("khuyet_diem", "chi_tieu")
    if t.force_majeure == "co" and not t.document:
        yield Problem(loaded.place(*path, "bat_kha_khang"), O, "ghi bất khả kháng mà chưa có văn bản công nhận, nên tính là chưa rõ", "thêm van_ban: \"...\"")
    if t.assigned is None or t.done is None or t.key is None or t.key_done is None:
        return
    if t.done > t.assigned:
        yield Problem(loaded.place(*path, "hoan_thanh"), E, f"hoàn thành {t.done} chỉ tiêu mà chỉ được giao {t.assigned}", "sửa giao hoặc hoan_thanh")
    if t.key > t.assigned:
        yield Problem(loaded.place(*path, "chu_yeu"), E, f"có {t.key} chỉ tiêu chủ yếu mà chỉ được giao {t.assigned}", "sửa giao hoặc chu_yeu")
    if t.key_done > t.key:
        yield Problem(loaded.place(*path, "chu_yeu_dat"), E, f"đạt {t.key_done} chỉ tiêu chủ yếu mà chỉ có {t.key}", "sửa chu_yeu hoặc chu_yeu_dat")
    elif t.key_done > t.done:
        yield Problem(loaded.place(*path, "chu_yeu_dat"), E, f"đạt {t.key_done} chỉ tiêu chủ yếu mà chỉ hoàn thành {t.done} chỉ tiêu", "sửa hoan_thanh hoặc chu_yeu_dat")
    elif t.done <= t.assigned and t.key - t.key_done > t.assigned - t.done:
        yield Problem(loaded.place(*path, "chu_yeu_dat"), E, f"không đạt {t.key - t.key_done} chỉ tiêu chủ yếu mà tổng số không hoàn thành chỉ là {t.assigned - t.done}",
                      "sửa hoan_thanh hoặc chu_yeu_dat")
    names = len(t.key_list or [])
    if names < t.key:
        yield Problem(loaded.place(*path), O, f"mới nêu tên {names}/{t.key} chỉ tiêu chủ yếu", "ghi đủ tên vào danh_muc_chu_yeu")
    if names > t.key:
        yield Problem(loaded.place(*path, "danh_muc_chu_yeu"), E, f"nêu tên {names} chỉ tiêu chủ yếu mà chu_yeu ghi {t.key}", "sửa chu_yeu hoặc danh mục")


def discipline_cases(loaded: Loaded[Submission], cases: list[DisciplineCase], members: list[str | None], year: int) -> Iterator[Problem]:
    for i, case in enumerate(cases):
        if case.whom == "thanh_vien" and case.name and case.name not in members:
            yield Problem(loaded.place("ky_luat", i, "ten"), E, f"«{case.name}» bị kỷ luật nhưng không có trong thanh_vien (dòng {loaded.place('thanh_vien').line})",
                          "viết đúng họ tên như trong thanh_vien, hoặc sửa doi_tuong")
        if case.date and case.date.year != year:
            yield Problem(loaded.place("ky_luat", i, "ngay"), E, f"quyết định kỷ luật ngày {case.date:%d/%m/%Y} không thuộc năm {year}", "chỉ ghi kỷ luật có quyết định trong năm")
        if case.withdrawn == "co":
            continue
        for key, value in (("van_ban", case.document), ("ngay", case.date)):
            if not value:
                yield Problem(loaded.place("ky_luat", i), O, f"trường hợp kỷ luật «{case.name or i + 1}» chưa ghi «{key}»", f"thêm {key}: ...")
        if case.whom != "tap_the" and case.self_discovered == "co" and not case.evidence:
            yield Problem(loaded.place("ky_luat", i), O, f"trường hợp kỷ luật «{case.name or i + 1}» chưa có minh chứng tự phát hiện và khắc phục", "thêm minh_chung: \"...\"")


def nothing_withdrawn(loaded: Loaded[Submission], submission: Submission) -> Iterator[Problem]:
    """`bo` is the council's word for a case that the unit should not have listed."""
    for i, case in enumerate(submission.discipline or []):
        if case.withdrawn:
            yield Problem(loaded.place("ky_luat", i, "bo"), E, "«bo» chỉ dùng trong tệp thẩm định", "xóa cả trường hợp này nếu không có kỷ luật")


def one_head(loaded: Loaded[Submission], submission: Submission) -> Iterator[Problem]:
    members = submission.members or []
    heads = [i for i, m in enumerate(members) if m.head == "co"]
    if submission.members is not None and not members:
        yield Problem(loaded.place("thanh_vien"), E, "chưa có thành viên nào", "ghi danh sách tập thể lãnh đạo")
    elif members and not heads:
        yield Problem(loaded.place("thanh_vien"), E, "chưa ghi ai là người đứng đầu", "thêm dung_dau: co cho người đứng đầu")
    for i in heads[1:]:
        yield Problem(loaded.place("thanh_vien", i, "dung_dau"), E, f"có hai người đứng đầu (người thứ nhất ở dòng {loaded.place('thanh_vien', heads[0], 'dung_dau').line})",
                      "chỉ để dung_dau: co ở một người")
    seen: dict[str, int] = {}
    for i, member in enumerate(members):
        if member.name and seen.setdefault(member.name, i) != i:
            yield Problem(loaded.place("thanh_vien", i, "ho_ten"), E, f"«{member.name}» ghi hai lần (lần đầu ở dòng {loaded.place('thanh_vien', seen[member.name], 'ho_ten').line})",
                          "xóa một trong hai")


def head_not_above_collective(loaded: Loaded[Submission], submission: Submission, regulation: Regulation) -> Iterator[Problem]:
    for i, member in enumerate(submission.members or []):
        if member.head == "co" and member.level and submission.proposed and regulation.rank(member.level) < regulation.rank(submission.proposed):
            yield Problem(loaded.place("thanh_vien", i, "xep_loai"), E,
                          f"người đứng đầu xếp «{member.level}», cao hơn mức tập thể tự nhận «{submission.proposed}» (dòng {loaded.place('tu_nhan').line})",
                          f"sửa một trong hai ({regulation.heading.head_rule.citation})")


def conference_in_order(loaded: Loaded[Submission], submission: Submission, regulation: Regulation, year: int) -> Iterator[Problem]:
    meeting = submission.conference
    if meeting is None:
        return
    rule = regulation.procedure.deadlines
    if meeting.draft_sent and meeting.date:
        if meeting.draft_sent > meeting.date:
            yield Problem(loaded.place("hoi_nghi", "gui_du_thao"), E, f"gửi dự thảo sau ngày hội nghị (dòng {loaded.place('hoi_nghi', 'ngay').line})", "sửa gui_du_thao hoặc ngay")
        elif (meeting.date - meeting.draft_sent).days < (rule.draft.days_before or 0):
            yield Problem(loaded.place("hoi_nghi", "gui_du_thao"), W, f"gửi dự thảo chưa đủ {rule.draft.days_before} ngày trước hội nghị ({rule.draft.citation})", "")
    day, month = (int(part) for part in rule.file.before.split("/"))
    if meeting.date and meeting.date >= dt.date(year, month, day):
        yield Problem(loaded.place("hoi_nghi", "ngay"), W, f"hội nghị không trước ngày {rule.file.before} nên hồ sơ nộp muộn ({rule.file.citation})", "")
    if meeting.invited is not None and meeting.present is not None:
        if meeting.present > meeting.invited:
            yield Problem(loaded.place("hoi_nghi", "co_mat"), E, f"có mặt {meeting.present} người mà chỉ triệu tập {meeting.invited}", "sửa trieu_tap hoặc co_mat")
        elif meeting.absent is not None and len(meeting.absent) != meeting.invited - meeting.present:
            yield Problem(loaded.place("hoi_nghi", "vang"), E, f"nêu tên {len(meeting.absent)} người vắng mà triệu tập {meeting.invited}, có mặt {meeting.present}", "ghi đủ người vắng hoặc sửa số")


def votes_add_up(loaded: Loaded[object] | Loaded[Submission], votes: Votes, path: tuple[str, ...]) -> Iterator[Problem]:
    place: Place = loaded.place(*path)
    if votes.returned is not None and votes.issued is not None and votes.returned > votes.issued:
        yield Problem(loaded.place(*path, "thu_ve"), E, f"thu về {votes.returned} phiếu mà chỉ phát ra {votes.issued}", "sửa phat_ra hoặc thu_ve")
    if votes.valid is not None and votes.returned is not None and votes.valid > votes.returned:
        yield Problem(loaded.place(*path, "hop_le"), E, f"hợp lệ {votes.valid} phiếu mà chỉ thu về {votes.returned}", "sửa thu_ve hoặc hop_le")
    counts = (votes.excellent, votes.good, votes.completed, votes.failed)
    if votes.valid is not None and all(c is not None for c in counts) and sum(c or 0 for c in counts) != votes.valid:
        yield Problem(place, E, f"tổng số phiếu các mức là {sum(c or 0 for c in counts)}, khác số phiếu hợp lệ {votes.valid}", "sửa số phiếu các mức hoặc hop_le")
