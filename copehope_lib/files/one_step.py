"""Many files of a workspace changed in one step: all of them or none, wherever it breaks off.

All that is to change is written into one file first. Once that is there the step is done, even if
what breaks off leaves it to whoever opens the workspace next to put the files in their places.
"""

import contextlib
import datetime
import os
import zipfile
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from pathlib import Path

from copehope_lib.errors import CopehopeError
from copehope_lib.files import private, sealing
from copehope_lib.language import gettext as _

SEALED_FOR = datetime.timedelta(days=30)
"""How long what was there before lies sealed in the folder ``earlier``."""

Changes = Mapping[Path, bytes | None]
"""What files will hold; None of one that is taken away."""

_NEXT = Path("registry", ".next.zip")
_BEFORE = "earlier/before-{}.zip.age"
BEFORE = _BEFORE.format("????-??-??*")
"""Files of a workspace that hold, sealed, what was there before a step."""


def change(root: Path, changes: Changes, keep: Changes, to: tuple[str, ...]) -> None:
    """Change files of a workspace, all of them or none; nobody else may be at work in it.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the workspace.
    changes, keep : mapping of pathlib.Path to bytes
        What files of it will hold, and what is sealed of what they held.
    to : tuple of str
        Public keys to seal it to.

    Raises
    ------
    CopehopeError
        If something cannot be written.
    """
    sealed = private.free(root / _BEFORE.format(today()))
    carry_out(root, {sealed: sealing.seal(_packed(root, keep), to), **changes})


def carry_out(root: Path, changes: Changes) -> None:
    """Change files of a workspace, all of them or none, and seal nothing of what they held.

    Raises
    ------
    CopehopeError
        If something cannot be written.
    """
    try:
        _put(root / _NEXT, _packed(root, changes))
    finally:
        finish(root)


def _packed(root: Path, files: Changes) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        # Until its manifest is in its place, an extract is the old one.
        ordered = sorted(
            (of is None, path.name == "manifest.json", path) for path, of in files.items()
        )
        for gone, _manifest, path in ordered:
            info = zipfile.ZipInfo(path.relative_to(root).as_posix())
            info.comment = b"gone" if gone else b""
            archive.writestr(info, files[path] or b"")
    return packed.getvalue()


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _put(path: Path, content: bytes) -> None:
    """Write a file for its owner alone; what was left of an attempt is written over."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(_draft(path), "wb", opener=partial(os.open, mode=0o600)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _draft(path).replace(path)


def unfinished(root: Path) -> bool:
    """Tell whether a step is under way or broke off, or something was sealed for long enough."""
    step = root / _NEXT
    return step.exists() or _draft(step).exists() or bool(_expired(root))


def finish(root: Path) -> None:
    """Finish a step that broke off, or clear away what it wrote before it was one.

    What was sealed for long enough goes as well.

    Raises
    ------
    CopehopeError
        If something cannot be written; the next command tries again.
    """
    step = root / _NEXT
    try:
        _draft(step).unlink(missing_ok=True)
        if step.exists():
            with zipfile.ZipFile(step) as archive:
                for info in archive.infolist():
                    path = root / info.filename
                    if not info.comment:
                        _put(path, archive.read(info))
                        continue
                    path.unlink(missing_ok=True)
                    with contextlib.suppress(OSError):
                        path.parent.rmdir()  # if nothing else is in it
            step.unlink()
        for path in _expired(root):
            path.unlink()
    except OSError as problem:
        sentence = _("{folder} could not be changed ({reason}): mend that, and run it again.")
        raise CopehopeError(sentence.format(folder=root, reason=problem.strerror)) from None


def _expired(root: Path) -> list[Path]:
    oldest = f"before-{today() - SEALED_FOR}"
    return [path for path in root.glob(BEFORE) if path.name < oldest]


def today() -> datetime.date:
    """Return this day."""
    return datetime.date.today()
