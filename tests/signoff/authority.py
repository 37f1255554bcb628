"""A certificate authority that lives for one test, people with certificates from it, and their signatures in PDFs (by pyHanko)."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Person:
    """Someone who can sign; `valid` days before and after now of the certificate."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    issuer: x509.Certificate

    def sign(self, data: bytes, field: str, look: StaticStampStyle | None = None) -> bytes:
        """The file with one more signature, as any signing program adds it: behind the bytes that were there."""
        signer = SimpleSigner(_certificate(self.certificate), _key(self.key), SimpleCertificateStore())
        signer.cert_registry.register(_certificate(self.issuer))
        out = io.BytesIO()
        meta = PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
        PdfSigner(meta, signer, stamp_style=look).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(data)), existing_fields_only=True, output=out
        )
        return out.getvalue()


class Authority:
    """Its own root certificate and key; nothing is written but what `trust_file` writes (the certificate)."""

    def __init__(self, name: str = "Cơ quan chứng thực thử nghiệm") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.root = self._issue(name, self._key, None, (DAY * 3650, DAY * 3650))

    def person(self, name: str, valid: tuple[dt.timedelta, dt.timedelta] = (DAY, DAY * 365)) -> Person:
        key = ec.generate_private_key(ec.SECP256R1())
        return Person(self._issue(name, key, self.root, valid), key, self.root)

    def trust_file(self, folder: Path) -> Path:
        path = folder / "goc.pem"
        path.write_bytes(self.root.public_bytes(serialization.Encoding.PEM))
        return path

    def _issue(
        self, name: str, key: ec.EllipticCurvePrivateKey, issuer: x509.Certificate | None, valid: tuple[dt.timedelta, dt.timedelta]
    ) -> x509.Certificate:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now, root = dt.datetime.now(dt.UTC), issuer is None
        use = x509.KeyUsage(not root, not root, False, False, False, root, root, False, False)
        builder = (
            x509.CertificateBuilder(subject_name=subject, issuer_name=issuer.subject if issuer else subject, public_key=key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - valid[0])
            .not_valid_after(now + valid[1])
            .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
            .add_extension(use, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        )
        return builder.sign(self._key, hashes.SHA256())


def _certificate(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _key(key: ec.EllipticCurvePrivateKey) -> asn1_keys.PrivateKeyInfo:
    plain = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return asn1_keys.PrivateKeyInfo.load(key.private_bytes(*plain))
