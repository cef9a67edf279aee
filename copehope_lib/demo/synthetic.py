"""A synthetic team: a whole registry made by a small documented process model.

Each step draws one thing, stands in the module named after it, and begins there with its
numbers and their reasons. Where the report (*Cope & Hope: lessons learnt*) says that something
is so, its section is named. It gives hardly any numbers: the sizes are ours, chosen so that a
month looks like the months it describes, and are no finding about any team. "Tuned" means set so
that the months of the default team come out as the reason says. Nothing here is about a real
woman or a real team.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from copehope_lib.demo.actions import draw_actions, draw_requests
from copehope_lib.demo.appointments import draw_appointments
from copehope_lib.demo.around import (
    draw_contacts,
    draw_feedback,
    draw_phases,
    draw_referrals,
    draw_trainings,
    name_more,
)
from copehope_lib.demo.assignments import draw_assignments
from copehope_lib.demo.attendance import draw_attendance, draw_expected
from copehope_lib.demo.circumstances import Circumstances, draw_circumstances
from copehope_lib.demo.consents import draw_consents, draw_mediated, languages
from copehope_lib.demo.days import Window
from copehope_lib.demo.draws import happens
from copehope_lib.demo.groups import draw_group_sessions, draw_groups
from copehope_lib.demo.itineraries import draw_goal_events, draw_goals
from copehope_lib.demo.needs import draw_needs
from copehope_lib.demo.paths import Paths, draw_paths
from copehope_lib.demo.safety import draw_assessments, draw_plans
from copehope_lib.demo.schedule import schedule, took_place
from copehope_lib.demo.tables import numbered, typed
from copehope_lib.demo.team import Team, draw_team
from copehope_lib.demo.women import Women, draw_women, noted
from copehope_lib.schema import TABLES

# The month in which the synthetic team meets, whatever today's date is.
LAST_MONTH = pd.Period("2026-10", "M")

# Each step draws from its own stream of chance, so that a change in one leaves the others as they
# were. A new one is added at the end.
STREAMS: Final = (
    "team",
    "women",
    "codes",
    "noted",
    "circumstances",
    "paths",
    "assignments",
    "safety",
    "needs",
    "goals",
    "goal_events",
    "groups",
    "group_sessions",
    "appointments",
    "expected",
    "attendance",
    "activities",
    "actions",
    "consents",
    "mediated",
    "feedback",
    "referrals",
    "contacts",
    "trainings",
    "phases",
    "plans",
    "barriers",
    "requests",
)

# Share of activities that women helped to choose (§5: women take part in decisions); ours.
CHOSEN_WITH_WOMEN: Final = 0.45

Chance = dict[str, np.random.Generator]
Drawn = dict[str, Any]


def generate(
    women: int = 60,
    professionals: int = 9,
    months: int = 14,
    seed: int = 7,
    last_month: pd.Period = LAST_MONTH,
) -> dict[str, pd.DataFrame]:
    """The tables of a synthetic team, as a registry would hold them.

    Paths are intermittent and women return after a pause (§5.6); what stands in the way
    depends on childcare, transport and work (§5.2); caseloads are uneven (§5.4); goals are
    revised and set aside (§5.3.2); needs open and close; risk assessments age (§5.1.1).

    Parameters
    ----------
    women : int
        Different women over the whole period; about three quarters of them are accompanied in
        the last month.
    professionals : int
        Members of the team and externals over the whole period.
    months : int
        Months with sessions, up to and with ``last_month``; stays may begin a year earlier.
    seed : int
        The same seed gives the same tables, byte by byte.
    last_month : pandas.Period
        The last month; nothing later is recorded.

    Returns
    -------
    dict of str to pandas.DataFrame
        By table name, in the order of the design; columns and dtypes as ``schema.TABLES``
        declares them, keys unique, every reference resolving.

    Raises
    ------
    ValueError
        If a size is smaller than one.

    Examples
    --------
    >>> registry = generate(women=12, professionals=3, months=2)
    >>> list(registry)[:3]
    ['women', 'professionals', 'assignments']
    >>> registry["women"]["woman"].nunique()
    12
    """
    if min(women, professionals, months) < 1:
        raise ValueError("women, professionals and months must each be at least 1")
    seeds = np.random.SeedSequence(seed).spawn(len(STREAMS))
    chance = dict(zip(STREAMS, map(np.random.default_rng, seeds), strict=True))
    window = Window(months, last_month)
    team = draw_team(chance["team"], professionals, window)
    people = draw_women(chance["women"], women, window)
    around = draw_circumstances(chance["circumstances"], people, window)
    paths = draw_paths(chance["paths"], people, around, window)
    goals = draw_goals(chance["goals"], people, window)
    held = draw_assignments(chance["assignments"], people, team, window)
    assessed = draw_assessments(chance["safety"], people, window)
    decided = draw_actions(chance["actions"], team, window)
    stays = noted(chance["noted"], people)
    agreed = draw_consents(chance["consents"], stays, people, window)
    drawn: Drawn = {
        "women": pd.concat([stays, agreed], axis=1),
        "professionals": {
            "professional": range(professionals),
            **vars(team),
            **languages(professionals),
        },
        "assignments": held.assign(**draw_phases(chance["phases"], held, window)),
        "goals": goals,
        "goal_events": draw_goal_events(chance["goal_events"], goals, paths, window),
        "needs": draw_needs(chance["needs"], people, around, window),
        "safety": draw_plans(chance["plans"], assessed),
        "actions": draw_requests(chance["requests"], decided, window),
        "referrals": draw_referrals(chance["referrals"], held, window),
        "contacts": draw_contacts(chance["contacts"], held, window),
        "trainings": draw_trainings(chance["trainings"], team, window),
    }
    drawn |= _meetings(chance, drawn, people, team, around, paths, window)
    by_lot = np.argsort(chance["codes"].permutation(women))
    codes = {"woman": numbered("W", by_lot, 3), **_codes(drawn)}
    return {name: typed(name, drawn.get(name, {}), codes) for name in TABLES}


def _meetings(
    chance: Chance,
    drawn: Drawn,
    women: Women,
    team: Team,
    around: Circumstances,
    paths: Paths,
    window: Window,
) -> Drawn:
    """Lay out groups and individual work, and see who comes."""
    groups, members = draw_groups(chance["groups"], women, team, window)
    activities, sessions = schedule(
        groups,
        draw_group_sessions(chance["group_sessions"], groups, window),
        draw_appointments(chance["appointments"], drawn["assignments"], team, window),
    )
    expected = draw_expected(
        chance["expected"], sessions, members, women, drawn["safety"], paths, window
    )
    attendance = draw_attendance(
        chance["attendance"], expected, activities, sessions, around, paths
    )
    module = activities["module"].loc[sessions["activity"].loc[expected["session"].unique()]]
    activities, sessions = took_place(chance["activities"], activities, sessions, expected)
    return {
        "activities": activities.assign(
            chosen_with_women=happens(chance["feedback"], CHOSEN_WITH_WOMEN, len(activities))
        ),
        "sessions": sessions.assign(
            mediated=draw_mediated(chance["mediated"], expected, module, drawn["women"])
        ),
        "attendance": name_more(chance["barriers"], attendance),
        "feedback": draw_feedback(chance["feedback"], attendance, sessions, window),
    }


def _codes(drawn: Drawn) -> dict[str, pd.Series]:
    """Number everything but the women, in the order in which it stands."""
    professional = numbered("P", drawn["professionals"]["professional"], 2)
    sessions = drawn["sessions"]
    return {
        "professional": professional,
        "owner": professional,
        "activity": numbered("A", drawn["activities"]["activity"], 2),
        "session": numbered("S", sessions["session"], 5),
        "place": numbered("R", range(max(sessions["place"], default=-1) + 1), 1),
        "goal": numbered("G", drawn["goals"]["goal"], 4),
        "action": numbered("D", drawn["actions"]["action"], 3),
        "feedback": numbered("F", drawn["feedback"]["feedback"], 3),
        "referral": numbered("X", drawn["referrals"]["referral"], 3),
    }


def write(frames: dict[str, pd.DataFrame], folder: Path) -> None:
    """Write tables as a coordinator would hand them over: one CSV file each.

    UTF-8, commas, English headings; days as ``2026-10-03``, moments as ``2026-10-05T10:00``,
    ``yes`` and ``no``, nothing where nothing is known.

    Parameters
    ----------
    frames : dict of str to pandas.DataFrame
        Result of :func:`generate`.
    folder : pathlib.Path
        Folder of the files, made if it is not there; files of the same name are replaced.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write(generate(women=12, professionals=3, months=2), Path(folder))
    ...     print((Path(folder) / "actions.csv").read_text("utf-8").splitlines()[0])
    action,decided_on,text,owner,due_on,done_on,dimension,asked_upwards,reply,replied_on
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        plain = pd.DataFrame({column: _as_text(name, frame[column]) for column in frame})
        # The same bytes on every system: a line ends the same way everywhere.
        plain.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")


def _as_text(table: str, cells: pd.Series) -> pd.Series:
    """Return a column as it is written in a file; blanks stay blank."""
    match TABLES[table].column(str(cells.name)).kind:
        case "yes_no":
            cells = cells.map({True: "yes", False: "no"})
        case "day":
            cells = cells.dt.strftime("%Y-%m-%d")
        case "moment":
            cells = cells.dt.strftime("%Y-%m-%dT%H:%M")
    return cells
