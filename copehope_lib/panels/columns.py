"""What each column of a table is called, and the labels of what stands in it: written once."""

from collections.abc import Mapping, Sequence

import pandas as pd

from copehope_lib import vocabulary as v
from copehope_lib.documents.blocks import Table
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_

# English source of the heading of each column, wherever it is shown.
COLUMNS = {
    "action": N_("Code"),
    "activities": N_("Activities"),
    "activity": N_("Activity"),
    "after": N_("Now"),
    "among": N_("Among"),
    "answers": N_("Answers"),
    "area": N_("Area"),
    "asked": N_("What she was asked"),
    "attainment": N_("Attainment"),
    "attended": N_("Attended"),
    "away": N_("Away"),
    "band": N_("Band"),
    "barrier": N_("Barrier"),
    "before": N_("Before"),
    "before_of": N_("Before, of"),
    "came": N_("Came, whole or in part"),
    "cancelled_by_us": N_("Cancelled by us"),
    "carried_alone": N_("Carried by one person alone"),
    "change": N_("Change"),
    "changes": N_("Changes in six months"),
    "check": N_("Check"),
    "chosen_by": N_("Chosen by"),
    "chosen_with_women": N_("Women helped to choose it"),
    "code": N_("Code"),
    "counted": N_("What is counted"),
    "counts": N_("Counts in all"),
    "coverage": N_("Coverage"),
    "days": N_("Days"),
    "decided_on": N_("Decided on"),
    "denominator": N_("Of"),
    "difference": N_("Difference"),
    "dimension": N_("Dimension"),
    "done_on": N_("Done on"),
    "due_on": N_("Until"),
    "earlier": N_("Earlier"),
    "engaged": N_("Of them, coming"),
    "event": N_("What happened"),
    "excused": N_("Excused"),
    "face": N_("The face she chose"),
    "function": N_("Function"),
    "gini": N_("Gini coefficient"),
    "given_on": N_("Asked on"),
    "goal": N_("Goal"),
    "goals": N_("Goals"),
    "group_size": N_("Women at a group session"),
    "held": N_("We hold the contact"),
    "hidden": N_("Counts hidden"),
    "high": N_("At most"),
    "highest": N_("Highest possible"),
    "holds": N_("Checks that hold everywhere"),
    "hours": N_("Hours"),
    "in_her_language": N_("In her language"),
    "language": N_("Language"),
    "left": N_("Left"),
    "left_out": N_("Left out, not known"),
    "load": N_("Share of capacity"),
    "low": N_("At least"),
    "lowest": N_("Lowest possible"),
    "max_to_median": N_("Fullest ÷ median"),
    "members": N_("Members"),
    "minutes": N_("Minutes of a session"),
    "missed": N_("Missed"),
    "module": N_("Module"),
    "month": N_("Month"),
    "need": N_("Need"),
    "needs": N_("Needs not covered"),
    "now": N_("Now"),
    "now_of": N_("Now, of"),
    "numerator": N_("Holds"),
    "observed": N_("Stays that lasted so long"),
    "on": N_("Day"),
    "other": N_("With"),
    "owner": N_("Who"),
    "page": N_("Page"),
    "partly": N_("Attended in part"),
    "pattern": N_("Pattern"),
    "paused_on": N_("Paused on"),
    "places": N_("Places"),
    "points": N_("Points"),
    "professional": N_("Professional"),
    "profiles": N_("Profiles around her"),
    "rate": N_("Share who came"),
    "replied_on": N_("Answered on"),
    "reply": N_("Answer"),
    "requests": N_("Requests"),
    "response": N_("How it stands"),
    "returned_on": N_("Came back on"),
    "reviewed_on": N_("Reviewed on"),
    "scale": N_("Scale"),
    "scope": N_("Module"),
    "score": N_("Your score"),
    "section": N_("Report"),
    "sentence": N_("Check"),
    "sent_on": N_("Asked on"),
    "service": N_("Service"),
    "share": N_("Share"),
    "since": N_("Last came on"),
    "site": N_("Site"),
    "speakers": N_("Who of us can work in it"),
    "state": N_("State"),
    "team": N_("Members in all"),
    "theme": N_("Theme"),
    "times": N_("Times"),
    "told_again": N_("Told her story again"),
    "trainer_no": N_("Trainings by others"),
    "trainer_not_said": N_("Trainings, not said by whom"),
    "trainer_yes": N_("Trainings by who is non-European, or has own experience"),
    "waited": N_("Days waited"),
    "waves": N_("Waves shown together"),
    "we_did": N_("What we did"),
    "week": N_("Week"),
    "wish": N_("What she said"),
    "woman": N_("Woman"),
    "women": N_("Women"),
    "women_average": N_("Women, average of the month"),
    "years": N_("Years, median"),
}

# Whose codes stand in a column.
VOCABULARIES: dict[str, type[v.Vocabulary]] = {
    "area": v.Area,
    "asked": v.Asked,
    "band": v.Band,
    "barrier": v.Barrier,
    "chosen_by": v.ChosenBy,
    "chosen_with_women": v.YesNoUnknown,
    "coverage": v.Coverage,
    "dimension": v.Dimension,
    "event": v.GoalEvent,
    "face": v.Face,
    "function": v.Function,
    "in_her_language": v.YesNoUnknown,
    "language": v.Spoken,
    "module": v.Module,
    "held": v.YesNo,
    "need": v.Need,
    "pattern": v.Pattern,
    "reply": v.Reply,
    "response": v.Requested,
    "scale": v.Scale,
    "scope": v.Module,
    "service": v.Service,
    "state": v.GoalState,
    "theme": v.Theme,
    "told_again": v.YesNoUnknown,
    "we_did": v.Answer,
    "wish": v.Wish,
}


def heading(column: str) -> str:
    """Return what a column is called, in the language in use.

    Raises
    ------
    ValueError
        If nobody wrote it down.

    Examples
    --------
    >>> heading("women_average")
    'Women, average of the month'
    """
    if column not in COLUMNS:
        raise ValueError(f"Column {column} has no heading: write one into {__name__}.COLUMNS.")
    return _(COLUMNS[column])


def table_of(
    rows: pd.DataFrame,
    columns: Sequence[str] = (),
    labels: Mapping[str, type[v.Vocabulary]] | None = None,
    **words: str,
) -> Table:
    """Return rows as the table of a card.

    Parameters
    ----------
    rows : pandas.DataFrame
        As an extract holds them.
    columns : sequence of str
        Those to show, in this order, as far as the audience is told them; by default all.
    labels : mapping of str to Vocabulary, optional
        Whose codes stand in a column, where it is not the usual vocabulary.
    **words : str
        Headings of columns, where it is not the usual word.

    Examples
    --------
    >>> rows = pd.DataFrame({"need": ["food"], "women": pd.array([4], dtype="Int64")})
    >>> table_of(rows, women="Women, not covered").readable().to_dict("list")
    {'Need': ['Food'], 'Women, not covered': [4]}
    """
    shown = [name for name in columns if name in rows] or [str(name) for name in rows]
    return Table(
        rows,
        {name: words.get(name) or heading(name) for name in shown},
        VOCABULARIES | dict(labels or {}),
    )
