"""The certificate of a room: its own, made once for a workspace, or one of the organisation."""

import datetime
import hashlib
import ipaddress
import ssl
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from platformdirs import user_data_path

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.language import gettext as _

DAYS = 397
"""How long one of ours is valid: browsers take none for longer."""
LEEWAY = datetime.timedelta(days=2)
"""It was valid before it was made, for telephones whose clock is late, and is renewed as early."""


def own(workspace: Path, addresses: Sequence[str]) -> Path:
    """Return the file of a workspace's certificate and key, made where there is none that holds.

    It lies with the user, outside the workspace.

    Raises
    ------
    CopehopeError
        If it cannot be written.
    """
    path = place(workspace)
    try:
        kept = x509.load_pem_x509_certificate(private.read(path))
        if kept.not_valid_before_utc <= _now() < kept.not_valid_after_utc - LEEWAY:
            return path
    except (CopehopeError, ValueError):
        pass  # There is none, or it is spoilt: one is made, and one that does not hold made anew.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    private.replace(path, _made(addresses))
    return path


def place(workspace: Path) -> Path:
    """Return where the certificate of a workspace lies: with the user, and not in it."""
    name = hashlib.sha256(str(workspace.resolve()).encode()).hexdigest()
    return user_data_path("copehope") / "room" / f"{name}.pem"


def _made(addresses: Sequence[str]) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Copehope")])
    names = [x509.IPAddress(ipaddress.ip_address(one)) for one in addresses]
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(_now() - LEEWAY)
        .not_valid_after(_now() - LEEWAY + datetime.timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def checked(content: bytes, name: Path) -> x509.Certificate:
    """Return the certificate of a PEM file that holds its key, too, if it holds today.

    Raises
    ------
    CopehopeError
        If it is none, its key is missing, or it has expired or is not valid yet.
    """
    try:
        certificate = x509.load_pem_x509_certificate(content)
        key = serialization.load_pem_private_key(content, password=None)
        if key.public_key() != certificate.public_key():
            raise ValueError
    except (ValueError, TypeError):
        sentence = _("{path} is no certificate with its key in one PEM file: put both into it.")
        raise CopehopeError(sentence.format(path=name)) from None
    if certificate.not_valid_after_utc < _now():
        sentence = _("{path} expired on {day}: renew it, or leave it out to use our own.")
        raise CopehopeError(sentence.format(path=name, day=certificate.not_valid_after_utc.date()))
    if certificate.not_valid_before_utc > _now():
        sentence = _(
            "{path} is valid from {day} on, and by the clock of this computer it is {today}: set "
            "the clock."
        )
        day = certificate.not_valid_before_utc.date()
        raise CopehopeError(sentence.format(path=name, day=day, today=_now().date()))
    return certificate


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate as browsers show it."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def called(certificate: x509.Certificate) -> str:
    """Return the first name that a certificate is for, whole; nothing where it names none."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return ""
    found = names.value.get_values_for_type(x509.DNSName)
    return next((name for name in found if "*" not in name), "")


def context(file: Path) -> ssl.SSLContext:
    """Return how a server encrypts with a certificate and its key."""
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(file)
    return made


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
