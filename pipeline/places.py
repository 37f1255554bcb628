"""Data folder, build folder and year -> every path the program reads or writes, and the name it has in messages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
TEMPLATES = PROJECT / "templates_docx"
PROVINCE = "tinh"  # folder of the province's dossier
WORKBOOK = "tong-hop.xlsx"


@dataclass(frozen=True)
class Places:
    """`data` and `build` as the clerk typed them, so that messages show the clerk's own words."""

    data: Path
    build: Path
    year: int
    templates: Path = TEMPLATES

    # --- data -------------------------------------------------------------------------------------------------------
    @property
    def register(self) -> Path:
        return self.data / "don_vi.yaml"

    def regulation(self, folder: str) -> Path:
        return self.data / "quy_dinh" / folder

    @property
    def year_data(self) -> Path:
        return self.data / str(self.year)

    @property
    def province(self) -> Path:
        return self.year_data / "tinh.yaml"

    @property
    def decisions(self) -> Path:
        return self.year_data / "quyet_dinh.yaml"

    @property
    def submissions(self) -> Path:
        return self.year_data / "don_vi"

    @property
    def appraisals(self) -> Path:
        return self.year_data / "tham_dinh"

    # --- build ------------------------------------------------------------------------------------------------------
    @property
    def out(self) -> Path:
        return self.build / str(self.year)

    @property
    def results(self) -> Path:
        return self.out / "ket_qua.json"

    @property
    def manifest(self) -> Path:
        return self.out / "manifest.json"

    @property
    def standing(self) -> Path:
        """What the last build read, made and said."""
        return self.out / ".lan-truoc.json"

    @property
    def glance(self) -> Path:
        """The year at a glance."""
        return self.out / "index.html"

    @property
    def workbook(self) -> Path:
        """All units in one table, for the Standing Committee."""
        return self.out / PROVINCE / WORKBOOK

    @property
    def signing(self) -> Path:
        return self.out / "danh-sach-ky.csv"

    @property
    def sums(self) -> Path:
        return self.out / "SHA256SUMS"

    def parcel(self, draft: bool) -> Path:
        """What goes to the Standing Committee."""
        return self.out / PROVINCE / f"gui-ban-thuong-vu-{self.year}{'-du-thao' if draft else ''}.zip"

    @property
    def lock(self) -> Path:
        return self.build / ".khoa"

    @property
    def staging(self) -> Path:
        return self.out / ".dang-lam"

    @property
    def previews(self) -> Path:
        return self.out / "xem-truoc"

    @property
    def blank_forms(self) -> Path:
        """Spreadsheet forms for clerks."""
        return self.out / "bieu-nhap"

    def shown(self, path: Path) -> str:
        return path.as_posix()
