"""Pictures of itineraries: drawn as they were, never as a part of a straight line (§5.6)."""

import pandas as pd
import plotly.graph_objects as go

from copehope_lib import months
from copehope_lib.charts.bars import Pieces, bars, columns_in_pieces, rows_in_pieces
from copehope_lib.charts.flows import ribbons
from copehope_lib.charts.frame import SMALL, column_of_words, dots, empty, figure, ring
from copehope_lib.charts.time import months_along, names_of, rows_by_name, stretches
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.privacy.audience import Audience
from copehope_lib.theme import tokens
from copehope_lib.vocabulary import Area, ChosenBy, GoalState, Together, Vocabulary

STATES = Pieces(
    "state",
    "goals",
    [
        GoalState.ACHIEVED,
        Together.STILL_OPEN,
        GoalState.UNDER_WAY,
        GoalState.NOT_STARTED,
        GoalState.PAUSED,
        GoalState.SET_ASIDE,
    ],
    tokens.STATES,
)
"""From left to right in a row."""

NOT_SET = "not_set"
CLOSING = ("achieved", "set_aside")
_MARKS = {
    "achieved": (N_("Achieved"), "diamond", tokens.DEEP, 13),
    "set_aside": (N_("Set aside"), "line-ns", tokens.SOFT_INK, 14),
    "resumed": (N_("Taken up again"), "circle", tokens.CARD, 11),
    "revised": (N_("Revised"), "triangle-up", tokens.OCHRE, 11),
}


def by_area(states: pd.DataFrame, audience: Audience) -> go.Figure:
    """Goals of each area, by where they stand.

    Parameters
    ----------
    states : pandas.DataFrame
        ``itineraries.states`` of one month.
    audience : Audience
        Whose minimum gives a hidden piece its size.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> states = pd.DataFrame({"area": "work", "state": list(GoalState),
    ...     "goals": pd.array([3, 6, 0, None, 10], dtype="Int64")})
    >>> by_area(states, TEAM).data[0].y
    ('Work',)
    """
    return _rows(states, "area", Area, audience)


def by_choice(chosen: pd.DataFrame, audience: Audience) -> go.Figure:
    """Goals by who chose them, and where they stand.

    Parameters
    ----------
    chosen : pandas.DataFrame
        ``itineraries.chosen`` of one month.
    audience : Audience
        Whose minimum gives a hidden piece its size.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> chosen = pd.DataFrame({"chosen_by": "her", "state": list(GoalState),
    ...     "goals": pd.array([3, 6, 0, None, 10], dtype="Int64")})
    >>> by_choice(chosen, TEAM).data[0].y
    ('Chosen by her',)
    """
    return _rows(chosen, "chosen_by", ChosenBy, audience, clicks=False)


def area_over_months(history: pd.DataFrame, area: str, month: str, audience: Audience) -> go.Figure:
    """Goals of one area by where they stood, a column a month.

    Parameters
    ----------
    history : pandas.DataFrame
        ``itineraries.states`` of the published months, with ``month``.
    area : str
        Code of the area.
    month : str
        The month, or months as one, that is being looked at.
    audience : Audience
        Whose minimum gives a hidden step its height.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> history = pd.DataFrame({"month": "2026-10", "area": "work", "state": list(GoalState),
    ...     "goals": pd.array([0, 6, None, 3, 10], dtype="Int64")})
    >>> area_over_months(history, "work", "2026-10", TEAM).data[0].name
    'Achieved · 3'
    """
    one = history[history["area"] == area]
    return columns_in_pieces(names_of(history), one, STATES, month, audience)


def flows(moved: pd.DataFrame, month: pd.Period) -> go.Figure:
    """Where each goal stood a month before, and where it stands now.

    Parameters
    ----------
    moved : pandas.DataFrame
        ``itineraries.flows`` of one month.
    month : pandas.Period
        The month that is being looked at.

    Examples
    --------
    >>> moved = pd.DataFrame({"before": ["paused"], "after": ["under_way"],
    ...     "goals": pd.array([4], dtype="Int64")})
    >>> len(flows(moved, pd.Period("2026-10", "M")).data)
    1
    """
    beside = {NOT_SET: _("Not set yet")}
    return ribbons(moved, STATES, beside, month, lead=GoalState.told())


def quiet(spans: pd.DataFrame) -> go.Figure:
    """Open goals by the days since anything was written about them.

    Parameters
    ----------
    spans : pandas.DataFrame
        ``itineraries.quiet`` of one month.

    Examples
    --------
    >>> goals = pd.array([36, 9], dtype="Int64")
    >>> quiet(pd.DataFrame({"days": ["0-30", "91+"], "goals": goals})).data[0].y
    ('0 to 30 days', 'more than 90 days')
    """
    names = {
        "0-30": _("0 to 30 days"),
        "31-90": _("31 to 90 days"),
        "91-180": _("91 to 180 days"),
        "91+": _("more than 90 days"),
        "181+": _("more than 180 days"),
    }
    labels = [names.get(span, span) for span in spans["days"]]
    lead = [names.get(span, span) for span in spans["days"] if span not in ("0-30", "31-90")]
    return bars(labels, spans["goals"], lead=lead)


def levels(rated: pd.DataFrame) -> go.Figure:
    """Goals by how they came out: 0 is as expected, on the five steps of attainment scaling.

    Parameters
    ----------
    rated : pandas.DataFrame
        ``itineraries.levels`` of one month.

    Examples
    --------
    >>> goals = pd.array([26, 5], dtype="Int64")
    >>> levels(pd.DataFrame({"attainment": [0, 1], "goals": goals})).data[0].y
    ('as expected', 'better')
    """
    names = {
        -2: _("much less than expected"),
        -1: _("less than expected"),
        0: _("as expected"),
        1: _("better"),
        2: _("much better"),
    }
    labels = [names[int(level)] for level in rated["attainment"]]
    lead = [names[int(level)] for level in rated["attainment"] if level >= 0]
    return bars(labels, rated["goals"], lead=lead)


def paths(path: pd.DataFrame, goals: pd.DataFrame, since: pd.Period, month: pd.Period) -> go.Figure:
    """Each itinerary as it was: a line, dots for a pause, a ring where it was taken up again.

    A diamond is an achievement, an upright bar what was set aside, a triangle a revision.

    Parameters
    ----------
    path : pandas.DataFrame
        ``itineraries.paths`` of one month.
    goals : pandas.DataFrame
        Rows of ``itineraries.goals`` to draw, each of which has a row of the picture.
    since : pandas.Period
        First month of the picture.
    month : pandas.Period
        Last month of the picture.

    Examples
    --------
    >>> goals = pd.DataFrame({"goal": ["G-1"], "woman": ["W-7KQ4M"], "area": ["work"],
    ...     "chosen_by": ["her"]})
    >>> path = pd.DataFrame({"goal": "G-1", "event": ["started", "paused", "resumed"],
    ...     "on": pd.to_datetime(["2026-08-01", "2026-09-01", "2026-10-05"])})
    >>> picture = paths(path, goals, pd.Period("2026-08", "M"), pd.Period("2026-10", "M"))
    >>> [trace.name for trace in picture.data]
    ['under way', 'a pause', 'Taken up again']
    """
    begin, end = months.bounds(since)[0], months.bounds(month)[1]
    drawn = path[path["goal"].isin(goals["goal"])].sort_values(["goal", "on"], kind="stable")
    if drawn.empty:
        return empty(_("Nothing was written about a goal in these months."))
    rows = goals.sort_values(["woman", "goal"]).drop_duplicates("goal")
    one = bool(rows["woman"].eq(rows["woman"].iloc[0]).all())
    label = {
        row["goal"]: ("" if one else f"{row['woman']} · ")
        + Area.label_of(row["area"])
        + "\u200b" * at  # one row a goal, though two goals of a woman may be of one area
        for at, row in enumerate(rows.to_dict("records"))
    }
    drawn = drawn.assign(row=drawn["goal"].map(label))
    drawn["until"] = drawn.groupby("goal")["on"].shift(-1).fillna(end)
    lines = drawn[(drawn["until"] > begin) & ~drawn["event"].isin(CLOSING)]
    paused = lines["event"] == "paused"
    picture = figure(height=90 + 22 * len(rows))
    for name, part, look in (
        (_("under way"), lines[~paused], (tokens.LEAF, 4, None)),
        (_("a pause"), lines[paused], (tokens.PLUM, 4, "3px,4px")),
    ):
        since_then = part["on"].where(part["on"] > begin, begin)
        stretches(picture, since_then, part["until"], part["row"], look, name)
    _marks(picture, drawn[drawn["on"] >= begin])
    months_along(picture, since, month)
    whose = [ChosenBy.label_of(code) for code in rows["chosen_by"]]
    column_of_words(picture, label.values(), whose, font=SMALL)
    rows_by_name(picture, list(label.values()), margin=60)
    return picture


def _marks(picture: go.Figure, events: pd.DataFrame) -> None:
    for event, (name, symbol, colour, size) in _MARKS.items():
        some = events[events["event"] == event]
        if some.empty:
            continue
        edge = ring(tokens.DEEP if event == "resumed" else colour)
        marker = {"symbol": symbol, "size": size, "color": colour, "line": edge}
        dots(picture, some["on"], some["row"], marker, name=_(name))


def _rows(
    table: pd.DataFrame,
    column: str,
    vocabulary: type[Vocabulary],
    audience: Audience,
    *,
    clicks: bool = True,
) -> go.Figure:
    """Draw the rows in which there is anything, though it be hidden."""
    some = table.groupby(column)["goals"].transform(lambda goals: (goals.fillna(1) > 0).any())
    if not some.any():
        return empty(_("There is no goal yet."))
    return rows_in_pieces(table[some], column, vocabulary, STATES, audience, clicks=clicks)
