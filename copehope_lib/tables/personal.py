"""Names never get in: which texts look like a person's name, mail, phone or papers.

Patterns and lists, no language model: the same text is always judged the same, and a reader can
see why.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from copehope_lib.guard import scripts
from copehope_lib.guard.codes import CODE
from copehope_lib.guard.contacts import EMAIL
from copehope_lib.guard.documents import DOCUMENT
from copehope_lib.guard.name_words import FIRST_NAMES, PARTICLES
from copehope_lib.guard.names import named
from copehope_lib.guard.numbers import CALENDAR, DECIMAL, DIGITS, WHOLE_DAYS, count_digits
from copehope_lib.guard.plain import bare
from copehope_lib.guard.words import AROUND, Word, words

# Characters of a text that are looked at.
_FAR: Final = 2000

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
    SCRIPT = "other_script"


def kind_of(text: str, *, prose: bool, allowed: frozenset[str] = frozenset()) -> Personal | None:
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
    plain = bare(text[:_FAR])
    if "@" in plain and EMAIL.search(plain):
        return Personal.EMAIL
    if _DIGIT.search(plain):
        if DOCUMENT.search(plain):
            return Personal.DOCUMENT
        plain = CODE.sub(" ", plain)
        if _has_phone(plain):
            return Personal.PHONE
    if prose and next(scripts.spans(plain), None) and text not in allowed:
        return Personal.SCRIPT
    if prose and not _CAPITAL.search(plain, 1) and not _begins_with_name(plain):
        return None  # most sentences: only the first letter is a capital
    every = words(plain, allowed)
    if any(named(every)) or (not prose and _name_alone(plain, every)):
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
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])|[\W\d_]+", " ", bare(heading[:_FAR])).casefold().strip()
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


def _has_phone(text: str) -> bool:
    for match in DIGITS.finditer(text):
        found = match[0]
        digits = count_digits(found)
        if digits < 9 or DECIMAL.fullmatch(found) or (found.isdecimal() and digits > 15):
            continue
        parts = [part.strip("()-–−‐/+.") for part in found.split()]
        if all(not part or CALENDAR.fullmatch(part) for part in parts):
            continue
        # A date beside a small number is no phone; a date beside a phone is one.
        rest = [part for part in parts if not WHOLE_DAYS.fullmatch(part)]
        if count_digits("".join(rest)) >= 9:
            return True
    return False


def _name_alone(plain: str, every: list[Word]) -> bool:
    """Return whether a cell holds one to four capitalised words and nothing else."""
    if _begins_with_name(plain) and not every[0].allowed:
        return True
    said = re.sub(r"[(),\[\]]", " ", plain[:200]).split()
    names = [AROUND.sub("", word) for word in said if word not in PARTICLES]
    letters = [re.sub("['’·.-]", "", word) for word in names]
    return (
        0 < len(names) <= 4
        and all(word.isalpha() and not word[0].islower() for word in letters)
        and max(map(len, letters)) > 1
        and not all(word.allowed for word in every if word.folded not in PARTICLES)
    )


def _begins_with_name(text: str) -> bool:
    first = re.search(r"[^\W\d_]+", text[:100])
    return first is not None and first[0].casefold() in FIRST_NAMES
