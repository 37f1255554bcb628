"""What a build did: dossiers made, kept, left old, drafts, faults, remarks -> the closing table and the exit code."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipeline.assessing import YearResult
from pipeline.model.assessment import PROPOSED
from pipeline.problems import DataError, Kind, counts, errors, in_order
from pipeline.standing import Said

SIGNED = "tệp đã được ký số, hồ sơ này giữ nguyên không lập lại — chuyển tệp đã ký ra khỏi thư mục kết quả rồi chạy lại"
WITHDRAWN = "đơn vị không còn trong danh sách, tệp đã ký số được giữ lại — chuyển tệp này đi nơi khác"
PARCEL = "gói trình Ban Thường vụ Tỉnh ủy lập trước không còn đúng, đã bỏ — chạy make parcel để lập lại"
REMARKS_SHOWN = 6  # of matters of taste; all of them stand in the manifest


@dataclass
class Report:
    """What a build did, for the closing table and the exit code."""

    result: YearResult
    folder: str  # where the dossiers lie, as the clerk knows it
    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    old: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    archive: str = ""
    parcel: str = ""
    stale: dict[str, list[str]] = field(default_factory=dict)  # dossier -> documents that were not what they should be
    damaged: list[str] = field(default_factory=list)  # files somebody edited, cut or lost, made again
    refused: tuple[str, ...] = ()  # machines of the cluster that were given no work, and why
    fault_code: int = 0

    @property
    def documents(self) -> int:
        return sum(len(documents) for documents in self.stale.values())

    @property
    def exit_code(self) -> int:
        return self.fault_code or (DataError.exit_code if errors(self.result.files.problems) else 0)

    def fail(self, message: str, code: int) -> None:
        self.faults.append(message)
        self.fault_code = max(self.fault_code, code)

    @property
    def said_again(self) -> Said:
        """What a build right after this one would have to say, everything being fresh."""
        then = replace(self, made=[], kept=[*self.made, *self.kept], stale={}, damaged=[], refused=(), parcel="")
        problems = in_order(self.result.files.problems)
        return Said(tuple(problems), tuple(then.shown_remarks), tuple(then.rows), tuple(unsettled(self.result)))

    @property
    def shown_remarks(self) -> list[str]:
        """The first matters of taste, as lines for the terminal."""
        return [r.replace(".pdf: ", f".pdf: {Kind.WARNING.value}: trình bày: ", 1) for r in self.remarks[:REMARKS_SHOWN]]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The closing table."""
        failed = [f.unit.name for f in self.result.files.units.values() if f.submission.usable is None]
        rows = [
            ("Hồ sơ lập mới", f"{len(self.made)} (gồm {self.documents} tài liệu)"),
            ("Giữ nguyên", f"{len(self.kept)}" + ("" if self.made else " - mọi hồ sơ đã mới nhất")),
            ("Dự thảo", f"{len(self.drafts)}" + (f": {', '.join(self.drafts)}" if self.drafts else "")),
            ("Đơn vị lỗi", f"{len(failed)}" + (f": {', '.join(failed)}" if failed else "")),
            ("Vấn đề", counts(self.result.files.problems)),
            ("Trình bày", f"{len(self.remarks)} chỗ nên xem lại" + (" (ghi trong manifest.json)" if self.remarks else "")),
            ("Lưu trữ", self.archive),
            ("Kết quả", f"{self.folder}/"),
        ]
        if self.damaged:
            rows.insert(1, ("Tệp bị sửa, mất", f"{len(self.damaged)} tệp không còn như khi lập, đã lập lại: {'; '.join(self.damaged)}"))
        if self.refused:
            rows.append(("Máy bị từ chối", "; ".join(self.refused)))
        if self.old:
            rows.insert(4, ("Hồ sơ cũ", ", ".join(self.old)))
        if self.parcel:
            rows.append(("Gói trình", self.parcel))
        if len(self.result.files.units) < len(self.result.files.register):
            rows.append(("Lưu ý", "chỉ lập hồ sơ của đơn vị này; hồ sơ của tỉnh và ket_qua.json chưa cập nhật theo"))
        return rows


def unsettled(result: YearResult) -> list[str]:
    """Units whose level waits, with the reason, for whoever reads the terminal."""
    if len(result.files.units) < len(result.files.register):
        return []
    why = {a.code: "; ".join(a.missing) or "chờ người có thẩm quyền quyết định" for a in result.assessments.values() if a.state != PROPOSED}
    return [f"Chưa rõ mức: {result.files.units[code].unit.name} ({reason})" for code, reason in why.items()]
