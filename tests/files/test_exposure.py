"""Where a workspace rests: its folder, what lies around it, and the disk under it."""

import subprocess
from pathlib import Path

import pytest

from copehope_lib.cli.arguments import warned
from copehope_lib.files import exposure
from copehope_lib.workspace import Workspace


@pytest.fixture
def closed(small: Workspace) -> Workspace:
    """The workspace of two women, for nobody else to read."""
    return small


def warnings(workspace: Workspace, root: Path | None = None) -> list[str]:
    """Where no disk is told of, unless a test lays one out."""
    return exposure.warnings(workspace.path, root=root or workspace.path / "no disk")


def test_a_workspace_of_its_own_is_in_no_danger(closed: Workspace) -> None:
    assert warnings(closed) == []


# Who else may read it


def test_files_that_others_might_read_lie_in_a_closed_folder(closed: Workspace) -> None:
    (closed.registry / "women.csv").chmod(0o644)
    assert warnings(closed) == []


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o711])
def test_a_folder_that_others_may_open_is_named(closed: Workspace, mode: int) -> None:
    closed.registry.chmod(mode)
    (said,) = warnings(closed)
    assert said.startswith(f"Other accounts of this machine may look into {closed.registry}")
    subprocess.run(said.split("`")[1], shell=True, check=True)  # noqa: S602
    assert warnings(closed) == []


# Where it lies


@pytest.mark.parametrize("above", [".", ".."])
def test_a_workspace_in_a_repository_is_named(closed: Workspace, above: str) -> None:
    repository = (closed.path / above).resolve()
    (repository / ".git").write_text("gitdir: elsewhere")
    (said,) = warnings(closed)
    assert f"in the git repository {repository}," in said


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox/work", "Dropbox"),
        ("Dropbox (Copehope)", "Dropbox"),
        ("OneDrive", "OneDrive"),
        ("OneDrive - Copehope/Documents", "OneDrive"),
        ("Library/CloudStorage/OneDrive-Copehope", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-a@b.org/My Drive", "Google Drive"),
        ("Library/CloudStorage/Another", "CloudStorage"),
        ("Google Drive", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("Nextcloud", "Nextcloud"),
        ("Nextcloud2/team", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("MEGA", "MEGA"),
        ("MEGAsync/x", "MEGA"),
        ("pCloudDrive", "pCloud"),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(
    tmp_path: Path, folder: str, service: str
) -> None:
    workspace = Workspace.create(tmp_path / folder / "team")
    (said,) = warnings(workspace)
    assert f"seems to be synchronised by {service}, " in said


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        (".sync_1a2b3c.db", "Nextcloud"),
        ("._sync_1a2b3c.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".tmp.driveupload", "Google Drive"),
        (".megaignore", "MEGA"),
    ],
)
@pytest.mark.parametrize("above", [".", ".."])
def test_a_synchronised_folder_is_known_by_what_lies_in_it(
    closed: Workspace, mark: str, service: str, above: str
) -> None:
    (closed.path / above / mark).mkdir()
    (said,) = warnings(closed)
    assert f"seems to be synchronised by {service}, " in said


@pytest.mark.parametrize("folder", ["my-dropbox-notes", "megaphone", "backdrop", "sync"])
def test_other_folders_are_not_mistaken(tmp_path: Path, folder: str) -> None:
    assert warnings(Workspace.create(tmp_path / folder / "team")) == []


# The disk under it


class Machine:
    """The trees `proc` and `sys` of a machine that is laid out for a test."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lines = ["1 0 0:1 / / rw - rootfs rootfs rw"]
        (root / "sys/class/block").mkdir(parents=True)
        (root / "proc/self").mkdir(parents=True)

    def device(
        self, place: str, number: str, *, on: tuple[str, ...] = (), dm: str = "", name: str = ""
    ) -> None:
        """Add a device, at its place in the tree of devices."""
        folder = self.root / "sys/devices" / place
        (folder / "slaves").mkdir(parents=True)
        (folder / "dev").write_text(f"{number}\n")
        (self.root / "sys/class/block" / folder.name).symlink_to(folder)
        for below in on:
            (folder / "slaves" / below).symlink_to(self.root / "sys/class/block" / below)
        if folder.parent.parent.name == "pci":
            (folder / "partition").write_text("1\n")
        if folder.name.startswith("dm-"):
            (folder / "dm").mkdir()
            (folder / "dm/uuid").write_text(f"{dm}\n")
            (folder / "dm/name").write_text(f"{name}\n")
        if folder.name.startswith("loop"):
            (folder / "loop").mkdir()

    def mount(self, point: Path, kind: str, number: str, source: str) -> None:
        place = str(point).replace(" ", "\\040")
        self.lines.append(f"9 1 {number} / {place} rw shared:1 - {kind} {source} rw,errors=x")
        (self.root / "proc/self/mountinfo").write_text("\n".join(self.lines) + "\n")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path / "machine")
    machine.device("pci/sda", "8:0")
    machine.device("pci/sda/sda2", "8:2")
    machine.device("pci/nvme0n1", "259:0")
    machine.device("pci/nvme0n1/nvme0n1p3", "259:3")
    return machine


def says_unencrypted(workspace: Workspace, machine: Machine) -> bool:
    said = warnings(workspace, machine.root)
    assert all("does not seem to be encrypted" in sentence for sentence in said)
    return bool(said)


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "vfat", "fuseblk"])
@pytest.mark.parametrize(("number", "name"), [("8:2", "sda2"), ("259:3", "nvme0n1p3")])
def test_a_plain_disk_is_named(
    closed: Workspace, machine: Machine, kind: str, number: str, name: str
) -> None:
    machine.mount(closed.path.parent, kind, number, f"/dev/{name}")
    assert says_unencrypted(closed, machine)


@pytest.mark.parametrize("mark", ["CRYPT-LUKS2-0a1b-luks", "CRYPT-LUKS1-0a-x", "CRYPT-PLAIN-x"])
def test_an_encrypted_partition_is_seen(closed: Workspace, machine: Machine, mark: str) -> None:
    machine.device("virtual/block/dm-0", "254:0", on=("sda2",), dm=mark)
    machine.mount(closed.path.parent, "ext4", "254:0", "/dev/mapper/home")
    assert not says_unencrypted(closed, machine)


def test_volumes_on_an_encrypted_partition_are_seen(closed: Workspace, machine: Machine) -> None:
    machine.device("virtual/block/dm-0", "254:0", on=("sda2",), dm="CRYPT-LUKS2-0a1b-luks")
    machine.device("virtual/block/dm-1", "254:1", on=("dm-0",), dm="LVM-abc")
    machine.device("virtual/block/md0", "9:0", on=("dm-1",))
    machine.mount(closed.path.parent, "ext4", "9:0", "/dev/md0")
    assert not says_unencrypted(closed, machine)


def test_a_volume_that_reaches_a_plain_disk_is_named(closed: Workspace, machine: Machine) -> None:
    machine.device("virtual/block/dm-0", "254:0", on=("sda2",), dm="CRYPT-LUKS2-0a1b-luks")
    machine.device("virtual/block/dm-1", "254:1", on=("dm-0", "nvme0n1p3"), dm="LVM-abc")
    machine.mount(closed.path.parent, "ext4", "254:1", "/dev/mapper/home")
    assert says_unencrypted(closed, machine)


def test_a_disk_of_veracrypt_is_seen(closed: Workspace, machine: Machine) -> None:
    machine.device("virtual/block/dm-0", "254:0", on=("sda2",), name="veracrypt1")
    machine.mount(closed.path.parent, "ext4", "254:0", "/dev/mapper/veracrypt1")
    assert not says_unencrypted(closed, machine)


@pytest.mark.parametrize(("crypt", "named"), [("CRYPT-LUKS2-0a1b", False), ("LVM-abc", True)])
def test_btrfs_is_followed_by_the_name_of_its_device(
    closed: Workspace, machine: Machine, crypt: str, named: bool
) -> None:
    machine.device("virtual/block/dm-0", "254:0", on=("sda2",), dm=crypt)
    (machine.root / "dev/mapper").mkdir(parents=True)
    (machine.root / "dev/mapper/home").symlink_to("../dm-0")
    machine.mount(closed.path.parent, "btrfs", "0:31", "/dev/mapper/home")
    assert says_unencrypted(closed, machine) is named


def test_the_innermost_file_system_counts(closed: Workspace, machine: Machine) -> None:
    machine.device("virtual/block/dm-0", "254:0", on=("sda2",), dm="CRYPT-LUKS2-0a1b")
    machine.mount(closed.path.parent.parent, "ext4", "8:2", "/dev/sda2")
    machine.mount(closed.path.parent, "ext4", "254:0", "/dev/mapper/home")
    assert not says_unencrypted(closed, machine)
    machine.mount(closed.path.parent, "ext4", "8:2", "/dev/sda2")  # over the one before
    assert says_unencrypted(closed, machine)


def test_a_blank_in_the_name_of_a_folder_is_read(tmp_path: Path, machine: Machine) -> None:
    team = Workspace.create(tmp_path / "a disk/team")
    machine.mount(tmp_path / "a disk", "ext4", "8:2", "/dev/sda2")
    assert says_unencrypted(team, machine)


@pytest.mark.parametrize(
    ("kind", "number", "source"),
    [
        ("overlay", "0:50", "overlay"),
        ("tmpfs", "0:51", "tmpfs"),
        ("zfs", "0:52", "pool/home"),
        ("ecryptfs", "0:53", "/home/.ecryptfs/her/.Private"),
        ("nfs4", "0:54", "server:/home"),
        ("9p", "0:55", "host"),
        ("ext4", "254:0", "/dev/vda"),
        ("ext4", "7:0", "/dev/loop0"),
        ("ext4", "99:9", "/dev/root"),
        ("ext4", "99:9", "elsewhere"),
    ],
)
def test_where_it_cannot_be_told_nothing_is_said(
    closed: Workspace, machine: Machine, kind: str, number: str, source: str
) -> None:
    machine.device("virtual/block/vda", "254:0")
    machine.device("virtual/block/loop0", "7:0")
    machine.mount(closed.path.parent, kind, number, source)
    assert not says_unencrypted(closed, machine)


def test_a_disk_prepared_for_fscrypt_is_left_alone(closed: Workspace, machine: Machine) -> None:
    machine.mount(closed.path.parent, "ext4", "8:2", "/dev/sda2")
    (closed.path.parent / ".fscrypt").mkdir()
    assert not says_unencrypted(closed, machine)


def test_this_machine_is_looked_at_without_a_traceback(closed: Workspace) -> None:
    assert isinstance(exposure.warnings(closed.path), list)
    assert isinstance(exposure.warnings(closed.path / "nowhere"), list)


def test_warnings_are_lines_beside_what_a_command_prints(
    closed: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    (closed.path / ".git").mkdir()
    warned(closed)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") >= 1
    assert str(closed.path) in said.err
