"""Where a workspace rests: who else may read its folder, and what the disk gives away."""

import fnmatch
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

_OTHERS = 0o077

# Services by the name that they give to their folder, and by what they leave in it.
_SERVICES = {
    "Dropbox": (r"dropbox( \(.+\))?", ".dropbox.cache"),
    "OneDrive": (r"onedrive([ -].+)?",),
    "Google Drive": (r"google ?drive(-.+)?|my drive", ".tmp.drivedownload", ".tmp.driveupload"),
    "iCloud": (r"mobile documents|icloud ?drive",),
    "Nextcloud": (r"nextcloud\d*", ".sync_*.db", "._sync_*.db", ".nextcloudsync.log"),
    "ownCloud": (r"owncloud\d*", ".owncloudsync.log"),
    "Syncthing": (r"(?!)", ".stfolder"),  # its folders have any name: none tells
    "MEGA": (r"mega(sync)?", ".megaignore"),
    "pCloud": (r"pcloud ?(drive|sync)?",),
    "CloudStorage": (r"cloudstorage",),
}

# File systems that lie on a disk as it is; others may encrypt, or lie on another machine.
_ON_A_DISK = {
    *("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "reiserfs"),
    *("vfat", "exfat", "ntfs", "ntfs3", "fuseblk"),
}

# Disks of this machine; of a virtual one (vda) it cannot be told what it lies on.
_DISK = re.compile(r"(sd|hd|nvme|mmcblk)\w+")


def warnings(workspace: Path, *, root: Path = Path("/")) -> list[str]:
    """Return what endangers a workspace where it lies, in one sentence each.

    Parameters
    ----------
    workspace : pathlib.Path
        The team's folder.
    root : pathlib.Path
        Where ``proc``, ``sys`` and ``dev`` are.

    Returns
    -------
    list of str
        Whether other accounts of the machine may read the registry (not on Windows); whether
        the workspace lies in a git repository or in a synchronised folder; and whether the
        disk under it is not encrypted.

    Notes
    -----
    Encryption of the disk is told on Linux alone: a device counts as encrypted if it or all
    that it lies on is a mapping of dm-crypt. Where it cannot be told (containers, virtual
    disks, network folders, ZFS, eCryptfs, file systems prepared for fscrypt, macOS, Windows)
    nothing is said.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> folder = Path(mkdtemp()).resolve()
    >>> (folder / ".git").mkdir()
    >>> [said.replace(str(folder), "…") for said in warnings(folder, root=folder)]
    ['… lies in the git repository …, from where its tables could reach other machines: move
    the workspace out of it.']
    """
    folder = workspace.resolve()
    said = (
        _open_to_others(folder / "registry"),
        _in_a_repository(folder),
        _synchronised(folder),
        _unencrypted(folder, root),
    )
    return [sentence for sentence in said if sentence]


def _open_to_others(registry: Path) -> str | None:
    if os.name != "posix":
        return None
    try:
        open_ = registry.stat().st_mode & _OTHERS
    except OSError:
        return None
    # Its files are closed with it, whatever they allow themselves.
    if not open_:
        return None
    return _(
        "Other accounts of this machine may look into {folder}: take that away with "
        '`chmod go= "{folder}"`.'
    ).format(folder=registry)


def repository(path: Path) -> Path | None:
    """Return the git repository in which a path lies, or None.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> folder = Path(mkdtemp()).resolve()
    >>> (folder / ".git").mkdir()
    >>> repository(folder / "registry" / "women.csv") == folder
    True
    """
    folders = (path.resolve(), *path.resolve().parents)
    return next((folder for folder in folders if (folder / ".git").exists()), None)


def _in_a_repository(folder: Path) -> str | None:
    found = repository(folder)
    if found is None:
        return None
    return _(
        "{folder} lies in the git repository {repository}, from where its tables could reach "
        "other machines: move the workspace out of it."
    ).format(folder=folder, repository=found)


def refuse_synchronised(folder: Path) -> None:
    """Refuse to write what others must not read into a folder that is copied elsewhere.

    Raises
    ------
    CopehopeError
        If a service seems to synchronise it, or a folder around it.
    """
    above, service = _synchroniser(folder.resolve())
    if service is not None:
        sentence = _(
            "{folder} seems to be synchronised by {service}, which copies what lies in it to other "
            "machines: name a folder that stays on this one."
        )
        raise CopehopeError(sentence.format(folder=above, service=service))


def _synchronised(folder: Path) -> str | None:
    above, service = _synchroniser(folder)
    if service is None:
        return None
    return _(
        "{folder} seems to be synchronised by {service}, which copies the workspace to "
        "other machines: move it to a folder that stays on this one."
    ).format(folder=above, service=service)


def _synchroniser(folder: Path) -> tuple[Path, str | None]:
    """Return which folder around one is synchronised, and by which service."""
    found = ((above, _service_of(above)) for above in (folder, *folder.parents))
    return next((one for one in found if one[1] is not None), (folder, None))


def _service_of(folder: Path) -> str | None:
    try:
        held = os.listdir(folder)  # noqa: PTH208 (names are enough)
    except OSError:
        held = []
    for service, (name, *marks) in _SERVICES.items():
        named = re.fullmatch(name, folder.name, re.IGNORECASE)
        if named or any(fnmatch.filter(held, mark) for mark in marks):
            return service
    return None


def _unencrypted(folder: Path, root: Path) -> str | None:
    try:
        mount = _mount(folder, root)
        if mount is None or mount.kind not in _ON_A_DISK or (mount.point / ".fscrypt").exists():
            return None
        device = _device(mount, root)
        if device is None or _encrypted(device) is not False:
            return None
    except OSError:
        return None
    return _(
        "The disk under {folder} does not seem to be encrypted, so that whoever takes the "
        "machine can read it: encrypt the disk, or seal the tables with `copehope seal`."
    ).format(folder=folder)


@dataclass(frozen=True)
class _Mount:
    """A file system and where it hangs."""

    number: str
    point: Path
    kind: str
    source: str


def _mount(folder: Path, root: Path) -> _Mount | None:
    """Return the file system that holds a folder: the innermost, and of these the last."""
    text = (root / "proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    holding = [mount for mount in _mounts(text) if folder.is_relative_to(mount.point)]
    return max(reversed(holding), key=lambda mount: len(mount.point.parts), default=None)


def _mounts(text: str) -> Iterator[_Mount]:
    for line in text.splitlines():
        before, _dash, after = line.partition(" - ")
        first, last = before.split(" "), after.split(" ")
        if len(first) > 4 and len(last) > 1:
            # A blank in a name is written \040.
            point = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), first[4])
            yield _Mount(first[2], Path(point), last[0], last[1])


def _device(mount: _Mount, root: Path) -> Path | None:
    """Return what the kernel tells about the device of a file system."""
    blocks = root / "sys/class/block"
    for block in blocks.iterdir():
        if _text(block / "dev") == mount.number:
            return block.resolve()
    # Btrfs goes by a number of its own, and names its device.
    block = blocks / (root / mount.source.lstrip("/")).resolve().name
    return block.resolve() if mount.source.startswith("/dev/") and block.exists() else None


def _encrypted(block: Path) -> bool | None:
    """Return whether a device is encrypted, itself or all below it; None if none can tell."""
    if _text(block / "dm/uuid").startswith("CRYPT-"):
        return True
    if _text(block / "dm/name").startswith("veracrypt"):  # which gives itself no such mark
        return True
    if (block / "partition").exists() and block.parent.name != "block":
        return _encrypted(block.parent)
    below = [path.resolve() for path in _listed(block / "slaves")]
    if not below:
        return False if _DISK.fullmatch(block.name) else None
    answers = {_encrypted(device) for device in below}
    return answers.pop() if len(answers) == 1 else (False if False in answers else None)


def _listed(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
