"""One answer: what a colleague gives to the team picture, sealed before it touches a disk."""

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from copehope_lib.errors import CopehopeError
from copehope_lib.files.sealing import Key, open_sealed, seal_to_length
from copehope_lib.instruments import Instrument
from copehope_lib.language import gettext as _

FORMAT = 1
LENGTH = 2048
"""Bytes to which each answer is filled up with blanks, of whichever instrument."""


@dataclass(frozen=True)
class Answer:
    """The answers of one person in one wave. It knows no name, no slip and no time.

    Attributes
    ----------
    instrument, version : str and int
        What was answered.
    wave : str
        The month of the wave, as ``2026-10``.
    answers : mapping of int to int
        Value by number of the item; what was not answered is not in it.
    id : str
        A secret number, by which a copy is known.

    Examples
    --------
    >>> answer = Answer("month_check", 2, "2026-10", {1: 3, 2: 0})
    >>> Answer.parse(answer.to_bytes()) == answer, len(answer.to_bytes())
    (True, 2048)
    """

    instrument: str
    version: int
    wave: str
    answers: Mapping[int, int]
    id: str = field(default_factory=lambda: secrets.token_hex(16))

    def to_bytes(self) -> bytes:
        """Return the answer as it is sealed: JSON, filled up to the length of all others."""
        text = json.dumps({"format": FORMAT, **vars(self), "answers": dict(self.answers)})
        return text.encode().ljust(LENGTH)

    @classmethod
    def parse(cls, content: bytes, name: object = "") -> "Answer":
        """Read an answer.

        Raises
        ------
        CopehopeError
            If it is something else, or comes from a newer workbench.
        """
        try:
            values = json.loads(content)
            if values.pop("format") > FORMAT:
                sentence = _("{name} was written by a newer workbench: update this one.")
                raise CopehopeError(sentence.format(name=name))
            given = {int(item): int(value) for item, value in values.pop("answers").items()}
            answer = cls(answers=given, **values)
            known = isinstance(answer.instrument, str) and isinstance(answer.version, int)
            if not known or not re.fullmatch(r"[0-9a-f]{32}", answer.id):
                raise ValueError
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            sentence = _("{name} is no answer of a self-check: it is left out.")
            raise CopehopeError(sentence.format(name=name)) from None
        return answer

    def sealed(self, to: Sequence[str]) -> bytes:
        """Return the answer sealed to public keys; all sealed answers have one length.

        Raises
        ------
        CopehopeError
            If there is no public key, or one that is none.
        """
        return seal_to_length(self.to_bytes(), to)


def open_answer(content: bytes, key: Key, instrument: Instrument, wave: str, name: str) -> Answer:
    """Open a sealed answer, and make sure that it belongs to a wave.

    Raises
    ------
    CopehopeError
        If it is damaged, sealed to another key, no answer, or of another wave, instrument or
        version; or if it holds an item or a value that the instrument does not know.
    """
    answer = Answer.parse(open_sealed(content, key, name), name)
    theirs = (answer.instrument, answer.version, answer.wave)
    ours = (instrument.name, instrument.version, wave)
    if theirs != ours:
        sentence = _("{name} answers {theirs}, and this wave is {ours}: it is left out.")
        raise CopehopeError(sentence.format(name=name, theirs=_spelt(*theirs), ours=_spelt(*ours)))
    if not all(instrument.takes(item, value) for item, value in answer.answers.items()):
        sentence = _("{name} holds a value that is no answer: it is left out.")
        raise CopehopeError(sentence.format(name=name))
    return answer


def _spelt(instrument: str, version: int, wave: str) -> str:
    return f"{instrument} {version}, {wave}"
