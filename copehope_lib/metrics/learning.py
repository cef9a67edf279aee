"""Our own learning: what the team was trained in, what it speaks, who stays (§5.3.3, §5.4)."""

import pandas as pd

from copehope_lib import months
from copehope_lib.metrics.grid import grid, if_kept
from copehope_lib.metrics.metric import Metric
from copehope_lib.metrics.preconditions import among, require
from copehope_lib.metrics.stays import holding
from copehope_lib.metrics.sums import nothing
from copehope_lib.vocabulary import Background, Spoken, Theme

LEAST = 3
"""Of a team with fewer members nothing is told: it would be told of a person."""

LANGUAGES = ["language", "second_language", "third_language"]


def members(professionals: pd.DataFrame, last: pd.Timestamp) -> pd.DataFrame:
    """Return the members of the team on a day, without professionals from outside."""
    require("professionals", professionals, "external", "started_on")
    team = holding(professionals, "started_on", "ended_on", last)
    return team[~team["external"].astype("bool")]


def themes(professionals: pd.DataFrame, trainings: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """In how many members of the team each theme was trained in the last 24 months.

    Parameters
    ----------
    professionals, trainings : pandas.DataFrame
        Checked tables of the registry. The day of a first training on trafficking counts, too.
    month : pandas.Period
        Month, or months; later trainings are not looked at.

    Returns
    -------
    pandas.DataFrame
        Each theme in the order of the vocabulary: ``theme`` (str), ``members`` (who had it),
        ``team`` (members in all), ``hours`` (of all of them), and trainings by who taught:
        ``trainer_yes`` (non-European, or with experience of her own), ``trainer_no``,
        ``trainer_not_said``; Int64. Hours and trainings are missing where one or two had
        it. No row where the team has fewer than 3 members, or keeps no trainings.

    Notes
    -----
    Report §5.3.3, §5.4: teams train in trafficking, gender and transcultural work, with trainers
    who are not all European. A map of the whole team, never of a person.

    Examples
    --------
    >>> from copehope_lib.demo.two_women import two_women
    >>> registry = two_women()
    >>> len(themes(registry.professionals, registry.trainings, pd.Period("2026-10", "M")))
    0
    """
    after = months.bounds(month)[1]
    since = after - pd.DateOffset(months=24)
    team = members(professionals, after - pd.Timedelta(days=1))
    held = trainings[(trainings["held_on"] >= since) & (trainings["held_on"] < after)]
    held = held[among(held["professional"], team["professional"])]
    first = team[team["trafficking_training_on"].between(since, after, inclusive="left")]
    both = [held[["professional", "theme"]], first[["professional"]].assign(theme="trafficking")]
    had = pd.concat([one.astype("str") for one in both]).drop_duplicates()
    of = {"theme": Theme.codes()}
    table = grid(had, of, "members").assign(team=len(team)).astype({"team": "Int64"})
    hours = held.groupby(held["theme"].astype("str"))["hours"].sum().reindex(table["theme"])
    each = held.drop_duplicates(["theme", "held_on"])
    by = each["trainer_background"].astype("str").fillna(Background.NOT_SAID.value)
    told = {
        "hours": hours.fillna(0).round().astype("Int64").array,
        **{
            f"trainer_{code}": grid(each[by == code], of, "n")["n"].array
            for code in Background.codes()
        },
    }
    few = table["members"].between(1, LEAST - 1)
    table = table.assign(**{name: pd.Series(n).mask(few) for name, n in told.items()})
    kept = len(team) >= LEAST and (trainings["held_on"] < after).any()
    return if_kept(table, kept)


def languages(professionals: pd.DataFrame, here: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """Languages that somebody of us can work in, and those in which women want mediation.

    Parameters
    ----------
    professionals : pandas.DataFrame
        Checked table of the registry; who comes from outside counts.
    here : pandas.DataFrame
        Women accompanied on the last day.
    month : pandas.Period
        Month, or months.

    Returns
    -------
    pandas.DataFrame
        Each language that is spoken or wanted, in the order of the vocabulary: ``language`` (str),
        ``speakers``, ``women`` (Int64). No row where no language of ours is written down.

    Notes
    -----
    Report §4.12, §5.4: mediation, and languages of the team beside those of the women.
    """
    last = months.bounds(month)[1] - pd.Timedelta(days=1)
    team = holding(professionals, "started_on", "ended_on", last)
    spoken = team.melt("professional", LANGUAGES, value_name="spoken").astype({"spoken": "str"})
    spoken = spoken.drop_duplicates(["professional", "spoken"])
    want = here[here["mediation"].astype("boolean").fillna(value=False)]
    table = grid(spoken, {"spoken": Spoken.codes()}, "speakers")
    wanted = grid(want, {"mediation_language": Spoken.codes()}, "women")["women"]
    table = table.rename(columns={"spoken": "language"}).assign(women=wanted)
    kept = table[(table["speakers"] > 0) | (table["women"] > 0)].reset_index(drop=True)
    return if_kept(kept, table["speakers"].any())


def continuity(professionals: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    """How many are in the team, came and left in twelve months, and how long half of them stay.

    Parameters
    ----------
    professionals : pandas.DataFrame
        Checked table of the registry; who comes from outside does not count.
    month : pandas.Period
        Month, or months.

    Returns
    -------
    pandas.DataFrame
        One row, or none for fewer than 3 members: ``whom`` (str, ``team``), ``members``, ``came``,
        ``left`` (Int64), ``years`` (Float64, median on the last day, to a tenth).

    Examples
    --------
    >>> began = pd.to_datetime(["2020-11-01", "2024-11-01", "2026-01-01"])
    >>> team = pd.DataFrame({"started_on": began, "ended_on": pd.NaT, "external": False})
    >>> continuity(team, pd.Period("2026-10", "M"))
       whom  members  came  left  years
    0  team        3     1     0    2.0
    """
    after = months.bounds(month)[1]
    since, last = after - pd.DateOffset(months=12), after - pd.Timedelta(days=1)
    team = members(professionals, last)
    ours = professionals[~professionals["external"].astype("bool")]
    came, left = (
        int(ours[day].between(since, after, inclusive="left").sum())
        for day in ("started_on", "ended_on")
    )
    years = round(((last - team["started_on"]).dt.days / 365.25).median(), 1)
    row = {
        "whom": "team",
        "members": len(team),
        "came": came,
        "left": left,
        "years": years,
    }
    counts = dict.fromkeys(["members", "came", "left"], "Int64")
    table = pd.DataFrame([row]).astype({"whom": "str", **counts, "years": "Float64"})
    return table if len(team) >= LEAST else table.iloc[:0]


DECLARED = (
    Metric(
        "learning.themes",
        lambda s: themes(s.tables.professionals, s.tables.trainings, s.month),
        release_to="team",
        at_end=True,
        counts=("members", "team"),
        adds_up=nothing("colleagues are no women, and one of them has had several themes"),
        derived=("hours", *(f"trainer_{code}" for code in Background.codes())),
        rests_on=("members",),
        of_no_woman=frozenset(Theme.codes()),
        by_category=False,
    ),
    Metric(
        "learning.languages",
        lambda s: languages(s.tables.professionals, s.here, s.month),
        at_end=True,
        counts=("speakers", "women"),
        adds_up=nothing("supervision alone is given it"),
        by_category=False,
    ),
    Metric(
        "learning.continuity",
        lambda s: continuity(s.tables.professionals, s.month),
        release_to="team",
        at_end=True,
        counts=("members", "came", "left"),
        adds_up=nothing("colleagues are no women"),
        derived=("years",),
        rests_on=("members",),
        of_no_woman=frozenset(["team"]),
        by_category=False,
    ),
)
