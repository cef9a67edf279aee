"""What commands say of themselves, in the language of the workspace they are typed for."""

import ast
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import typer
from typer import rich_utils

from copehope_lib import language
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_

# What the library that reads commands says itself: of `--help`, and of wrong use.
LIBRARY_SAYS = (
    N_("Show this message and exit."),
    N_("No such option:"),
    N_("No such command"),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Got unexpected extra argument"),
    N_("Invalid value for"),
    N_("Invalid value:"),
)

EXAMPLE = "\n\nExample:"
"""What a command says of itself ends before it; a line to type is the same in all languages."""

_OF_CALLS = {"one_of": 1, "spoken": 0}
"""Where help stands among the arguments of what makes options of ours."""

Message = tuple[int, Any, Any, list[str]]


def marked(
    file: IO[bytes], keywords: Mapping[str, Any], tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    r"""Yield what a module of commands says for the catalogs, as Babel asks for it.

    Examples
    --------
    >>> file = BytesIO(b'@app.command()\ndef check() -> None:\n    "Look."\nhelp(help="A key")')
    >>> [message for _line, _of, message, _said in marked(file, {}, (), {})]
    ['Look.', 'A key']
    """
    from babel.messages.extract import extract_python

    content = file.read()
    how: Any = dict(options)
    for line, function, message, *_remarks in extract_python(BytesIO(content), keywords, tags, how):
        yield line, function, message, []
    for node in ast.walk(ast.parse(content)):
        for text in _said(node):
            yield getattr(node, "lineno", 1), "", text.partition(EXAMPLE)[0], []


def _said(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef) and any(map(_is_command, node.decorator_list)):
        yield ast.get_docstring(node) or ""
    at = _OF_CALLS.get(_name(node)) if isinstance(node, ast.Call) else None
    of_call = node.args[at : at + 1] if isinstance(node, ast.Call) and at is not None else []
    of_word = [node.value] if isinstance(node, ast.keyword) and node.arg == "help" else []
    for value in (*of_call, *of_word):
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def _is_command(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and getattr(decorator.func, "attr", "") in (
        "command",
        "callback",
    )


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", "")


def speak(words: Iterable[str]) -> None:
    """Speak the language of the workspace that is typed, or in which somebody stands."""
    for folder in (*map(Path, words), Path()):
        try:
            settings = tomllib.loads((folder / "copehope.toml").read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            continue
        if settings.get("language") in language.LANGUAGES:
            language.use(settings["language"])
            break
    rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = _("Options")
    rich_utils.COMMANDS_PANEL_TITLE = _("Commands")
    rich_utils.REQUIRED_LONG_STRING = _("[required]")


def in_words(message: str) -> str:
    """Return what the library says of wrong use, as far as it is known, in the language in use.

    Examples
    --------
    >>> in_words("No such option: --bad")
    'No such option: --bad'
    """
    said = next((one for one in LIBRARY_SAYS if message.startswith(one)), "")
    return (_(said) if said else "") + message.removeprefix(said)


def translated(command: Any) -> Any:
    """Return a command, and all below it, with what it says of itself in the language in use."""
    text, example, line = (command.help or "").partition(EXAMPLE)
    begins = "\n\n" + _("Example:")
    command.help = (_(text) if text else "") + (begins if example else "") + line
    for one in [*command.params, command.get_help_option(typer.Context(command))]:
        if getattr(one, "help", None):
            one.help = _(one.help)
    for below in getattr(command, "commands", {}).values():
        translated(below)
    return command
