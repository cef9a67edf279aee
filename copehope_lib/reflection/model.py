"""A reflection model: steps with their questions, and what is shown beside them."""

from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints, model_validator

from copehope_lib.language import LANGUAGES, current, locale
from copehope_lib.language import gettext as _
from copehope_lib.reflection.pitfall import Pitfall

CLOSING: Final = ("do", "leave", "ask", "need")
"""With which four questions every model ends: what we do, what we leave alone, what we ask
her, what we need ourselves."""

Fact = Literal["engagement", "itinerary", "needs", "flags"]
"""What can be shown of one woman beside a step."""

Language = Literal["en", "es", "ca", "it"]
_Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Text(RootModel[Annotated[dict[Language, _Words], Field(min_length=1)]]):
    """Words in one language or more.

    Examples
    --------
    >>> Text({"es": "¿Qué no sabemos?"}).spoken
    '¿Qué no sabemos?'
    """

    model_config = ConfigDict(frozen=True)

    @property
    def spoken(self) -> str:
        """The words in the language in use; else in English, else in the first there is."""
        words = {str(language): text for language, text in self.root.items()}
        return words.get(current()) or words.get("en") or next(iter(words.values()))


class _Part(BaseModel):
    # A section such as 5.4 is a number to YAML.
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Prompt(_Part):
    """A question to think about.

    Attributes
    ----------
    text : Text
        The question.
    code : {"do", "leave", "ask", "need"}, optional
        Which of the four closing questions it is; the others have none.

    Examples
    --------
    >>> Prompt(text=Text({"en": "What do we not know?"})).text.spoken
    'What do we not know?'
    """

    text: Text
    code: Literal["do", "leave", "ask", "need"] | None = None


class Step(_Part):
    """One step of a model.

    Attributes
    ----------
    code : str
        Its name in a record: small letters, digits and ``_``.
    title : Text
        Its name on a page.
    prompts : tuple of Prompt
        Its questions.
    facts : tuple of str
        Which facts about a woman to show beside it.
    section : str
        Section of the report; empty where none applies.
    look_at : Text, optional
        What that section says to look at, in our own words.
    pitfall : Pitfall, optional
        What to keep in mind.

    Examples
    --------
    >>> from copehope_lib.reflection import read
    >>> step = read("lens_round").step("gender")
    >>> step.title.spoken, step.section, step.facts
    ('The gender lens', '5.3.1', ('engagement', 'needs'))
    """

    code: _Code
    title: Text
    prompts: tuple[Prompt, ...] = Field(min_length=1)
    facts: tuple[Fact, ...] = ()
    section: str = ""
    look_at: Text | None = None
    pitfall: Pitfall | None = None


class ReflectionModel(_Part):
    """A way to think through one situation, as its data file describes it.

    Attributes
    ----------
    name : str
        Its name in a record: small letters, digits and ``_``.
    version : int
        Goes up when a question changes.
    title, about : Text
        Its name on a page, and one sentence about it.
    source, licence : str
        Where its steps come from, and on which terms its sentences may be used.
    steps : tuple of Step
        In their order. The last four questions are those of ``CLOSING``.

    Examples
    --------
    >>> from copehope_lib.reflection import read
    >>> gibbs = read("gibbs")
    >>> gibbs.title.spoken, len(gibbs.steps), gibbs.steps[0].prompts[0].text.spoken
    ('Gibbs’ six steps', 6, 'What happened, in which order, and who was there?')
    >>> [prompt.code for prompt in gibbs.steps[-1].prompts]
    ['do', 'leave', 'ask', 'need']
    """

    name: _Code
    version: int
    title: Text
    about: Text
    source: str
    licence: str
    steps: tuple[Step, ...] = Field(min_length=1)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it can be read, in the order of the workbench."""
        spoken = {language for _place, text in self._texts() for language in text.root}
        return tuple(language for language in LANGUAGES if language in spoken)

    def step(self, code: str) -> Step:
        """Return the step of a code.

        Examples
        --------
        >>> from copehope_lib.reflection import read
        >>> read("gibbs").step("feelings").section
        '5.4'
        """
        return next(step for step in self.steps if step.code == code)

    def _texts(self) -> list[tuple[str, Text]]:
        """Return all that is read on a page, each with its place in words."""
        found = [("title", self.title), ("about", self.about)]
        for n, step in enumerate(self.steps, start=1):
            at = _("step {n}").format(n=n)
            found.append((f"{at}, title", step.title))
            if step.look_at is not None:
                found.append((f"{at}, look_at", step.look_at))
            for k, prompt in enumerate(step.prompts, start=1):
                found.append((f"{at}, {_('prompt {n}').format(n=k)}", prompt.text))
        return found

    @model_validator(mode="after")
    def _complete(self) -> Self:
        codes = [step.code for step in self.steps]
        for n, code in enumerate(codes, start=1):
            if code in codes[: n - 1]:
                raise ValueError(
                    _("step {n} is called {code} as another one is: rename it.").format(
                        n=n, code=code
                    )
                )
        asked = [prompt.code for step in self.steps for prompt in step.prompts]
        if asked != [None] * (len(asked) - len(CLOSING)) + list(CLOSING):
            raise ValueError(
                _("it does not end with the prompts {all}: write these four last.").format(
                    all=", ".join(CLOSING)
                )
            )
        for place, text in self._texts():
            for language in self.languages:
                if language not in text.root:
                    tongue = locale().languages[language]
                    raise ValueError(
                        _("{place} is missing: write it.").format(place=f"{place}, {tongue}")
                    )
        return self
