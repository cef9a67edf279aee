"""What is wrong with an installation or a workspace, and how to mend it."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copehope_lib.cli.arguments import app, open_workspace
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

if TYPE_CHECKING:
    from copehope_lib.privacy.audience import Audience
    from copehope_lib.workspace import Workspace


@app.command()
def doctor(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Folder of the workspace.")
    ] = None,
) -> None:
    """Say what this machine cannot do, what is wrong with a workspace, and how to mend it.

    Example: copehope doctor my-team
    """
    wrong = [] if folder is None else [*_wrong(open_workspace(folder))]
    for sentence in [*_missing(), *wrong, *([] if wrong else [_("Nothing is wrong.")])]:
        print(sentence)
    if wrong:
        raise typer.Exit(1)


def _missing() -> Iterator[str]:
    """Yield what this machine cannot do, and what pages are shut off from; all else works."""
    from copehope_lib.documents import chromium
    from copehope_lib.self_check.noise import noisy
    from copehope_lib.server import seccomp
    from copehope_lib.server.confine import version
    from copehope_lib.server.launch import walls

    yield from _refused(chromium.find)
    yield from _refused(lambda: noisy([0], apart=1))
    yield walls(version(), seccomp.known())


def _wrong(workspace: "Workspace") -> Iterator[str]:
    """Yield what is wrong with a workspace, in one sentence each."""
    from copehope_lib.files import exposure, one_step
    from copehope_lib.privacy import closing
    from copehope_lib.privacy.audience import audiences
    from copehope_lib.privacy.manifest import MANIFEST
    from copehope_lib.privacy.memory import undamaged

    yield from exposure.warnings(workspace.path)
    yield from _refused(lambda: workspace.key)
    if one_step.unfinished(workspace.path):
        sentence = _("A command broke off in {folder}: `copehope check {folder}` ends it.")
        yield sentence.format(folder=workspace.path)
    rules = audiences(workspace.settings)
    for name in closing.GROUPS:
        yield from _refused(partial(_remembered, workspace, rules[name]))
    for path in sorted(workspace.extracts.glob(f"*/[!.]*/{MANIFEST}")):
        yield from _refused(partial(undamaged, path.parent))
    yield from _refused(partial(closing.refuse_the_clock, workspace))


def _remembered(workspace: "Workspace", audience: "Audience") -> None:
    from copehope_lib.privacy.closing import Months
    from copehope_lib.privacy.memory import Memory

    Memory.of(Months.of(workspace), audience).editions()


def _refused(check: Callable[[], object]) -> Iterator[str]:
    """Yield the sentence with which something is refused, if it is."""
    try:
        check()
    except CopehopeError as problem:
        yield str(problem)
