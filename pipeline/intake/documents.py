"""What the documents of Điều 7 need beyond the scores -> everything still owed (thiếu), one line per group."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.intake.known_keys import unknown_keys
from pipeline.intake.owed_keys import owed_keys
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Conference, Report, ReviewCounts, SelfGrades, Submission, Votes
from pipeline.problems import Kind, Problem
from pipeline.reading.shape import Loaded

CONFERENCE = ("draft_sent", "date", "time", "end_time", "place", "chair", "secretary", "invited", "present")


def check_documents(loaded: Loaded[Submission], regulation: Regulation) -> Iterator[Problem]:
    submission = loaded.value
    assert submission is not None
    yield from unknown_keys(loaded, "so_ngay_van_ban", submission.numbers or {}, [d.number_key for d in regulation.dossier.documents])
    yield from owed_keys(loaded, ("hoi_nghi",), submission.conference, Conference, CONFERENCE, "biên bản hội nghị")
    if submission.conference:
        yield from owed_keys(
            loaded, ("hoi_nghi", "phieu"), submission.conference.votes, Votes, tuple(Votes.model_fields), "biên bản hội nghị"
        )
    narratives = tuple(name for name, field in Report.model_fields.items() if name not in ("review", "grades"))
    yield from owed_keys(loaded, ("bao_cao",), submission.report, Report, narratives, "các báo cáo")
    if submission.report:
        yield from owed_keys(
            loaded,
            ("bao_cao", "chi_dao_kiem_diem"),
            submission.report.review,
            ReviewCounts,
            ("collectives", "individuals"),
            "báo cáo chỉ đạo kiểm điểm",
        )
        yield from owed_keys(
            loaded, ("bao_cao", "tu_danh_gia"), submission.report.grades, SelfGrades, tuple(SelfGrades.model_fields), "báo cáo kiểm điểm"
        )
        results = submission.report.review.results if submission.report.review else None
        if submission.report.review:
            yield from owed_keys(
                loaded,
                ("bao_cao", "chi_dao_kiem_diem", "ket_qua"),
                results,
                Votes,
                ("excellent", "good", "completed", "failed"),
                "báo cáo chỉ đạo kiểm điểm",
            )
            yield from _counts_agree(loaded, submission.report.review)
    if "next_year_level" not in submission.model_fields_set:
        yield Problem(loaded.place(), Kind.OWED, "chưa ghi mức đăng ký năm sau", "thêm dòng dang_ky_nam_sau: ...")


def _counts_agree(loaded: Loaded[Submission], review: ReviewCounts) -> Iterator[Problem]:
    results = review.results
    if results is None or review.individuals is None:
        return
    counts = (results.excellent, results.good, results.completed, results.failed)
    line = loaded.place("bao_cao", "chi_dao_kiem_diem", "so_ca_nhan").line
    if all(c is not None for c in counts) and sum(c or 0 for c in counts) != review.individuals:
        yield Problem(
            loaded.place("bao_cao", "chi_dao_kiem_diem", "ket_qua"),
            Kind.ERROR,
            f"tổng số cá nhân ở các mức là {sum(c or 0 for c in counts)}, khác so_ca_nhan {review.individuals} (dòng {line})",
            "sửa số cá nhân của các mức hoặc so_ca_nhan",
        )
