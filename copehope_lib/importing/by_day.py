"""Women by days, as teams keep attendance: it becomes sessions and attendance."""

import re
from collections import Counter
from collections.abc import Callable

import pandas as pd

from copehope_lib.importing.asking import LEFT_OUT, Question
from copehope_lib.importing.names import code_in
from copehope_lib.importing.plan import Known, Made, Plan, people_of
from copehope_lib.importing.spoken import Day, bare, called, day_of, months_by_name, readings
from copehope_lib.importing.values import Reader
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.schema import TABLES, heading
from copehope_lib.vocabulary import AttendanceStatus, Format, Module

_HOURS = re.compile(
    r"(?<!\d)(\d{1,2})(?:[:.h](\d\d))?\s*h?\s*(?:-|–|a|to|alle|fins)\s*(\d{1,2})(?:[:.h](\d\d))?(?!\d)"
)
_MEANS = re.compile(r"\s*([^\s=:]{1,12})\s*[=:]\s*([^|;,]+)")
_LONGEST = 6 * 60
"""Minutes of a session whose hours stand in a title at most."""

NOT_EXPECTED = "not_expected"
_ALONE = ("individual", "online_individual")


def fill(made: Plan, known: Known) -> None:
    """Make sessions, attendance and, where there is none yet, the activity of a sheet by days."""
    reader = Reader(made.block, known.settings, known.today, made.asking)
    days = _days(made, reader)
    people, place = _people(made)
    if made.refused or not days:
        made.refused = made.refused or _("no column of it is a day")
        return
    if place is None and not people:
        made.refused = _("no column says which woman a row is about")
        return
    made.named = people
    made.read = {*people, *days} | ({place} if place is not None else set())
    if not any(row.cells[at] for row in made.block.rows for at in days):
        prepared = _written(made, known)
        made.refused = (
            "" if prepared else _("nothing is written in its cells, and a colour cannot be read")
        )
        made.said += [_("Nothing is filled in yet.")] if prepared else []
        return
    marks = _marks(made, list(days))
    places = {} if place is None else {"woman": place}
    column = TABLES["attendance"].column("woman")
    women = people_of(made, "woman", column, made.block.rows, places, known)
    session = _sessions(made, days, known)
    rows = made.rows.setdefault("attendance", [])
    for row, woman in zip(made.block.rows, women, strict=True):
        for at in days:
            status = marks.get(row.cells[at], LEFT_OUT)
            if status in (LEFT_OUT, NOT_EXPECTED) or not woman:
                continue
            barrier = "unknown" if status in ("missed", "excused") else ""
            rows.append(
                {
                    "session": session(at), "woman": woman, "status": status,
                    "barrier": barrier, "cell": made.block.cell(row, at),
                }
            )  # fmt: skip


def _people(made: Plan) -> tuple[list[int], int | None]:
    """Return the columns of names, and that of codes."""
    named, coded = [], None
    roles, woman = called("roles"), {*called("tables")["women"], "mujer", "dona", "donna", "woman"}
    for place, title in enumerate(made.block.headings.cells):
        texts = [text for text in made.block.column(place) if text]
        if day_of(title) is not None or not texts:
            continue
        holds = {*roles["code"], *roles["name"], *woman}
        if title and bare(title) not in holds and place > 0:
            aside = bare(title) in (*roles["remark"], *roles["total"])
            sentence = (
                _("“{title}” is never read.") if aside else _("Column “{title}” is not read.")
            )
            made.said.append(sentence.format(title=title or made.block.letters[place]))
        elif coded is None and sum(map(bool, map(code_in, texts))) * 2 > len(texts):
            coded = place
        else:
            named.append(place)
    if named and coded is not None:
        made.said.append(_("Names beside codes are left out."))
    return named, coded


def _days(made: Plan, reader: Reader) -> dict[int, str]:
    """Return the day, or the code of the session, at the head of each column."""
    heads = made.block.headings.cells
    codes = {at: head for at, head in enumerate(heads) if re.fullmatch(r"S-\d+", head)}
    if len(codes) >= 2:
        return codes
    written = {at: day for at, head in enumerate(heads) if (day := day_of(head)) and at > 0}
    cells = [row.cells[at] for row in made.block.rows for at in written if row.cells[at]]
    if all(not day.day for day in written.values()):
        counts = sum(cell.isdecimal() for cell in cells)
        made.refused = (
            _("it counts by month, and no session is made of a count: bring in the sheet by days")
            if counts * 2 >= len(cells)
            else _("its columns are months: bring in the sheet by days")
        )
        return {}
    order = reader.settings.reading.dates
    asked = order == "ask" and _in_doubt(heads, written) and reader.month_first
    if asked or order == "month_first":
        written = {at: day_of(heads[at], month_first=True) or day for at, day in written.items()}
    months = {of: n for of, n in months_by_name().items() if len(of) > 3}
    around = " ".join([*made.block.title, made.block.sheet, made.block.file])
    named = {months[word] for word in map(bare, re.findall(r"[^\W\d_]+", around)) if word in months}
    # Other days on the sheet are of the same month.
    named = named or {day.month for text in made.block.around if (day := day_of(text)) and day.year}
    found = {}
    for at, day in written.items():
        month = day.month or (min(named) if len(named - {0}) == 1 else _month(made, reader))
        iso = Day(day.year, month, day.day).iso(0 if day.year else reader.year)
        if iso and day.day:
            found[at] = iso
        else:
            made.said.append(_("Column “{title}” is no day, and not read.").format(title=heads[at]))
    return found


def _in_doubt(heads: tuple[str, ...], written: dict[int, Day]) -> bool:
    figures = [at for at in written if re.fullmatch(r"\D*\d{1,2}[/.-]\d{1,2}\D*.*", heads[at])]
    return bool(figures) and all(written[at].day <= 12 for at in figures)


def _month(made: Plan, reader: Reader) -> int:
    choices = {str(month): f"{reader.year}-{month:02}" for month in range(1, 13)}
    question = Question(
        ("month",), _("The days are of the month"), choices, str(reader.today.month)
    )
    return int(made.asking(question))


def _marks(made: Plan, days: list[int]) -> dict[str, str]:
    """Settle what each mark means."""
    counts = Counter(row.cells[at] for row in made.block.rows for at in days)
    sure, perhaps = readings(AttendanceStatus), readings(AttendanceStatus, sure=False)
    legend = {}
    for text in made.block.around:
        for mark, meaning in _MEANS.findall(text):
            if bare(meaning) in sure:
                legend[bare(mark)] = sure[bare(meaning)], meaning.strip()
    choices = {word.value: word.label for word in AttendanceStatus}
    choices |= {NOT_EXPECTED: _("not expected that day")}
    meant = {}
    for mark, n in counts.most_common():
        said, why = bare(mark), ""
        proposal, known = sure.get(said, ""), said in sure
        if said in legend:
            proposal, why = legend[said]
            known, why = True, _("the sheet says “{meaning}”").format(meaning=why)
        elif said in perhaps:
            proposal = perhaps[said]
        if mark == "":
            proposal, known = NOT_EXPECTED, False
        asks = (
            _("A blank × {n} means").format(n=n)
            if mark == ""
            else _("{mark} × {n} means").format(mark=mark, n=n)
        )
        meant[mark] = made.asking(Question(("marks", mark), asks, choices, proposal, known, why))
    return meant


def _sessions(made: Plan, days: dict[int, str], known: Known) -> Callable[[int], str]:
    """Return what gives the session of a column: one that is known on that day, or a new one.

    Of what is held with one woman at a time each mark is a session of its own.
    """
    if not any(day[0].isdigit() for day in days.values()):
        return days.__getitem__
    held: dict[tuple[str, str], list[str]] = {}
    for record in known.tables.get("sessions", pd.DataFrame()).to_dict("records"):
        day = record["activity"], record["starts_at"][:10]
        held.setdefault(day, []).append(record["session"])
    activity, alone = _activity(made, days, held, known)
    hours, who = _hours(made), _who(made, known)
    found: dict[int, str] = {}
    taken = Counter[str]()

    def session(at: int) -> str:
        if at in found:
            return found[at]
        day = days[at]
        there, n = [] if alone else sorted(held.get((activity, day), [])), taken[day]
        taken[day] += 1
        if n < len(there):
            _again(made, "sessions", there[n], at, known)
            found[at] = there[n]
            return found[at]
        number = re.sub(r"\D", "", activity)[-2:] or "0"
        code = f"S{_letters(n)}-{day[2:].replace('-', '')}{number:0>2}"
        start, end = hours or ("", "")
        made.rows.setdefault("sessions", []).append(
            {
                "session": code,
                "activity": activity,
                "starts_at": f"{day}T{start}" if start else day,
                "ends_at": f"{day}T{end}" if end else "",
                "professional": who,
                "cell": made.block.cell(made.block.headings, at),
            }
        )
        if not alone:
            found[at] = code
        return code

    return session


def _letters(n: int) -> str:
    """Return what tells the sessions of a day apart: nothing, then B, C and so on."""
    return "" if n == 0 else (_letters(n // 26) if n >= 26 else "") + chr(ord("A") + n % 26)


def _activity(
    made: Plan, days: dict[int, str], held: dict[tuple[str, str], list[str]], known: Known
) -> tuple[str, bool]:
    """Settle which activity the days are of, and whether it is held with one woman at a time.

    A new one gets a row of its own.
    """
    table = known.tables.get("activities", pd.DataFrame())
    there = {row["activity"]: row for row in table.to_dict("records")}
    title = " ".join([*made.block.title, made.block.sheet])
    modules = readings(Module)
    said = [
        of for name, of in modules.items() if len(name) > 3 and f" {name} " in f" {bare(title)} "
    ]
    fits = {code: sum((code, day) in held for day in days.values()) for code in there}
    best = max(fits, key=lambda code: fits[code], default="")
    of_module = [code for code, row in there.items() if said and row.get("module") == said[0]]
    why = _("no heading says it")
    written = _written(made, known)
    if len(written) == 1:
        proposal, why = written[0], _("from the title")
    elif best and fits[best] == len(days) and list(fits.values()).count(fits[best]) == 1:
        proposal, why = best, _("it has sessions on all of these days")
    elif len(of_module) == 1:
        proposal, why = of_module[0], _("from the title")
    else:
        proposal, why = (said[0], _("from the title")) if said else ("", why)
    labels = {
        code: f"{code} ({Module.label_of(str(row.get('module', '')))})"
        for code, row in there.items()
    }
    choices = labels | {
        word.value: _("a new activity: {module}").format(module=word.label) for word in Module
    }
    question = Question(
        ("activity",), _("Which activity are these days?"), choices, proposal, bool(written), why
    )  # fmt: skip
    answer = made.asking(question)
    if answer in there or not answer:
        _again(made, "activities", answer, 0, known)
        return answer, there.get(answer, {}).get("format") in _ALONE
    return _new_activity(made, answer, known)


def _written(made: Plan, known: Known) -> list[str]:
    """Return the activities whose codes stand in the title, as on a sheet that we prepared."""
    title, table = " ".join(made.block.title), known.tables.get("activities", pd.DataFrame())
    codes = table.get("activity", pd.Series(dtype="str")).drop_duplicates()
    return [code for code in codes if re.search(rf"\b{re.escape(code)}\b", title)]


def _again(made: Plan, table: str, code: str, at: int, known: Known) -> None:
    """Say of what the registry has that it is on this sheet as well: else it would be gone."""
    key, frame = TABLES[table].columns[0], known.tables.get(table, pd.DataFrame())
    rows = frame[frame[key] == code].to_dict("records") if key in frame else []
    if rows and not any(row.get("cell") for row in rows):
        cell = made.block.cell(made.block.headings, at)
        made.rows.setdefault(table, []).append({key: code, "cell": cell})


def _new_activity(made: Plan, module: str, known: Known) -> tuple[str, bool]:
    code = known.names.new_code("activities")
    made.keeps[("activity",)] = code  # next month it is this one
    choices = {word.value: word.label for word in Format}
    several = len(made.block.rows) > 1
    question = Question(
        ("format",), _("It is held"), choices, Format.GROUP.value if several else "", several,
        _("several women have the same days") if several else "",
    )  # fmt: skip
    row: Made = {
        "activity": code, "module": module, "format": made.asking(question),
        "cell": made.block.cell(made.block.headings),
    }  # fmt: skip
    made.rows.setdefault("activities", []).append(row)
    return code, row["format"] in _ALONE


def _hours(made: Plan) -> tuple[str, str] | None:
    """Return the hours that stand in the title."""
    for text in made.block.title:
        for found in _HOURS.finditer(text):
            first = int(found[1]) * 60 + int(found[2] or 0)
            last = int(found[3]) * 60 + int(found[4] or 0)
            if 7 * 60 <= first < last <= 22 * 60 and last - first <= _LONGEST:
                start, end = (f"{at // 60:02}:{at % 60:02}" for at in (first, last))
                made.said.append(
                    _("Hours are {start} to {end}, from the title.").format(start=start, end=end)
                )
                return start, end
    return None


def _who(made: Plan, known: Known) -> str:
    """Return who holds the sessions, where the title names somebody of the team."""
    words = set(re.findall(r"\w+", bare(" ".join(made.block.title))))
    team = known.names.spelt.get("professionals", {})
    codes = {code for name, code in team.items() if {*bare(name).split()} <= words}
    title = " ".join(made.block.title)
    codes |= {code for code in known.names.taken.get("professionals", ()) if code in title}
    if len(codes) != 1:
        return ""
    made.said.append(
        _("Who holds the sessions stands in the title: {code}.").format(code=min(codes))
    )
    return codes.pop()


def about(made: Plan) -> str:
    """Say in one sentence what a sheet by days becomes."""
    rows = made.rows.get("attendance", [])
    n = len({row["session"] for row in rows})
    return ngettext(
        "It becomes {n} session, and {visits} rows of {table}.",
        "It becomes {n} sessions, and {visits} rows of {table}.",
        n,
    ).format(n=n, visits=len(rows), table=heading("attendance"))
