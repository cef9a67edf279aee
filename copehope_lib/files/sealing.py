"""Sealed files: what only a key or a passphrase opens, in the format of the program ``age``."""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pyrage
from pyrage import passphrase as _scrypt
from pyrage import x25519

from copehope_lib.errors import CopehopeError
from copehope_lib.files.private import open_plain, read
from copehope_lib.language import gettext as _

ENDING = ".age"

BEGINNING = b"age-encryption.org/v1\n"
SEALED, OF_A_KEY = 300, 98
"""Bytes that sealing adds for one key, and for each further one; age adds some more at random."""
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_PASSPHRASE = re.compile(re.escape(BEGINNING) + rb"-> scrypt \S+ ([0-9]{1,3})\n")

MOST_WORK = 22
"""Each more doubles the memory that a passphrase takes to try: this one takes 4 GiB."""


class OtherKeyError(CopehopeError):
    """Something is sealed to other keys than the one that was given."""


class Key:
    """The private keys of one person; it never shows them.

    Examples
    --------
    >>> key = new_key()
    >>> "SECRET" in f"{key} {key!r} {vars(key)}", key.public[0][:4]
    (False, 'age1')
    """

    def __init__(self, identities: Iterable[x25519.Identity]) -> None:
        self._identities = tuple(identities)

    @property
    def public(self) -> tuple[str, ...]:
        """The public keys: what is sealed to one of them, this key opens."""
        return tuple(str(identity.to_public()) for identity in self._identities)

    def __repr__(self) -> str:
        """Return the public half."""
        return f"Key({', '.join(self.public)})"

    def as_file(self) -> bytes:
        """Return the private keys as a key file holds them: for nobody else to read."""
        lines = [
            f"# public key: {public}\n{identity}\n"
            for public, identity in zip(self.public, self._identities, strict=True)
        ]
        return "".join(lines).encode()


def new_key() -> Key:
    """Make a new key.

    Examples
    --------
    >>> key = new_key()
    >>> open_sealed(seal(b"hers alone", key.public), key)
    b'hers alone'
    """
    return Key([x25519.Identity.generate()])


def any_of(keys: Iterable[Key]) -> Key:
    """Return a key that opens whatever one of some keys opens.

    Examples
    --------
    >>> hers, ours = new_key(), new_key()
    >>> any_of([hers, ours]).public == hers.public + ours.public
    True
    """
    return Key(identity for key in keys for identity in key._identities)


def read_key(path: Path, passphrase: Callable[[], str]) -> Key:
    """Read a key file, as ``copehope keys new`` or ``age-keygen`` writes it.

    Parameters
    ----------
    path : pathlib.Path
        The file: plain, or itself sealed with a passphrase.
    passphrase : callable
        Asks for the passphrase; it is called only where there is one.

    Raises
    ------
    CopehopeError
        If it cannot be read, is no key file, or the passphrase is another one.
    """
    return key_from(read(path), passphrase, path)


def key_from(content: bytes, passphrase: Callable[[], str], name: object) -> Key:
    """Read the content of a key file; parameters and errors as for :func:`read_key`.

    Examples
    --------
    >>> key = new_key()
    >>> key_from(key.as_file(), lambda: "", "key.txt").public == key.public
    True
    """
    if sealed_with_passphrase(content):
        content = open_with_passphrase(content, passphrase, name)
    lines = content.decode("utf-8-sig", errors="replace").split("\n")
    texts = [text for line in lines if (text := line.strip()) and not text.startswith("#")]
    try:
        identities = [x25519.Identity.from_str(text) for text in texts]
    except pyrage.IdentityError:
        identities = []
    if not identities:
        sentence = _("{path} is no key file: give the one that `copehope keys new` wrote.")
        raise CopehopeError(sentence.format(path=name))
    return Key(identities)


def recipients(lines: Iterable[str]) -> list[str]:
    """Return the public keys of a list, without its blank lines and remarks.

    Parameters
    ----------
    lines : iterable of str
        One public key a line; a line that begins with ``#`` is a remark.

    Raises
    ------
    CopehopeError
        If a line is no public key.

    Examples
    --------
    >>> key = new_key()
    >>> recipients(["# the coordinator", key.public[0], ""]) == list(key.public)
    True
    """
    texts = [text for line in lines if (text := line.strip()) and not text.startswith("#")]
    for text in texts:
        _recipient(text)
    return list(dict.fromkeys(texts))


def _recipient(text: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        pass
    # What is secret must not come back on a screen, where others may read it.
    if not text.startswith("age1"):
        raise CopehopeError(
            _(
                "What was given is no public key: give the one that begins with age1, and show "
                "a private key to nobody."
            )
        )
    sentence = _("{start}… is no public key: copy it whole, from age1 to its end.")
    raise CopehopeError(sentence.format(start=text[:8]))


def seal(content: bytes, to: Sequence[str]) -> bytes:
    """Seal a content so that each of some keys opens it, and nothing else does.

    Parameters
    ----------
    content : bytes
        What is to be sealed.
    to : sequence of str
        Public keys, ``age1…``.

    Raises
    ------
    CopehopeError
        If there is no key, or one that is none.
    """
    if not to:
        raise CopehopeError(_("There is no key to seal to: give at least one public key."))
    sealed: bytes = pyrage.encrypt(content, [_recipient(text) for text in to])
    return sealed


def sealed_length(length: int, to: Sequence[str]) -> int:
    """Return the bytes that :func:`seal_to_length` makes of so many."""
    return length + SEALED + OF_A_KEY * (len(to) - 1)


def seal_to_length(content: bytes, to: Sequence[str]) -> bytes:
    """Seal a content of less than 64 KiB so that its length tells nothing but its own.

    The age format adds a random number of bytes: it is sealed until that is the usual one.

    Examples
    --------
    >>> to = new_key().public
    >>> {len(seal_to_length(b"x" * 50, to)) for _again in range(9)}
    {350}
    """
    while len(sealed := seal(content, to)) != sealed_length(len(content), to):
        pass
    return sealed


def seal_with_passphrase(content: bytes, passphrase: str) -> bytes:
    """Seal a content so that a passphrase opens it; this takes about a second.

    Examples
    --------
    >>> sealed_with_passphrase(seal_with_passphrase(b"words", "five words are not few"))
    True
    """
    sealed: bytes = _scrypt.encrypt(content, passphrase)
    return sealed


def open_sealed(content: bytes, key: Key, name: object = "") -> bytes:
    """Open what was sealed to a key.

    Parameters
    ----------
    content : bytes
        The sealed file.
    key : Key
        One of the keys that it was sealed to.
    name : object
        How a refusal calls the file.

    Raises
    ------
    CopehopeError
        If it is sealed to other keys or to a passphrase, damaged, or not sealed at all.
    """
    called = name or _("The file")
    if sealed_with_passphrase(content):
        sentence = _("{name} is sealed with a passphrase and to no key: leave out the key.")
        raise CopehopeError(sentence.format(name=called))
    try:
        plain: bytes = pyrage.decrypt(_trimmed(content), list(key._identities))
    except pyrage.DecryptError as problem:
        # The one word of pyrage that tells another key from a damage.
        if str(problem) != "No matching keys found":
            raise _spoilt(content, called) from None
        sentence = _(
            "{name} is not sealed to this key: take another key, or ask for the file to "
            "be sealed to yours."
        )
        raise OtherKeyError(sentence.format(name=called)) from None
    return plain


def open_with_passphrase(content: bytes, passphrase: Callable[[], str], name: object = "") -> bytes:
    """Open what was sealed with a passphrase.

    Parameters
    ----------
    content : bytes
        The sealed file.
    passphrase : callable
        Asks for the passphrase, once it is sure that there is one.
    name : object
        How a refusal calls the file.

    Raises
    ------
    CopehopeError
        If the passphrase is another one, the file is damaged, sealed to a key or not sealed at
        all, or trying it would take more memory than a machine has.

    Examples
    --------
    >>> sealed = seal_with_passphrase(b"minutes", "five words are not few")
    >>> open_with_passphrase(sealed, lambda: "five words are not few")
    b'minutes'
    """
    called = name or _("The file")
    _refuse_unless_with_passphrase(content, called)
    try:
        plain: bytes = _scrypt.decrypt(_trimmed(content), passphrase())
    except pyrage.DecryptError as problem:
        if str(problem) != "Decryption failed":
            raise _spoilt(content, called) from None
        sentence = _("This passphrase does not open {name}: type it again.")
        raise CopehopeError(sentence.format(name=called)) from None
    return plain


def _refuse_unless_with_passphrase(content: bytes, name: object) -> None:
    work = _work(content)
    if work is not None and work > MOST_WORK:
        sentence = _(
            "{name} would take too much memory to open: ask for it to be sealed again with "
            "`copehope seal` or `age`."
        )
        raise CopehopeError(sentence.format(name=name))
    header = _header(content)
    if header.startswith(BEGINNING) and not header.startswith(BEGINNING + b"-> scrypt"):
        sentence = _("{name} is sealed to a key and to no passphrase: give the key (--key).")
        raise CopehopeError(sentence.format(name=name))
    if work is None:
        raise _spoilt(content, name)


def sealed_with_passphrase(content: bytes) -> bool:
    """Return whether a passphrase opens a file, and no key does."""
    return _work(content) is not None


def _work(content: bytes) -> int | None:
    """Return how hard it is to try a passphrase, as a power of two; None if there is none."""
    found = _PASSPHRASE.match(_header(content))
    return int(found[1]) if found else None


def _header(content: bytes) -> bytes:
    """Return how a sealed file begins, be it written as bytes or as lines of letters."""
    content = _trimmed(content)
    if not content.startswith(_ARMOR):
        return content[:128]
    letters = b"".join(content[len(_ARMOR) :][:192].split())
    try:
        return base64.b64decode(letters[:128])
    except binascii.Error:
        return b""


def _trimmed(content: bytes) -> bytes:
    """Return letters without the blanks that came around them with a mail."""
    trimmed = content.strip()
    return trimmed if trimmed.startswith(_ARMOR) else content


def _spoilt(content: bytes, name: object) -> CopehopeError:
    if _header(content).startswith(BEGINNING):
        sentence = _("{name} is damaged or not complete: bring it back from a copy.")
        return CopehopeError(sentence.format(name=name))
    sentence = _("{name} is not a sealed file: look whether it is the right one.")
    return CopehopeError(sentence.format(name=name))


def read_sealed(path: Path, key: Key | None, name: object = "") -> bytes:
    """Read a sealed file and open it, in memory only.

    Raises
    ------
    CopehopeError
        If there is no key, or it opens something else.
    OSError
        If the file cannot be read.
    """
    if key is None:
        sentence = _("{name} is sealed: give the file of the key that opens it with --key.")
        raise CopehopeError(sentence.format(name=name or path))
    with open_plain(path) as file:
        return open_sealed(file.read(), key, name or path)
