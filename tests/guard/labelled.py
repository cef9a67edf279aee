"""Sentences with what the guard should find in them, written by hand in four languages."""

import re
from dataclasses import dataclass
from pathlib import Path

from copehope_lib.guard import Kind

FOLDER = Path(__file__).parent / "sentences"
_MARK = re.compile(r"{(\w+):([^{}]*)}")


@dataclass(frozen=True)
class Sentence:
    """A sentence, and pieces of it with their kinds."""

    text: str
    marks: tuple[tuple[int, int, Kind], ...]


def read(language: str) -> list[Sentence]:
    """Return the labelled sentences of a language, markup taken away."""
    lines = (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [marked(line) for line in lines if line and not line.startswith("#")]


def marked(line: str) -> Sentence:
    """Return a line without its markup, and where the markup was."""
    text, marks, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        marks.append((len(text), len(text) + len(mark[2]), Kind(mark[1])))
        text += mark[2]
        at = mark.end()
    return Sentence(text + line[at:], tuple(marks))
