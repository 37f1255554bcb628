"""A signed PDF's bytes -> its signature fields, every signature with what is wrong with it, and what changed since it was built; the only importer of pyHanko."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel, StandardDiffPolicy, SuspiciousModification
from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.diff_analysis.form_rules_api import FormUpdatingRule
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

for _name in ("pyhanko", "pyhanko_certvalidator"):  # what they would say on the terminal stands in our own lines
    logging.getLogger(_name).addHandler(logging.NullHandler())

SIGNS = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
STANDARD_FORM_RULE = DEFAULT_DIFF_POLICY.form_rule
assert STANDARD_FORM_RULE is not None
# The first signature may turn /SigFlags from "fields exist" to "signed, append only".
SINCE_BUILT = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(STANDARD_FORM_RULE.field_rules, ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"}),
)
UNTRUSTED = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: "không do chứng thư gốc đã cho cấp",
    AdESIndeterminate.REVOKED_NO_POE: "đã bị thu hồi",
    AdESIndeterminate.REVOKED_CA_NO_POE: "chứng thư của nơi cấp đã bị thu hồi",
}
Roots = Sequence[Any]
UNKNOWN = 1 << 60  # order and end of a signature that cannot be read: after all others, and nothing after it


@dataclass(frozen=True)
class FoundSignature:
    """`order`: the revision it closes; `end`: first byte after what it signs; `trust`: None = not asked, '' = trusted, else why not; no `faults` = sound.

    `certificate`: the hash of the one it was signed with.
    """

    field: str
    order: int
    end: int = 0
    holder: str = ""
    when: str = ""
    trust: str | None = None
    faults: tuple[str, ...] = ()
    certificate: str = ""


@dataclass(frozen=True)
class FoundForm:
    """What a PDF holds to sign and what is signed, in the order in which it was signed; `faults` of the file as a whole; `added`: harmless data after the last signature."""

    fields: tuple[str, ...] = ()
    signatures: tuple[FoundSignature, ...] = ()
    faults: tuple[str, ...] = ()
    added: bool = False
    readable: bool = True


def read_roots(path: Path) -> Roots:
    """Certificates of a PEM or DER file; none when it holds none."""
    try:
        found = list(load_certs_from_pemder_data(path.read_bytes()))
        return [certificate for certificate in found if certificate.subject.native]
    except (ValueError, TypeError):  # not a certificate: the caller says so with the file's name
        return []


def read_signatures(data: bytes, built: int | None, roots: Roots | None) -> FoundForm:
    """`built`: how many bytes of the file are the file as built (None = unknown). Never raises, whatever the bytes are."""
    try:
        reader = PdfFileReader(io.BytesIO(data))
        fields = list(enumerate_sig_fields(reader))
    except Exception as error:  # a damaged file can break the reader anywhere; that it does is the finding
        return FoundForm(faults=(f"không đọc được cấu trúc tệp PDF ({type(error).__name__})",), readable=False)
    signed = sorted((_signature(reader, name, field, roots) for name, value, field in fields if value is not None), key=lambda s: s.order)
    faults, added = [], False
    if built is not None and (fault := _changed(reader, built)):
        faults.append(fault)
    if signed and data[signed[-1].end :].strip():
        added = reader.xrefs.total_revisions - 1 > signed[-1].order
        faults += [] if added else ["cuối tệp có phần thừa không thuộc tệp PDF"]
    return FoundForm(tuple(name for name, _, _ in fields), tuple(signed), tuple(faults), added)


def _signature(reader: PdfFileReader, name: str, field: Any, roots: Roots | None) -> FoundSignature:
    try:
        embedded, when, holder, status = _read(reader, name, field, roots)
    except Exception as error:  # as above: a signature that cannot be read is a finding, not a fault of the program
        return FoundSignature(name, UNKNOWN, UNKNOWN, faults=(f"không đọc được chữ ký ({type(error).__name__})",))
    trust = None if roots is None else _trust(status, when)
    said = f"{when:%H:%M ngày %d/%m/%Y}" if when else ""
    end = sum(list(embedded.byte_range)[2:4])
    certificate = status.signing_cert.sha256.hex()
    return FoundSignature(name, embedded.signed_revision, end, holder, said, trust, tuple(_faults(status)), certificate)


def _read(reader: PdfFileReader, name: str, field: Any, roots: Roots | None) -> tuple[Any, datetime | None, str, Any]:
    """The signature, when its maker says it was made, whose certificate it carries, what pyHanko says of it."""
    embedded = EmbeddedPdfSignature(reader, field, name)
    when = embedded.self_reported_timestamp
    status = validate_pdf_signature(embedded, _context(roots, when), key_usage_settings=SIGNS)
    return embedded, when, _holder(status.signing_cert), status


def _context(roots: Roots | None, when: datetime | None) -> ValidationContext:
    """Certificates are judged as of the moment of signing; nothing is fetched from anywhere."""
    moment = when if when and when.tzinfo else None
    return ValidationContext(trust_roots=list(roots or ()), allow_fetching=False, moment=moment)


def _holder(certificate: Any) -> str:
    name = certificate.subject.native.get("common_name") or certificate.subject.human_friendly
    return re.sub(r"\s+", " ", name if isinstance(name, str) else ", ".join(map(str, name)))


def _trust(status: Any, when: datetime | None) -> str:
    if status.trusted:
        return ""
    certificate = status.signing_cert
    if when and when.tzinfo and not certificate.not_valid_before <= when <= certificate.not_valid_after:
        return "hết hạn hoặc chưa có hiệu lực lúc ký"
    return UNTRUSTED.get(status.trust_problem_indic, "không dùng được để ký văn bản này")


def _faults(status: Any) -> list[str]:
    found = []
    if not status.intact:
        found.append("nội dung đã bị sửa sau khi ký")
    elif not status.valid:
        found.append("chữ ký không khớp với chứng thư")
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        found.append("chữ ký không phủ trọn tệp như khi ký")
    elif status.modification_level == ModificationLevel.OTHER:
        found.append("sau chữ ký này tệp bị sửa, không chỉ ký tiếp")
    elif not status.docmdp_ok:
        found.append("đây là chữ ký sau cùng, ký xong tệp không được thay đổi gì nữa, nhưng sau đó tệp vẫn bị thay đổi")
    return found


def _changed(reader: PdfFileReader, built: int) -> str:
    """'' when everything added since the build is signatures and what belongs to them, the part before the first signature included."""
    try:
        revisions = [reader.xrefs.get_startxref_for_revision(n) for n in range(reader.xrefs.total_revisions)]
        if [start < built for start in revisions] != [n == 0 for n in range(len(revisions))]:
            return "phần thêm vào không nối tiếp bản đã lập"
        outcome = SINCE_BUILT.review_file(reader, 0)
    except Exception as error:  # as above
        return f"không đọc được phần thêm vào sau khi lập ({type(error).__name__})"
    changed = isinstance(outcome, SuspiciousModification) or outcome.modification_level == ModificationLevel.OTHER
    return "ngoài chữ ký, tệp còn bị sửa sau khi lập" if changed else ""
