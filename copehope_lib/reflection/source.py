"""Reflection models from their files: those of the workbench, and a team's own."""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.language import locale
from copehope_lib.reflection.model import ReflectionModel

MODELS: Final = ("lens_round", "what_so_what", "gibbs", "seven_eyes")
"""Names of the models that come with the workbench."""


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
    if name not in MODELS:
        raise CopehopeError(
            _("There is no reflection model {name}: choose one of {all}.").format(
                name=name, all=", ".join(MODELS)
            )
        )
    return parse(files("copehope_lib.reflection").joinpath(f"{name}.yaml").read_text("utf-8"))


def of_folder(folder: Path) -> dict[str, ReflectionModel]:
    """Return a team's own models by name: every ``*.yaml`` in a folder, in their order there.

    A model may be in one language alone. A folder that does not exist holds none.

    Raises
    ------
    CopehopeError
        If a file does not describe a model, or has the name of another; it names the file.

    Examples
    --------
    >>> of_folder(Path("no such folder"))
    {}
    """
    found: dict[str, ReflectionModel] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            model = parse(path.read_text("utf-8-sig"))
        except UnicodeDecodeError:
            raise CopehopeError(
                _("{file} is not readable as UTF-8: save it as UTF-8.").format(file=path.name)
            ) from None
        except CopehopeError as problem:
            raise CopehopeError(f"{path.name}: {problem}") from None
        if model.name in (*MODELS, *found):
            raise CopehopeError(
                _("{file}: there is another reflection model {name}: rename yours.").format(
                    file=path.name, name=model.name
                )
            )
        found[model.name] = model
    return found


def parse(text: str) -> ReflectionModel:
    r"""Read a model from the text of its file.

    Raises
    ------
    CopehopeError
        If it is no YAML, or does not describe a model; it names the model and the first
        place to mend.

    Examples
    --------
    >>> parse("name: ours\nversion: 1")
    Traceback (most recent call last):
    copehope_lib.errors.CopehopeError: Reflection model ours: title is missing: write it.
    """
    data: object = None
    try:
        # The loader is a safe one that also refuses what is written twice.
        data = yaml.load(text, _Loader)  # noqa: S506
        return ReflectionModel.model_validate(data)
    except yaml.YAMLError as problem:
        reason = _unread(problem)
    except ValidationError as problem:
        reason = _wrong(problem.errors()[0])
    raise CopehopeError(
        _("Reflection model {name}: {reason}").format(name=_name(text, data), reason=reason)
    )


def _name(text: str, data: object) -> str:
    """Return what a model is called, even if its file cannot be read as a whole."""
    if isinstance(data, dict) and data.get("name"):
        return str(data["name"])
    line = re.search(r"^name: *([^#\n]*[^#\s])", text, re.MULTILINE)
    return line.group(1) if line else _("without a name")


class _Loader(yaml.SafeLoader):
    """YAML keeps the last of two equal keys and says nothing: a question would be lost."""

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
        return _("line {line} says what was said before: keep one of the two.").format(
            line=mark.line + 1
        )
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
        return _("{place} is none of {all}: write one of them.").format(
            place=_place(error["loc"]), all=", ".join(expected)
        )
    words = {
        "missing": _("{place} is missing: write it."),
        "string_too_short": _("{place} is missing: write it."),
        "too_short": _("{place} is missing: write it."),
        "extra_forbidden": _("{place} is not known here: look how it is written."),
        "string_type": _("{place} is no text: put it in quotes."),
        "dict_type": _("{place} has no languages: write them under it, as en: and es:."),
        "model_type": _("{place} has no fields: write them under it, as text: or title:."),
        "tuple_type": _("{place} is no list: begin each entry with a dash."),
        "int_parsing": _("{place} is no whole number: write one such as 1."),
        "string_pattern_mismatch": _("{place} may have small letters, digits and _ only."),
    }
    other = _("{place} is not as it should be: compare it with another model.")
    return words.get(error["type"], other).format(place=_place(error["loc"]))


def _place(loc: tuple[int | str, ...]) -> str:
    """Return a place of the file in words: ``step 3, prompt 2, Italian``."""
    counted = {"steps": _("step {n}"), "prompts": _("prompt {n}")}
    words = []
    for at, part in enumerate(loc):
        follows = loc[at + 1] if at + 1 < len(loc) else None
        if isinstance(part, int):
            words.append(counted.get(str(loc[at - 1]), "{n}").format(n=part + 1))
        elif part != "[key]" and not (part in counted and isinstance(follows, int)):
            words.append(str(locale().languages.get(part, part)) if len(part) == 2 else part)
    return ", ".join(word for word in words if word != "text" or len(words) == 1)
