"""What the team learns, read slowly: member by member."""

import datetime as dt
import statistics

from copehope_lib.settings import Settings
from copehope_lib.vocabulary import Spoken, Theme
from tests.metrics.oracles.rows import (
    Professional,
    Row,
    Rows,
    Span,
    Training,
    holds,
    months_earlier,
)


def members(rows: Rows, day: dt.date) -> list[Professional]:
    """The members of the team on a day, without those from outside."""
    return [
        one
        for one in rows.professionals
        if not one.external and holds(one.started_on, one.ended_on, day)
    ]


def since(span: Span, months: int) -> Span:
    """So many months that end with the last day."""
    return Span(months_earlier(span.after, months), months)


def trained(rows: Rows, member: Professional, theme: str, span: Span) -> list[Training]:
    """The trainings of a member on a theme in two years."""
    return [
        one
        for one in rows.trainings
        if one.professional == member.professional
        and one.theme == theme
        and one.held_on in since(span, 24)
    ]


def themes(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    team = members(rows, span.last)
    if len(team) < 3 or not any(one.held_on <= span.last for one in rows.trainings):
        return []
    found = []
    for theme in Theme.codes():
        had = {one.professional: trained(rows, one, theme, span) for one in team}
        count = 0
        for one in team:
            first = one.trafficking_training_on
            early = first is not None and first in since(span, 24) and theme == "trafficking"
            count += bool(had[one.professional]) or early
        taught: dict[dt.date, str] = {}
        # One training is what is written of it first.
        for training in rows.trainings:
            if any(training in of for of in had.values()):
                taught.setdefault(training.held_on, training.trainer_background or "not_said")
        each = list(taught.values())
        hours = sum(training.hours for of in had.values() for training in of)
        told: Row = {
            "hours": round(hours),
            "trainer_yes": each.count("yes"),
            "trainer_no": each.count("no"),
            "trainer_not_said": each.count("not_said"),
        }
        if 1 <= count < 3:
            told = dict.fromkeys(told)
        found.append({"theme": theme, "members": count, "team": len(team), **told})
    return found


def languages(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    there = [one for one in rows.professionals if holds(one.started_on, one.ended_on, span.last)]
    spoken = [{one.language, one.second_language, one.third_language} for one in there]
    stays = [rows.stay_on(woman, span.last) for woman in rows.here(span.last)]
    wanted = [stay.mediation_language for stay in stays if stay.mediation]
    if not any(known - {None} for known in spoken):
        return []
    found = [
        {
            "language": code,
            "speakers": sum(code in known for known in spoken),
            "women": wanted.count(code),
        }
        for code in Spoken.codes()
    ]
    return [row for row in found if row["speakers"] or row["women"]]


def continuity(rows: Rows, span: Span, settings: Settings) -> list[Row]:
    team, year = members(rows, span.last), since(span, 12)
    if len(team) < 3:
        return []
    ours = [one for one in rows.professionals if not one.external]
    years = statistics.median((span.last - one.started_on).days / 365.25 for one in team)
    return [
        {
            "whom": "team",
            "members": len(team),
            "came": sum(one.started_on in year for one in ours),
            "left": sum(one.ended_on is not None and one.ended_on in year for one in ours),
            "years": round(years, 1),
        }
    ]


COLUMNS = {
    "themes": "theme str, members Int64, team Int64, hours Int64, trainer_yes Int64, "
    "trainer_no Int64, trainer_not_said Int64",
    "languages": "language str, speakers Int64, women Int64",
    "continuity": "whom str, members Int64, came Int64, left Int64, years Float64",
}
"""What each frame looks like, even where it has no row: its columns and their dtypes."""
