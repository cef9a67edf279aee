"""What the pages of the meeting have in common: the record of the month, and its key."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import ipywidgets as ipw

from copehope_lib.extract import Extract
from copehope_lib.meeting.editor import Editor, Field
from copehope_lib.meeting.unlock import Unlock
from copehope_lib.panels.blank_page import BlankPage
from copehope_lib.records.record import Record
from copehope_lib.records.session import Place, Session, given_place
from copehope_lib.widgets.writing import Writing


class MeetingPage(BlankPage):
    """A page of the meeting, with the record of the month on its session.

    Parameters
    ----------
    extract : Extract
        What supervision may see.
    place : Place, optional
        Where the record is kept; by default what the server handed to this process.

    Attributes
    ----------
    view : ipywidgets.VBox
        What is shown.
    """

    view: ipw.VBox

    def __init__(self, extract: Extract, place: Place | None) -> None:
        self.extract = extract
        self.month = extract.months[-1]
        self.session = Session(given_place() if place is None else place, Record(str(self.month)))
        self.unlock = Unlock(self.session, self.opened, self.others)
        self.editors: list[Editor] = []

    @cached_property
    def women(self) -> list[str]:
        """The women of the month, by pseudonym."""
        return list(self.extract.table("cases", self.month)["woman"])

    def writing(
        self, kind: str, fixed: Mapping[str, str], fields: Sequence[Field] = (), **about: Any
    ) -> Writing:
        """Return where entries of one kind are written, as :class:`Editor` takes them."""
        editor = Editor(self.session, kind, fixed, fields, **about)
        self.editors.append(editor)
        return editor.writing

    def opened(self) -> None:
        """Show what the record holds, now that it can be read."""
        raise NotImplementedError

    def others(self) -> None:
        """Show what somebody else wrote, beside what is being written here."""
        for editor in self.editors:
            editor.draw()
