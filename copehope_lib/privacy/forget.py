"""A woman taken out of a workspace, or given another code: in one step, all of it or nothing."""

import contextlib
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.files import one_step, private
from copehope_lib.files.sealing import ENDING, Key, open_sealed, seal
from copehope_lib.importing import Lock, names
from copehope_lib.importing.names import Names
from copehope_lib.language import gettext as _
from copehope_lib.metrics import Snapshot
from copehope_lib.privacy.audience import SUPERVISION
from copehope_lib.privacy.closing import CLOSED, Months, carried_over, handed_out, kept_states
from copehope_lib.privacy.pseudonyms import LOG, pseudonyms
from copehope_lib.privacy.publish import about_supervision, for_supervision, refuse_another_key
from copehope_lib.privacy.source import known
from copehope_lib.privacy.write import parquet, writing
from copehope_lib.schema import TABLES
from copehope_lib.tables import Tables, marks, origins
from copehope_lib.tables.consent import counted
from copehope_lib.tables.files import opened, shown, sources
from copehope_lib.tables.load import sheet_of, typed_rows
from copehope_lib.tables.sheet import NotATable
from copehope_lib.tables.take_out import GONE, out_of_csv, out_of_workbook
from copehope_lib.workspace import Workspace

Change = tuple[Path, bytes | None]
"""A file, and what it will hold; None of one that is taken away."""

# Rooms in which nobody speaks of a woman: sealed answers of the team, and examples.
_NOT_ABOUT_HER = ("dropbox", "templates")
# How files begin that hold no text: PDF, and pictures.
_SHUT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff")
_MOST = 1 << 28


@dataclass(frozen=True)
class Woman:
    """A woman who is to be forgotten, or to have another code.

    Attributes
    ----------
    workspace : Workspace
        The team's folder, opened with the key of what is sealed in it.
    tables : Tables
        Its registry.
    names : pandas.Series
        Pseudonyms of all women by code.
    code : str
        Her code.
    now : str
        The code that she has from here on; empty where she is forgotten.
    lock : Lock, optional
        Of the list of names.
    """

    workspace: Workspace
    tables: Tables
    names: pd.Series
    code: str
    now: str = ""
    lock: Lock | None = None

    @property
    def pseudonym(self) -> str:
        """The pseudonym that she has."""
        return str(self.names[self.code])

    @cached_property
    def codes(self) -> dict[str, set[str]]:
        """By table what goes: her code, and if she is forgotten the codes of her goals."""
        found = {"women": {self.code}}
        for name, table in TABLES.items():
            own = table.columns[0]
            if table.key == (own,) and not self.now:
                frame = getattr(self.tables, name)
                found[name] = {*frame.loc[_hers(frame, name, found), own]}
        return found

    @cached_property
    def words(self) -> re.Pattern[str]:
        """What a text must not say of her any more; no number, and no code of anything else."""
        of_others = {
            code
            for name, table in TABLES.items()
            for code in getattr(self.tables, name)[table.columns[0]]
            if len(table.key) == 1 and code not in self.codes.get(name, ())
        }
        words = set().union(*self.codes.values(), () if self.now else {self.pseudonym}) - of_others
        said = "|".join(re.escape(word) for word in sorted(words) if not word.isdecimal()) or "(?!)"
        said = said.replace(r"\-", r"(?:\s*[-\u2010-\u2015\u2212]\s*|[ _]?)")
        return re.compile(rf"(?<![\w-])(?:{said})(?![\w-])", re.IGNORECASE)


def _hers(frame: pd.DataFrame, table: str, codes: Mapping[str, set[str]]) -> pd.Series:
    """Return which rows of a table have one of some codes."""
    held: dict[str, set[str]] = {}
    for column, of in TABLES[table].declared.items():
        own = table if column == TABLES[table].columns[0] else ""
        held[column] = codes.get(of.references or own, set())
    return frame.isin({column: of for column, of in held.items() if of}).any(axis=1)


def _tables(woman: Woman) -> Iterator[Change]:
    """Take her rows out of every table that refers to her, and her codes out of all texts."""
    of, key, now = woman.workspace, woman.workspace.opened_with, woman.now or GONE
    rows: dict[Path, dict[str, set[int]]] = {}
    separators: dict[Path, str] = {}
    named: dict[Path, str] = {}
    for name, held_by in sources(of.registry, key).tables.items():
        sheet = sheet_of(held_by, TABLES[name], of.settings, [])
        frame, dialect = typed_rows(sheet, TABLES[name], of.settings, [])
        gone = set() if woman.now else {*frame.index[_hers(frame, name, woman.codes)]}
        for source in held_by:
            rows.setdefault(source.path, {})[source.sheet] = gone
            named[source.path] = name
            separators[source.path] = {"tab": "\t"}.get(dialect.separator, dialect.separator)
    came = origins.read(of.registry, {name: path.read_bytes for path, name in named.items()})
    for path, sheets in rows.items():
        with opened(path, key) as file:
            content = file.read()
        try:
            if "" in sheets:
                new = out_of_csv(content, separators[path], sheets[""], woman.words, now)
            else:
                new = out_of_workbook(content, sheets, woman.words, now)
        except NotATable as problem:
            sentence = _("{file} cannot be written anew ({reason}): mend that, and run it again.")
            raise CopehopeError(sentence.format(file=shown(path), reason=problem)) from None
        if new != content:
            yield path, _as_sealed(path, new, woman.workspace)
            if named[path] in came.rows:
                came = came.without(named[path], sheets.get("", ()), new)
    if came.rows:
        yield of.registry / origins.FILE_NAME, came.as_csv()


def _as_sealed(path: Path, content: bytes, of: Workspace) -> bytes:
    """Seal what was sealed before: to supervision, and to the key that opened it."""
    if not path.name.endswith(ENDING):
        return content
    to = {*of.settings.supervision.public_keys, *(of.opened_with.public if of.opened_with else ())}
    return seal(content, sorted(to))


def _closed_months(woman: Woman) -> Iterator[Change]:
    """Blank her codes in what the next month's flows start from: her rows go outside."""
    of = woman.workspace
    own = {TABLES[name].columns[0]: codes for name, codes in woman.codes.items() if codes}
    for folder in sorted((of.registry / CLOSED).glob("????-??")):
        for name, state in kept_states(of, pd.Period(folder.name, "M")).items():
            hers = state.isin(own).any(axis=1)
            if hers.any():
                held = [column for column in own if column in state]
                said = {column: state[column].mask(hers, woman.now or None) for column in held}
                (path,) = folder.glob(f"{name}.parquet*")
                yield path, _as_sealed(path, parquet(state.assign(**said)), of)


def _supervision(woman: Woman) -> Iterator[Change]:
    """Write anew what supervision sees of each month; a month nothing is known of any more goes."""
    of, names, left = woman.workspace, woman.names.drop(woman.code), {}
    for name in TABLES:
        frame = getattr(woman.tables, name)
        left[name] = frame[~_hers(frame, name, woman.codes)].reset_index(drop=True)
    tables, closed = counted(replace(woman.tables, **left)), Months.of(of).states
    folders = sorted(of.extracts.glob(f"????-??/{SUPERVISION.name}"), reverse=True)
    snapshot, known_now = None, known(tables)
    for folder in () if woman.now else folders:
        yield from ((path, None) for path in folder.iterdir() if path.is_file())
        month = pd.Period(folder.parent.name, "M")
        about = about_supervision(of, known_now, month, None if month in closed else month)
        snapshot = (snapshot or Snapshot.of(tables, month, of.settings)).at(month)
        # Where too few are left to be shown, the month is shown no more, and she is gone as well.
        with contextlib.suppress(CopehopeError):
            files = for_supervision(of, snapshot, names, about) if month in tables.months else {}
            yield from ((folder / name, content) for name, content in files.items())


def _searches(woman: Woman) -> Iterator[Change]:
    """Take the lines in which she was looked up out of the log."""
    log = woman.workspace.registry / LOG
    if log.exists() and not woman.now:
        lines = log.read_bytes().splitlines(keepends=True)
        yield log, b"".join(line for line in lines if woman.pseudonym.encode() not in line)


def _names(woman: Woman) -> Iterator[Change]:
    """Take her names out of the sealed list, or give them the code that she has now."""
    path = woman.workspace.registry / names.FILE_NAME
    if not path.exists():
        return
    if woman.lock is None:
        sentence = _(
            "{path} is the list of names: give its passphrase or its key (--key), or delete it if "
            "both are lost."
        )
        raise CopehopeError(sentence.format(path=path))
    listed = names.opened(woman.workspace.registry, woman.lock.opens)
    left = Names(spelt=names.without(listed, () if woman.now else {woman.code}))
    for name, code in left.spelt.get("women", {}).items():
        left.spelt["women"][name] = woman.now if code == woman.code else code
    yield path, left.sealed(woman.lock.seal)


def _copies(woman: Woman) -> Iterator[Change]:
    """Take away what commands left of earlier tables: it is sealed with the others."""
    root, sealed = woman.workspace.path, {*woman.workspace.path.glob(one_step.BEFORE)}
    for path in (one for of in ("mended*", "earlier") for one in root.glob(f"{of}/*")):
        if path not in sealed and path.is_file():
            yield path, None


PLACES: tuple[Callable[[Woman], Iterable[Change]], ...]
PLACES = (_tables, _names, _closed_months, _supervision, _searches, _copies)
"""Each place of a workspace in which a woman may stand: what comes later joins here."""


def forget(workspace: Workspace, code: str, lock: Lock | None = None) -> Path:
    """Take a woman out of a workspace.

    Parameters
    ----------
    workspace : Workspace
        The team's folder, opened with the key of what is sealed in it.
    code : str
        Her code.
    lock : Lock, optional
        Of the list of names, where there is one.

    Returns
    -------
    pathlib.Path
        The sheet for the file: what was taken out, and what is left to be done by hand.

    Raises
    ------
    CopehopeError
        If no woman has this code, the tables have errors or cannot be written anew, no key is
        named to seal the earlier ones to, something is sealed and not to be opened, or nothing
        can be written.
    """
    with workspace.alone():
        woman = _found(workspace, code, lock=lock)
        path = private.free(workspace.registry / f"forgotten-{one_step.today()}.md")
        _carry_out(woman, path)
        return path


def rename(workspace: Workspace, code: str, now: str, lock: Lock | None = None) -> str:
    """Give a woman another code; her pseudonym stays.

    Parameters
    ----------
    workspace : Workspace
        The team's folder, opened with the key of what is sealed in it.
    code, now : str
        Her code, and the one that she has from here on.
    lock : Lock, optional
        Of the list of names, where there is one.

    Returns
    -------
    str
        Her pseudonym.

    Raises
    ------
    CopehopeError
        As :func:`forget`; or if the new code is none, or another woman has it or had it.
    """
    with workspace.alone():
        woman, known = _found(workspace, code, now, lock), workspace.marks
        mine = known.mark(woman.pseudonym)
        if not re.fullmatch(workspace.settings.reading.codes, now):
            raise CopehopeError(_("The new code does not look like one: write it as W-001."))
        if now in woman.names.index or known.retired.get(known.mark(now), mine) != mine:
            raise CopehopeError(_("Another woman has the new code, or had it: choose another."))
        if not woman.words.fullmatch(code):
            sentence = _("Her code is a number, or of something else as well: change it by hand.")
            raise CopehopeError(sentence)
        _carry_out(woman)
        return woman.pseudonym


def _found(workspace: Workspace, code: str, now: str = "", lock: Lock | None = None) -> Woman:
    """Look a woman up in tables that can be counted on."""
    if not workspace.settings.supervision.public_keys:
        sentence = _(
            "copehope.toml names no key under [supervision] to seal the earlier tables to: make "
            "one with `copehope keys new`, and write what it prints into public_keys."
        )
        raise CopehopeError(sentence)
    refuse_another_key(workspace)
    carried_over(workspace)
    tables = workspace.all_tables()
    if any(finding.id != "retired_code" or now for finding in tables.errors):
        sentence = _("The tables have errors: run `copehope check` and mend them first.")
        raise CopehopeError(sentence)
    known = pseudonyms(tables.women, workspace.key, workspace.marks)
    if code not in known.index:
        # What was typed is not repeated: it could be a name.
        raise CopehopeError(_("The table women has no such code: read it again."))
    return Woman(workspace, tables, known, code, now, lock)


def _carry_out(woman: Woman, sheet: Path | None = None) -> None:
    """Write what is new of each place, and seal what was there before."""
    of = woman.workspace
    with writing(of.path):
        changes = dict(change for place in PLACES for change in place(woman))
        # What supervision saw can be made again from the tables.
        kept = [path for path in changes if of.extracts not in path.parents]
        now = of.marks.without(woman.code, woman.pseudonym, woman.now)
        changes[of.published / marks.FILE_NAME] = now.as_json()
        if sheet is not None:
            changes[sheet] = _sheet(woman, changes).encode()
        before = {path: path.read_bytes() for path in kept}
        one_step.change(of.path, changes, before, of.settings.supervision.public_keys)


def _sheet(woman: Woman, changes: one_step.Changes) -> str:
    """Return the sheet for the file, which calls her by her pseudonym and by nothing else."""
    title = _("{pseudonym}: what was taken out of the tables").format(pseudonym=woman.pseudonym)
    done = _(
        "On {day} every row about her was taken out of the tables, of what supervision sees of "
        "each month, and of the list of searches. The tables as they were lie sealed until "
        "{until}; the next command after that takes them away. Her code does not come back: if "
        "it stands in a table again, the check says so."
    ).format(day=one_step.today(), until=one_step.today() + one_step.SEALED_FOR)
    copies = _(
        "Copies elsewhere cannot be reached from here: backups, minutes and tables that were "
        "exported, mails, paper. Go through them, and note here what was done."
    )
    speak, shut = _elsewhere(woman, changes)
    lists = {
        _("What still speaks of her, and is left to those who wrote it"): speak,
        _("What could not be looked through: sealed to another key (--key), PDF, picture"): shut,
        _("Handed to the team and to partners, in counts in which she is one of several"): [
            *_handed_out(woman)
        ],
    }
    said = [
        "\n".join([f"## {of}", "", *(f"- {one}" for one in lists[of] or [_("Nothing.")])])
        for of in lists
    ]
    return "\n\n".join([f"# {title}", done, *said, copies]) + "\n"


def _handed_out(woman: Woman) -> Iterator[str]:
    """Yield when each month in which she was accompanied was handed to groups."""
    stays = woman.tables.women[woman.tables.women["woman"] == woman.code]
    for month in sorted(Months.of(woman.workspace).states):
        here = (stays["entered_on"] <= month.end_time) & ~(stays["left_on"] <= month.start_time)
        if here.any() and (days := handed_out(woman.workspace, month)):
            yield f"{month}: {'; '.join(days)}"


def _elsewhere(woman: Woman, changes: one_step.Changes) -> tuple[list[str], list[str]]:
    """Return which files speak of her afterwards, and which cannot be looked through."""
    root, found = woman.workspace.path, {True: list[str](), False: list[str]()}
    sealed = {*root.glob(one_step.BEFORE), *(path for path in changes if changes[path] is None)}
    for path in sorted({*root.rglob("*")} - sealed):
        name = path.relative_to(root)
        if name.parts[0] in _NOT_ABOUT_HER or not path.is_file():
            continue
        text = _text(path, changes.get(path), woman.workspace.opened_with)
        # The sheet must not hold her code, not even in the name of a file.
        if text is None or woman.words.search(f"{name}\n{text}"):
            found[text is None].append(woman.words.sub(GONE, name.as_posix()))
    return found[False], found[True]


def _text(path: Path, content: bytes | None, key: Key | None) -> str | None:
    """Return what can be read of a file, or of what it will hold; None where it is shut."""
    try:
        content = private.read(path, _MOST) if content is None else content
        if path.name.endswith(ENDING):
            content = open_sealed(content, key, path) if key else _SHUT[0]
        if content.startswith(b"PAR1"):
            content = pd.read_parquet(BytesIO(content)).to_csv().encode()
        if zipfile.is_zipfile(BytesIO(content)):
            with zipfile.ZipFile(BytesIO(content)) as packed:
                content = b"\n".join(packed.read(name) for name in packed.namelist())
    except (CopehopeError, OSError, ValueError, RuntimeError, zipfile.BadZipFile):
        return None
    if content.startswith(_SHUT):
        return None
    # Letters of two bytes, and a word in two formats.
    text = content.decode("latin-1").replace("\0", "")
    return f"{text}\n{re.sub('<[^<>]*>', '', text)}"
