"""Before the meeting: what may deserve time, as suggestions, and what the team adds."""

from html import escape

import ipywidgets as ipw
import pandas as pd

from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.meeting.editor import Editor, Field
from copehope_lib.meeting.look import button, paragraph, styled
from copehope_lib.meeting.page import MeetingPage
from copehope_lib.panels.heading import headed
from copehope_lib.readings.proposals import NEEDED, Reason, proposals
from copehope_lib.records.session import Place


class Preparation(MeetingPage):
    """The page of whoever prepares the meeting.

    Parameters
    ----------
    extract : Extract
        What supervision may see.
    place : Place, optional
        Where the record is kept; by default what the server handed to this process.

    Attributes
    ----------
    proposed : pandas.DataFrame
        What may deserve time, in the order of codes: nobody comes before anybody.
    topics : Editor
        What the meeting will take up.
    view : ipywidgets.VBox
        What is shown.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = Preparation(Extract(demo.workspace().extracts, "supervision"))
    >>> page.take(0)
    >>> page.topics.entries[0].words["about"] == page.proposed.loc[0, "about"]
    True
    """

    def __init__(self, extract: Extract, place: Place | None = None) -> None:
        super().__init__(extract, place)
        tables = {name: extract.table(name, self.month) for name in NEEDED}
        self.proposed: pd.DataFrame = proposals(tables, self.month).reset_index(drop=True)
        codes = dict.fromkeys([*self.women, *self.proposed["about"]])
        self.topics = Editor(
            self.session,
            "topic",
            {},
            [Field("about", _("About"), {code: code for code in codes})],
            changed=self._draw,
            label=_("What deserves time, and why"),
            title=_("Topics of the meeting"),
            add=_("Add a topic of our own"),
        )
        self.listed = ipw.VBox()
        self.view = self._view()
        self._draw()

    def _view(self) -> ipw.VBox:
        heading = headed("preparation", self.extract)
        hint = _(
            "What may deserve time in the meeting, in the order of codes: suggestions, and no "
            "ranking. The team takes up what it wants, and adds its own."
        )
        columns = styled(ipw.HBox([self.listed, self.topics.writing]), "ch-side")
        parts = [heading, paragraph(hint), self.unlock.field, columns]
        return styled(ipw.VBox(parts), "ch-page")

    def opened(self) -> None:
        """Show the topics that the record holds."""
        self._draw()

    def others(self) -> None:
        """Show what somebody else wrote in the meantime."""
        self._draw()

    def _draw(self) -> None:
        taken = {one.words.get("about", "") for one in self.topics.entries}
        self.topics.draw()
        rows = [self._row(at, row, row["about"] in taken) for at, row in self.proposed.iterrows()]
        self.listed.children = rows or [paragraph(_("There is no suggestion this month."))]

    def _row(self, at: object, row: "pd.Series[str]", taken: bool) -> ipw.Widget:
        words = ipw.HTML(
            f"<p><b>{escape(row['about'])}</b> · {escape(Reason.label_of(row['kind']))}<br>"
            f"<span class='ch-why'>{escape(row['sentence'])}</span></p>"
        )
        take = button(
            _("Taken up") if taken else _("Take up"),
            lambda: self.take(int(str(at))),
            "ch-quiet",
            disabled=taken or not self.session.keeps,
            tooltip=_("{about}: take up in the meeting").format(about=row["about"]),
        )
        return styled(ipw.HBox([words, take]), "ch-proposal")

    def take(self, at: int) -> None:
        """Take up one of the suggestions as a topic."""
        row = self.proposed.loc[at]
        self.session.write("topic", {"about": str(row["about"]), "text": str(row["sentence"])})
        self._draw()
