"""A reflection model: steps with their questions, and what is shown beside them.

The models of the workbench are data files, and so are a team's own.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from copehope_lib.data_files import LONGEST, Described, Text, texts
from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.language import LANGUAGES
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.reflection.pitfall import Pitfall

MODELS: Final = ("lens_round", "what_so_what", "gibbs", "seven_eyes")
"""Names of the models that come with the workbench."""

CLOSING: Final = ("do", "leave", "ask", "need")
"""With which four questions every model ends: what we do, what we leave alone, what we ask
her, what we need ourselves."""

Fact = Literal["engagement", "itinerary", "needs", "flags"]
"""What can be shown of one woman beside a step."""

_Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]


class Prompt(Described):
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


class Step(Described):
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


class ReflectionModel(Described):
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

    refusal: ClassVar[str] = N_("Reflection model {name}: {reason}")
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
        spoken = {language for _place, text in texts(self) for language in text.root}
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

    @model_validator(mode="after")
    def _complete(self) -> Self:
        codes = [step.code for step in self.steps]
        for n, code in enumerate(codes, start=1):
            if code in codes[: n - 1]:
                sentence = _("step {n} is called {code} as another one is: rename it.")
                raise ValueError(sentence.format(n=n, code=code))
        asked = [prompt.code for step in self.steps for prompt in step.prompts]
        if asked != [None] * (len(asked) - len(CLOSING)) + list(CLOSING):
            sentence = _("it does not end with the prompts {all}: write these four last.")
            raise ValueError(sentence.format(all=", ".join(CLOSING)))
        self.refuse_untranslated(self.languages)
        return self


@cache
def read(name: str) -> ReflectionModel:
    """Return one of the models that come with the workbench.

    Raises
    ------
    CopehopeError
        If there is none of this name, or its file is damaged.

    Examples
    --------
    >>> [step.code for step in read("what_so_what").steps]
    ['what', 'so_what', 'now_what']
    """
    unknown = _("There is no reflection model {name}: choose one of {all}.")
    return ReflectionModel.bundled(name, MODELS, unknown)


def of_folder(folder: Path) -> tuple[dict[str, str], list[str]]:
    """Return a team's own models: every ``*.yaml`` in a folder, in their order there.

    A model may be in one language alone. A folder that does not exist holds none.

    Returns
    -------
    dict of str to str
        By the name of a model the text of its file.
    list of str
        A sentence for each file that cannot be used: it is left out.

    Examples
    --------
    >>> of_folder(Path("no such folder"))
    ({}, [])
    """
    found: dict[str, str] = {}
    left_out = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            text = private.read(path, LONGEST).decode("utf-8-sig")
            name = ReflectionModel.parse(text).name
        except UnicodeDecodeError:
            left_out.append(
                _("{file} is not readable as UTF-8: save it as UTF-8.").format(file=path.name)
            )
        except CopehopeError as problem:
            left_out.append(f"{path.name}: {problem}")
        else:
            if name in (*MODELS, *found):
                sentence = _("{file}: there is another reflection model {name}: rename yours.")
                left_out.append(sentence.format(file=path.name, name=name))
            else:
                found[name] = text
    return found, left_out
