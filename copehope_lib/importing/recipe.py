"""The recipe: how a team's own file is read, asked once, kept as a file that people can read."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import tomlkit

from copehope_lib.errors import CopehopeError
from copehope_lib.files.private import open_plain
from copehope_lib.guard.names import named
from copehope_lib.guard.words import words
from copehope_lib.importing.asking import LEFT_OUT, Id
from copehope_lib.importing.her import Block
from copehope_lib.importing.plan import Plan
from copehope_lib.importing.spoken import without_dates
from copehope_lib.language import gettext as _
from copehope_lib.tables import personal

FOLDER = "recipes"
LONGEST = 200_000
"""Bytes of a recipe at most."""

# What differs from month to month, and what names somebody, is asked or found anew.
_NEVER_KEPT = {"year", "month", "names"}

Answers = dict[str, dict[Id, str]]
"""By table of hers, what was answered."""


def path_of(workspace: Path, file: Path) -> Path:
    """Return where the recipe of a file is kept: the same for the file of the next month.

    Examples
    --------
    >>> path_of(Path("w"), Path("Datos equipo oct-2026.xlsx")).as_posix()
    'w/recipes/datos-equipo.toml'
    """
    name = without_dates([_nameless(file.stem)]).replace(" ", "-") or "sheet"
    return workspace / FOLDER / f"{name}.toml"


def key_of(block: Block) -> str:
    """Return what a table of hers is called in a recipe: its sheet and its title, without dates."""
    title = without_dates([_nameless(text) for text in block.title[:1]])
    return " / ".join(filter(None, (without_dates([_nameless(block.sheet)]), title))) or "sheet"


def keys_of(blocks: Iterable[Block]) -> list[str]:
    """Return what the tables of a file are called in its recipe: each by a name of its own."""
    keys: list[str] = []
    for key in map(key_of, blocks):
        n = 1 + sum(one == key or one.startswith(f"{key} (") for one in keys)
        keys.append(key if n == 1 else f"{key} ({n})")
    return keys


def _nameless(text: str) -> str:
    """Leave out words that name somebody: a recipe can be read without a key."""
    every = words(text)
    drop = {at for run in named(every) for at in run}
    return " ".join(word.said for at, word in enumerate(every) if at not in drop)


def read(path: Path) -> Answers:
    """Read a recipe; where there is none, nothing was answered yet.

    Raises
    ------
    CopehopeError
        If it cannot be read.
    """
    try:
        with open_plain(path) as file:
            return read_text(file.read(LONGEST))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as problem:
        sentence = _("{path} cannot be read ({reason}): mend that line, or delete the recipe.")
        raise CopehopeError(sentence.format(path=path, reason=problem)) from None


def read_text(content: bytes) -> Answers:
    """Read what a recipe holds."""
    kept = tomllib.loads(content.decode())
    return {key: dict(_answers(of)) for key, of in kept.items() if isinstance(of, dict)}


def _answers(kept: Mapping[str, Any], under: Id = ()) -> Iterator[tuple[Id, str]]:
    for key, value in kept.items():
        if isinstance(value, dict):
            yield from _answers(value, (*under, key))
        else:
            yield (*under, key), str(value)


def written(plans: Mapping[str, Plan], before: Answers, file: str) -> bytes:
    """Return a recipe of what was answered and understood, beside what is not there this month."""
    document = tomlkit.document()
    about = _("How Copehope reads “{file}”. What you change here holds from the next time on.")
    document.add(tomlkit.comment(about.format(file=_nameless(file))))
    every = {**before}
    for key, made in plans.items():
        proposed = {id: question.proposal for id, question in made.asking.asked.items()}
        said = {**proposed, **made.asking.given, **made.keeps}
        every[key] = every.get(key, {}) | {id: said[id] for id in proposed if _kept(id)}
    for key, kept in every.items():
        table = tomlkit.table()
        for id, answer in kept.items():
            place: Any = table
            for step in id[:-1]:
                place = place.setdefault(step, tomlkit.table())
            place[id[-1]] = answer
        document[key] = table
    return tomlkit.dumps(document).encode()


def _kept(id: Id) -> bool:
    return id[0] not in _NEVER_KEPT and not personal.kind_of(id[-1], prose=True)


def gone(made: Plan, kept: Mapping[Id, str]) -> list[str]:
    """Say which columns of the recipe are no longer there."""
    there = {id[1] for id in made.asking.asked if id[0] == "columns"}
    return [
        _("Column “{title}” is no longer there.").format(title=id[1])
        for id, answer in kept.items()
        if id[0] == "columns" and answer != LEFT_OUT and id[1] not in there
    ]
