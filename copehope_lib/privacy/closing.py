"""Closed months: each is told to groups once, in one way, and never again in another.

``published/months.json`` says which months are closed and which were withdrawn. It is written
when all that groups are to be shown lies in the memory, and before anybody can see any of it:
what lies there of other months nobody has seen. In a workspace of an earlier workbench, which
has no such file, all that was ever published counts as closed.
"""

import csv
import io
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.files.sealing import ENDING, open_sealed, seal
from copehope_lib.language import gettext as _
from copehope_lib.metrics import METRICS, Snapshot
from copehope_lib.privacy.audience import AUDIENCES
from copehope_lib.privacy.manifest import MANIFEST
from copehope_lib.privacy.write import parquet, writing
from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables
from copehope_lib.workspace import Workspace

FILE_NAME = "months.json"
VERSION = 2
"""Of the workspace; the first one had no closed months."""
HANDED_OUT = "handed_out.csv"
CLOSED = ".closed"
"""Folder of the registry that keeps how each month was left."""

GROUPS = [name for name, audience in AUDIENCES.items() if not audience.cases]
"""Audiences that are shown groups only, from most to least detail."""

State = Literal["closed", "withdrawn"]


@dataclass(frozen=True)
class Months:
    """The months of a workspace that are closed, or were withdrawn after that.

    Attributes
    ----------
    folder : pathlib.Path
        ``published/`` of the workspace.
    states : mapping of pandas.Period to {"closed", "withdrawn"}
        What each is; one that is not here may still change.
    """

    folder: Path
    states: Mapping[pd.Period, State]

    @classmethod
    def of(cls, workspace: Workspace) -> "Months":
        """Read which months are closed.

        Raises
        ------
        CopehopeError
            If that is damaged, or was written by a newer workbench.
        """
        folder = workspace.published
        path = folder / FILE_NAME
        if not path.exists():
            kept = (one for name in GROUPS for one in folder.glob(f"{name}/[!.]*/{MANIFEST}"))
            return cls(folder, {pd.Period(one.parent.name[:7], "M"): "closed" for one in kept})
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            states: dict[pd.Period, State] = {
                pd.Period(month, "M"): state for month, state in values["months"].items()
            }
            newer = values["version"] > VERSION
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            sentence = _("{path} is damaged: bring it back from your copy.")
            raise CopehopeError(sentence.format(path=path)) from None
        if newer:
            sentence = _("{path} was published by a newer workbench: update this one.")
            raise CopehopeError(sentence.format(path=path))
        return cls(folder, states)

    @property
    def closed(self) -> list[pd.Period]:
        """The months that groups are shown, oldest first."""
        return sorted(month for month, state in self.states.items() if state == "closed")

    def keep(self, month: pd.Period, state: State | None) -> "Months":
        """Remember what a month is from here on; None forgets that it was closed.

        Raises
        ------
        CopehopeError
            If it cannot be written.
        """
        states = {one: of for one, of in self.states.items() if one != month}
        if state is not None:
            states[month] = state
        return Months(self.folder, states)._written()

    def _written(self) -> "Months":
        said = {str(month): self.states[month] for month in sorted(self.states)}
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            content = json.dumps({"version": VERSION, "months": said}, indent=1)
            private.replace(self.folder / FILE_NAME, content.encode())
        return self

    def refuse(self, month: pd.Period) -> None:
        """Refuse to close a month twice, before it has begun, or before an earlier one.

        Raises
        ------
        CopehopeError
            It says what can be done.
        """
        if self.states.get(month) == "withdrawn":
            sentence = _(
                "{month} was withdrawn and is not replaced: what was corrected shows from the next "
                "month on."
            )
            raise CopehopeError(sentence.format(month=month))
        if month in self.states:
            sentence = _(
                "{month} is closed, and is told to the team and to partners in no other way: what "
                "was corrected shows from the next month on, and to supervision with `copehope "
                "preview`."
            )
            raise CopehopeError(sentence.format(month=month))
        later = [one for one in self.closed if one > month]
        if later:
            sentence = _(
                "{month} comes before {latest}, which is closed already: months are closed in "
                "their order, because each is protected against those before it."
            )
            raise CopehopeError(sentence.format(month=month, latest=later[-1]))
        if month.start_time > today():
            sentence = _("{month} has not begun: look for a day in the tables that lies ahead.")
            raise CopehopeError(sentence.format(month=month))


def carried_over(workspace: Workspace) -> Months:
    """Return which months are closed; a workspace of an earlier workbench is one of this from here.

    What that published counts as closed, and as handed out. Nothing else is changed.

    Raises
    ------
    CopehopeError
        If it cannot be read or written.
    """
    months = Months.of(workspace)
    if not (months.folder / FILE_NAME).exists():
        for audience in GROUPS if months.closed else ():
            hand_out(workspace, "an earlier workbench", audience, months.closed)
        months._written()
    return months


def today() -> pd.Timestamp:
    """Return this day."""
    return pd.Timestamp.now().normalize()


def refuse_the_clock(workspace: Workspace) -> None:
    """Refuse a day that lies before a month that is closed.

    Raises
    ------
    CopehopeError
        It says both.
    """
    closed = Months.of(workspace).closed
    if closed and closed[-1].start_time > today():
        sentence = _(
            "This machine says that it is {today}, and {month} is closed already: set its clock, "
            "or withdraw that month if it was closed by mistake."
        )
        raise CopehopeError(sentence.format(today=today().date(), month=closed[-1]))


def doubts(workspace: Workspace, tables: Tables, month: pd.Period) -> list[str]:
    """Return a sentence for each thing to be sure of before a month is closed.

    Parameters
    ----------
    workspace : Workspace
        The team's folder.
    tables : Tables
        Its registry.
    month : pandas.Period
        Month that is to be closed.
    """
    said = []
    if month.end_time >= today():
        sentence = _("{month} is not over: what comes in until its end will never be shown in it.")
        said.append(sentence.format(month=month))
    empty = [name for name, of in TABLES.items() if not of.optional and getattr(tables, name).empty]
    if empty:
        sentence = _("Nothing stands in {tables}: what follows from it will be missing for good.")
        said.append(sentence.format(tables=", ".join(empty)))
    closed = Months.of(workspace).closed
    missing = [*pd.period_range(closed[-1] + 1, month - 1, freq="M")] if closed else []
    if missing:
        sentence = _(
            "{months} was not closed: it can no longer be, and of {month} no flow and no change "
            "will be told."
        )
        names = ", ".join(str(one) for one in missing)
        said.append(sentence.format(months=names, month=month))
    return said


def unsigned(settings: Settings) -> str:
    """Name the charters without a day on which the organisation signed them; nothing if none is.

    It is no doubt to be sure of: a month is closed all the same.

    Examples
    --------
    >>> unsigned(Settings(charters={"women_on": "2026-03-01", "staff_on": "2026-03-01"}))
    ''
    """
    charters = {
        _("the charter for women (charter-women, women_on)"): settings.charters.women_on,
        _("the charter for the staff (charter-staff, staff_on)"): settings.charters.staff_on,
    }
    sentence = _(
        "Not signed yet, as far as it is written down: {charters}. `copehope paper` prints it, and "
        "the day goes under [charters] in copehope.toml."
    )
    missing = " · ".join(name for name, day in charters.items() if not day)
    return sentence.format(charters=missing) if missing else ""


def _states(workspace: Workspace, month: pd.Period) -> Path:
    """Return where it is kept how a month was left: in the private room."""
    return workspace.registry / CLOSED / str(month)


def keep_states(workspace: Workspace, snapshot: Snapshot) -> None:
    """Keep what the next month's flows and changes start from, as it is now.

    Where the registry was opened with a key, it is sealed to that.

    Raises
    ------
    CopehopeError
        If it cannot be written.
    """
    folder, key = _states(workspace, snapshot.month), workspace.opened_with
    with writing(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, metric in METRICS.items():
            if metric.starts_from is not None:
                content = parquet(metric.starts_from(snapshot))
                path = folder / f"{name}.parquet"
                if key is None:
                    private.write_new(path, content)
                else:
                    path = path.with_name(path.name + ENDING)
                    private.write_new(path, seal(content, key.public))


def kept_states(workspace: Workspace, month: pd.Period) -> dict[str, pd.DataFrame]:
    """Return what flows and changes start from, by metric, as a month was closed.

    Nothing is there of a month that was not closed, or that an earlier workbench closed.

    Raises
    ------
    CopehopeError
        If it is damaged, or sealed to another key.
    """
    found = {}
    for path in sorted(_states(workspace, month).glob("*.parquet*")):
        content = private.read(path)
        if path.name.endswith(ENDING):
            if workspace.opened_with is None:
                sentence = _("{path} is sealed: add --key and your key file.")
                raise CopehopeError(sentence.format(path=path))
            content = open_sealed(content, workspace.opened_with, path)
        try:
            table = pd.read_parquet(io.BytesIO(content))
        except (OSError, ValueError):
            sentence = _("{path} is damaged: bring it back from your copy.")
            raise CopehopeError(sentence.format(path=path)) from None
        found[path.name.partition(".parquet")[0]] = table
    return found


def hand_out(workspace: Workspace, what: str, audience: str, months: Iterable[pd.Period]) -> None:
    """Write down that months are handed to somebody, before anybody can look.

    Parameters
    ----------
    workspace : Workspace
        The team's folder.
    what : str
        The command that does it.
    audience : str
        For whom.
    months : iterable of pandas.Period
        Which months.

    Raises
    ------
    CopehopeError
        If it cannot be written; then nothing may be handed out.
    """
    path = workspace.published / HANDED_OUT
    with workspace.alone(), writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = not path.exists()
        with path.open("a", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            if fresh:
                rows.writerow(["day", "what", "audience", "months"])
            named = " ".join(str(month) for month in months)
            rows.writerow([today().date().isoformat(), what, audience, named])
            file.flush()
            os.fsync(file.fileno())


def handed_out(workspace: Workspace, month: pd.Period) -> list[str]:
    """Return on which days and how a month was handed to groups."""
    path = workspace.published / HANDED_OUT
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    return [
        f"{row['day']} ({row['what']}, {row['audience']})"
        for row in rows
        if row["audience"] in GROUPS and str(month) in (row["months"] or "").split()
    ]


def withdraw(workspace: Workspace, month: pd.Period) -> Path:
    """Withdraw a month from groups as a whole; it is not replaced.

    Its extracts are moved away, and what they showed stays known to whoever protects the months
    after it.

    Returns
    -------
    pathlib.Path
        Where its extracts lie from here on.

    Raises
    ------
    CopehopeError
        If it is not closed, or nothing can be written.
    """
    with workspace.alone():
        months = carried_over(workspace)
        if months.states.get(month) != "closed":
            closed = ", ".join(str(one) for one in months.closed) or _("none")
            sentence = _(
                "{month} is not closed (closed are: {months}): there is nothing to withdraw."
            )
            raise CopehopeError(sentence.format(month=month, months=closed))
        months.keep(month, "withdrawn")
        away = workspace.path / "earlier" / "withdrawn" / str(month)
        _move(workspace, month, away)
        return away


def undo(workspace: Workspace) -> pd.Period:
    """Take the last closing back, as long as nobody was handed the month.

    Returns
    -------
    pandas.Period
        The month that is open again.

    Raises
    ------
    CopehopeError
        If no month is closed, or the last one was handed out.
    """
    with workspace.alone():
        months = carried_over(workspace)
        if not months.closed:
            raise CopehopeError(_("No month is closed: there is nothing to take back."))
        month = months.closed[-1]
        known = handed_out(workspace, month)
        if known:
            sentence = _(
                "{month} was handed out: {when}. What somebody may have seen stays; a gross error "
                "is withdrawn with `copehope withdraw`."
            )
            raise CopehopeError(sentence.format(month=month, when="; ".join(known)))
        months.keep(month, None)
        _move(workspace, month, workspace.path / "earlier" / "undone" / str(month))
        shutil.rmtree(_states(workspace, month), ignore_errors=True)
        return month


def _move(workspace: Workspace, month: pd.Period, away: Path) -> None:
    """Move what groups were shown of a month out of what is served."""
    with writing(away):
        for name in GROUPS:
            folder = workspace.extracts / str(month) / name
            if folder.exists():
                away.mkdir(parents=True, exist_ok=True)
                folder.replace(private.free(away / name))
