"""Women by days, as teams keep attendance: it becomes sessions and attendance."""

import re
from collections import Counter
from collections.abc import Callable

from copehope_lib.importing.asking import LEFT_OUT, Question, labels
from copehope_lib.importing.names import code_in
from copehope_lib.importing.plan import Known, Plan, not_read, people_of
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
    if not days:
        made.refused = made.refused or _("no column of it is a day")
        return
    places = {} if place is None else {"woman": place}
    if not places and not people:
        made.refused = _("no column says which woman a row is about")
        return
    made.named, made.read = people, {*people, *days, *places.values()}
    if not any(row.cells[at] for row in made.block.rows for at in days):
        if _written(made, known):
            made.said.append(_("Nothing is filled in yet."))
        else:
            made.refused = _("nothing is written in its cells, and a colour cannot be read")
        return
    marks = _marks(made, list(days))
    women = people_of(made, "women", made.block.rows, places.values(), known)
    session = _sessions(made, days, known)
    made.rows.setdefault("attendance", [])
    for row, woman in zip(made.block.rows, women, strict=True):
        for at in days:
            status = marks.get(row.cells[at], LEFT_OUT)
            if status in (LEFT_OUT, NOT_EXPECTED) or not woman:
                continue
            barrier = "unknown" if status in ("missed", "excused") else ""
            came = {"session": session(at), "woman": woman, "status": status, "barrier": barrier}
            made.add("attendance", came, row, at)


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
            made.said.append(not_read(title, aside=aside))
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
        made.refused = _("its columns are months: bring in the sheet by days")
        if sum(cell.isdecimal() for cell in cells) * 2 >= len(cells):
            made.refused = _(
                "it counts by month, and no session is made of a count: bring in the sheet by days"
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
    asks, this = _("The days are of the month"), str(reader.today.month)
    return int(made.asking(Question(("month",), asks, choices, this)))


def _marks(made: Plan, days: list[int]) -> dict[str, str]:
    """Settle what each mark means."""
    counts = Counter(row.cells[at] for row in made.block.rows for at in days)
    sure, perhaps = readings(AttendanceStatus), readings(AttendanceStatus, sure=False)
    legend = {
        bare(mark): meaning.strip()
        for text in made.block.around
        for mark, meaning in _MEANS.findall(text)
        if bare(meaning) in sure
    }
    choices = labels(AttendanceStatus) | {NOT_EXPECTED: _("not expected that day")}
    meant = {}
    for mark, n in counts.most_common():
        said, why = bare(mark), ""
        proposal = perhaps.get(said) or sure.get(said, "")
        if said in legend:
            proposal = sure[bare(legend[said])]
            why = _("the sheet says “{meaning}”").format(meaning=legend[said])
        asks = _("{mark} × {n} means").format(mark=mark, n=n)
        if mark == "":
            proposal, asks = NOT_EXPECTED, _("A blank × {n} means").format(n=n)
        known = mark != "" and (said in sure or said in legend)
        meant[mark] = made.asking(Question(("marks", mark), asks, choices, proposal, known, why))
    return meant


def _sessions(made: Plan, days: dict[int, str], known: Known) -> Callable[[int], str]:
    """Return what gives the session of a column: one that is known on that day, or a new one.

    Of what is held with one woman at a time each mark is a session of its own.
    """
    if not any(day[0].isdigit() for day in days.values()):
        return days.__getitem__
    held: dict[tuple[str, str], list[str]] = {}
    for record in known.records("sessions"):
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
            return found.setdefault(at, there[n])
        number = re.sub(r"\D", "", activity)[-2:] or "0"
        code = f"S{_letters(n)}-{day[2:].replace('-', '')}{number:0>2}"
        starts, ends = (f"{day}T{hours[0]}", f"{day}T{hours[1]}") if hours else (day, "")
        row = {"session": code, "activity": activity, "starts_at": starts, "ends_at": ends}
        made.add("sessions", row | {"professional": who}, made.block.headings, at)
        return code if alone else found.setdefault(at, code)

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
    there: dict[str, dict[str, str]] = {}
    for row in known.records("activities"):
        # What is on a sheet again says no more of it than that.
        said_of_it = {name: text for name, text in row.items() if text}
        there[row["activity"]] = there.get(row["activity"], {}) | said_of_it
    title = " ".join([*made.block.title, made.block.sheet])
    names = {name: of for name, of in readings(Module).items() if len(name) > 3}
    said = next((of for name, of in names.items() if f" {name} " in f" {bare(title)} "), "")
    fits = {code: sum((code, day) in held for day in days.values()) for code in there}
    whole = [code for code, n in fits.items() if n == len(days)]
    of_module = [code for code, row in there.items() if said and row.get("module") == said]
    written, why = _written(made, known), _("from the title")
    if len(written) == 1:
        proposal = written[0]
    elif len(whole) == 1:
        proposal, why = whole[0], _("it has sessions on all of these days")
    else:
        proposal = of_module[0] if len(of_module) == 1 else said
    choices = {
        code: f"{code} ({Module.label_of(row.get('module', ''))})" for code, row in there.items()
    }
    for module, label in labels(Module).items():
        choices[module] = _("a new activity: {module}").format(module=label)
    asks, why = _("Which activity are these days?"), why if proposal else _("no heading says it")
    answer = made.asking(Question(("activity",), asks, choices, proposal, bool(written), why))
    if answer in there or not answer:
        _again(made, "activities", answer, 0, known)
        return answer, there.get(answer, {}).get("format") in _ALONE
    return _new_activity(made, answer, known)


def _written(made: Plan, known: Known) -> list[str]:
    """Return the activities whose codes stand in the title, as on a sheet that we prepared."""
    title = " ".join(made.block.title)
    codes = dict.fromkeys(row["activity"] for row in known.records("activities"))
    return [code for code in codes if code and re.search(rf"\b{re.escape(code)}\b", title)]


def _again(made: Plan, table: str, code: str, at: int, known: Known) -> None:
    """Say of what the registry has that it is on this sheet as well: else it would be gone."""
    key = TABLES[table].columns[0]
    rows = [row for row in known.records(table) if row.get(key) == code]
    if rows and not any(row.get("cell") for row in rows):
        made.add(table, {key: code}, made.block.headings, at)


def _new_activity(made: Plan, module: str, known: Known) -> tuple[str, bool]:
    code = known.names.new_code("activities")
    made.keeps[("activity",)] = code  # next month it is this one
    several, proposal, why = len(made.block.rows) > 1, "", ""
    if several:
        proposal, why = Format.GROUP.value, _("several women have the same days")
    asks, choices = _("It is held"), labels(Format)
    held = made.asking(Question(("format",), asks, choices, proposal, several, why))
    row = {"activity": code, "module": module, "format": held}
    made.add("activities", row, made.block.headings)
    return code, held in _ALONE


def _hours(made: Plan) -> tuple[str, str] | None:
    """Return the hours that stand in the title."""
    for text in made.block.title:
        for found in _HOURS.finditer(text):
            hour, minute, until, past = (int(of or 0) for of in found.groups())
            first, last = hour * 60 + minute, until * 60 + past
            if 7 * 60 <= first < last <= 22 * 60 and last - first <= _LONGEST:
                start, end = (f"{at // 60:02}:{at % 60:02}" for at in (first, last))
                sentence = _("Hours are {start} to {end}, from the title.")
                made.said.append(sentence.format(start=start, end=end))
                return start, end
    return None


def _who(made: Plan, known: Known) -> str:
    """Return who holds the sessions, where the title names somebody of the team."""
    title = " ".join(made.block.title)
    words = set(re.findall(r"\w+", bare(title)))
    team = known.names.spelt.get("professionals", {})
    codes = {code for name, code in team.items() if {*bare(name).split()} <= words}
    known_codes = known.names.taken.get("professionals", ())
    codes |= {code for code in known_codes if re.search(rf"\b{re.escape(code)}\b", title)}
    if len(codes) != 1:
        return ""
    code = codes.pop()
    made.said.append(_("Who holds the sessions stands in the title: {code}.").format(code=code))
    return code


def about(made: Plan) -> str:
    """Say in one sentence what a sheet by days becomes."""
    rows = made.rows.get("attendance", [])
    n = len({row["session"] for row in rows})
    return ngettext(
        "It becomes {n} session, and {visits} rows of {table}.",
        "It becomes {n} sessions, and {visits} rows of {table}.",
        n,
    ).format(n=n, visits=len(rows), table=heading("attendance"))
