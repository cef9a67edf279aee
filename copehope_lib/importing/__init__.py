"""A team's own sheets come in: shown as they are, asked about once, and written as our tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.files import one_step, private, sealing
from copehope_lib.files.sealing import Key
from copehope_lib.importing import her, keep, names, recipe
from copehope_lib.importing.asking import LEFT_OUT, Asking, Id, Question
from copehope_lib.importing.her import Block, HerFile
from copehope_lib.importing.names import Names
from copehope_lib.importing.plan import BY_DAY, Known, Made, Plan, begun, fill, order_of
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.schema import TABLES, heading
from copehope_lib.tables import origins
from copehope_lib.tables.files import shown
from copehope_lib.tables.origins import Origin, Origins
from copehope_lib.tables.renew import EARLIER
from copehope_lib.workspace import Workspace

__all__ = [
    "BY_DAY",
    "LEFT_OUT",
    "Asking",
    "Import",
    "Plan",
    "Question",
    "with_key",
    "with_passphrase",
]


@dataclass(frozen=True)
class Lock:
    """What seals the list of names, and opens it: a passphrase, or a key."""

    seal: Callable[[bytes], bytes]
    opens: Callable[[bytes], bytes]


def with_passphrase(registry: Path, typed: str) -> Lock:
    """Return what seals the list of names of a registry with a passphrase, and opens it.

    Examples
    --------
    >>> lock = with_passphrase(Path("registry"), "five words or more")
    >>> lock.opens(lock.seal(b"{}"))
    b'{}'
    """
    path = registry / names.FILE_NAME
    return Lock(
        lambda content: sealing.seal_with_passphrase(content, typed),
        lambda content: sealing.open_with_passphrase(content, lambda: typed, path),
    )


def with_key(registry: Path, key: Key) -> Lock:
    """Return what seals the list of names of a registry to a key, and opens it.

    Examples
    --------
    >>> lock = with_key(Path("registry"), sealing.new_key())
    >>> lock.opens(lock.seal(b"{}"))
    b'{}'
    """
    path = registry / names.FILE_NAME
    return Lock(
        lambda content: sealing.seal(content, key.public),
        lambda content: sealing.open_sealed(content, key, path),
    )


@dataclass
class Import:
    r"""Files of hers on their way into a workspace.

    Parameters
    ----------
    workspace : Workspace
        The team's folder.
    paths : sequence of pathlib.Path
        Her files, read where they are.
    lock : Lock, optional
        Of the list of names.
    shut : bool
        Whether names are left out, because there is nothing to seal their list with.
    contents : mapping of pathlib.Path to bytes
        What the files hold, where a page was given them.

    Raises
    ------
    CopehopeError
        If a file is not there or no spreadsheet, a table of the registry is sealed or cannot be
        read, or the list of names cannot be opened.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> from copehope_lib.workspace import Workspace
    >>> folder = Path(mkdtemp())
    >>> team = Workspace.create(folder / "team", team="Barcelona")
    >>> _ = (folder / "equipo.csv").write_text("Código;Perfil;Jornada;Externa;Inicio\n"
    ...                                        "P1;Educadora;1;N;2024-09-01\n")
    >>> coming = Import(team, [folder / "equipo.csv"])
    >>> coming.open, [made.what for made in coming.plans]
    ([], ['professionals'])
    >>> coming.take()[0]
    'professionals: 1 new row.'
    """

    workspace: Workspace
    paths: Sequence[Path]
    lock: Lock | None = None
    shut: bool = False
    contents: Mapping[Path, bytes] = field(default_factory=dict)
    files: list[HerFile] = field(init=False)
    given: dict[tuple[int, int], dict[Id, str]] = field(init=False, default_factory=dict)
    plans: list[Plan] = field(init=False, default_factory=list)
    left_out: list[str] = field(init=False, default_factory=list)
    needs_lock: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self.files = [her.read(path, self.contents.get(path)) for path in self.paths]
        self.left_out = [f"{one.path.name}: {said}" for one in self.files for said in one.left_out]
        self._recipes = {
            of: recipe.read(of)
            for of in {recipe.path_of(self.workspace.path, one.path) for one in self.files}
        }
        self._tables, self._held_by = keep.in_registry(self.workspace)
        for n, file in enumerate(self.files):
            kept = self._recipes[recipe.path_of(self.workspace.path, file.path)]
            for at, key in enumerate(recipe.keys_of(file.blocks)):
                # What is called the same is read the same: October and November on two sheets.
                alike = kept.get(recipe.key_of(file.blocks[at]), {})
                self.given[n, at] = dict(kept.get(key, alike))
        self.plan()

    def plan(self) -> None:
        """Read all tables of hers again, with what has been answered so far."""
        known = Known(self.workspace.settings, one_step.today(), dict(self._tables), self._names())
        found = {
            (n, at): begun(block, self.given[n, at])
            for n, file in enumerate(self.files)
            for at, block in enumerate(file.blocks)
        }
        for at in sorted(found, key=lambda at: (order_of(found[at]), at)):
            made = found[at]
            fill(made, known)
            for table, rows in made.rows.items():
                before = known.tables.get(table, pd.DataFrame())
                known.tables[table] = pd.concat([before, pd.DataFrame(rows)]).fillna("")
        self.plans, self._at, self._known = list(found.values()), list(found), known.names
        self.needs_lock = not self.shut and any(made.names for made in self.plans)

    def _names(self) -> Names:
        marks = self.workspace.marks
        known = Names(retired=lambda code: marks.mark(code) in marks.retired, shut=self.shut)
        for name, frame in self._tables.items():
            known.taken[name] = set(frame.get(TABLES[name].columns[0], ()))
        if self.lock is not None:
            spelt = names.opened(self.workspace.registry, self.lock.opens)
            gone = {code for of in spelt.values() for code in of.values() if known.retired(code)}
            known.spelt = names.without(spelt, gone)
            for table, of in known.spelt.items():
                known.taken.setdefault(table, set()).update(of.values())
        return known

    @property
    def open(self) -> list[tuple[int, Question]]:
        """What only she knows: the place of the plan, and the question."""
        return [(n, one) for n, made in enumerate(self.plans) for one in made.asking.open]

    def answer(self, place: int, id: Id, said: str) -> None:
        """Settle a question of a plan; what follows from it is read when all is planned again."""
        self.given[self._at[place]][id] = said

    @property
    def refused(self) -> list[str]:
        """Which tables of hers nothing can be made of, and why."""
        sentence = _("{sheet} cannot be brought in: {reason}.")
        return [
            sentence.format(sheet=called(made.block), reason=made.refused)
            for made in self.plans
            if made.refused
        ]

    def take(self) -> list[str]:
        """Write what came of it into the registry, and remember how; return what was done.

        Earlier files of the tables go to the folder ``earlier``; her own are left as they are.

        Raises
        ------
        CopehopeError
            If names need a passphrase or a key to be sealed with, or nothing can be written.
        """
        if self.needs_lock and self.lock is None:
            sentence = _(
                "Names become codes, and the list of both is sealed: give your key with --key, "
                "or a passphrase."
            )
            raise CopehopeError(sentence)
        with self.workspace.alone():
            return self._write()

    def _write(self) -> list[str]:
        registry, said, coming = self.workspace.registry, [], self._coming()
        paths = {name: dict.fromkeys(one.path for one in of) for name, of in self._held_by.items()}
        touched = {path for name in coming for path in paths[name]}
        also = [name for name, of in paths.items() if of.keys() & touched]
        read = {name: next(iter(of)).read_bytes for name, of in paths.items() if of}
        was = origins.read(registry, read)
        changes: dict[Path, bytes | None] = {}
        for path in touched:
            changes[private.free(self.workspace.path / EARLIER / path.name)] = path.read_bytes()
            changes[path] = None
        for name in {**dict.fromkeys(coming), **dict.fromkeys(also)}:
            frame = self._tables.get(name, pd.DataFrame(columns=TABLES[name].columns))
            before = was.rows.get(name, [Origin()] * len(frame))
            joined = keep.join(TABLES[name], frame, before, coming.get(name, []))
            content = keep.as_file(name, joined.frame)
            changes[keep.path_of(registry, name, self._held_by[name])] = content
            was.rows[name], was.marks[name] = joined.origins, origins.mark(content)
            said += _about(name, joined) if name in coming else []
        empty = [name for name in TABLES if not self._held_by[name] and name not in coming]
        for name in empty:
            frame = pd.DataFrame(columns=TABLES[name].columns, dtype=str)
            changes[keep.path_of(registry, name, [])] = keep.as_file(name, frame)
        if empty:
            sentence = _("Nothing is said of {tables}: they are empty until something is.")
            said.append(sentence.format(tables=", ".join(map(heading, empty))))
        self._letters(was)
        changes[registry / origins.FILE_NAME] = was.as_csv()
        changes |= self._recipes_now()
        if self.needs_lock and self.lock is not None:
            changes[registry / names.FILE_NAME] = self._known.sealed(self.lock.seal)
        one_step.carry_out(self.workspace.path, changes)
        return said

    def _coming(self) -> dict[str, list[tuple[Made, Origin]]]:
        """Return by table the rows that come in, and where each is from."""
        coming: dict[str, list[tuple[Made, Origin]]] = {}
        for made in self.plans:
            file, sheet = _shown(made.block.file), _shown(made.block.sheet)
            for table, rows in made.rows.items():
                there = [(row, Origin(file, sheet, row["cell"])) for row in rows]
                coming.setdefault(table, []).extend(there)
        return coming

    def _letters(self, was: Origins) -> None:
        for made in self.plans:
            if made.letters:
                columns = [of for of in made.letters if of in TABLES[made.what].columns]
                place = made.what, _shown(made.block.file), _shown(made.block.sheet)
                was.letters[place] = {column: made.letters[column] for column in columns}

    def _by_recipe(self) -> Iterator[tuple[HerFile, Path, dict[str, Plan]]]:
        """Yield each file, its recipe, and its tables as they are called there."""
        for n, file in enumerate(self.files):
            made = [one for (of, _block), one in zip(self._at, self.plans, strict=True) if of == n]
            there = dict(zip(recipe.keys_of(file.blocks), made, strict=True))
            yield file, recipe.path_of(self.workspace.path, file.path), there

    def _recipes_now(self) -> dict[Path, bytes]:
        changes = {}
        for file, path, there in self._by_recipe():
            changes[path] = recipe.written(there, self._recipes[path], file.path.stem)
            self._recipes[path] = recipe.read_text(changes[path])
        return changes

    @property
    def gone(self) -> list[str]:
        """What the recipe knows and the files hold no more."""
        said = []
        for _file, path, there in self._by_recipe():
            for key, answers in self._recipes[path].items():
                if key in there:
                    said += recipe.gone(there[key], answers)
                elif answers.get(("is",)) != LEFT_OUT:
                    said.append(_("The table “{title}” is no longer there.").format(title=key))
        return said


def called(block: Block) -> str:
    """Return what a table of hers is called on the screen."""
    return ", ".join(filter(None, (block.file, block.sheet, *block.title[:1])))


def about(made: Plan) -> str:
    """Say in one sentence what a table of hers becomes."""
    if made.refused:
        return _("Nothing is made of it: {reason}.").format(reason=made.refused)
    if not made.what:
        return _("It is left out.")
    if made.what == BY_DAY:
        from copehope_lib.importing.by_day import about as about_days

        return about_days(made)
    n = len(made.rows.get(made.what, []))
    sentence = ngettext("It becomes {n} row of {table}.", "It becomes {n} rows of {table}.", n)
    return sentence.format(n=n, table=heading(made.what))


def _about(name: str, joined: keep.Joined) -> list[str]:
    new, changed, gone = joined.new, joined.changed, joined.gone
    parts = {
        ngettext("{n} new row", "{n} new rows", new): new,
        ngettext("{n} changed", "{n} changed", changed): changed,
        ngettext("{n} no longer on the sheet", "{n} no longer on the sheet", gone): gone,
    }
    some = ", ".join(part.format(n=n) for part, n in parts.items() if n)
    same = _("as it was")
    said = [f"{heading(name)}: {some or same}."]
    if joined.kept:
        sentence = ngettext(
            "{table}: {n} row is no longer on the sheet, and stays in the registry.",
            "{table}: {n} rows are no longer on the sheet, and stay in the registry.",
            joined.kept,
        )
        said.append(sentence.format(table=heading(name), n=joined.kept))
    return said


@cache
def _shown(sheet: str) -> str:
    return shown(Path(sheet)) if sheet else ""
