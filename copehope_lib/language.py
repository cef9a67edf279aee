"""The language of what a user reads: gettext catalogs, English being the source.

Catalogs are kept as text (``locale/<language>/copehope.po``) and compiled in memory when a
language is first used, so that no binary file can fall behind its source.
"""

import gettext as _gettext
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Literal, get_args

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from copehope_lib.errors import CopehopeError

Language = Literal["en", "es", "ca", "it"]
"""The register of languages, English first: it is the source, and the others have a catalog."""
LANGUAGES: tuple[str, ...] = get_args(Language)

_current = "en"


@lru_cache
def catalog(language: str) -> _gettext.NullTranslations:
    """Return the catalog of one language, compiled from its ``.po`` file.

    Parameters
    ----------
    language : str
        One of ``LANGUAGES``.

    Raises
    ------
    CopehopeError
        If the workbench does not speak the language, or its catalog is still to be written.

    Examples
    --------
    >>> catalog("it").gettext("Month")
    'Mese'
    """
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise CopehopeError(gettext("{name} is not one of {all}.").format(name=language, all=known))
    if language == "en":
        return _gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, _po(language))
    compiled.seek(0)
    return _gettext.GNUTranslations(compiled)


def sentences(language: str) -> Iterator[str]:
    """Return all that the workbench can say in one language, as its catalog has it.

    Examples
    --------
    >>> "Mese" in set(sentences("it")), "Month" in set(sentences("en"))
    (True, True)
    """
    for message in _po(language if language != "en" else LANGUAGES[-1]):
        said = message.id if language == "en" else message.string
        yield from (said,) if isinstance(said, str) else said or ()


def _po(language: str) -> Catalog:
    file = files("copehope_lib").joinpath("locale", language, "copehope.po")
    if not file.is_file():
        sentence = gettext(
            "The language {language} has no catalog: run `make catalogs`, and translate "
            "copehope_lib/locale/{language}/copehope.po."
        )
        raise CopehopeError(sentence.format(language=language))
    return read_po(BytesIO(file.read_bytes()), locale=language)


@lru_cache
def names() -> dict[str, str]:
    """Return the code of each language by what it is called, in each of them, without accents.

    Examples
    --------
    >>> [names()[plain(called)] for called in ("ca", "Català", "castellano", "inglese")]
    ['ca', 'ca', 'es', 'en']
    """
    called = {
        plain(Locale(spoken).languages[code]): code for spoken in LANGUAGES for code in LANGUAGES
    }
    return {**{code: code for code in LANGUAGES}, **called, "castellano": "es", "castella": "es"}


def use(language: str) -> None:
    """Speak ``language`` from here on, in this process."""
    global _current
    catalog(language)
    _current = language


def current() -> str:
    """Return the language in use."""
    return _current


def locale() -> Locale:
    """Return the Babel locale of the language in use, for numbers, dates and lists."""
    return Locale(_current)


def gettext(message: str) -> str:
    """Return ``message`` in the language in use."""
    return catalog(_current).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form that ``n`` asks for, in the language in use."""
    return catalog(_current).ngettext(singular, plural, n)


def mark(message: str) -> str:
    """Mark a string for the catalogs; it is translated where it is shown."""
    return message


def plain(text: str) -> str:
    """Return a text as it is compared: without case, accents, punctuation and extra blanks.

    Examples
    --------
    >>> plain(" Fecha_de\u00a0Atención: ")
    'fecha de atencion'
    """
    letters = unicodedata.normalize("NFKD", text).casefold()
    kept = (c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join("".join(kept).split())
