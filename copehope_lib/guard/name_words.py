"""What is a name and what is none: first names, and words that stand where names might.

They are kept in two files, with what each list is for, and compared without case and accents.
"""

import tomllib
from importlib.resources import files
from typing import Any, Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _read(name: str) -> str:
    return files("copehope_lib.guard").joinpath(name).read_text("utf-8")


_KEPT: Final[dict[str, Any]] = tomllib.loads(_read("name_words.toml"))

SPOKEN: Final = {language: _set(words) for language, words in _KEPT.pop("spoken").items()}
BEFORE_THINGS: Final = {name: _set(words) for name, words in _KEPT.pop("before_things").items()}

_WORDS: Final = {name: _set(words) for name, words in _KEPT.items()}

FIRST_NAMES: Final = _set(_read("first_names.txt"))
ALSO_WORDS: Final = _WORDS["also_words"]
EL_WORDS: Final = _WORDS["el_words"]
LIKE_WORDS: Final = _WORDS["like_words"]
PLACES: Final = _WORDS["places"]
SMALL_PLACES: Final = _WORDS["small_places"]
INSTITUTIONS: Final = _WORDS["institutions"]
BODIES: Final = _WORDS["bodies"]
SHORT_TITLES: Final = _WORDS["short_titles"]
TITLES: Final = (SHORT_TITLES - PLACES) | _WORDS["titles"]
NAMELESS: Final = _WORDS["common"] | PLACES | INSTITUTIONS | TITLES
PARTICLES: Final = _WORDS["particles"]
TELLING: Final = _WORDS["telling"]
BEFORE_TELLING: Final = _WORDS["before_telling"]
OPENERS: Final = _WORDS["openers"]
WORKS: Final = _WORDS["works"]
BY: Final = _WORDS["by"]
AT_SOMEBODY: Final = _WORDS["at_somebody"]
GOING: Final = _WORDS["going"]
TO: Final = _WORDS["to"]
CALLED_THINGS: Final = _WORDS["called_things"]
