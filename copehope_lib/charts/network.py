"""Pictures of requests to other services: how they stand, and where women wait (§5.2)."""

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts.bars import Pieces, bars, bars_by, occurring, rows_in_pieces
from copehope_lib.charts.frame import empty
from copehope_lib.language import gettext as _
from copehope_lib.privacy.audience import Audience
from copehope_lib.theme import tokens
from copehope_lib.vocabulary import Requested, Service, Together, YesNoUnknown

STATES = Pieces(
    "response", "requests", [*Requested, Together.NOT_TAKEN, Together.NO_ANSWER], tokens.REQUESTED
)


def services(asked: pd.DataFrame, audience: Audience) -> go.Figure:
    """Requests by kind of service and how they stand; a service nobody was sent to has no row.

    Parameters
    ----------
    asked : pandas.DataFrame
        ``network.services`` of one month.
    audience : Audience
        Whose minimum gives a hidden piece its size.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> asked = pd.DataFrame({"service": "health", "response": Requested.codes(),
    ...     "requests": pd.array([8, 0, 4, None, 0], dtype="Int64")})
    >>> [bar.name for bar in services(asked, TEAM).data if bar.name][:2]
    ['Accepted', 'Not accepted']
    """
    rows = occurring(asked, "service", "requests")
    if rows.empty:
        return empty(_("No service was asked in twelve months."))
    return rows_in_pieces(rows, "service", Service, STATES, audience, clicks=False)


def waiting(left: pd.DataFrame) -> go.Figure:
    """How many requests of women who are here wait, by kind of service.

    Examples
    --------
    >>> waiting(pd.DataFrame({"service": ["legal", "legal", "health"]})).data[0].text
    ('1', '2')
    """
    if left.empty:
        return empty(_("No woman waits for an answer."))
    counts = left["service"].value_counts().reindex(Service.codes()).dropna().astype("Int64")
    rows = counts.rename("requests").rename_axis("service").reset_index()
    return bars_by(rows, "service", "requests", Service)


def between(women: pd.DataFrame) -> go.Figure:
    """How many requests wait of each woman who is between services, by pseudonym.

    Examples
    --------
    >>> between(pd.DataFrame({"woman": ["W-1"], "requests": pd.array([2], "Int64")})).data[0].text
    ('2',)
    """
    if women.empty:
        return empty(_("No woman is between services."))
    return bars(list(women["woman"]), women["requests"])


def told_again(told: pd.DataFrame) -> go.Figure:
    """Accepted requests, by whether she had to tell her story again.

    Examples
    --------
    >>> told = pd.DataFrame({"told_again": ["yes", "no"],
    ...     "requests": pd.array([4, 6], dtype="Int64")})
    >>> told_again(told).data[0].y
    ('Yes', 'No')
    """
    if told.empty:
        return empty(_("No service was asked in twelve months."))
    return bars_by(told, "told_again", "requests", YesNoUnknown, lead=["yes"])
