"""The shapes that cards have: the table of a metric, a count month by month, what changed."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts import lines
from copehope_lib.language import gettext as _
from copehope_lib.panels.columns import VOCABULARIES, table_of
from copehope_lib.panels.panel import Draw, Seen, Shown
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings import READINGS, months
from copehope_lib.vocabulary import Vocabulary

# Of a picture over months, in pixels.
HEIGHT = 260

# Columns of a table of changes, after what changed.
MOVED = ("before", "before_of", "now", "now_of", "difference", "low", "high")

# What draws one thing that was chosen, by its code.
One = Callable[[Seen, str], Shown]


def metric(
    name: str,
    chart: Callable[[pd.DataFrame], go.Figure],
    columns: Sequence[str] = (),
    labels: Mapping[str, type[Vocabulary]] | None = None,
    **words: str,
) -> Draw:
    """Return what draws the table of a metric: its reading, its picture, and its columns.

    ``columns``, ``labels`` and ``words`` are those of :func:`table_of`, the words as English
    sources.
    """

    def draw(seen: Seen) -> Shown:
        rows = seen.table(name)
        told = {column: _(word) for column, word in words.items()}
        table = table_of(rows, columns, labels, **told)
        return Shown(READINGS[name](rows, seen.audience), chart(rows), table)

    return draw


def metric_for(name: str, chart: Callable[[pd.DataFrame, Audience], go.Figure]) -> Draw:
    """Return the same for a picture that asks for whom it is."""
    return lambda seen: metric(name, lambda rows: chart(rows, seen.audience))(seen)


def metric_by_month(
    name: str,
    chart: Callable[[pd.DataFrame, Seen], go.Figure],
    columns: Sequence[str] = (),
) -> Draw:
    """Return what draws a metric month by month; its reading is that of the chosen month."""

    def draw(seen: Seen) -> Shown:
        history = seen.history(name)
        reading = READINGS[name](seen.table(name), seen.audience)
        return Shown(reading, chart(history, seen), table_of(history, columns))

    return draw


def or_one(choice: str, whole: Draw, one: One) -> Draw:
    """Return what draws everything, or the one thing that was chosen."""

    def draw(seen: Seen) -> Shown:
        code = getattr(seen.state, choice)
        return one(seen, code) if code else whole(seen)

    return draw


def counted(
    rows: pd.DataFrame,
    label: str,
    value: str,
    columns: Sequence[str] = (),
    *,
    height: int = HEIGHT,
    why: str = "",
) -> Shown:
    """Show a count month by month; the table has these columns, or the count alone."""
    names = list(rows["month"])
    return Shown(
        months.count(label, names, rows[value]),
        lines.counts(names, rows[value], height=height),
        table_of(rows, ["month", *(columns or [value])]),
        why,
    )


def one_counted(name: str, value: str, columns: Sequence[str], why: str) -> One:
    """Return what draws a count of a metric for one code of its first column, by month.

    ``why`` is the English source of how it is to be read.
    """
    column = columns[0]

    def one(seen: Seen, code: str) -> Shown:
        label = VOCABULARIES[column].label_of(code)
        return counted(seen.one(name, column, code), label, value, columns, why=_(why))

    return one


def one_in_pieces(
    name: str,
    columns: tuple[str, str, str],
    labels: Mapping[str, str],
    chart: Callable[[pd.DataFrame, str, str, Audience], go.Figure],
    why: str,
) -> One:
    """Return what draws one code of a metric in pieces, a column a month.

    Parameters
    ----------
    name : str
        Of the metric.
    columns : tuple of str
        What was chosen, what the pieces are, and their counts.
    labels : mapping of str to str
        The piece of which the sentence tells, the first that is told, and the English source of
        what it is called, with the chosen code by the name of its column.
    chart : callable
        From the months, the code, the chosen month and the audience to a picture.
    why : str
        English source of how it is to be read.
    """
    column, kind, value = columns

    def one(seen: Seen, code: str) -> Shown:
        history = seen.history(name)
        rows = history[history[column] == code]
        piece = next(code for code in labels if (history[kind] == code).any())
        some = rows[rows[kind] == piece]
        words = _(labels[piece]).format(**{column: VOCABULARIES[column].label_of(code)})
        return Shown(
            months.count(words, list(some["month"]), some[value]),
            chart(history, code, seen.state.month, seen.audience),
            table_of(rows),
            _(why),
        )

    return one


def changed(
    name: str,
    column: str,
    label: Callable[[str], str],
    told: Callable[[Seen, pd.DataFrame], pd.DataFrame] = lambda _seen, rows: rows,
) -> Draw:
    """Return what draws a metric of change: how far each share moved, and how far by chance.

    Parameters
    ----------
    name : str
        Of the metric.
    column : str
        What changed.
    label : callable
        What the picture calls each of its values.
    told : callable, optional
        Which rows picture and table show.
    """

    def draw(seen: Seen) -> Shown:
        rows = seen.table(name)
        shown = told(seen, rows)
        # From rounded counts there is no picture to be drawn.
        rounded = seen.audience.rounding > 1
        figure = None if rounded else lines.differences([label(v) for v in shown[column]], shown)
        reading = READINGS[name](rows, seen.audience)
        return Shown(reading, figure, table_of(shown, [column, *MOVED]))

    return draw
