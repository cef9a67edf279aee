"""What earlier meetings decided: each decision with a box to tick when it is done."""

import datetime
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as ipw
import pandas as pd

from copehope_lib import months
from copehope_lib.documents.minutes import day
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.meeting.look import paragraph, styled
from copehope_lib.records.actions import code_of, record_of
from copehope_lib.records.flagged import KEPT
from copehope_lib.records.record import Entry
from copehope_lib.records.session import Session
from copehope_lib.records.store import pages
from copehope_lib.vocabulary import ActionState, Dimension


class Earlier:
    """Decisions of the meeting before, and of older ones that are still open.

    Their texts are in sealed records only, so they are shown once a key opens them.

    Parameters
    ----------
    session : Session
        The record of the meeting.
    known : pandas.DataFrame
        Actions of the registry, as :func:`copehope_lib.privacy.actions.actions` returns them.

    Attributes
    ----------
    view : ipywidgets.VBox
        What is shown.

    Examples
    --------
    >>> from copehope_lib.records.session import Place
    >>> from copehope_lib.records.record import Record
    >>> known = pd.DataFrame({"action": [], "decided_on": [], "state": []})
    >>> earlier = Earlier(Session(Place(), Record("2026-10")), known)
    >>> earlier.view.children[0].value
    "<h2 class='ch-step'>Decided in September 2026</h2>"
    """

    def __init__(self, session: Session, known: pd.DataFrame) -> None:
        self.session = session
        self.state: dict[str, str] = dict(zip(known["action"], known["state"], strict=True))
        last = str(pd.Period(session.record.name, "M") - 1)
        # The code of an action says which record holds its words.
        older = {record_of(code) for code in known["action"] if self._is_open(code)}
        names = sorted((name for name in older if name < last), reverse=True)
        blocks = self._block(last, lambda _code: True)
        blocks += [
            block for name in filter(None, names) for block in self._block(name, self._is_open)
        ]
        self.view = styled(ipw.VBox(blocks), "ch-earlier")

    def _is_open(self, code: str) -> bool:
        return self.state.get(code, ActionState.DONE) != ActionState.DONE

    def _block(self, name: str, wanted: Callable[[str], bool]) -> list[ipw.Widget]:
        """Return the decisions of one meeting, as far as they are wanted."""
        title = _("Decided in {month}").format(month=months.name(pd.Period(name, "M")))
        heading = ipw.HTML(f"<h2 class='ch-step'>{escape(title)}</h2>")
        try:
            record = self.session.earlier(name)
        except CopehopeError as problem:
            return [heading, paragraph(str(problem))]
        if record is None:
            return [heading, paragraph(self._none(name))]
        coded = [(code_of(name, one), one) for one in record.of("decision") if _said(one)]
        rows = [self._row(code, one) for code, one in coded if wanted(code)]
        hint = _("Tick what is done.") if rows else _("That meeting decided nothing.")
        return [heading, paragraph(hint), *rows]

    def _none(self, name: str) -> str:
        if self.session.keeps and pages(Path(self.session.place.folder) / name):
            return _("The decisions of that meeting are sealed: lend the key above to read them.")
        return _("There is no record of that meeting.")

    def _row(self, code: str, decision: Entry) -> ipw.Widget:
        words = decision.words
        mark = self.session.record.entries.get(f"done.{code}")
        known = self.state.get(code, "")
        ticked = bool(mark.words.get("done_on")) if mark else known == ActionState.DONE
        box = ipw.Checkbox(value=ticked, description=words["text"], indent=False)
        box.observe(partial(self._mark, code, decision), "value")
        until = day(words.get("due_on", ""))
        about = [
            words.get("owner", ""),
            _("until {day}").format(day=until) if until else "",
            Dimension.label_of(words.get("dimension", "")),
            ActionState.label_of(known) if known == ActionState.OVERDUE else "",
        ]
        line = paragraph(" · ".join(part for part in about if part) or "–")
        return styled(ipw.VBox([box, line]), "ch-decided")

    def _mark(self, code: str, decision: Entry, change: dict[str, Any]) -> None:
        """Keep in the record of this meeting that it is done, or that it is not."""
        today = datetime.date.today().isoformat() if change["new"] is True else ""
        words = {name: decision.words.get(name, "") for name in ("text", KEPT)}
        self.session.write("done", words | {"action": code, "done_on": today}, f"done.{code}")


def _said(decision: Entry) -> bool:
    return bool(decision.words.get("text", "").strip())
