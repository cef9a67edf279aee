"""From the registry to extracts: compute, protect, remember, close, write."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.metrics import METRICS, Snapshot, compute_by
from copehope_lib.months import together as months_as_one
from copehope_lib.privacy import wellbeing
from copehope_lib.privacy.actions import actions, requests
from copehope_lib.privacy.audience import AUDIENCES, SUPERVISION, TEAM, Audience, audiences
from copehope_lib.privacy.cases import protected_cases
from copehope_lib.privacy.closing import GROUPS, Months, carried_over, keep_states, kept_states
from copehope_lib.privacy.manifest import BY_SITE, CASES, EXTRACT_VERSION, MANIFEST, Manifest
from copehope_lib.privacy.memory import Memory
from copehope_lib.privacy.primary import dominated
from copehope_lib.privacy.protect import Hidden, Results, decide, may_see, named, show
from copehope_lib.privacy.pseudonyms import pseudonyms
from copehope_lib.privacy.source import Known, known, source
from copehope_lib.privacy.write import files_of, replace_file, write
from copehope_lib.schema import SCHEMA_VERSION
from copehope_lib.tables import Each, Tables
from copehope_lib.workspace import Workspace

ACTIONS = "actions"
"""Name of the rows about decisions that come back to the meeting."""
REQUESTS = "requests"
"""Name of the rows about what the organisation was asked."""


def publish(
    workspace: Workspace, tables: Tables, month: pd.Period, each: Each = iter
) -> list[Path]:
    """Close a month: write what groups are told of it, once and for good.

    It is protected against all that was ever told, and what one audience is not shown, those
    with less detail are not either. What supervision sees of earlier months is written anew.

    Parameters
    ----------
    workspace : Workspace
        The team's folder; extracts go to ``extracts/<month>/<audience>/``.
    tables : Tables
        Its registry, as ``workspace.tables()`` returned it.
    month : pandas.Period
        Month.
    each : callable, optional
        Wraps the metrics, then the groups, as they are gone through, to show progress.

    Returns
    -------
    list of pathlib.Path
        The extracts of the month.

    Raises
    ------
    CopehopeError
        If the tables have errors, or know nothing about the month; if it is closed already, was
        withdrawn, has not begun, or comes before one that is closed; if groups were told another
        number of months together before; if the key of the pseudonyms is missing or another one;
        if nothing can be written.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> from copehope_lib.demo import synthetic
    >>> team = Workspace.create(Path(mkdtemp()) / "my-team")
    >>> made = synthetic.generate(women=20, professionals=3, months=4)
    >>> synthetic.write(made, team.registry)
    >>> [folder.name for folder in publish(team, team.tables(), synthetic.LAST_MONTH)]
    ['supervision', 'team', 'partner']
    """
    tables.refuse_unless_ready(month)
    with workspace.alone():
        months, rules = carried_over(workspace), audiences(workspace.settings)
        months.refuse(month)
        memories = {name: Memory.of(months, rules[name]) for name in GROUPS}
        refuse_another_key(workspace)
        together = workspace.settings.publishing.together
        _refuse_another_number(memories, together)
        snapshot = Snapshot.of(tables, month, workspace.settings)
        for name in each(list(METRICS)):
            snapshot.once(METRICS[name].compute, snapshot)
        period = _told_with(month, together)
        over = snapshot if period in (month, None) else replace(snapshot, month=period, _known={})
        starts = _starts(workspace, months, memories, month - together)
        since = replace(over, closed=starts)
        due = [name for name, of in METRICS.items() if of.at_end or period is not None]
        told = {
            name: METRICS[name].compute(since)
            if name in starts
            else (snapshot if METRICS[name].at_end else over)[name]
            for name in due
            if name in starts or METRICS[name].starts_from is None
        }
        groups = [rules[name] for name in GROUPS]
        shown, whole = _for_groups(over, month, told, each(groups), memories, months)
        keep_states(workspace, snapshot)
        for audience in groups:
            mine = [of for of in METRICS if may_see(audience, METRICS[of])]
            about = replace(
                _manifest(workspace, month, audience),
                unknown=[of for of in mine if of in due and of not in told],
                whole=whole[audience.name],
                together=together,
                over=[of for of in mine if together > 1 and not METRICS[of].at_end],
            )
            memories[audience.name].keep(files_of(shown[audience.name], about), month)
        # From here on it is closed, whatever breaks off.
        _hand_on(workspace, months.keep(month, "closed"))
        _supervision(workspace, snapshot, [*months.closed, month])
        return [workspace.extracts / str(month) / name for name in AUDIENCES]


def preview(workspace: Workspace, tables: Tables, month: pd.Period, each: Each = iter) -> Path:
    """Show a month to supervision alone, as a draft; nothing of it is remembered.

    Parameters
    ----------
    workspace, tables, month, each
        As for :func:`publish`.

    Returns
    -------
    pathlib.Path
        The extract.

    Raises
    ------
    CopehopeError
        If the tables have errors, or know nothing about the month; if the key of the
        pseudonyms is missing or another one; if nothing can be written.
    """
    tables.refuse_unless_ready(month)
    with workspace.alone():
        refuse_another_key(workspace)
        months = carried_over(workspace)
        _hand_on(workspace, months)
        draft = None if month in months.states else month
        every = sorted({*months.closed, month})
        latest = Snapshot.of(tables, every[-1], workspace.settings)
        _supervision(workspace, latest, each(every), draft)
        return workspace.extracts / str(month) / SUPERVISION.name


def _told_with(month: pd.Period, together: int) -> pd.Period | None:
    """Return the months that are told as one when a month is closed; none until their last one."""
    if month.month % together:
        return None
    return months_as_one(month - (together - 1), month) if together > 1 else month


def _refuse_another_number(memories: Mapping[str, Memory], together: int) -> None:
    """Refuse to tell single months after three of them, or the other way about.

    What three months tell, less two that were told alone, is the third.
    """
    kept = [one.together for one in memories[TEAM.name].manifests.values()]
    if kept and kept[-1] != together:
        raise CopehopeError(
            _(
                "copehope.toml: publishing.together is {number}, and the months that are closed "
                "were told with {kept}: write {kept} again, because both together would tell what "
                "is hidden."
            ).format(number=together, kept=kept[-1])
        )


def _starts(
    workspace: Workspace, months: Months, memories: Mapping[str, Memory], before: pd.Period
) -> dict[str, pd.DataFrame]:
    """Return what flows and changes start from, as the month before them was closed.

    Where that was not closed, or counted by another rule, there is nothing to start from.
    """
    if months.states.get(before) != "closed":
        return {}
    rules = memories[TEAM.name].rules(before)
    kept = kept_states(workspace, before)
    return {name: kept[name] for name in kept if rules.get(name) == METRICS[name].rules}


def _hand_on(workspace: Workspace, months: Months) -> None:
    """Lay what groups are told of the closed months where it is served from, if it is not there."""
    rules = audiences(workspace.settings)
    for name in GROUPS:
        memory = Memory.of(months, rules[name])
        for month in months.closed:
            place, folder = memory.place(month), workspace.extracts / str(month) / name
            if place is not None and not (folder / MANIFEST).exists():
                tables = memory.manifests[place].tables.values()
                files = [*(file.file for file in tables), MANIFEST]
                write(folder, {of: (place / of).read_bytes() for of in files})
                wellbeing.attach(workspace, str(month), name)


def _supervision(
    workspace: Workspace,
    latest: Snapshot,
    months: Iterable[pd.Period],
    draft: pd.Period | None = None,
) -> None:
    """Write what supervision sees of some months, as far as more or else is known of each now."""
    tables = latest.tables
    names, now = pseudonyms(tables.women, workspace.key, workspace.marks), known(tables)
    for month in months:
        about = about_supervision(workspace, now, month, draft)
        folder = workspace.extracts / str(month) / about.audience.name
        if month in tables.months and not _is(folder, about):
            write(folder, for_supervision(workspace, latest.at(month), names, about))


def about_supervision(
    workspace: Workspace, of: Known, month: pd.Period, draft: pd.Period | None
) -> Manifest:
    """Return what an extract of supervision says of itself, but for its files."""
    about = _manifest(workspace, month, audiences(workspace.settings)[SUPERVISION.name])
    return replace(about, source=source(workspace, of, month), draft=month == draft)


def for_supervision(
    workspace: Workspace, snapshot: Snapshot, names: pd.Series, about: Manifest
) -> dict[str, bytes]:
    """Return the files of an extract of supervision.

    Parameters
    ----------
    workspace : Workspace
        The team's folder.
    snapshot : Snapshot
        Its registry at the end of the month.
    names : pandas.Series
        Pseudonyms by code.
    about : Manifest
        What it says of itself.

    Raises
    ------
    CopehopeError
        If there are too few women.
    """
    tables, month = snapshot.tables, snapshot.month
    rows, measured = protected_cases(tables, month, names, about.audience.k)
    shown = {
        **named({name: snapshot[name] for name in METRICS}, names),
        **_by_site(snapshot, names),
        CASES: rows,
        ACTIONS: actions(tables, month),
        REQUESTS: requests(tables, month),
        **wellbeing.tables_of(workspace, about.month),
    }
    return files_of(shown, about, {CASES: measured})


def _is(folder: Path, about: Manifest) -> bool:
    """Tell whether an extract of supervision says what it would say if it were written anew."""
    try:
        there = Manifest.read(folder)
    except CopehopeError:
        return False
    return replace(there, tables={}, rules={}) == replace(about, tables={}, rules={})


def refuse_another_key(workspace: Workspace) -> None:
    """Refuse to give women other pseudonyms than those of the months before.

    Raises
    ------
    CopehopeError
        If the key is not the one with which the first month was published.
    """
    kept = workspace.published / "supervision.key-name"
    # The name of a key follows from it, and tells nothing of it.
    name = hmac.digest(workspace.key, b"name of this key", "sha256").hex()[:16]
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        replace_file(kept, name.encode())
    elif kept.read_text(encoding="ascii") != name:
        raise CopehopeError(
            _(
                "{path} is another key than the one of the months before: bring that one back "
                "from your copy, because with this one every woman would get a new pseudonym."
            ).format(path=workspace.registry / "pseudonyms.key")
        )


def _by_site(snapshot: Snapshot, names: pd.Series) -> dict[str, pd.DataFrame]:
    """Return what can be told of each site apart, where there are several.

    Groups are not given it: split by site, most of their counts would be small, and those of
    one town are what is left of the sum when the other's are known.
    """
    if snapshot.tables.women["site"].nunique() < 2:
        return {}
    apart = named(compute_by(snapshot, "site"), names)
    return {name + BY_SITE: result for name, result in apart.items()}


def _for_groups(
    over: Snapshot,
    month: pd.Period,
    results: Results,
    groups: Iterable[Audience],
    memories: Mapping[str, Memory],
    months: Months,
) -> tuple[dict[str, dict[str, pd.DataFrame]], dict[str, Sequence[str]]]:
    """Return what each audience is shown, and which tables are hidden from it whole.

    It is shown no count that one with more detail is not shown.
    """
    hidden: Hidden = {}
    shown, whole = {}, {}
    together = over.settings.publishing.together
    last = month - together
    for audience in groups:
        memory = memories[audience.name]
        decision = decide(
            results,
            month,
            audience,
            dominated=_dominated(over, results, audience),
            # Only what follows women from month to month ties one month to the next.
            earlier=memory.editions() if audience.movements else (),
            also=hidden,
            together=together,
        )
        hidden, whole[audience.name] = decision.hidden, decision.whole
        before = memory.last(last) if months.states.get(last) == "closed" else None
        rules = memory.rules(last)
        then = before.tables if before else {}
        same = {name: then[name] for name in then if rules.get(name, 1) == METRICS[name].rules}
        shown[audience.name] = show(results, hidden, audience, same)
    return shown, whole


def _dominated(snapshot: Snapshot, results: Results, audience: Audience) -> Hidden:
    """Return the counts with which goes a sum that is nearly all one woman's."""
    found: Hidden = {}
    for name, metric in METRICS.items():
        if metric.dominance is not None and name in results:
            key = results[name].columns[0]
            parts = results[name][[key]].merge(metric.dominance(snapshot), on=key, how="left")
            total, first, second = (parts[of].fillna(0.0) for of in ("sum", "largest", "second"))
            rows = dominated(total, first, second, audience.dominance)
            found[name, metric.rests_on[0]] = np.asarray(rows, dtype=bool)
    return found


def _manifest(workspace: Workspace, month: pd.Period, audience: Audience) -> Manifest:
    settings = workspace.settings
    return Manifest(
        extract_version=EXTRACT_VERSION,
        library_version=version("copehope-workbench"),
        schema_version=SCHEMA_VERSION,
        month=str(month),
        team=settings.team,
        language=settings.language,
        pause_days=settings.engagement.pause_days,
        window_days=settings.engagement.window_days,
        audience=audience,
        tables={},
        rules={name: metric.rules for name, metric in METRICS.items()},
    )
