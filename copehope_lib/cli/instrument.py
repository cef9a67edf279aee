"""Self-check instruments: what there is, a team's own wording, scores for scripts."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copehope_lib.cli.arguments import Here, app, open_workspace
from copehope_lib.cli.numbers import NumbersFormat
from copehope_lib.cli.terminal import print_table
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

if TYPE_CHECKING:
    import pandas as pd

instrument = typer.Typer(no_args_is_help=True, help="Self-check instruments.")
app.add_typer(instrument, name="instrument")

Name = Annotated[str, typer.Argument(metavar="NAME", help="Instrument, for example cbi.")]
PERSON = ("person", "id", "row")
_ITEM = re.compile(r"(?:item|q|i)?[ _]?(\d+)", re.IGNORECASE)


@instrument.command("list")
def list_all() -> None:
    """Print the instruments that the workbench knows.

    Example: copehope instrument list
    """
    from copehope_lib.instruments import INSTRUMENTS, read

    rows = []
    for one in map(read, INSTRUMENTS):
        scales = ", ".join(key.code.value for key in one.scales)
        wording = _("our own") if one.wording else _("the team’s own, to be imported")
        rows.append((one.name, one.title, len(one.items), scales, wording))
    print_table((_("Name"), _("Instrument"), _("Items"), _("Scales"), _("Wording")), rows, gap=1)


@instrument.command("import")
def import_wording(
    name: Name,
    file: Annotated[Path, typer.Argument(metavar="WORDING.csv", help="Columns item and text.")],
    folder: Here = Path(),
) -> None:
    """Check a team's own wording of an instrument against its key, and keep it.

    Example: copehope instrument import cbi wording.csv my-team
    """
    from copehope_lib.files import private
    from copehope_lib.instruments import read
    from copehope_lib.instruments.wording import wording

    workspace = open_workspace(folder)
    chosen = read(name)
    if chosen.wording is not None:
        raise CopehopeError(_("{title} has its wording already.").format(title=chosen.title))
    content = private.read(file)
    items = wording(chosen, content).items
    kept = workspace.wording(name)
    kept.parent.mkdir(exist_ok=True)
    private.write_new(kept, content)
    sentence = _("{path} holds the wording of {n} items; use only what you have the right to.")
    print(sentence.format(path=kept, n=len(items)))
    if chosen.reversed:
        sentence = _(
            "Counted the other way round: {items}. Look whether your form does so with these; if "
            "not, it has another order: number its items as the key does."
        )
        turned = "; ".join(f"{number} “{items[number].spoken}”" for number in chosen.reversed)
        print(sentence.format(items=turned))


@instrument.command()
def score(
    name: Name,
    answers: Annotated[
        Path, typer.Argument(metavar="ANSWERS.csv", help="A row a person, a column an item.")
    ],
    format: Annotated[NumbersFormat, typer.Option(help="json or csv.")] = "json",
) -> None:
    """Print the score and band of each person on each scale.

    Example: copehope instrument score cbi answers.csv --format json
    """
    from copehope_lib.documents.csv import as_csv
    from copehope_lib.instruments import read
    from copehope_lib.instruments import score as scores_of

    chosen = read(name)
    rows = _rows(answers)
    people = rows[[column for column in rows if str(column).lower() in PERSON]]
    scores = scores_of(chosen, rows.drop(columns=list(people)).rename(columns=_number))
    result = people.join(scores)
    if format == "csv":
        print(as_csv(result), end="")
    else:
        text = result.to_json(orient="records", double_precision=10)
        print(json.dumps(json.loads(text), ensure_ascii=False, indent=1))


def _rows(path: Path) -> "pd.DataFrame":
    from io import BytesIO

    import pandas as pd

    from copehope_lib.files import private

    content = private.read(path)
    first = content.split(b"\n", 1)[0].decode("utf-8", errors="replace")
    separator = max((",", ";", "\t"), key=first.count)
    try:
        return pd.read_csv(BytesIO(content), sep=separator, dtype="string", encoding="utf-8-sig")
    except (ValueError, pd.errors.ParserError):
        sentence = _("{path} is no table: save it as CSV, a row a person, a column an item.")
        raise CopehopeError(sentence.format(path=path)) from None


def _number(heading: str) -> int | str:
    found = _ITEM.fullmatch(str(heading).strip())
    return int(found[1]) if found else heading
