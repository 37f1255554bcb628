"""The post above a name: the body it is signed for is not said twice, and nothing else is cut off."""

from __future__ import annotations

import pytest

from pipeline.rendering.letterhead import _post


@pytest.mark.parametrize(
    ("post", "body", "printed"),
    [
        ("Bí thư Ban cán sự đảng", "BAN CÁN SỰ ĐẢNG", "Bí thư"),
        ("Bí thư Đảng đoàn", "ĐẢNG ĐOÀN", "Bí thư"),
        ("Trưởng ban chỉ đạo", "TẬP THỂ LÃNH ĐẠO", "Trưởng ban chỉ đạo"),
        ("Giám đốc", "TẬP THỂ LÃNH ĐẠO", "Giám đốc"),
        ("Giám đốc", "", "Giám đốc"),
    ],
)
def test_the_body_is_not_said_twice(post: str, body: str, printed: str) -> None:
    assert _post(post, body) == printed
