"""Data files: what a YAML file describes, and what is wrong with one, in words and by its place.

Instruments and reflection models are such files, so that a new one is no code. Those of the
workbench speak all its languages; those of a team may speak one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import accumulate
from typing import Annotated, Any, ClassVar, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from copehope_lib import language
from copehope_lib.errors import CopehopeError
from copehope_lib.language import Language
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_

LONGEST = 200_000
"""Letters of a file at most."""
DEEPEST = 20
"""Brackets in brackets at most."""
MISSING = N_("{place} is missing: write it.")
Place = tuple[int | str, ...]
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
        words = {str(spoken): text for spoken, text in self.root.items()}
        return words.get(language.current()) or words.get("en") or next(iter(words.values()))


class Described(BaseModel):
    """What a data file describes, or a part of it."""

    # A section such as 5.4 is a number to YAML.
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)
    refusal: ClassVar[str] = "{name}: {reason}"
    """English source of the sentence that says what is wrong with a file of this kind."""

    @classmethod
    def parse(cls, text: str) -> Self:
        r"""Read the text of a file.

        Raises
        ------
        CopehopeError
            If it is no YAML, or describes something else; it names what the file is called and
            the first place to mend.

        Examples
        --------
        >>> from copehope_lib.reflection import ReflectionModel
        >>> ReflectionModel.parse("name: ours\nversion: 1")
        Traceback (most recent call last):
        copehope_lib.errors.CopehopeError: Reflection model ours: title is missing: write it.
        """
        data: object = None
        try:
            _refuse_too_much(text)
            # The loader is a safe one that also refuses what is written twice.
            data = yaml.load(text, _Loader)  # noqa: S506
            return cls.model_validate(data)
        except yaml.YAMLError as problem:
            reason = _unread(problem)
        except ValidationError as problem:
            reason = _wrong(problem.errors()[0])
        except (ValueError, RecursionError):
            reason = _("it is too long or nested too deeply: look whether it is the right file.")
        raise CopehopeError(_(cls.refusal).format(name=_name(text, data), reason=reason))

    @classmethod
    def bundled(cls, name: str, names: Sequence[str], unknown: str) -> Self:
        """Read one of the files that come with the workbench, beside the module of the class.

        Parameters
        ----------
        name : str
            Which; it must speak all languages of the workbench.
        names : sequence of str
            The register: those that there are.
        unknown : str
            What is said of a name that is not in it, with ``{name}`` and ``{all}``.

        Raises
        ------
        CopehopeError
            If there is none of this name, or its file is missing, damaged or not translated; it
            names the file.
        """
        if name not in names:
            raise CopehopeError(unknown.format(name=name, all=", ".join(names)))
        package = cls.__module__.rpartition(".")[0]
        file = f"{package.replace('.', '/')}/{name}.yaml"
        try:
            described = cls.parse(files(package).joinpath(f"{name}.yaml").read_text("utf-8"))
            described.refuse_untranslated(language.LANGUAGES)
        except FileNotFoundError:
            raise CopehopeError(_(MISSING).format(place=file)) from None
        except ValueError as problem:
            raise CopehopeError(f"{file}: {problem}") from None
        return described

    def refuse_untranslated(self, languages: Iterable[str]) -> None:
        """Refuse what cannot be read in some languages.

        Raises
        ------
        ValueError
            It says what is missing first, and in which language.
        """
        for place, text in texts(self):
            for spoken in languages:
                if spoken not in text.root:
                    raise ValueError(_(MISSING).format(place=_in_words((*place, spoken))))


def texts(part: object, place: Place = ()) -> Iterator[tuple[Place, Text]]:
    """Go through all that people read of what a file describes, each text with its place.

    Examples
    --------
    >>> from copehope_lib.reflection import read
    >>> [place for place, _text in texts(read("gibbs"))][:3]
    [('title',), ('about',), ('steps', 0, 'title')]
    """
    if isinstance(part, Text):
        yield place, part
        return
    inner: Iterable[tuple[Any, object]] = ()
    if isinstance(part, tuple):
        inner = enumerate(part)
    elif isinstance(part, dict):
        inner = ((str(name), value) for name, value in part.items())
    elif isinstance(part, BaseModel):
        inner = part
    for name, value in inner:
        yield from texts(value, (*place, name))


def _refuse_too_much(text: str) -> None:
    """Refuse what would take minutes to be read: it is measured before anything is built."""
    deep = max(accumulate((one in "[{") - (one in "]}") for one in text), default=0)
    if len(text) > LONGEST or deep > DEEPEST:
        raise ValueError


def _name(text: str, data: object) -> str:
    """Return what a file is called, even if its file cannot be read as a whole."""
    if isinstance(data, dict) and data.get("name"):
        return str(data["name"])
    line = re.search(r"^name: *([^#\n]*[^#\s])", text, re.MULTILINE)
    return line.group(1) if line else _("without a name")


class _Loader(yaml.SafeLoader):
    """YAML keeps the last of two equal keys and says nothing: a question would be lost.

    Nor does it take what stands for something else: ten lines of that can mean ten million.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _value in node.value if isinstance(key, yaml.ScalarNode)]
        for at, key in enumerate(keys):
            if key in keys[:at]:
                mark = node.value[at][0].start_mark
                raise yaml.MarkedYAMLError(problem="twice", problem_mark=mark)
        return super().construct_mapping(node, deep)


def _unread(problem: yaml.YAMLError) -> str:
    mark = getattr(problem, "problem_mark", None)
    if mark is None:
        return _("the file is no plain text: save it as text in UTF-8.")
    if getattr(problem, "problem", "") == "twice":
        sentence = _("line {line} says what was said before: keep one of the two.")
        return sentence.format(line=mark.line + 1)
    if getattr(problem, "problem", "") == "alias":
        sentence = _("line {line} refers to another place with a star: write it out.")
        return sentence.format(line=mark.line + 1)
    return _(
        "line {line} cannot be read: indent it as those around it, and put a text with a colon "
        "in quotes."
    ).format(line=mark.line + 1)


def _wrong(error: ErrorDetails) -> str:
    """Return what is wrong with a file, its place, and how to mend it."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if not error["loc"]:
        return _("the file has no fields: begin it with name, version and title.")
    expected = re.findall(r"'(\w+)'", str(error.get("ctx", {}).get("expected", "")))
    if expected:
        sentence = _("{place} is none of {all}: write one of them.")
        return sentence.format(place=_in_words(error["loc"]), all=", ".join(expected))
    words = {
        **dict.fromkeys(("missing", "string_too_short", "too_short"), _(MISSING)),
        "extra_forbidden": _("{place} is not known here: look how it is written."),
        "string_type": _("{place} is no text: put it in quotes."),
        "dict_type": _("{place} has no languages: write them under it, as en: and es:."),
        "model_type": _("{place} has no fields: write them under it, as text: or title:."),
        "tuple_type": _("{place} is no list: begin each entry with a dash."),
        "int_parsing": _("{place} is no whole number: write one such as 1."),
        "string_pattern_mismatch": _("{place} may have small letters, digits and _ only."),
    }
    other = _("{place} is not as it should be: compare it with another model.")
    return words.get(error["type"], other).format(place=_in_words(error["loc"]))


def _in_words(loc: Place) -> str:
    """Return a place of the file in words: ``step 3, prompt 2, Italian``."""
    counted = {"steps": _("step {n}"), "prompts": _("prompt {n}")}
    spoken = language.locale().languages
    words = []
    for part, follows in zip(loc, (*loc[1:], None), strict=True):
        if isinstance(follows, int):
            words.append(counted.get(str(part), f"{part}, {{n}}").format(n=follows + 1))
        elif not isinstance(part, int) and part != "[key]":
            words.append(str(spoken.get(part, part)) if len(part) == 2 else part)
    return ", ".join(word for word in words if word != "text" or len(words) == 1)
