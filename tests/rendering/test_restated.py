"""The regulation and a confirmation of the appraisal -> the sentence of the appraised sheet, in the words of its table."""

from __future__ import annotations

import pytest

from pipeline.model.appraisal import Confirmation
from pipeline.rendering.fields_restated import _confirmed
from tests.support import book


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("B.4", "tiêu chí 4, mục B không áp dụng"),
        ("C.1.2", "nội dung thứ hai, tiêu chí 1, mục C không áp dụng"),
        ("y_kien.hoi_dong_tdkt", "tiếp tục khi chưa có ý kiến của Hội đồng Thi đua - Khen thưởng tỉnh"),
    ],
)
def test_a_confirmation_names_a_row_as_the_table_does(point: str, said: str) -> None:
    confirmation = Confirmation(diem=point, nguoi="Trần Văn B", ghi_chu="Không thuộc nhiệm vụ")
    regulation = book("453-QD-TU-2022").regulation({})
    assert _confirmed(regulation, confirmation) == f"Đồng chí Trần Văn B xác nhận {said}; Không thuộc nhiệm vụ"
