"""What a build did: dossiers made, kept, left old, drafts, faults, remarks -> the closing table and the exit code are made from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.assessing import YearResult

SIGNED = "tệp đã được ký số, hồ sơ này giữ nguyên không lập lại — chuyển tệp đã ký ra khỏi thư mục kết quả rồi chạy lại"
WITHDRAWN = "đơn vị không còn trong danh sách, tệp đã ký số được giữ lại — chuyển tệp này đi nơi khác"
PARCEL = "gói trình Ban Thường vụ Tỉnh ủy lập trước không còn đúng, đã bỏ — chạy make parcel để lập lại"


@dataclass
class Report:
    """What a build did, for the closing table and the exit code."""

    result: YearResult
    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    old: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    archive: str = ""
    parcel: str = ""
    stale: dict[str, dict[str, str]] = field(default_factory=dict)  # dossier -> document that was not what it should be -> why
    exit_code: int = 0

    @property
    def documents(self) -> int:
        return sum(len(documents) for documents in self.stale.values())

    def fail(self, message: str, code: int) -> None:
        self.faults.append(message)
        self.exit_code = max(self.exit_code, code)
