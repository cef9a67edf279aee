"""Guided case reflection: one woman by pseudonym, one model, many voices, and the facts."""

from dataclasses import dataclass
from functools import partial
from html import escape

import ipywidgets as ipw
import pandas as pd
import traitlets

from copehope_lib.charts import engagement as engagement_charts
from copehope_lib.charts import itineraries as itinerary_charts
from copehope_lib.documents.blocks import Table
from copehope_lib.documents.minutes import closings, day, marks
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.meeting.editor import Field
from copehope_lib.meeting.look import button, paragraph, styled
from copehope_lib.meeting.page import MeetingPage
from copehope_lib.panels.columns import table_of
from copehope_lib.panels.heading import headed
from copehope_lib.panels.state import SPAN
from copehope_lib.records.session import Place
from copehope_lib.reflection import MODELS, ReflectionModel, Step, read
from copehope_lib.theme import tokens
from copehope_lib.vocabulary import Coverage, Need, Pattern, voices
from copehope_lib.widgets.card import Card


class ReflectionState(traitlets.HasTraits):
    """Whom the reflection is about, by which model, and at which step.

    Attributes
    ----------
    woman : str
        Pseudonym; empty until one is chosen.
    model : str
        Name of the model.
    step : str
        Code of its step.

    Examples
    --------
    >>> ReflectionState().model
    'lens_round'
    """

    woman = traitlets.Unicode()
    model = traitlets.Unicode(MODELS[0])
    step = traitlets.Unicode()


@dataclass(frozen=True)
class FactsView:
    """What is known of one woman, as supervision may see it.

    Attributes
    ----------
    extract : Extract
        Of supervision.
    woman : str
        Her pseudonym.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> extract = Extract(demo.workspace().extracts, "supervision")
    >>> facts = FactsView(extract, extract.table("cases", extract.months[-1])["woman"][0])
    >>> facts.engagement()[0].endswith(".")
    True
    """

    extract: Extract
    woman: str

    @property
    def month(self) -> pd.Period:
        """The latest month."""
        return self.extract.months[-1]

    def _of(self, name: str) -> pd.DataFrame:
        table = self.extract.table(name, self.month)
        return table[table["woman"] == self.woman].reset_index(drop=True)

    @property
    def since(self) -> pd.Period:
        """The month with which pictures begin."""
        return self.month - (SPAN - 1)

    def engagement(self) -> "tuple[str, object, Table | None]":
        """Return how she came, with pauses and returns."""
        women, pauses = self._of("engagement.women"), self._of("engagement.pauses")
        if women.empty:
            return _("Nothing is known of her sessions this month."), None, None
        row = women.iloc[0]
        sentence = _("{pattern}: she came to {came} of {expected} sessions in 90 days.").format(
            pattern=Pattern.label_of(str(row["pattern"])),
            came=row["came"],
            expected=row["expected"],
        )
        figure = engagement_charts.strip(pauses, women["woman"], self.since, self.month)
        return sentence, figure, table_of(pauses, ["since", "paused_on", "returned_on"])

    def itinerary(self) -> "tuple[str, object, Table | None]":
        """Return her goals, as they went."""
        goals, paths = self._of("itineraries.goals"), self._of("itineraries.paths")
        if goals.empty:
            return _("No goal of hers is written down."), None, None
        n = int((goals["chosen_by"] == "her").sum())
        sentence = _("{all} goals, {n} of them chosen by her.").format(all=len(goals), n=n)
        figure = itinerary_charts.paths(paths, goals, self.since, self.month)
        # In so little room the key would lie over the lines; the card says it in words.
        figure.update_layout(showlegend=False, margin_t=20, height=70 + 30 * len(goals))
        table = table_of(goals, ["goal", "area", "last_on"], last_on=_("Last entry"))
        return sentence, figure, table

    def needs(self) -> list[str]:
        """Return how far each of her needs is covered, with its sign, and since when."""
        table = self._of("needs.women").astype({"need": str, "coverage": str})
        if table.empty:
            return [_("Her needs were not reviewed yet.")]
        days = table["reviewed_on"].dt.strftime("%Y-%m-%d")
        return [
            f"{Need.label_of(need)}: {tokens.SIGNS[coverage]} {Coverage.label_of(coverage)} "
            f"({day(on)})"
            for need, coverage, on in zip(table["need"], table["coverage"], days, strict=True)
        ]

    def flags(self) -> list[str]:
        """Return the flags of a risk assessment: never an answer of it (§5.1.1)."""
        table = self._of("cases")
        limits = {"alone": _("Sessions alone"), "with_care": _("Contact with care")}
        if table[list(limits)].dropna().empty:
            return [_("Not assessed yet.")]
        row = table.iloc[0]
        silent = _("No limit on groups or contact is noted; this does not mean that she is safe.")
        told = [words for name, words in limits.items() if row[name]] or [silent]
        return told + [_("Look at her assessment")] * bool(row["to_look_at"])


class Reflection(MeetingPage):
    """The page of guided case reflection.

    Parameters
    ----------
    extract : Extract
        What supervision may see.
    place : Place, optional
        Where the record is kept; by default what the server handed to this process.

    Attributes
    ----------
    state : ReflectionState
        Whom and where.
    session : Session
        The record that is being written.
    view : ipywidgets.VBox
        What is shown.

    Examples
    --------
    >>> from copehope_lib import demo
    >>> page = Reflection(Extract(demo.workspace().extracts, "supervision"))
    >>> page.state.woman = page.women[0]
    >>> page.state.step
    'facts'
    """

    def __init__(self, extract: Extract, place: Place | None = None) -> None:
        super().__init__(extract, place)
        self.models: dict[str, ReflectionModel] = {
            **{name: read(name) for name in MODELS},
            **own_models(self.session.place.models),
        }
        self.state = ReflectionState()
        self.steps = styled(ipw.VBox(), "ch-model")
        self.middle = styled(ipw.VBox(), "ch-voices")
        self.side = styled(ipw.VBox(), "ch-facts")
        self.view = self._view()
        self.state.observe(self._begin, ["woman", "model"])
        self.state.observe(self._draw, "step")
        self._begin()

    @property
    def model(self) -> ReflectionModel:
        """The model that was chosen."""
        return self.models[str(self.state.model)]

    def _view(self) -> ipw.VBox:
        heading = headed("reflection", self.extract)
        whom = ipw.Dropdown(
            options=[("–", ""), *((woman, woman) for woman in self.women)], description=_("About")
        )
        how = ipw.Dropdown(
            options=[(model.title.spoken, name) for name, model in self.models.items()],
            description=_("Model"),
        )
        traitlets.link((self.state, "woman"), (whom, "value"))
        traitlets.link((self.state, "model"), (how, "value"))
        controls = styled(ipw.HBox([whom, how]), "ch-controls")
        top = styled(ipw.HBox([heading, controls]), "ch-top")
        columns = styled(ipw.HBox([self.steps, self.middle, self.side]), "ch-columns")
        return styled(ipw.VBox([top, self.unlock.field, columns]), "ch-page")

    def opened(self) -> None:
        """Show the voices that the record holds."""
        self._draw()

    def _begin(self, _change: object = None) -> None:
        """Begin with the first step of the model, for the woman that was chosen."""
        first = self.model.steps[0].code
        if self.state.step == first:
            self._draw()
        self.state.step = first

    def _draw(self, _change: object = None) -> None:
        if not self.state.woman:
            self._draw_nobody()
            return
        self.unlock.look()
        step = self.model.step(self.state.step)
        buttons = {each.code: self._step_button(each) for each in self.model.steps}
        styled(buttons[step.code], "ch-here")
        self.steps.children = tuple(buttons.values())
        self.middle.children = (self._prompts(step), *self._written(step), *self._onward(step))
        self.side.children = tuple(self._facts(step))

    def _draw_nobody(self) -> None:
        """Show the way ahead, and whom the team wanted to speak about."""
        steps = [self._step_button(step) for step in self.model.steps]
        for each in steps:
            each.disabled = True
        sentence = _("Choose a pseudonym: the reflection is about one woman at a time.")
        topics = {one.words.get("about", "") for one in self.session.record.of("topic")}
        self.steps.children, self.side.children = tuple(steps), ()
        self.middle.children = (
            paragraph(sentence, "ch-prompt"),
            *(
                button(woman, partial(setattr, self.state, "woman", woman))
                for woman in sorted(topics.intersection(self.women))
            ),
        )

    def _step_button(self, step: Step, words: str = "", style: str = "ch-stage") -> ipw.Button:
        """Return a button that leads to a step."""
        there = partial(setattr, self.state, "step", step.code)
        return button(words or step.title.spoken, there, style)

    def _prompts(self, step: Step) -> ipw.HTML:
        parts = [f"<h2 class='ch-step'>{escape(step.title.spoken)}</h2>"]
        asked = [prompt for prompt in step.prompts if prompt.code is None]
        parts += [f"<p class='ch-prompt'>{escape(prompt.text.spoken)}</p>" for prompt in asked]
        if step.look_at is not None:
            look = _("What the report says to look at (§{section}): {words}").format(
                section=step.section, words=step.look_at.spoken
            )
            parts.append(f"<p class='ch-why'>{escape(look)}</p>")
        if step.pitfall is not None:
            keep = _("To keep in mind: {pitfall}").format(pitfall=step.pitfall.sentence)
            parts.append(f"<p class='ch-pitfall'>{escape(keep)}</p>")
        return ipw.HTML("".join(parts))

    def _written(self, step: Step) -> list[ipw.Widget]:
        """Return where voices are written, or each of the four last answers."""
        at = {"woman": self.state.woman, "model": self.state.model, "step": step.code}
        self.editors.clear()
        asked = {prompt.code: prompt.text.spoken for prompt in step.prompts if prompt.code}
        if len(asked) < len(step.prompts):
            self.writing(
                "voice",
                at,
                [
                    Field("profile", _("Voice"), voices()),
                    Field("mark", _("Meant as"), marks()),
                ],
                label=_("One voice"),
                title=_("Voices"),
                add=_("Add a voice"),
                hint=_(
                    "As she would say it, or by profile, never by name; say what is hers and what "
                    "is ours."
                ),
            )
        for code, words in closings().items():
            if code in asked:
                here, hint = at | {"closing": code}, asked[code]
                self.writing("closing", here, one=True, label=words, title=words, hint=hint)
        return [editor.writing for editor in self.editors]

    def _onward(self, step: Step) -> list[ipw.Widget]:
        ahead = self.model.steps[self.model.steps.index(step) + 1 :][:1]
        return [
            self._step_button(then, _("Next: {step}").format(step=then.title.spoken), "ch-strong")
            for then in ahead
        ]

    def _facts(self, step: Step) -> list[ipw.Widget]:
        """Return the facts that the step asks for."""
        facts = FactsView(self.extract, self.state.woman)
        shown: list[ipw.Widget] = []
        for name in step.facts:
            if name in ("engagement", "itinerary"):
                card = Card(source=_("Supervision, this room only"), name=f"facts-{name}")
                card.show(*getattr(facts, name)())
                card.why = _signs() if name == "itinerary" else ""
                shown.append(styled(card, "ch-full"))
            elif name == "needs":
                shown.append(_listed(_("Needs"), facts.needs()))
            elif name == "flags":
                shown.append(_listed(_("Flags"), facts.flags()))
        return shown


def _signs() -> str:
    """Return what the signs of a drawn itinerary mean."""
    return _(
        "A line is under way, dots are a pause, a ring is where it was taken up again; a "
        "diamond is achieved, a bar set aside, a triangle revised."
    )


def _listed(title: str, lines: list[str]) -> ipw.HTML:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return styled(ipw.HTML(f"<h3>{escape(title)}</h3><ul>{items}</ul>"), "ch-fact")


def own_models(texts: tuple[str, ...]) -> dict[str, ReflectionModel]:
    """Return the team's own models, by name; those that are damaged were named at the start.

    Examples
    --------
    >>> own_models(())
    {}
    """
    return {model.name: model for model in map(ReflectionModel.parse, texts)}
