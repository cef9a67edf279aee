"""The meeting: the month in ten steps, each with its pictures, a note and decisions."""

import datetime
from html import escape
from typing import Any, cast

import ipywidgets as ipw

from copehope_lib import months
from copehope_lib.documents import MinutesFormat, minutes
from copehope_lib.documents.blocks import Block, Sentence, Table
from copehope_lib.documents.html import table
from copehope_lib.documents.minutes import decision_headings, decisions
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.meeting.earlier import Earlier
from copehope_lib.meeting.editor import Field
from copehope_lib.meeting.look import button, paragraph, styled
from copehope_lib.meeting.page import MeetingPage
from copehope_lib.meeting.steps import CODES, ORDER, MeetingState, MeetingStep, step_of
from copehope_lib.panels.cards import parts_of
from copehope_lib.panels.heading import headed
from copehope_lib.panels.panel import Panel
from copehope_lib.panels.register import PAGES
from copehope_lib.panels.state import State
from copehope_lib.records.session import Place
from copehope_lib.vocabulary import Dimension, YesNo
from copehope_lib.widgets.files import Files
from copehope_lib.widgets.stepper import Stepper


class Meeting(MeetingPage):
    """The page of the meeting.

    Parameters
    ----------
    extract : Extract
        What supervision may see.
    place : Place, optional
        Where the record is kept; by default what the server handed to this process.

    Attributes
    ----------
    state : MeetingState
        Where the meeting is.
    session : Session
        The record that is being written.
    stepper : Stepper
        The steps above the page.
    view : ipywidgets.VBox
        What is shown.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> meeting = Meeting(Extract(demo.workspace().extracts, "supervision"))
    >>> meeting.stepper.go("wellbeing")
    >>> meeting.state.at, list(meeting.cards("wellbeing"))
    ('wellbeing', ['wellbeing-scales', 'wellbeing-wave'])
    """

    def __init__(self, extract: Extract, place: Place | None = None) -> None:
        super().__init__(extract, place)
        self.state = MeetingState()
        self.stepper = Stepper(kept=self.session.keeps)
        self.files = Files(
            formats=[[ending, minutes.format_label(ending)] for ending in minutes.FORMATS],
            name=f"copehope-{_('minutes')}-{self.month}",
        )
        self.decided = ipw.HTML()
        self.body = ipw.VBox()
        self._bodies: dict[str, ipw.Widget] = {}
        self._onwards: dict[str, ipw.Widget] = {}
        self._panels: dict[str, Panel] = {}
        self.stepper.go = self._go
        self.stepper.arrange = self._arrange
        self.files.make = self._minutes
        self.state.observe(self._draw, ["at", "order", "minutes", "skipped"])
        self.view = self._view()
        self._draw()

    def cards(self, code: str) -> dict[str, Any]:
        """Return the cards of a step, drawn when the step is first looked at."""
        if code not in self._panels:
            parts = parts_of(self.extract, step_of(code).cards)
            self._panels[code] = Panel("", self.extract, parts, state=State.of(self.extract))
        return self._panels[code].cards

    def _view(self) -> ipw.VBox:
        heading = headed("supervision", self.extract)
        parts = [heading, self.unlock.field, self.stepper, self.body]
        return styled(ipw.VBox(parts), "ch-page", "ch-meeting")

    def _go(self, code: str) -> None:
        if code in CODES:
            self.unlock.look()
            self.state.at = code
            self._keep_steps()

    def _arrange(self, steps: list[Any]) -> None:
        """Take over how the page arranged the steps; whoever drives it may send anything."""
        sound = [one for one in steps if isinstance(one, dict) and one.get("code") in CODES]
        self.state.read(
            {
                "order": ",".join(one["code"] for one in sound),
                "minutes": ",".join(f"{one['code']}:{one.get('minutes')}" for one in sound),
                "skipped": ",".join(one["code"] for one in sound if one.get("skipped") is True),
            }
        )
        self._keep_steps()

    def _keep_steps(self) -> None:
        there = self.session.record.entries.get(ORDER)
        held = {} if there else {"held_on": datetime.date.today().isoformat()}
        self.session.write("step", self.state.values() | held, ORDER)

    def opened(self) -> None:
        """Show what the record holds, now that it can be read."""
        there = self.session.record.entries.get(ORDER)
        if there is not None:
            self.state.read(there.words)
        self._bodies.clear()
        self.editors.clear()
        self._draw()

    def others(self) -> None:
        """Show what somebody else wrote, beside what is being written here."""
        super().others()
        self._draw()

    def _draw(self, _change: object = None) -> None:
        written = {
            one.words.get("step", "")
            for kind in ("note", "decision")
            for one in self.session.record.of(kind)
            if one.words.get("text", "").strip()
        }
        self.stepper.steps = [
            {
                "code": code,
                "title": _(step_of(code).title),
                "minutes": self.state.minutes[code],
                "skipped": code in self.state.skipped,
                "done": code in written,
            }
            for code in self.state.order
        ]
        self.stepper.at = self.state.at
        # The guard reads each decision for it: not at every word that is written elsewhere.
        if self.state.at == "closing":
            self.decided.value = self._decided()
        if self.state.at not in self._bodies:
            self._bodies[self.state.at] = self._body(step_of(self.state.at))
        shown = (self._bodies[self.state.at], self._onward())
        # A button that is made anew while somebody is about to press it would not hear her.
        if self.body.children != shown:
            self.body.children = shown

    def _onward(self) -> ipw.Widget:
        """Return the one button that leads on, to the next step that is not skipped."""
        rest = self.state.order[self.state.order.index(self.state.at) + 1 :]
        ahead = [code for code in rest if code not in self.state.skipped]
        code = next(iter(ahead), "")
        if code not in self._onwards:
            words = _("Next: {step}").format(step=_(step_of(code).title)) if code else ""
            self._onwards[code] = button(words, lambda: self._go(code)) if code else ipw.HBox()
        return self._onwards[code]

    def _body(self, step: MeetingStep) -> ipw.Widget:
        hint = ipw.HTML(
            f"<h2 class='ch-step'>{escape(_(step.title))}</h2>"
            f"<p class='ch-why'>{escape(_(step.hint))}</p>"
        )
        self.cards(step.code)
        here: dict[str, Any] = {"allowed": frozenset(self._owners()), "changed": self._draw}
        at = {"step": step.code}
        said, title = _("What was said"), _("Note")
        note = self.writing("note", at, one=True, rows=3, label=said, title=title, **here)
        here |= {"label": _("What we do"), "title": _("Decisions"), "add": _("Add a decision")}
        decisions = self.writing("decision", at, self._fields(), **here)
        written = styled(ipw.HBox([note, decisions]), "ch-side")
        return ipw.VBox([hint, self._panels[step.code].grid, *self._more(step), written])

    def _more(self, step: MeetingStep) -> list[ipw.Widget]:
        """Return what a step shows besides cards."""
        if step.code == "safety":
            cases = self.extract.table("cases", self.month)
            women = cases.loc[cases["to_look_at"], "woman"]
            if women.empty:
                none = _("No assessment is marked; this does not mean that nobody is in danger.")
                return [paragraph(none)]
            codes = "".join(f"<li>{escape(woman)}</li>" for woman in women)
            words = escape(_("Look at the assessments of:"))
            return [styled(ipw.HTML(f"<p>{words}</p><ul>{codes}</ul>"), "ch-marked")]
        if step.code == "actions":
            known = self.extract.table("actions", self.month)
            return [Earlier(self.session, known).view]
        if step.code == "reflection":
            topics = self.writing(
                "topic",
                {},
                [Field("about", _("About"), {woman: woman for woman in self.women})],
                changed=self._draw,
                label=_("What deserves time, and why"),
                title=_("Topics"),
                add=_("Add a topic"),
                hint=_("Those that the preparation proposed, and others."),
            )
            onwards = escape(_("To the guided reflection"))
            link = ipw.HTML(
                f"<p><a class='ch-more' href='{PAGES['reflection'].file}?month={self.month}'>"
                f"{onwards}</a></p>"
            )
            return [topics, link]
        return [self.decided, self.files] if step.code == "closing" else []

    def _decided(self) -> str:
        """Return all decisions of the meeting as a table, whichever step they were taken in."""
        rows = [
            [*(cell or NONE for cell in row), _(step_of(code).title)]
            for code in self.state.order
            for row in decisions(self.session.record.of("decision", step=code), self._owners())
        ]
        if not rows:
            sentence = _("Nothing is decided yet.")
            return f"<p class='ch-why'>{escape(sentence)}</p>"
        hint = _(
            "A decision comes back to the next meeting once somebody takes care of it and it "
            "has a dimension."
        )
        decided = Table.of_words([*decision_headings(), _("Step")], rows)
        return f"<p class='ch-why'>{escape(hint)}</p>{table(decided)}"

    def _fields(self) -> list[Field]:
        return [
            Field("owner", _("Who"), self._owners()),
            Field("due_on", _("Until")),
            Field("dimension", _("Dimension"), {one.value: one.label for one in Dimension}),
            Field("asked_upwards", _("Asked of the organisation"), {"yes": YesNo.YES.label}),
        ]

    def _owners(self) -> dict[str, str]:
        """Return how this page calls each professional: it knows codes, and no profiles."""
        codes = self.extract.table("caseload.load", self.month)["professional"]
        return {str(code): str(code) for code in codes}

    def _minutes(self, ending: str) -> bytes:
        """Return the minutes of what is on this page."""
        written = minutes.of_record(
            self.session.record,
            about=f"{self.extract.manifest.team} · {months.name(self.month)}",
            steps=[(code, _(step_of(code).title)) for code in self.state.order],
            shown={code: self._shown(panel) for code, panel in self._panels.items()},
            owners=self._owners(),
        )
        return minutes.write(written, cast(MinutesFormat, ending))

    def _shown(self, panel: Panel) -> list[Block]:
        """Return the readings of a step, and its tables where they are short."""
        blocks: list[Block] = []
        for card in panel.cards.values():
            blocks.append(Sentence(card.reading))
            if card.shown is not None and 0 < len(card.shown.frame) <= LONGEST:
                blocks.append(card.shown)
        return blocks


NONE = "–"
# Rows of a table that minutes repeat; the pages have the longer ones.
LONGEST = 12
