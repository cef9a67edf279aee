"""The intake between a page and the drop-box.

A page has no way to the workspace. Its browser makes a letter, sealed to the intakes of the waves
that take answers, and the server lays it into a folder; the process that started the server,
which serves no page, opens it in memory, spends the slip and puts the answer into the drop-box.
Slip and answer are never together on a disk but sealed to keys that lie outside the workspace, and
end with their waves.
"""

import base64
import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private, sealing
from copehope_lib.files.held import hold
from copehope_lib.instruments import Instrument, read
from copehope_lib.language import gettext as _
from copehope_lib.self_check import wave as waves
from copehope_lib.self_check.answer import LENGTH

FILE_NAME = "invitation.json"
INVITATION = "COPEHOPE_SELF_CHECK"
"""Names the file of the invitation in the environment of a server."""
LETTER, REPLY = ".letter", ".reply"
LONGEST = 100_000
"""Bytes of a letter at most."""


@dataclass(frozen=True)
class Invitation:
    """What the page of the self-check is told.

    Attributes
    ----------
    instrument : dict
        What is asked, with its wording.
    waves : mapping of str to dict
        For each wave that takes answers to this: ``to``, the public keys that they are sealed to,
        ``length``, the bytes that each has then, and ``intake``, the key that its letter is sealed
        to.
    keys : tuple of str
        Public keys of the team: by them a browser knows whom its letters are for.
    contacts : tuple of str
        Where help is, as the team says.
    """

    instrument: dict[str, object]
    waves: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()

    @property
    def asked(self) -> Instrument:
        """What is asked."""
        return Instrument.model_validate(self.instrument)


def given_invitation() -> Invitation:
    """Return the invitation that the server was given.

    Without a server there is none: the month check can be answered, and given to nobody.
    """
    path = os.environ.get(INVITATION, "")
    if not path:
        return Invitation(read("month_check").model_dump(mode="json"))
    return invitation_in(Path(path).parent)


def invitation_in(folder: Path) -> Invitation:
    """Return the invitation that lies in a folder of the server: waves may have begun since."""
    values = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    tuples = {name: tuple(values[name]) for name in ("keys", "contacts")}
    return Invitation(**values | tuples)


class Intake:
    """The inner side of the intake: it takes letters while a server runs.

    Parameters
    ----------
    invitation : Invitation
        What the page is told, but for the waves.
    dropbox : pathlib.Path
        Folder of the waves.

    Examples
    --------
    >>> intake = Intake(Invitation(read("month_check").model_dump(mode="json")), Path("/nowhere"))
    >>> dict(intake.invitation.waves)
    {}
    """

    def __init__(self, invitation: Invitation, dropbox: Path) -> None:
        # Waves of an earlier workbench have no key of their own.
        self._keys = {"": sealing.new_key()}
        self._dropbox = dropbox
        self._known: list[Path] = []
        self._done: dict[str, str] = {}
        self.invitation = invitation
        self._look()

    def _look(self) -> None:
        """Invite to the waves that take answers now."""
        self._known = waves.folders(self._dropbox)
        asked = (self.invitation.asked.name, self.invitation.asked.version)
        taking: dict[str, dict[str, Any]] = {}
        for wave in waves.taking(self._dropbox):
            if (wave.instrument, wave.version) == asked and waves.has_key(wave):
                key = waves.key_beside(wave) or self._keys[""]
                self._keys[wave.name] = key
                length = sealing.sealed_length(LENGTH, wave.to)
                taking[wave.name] = {"to": wave.to, "length": length, "intake": key.public[0]}
        keys = {*self.invitation.keys, *(key for wave in taking.values() for key in wave["to"])}
        self.invitation = replace(self.invitation, waves=taking, keys=tuple(sorted(keys)))

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
            key = sealing.any_of(self._keys.values())
            values = json.loads(sealing.open_sealed(content or b"", key))
            answers = values["answers"].items()
            sealed = {wave: base64.b64decode(one, validate=True) for wave, one in answers}
            return waves.give(self._dropbox, str(values["slip"])[:100], sealed)
        except sealing.OtherKeyError:
            # The key of a wave ends with it.
            return "closed"
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
        "perhaps": _(
            "This slip was used: by these answers, if they had arrived before the workbench went "
            "away, and otherwise by others; ask for another slip if you think so."
        ),
    }[outcome]
