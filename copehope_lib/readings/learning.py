"""Readings of what the team learns and speaks: what next year's plan lacks."""

import pandas as pd

from copehope_lib.language import gettext as _
from copehope_lib.privacy.audience import Audience
from copehope_lib.readings.words import listed, score, whole
from copehope_lib.vocabulary import Spoken, Theme


def themes(table: pd.DataFrame, audience: Audience) -> str:
    """Say which themes nobody was trained in: what next year's plan lacks.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> table = pd.DataFrame({"theme": ["gender", "trauma"], "members": [0, 4]})
    >>> themes(table, TEAM)
    'Nobody was trained in two years in: gender perspective.'
    """
    if table.empty:
        return _("No training of the team is known.")
    if table["members"].isna().all():
        return _("Which themes the team was not trained in cannot be shown.")
    nobody = [Theme.label_of(code) for code in table.loc[table["members"] == 0, "theme"]]
    if not nobody:
        return _("In two years there was a training on every theme.")
    return _("Nobody was trained in two years in: {themes}.").format(themes=listed(nobody))


def unspoken(table: pd.DataFrame) -> list[str]:
    """Return the languages in which women want mediation and nobody of us can work.

    Examples
    --------
    >>> table = pd.DataFrame({"language": ["ro", "en"], "speakers": [0, 4], "women": [3, 5]})
    >>> unspoken(table)
    ['ro']
    """
    return list(table.loc[(table["women"] > 0) & (table["speakers"] == 0), "language"])


def languages(table: pd.DataFrame, audience: Audience) -> str:
    """Say in which languages women want mediation that nobody of us speaks.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import SUPERVISION
    >>> table = pd.DataFrame({"language": ["ro", "en"], "speakers": [0, 4], "women": [3, 5]})
    >>> languages(table, SUPERVISION)
    'Women want mediation, and nobody of us can work, in: Romanian.'
    """
    if table.empty:
        return _("No language of the team is written down.")
    if table["women"].isna().all():
        return _("In which languages women want mediation cannot be shown.")
    codes = unspoken(table)
    if not codes:
        return _("Somebody of us can work in every language in which women want mediation.")
    # Names of languages keep their capitals: `listed` takes them off.
    names = ", ".join(Spoken.label_of(code) for code in codes)
    return _("Women want mediation, and nobody of us can work, in: {languages}.").format(
        languages=names
    )


def continuity(table: pd.DataFrame, audience: Audience) -> str:
    """Say how long half of the team has been here, and how many came and left.

    Examples
    --------
    >>> from copehope_lib.privacy.audience import TEAM
    >>> row = {"members": [6], "came": [1], "left": [2], "years": [3.4]}
    >>> continuity(pd.DataFrame(row), TEAM)
    'Half of the 6 members have been here for 3.4 years or more; in twelve months 1 came and
    2 left.'
    """
    if table.empty or (table["members"] == 0).any():
        return _("The team is too small for its continuity to be told.")
    row = table.iloc[0]
    if row[["members", "came", "left", "years"]].isna().any():
        return _("How long the team has been together cannot be shown.")
    return _(
        "Half of the {n} members have been here for {years} years or more; in twelve months "
        "{came} came and {left} left."
    ).format(
        n=whole(row["members"]),
        years=score(row["years"]),
        came=whole(row["came"]),
        left=whole(row["left"]),
    )
