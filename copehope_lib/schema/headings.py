"""What tables and columns are called on a sheet: their own names, and those of four languages.

In English a heading is the name of the column; the catalogs hold what teams write instead. A
name means the same in every table.
"""

from functools import lru_cache

from copehope_lib.language import LANGUAGES, catalog, gettext, plain


def heading(name: str) -> str:
    """Return what a table or a column is called on a sheet, in the language in use.

    Examples
    --------
    >>> heading("entered_on")
    'entered_on'
    """
    return gettext(name)


@lru_cache
def plain_headings(name: str) -> frozenset[str]:
    """Return how a table or a column may be headed, in any language, without case and accents.

    Examples
    --------
    >>> "entered on" in plain_headings("entered_on")
    True
    """
    spoken = (catalog(language).gettext(name) for language in LANGUAGES)
    return frozenset(plain(text) for text in (name, *spoken))
