"""Pictures of what women say, and of what the team learns."""

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts.bars import Pieces, bars, bars_by, occurring, rows_in_pieces
from copehope_lib.charts.frame import empty
from copehope_lib.language import gettext as _
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings.learning import unspoken
from copehope_lib.readings.voice import nothing
from copehope_lib.theme import tokens
from copehope_lib.vocabulary import Asked, Face, Spoken, Theme, Vocabulary, YesNoUnknown

FACES = Pieces("face", "answers", list(Face), tokens.FACES)


def faces(chosen: pd.DataFrame, audience: Audience) -> go.Figure:
    """Answers by question and by the face she chose; a question nobody was asked has no row.

    Parameters
    ----------
    chosen : pandas.DataFrame
        ``voice.asked`` of one month.
    audience : Audience
        Whose minimum gives a hidden piece its size.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> chosen = pd.DataFrame({"asked": "safety", "face": Face.codes(),
    ...     "answers": pd.array([8, 3, None], dtype="Int64")})
    >>> [bar.name for bar in faces(chosen, TEAM).data if bar.name]
    ['A glad face', 'A face in between', 'A sad face']
    """
    rows = occurring(chosen, "asked", "answers")
    if rows.empty:
        return empty(nothing())
    return rows_in_pieces(rows, "asked", Asked, FACES, audience, clicks=False)


def answers(rows: pd.DataFrame, column: str, of: type[Vocabulary]) -> go.Figure:
    """A bar for each word of a column, by how many answers; a zero has none.

    Examples
    --------
    >>> rows = pd.DataFrame({"asked": ["safety", "language"],
    ...     "answers": pd.array([3, 0], dtype="Int64")})
    >>> answers(rows, "asked", Asked).data[0].y
    ('Whether she feels safe',)
    """
    told = rows[(rows["answers"] != 0).fillna(value=True)]
    if told.empty:
        return empty(nothing() if rows.empty else _("No answer of this kind."))
    return bars_by(told, column, "answers", of)


def waiting(rows: pd.DataFrame) -> go.Figure:
    """How many answers wait for ours, by what was asked.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``voice.waiting`` of one month.

    Examples
    --------
    >>> waiting(pd.DataFrame({"asked": ["safety", "wish", "wish"]})).data[0].text
    ('1', '2')
    """
    counts = rows["asked"].value_counts().reindex(Asked.codes(), fill_value=0).astype("Int64")
    return answers(counts.rename("answers").rename_axis("asked").reset_index(), "asked", Asked)


def activities(held: pd.DataFrame) -> go.Figure:
    """Activities that were held, by whether women helped to choose them.

    Examples
    --------
    >>> held = pd.DataFrame({"chosen_with_women": ["yes", "no"],
    ...     "activities": pd.array([4, 6], dtype="Int64")})
    >>> activities(held).data[0].y
    ('Yes', 'No')
    """
    if held.empty:
        return empty(_("Whether women helped to choose an activity is not kept."))
    return bars_by(held, "chosen_with_women", "activities", YesNoUnknown, lead=["yes"])


def themes(trained: pd.DataFrame) -> go.Figure:
    """Members of the team who were trained, by theme; those that nobody had carry the accent.

    Examples
    --------
    >>> trained = pd.DataFrame({"theme": ["gender", "trauma"],
    ...     "members": pd.array([0, 4], dtype="Int64")})
    >>> themes(trained).data[0].text
    ('0', '4')
    """
    if trained.empty:
        return empty(_("No training of the team is known."))
    nobody = list(trained.loc[trained["members"] == 0, "theme"])
    return bars_by(trained, "theme", "members", Theme, lead=nobody)


def languages(spoken: pd.DataFrame) -> go.Figure:
    """Who of us can work in each language that women want; where nobody can, it has the accent.

    Examples
    --------
    >>> spoken = pd.DataFrame({"language": ["ro", "it"], "speakers": [0, 1], "women": [2, 0]})
    >>> languages(spoken.astype({"speakers": "Int64"})).data[0].y
    ('Romanian',)
    """
    wanted = spoken[spoken["women"] > 0]
    if wanted.empty:
        return empty(_("No woman is known to want mediation."))
    return bars_by(wanted, "language", "speakers", Spoken, lead=unspoken(wanted))


def continuity(team: pd.DataFrame) -> go.Figure:
    """Members of the team, and who came and left.

    Examples
    --------
    >>> team = pd.DataFrame({"members": [6], "came": [1], "left": [2]}, dtype="Int64")
    >>> continuity(team).data[0].text
    ('6', '1', '2')
    """
    if team.empty:
        return empty(_("The team is too small for its continuity to be told."))
    labels = [_("Members"), _("Came in twelve months"), _("Left in twelve months")]
    return bars(labels, team[["members", "came", "left"]].iloc[0].astype("Int64"), lead=labels[:1])
