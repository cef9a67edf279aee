"""The intake between a page and the drop-box.

A page has no way to the workspace. It lays a letter, sealed, into a folder of its server; the
process that started the server, which serves no page, opens it in memory, spends the slip and
puts the answer into the drop-box. Slip and answer are never together on a disk but sealed to a
key that ends with that process.
"""

import base64
import json
import os
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private, sealing
from copehope_lib.instruments import Instrument, read
from copehope_lib.language import gettext as _
from copehope_lib.self_check import wave as waves
from copehope_lib.self_check.answer import Answer

INVITATION = "COPEHOPE_SELF_CHECK"
"""Names the file of the invitation in the environment of a server."""
LETTER, REPLY = ".letter", ".reply"
PATIENCE = 20.0
"""Seconds that a page waits for a reply."""


@dataclass(frozen=True)
class Invitation:
    """What the page of the self-check is told.

    Attributes
    ----------
    instrument : dict
        What is asked, with its wording.
    wave : str
        The wave that takes answers; empty where none does.
    to : tuple of str
        Public keys that answers are sealed to.
    intake : str
        Public key that letters are sealed to.
    contacts : tuple of str
        Where help is, as the team says.
    """

    instrument: dict[str, object]
    wave: str = ""
    to: tuple[str, ...] = ()
    intake: str = ""
    contacts: tuple[str, ...] = ()

    @property
    def asked(self) -> Instrument:
        """What is asked."""
        return Instrument.model_validate(self.instrument)


def given_invitation() -> tuple[Invitation, Path | None]:
    """Return the invitation that the server was given, and the folder for letters.

    Without a server there is none: the month check can be answered, and given to nobody.
    """
    path = os.environ.get(INVITATION, "")
    if not path:
        return Invitation(read("month_check").model_dump(mode="json")), None
    values = json.loads(Path(path).read_text(encoding="utf-8"))
    lists = {name: tuple(values[name]) for name in ("to", "contacts")}
    return Invitation(**values | lists), Path(path).parent


def letter(answer: Answer, slip: str, invitation: Invitation) -> bytes:
    """Return an answer and its slip as a letter that only the intake opens.

    Raises
    ------
    CopehopeError
        If a key is none.
    """
    sealed = base64.b64encode(answer.sealed(invitation.to)).decode()
    content = json.dumps({"slip": slip, "answer": sealed}).encode()
    return sealing.seal(content, [invitation.intake])


def give(content: bytes, folder: Path, name: str, patience: float = PATIENCE) -> str:
    """Lay a letter at the intake and wait for the reply.

    Parameters
    ----------
    content : bytes
        The letter.
    folder : pathlib.Path
        Of letters and replies.
    name : str
        Of the letter: the same letter laid there twice has the same reply.
    patience : float
        Seconds to wait.

    Returns
    -------
    {"given", "spent", "closed", "damaged", "no_reply"}
        What became of it; "no_reply" where nobody replied in time.
    """
    place, reply = folder / f"{name}{LETTER}", folder / f"{name}{REPLY}"
    if not place.exists() and not reply.exists():
        private.replace(place, content)
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        if reply.exists():
            said = reply.read_text(encoding="ascii")
            reply.unlink()
            return said
        time.sleep(0.05)
    return "no_reply"


class Intake:
    """The inner side of the intake: it takes letters while a server runs.

    Parameters
    ----------
    invitation : Invitation
        What the page is told, but for the key of this intake.
    wave : pathlib.Path, optional
        Folder of the wave that takes answers.

    Examples
    --------
    >>> intake = Intake(Invitation(read("month_check").model_dump(mode="json")), None)
    >>> intake.invitation.intake[:4]
    'age1'
    """

    def __init__(self, invitation: Invitation, wave: Path | None) -> None:
        self._key = sealing.new_key()
        self._wave = wave
        self._done: dict[str, str] = {}
        self.invitation = replace(invitation, intake=self._key.public[0])

    def write_to(self, folder: Path) -> Path:
        """Write the invitation into a folder of the server, and return its file."""
        folder.mkdir()
        path = folder / "invitation.json"
        path.write_text(json.dumps(asdict(self.invitation)), encoding="utf-8")
        return path

    def take(self, folder: Path) -> None:
        """Take the letters that lie at the intake, and say what became of each."""
        for path in sorted(folder.glob(f"*{LETTER}")):
            if path.stem not in self._done:
                self._done[path.stem] = self._answer(path)
            path.unlink()
            private.replace(path.with_suffix(REPLY), self._done[path.stem].encode())

    def _answer(self, path: Path) -> str:
        if self._wave is None:
            return "closed"
        try:
            values = json.loads(sealing.open_sealed(path.read_bytes(), self._key))
            sealed = base64.b64decode(values["answer"], validate=True)
            return waves.spend(self._wave, str(values["slip"])[:100], sealed)
        except (CopehopeError, OSError, ValueError, KeyError, TypeError):
            return "damaged"


def sentence(outcome: str) -> str:
    """Return what a page says of an outcome.

    Examples
    --------
    >>> sentence("given")
    'Your answers are in the drop-box. Nobody can see which are yours.'
    """
    return {
        "given": _("Your answers are in the drop-box. Nobody can see which are yours."),
        "spent": _(
            "This slip is not known, or was used already: look at it again, or ask for another one."
        ),
        "closed": _("This wave takes no more answers; your own result stays yours."),
        "damaged": _("Your answers could not be taken: load the page again and give them anew."),
        "no_reply": _("There is no reply yet: press the button again; nothing is counted twice."),
    }[outcome]
