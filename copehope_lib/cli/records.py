"""Records of meetings: what there is, what it says, minutes, decisions, another key."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copehope_lib.cli.arguments import Folder, app, open_workspace
from copehope_lib.cli.unlock import key_of, warn
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext

if TYPE_CHECKING:
    from copehope_lib.minutes import Minutes
    from copehope_lib.records.record import Record
    from copehope_lib.workspace import Workspace

records = typer.Typer(no_args_is_help=True, help="Sealed records of meetings.")
app.add_typer(records, name="records")

Name = Annotated[str, typer.Argument(metavar="YYYY-MM", help="Month of the meeting.")]
KeyFile = Annotated[Path, typer.Option("--key", metavar="FILE", help="Key that opens it.")]


class Ending(StrEnum):
    """Formats in which a record leaves: minutes, or its decisions as a table."""

    docx = "docx"
    html = "html"
    md = "md"
    csv = "csv"


@records.command("list")
def list_all(folder: Folder) -> None:
    """Print the records of a workspace, and how many sealed pages each has.

    Example: copehope records list my-team
    """
    from copehope_lib.records.shelf import names, pages

    workspace = open_workspace(folder)
    for name in names(workspace.records):
        n = len(pages(workspace.records / name))
        print(
            ngettext("{name}: {n} sealed page", "{name}: {n} sealed pages", n).format(
                name=name, n=n
            )
        )
    if not names(workspace.records):
        print(_("There is no record yet."))


@records.command()
def show(folder: Folder, name: Name, key: KeyFile) -> None:
    """Print a record.

    Example: copehope records show my-team 2026-10 --key my-key.txt
    """
    from copehope_lib.minutes import as_markdown

    workspace = open_workspace(folder)
    print(as_markdown(_minutes(workspace, _opened(workspace, name, key))))


@records.command()
def export(
    folder: Folder,
    name: Name,
    key: KeyFile,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where it goes; a new file.")],
    format: Annotated[
        Ending, typer.Option(help="docx, html, md; csv: decisions.")
    ] = Ending.docx,
) -> None:
    """Write minutes, or the decisions as rows of the table actions.

    Example: copehope records export my-team 2026-10 --key my-key.txt --out minutes.docx

    Example: copehope records export my-team 2026-10 --key K --format csv --out actions.csv
    """
    from copehope_lib import private_file
    from copehope_lib.minutes import FORMATS

    workspace = open_workspace(folder)
    warn(workspace)
    private_file.refuse_existing(out)
    record = _opened(workspace, name, key)
    if format is Ending.csv:
        content: str | bytes = _actions(workspace, record)
    else:
        content = FORMATS[format.value](_minutes(workspace, record))
    private_file.write_new(out, content if isinstance(content, bytes) else content.encode())
    print(_("{out} is open to read: delete it when you are done.").format(out=out))


@records.command()
def reseal(folder: Folder, name: Name, key: KeyFile) -> None:
    """Seal a record to the keys that copehope.toml names now; older pages stay as they are.

    Example: copehope records reseal my-team 2026-10 --key my-key.txt
    """
    from copehope_lib.records import shelf

    workspace = open_workspace(folder)
    to = workspace.settings.supervision.public_keys
    shelf.reseal(workspace.records / name, key_of(key), to)
    n = len(to)
    print(
        ngettext(
            "{name} opens with {n} key of copehope.toml; its older pages stay as they are.",
            "{name} opens with each of {n} keys of copehope.toml; its older pages stay as they "
            "are.",
            n,
        ).format(name=name, n=n)
    )


def _opened(workspace: "Workspace", name: str, key: Path) -> "Record":
    """Open a record, and say of each page that could not be read why."""
    from copehope_lib.records.shelf import open_record

    opened = open_record(workspace.records / name, key_of(key))
    for sentence in opened.left_out:
        typer.echo(sentence, err=True)
    return opened.record


def _minutes(workspace: "Workspace", record: "Record") -> "Minutes":
    """Return minutes without the pictures of the meeting: those are on its page."""
    import pandas as pd

    from copehope_lib import month as months
    from copehope_lib.minutes import of_record
    from copehope_lib.panels.steps import STEPS

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


def _actions(workspace: "Workspace", record: "Record") -> str:
    """Return decisions as rows of the table actions, with codes that are not taken.

    Raises
    ------
    CopehopeError
        If a decision holds what the guard would not let into a registry.
    """
    import pandas as pd

    from copehope_lib.exports import as_csv
    from copehope_lib.panels.pad import unsure
    from copehope_lib.panels.steps import ORDER

    taken = workspace.tables().actions["action"].dropna().astype(str)
    last = max(taken, key=lambda code: (len(code), code), default="A-000")
    prefix, _dash, digits = last.rpartition("-")
    decided = [one for one in record.of("decision") if one.words.get("text", "").strip()]
    team = frozenset(workspace.tables().professionals["professional"].astype(str))
    doubtful = [one for one in decided if unsure(one, team)]
    if doubtful:
        raise CopehopeError(
            _(
                "What may lead to a person stands in {n} of the decisions: look at them on the "
                "page of the meeting first."
            ).format(n=len(doubtful))
        )
    steps = record.entries.get(ORDER)
    held = steps.words.get("held_on", "") if steps else ""
    day = held or pd.Period(record.name, "M").end_time.date().isoformat()
    rows = [
        [f"{prefix}-{int(digits) + at:0{len(digits)}}", day, one.words["text"],
         one.words.get("owner", ""), one.words.get("due_on", ""), "",
         one.words.get("dimension", "")]
        for at, one in enumerate(decided, start=1)
    ]  # fmt: skip
    headings = ["action", "decided_on", "text", "owner", "due_on", "done_on", "dimension"]
    return as_csv(pd.DataFrame(rows, columns=headings))
