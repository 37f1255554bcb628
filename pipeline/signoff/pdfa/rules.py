"""Name of a rule -> its clause of ISO 19005-2 and what a clerk reads when a file breaks it."""

from __future__ import annotations

from dataclasses import dataclass

OWN = ""  # not asked for by level B: a rule of this project


@dataclass(frozen=True)
class Rule:
    """A thing that a file must not do; `clause` of ISO 19005-2:2011, or OWN."""

    clause: str
    words: str

    def __str__(self) -> str:
        return f"{self.words} ({f'ISO 19005-2, {self.clause}' if self.clause else 'quy tắc của chương trình'})"


RULES = {
    # the file
    "mo-tep": Rule("6.1.1", "tệp hỏng, không mở được nếu không sửa"),
    "phien-ban": Rule("6.1.2", "dòng đầu của tệp không phải %PDF-1.0 đến %PDF-1.7"),
    "dau-nhi-phan": Rule("6.1.2", "thiếu dòng chú thích nhị phân ngay sau dòng đầu"),
    "dinh-danh": Rule("6.1.3", "thiếu mã định danh của tệp (/ID)"),
    "ma-hoa": Rule("6.1.3", "tệp bị mã hóa"),
    "cuoi-tep": Rule("6.1.3", "có dữ liệu sau dấu kết thúc tệp"),
    "do-dai-luong": Rule("6.1.7.1", "độ dài ghi cho một luồng dữ liệu không đúng, hoặc luồng không giải nén được"),
    "luong-ngoai": Rule("6.1.7.1", "dữ liệu của luồng nằm ở tệp khác"),
    "bo-loc": Rule("6.1.7.2", "dùng kiểu nén không được phép (LZW, Crypt hoặc kiểu lạ)"),
    "quyen": Rule("6.1.12", "từ điển quyền (/Perms) có mục không được phép"),
    "gioi-han": Rule("6.1.13", "số, tên hoặc chuỗi vượt giới hạn"),
    "kho-trang": Rule("6.1.13", "khung trang thiếu, sai hoặc ngoài giới hạn từ 3 đến 14.400 điểm"),
    "long-nhau": Rule("6.1.13", "trạng thái đồ họa lồng nhau quá 28 lớp hoặc đóng mở không khớp"),
    # graphics
    "tai-nguyen": Rule("6.2.2", "nội dung dùng phông hoặc hình mà không có danh mục /Resources"),
    "mot-ho-so-mau": Rule("6.2.3", "không có đúng một hồ sơ màu đầu ra (OutputIntent) loại GTS_PDFA1"),
    "ho-so-mau": Rule("6.2.3", "hồ sơ màu đầu ra không được nhúng hoặc không phải loại RGB ba thành phần"),
    "ho-so-mau-la": Rule(OWN, "hồ sơ màu đầu ra không phải bản sRGB kèm theo chương trình"),
    "mau-thiet-bi": Rule("6.2.4.3", "dùng màu CMYK, ngoài hồ sơ màu sRGB"),
    "do-hoa": Rule("6.2.5", "trạng thái đồ họa có hàm chuyển hoặc lưới in không được phép"),
    "y-dinh-mau": Rule("6.2.6", "ý định hiển thị màu không thuộc bốn giá trị chuẩn"),
    "hinh-thay-the": Rule("6.2.8", "hình có bản thay thế (/Alternates), OPI hoặc số bit không được phép"),
    "noi-suy": Rule("6.2.8", "hình yêu cầu nội suy (/Interpolate)"),
    "hinh-ngoai": Rule("6.2.9", "khối hình là PostScript, tham chiếu tệp khác hoặc có OPI"),
    "hoa-tron": Rule("6.2.10", "kiểu hòa trộn trong suốt không chuẩn"),
    # fonts
    "phong-loai": Rule("6.2.11.2", "khai báo phông thiếu hoặc sai (loại, tên, bảng độ rộng)"),
    "phong-ghep": Rule("6.2.11.3", "phông ghép thiếu CIDToGIDMap, CIDSystemInfo hoặc bảng mã không được phép"),
    "phong-nhung": Rule("6.2.11.4.1", "phông chữ không được nhúng"),
    "cidset": Rule("6.2.11.4.2", "bảng CIDSet không đủ các nét chữ của phông"),
    "phong-bang-ma": Rule("6.2.11.6", "bảng mã của phông TrueType không được phép"),
    "to-unicode": Rule("6.2.11.7", "phông thiếu bảng ToUnicode, không chép lại được chữ"),
    # annotations, forms, actions
    "chu-thich-loai": Rule("6.3.1", "loại chú thích không được phép"),
    "chu-thich-co": Rule("6.3.2", "chú thích không đặt cờ in, hoặc bị ẩn"),
    "chu-thich-hinh": Rule("6.3.3", "chú thích thiếu hình hiển thị, hoặc có hình ngoài hình thường (/N)"),
    "bieu-mau": Rule("6.4.1", "biểu mẫu yêu cầu vẽ lại (NeedAppearances) hoặc ô có hành động"),
    "xfa": Rule("6.4.2", "có biểu mẫu XFA hoặc phải dựng lại khi mở"),
    "chu-ky": Rule("6.4.3", "chữ ký số thiếu /Contents hoặc /ByteRange"),
    "hanh-dong": Rule("6.5.1", "có hành động không được phép (kịch bản, chạy chương trình, âm thanh...)"),
    "hanh-dong-kem": Rule("6.5.2", "có hành động tự chạy (/AA)"),
    "ra-ngoai": Rule(OWN, "có hành động dẫn ra ngoài tệp (địa chỉ mạng, tệp khác, gửi biểu mẫu)"),
    # metadata
    "xmp": Rule("6.6.2.1", "thiếu siêu dữ liệu XMP, XMP bị nén hoặc viết sai"),
    "xmp-la": Rule("6.6.2.3", "XMP có thuộc tính ngoài các lược đồ được khai báo"),
    "pdfaid": Rule("6.6.4", "XMP không ghi PDF/A phần 2, mức B"),
    "thong-tin": Rule(OWN, "XMP và thông tin tài liệu (tên, tác giả, ngày, công cụ) không khớp nhau"),
    # the rest
    "tep-kem": Rule("6.8", "có tệp đính kèm"),
    "lop": Rule("6.9", "lớp nội dung (optional content) có cấu hình không được phép"),
    "trinh-dien": Rule("6.10", "có trình diễn thay thế"),
    "yeu-cau": Rule("6.11", "có yêu cầu riêng đối với chương trình đọc (/Requirements)"),
    "ngon-ngu": Rule(OWN, "không ghi ngôn ngữ vi-VN"),
    "the-cau-truc": Rule(OWN, "thẻ cấu trúc không khớp: có dấu thẻ mà không có cây thẻ, hoặc ngược lại"),
    "trang-roi": Rule(OWN, "còn sót một trang không thuộc các trang của tệp"),
}


@dataclass(frozen=True)
class Hit:
    """A broken rule as found: in which object (number, generation), or on which page (from 1), or neither."""

    rule: str
    holder: tuple[int, int] = (0, 0)
    detail: str = ""


@dataclass(frozen=True)
class Finding:
    """A broken rule as told: where, and in which words."""

    rule: str
    place: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {RULES[self.rule]}{f' [{self.detail}]' if self.detail else ''}"
