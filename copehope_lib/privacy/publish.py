"""From the registry to extracts: compute, protect, remember, write; the old one or the new."""

import hmac
from collections.abc import Iterable, Mapping
from importlib.metadata import version

import numpy as np
import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.metrics import METRICS, Snapshot, compute_by
from copehope_lib.privacy import wellbeing
from copehope_lib.privacy.actions import actions
from copehope_lib.privacy.audience import AUDIENCES, Audience, audiences
from copehope_lib.privacy.cases import protected_cases
from copehope_lib.privacy.manifest import BY_SITE, CASES, EXTRACT_VERSION, Manifest
from copehope_lib.privacy.memory import Memory
from copehope_lib.privacy.primary import dominated
from copehope_lib.privacy.protect import Hidden, Results, decide, named, show
from copehope_lib.privacy.pseudonyms import pseudonyms
from copehope_lib.privacy.write import Published, replace_file, write
from copehope_lib.schema import SCHEMA_VERSION
from copehope_lib.tables import Each, Tables
from copehope_lib.workspace import Workspace

ACTIONS = "actions"
"""Name of the rows about decisions that come back to the meeting."""

GROUPS = [name for name, audience in AUDIENCES.items() if not audience.cases]
"""Audiences that are shown groups only, from most to least detail."""


def publish(
    workspace: Workspace,
    tables: Tables,
    month: pd.Period,
    chosen: Iterable[str] = tuple(AUDIENCES),
    each: Each = iter,
) -> list[Published]:
    """Publish one month: write an extract for each audience.

    An extract for groups is protected against all that was ever published for them, and what
    one audience is not shown, those with less detail are not either.

    Parameters
    ----------
    workspace : Workspace
        The team's folder; extracts go to ``extracts/<month>/<audience>/``.
    tables : Tables
        Its registry, as ``workspace.tables()`` returned it.
    month : pandas.Period
        Month.
    chosen : iterable of str
        Audiences; all by default.
    each : callable, optional
        Wraps the metrics as they are gone through, to show progress.

    Returns
    -------
    list of Published
        What was written.

    Raises
    ------
    CopehopeError
        If the tables have errors, or know nothing about the month; if the month comes before
        one that has been published; if the key of the pseudonyms is missing or another one; if
        nothing can be written. What was there before still is.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> from copehope_lib.demo import synthetic
    >>> team = Workspace.create(Path(mkdtemp()) / "my-team")
    >>> made = synthetic.generate(women=20, professionals=3, months=4)
    >>> synthetic.write(made, team.registry)
    >>> [one.folder.name for one in publish(team, team.tables(), synthetic.LAST_MONTH)]
    ['supervision', 'team', 'partner']
    """
    tables.refuse_unless_ready(month)
    rules = audiences(workspace.settings)
    wanted = [name for name in rules if name in set(chosen)]
    memories = {name: Memory.of(workspace.published, rules[name]) for name in GROUPS}
    for name in set(wanted) & set(GROUPS):
        memories[name].refuse_out_of_order(month)
    names = pseudonyms(tables.women, workspace.key)
    refuse_another_key(workspace)
    snapshot = Snapshot.of(tables, month, workspace.settings)
    results = {name: snapshot[name] for name in each(list(METRICS))}
    # Counts come first: if they cannot be protected, nothing at all is written.
    last = max((GROUPS.index(name) + 1 for name in wanted if name in GROUPS), default=0)
    shown = _for_groups(snapshot, results, [rules[name] for name in GROUPS[:last]], memories)
    written = []
    for name in wanted:
        about = _manifest(workspace, month, rules[name])
        folder = workspace.extracts / str(month) / name
        if name in GROUPS:
            written.append(write(folder, shown[name], about, memories[name]))
        else:
            rows, measured = protected_cases(tables, month, names, rules[name].k)
            apart = _by_site(workspace, tables, month, names)
            everything = {**named(results, names), **apart, CASES: rows}
            everything[ACTIONS] = actions(tables, month)
            written.append(write(folder, everything, about, measured={CASES: measured}))
        wellbeing.attach(workspace, str(month), name)
    return written


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


def _by_site(
    workspace: Workspace, tables: Tables, month: pd.Period, names: pd.Series
) -> dict[str, pd.DataFrame]:
    """Return what can be told of each site apart, where there are several.

    Groups are not given it: split by site, most of their counts would be small, and those of
    one town are what is left of the sum when the other's are known.
    """
    if tables.women["site"].nunique() < 2:
        return {}
    apart = named(compute_by(tables, month, workspace.settings, "site"), names)
    return {name + BY_SITE: result for name, result in apart.items()}


def _for_groups(
    snapshot: Snapshot, results: Results, groups: Iterable[Audience], memories: Mapping[str, Memory]
) -> dict[str, dict[str, pd.DataFrame]]:
    """Return what each audience is shown: no count that one with more detail is not shown."""
    hidden: Hidden = {}
    shown = {}
    for audience in groups:
        memory = memories[audience.name]
        hidden = decide(
            results,
            snapshot.month,
            audience,
            dominated=_dominated(snapshot, results, audience),
            earlier=memory.editions(None if audience.movements else snapshot.month),
            also=hidden,
        )
        before = memory.last(snapshot.month - 1)
        then = before.tables if before else None
        shown[audience.name] = show(results, hidden, audience, then)
    return shown


def _dominated(snapshot: Snapshot, results: Results, audience: Audience) -> Hidden:
    """Return the counts with which goes a sum that is nearly all one woman's."""
    found: Hidden = {}
    for name, metric in METRICS.items():
        if metric.dominance is not None:
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
    )
