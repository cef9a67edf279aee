"""The intake between a page and the drop-box.

A page has no way to the workspace. It lays a letter, sealed, into a folder of its server; the
process that started the server, which serves no page, opens it in memory, spends the slip and
puts the answer into the drop-box. Slip and answer are never together on a disk but sealed to a
key that ends with that process.
"""

import base64
import contextlib
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private, sealing
from copehope_lib.files.held import hold
from copehope_lib.instruments import Instrument, read
from copehope_lib.language import gettext as _
from copehope_lib.self_check import wave as waves
from copehope_lib.self_check.answer import Answer

FILE_NAME = "invitation.json"
INVITATION = "COPEHOPE_SELF_CHECK"
"""Names the file of the invitation in the environment of a server."""
LETTER, REPLY = ".letter", ".reply"
LONGEST = 100_000
"""Bytes of a letter at most."""
PATIENCE = 20.0
"""Seconds that a page waits for a reply."""


@dataclass(frozen=True)
class Invitation:
    """What the page of the self-check is told.

    Attributes
    ----------
    instrument : dict
        What is asked, with its wording.
    waves : mapping of str to list of str
        For each wave that takes answers to this the public keys that they are sealed to.
    intake : str
        Public key that letters are sealed to.
    contacts : tuple of str
        Where help is, as the team says.
    """

    instrument: dict[str, object]
    waves: Mapping[str, Sequence[str]] = field(default_factory=dict)
    intake: str = ""
    contacts: tuple[str, ...] = ()

    @property
    def asked(self) -> Instrument:
        """What is asked."""
        return Instrument.model_validate(self.instrument)

    @property
    def wave(self) -> str:
        """The newest wave that takes answers; empty where none does."""
        return max(self.waves, default="")


def given_invitation() -> tuple[Invitation, Path | None]:
    """Return the invitation that the server was given, and the folder for letters.

    Without a server there is none: the month check can be answered, and given to nobody.
    """
    path = os.environ.get(INVITATION, "")
    if not path:
        return Invitation(read("month_check").model_dump(mode="json")), None
    return invitation_in(Path(path).parent), Path(path).parent


def invitation_in(folder: Path) -> Invitation:
    """Return the invitation that lies in a folder of the server: waves may have begun since."""
    values = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    return Invitation(**values | {"contacts": tuple(values["contacts"])})


def letter(answer: Answer, slip: str, invitation: Invitation) -> bytes:
    """Return an answer and its slip as a letter that only the intake opens.

    The slip decides the wave, and only the intake knows which: the answer is sealed for each.

    Raises
    ------
    CopehopeError
        If a key is none.
    """
    answers = {
        wave: base64.b64encode(replace(answer, wave=wave).sealed(to)).decode()
        for wave, to in invitation.waves.items()
    }
    content = json.dumps({"slip": slip, "answers": answers}).encode()
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
    {"given", "spent", "unknown", "closed", "other", "damaged", "no_reply"}
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
        What the page is told, but for the waves and the key of this intake.
    dropbox : pathlib.Path
        Folder of the waves.

    Examples
    --------
    >>> intake = Intake(Invitation(read("month_check").model_dump(mode="json")), Path("/nowhere"))
    >>> intake.invitation.intake[:4]
    'age1'
    """

    def __init__(self, invitation: Invitation, dropbox: Path) -> None:
        self._key = sealing.new_key()
        self._dropbox = dropbox
        self._known: list[Path] = []
        self._done: dict[str, str] = {}
        self.invitation = replace(invitation, intake=self._key.public[0])
        self._look()

    def _look(self) -> None:
        """Invite to the waves that take answers now."""
        self._known = waves.folders(self._dropbox)
        asked = (self.invitation.asked.name, self.invitation.asked.version)
        taking = {
            wave.name: wave.to
            for wave in waves.taking(self._dropbox)
            if (wave.instrument, wave.version) == asked and waves.has_key(wave)
        }
        self.invitation = replace(self.invitation, waves=taking)

    def write_to(self, folder: Path) -> Path:
        """Write the invitation into a folder of the server, and return its file."""
        folder.mkdir()
        private.replace(folder / FILE_NAME, self._told())
        return folder / FILE_NAME

    def take(self, folder: Path) -> None:
        """Take the letters that lie at the intake, and say what became of each.

        Where a wave has begun since, the page is invited to it, too.
        """
        with hold(folder) as held:
            if waves.folders(self._dropbox) != self._known:
                # A damaged wave is named when the next server starts; this one goes on.
                with contextlib.suppress(CopehopeError):
                    self._look()
                    held.replace(FILE_NAME, self._told())
            for name in sorted(one for one in held.names() if one.endswith(LETTER)):
                letter = name.removesuffix(LETTER)
                if letter not in self._done:
                    self._done[letter] = self._answer(held.read(name, LONGEST))
                held.remove(name)
                # Where no reply can be laid, the page asks again.
                with contextlib.suppress(CopehopeError):
                    held.write_new(f"{letter}{REPLY}", self._done[letter].encode())

    def _told(self) -> bytes:
        return json.dumps(asdict(self.invitation)).encode()

    def _answer(self, content: bytes | None) -> str:
        try:
            values = json.loads(sealing.open_sealed(content or b"", self._key))
            answers = values["answers"].items()
            sealed = {wave: base64.b64decode(one, validate=True) for wave, one in answers}
            return waves.give(self._dropbox, str(values["slip"])[:100], sealed)
        except (
            CopehopeError,
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            RecursionError,
        ):
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
        "spent": _("This slip was used already: each is good for one answer; ask for another one."),
        "unknown": _("This slip is not known: type it as it is printed, or ask for another one."),
        "other": _("This slip is for other questions than these: ask for another one."),
        "elsewhere": _("This slip is for a wave of another machine: give your answers there."),
        "closed": _("This wave takes no more answers; your own result stays yours."),
        "damaged": _("Your answers could not be taken: load the page again and give them anew."),
        "no_reply": _("There is no reply yet: press the button again; nothing is counted twice."),
    }[outcome]
