"""One table of hers and the rows of ours that it becomes, with all there is to ask."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from copehope_lib.importing.asking import LEFT_OUT, Asking, Id, Question, labels
from copehope_lib.importing.her import Block, Row
from copehope_lib.importing.names import Names, code_in
from copehope_lib.importing.spoken import bare, called, day_of, nearest, readings
from copehope_lib.importing.values import Reader
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.schema import TABLES, Column, TableSchema, heading
from copehope_lib.schema.headings import plain_headings
from copehope_lib.settings import Settings
from copehope_lib.tables.files import table_named

BY_DAY = "by_day"
"""A sheet of women by days: it becomes sessions and attendance."""

NAME = "name"
"""A column of names, which become codes."""

FUNCTION = "function."
"""A column of a table of women that says who accompanies her, in which function."""

ABOVE = "above"
EMPTY = "empty"

_Way = Callable[[str, TableSchema, Block, int], str]

Made = dict[str, str]
"""One row of a table of ours; ``cell`` is where it comes from."""


@dataclass
class Known:
    """What is known before a table of hers is read.

    Attributes
    ----------
    settings : Settings
        Of the workspace.
    today : datetime.date
        This day.
    tables : dict of str to pandas.DataFrame
        Our tables as text: those of the registry, and what was read before in the same step.
    names : Names
        Codes of women and colleagues.
    """

    settings: Settings
    today: datetime.date
    tables: dict[str, pd.DataFrame]
    names: Names

    def records(self, table: str) -> list[dict[str, str]]:
        """Return the rows of a table of ours."""
        return self.tables.get(table, pd.DataFrame()).to_dict("records")  # type: ignore[return-value]


@dataclass
class Plan:
    """What one table of hers becomes.

    Attributes
    ----------
    block : Block
        The table.
    asking : Asking
        What there is to ask, and what is understood.
    what : str
        Table of ours, ``by_day``, or nothing where it is left out.
    rows : dict of str to list of dict
        The rows of ours, by table.
    letters : dict of str to str
        The letter of her column for each of ours.
    named : list of int
        Places of her columns of names.
    read : set of int
        Places of all her columns that are read.
    keeps : dict
        What the recipe remembers in place of an answer.
    said : list of str
        What is understood, and what is not read.
    names : bool
        Whether names become codes.
    refused : str
        Why nothing can be made of it; empty where something is.
    """

    block: Block
    asking: Asking
    what: str = ""
    rows: dict[str, list[Made]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    named: list[int] = field(default_factory=list)
    read: set[int] = field(default_factory=set)
    keeps: dict[Id, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    names: bool = False
    refused: str = ""

    def add(self, table: str, row: Made, of: Row, place: int = 0) -> None:
        """Add a row of ours that comes from a cell of hers."""
        self.rows.setdefault(table, []).append(row | {"cell": self.block.cell(of, place)})


def begun(block: Block, given: Mapping[Id, str]) -> Plan:
    """Return what a table of hers is."""
    made = Plan(replace(block.upright()), Asking(given))
    made.said += _not_read(block)
    made.what = _what(made)
    return made


def fill(made: Plan, known: Known) -> None:
    """Make the rows that a table of hers becomes, as far as it is settled."""
    from copehope_lib.importing import by_day

    known.names.needed, known.names.respelt = False, {}
    if made.what == BY_DAY:
        by_day.fill(made, known)
    elif made.what:
        _fill(made, TABLES[made.what], known)
    made.names = known.names.needed
    if made.names and known.names.shut:
        _without_names(made)
    if known.names.respelt:
        text, code = next(iter(known.names.respelt.items()))
        sentence = _("Codes are written as ours are: “{text}” becomes {code}.")
        made.said.append(sentence.format(text=text, code=code))


def _without_names(made: Plan) -> None:
    """Leave out the rows that only a name tells apart."""
    for table, rows in made.rows.items():
        codes = [of for of in TABLES[table].key if TABLES[table].column(of).kind == "code"]
        made.rows[table] = [row for row in rows if all(row.get(of, "x") for of in codes)]
    made.said.append(_("Names are left out: their list is sealed, and no key was given (--key)."))
    if made.what in made.rows and not made.rows[made.what]:
        made.refused = _("names become codes, and the list of both is sealed: add --key")


def order_of(made: Plan) -> int:
    """Return when a table is read: those that declare codes come before those that use them."""
    if made.what == "professionals":
        return -1
    return [*TABLES, BY_DAY, ""].index(made.what)


def _not_read(block: Block) -> list[str]:
    said, n = [], len(block.totals)
    if n:
        sentence = ngettext(
            "“{first}” is no row of its own, and left out.",
            "“{first}” and {n} more rows that add up are left out.",
            n,
        )
        said.append(sentence.format(first=block.totals[0], n=n - 1))
    if n := len(block.notes):
        sentence = ngettext("{n} note below is not read.", "{n} notes below are not read.", n)
        said.append(sentence.format(n=n))
    return said


def _what(made: Plan) -> str:
    block, across = made.block, made.block.headings.cells[1:]
    days = sum(day_of(cell) is not None for cell in across)
    codes = sum(cell.startswith("S-") for cell in across)
    scores = {name: _score(block, TABLES[name]) for name in TABLES}
    first, second = sorted(scores, key=lambda name: -scores[name])[:2]
    best, sure, why = LEFT_OUT, False, _("by its headings and its name")
    if days >= 2 or codes >= 2:
        best, sure = BY_DAY, True
    elif scores[first] >= 3:
        best, sure = first, scores[first] - scores[second] >= 2
    else:
        why = _("no heading says it")
    choices = {name: _("the table {table}").format(table=heading(name)) for name in TABLES}
    choices |= {BY_DAY: _("women by days or sessions"), LEFT_OUT: _("nothing to bring in")}
    answer = made.asking(Question(("is",), _("It holds"), choices, best, sure, why))
    return "" if answer == LEFT_OUT else answer


def _score(block: Block, table: TableSchema) -> int:
    found = _matched(block, table, _ours, _theirs, _by_role)
    own = {target for target, _sure in found.values()}
    own |= {table.columns[0]} if NAME in own else set()
    missing = sum(not column.optional for of, column in table.declared.items() if of not in own)
    words = [block.sheet, *block.title, block.file.rpartition(".")[0]]
    named = max((_named(word, table.name) for word in words if word), default=0)
    return 2 * len(found) + named - missing


def _named(text: str, table: str) -> int:
    if table_named(text) == table:
        return 6
    said = f" {bare(text)} "
    known = {*called("tables")[table], *plain_headings(table)}
    return 3 if any(f" {name} " in said for name in known) else 0


def _matched(block: Block, table: TableSchema, *ways: _Way) -> dict[int, tuple[str, bool]]:
    """Return for each place the column that its heading likely means, and whether that is sure."""
    found: dict[int, tuple[str, bool]] = {}
    for by in ways:
        for place, title in enumerate(block.headings.cells):
            if place in found or not title:
                continue
            taken = {target for target, _sure in found.values()} - {NAME}
            target = by(bare(title), table, block, place)
            if target and target not in taken:
                found[place] = target, by is not _nearly
    return found


def _ours(title: str, table: TableSchema, _block: Block, _place: int) -> str:
    return next((name for name in table.columns if title in plain_headings(name)), "")


def _theirs(title: str, table: TableSchema, block: Block, place: int) -> str:
    known = called("columns")
    for name, column in table.declared.items():
        if title in known.get(name, ()) and _can_be(column, block.column(place)):
            return name
    functions = _functions_of(table)
    return next((name for name in functions if title in known[name]), "")


def _functions_of(table: TableSchema) -> list[str]:
    """Return what a column may say of who accompanies a woman, in a table of women alone."""
    return [of for of in called("columns") if of.startswith(FUNCTION) and table.name == "women"]


def _nearly(title: str, table: TableSchema, block: Block, place: int) -> str:
    spelt = {one: name for name in table.columns for one in called("columns").get(name, ())}
    spelt |= {one: name for name in table.columns for one in plain_headings(name)}
    name = nearest(title, spelt)
    remark = any(word in called("roles")["remark"] for word in title.split())
    return name if name and not remark and _can_be(table.column(name), block.column(place)) else ""


def _by_role(title: str, table: TableSchema, block: Block, place: int) -> str:
    """Return the column of codes or of names of those that a table is about."""
    key = table.columns[0]
    if title in called("roles")["code"] and any(map(code_in, block.column(place))):
        return key
    whose = ("colleague",) if table.name == "professionals" else ()
    named = any(title in called("roles")[role] for role in ("name", "code", *whose))
    people = table.name in ("women", "professionals") or "woman" in table.columns
    return NAME if named and people else ""


def _can_be(column: Column, texts: Sequence[str]) -> bool:
    """Tell whether some text of a column can be what a column of ours holds."""
    filled = [text for text in texts if text][:50]
    if column.kind not in ("day", "moment") or not filled:
        return True
    return sum(day_of(text.partition("T")[0]) is not None for text in filled) * 2 >= len(filled)


def _columns(made: Plan, table: TableSchema) -> dict[int, str]:
    """Settle which column of hers is which of ours."""
    block = made.block
    found = _matched(block, table, _ours, _theirs, _by_role, _nearly)
    choices = {name: heading(name) for name in table.columns}
    choices[NAME] = _("names, which become codes")
    for name in sorted(_functions_of(table)):
        who = TABLES["assignments"].column("function").words.label_of(name.removeprefix(FUNCTION))
        choices[name] = _("who accompanies her ({function})").format(function=who)
    choices[LEFT_OUT] = _("nothing to bring in")
    settled: dict[int, str] = {}
    roles = called("roles")
    for place, title in enumerate(block.headings.cells):
        if not any(block.column(place)) and place not in found:
            continue
        aside = bare(title) in (*roles["remark"], *roles["total"])
        target, sure = found.get(place, (LEFT_OUT, aside))
        if target == LEFT_OUT and not aside:
            target = _by_contents(table, block.column(place), settled) or LEFT_OUT
        letter, why = block.letters[place], _("never read") if aside else ""
        asks = _("Column {letter} “{title}” holds").format(letter=letter, title=title)
        id = ("columns", title or letter)
        answer = made.asking(Question(id, asks, choices, target, sure, why))
        if answer != LEFT_OUT and (answer == NAME or answer not in settled.values()):
            settled[place] = answer
        else:
            made.said.append(not_read(title, aside=aside))
    made.named = [place for place, target in settled.items() if target == NAME]
    made.read = set(settled)
    if made.named and table.columns[0] in settled.values():
        made.said.append(_("Names beside codes are left out."))
    return settled


def not_read(title: str, *, aside: bool) -> str:
    """Say of a column that it is not read, or never is: remarks and totals are left aside."""
    said = _("“{title}” is never read.") if aside else _("Column “{title}” is not read.")
    return said.format(title=title)


def _by_contents(table: TableSchema, texts: list[str], settled: dict[int, str]) -> str:
    distinct = {bare(text) for text in texts if text}
    for name, column in table.declared.items():
        if name in settled.values() or column.kind != "word":
            continue
        if len(distinct & readings(column.words).keys()) * 2 > len(distinct):
            return name
    return ""


def _fill(made: Plan, table: TableSchema, known: Known) -> None:
    """Make the rows of a table."""
    settled = _columns(made, table)
    made.block.rows = _filled_in(made, table, settled)
    reader = Reader(made.block, known.settings, known.today, made.asking)
    places = {target: place for place, target in settled.items() if target != NAME}
    filled = _filled_down(made, table, places)
    rows: list[Made] = [{"cell": made.block.cell(row)} for row in filled]
    codes = {name: column for name, column in table.declared.items() if column.kind == "code"}
    for name in sorted(codes.keys() - places.keys() - ({"woman"} if made.named else set())):
        if codes[name].references and not codes[name].optional:
            made.refused = _("no column says {column}").format(column=heading(name))
            return
    for name, column in table.declared.items():
        if name in codes and (column.references or name in ("woman", "professional")):
            texts = _whom(made, name, column, filled, places, known)
        elif name in places:
            cells = [row.cells[places[name]] for row in filled]
            if column.kind == "code":
                texts = [known.names.code(column.references or table.name, of) for of in cells]
            else:
                meant = reader.meanings(name, column, Counter(cells))
                texts = [meant.get(cell, "") for cell in cells]
        elif not column.optional and name != table.columns[0]:
            texts = [_for_every_row(made, name, column, known)] * len(rows)
        else:
            continue
        for row, text in zip(rows, texts, strict=True):
            row[name] = text
    if not rows:
        return
    made.letters = {name: made.block.letters[place] for name, place in places.items()}
    if table.columns[0] not in rows[0] and table.key == (table.columns[0],):
        _give_codes(rows, table, known)
    made.rows[table.name] = rows
    _functions(made, rows, filled, places, known)


def _filled_in(made: Plan, table: TableSchema, settled: Mapping[int, str]) -> list[Row]:
    """Return the rows without those that are prepared, and not filled in yet."""
    prepared = ("need", "text", "decided_on", "dimension")
    filled_in = {
        name
        for name, column in table.declared.items()
        if not column.optional and column.kind != "code" and name not in prepared
    }
    needed = [place for place, name in settled.items() if name in filled_in]
    if len(needed) < 2:
        return made.block.rows
    rows = [row for row in made.block.rows if any(row.cells[place] for place in needed)]
    if n := len(made.block.rows) - len(rows):
        sentence = ngettext(
            "{n} row is not filled in yet, and left out.",
            "{n} rows are not filled in yet, and left out.",
            n,
        )
        made.said.append(sentence.format(n=n))
    return rows


def _whom(
    made: Plan, name: str, column: Column, rows: list[Row], places: Mapping[str, int], known: Known
) -> list[str]:
    """Return the codes that a column says, of women, colleagues or something else."""
    whose = column.references or ("women" if name == "woman" else "professionals")
    at = [places[name]] if name in places else []
    if whose in ("women", "professionals"):
        return people_of(made, whose, rows, at, known)
    cells = ["".join(row.cells[of] for of in at) for row in rows]
    return [known.names.code(whose, cell) if cell else "" for cell in cells]


def people_of(
    made: Plan, whose: str, rows: Sequence[Row], at: Iterable[int], known: Known
) -> list[str]:
    """Return the code of whoever a column is about: what stands there, or what its name becomes."""
    at = list(at)
    of_women = made.what == BY_DAY or "woman" in TABLES[made.what].columns
    named = made.named if whose == "women" or not of_women else []
    titles, short = made.block.headings.cells, called("roles")["code"]
    # A first and a last name are one; initials beside them are another spelling of it.
    whole = [place for place in at + named if bare(titles[place]) not in short]
    initials = [place for place in at + named if place not in whole]
    written = [" ".join(filter(None, (row.cells[place] for place in whole))) for row in rows]
    times, found = Counter(written), []
    beside = {bare(text) for text in written}
    for row, text in zip(rows, written, strict=True):
        beside_it = [row.cells[place] for place in initials if row.cells[place]]
        # Two Lauras are told apart by their initials.
        spelt = beside_it if beside_it and times[text] > 1 else [text, *beside_it]
        code = next(filter(None, map(code_in, [*beside_it, *(row.cells[of] for of in at)])), "")
        if code:
            code = known.names.code(whose, code)
            for place in named:
                known.names.learn(whose, row.cells[place], code)
        found.append(code or known.names.of(whose, spelt, made.asking, beside))
    return found


def _for_every_row(made: Plan, name: str, column: Column, known: Known) -> str:
    """Ask for what no column of hers says and each row of ours needs."""
    if column.kind == "code":
        return ""
    values = {row.get(name, "") for row in known.records(made.what)} - {""}
    proposal = values.pop() if len(values) == 1 else ""
    if name == "site" and not proposal:
        proposal = known.settings.team
    choices = {}
    if column.vocabulary is not None:
        choices = labels(column.words) | {LEFT_OUT: _("leave it empty")}
    asks = _("No column says it, and each row needs it: {column} is").format(column=heading(name))
    answer = made.asking(Question(("fill", name), asks, choices, proposal))
    return "" if answer == LEFT_OUT else answer


def _filled_down(made: Plan, table: TableSchema, places: Mapping[str, int]) -> list[Row]:
    """Return the rows, with what a blank below a filled cell means where it means as above."""
    rows = list(made.block.rows)
    choices = {ABOVE: _("the same as above"), EMPTY: _("nothing: it is missing")}
    # What a table declares stands in each row of its own.
    for name in table.key if table.column(table.key[0]).references else ():
        if name not in places or table.column(name).optional:
            continue
        place = places[name]
        blanks = sum(not row.cells[place] for row in rows)
        if not blanks or not rows[0].cells[place] or blanks * 4 < len(rows):
            continue
        title, asks = made.block.headings.cells[place], _("A blank in “{title}” × {n} means")
        asks = asks.format(title=title, n=blanks)
        if made.asking(Question(("blanks", name), asks, choices, ABOVE)) == ABOVE:
            last = ""
            for at, row in enumerate(rows):
                last = row.cells[place] or last
                cells = (*row.cells[:place], last, *row.cells[place + 1 :])
                rows[at] = Row(row.number, cells)
    return rows


def _give_codes(rows: list[Made], table: TableSchema, known: Known) -> None:
    """Give each row a code: the one that the same row had before, else a new one."""
    key, before = table.columns[0], known.tables.get(table.name, pd.DataFrame())
    names = [name for name in table.columns if name in rows[0] and name in before]
    had: dict[tuple[str, ...], list[str]] = {}
    for record in before.to_dict("records"):
        had.setdefault(tuple(str(record[name]) for name in names), []).append(str(record[key]))
    for row in rows:
        same = had.get(tuple(row[name] for name in names), [])
        row[key] = same.pop(0) if same else known.names.new_code(table.name)


def _functions(
    made: Plan, rows: list[Made], filled: list[Row], places: Mapping[str, int], known: Known
) -> None:
    """Make assignments of the columns that say who accompanies a woman."""
    for target, place in places.items():
        if not target.startswith(FUNCTION):
            continue
        codes = people_of(made, "professionals", filled, [place], known)
        made.rows.setdefault("assignments", [])
        for row, of, code in zip(rows, filled, codes, strict=True):
            if code:
                who = {"woman": row.get("woman", ""), "professional": code}
                days = {"from_on": row.get("entered_on", ""), "to_on": row.get("left_on", "")}
                function = {"function": target.removeprefix(FUNCTION)}
                made.add("assignments", who | function | days, of, place)
