"""Names never get in: which texts look like a person's name, mail, phone or papers.

Patterns and lists, no language model: the same text is always judged the same, and a reader can
see why.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from copehope_lib.tables.name_words import (
    ALSO_WORDS,
    FIRST_NAMES,
    INSTITUTIONS,
    NAMELESS,
    PARTICLES,
    PLACES,
    SHORT_TITLES,
    SMALL_PLACES,
    TITLES,
)

_FAR: Final = 2000
"""Characters of a text that are looked at."""


_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['’·-](?=[^\W\d_]))*")
_AROUND: Final = re.compile(r"\A(?:[dlnsm]|qu|dell|all|dall|nell|sull)['’]|['’]s\Z", re.I)
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SHORTENED: Final = re.compile(r"\b(sig|dott|prof)\.? ?(ra|ssa)\b", re.I)
_SENTENCE_END: Final = re.compile(r"[.!?:;\n•*«»\"“”(\[–—]|\s-\s")

# "tel-600…" is no registry code, nor is the first part of "X-1234567-L".
_CODE: Final = re.compile(r"\b(?!tel|tlf|mob|cel|fax)[a-z]{1,6}-\d{1,8}\b(?!-?\w)", re.I)

_EMAIL: Final = re.compile(r"[^\s@]{1,64}@[^\s@]{1,190}\.[^\W\d_]{2}")

# Before a blank only capitals count: "12345678 Z", but not "20261005 a 20261010".
_DOCUMENT: Final = re.compile(
    r"""\b(?:
      \d{2}[. ]?\d{3}[. ]?\d{3} (?: [ .-]?[A-Z] | [.-]?[a-z] )                # Spanish NIF
    | (?: (?i:[xyz])[.-]? | [XYZ]\ ) (?:\d{7}|\d[. ]\d{3}[. ]\d{3})           # Spanish NIE
      (?: (?i:[.-]?[a-z]) | (?<![-]\d{7})\ [A-Z] )
    | (?=[A-Za-z .-]{6,8}\d)                                                  # codice fiscale
      (?i: [a-z]{3}[ .-]?[a-z]{3}[ .-]?[\dlmnp-v]{2}[ .-]?[a-z][ .-]?[\dlmnp-v]{2}
           [ .-]?[a-z][ .-]?[\dlmnp-v]{3}[ .-]?[a-z] )
    | (?i: [a-z]{6}(?=[a-z]{0,9}\d)[\dlmnp-v]{2}[a-z][\dlmnp-v]{2}[a-z][\dlmnp-v]{3}[a-z] )
    | (?i: [a-z]{2}\d{5}[.-]?[a-z]{2} | [a-z]{2}-\d{5}-[a-z]{2} )             # Italian CIE
    | [A-Z]{2}\ \d{5}\ ?[A-Z]{2}
    | (?i: [a-z]{1,3}\d{6,9} )                                                # passports, cards
    | (?!EUR|USD|TEL|TLF|MOB|CEL|FAX) [A-Z]{2,3}\ \d{6,7}
    )\b""",
    re.VERBOSE,
)

_DIGITS: Final = re.compile(r"(?<!\w)[+(]{0,2}\d[\d \t().+/‐–−-]*\d")
_DAY: Final = (
    r"(?:(?:19|20)\d\d[-/.][01]?\d[-/.][0-3]?\d|[0-3]?\d[-/.][0-3]?\d[-/.](?:19|20)\d\d"
    r"|(?:19|20)\d\d[01]\d[0-3]\d(?:[0-2]\d[0-5]\d)?(?:[0-5]\d)?)"
)
_WHOLE_DAYS: Final = re.compile(rf"{_DAY}(?:[-/–]{_DAY})?")
_CALENDAR: Final = re.compile(
    rf"{_DAY}(?:[-/–]{_DAY})?|(?:19|20)\d\d(?:[-/–](?:19|20)\d\d)*"
    r"|(?:19|20)\d\d[-/.][01]?\d|[01]?\d[-/.](?:19|20)\d\d|[0-3]?\d[-/.][0-3]?\d[-/.]\d\d"
)
_DECIMAL: Final = re.compile(r"(?:0|[1-9]\d*)\.\d+")

# Whatever is personal has a letter other than a to z, an @ or six digits close together, or
# is a first name in small letters where a code should stand.
_SUSPECT: Final = re.compile(r"[^\W\d_a-z]|[@\u00ad]|\d(?:[^\w@]{0,3}\d){5}")

_DIGIT: Final = re.compile(r"\d")
_CAPITAL: Final = re.compile(r"[^\W\d_a-z]")


class Personal(StrEnum):
    """What a text seems to give away about a person."""

    NAME = "person_name"
    EMAIL = "email_address"
    PHONE = "phone_number"
    DOCUMENT = "identity_document"


def kind_of(
    text: str, *, prose: bool, allowed: frozenset[str] = frozenset()
) -> Personal | None:
    """Return what a text gives away about a person, or None.

    Parameters
    ----------
    text : str
        What a cell holds, stripped; the first 2,000 characters are looked at.
    prose : bool
        True for free text and names of places; False where a code, a word or a date should
        stand, so that a few capitalised words are taken for a name.
    allowed : frozenset of str
        Texts that are no names, compared without case and accents.

    Examples
    --------
    >>> str(kind_of("Amaka Obi", prose=False)), str(kind_of("600 11 22 33", prose=True))
    ('person_name', 'phone_number')
    >>> kind_of("West Africa", prose=True), kind_of("S-00012345", prose=False)
    (None, None)
    """
    plain = _plain(text)
    if "@" in plain and _EMAIL.search(plain):
        return Personal.EMAIL
    if _DIGIT.search(plain):
        if _DOCUMENT.search(plain):
            return Personal.DOCUMENT
        plain = _CODE.sub(" ", plain)
        if _has_phone(plain):
            return Personal.PHONE
    if prose and not _CAPITAL.search(plain, 1) and not _begins_with_name(plain):
        return None  # most sentences: only the first letter is a capital
    words = _words(plain, allowed)
    if _named_in_prose(words) or (not prose and _name_alone(plain, words)):
        return Personal.NAME
    return None


def kinds(texts: Iterable[str], *, prose: bool, allowed: frozenset[str]) -> dict[str, Personal]:
    """Return the texts that give something away about a person, and what.

    Parameters
    ----------
    texts : iterable of str
        Distinct texts of one column.
    prose, allowed
        As in :func:`kind_of`.

    Examples
    --------
    >>> found = kinds(["own_choice", "ana@example.org"], prose=False, allowed=frozenset())
    >>> {text: str(kind) for text, kind in found.items()}
    {'ana@example.org': 'email_address'}
    """
    found = {}
    for text in texts:
        if not _SUSPECT.search(text, 0, _FAR) and (prose or not _begins_with_name(text)):
            continue
        kind = kind_of(text, prose=prose, allowed=allowed)
        if kind is not None:
            found[text] = kind
    return found


def heading_asks_for(heading: str) -> bool:
    """Return whether a column's heading asks for what a registry must not hold.

    Examples
    --------
    >>> heading_asks_for("Nombre completo"), heading_asks_for("Teléfono de contacto")
    (True, True)
    >>> heading_asks_for("Código de la mujer"), heading_asks_for("Name of activity")
    (False, False)
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])|[\W\d_]+", " ", _plain(heading)).casefold().strip()
    short = len(parted.split()) <= 6
    return bool(short and _ASKING.search(parted) and not _ABOUT_THINGS.search(parted))


_ASKING: Final = re.compile(
    r"""\b(?: nombres? | noms? | nom[ei] | names? | (?:sur|last|first|fore|nick|user)names?
    | apellidos? | cognom[sei]? | alias | apodo | soprannome | malnom
    | (?:tele)?phones? | telefon[oi]? | telefonos | tele?f | tel | tlf | tfno | mobiles? | mobil
    | movil(?:es)? | cellular[ei] | celular(?:es)? | e\ ?mails? | mails? | correos? | correus?
    | posta\ elettronica | whatsapp | dni | nie | nif | passports? | pasaportes? | passaports?
    | passaport[oi] | codice\ fiscale | tax\ code | (?:identity|id)\ (?:card|document|number)
    | documento?\ (?:de\ |d\ )identi(?:dad|tat|ta) | carta\ d\ identita
    | direccion(?:es)? | adrec(?:a|es) | indirizz[oi] | address(?:es)? | domicili[o]?
    | (?:fecha|data|dia|lugar|lloc|luogo)\ (?:de|di)\ (?:nacimiento|naixement|nascita)
    | (?:date|day|place)\ of\ birth | birth\ ?(?:date|day|place) | dob | cumpleanos | compleanno
    )\b""",
    re.VERBOSE,
)
_ABOUT_THINGS: Final = re.compile(
    r"""\b(?: activ | attiv | cours | curs[oi]?s?\b | cors[oi]\b | taller | workshop | laborator
    | sites?\b | sitio | sede | sedi\b | cent(?:re|er|ro|ri) | grou?p | grupp | modul | sess?i
    | places?\b | files?\b | table | tabla | taula | tabell | colum | colonn | proje[ck]?t
    | proyect | progett | program | organi | entit | entidad | associa | asocia | compan
    | empres | aziend | impres | schools?\b | escuela | escola | scuola | city | ciudad
    | ciutat | citta | countr | pais | paes | region | servic | servei | serviz | objecti
    | objeti | obietti | goal | team | equip | squadra | event | resource | recurs | risors
    | dones\b | mujeres | donne\b | hores\b | horas\b | or[ae]\b | infants | fills\b | vegades
    | channel | canal | field | campo
    )""",
    re.VERBOSE,
)


@dataclass(slots=True)
class _Word:
    """A word of a text, and how it stands there."""

    said: str
    folded: str
    capital: bool
    starts: bool
    """It is the first of a sentence."""
    joined: bool
    """Nothing but blanks, or the dot of a shortened title, is before it."""
    sheltered: bool = False
    """It belongs to the name of a place or an institution."""
    allowed: bool = False
    """It belongs to an allowed text."""

    @property
    def spared(self) -> bool:
        return self.sheltered or self.allowed

    @property
    def may_name(self) -> bool:
        return self.capital and not self.spared and self.folded not in NAMELESS


def _plain(text: str) -> str:
    """Return the beginning of a text without accents and invisible characters."""
    text = text[:_FAR]
    if text.isascii():
        return text
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    text = text.replace("Sarà", "sarà")  # "it will be", not Sara
    bare = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def _has_phone(text: str) -> bool:
    for match in _DIGITS.finditer(text):
        found = match[0]
        digits = _count_digits(found)
        if digits < 9 or _DECIMAL.fullmatch(found) or (found.isdecimal() and digits > 15):
            continue
        parts = [part.strip("()-–−‐/+.") for part in found.split()]
        if all(not part or _CALENDAR.fullmatch(part) for part in parts):
            continue
        # A date beside a small number is no phone; a date beside a phone is one.
        rest = [part for part in parts if not _WHOLE_DAYS.fullmatch(part)]
        if _count_digits("".join(rest)) >= 9:
            return True
    return False


def _count_digits(text: str) -> int:
    return sum(map(str.isdecimal, text))


def _words(plain: str, allowed: frozenset[str]) -> list[_Word]:
    words = _split(plain)
    shelter = False  # the next capitalised word is named after a person
    through_particles = False  # and also the one after "de la"
    for word in words:
        place = word.folded in PLACES and (word.capital or word.folded in SMALL_PLACES)
        shelter = shelter and word.joined
        saint, *of_saint = _parts(word)  # Sant'Agata, Saint-Denis
        word.sheltered = (shelter and word.capital) or (bool(of_saint) and saint in PLACES)
        if place:
            shelter = through_particles = True
        elif word.folded in INSTITUTIONS and word.capital:
            shelter, through_particles = True, False
        elif not word.capital:
            shelter = shelter and through_particles and word.folded in PARTICLES
    phrases = _phrases(allowed)
    for start, word in enumerate(words):
        for phrase in phrases.get(word.folded, ()):
            if phrase == tuple(each.folded for each in words[start : start + len(phrase)]):
                for each in words[start : start + len(phrase)]:
                    each.allowed = True
    return words


def _split(plain: str) -> list[_Word]:
    words: list[_Word] = []
    end = 0
    for match in _WORD.finditer(_SHORTENED.sub(r"\1\2", plain)):
        gap = match.string[end : match.start()]
        after_title = gap[:1] == "." and bool(words) and words[-1].folded in SHORT_TITLES
        gap = gap[1:] if after_title else gap
        said = _AROUND.sub("", match[0]) or match[0]
        words.append(
            _Word(
                said,
                said.casefold(),
                said[0].isupper(),
                starts=not words or bool(_SENTENCE_END.search(gap)),
                joined=bool(words) and not gap.strip(" \t"),
            )
        )
        end = match.end()
    return words


@lru_cache
def _phrases(allowed: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    """Return allowed texts as words, by their first word."""
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for text in allowed:
        words = tuple(word.folded for word in _split(_plain(text)))
        if words:
            phrases.setdefault(words[0], []).append(words)
    return phrases


def _parts(word: _Word) -> list[str]:
    return re.split("['’·-]", word.folded)


def _named_in_prose(words: list[_Word]) -> bool:
    sentence = len(words) > 3 and any(not word.capital for word in words)
    shouted = all(word.said.isupper() for word in words) and len(words) > 2
    run: list[_Word] = []
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else None
        follows = after if after is not None and after.joined else None
        if not word.spared:
            if word.capital and not FIRST_NAMES.isdisjoint(_parts(word)):
                return True
            if word.folded in TITLES or word.said == "Na":
                if follows is not None and follows.may_name:
                    return True
            elif word.capital and word.folded in ALSO_WORDS and not shouted:
                if follows is not None and follows.may_name:
                    return True
                beside = follows is not None and follows.folded in INSTITUTIONS
                if not word.starts and not beside:
                    return True
        if word.capital:
            run = [*run, word] if word.joined else [word]
        if not word.capital or follows is None:
            if sentence and _is_name(run):
                return True
            run = []
    return False


def _is_name(run: list[_Word]) -> bool:
    run = run[1:] if run and run[0].starts else run
    if len(run) < 2 or run[-1].folded in INSTITUTIONS:
        return False
    return any(word.may_name and len(word.said) > 1 for word in run)


def _name_alone(plain: str, words: list[_Word]) -> bool:
    """Return whether a cell holds one to four capitalised words and nothing else."""
    if _begins_with_name(plain) and not words[0].allowed:
        return True
    said = re.sub(r"[(),\[\]]", " ", plain[:200]).split()
    names = [_AROUND.sub("", word) for word in said if word not in PARTICLES]
    letters = [re.sub("['’·.-]", "", word) for word in names]
    return (
        0 < len(names) <= 4
        and all(word.isalpha() and not word[0].islower() for word in letters)
        and max(map(len, letters)) > 1
        and not all(word.allowed for word in words if word.folded not in PARTICLES)
    )


def _begins_with_name(text: str) -> bool:
    first = re.search(r"[^\W\d_]+", text[:100])
    return first is not None and first[0].casefold() in FIRST_NAMES
