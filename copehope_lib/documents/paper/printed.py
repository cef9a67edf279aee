"""A paper to print: charters, questions for women, boundaries, as their data files hold them.

A paper is laid out language by language, so that a native speaker reads it as one text.
"""

from collections.abc import Iterable
from functools import cache
from typing import ClassVar, Final, get_args

from pydantic import Field

from copehope_lib.data_files import MISSING, Described
from copehope_lib.documents import PaperName
from copehope_lib.documents.blocks import Block, Document, Heading, Section, Sentence
from copehope_lib.errors import CopehopeError
from copehope_lib.language import LANGUAGES
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_

PAPERS: Final[tuple[str, ...]] = get_args(PaperName)
"""Names of the papers that there are."""

SPOKEN: Final = (*LANGUAGES, "fr")
"""Languages of papers: women read more of them than the workbench speaks."""

BLANK: Final = "_" * 80
"""A line to write on by hand."""


class Part(Described):
    """What stands under one heading of a paper.

    Attributes
    ----------
    heading : str
        What it is about.
    lines : tuple of str
        Its paragraphs; ``{team}`` is the name of the team, ``{blank}`` a line to write on.
    """

    heading: str
    lines: tuple[str, ...] = Field(min_length=1)


class Page(Described):
    """A paper in one language: one page.

    Attributes
    ----------
    title, lead : str
        What stands above it.
    parts : tuple of Part
        What stands on it.
    """

    title: str
    lead: str
    parts: tuple[Part, ...] = Field(min_length=1)


class Paper(Described):
    """A paper, as its data file describes it.

    Attributes
    ----------
    name : str
        What it is called.
    version : int
        Goes up when what it says changes.
    pages : dict of str to Page
        By language.

    Examples
    --------
    >>> sorted(read("questions").pages)
    ['ca', 'en', 'es', 'fr', 'it']
    """

    refusal: ClassVar[str] = N_("Paper {name}: {reason}")
    name: str
    version: int
    pages: dict[str, Page]

    def refuse_untranslated(self, languages: Iterable[str]) -> None:
        """Refuse a paper that is not there in some languages; errors as for all data files."""
        for spoken in languages:
            if spoken not in self.pages:
                raise ValueError(_(MISSING).format(place=f"pages, {spoken}"))


@cache
def read(name: str) -> Paper:
    """Return one of the papers.

    Raises
    ------
    CopehopeError
        If there is none of this name, or its file is damaged.

    Examples
    --------
    >>> read("charter-women").pages["it"].title
    'I tuoi dati li decidi tu'
    """
    return Paper.bundled(name, PAPERS, _("There is no paper {name}: choose one of {all}."))


def document(name: str, spoken: str, team: str) -> Document:
    """Return a paper, ready to be printed.

    Parameters
    ----------
    name : str
        One of ``PAPERS``.
    spoken : str
        One of ``SPOKEN``.
    team : str
        Name of the team.

    Raises
    ------
    CopehopeError
        If there is no such paper, or it is not there in that language.

    Examples
    --------
    >>> document("charter-staff", "en", "Barcelona").blocks[1].text
    'Charter for the staff of Barcelona: about our workbench, signed by the organisation.'
    """
    pages = read(name).pages
    if spoken not in pages:
        sentence = _("The paper {name} is not there in {language}: choose one of {all}.")
        raise CopehopeError(sentence.format(name=name, language=spoken, all=", ".join(pages)))
    page = pages[spoken]

    parts: list[Block] = [Heading(page.title), _filled(page.lead, team, "lead")]
    for part in page.parts:
        parts.append(Section(Heading(part.heading), [_filled(line, team) for line in part.lines]))
    return Document(page.title, spoken, parts)


def _filled(text: str, team: str, style: str = "") -> Sentence:
    return Sentence(text.replace("{blank}", BLANK).replace("{team}", team), style=style)
