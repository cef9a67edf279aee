"""A workspace as one sealed file, and a workspace brought back from it."""

import shutil
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.files.sealing import Key, open_sealed, seal
from copehope_lib.importing.names import FILE_NAME as NAMES
from copehope_lib.language import gettext as _
from copehope_lib.privacy.forget import forget
from copehope_lib.privacy.write import writing
from copehope_lib.tables.marks import FILE_NAME, Marks
from copehope_lib.workspace import Workspace

LOCK = ".lock"
"""What is there while a command is at work."""


def back_up(workspace: Workspace, key: Key, out: Path) -> int:
    """Write all that lies in a workspace into one file, sealed; open it again and compare.

    Parameters
    ----------
    workspace : Workspace
        The team's folder.
    key : Key
        To which it is sealed, and with which it is opened again.
    out : pathlib.Path
        A new file outside the workspace.

    Returns
    -------
    int
        How many files it holds.

    Raises
    ------
    CopehopeError
        If the file is there, or would lie in the workspace; if something in that is a link;
        if it cannot be written, or is not opened again as it was.
    """
    root = workspace.path.resolve()
    if out.resolve().is_relative_to(root):
        raise CopehopeError(
            _("{out} lies in the workspace: name a file outside it.").format(out=out)
        )
    private.refuse_existing(out)
    with workspace.alone(), writing(out):
        files = dict(_files(root))
        private.write_new(out, seal(_packed(files), key.public))
        try:
            same = dict(_unpacked(open_sealed(private.read(out), key, out), out)) == files
        except CopehopeError:
            same = False
        if not same:
            out.unlink()
            sentence = _("{out} was not written as it should be, and is gone: look at the disk.")
            raise CopehopeError(sentence.format(out=out))
    return sum(content is not None for content in files.values())


def restore(sealed: Path, key: Key, folder: Path, instead_of: Path | None = None) -> list[str]:
    """Bring a workspace back, whole or not at all.

    Parameters
    ----------
    sealed : pathlib.Path
        What :func:`back_up` wrote.
    key : Key
        Opens it.
    folder : pathlib.Path
        A new folder.
    instead_of : pathlib.Path, optional
        The workspace as it was last: who was forgotten there since is forgotten here, too.

    Returns
    -------
    list of str
        The codes that were forgotten.

    Raises
    ------
    CopehopeError
        If the folder is there; if the file is damaged, or is sealed to another key; if a woman
        cannot be forgotten, or something cannot be written.
    """
    if folder.exists():
        raise CopehopeError(_("{folder} is there already: name a new one.").format(folder=folder))
    content = open_sealed(private.read(sealed), key, sealed)
    draft = folder.with_name(f".{folder.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        with writing(folder):
            draft.mkdir(parents=True, mode=0o700)
            for name, file in _unpacked(content, sealed):
                place = draft / name
                if file is None:
                    place.mkdir(parents=True, mode=0o700)
                else:
                    private.write_new(place, file)
        forgotten = [] if instead_of is None else _forgotten(Workspace(draft, key), instead_of)
        (draft / LOCK).unlink(missing_ok=True)
        draft.replace(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return forgotten


def _forgotten(workspace: Workspace, instead_of: Path) -> list[str]:
    """Forget who was forgotten elsewhere since, and remember all that is remembered there.

    Who has another code since is named by `check`, because the new one is known by its mark alone.
    """
    there, here = Marks.of(instead_of / "published", workspace.key), workspace.marks
    kept = {there.mark(pseudonym) for pseudonym in there.renamed.values()}
    gone = {mark for mark, pseudonym in there.retired.items() if pseudonym not in kept}
    codes = workspace.all_tables().women["woman"].drop_duplicates().astype("str")
    forgotten = [code for code in codes if here.mark(code) in gone - {*here.retired}]
    # The list of names cannot be opened here: the one there is without those who were forgotten.
    listed, theirs = (of / "registry" / NAMES for of in (workspace.path, instead_of))
    if forgotten:
        listed.unlink(missing_ok=True)
    for code in forgotten:
        forget(workspace, code)
    if forgotten and theirs.exists():
        private.replace(listed, private.read(theirs))
    now = workspace.marks
    both = Marks(now.key, {**now.retired, **there.retired}, {**now.renamed, **there.renamed})
    private.replace(workspace.published / FILE_NAME, both.as_json())
    return forgotten


def _files(root: Path) -> Iterator[tuple[str, bytes | None]]:
    """Yield each file of a folder by its path in it, and each folder without content."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            sentence = _("{path} is a link: move it out of the workspace, or put the file there.")
            raise CopehopeError(sentence.format(path=path))
        if path.is_dir():
            yield name, None
        elif name != LOCK:
            yield name, private.read(path)


def _packed(files: dict[str, bytes | None]) -> bytes:
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in files.items():
            about = tarfile.TarInfo(name)
            about.type = tarfile.DIRTYPE if content is None else tarfile.REGTYPE
            about.size = len(content or b"")
            archive.addfile(about, BytesIO(content or b""))
    return packed.getvalue()


def _unpacked(content: bytes, sealed: Path) -> Iterator[tuple[str, bytes | None]]:
    """Yield what was packed: files and folders below one folder, and nothing else."""
    try:
        with tarfile.open(fileobj=BytesIO(content), mode="r:gz") as archive:
            for one in archive:
                path = PurePosixPath(one.name)
                if path.is_absolute() or ".." in path.parts or not (one.isfile() or one.isdir()):
                    raise tarfile.TarError(one.name)
                file = archive.extractfile(one)
                yield one.name, None if file is None else file.read()
    except (tarfile.TarError, OSError, EOFError):
        sentence = _("{path} is no copy of a workspace, or damaged: take an earlier one.")
        raise CopehopeError(sentence.format(path=sealed)) from None
