"""A unit's file and its entry in the register -> what would look wrong on its documents: a deputy's authority (lỗi), long reasons (cảnh báo)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.problems import Kind, Problem
from pipeline.reading.shape import Loaded

PARTY = ("dang", "doan")
DEPUTY = re.compile(r"\s*K\W?T\b", re.IGNORECASE)  # K/T, KT.
LONGEST_REASON = 120  # words: more fills a page of the narrow column, and its row may not be split


def on_paper(loaded: Loaded[Submission], unit: Unit) -> Iterator[Problem]:
    submission = loaded.value
    assert submission is not None
    yield from deputies_sign_for_the_body(loaded, submission, unit)
    yield from reasons_fit_their_column(loaded, submission)


def deputies_sign_for_the_body(loaded: Loaded[Submission], submission: Submission, unit: Unit) -> Iterator[Problem]:
    """Under "T/M ĐẢNG ĐOÀN" a phó bí thư signs without K/T; a State body's TM. ... KT. ... is in order."""
    signer = submission.signer
    if signer and signer.authority and unit.on_behalf and unit.format in PARTY and DEPUTY.match(signer.authority):
        yield Problem(
            loaded.place("nguoi_ky", "quyen_han"),
            Kind.ERROR,
            f"cấp phó ký thay mặt {unit.on_behalf} thì không ghi «{signer.authority}»",
            "xóa dòng quyen_han, giữ chuc_vu của người ký",
        )


def reasons_fit_their_column(loaded: Loaded[Submission], submission: Submission) -> Iterator[Problem]:
    for code, row in submission.rows.items():
        for key, text in (("ly_do", row.reason), ("khong_ap_dung", row.not_applicable)):
            if text and len(text.split()) > LONGEST_REASON:
                yield Problem(
                    loaded.place("cham_diem", code, key),
                    Kind.WARNING,
                    f"lý do dài {len(text.split())} từ, hàng này của biểu chấm điểm chiếm cả trang giấy",
                    f"tóm tắt trong {LONGEST_REASON} từ, phần chi tiết ghi vào báo cáo kiểm điểm",
                )
