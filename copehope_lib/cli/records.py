"""Records of meetings: what there is, what it says, minutes, actions, another key, one page."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from copehope_lib.cli.arguments import Folder, app, open_workspace, warned, write_open
from copehope_lib.cli.unlock import key_of
from copehope_lib.documents import MinutesFormat
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext

if TYPE_CHECKING:
    import pandas as pd

    from copehope_lib.documents.blocks import Document
    from copehope_lib.files.sealing import Key
    from copehope_lib.records.record import Record
    from copehope_lib.workspace import Workspace

records = typer.Typer(no_args_is_help=True, help="Sealed records of meetings.")
app.add_typer(records, name="records")

Name = Annotated[str, typer.Argument(metavar="YYYY-MM", help="Month of the meeting.")]
KeyFile = Annotated[Path, typer.Option("--key", metavar="FILE", help="Key that opens it.")]

_Done = TypeVar("_Done")


@records.command("list")
def list_all(folder: Folder) -> None:
    """Print the records of a workspace, and how many sealed pages each has.

    Example: copehope records list my-team
    """
    from copehope_lib.records.store import names, pages

    workspace = open_workspace(folder)
    for name in names(workspace.records):
        n = len(pages(workspace.records / name))
        sentence = ngettext("{name}: {n} sealed page", "{name}: {n} sealed pages", n)
        print(sentence.format(name=name, n=n))
    if not names(workspace.records):
        print(_("There is no record yet."))


@records.command()
def show(folder: Folder, name: Name, key: KeyFile) -> None:
    """Print a record.

    Example: copehope records show my-team 2026-10 --key my-key.txt
    """
    from copehope_lib.documents.markdown import as_markdown

    workspace = open_workspace(folder)
    print(as_markdown(_minutes(workspace, _opened(workspace, name, key_of(key)))))


@records.command()
def export(
    folder: Folder,
    name: Name,
    key: KeyFile,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where it goes; a new file.")],
    format: Annotated[MinutesFormat, typer.Option(help="docx, html, md.")] = "docx",
) -> None:
    """Write minutes.

    Example: copehope records export my-team 2026-10 --key my-key.txt --out minutes.docx
    """
    from copehope_lib.documents.minutes import write
    from copehope_lib.files.private import refuse_existing

    workspace = warned(open_workspace(folder))
    refuse_existing(out)
    record = _opened(workspace, name, key_of(key))
    write_open(out, write(_minutes(workspace, record), format))


@records.command()
def actions(
    folder: Folder,
    key: KeyFile,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A new file, instead of the team's own table."),
    ] = None,
) -> None:
    """Take what meetings decided, and what they found done, into the table actions.

    The file that was there goes to the folder earlier, as it was.

    Example: copehope records actions my-team --key my-key.txt
    """
    workspace = warned(open_workspace(folder))
    opened_with = key_of(key)
    with workspace.alone():
        _take_in(workspace, opened_with, out)


def _take_in(workspace: "Workspace", opened_with: "Key", out: Path | None) -> None:
    import pandas as pd

    from copehope_lib.documents.csv import as_csv
    from copehope_lib.records import actions as decided
    from copehope_lib.tables import renew

    opened = _of_each(workspace, lambda name: _opened(workspace, name, opened_with))
    new = _new_actions(workspace, opened)
    done = decided.done(opened)
    if out is not None:
        write_open(out, as_csv(decided.taken_in(pd.DataFrame(), new, done)))
        return
    registry, settings = workspace.registry, workspace.settings
    if not new["action"].str.fullmatch(settings.reading.codes).all():
        sentence = _(
            "Codes of your team look otherwise ({pattern}): name a new file with --out, "
            "give each row a code of your own, and copy them."
        )
        raise CopehopeError(sentence.format(pattern=settings.reading.codes))
    table = renew.plain(registry, "actions", settings)
    whole = decided.taken_in(table, new, done)
    if whole.equals(table):
        print(_("The table actions has everything that was decided and done."))
        return
    path = renew.renew(workspace.path, registry, "actions", whole)
    n = len(whole) - len(table)
    sentence = ngettext(
        "{path} has {n} more action; the file before it is in the folder {earlier}.",
        "{path} has {n} more actions; the file before it is in the folder {earlier}.",
        n,
    )
    print(sentence.format(path=path, n=n, earlier=renew.EARLIER))


def _of_each(workspace: "Workspace", done: Callable[[str], _Done]) -> list[_Done]:
    """Do something with each record that the key opens, oldest first; say of others why not.

    Raises
    ------
    CopehopeError
        If it opens none of them.
    """
    from copehope_lib.records.store import names

    results, problem = [], None
    for name in names(workspace.records):
        try:
            results.append(done(name))
        except CopehopeError as closed:
            problem = closed
            typer.echo(f"{name}: {closed}", err=True)
    if problem and not results:
        raise problem
    return results


def _new_actions(workspace: "Workspace", opened: "list[Record]") -> "pd.DataFrame":
    """Return what was decided as rows of actions, and say how many decisions are left out."""
    import pandas as pd

    from copehope_lib.records import actions as decided
    from copehope_lib.tables import personal

    team = frozenset(workspace.tables().professionals["professional"].astype(str))
    found = [decided.actions(record, team) for record in opened]
    none = pd.DataFrame(columns=[*decided.COLUMNS], dtype="str")
    rows = pd.concat([none, *(rows for rows, _left_out in found)], ignore_index=True)
    # A registry is looked through more strictly than a sealed record.
    allowed = frozenset(workspace.settings.reading.not_names)
    refused = rows["text"].isin(personal.kinds(rows["text"], prose=True, allowed=allowed))
    _say_left_out(sum(len(left_out) for _rows, left_out in found) + int(refused.sum()))
    return rows[~refused]


def _say_left_out(n: int) -> None:
    """Say how many decisions are no action yet, and what they lack."""
    if n:
        sentence = ngettext(
            "{n} decision is left out: each needs somebody who takes care of it, a dimension, "
            "no day before the meeting, and no words that lead to a person. Complete it on the "
            "page of the meeting, or add to not_names in copehope.toml what is nobody’s name.",
            "{n} decisions are left out: each needs somebody who takes care of it, a "
            "dimension, no day before the meeting, and no words that lead to a person. "
            "Complete them on the page of the meeting, or add to not_names in copehope.toml "
            "what is nobody’s name.",
            n,
        )
        typer.echo(sentence.format(n=n), err=True)


@records.command()
def reseal(folder: Folder, name: Name, key: KeyFile) -> None:
    """Seal a record to the keys that copehope.toml names now; older pages stay as they are.

    Example: copehope records reseal my-team 2026-10 --key my-key.txt
    """
    from copehope_lib.records import store

    workspace = open_workspace(folder)
    to = workspace.settings.supervision.public_keys
    store.reseal(workspace.records / name, key_of(key), to)
    n = len(to)
    sentence = ngettext(
        "{name} opens with {n} key of copehope.toml; its older pages stay as they are.",
        "{name} opens with each of {n} keys of copehope.toml; its older pages stay as they are.",
        n,
    )
    print(sentence.format(name=name, n=n))


@records.command()
def compact(
    folder: Folder,
    key: KeyFile,
    name: Annotated[
        str | None,
        typer.Argument(metavar="YYYY-MM", help="Month; all by default."),
    ] = None,
) -> None:
    """Put the sealed pages of a record together into one; the others go to its folder earlier.

    Example: copehope records compact my-team 2026-10 --key my-key.txt
    """
    from copehope_lib.records import store

    workspace = open_workspace(folder)
    opened_with, to = key_of(key), workspace.settings.supervision.public_keys

    def put_together(name: str) -> None:
        opened = store.compact(workspace.records / name, opened_with, to)
        for sentence in opened.left_out:
            typer.echo(sentence, err=True)
        n = len(opened.seen) - len(opened.left_out)
        said = (
            _("{name}: one page holds what {n} pages held; those are in its folder {earlier}.")
            if n > 1
            else _("{name}: there is one page, and nothing to put together.")
        )
        print(said.format(name=name, n=n, earlier=store.EARLIER))

    if name is None:
        _of_each(workspace, put_together)
    else:
        put_together(name)


def _opened(workspace: "Workspace", name: str, key: "Key") -> "Record":
    """Open a record, and say of each page that could not be read why."""
    from copehope_lib.records.store import open_record

    opened = open_record(workspace.records / name, key)
    for sentence in opened.left_out:
        typer.echo(sentence, err=True)
    return opened.record


def _minutes(workspace: "Workspace", record: "Record") -> "Document":
    """Return minutes without the pictures of the meeting: those are on its page."""
    import pandas as pd

    from copehope_lib import months
    from copehope_lib.documents.minutes import of_record
    from copehope_lib.meeting.steps import STEPS

    about = f"{workspace.settings.team} · {months.name(pd.Period(record.name, 'M'))}"
    steps = [(step.code, _(step.title)) for step in STEPS]
    return of_record(record, about=about, steps=steps, shown={}, owners=_owners(workspace))


def _owners(workspace: "Workspace") -> dict[str, str]:
    """Return how minutes call each professional: by profile, where the settings say so."""
    from copehope_lib.vocabulary import Profile

    if workspace.settings.supervision.minutes_as == "codes":
        return {}
    team = workspace.tables().professionals
    return {
        str(code): Profile.label_of(str(profile))
        for code, profile in zip(team["professional"], team["profile"], strict=True)
    }
