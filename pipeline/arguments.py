"""Words of the command line -> command and options; what is not understood is said in Vietnamese."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from pipeline.places import TEMPLATES
from pipeline.problems import DataError

COMMANDS = {
    "new-year": "mở năm mới: tạo tệp của mọi đơn vị từ danh sách, Quy định và năm trước, không ghi đè tệp nào",
    "check": "kiểm tra mọi tệp, báo tất cả vấn đề, không tạo tài liệu",
    "score": "chấm điểm, xếp loại, chỉ ghi ket_qua.json",
    "build": "kiểm tra, chấm điểm, lập tài liệu Word, PDF và các gói hồ sơ",
    "form": "lập biểu Excel của một đơn vị cho người không sửa tệp YAML (cần --unit)",
    "import": "nhập biểu Excel đã điền vào tệp của đơn vị: nêu mọi thay đổi, ghi khi được đồng ý (cần tên tệp)",
    "status": "tình hình 56 đơn vị: bảng trên màn hình và trang index.html trong thư mục kết quả",
    "why": "nêu từng tài liệu của một đơn vị (--unit, hoặc của tỉnh: --unit tinh) còn mới hay phải lập lại, vì sao",
    "watch": "theo dõi một đơn vị: mỗi lần lưu tệp thì kiểm tra và lập lại hồ sơ của đơn vị đó (cần --unit)",
    "explain": "giải thích mức xếp loại của một đơn vị (cần --unit)",
    "diff": "so dữ liệu với một phiên bản khác (--against): điểm, mức, tài liệu nào thay đổi, vì sao",
    "forms": "kiểm tra biểu mẫu Word, ghi lại bản chữ bên cạnh từng biểu mẫu",
    "parcel": "gói tài liệu trình Ban Thường vụ Tỉnh ủy thành một tệp zip (còn là dự thảo thì thêm --draft)",
    "verify": "kiểm tra tệp PDF đã ký: của lần lập nào, ai đã ký, còn thiếu ai (cần tên tệp)",
    "preview": "lập thử một tài liệu kèm ảnh từng trang (cần --form; biểu mẫu của đơn vị cần --unit)",
}


OWN = {"draft": "parcel", "force": "form", "yes": "import", "cluster": "build"}  # options that mean something to one command only


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """None = those of the process. Ends the program with exit code 2 when they cannot be understood."""
    parser = _parser()
    options = parser.parse_intermixed_args(arguments)  # files may stand before and after options
    if options.files and options.command not in ("verify", "import"):
        parser.error("files")
    for option, command in OWN.items():
        if getattr(options, option) and options.command != command:
            parser.error(option)
    return options


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


class _Parser(argparse.ArgumentParser):
    """argparse whose complaints are Vietnamese."""

    def error(self, message: str) -> NoReturn:
        self.exit(DataError.exit_code, "lỗi: lệnh viết không đúng — xem hướng dẫn: python -m pipeline --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m pipeline",
        description="Hồ sơ đánh giá, xếp loại chất lượng tập thể lãnh đạo cơ quan, đơn vị cấp tỉnh.",
        epilog="Các lệnh: " + "; ".join(f"{k}: {v}" for k, v in COMMANDS.items()),
        add_help=False,
    )
    parser.add_argument("command", choices=list(COMMANDS), metavar="lệnh", help=" | ".join(COMMANDS))
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="TỆP", help="tệp PDF cần kiểm tra (lệnh verify), hoặc biểu Excel cần nhập (lệnh import)"
    )
    parser.add_argument("--year", type=int, metavar="NĂM", help="năm đánh giá, ví dụ 2023 (bỏ được khi dữ liệu chỉ có một năm)")
    parser.add_argument("--unit", default="", metavar="ĐƠN VỊ", help="số thứ tự hoặc mã đơn vị, ví dụ 25 hoặc so-noi-vu")
    parser.add_argument("--data", type=Path, default=Path("data"), metavar="THƯ MỤC", help="thư mục dữ liệu (mặc định: data)")
    parser.add_argument("--build", type=Path, default=Path("build"), metavar="THƯ MỤC", help="thư mục kết quả (mặc định: build)")
    parser.add_argument("--templates", type=Path, default=TEMPLATES, metavar="THƯ MỤC", help="thư mục biểu mẫu (mặc định: templates_docx)")
    parser.add_argument("--form", default="", metavar="BIỂU MẪU", help="biểu mẫu xem thử: số hoặc tên, ví dụ 4 hoặc 2-bao-cao-tong-hop")
    parser.add_argument("--against", default="", metavar="PHIÊN BẢN", help="phiên bản git hoặc thư mục dữ liệu để so sánh (với lệnh diff)")
    parser.add_argument(
        "--trust", action="append", default=[], type=Path, metavar="CHỨNG THƯ", help="chứng thư gốc tin cậy (.pem), viết lại cho mỗi tệp"
    )
    parser.add_argument("--workers", type=_count, metavar="SỐ", help="số việc làm cùng lúc (mặc định: số nhân của máy; kết quả như nhau)")
    parser.add_argument(
        "--cluster", default="", metavar="ĐỊA CHỈ", help="cụm máy Dask lập tài liệu, ví dụ tcp://may-chu:8786 (chỉ với lệnh build)"
    )
    parser.add_argument("--draft", action="store_true", help="gói trình là bản dự thảo (chỉ với lệnh parcel)")
    parser.add_argument("--force", action="store_true", help="lập lại biểu, bỏ nội dung đã điền trong biểu cũ (chỉ với lệnh form)")
    parser.add_argument("--yes", action="store_true", help="ghi ngay, không hỏi lại (chỉ với lệnh import)")
    parser.add_argument("-h", "--help", action="help", help="hiện hướng dẫn này")
    return parser
