"""A throw-away certificate authority for a private server: who signs for whom, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Papers:
    """Two files in PEM: a certificate, and its key, which nobody but its owner may read."""

    certificate: Path
    key: Path


class Authority:
    """Signs certificates of servers and seats; `root` is the file that others trust it by."""

    def __init__(self, folder: Path, name: str, now: datetime) -> None:
        self._folder, self._now = folder, now
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named(name)
        built = self._begun(self._name, self._key, now - DAY, now + 30 * DAY)
        built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self.root = folder / f"{name}.crt"
        self.root.write_bytes(built.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM))

    def sign(self, name: str, begins: timedelta = -DAY, ends: timedelta = 7 * DAY) -> Papers:
        """Papers for a host or a person, good from and until so long after now."""
        key = ec.generate_private_key(ec.SECP256R1())
        built = self._begun(_named(name), key, self._now + begins, self._now + ends)
        built = built.add_extension(
            x509.SubjectAlternativeName([_alternative(name)]), critical=False
        )
        number = len(list(self._folder.glob("*.key")))
        papers = Papers(self._folder / f"{number}.crt", self._folder / f"{number}.key")
        papers.certificate.write_bytes(
            built.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM)
        )
        plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        papers.key.touch(0o600)
        papers.key.write_bytes(plain)
        return papers

    def _begun(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        begins: datetime,
        ends: datetime,
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(ends)
        )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)
