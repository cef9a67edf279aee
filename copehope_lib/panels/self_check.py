"""The self-check: a person alone with her answers, until she gives them, if she does."""

import json
import secrets
from html import escape
from pathlib import Path

import ipywidgets as ipw
import pandas as pd
import traitlets

from copehope_lib import language, months
from copehope_lib.charts import self_check as charts
from copehope_lib.errors import CopehopeError
from copehope_lib.instruments import score
from copehope_lib.language import gettext as _
from copehope_lib.panels.blank_page import BlankPage
from copehope_lib.panels.columns import table_of
from copehope_lib.panels.register import PAGES
from copehope_lib.readings import self_check as readings
from copehope_lib.self_check.answer import Answer
from copehope_lib.self_check.intake import Invitation, give, invitation_in, letter, sentence
from copehope_lib.widgets.card import Card
from copehope_lib.widgets.closing import Closing
from copehope_lib.widgets.questions import Questions

# Format of the file of her own result.
KEPT = 1


class SelfCheckState(traitlets.HasTraits):
    """Where she is: answering, or looking at her result, beside an earlier one or not.

    Attributes
    ----------
    finished : bool
        Whether she looks at her result.
    earlier : dict of str to float
        Scores of an earlier file of hers, by scale.
    """

    finished = traitlets.Bool()
    earlier: "traitlets.Dict[str, float]" = traitlets.Dict()


class SelfCheckPage(BlankPage):
    """The page of the self-check.

    Parameters
    ----------
    invitation : Invitation
        What is asked, and where answers go.
    folder : pathlib.Path, optional
        Of letters; without it nothing can be given.

    Attributes
    ----------
    state : SelfCheckState
        Where she is.
    questions : Questions
        What is asked and chosen.
    card : Card
        Her own result.
    closing : Closing
        Keep, compare, give.
    view : ipywidgets.VBox
        What is shown.

    Examples
    --------
    >>> from copehope_lib.self_check.intake import given_invitation
    >>> page = SelfCheckPage(*given_invitation())
    >>> page.questions.answers = {"1": 4, "9": 3, "3": 4, "7": 4}
    >>> page.questions.finish()
    >>> page.card.reading
    'What weighed on you: exhaustion. What carried you: support from the team.'
    """

    def __init__(self, invitation: Invitation, folder: Path | None) -> None:
        self.invitation = invitation
        self.folder = folder
        self.asked = invitation.asked
        self.state = SelfCheckState()
        self.heading = ipw.HTML()
        self.promise = ipw.HTML()
        self.meaning = ipw.HTML()
        self.questions = Questions(self.asked)
        self.card = Card()
        self.card.add_class("ch-full")
        self.closing = Closing()
        self._id, self._letter = secrets.token_hex(16), secrets.token_hex(8)
        self.questions.finish = lambda: setattr(self.state, "finished", True)
        self.questions.observe(self._changed, "answers")
        self.questions.observe(self._spoken, "language")
        self.closing.compare = self._compare
        self.closing.give = self._give
        self.state.observe(self._draw, ["finished", "earlier"])
        self.view = self._view()
        self._speak()

    def _view(self) -> ipw.VBox:
        self.heading.add_class("ch-title")
        self.result = ipw.VBox([self.card, self.meaning, self.closing])
        self.result.add_class("ch-result")
        view = ipw.VBox([self.heading, self.promise, self.questions, self.result])
        view.add_class("ch-page")
        view.add_class("ch-self-check")
        return view

    def _spoken(self, change: dict[str, object]) -> None:
        if change["new"] in language.LANGUAGES:
            language.use(str(change["new"]))
            self.questions.speak()
            self.closing.speak()
            self._speak()

    def _speak(self) -> None:
        """Say everything in the language in use."""
        waves = (months.name(pd.Period(wave, "M")) for wave in sorted(self.invitation.waves))
        about = [self.asked.title, *waves]
        title = f"<h1>{escape(PAGES['self_check'].heading)}</h1>"
        self.heading.value = f"{title}<p class='ch-sub'>{escape(' · '.join(about))}</p>"
        self.promise.value = f"<div class='ch-promise'>{paragraphs(readings.promise())}</div>"
        self._draw()

    def _changed(self, _change: object) -> None:
        if self.state.finished:
            self._draw()

    def _draw(self, _change: object = None) -> None:
        self.result.layout.display = "" if self.state.finished else "none"
        if not self.state.finished:
            return
        if self.folder is not None:
            self.invitation = invitation_in(self.folder)
        self.closing.taking = bool(self.folder and self.invitation.waves)
        chosen = self.questions.chosen()
        scores = score(self.asked, pd.DataFrame([chosen]))
        table = readings.own(self.asked, scores.iloc[0], dict(self.state.earlier))
        known = [name for name in ("band", "earlier") if table[name].notna().any()]
        self.card.source = _("Only for you")
        self.card.name = "my-self-check"
        self.card.why = readings.why(self.asked)
        self.card.show(
            readings.result(self.asked, table, chosen),
            charts.own(table),
            table_of(
                table,
                ["scale", "score", "lowest", "highest", *known],
                lowest=_("From"),
                highest=_("To"),
            ),
        )
        texts = readings.meaning(self.asked, self.invitation.contacts, chosen)
        self.meaning.value = f"<div class='ch-meaning'>{texts}</div>"
        self.closing.content = self._kept(scores)
        self.closing.name = f"self-check-{self.invitation.wave or self.asked.name}.json"

    def _kept(self, scores: pd.DataFrame) -> str:
        """Return her own result as the file that the browser saves for her."""
        values = {
            key.code.value: float(value)
            for key in self.asked.scales
            if pd.notna(value := scores[key.code.value].iloc[0])
        }
        return json.dumps(
            {
                "format": KEPT,
                "instrument": self.asked.name,
                "version": self.asked.version,
                "wave": self.invitation.wave,
                "scores": values,
            },
            indent=1,
        )

    def _compare(self, text: str) -> None:
        """Compare with an earlier file, in this page only."""
        try:
            values = json.loads(text)
            theirs = (values["format"], values["instrument"], values["version"])
            if theirs != (KEPT, self.asked.name, self.asked.version):
                raise ValueError
            codes = [key.code.value for key in self.asked.scales]
            earlier = {
                code: float(values["scores"][code]) for code in codes if code in values["scores"]
            }
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self.closing.compared = _(
                "This is no result of the same self-check: choose the file that you saved here."
            )
            return
        self.closing.compared = _("The open circles are your earlier result.")
        self.state.earlier = earlier

    def _give(self, slip: str) -> None:
        """Seal the answers and lay them at the intake; the same ones once, however often."""
        if self.folder is None or self.closing.given:
            self.closing.busy = False
            return
        of = self.invitation
        answer = Answer(
            self.asked.name, self.asked.version, of.wave, self.questions.chosen(), self._id
        )
        try:
            outcome = give(letter(answer, slip, of), self.folder, self._letter)
        except CopehopeError as problem:
            self.closing.said = str(problem)
        else:
            self.closing.said = sentence(outcome)
            self.closing.given = self.questions.given = outcome == "given"
            if outcome != "no_reply":
                # Another slip is another letter.
                self._letter = secrets.token_hex(8)
        self.closing.busy = False


def paragraphs(texts: list[str]) -> str:
    """Return sentences as paragraphs of HTML.

    Examples
    --------
    >>> paragraphs(["Now & then."])
    '<p>Now &amp; then.</p>'
    """
    return "".join(f"<p>{escape(text)}</p>" for text in texts)
