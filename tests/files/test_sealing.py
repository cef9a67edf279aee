"""Sealed files: what the program `age` says of them, and what is never left behind."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copehope_lib import cli
from copehope_lib.cli import sealed as commands
from copehope_lib.errors import CopehopeError
from copehope_lib.files import private
from copehope_lib.files.sealing import Key, new_key, open_sealed, read_key, recipients, seal
from copehope_lib.workspace import Workspace
from tests.night import chosen

MINUTES = b"Minutes of October\r\n\x00\xff"
PHRASE = "five words are not few"

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> Run:
    """The command, in this process: a new one for each would take most of the time."""
    monkeypatch.chdir(tmp_path)

    def copehope(*words: object, typed: str = "") -> subprocess.CompletedProcess[bytes]:
        monkeypatch.setattr(sys, "argv", ["copehope", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsysbinary.readouterr()
        status = ended.value.code or 0
        assert isinstance(status, int)
        return subprocess.CompletedProcess(sys.argv, status, said.out, said.err)

    return copehope


@pytest.fixture
def key(tmp_path: Path) -> Key:
    """A key, in the file hers.txt."""
    made = new_key()
    (tmp_path / "hers.txt").write_bytes(made.as_file())
    (tmp_path / "minutes").write_bytes(MINUTES)
    return made


def age(*words: object, given: bytes = b"", program: str = "age") -> bytes:
    """What the program itself answers."""
    assert shutil.which(program), f"{program} is missing: install age and run the test again."
    return subprocess.run(
        [program, *map(str, words)], capture_output=True, check=True, input=given
    ).stdout


def at_a_terminal(command: list[object], *dialogue: tuple[str, str]) -> str:
    """Run a command at a terminal of its own, answer its questions, return what it says."""
    import pty

    assert shutil.which(str(command[0])), f"{command[0]} is missing: install it."
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(str(command[0]), list(map(str, command)))  # noqa: S606
    said, heard, questions = b"", 0, list(dialogue)
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the other end has gone
            piece = b""
        if not piece:
            break
        said += piece
        if questions and questions[0][0].encode() in said[heard:]:
            heard = len(said)
            os.write(terminal, questions.pop(0)[1].encode() + b"\n")
    os.close(terminal)
    _child, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, said
    return said.decode()


def one_sentence(done: subprocess.CompletedProcess[bytes]) -> bool:
    said = done.stderr.decode()
    return done.returncode == 1 and said.count("\n") == 1 and "Traceback" not in said


def none() -> str:
    raise AssertionError("nobody should be asked for a passphrase")


# With the program `age`, in both directions


def test_a_key_of_ours_is_a_key_of_theirs(run: Run, tmp_path: Path) -> None:
    made = run("keys", "new", "--out", "mine.txt")
    assert made.returncode == 0
    public = made.stdout.decode().strip()
    assert age("-y", tmp_path / "mine.txt", program="age-keygen").decode().strip() == public
    sealed = age("-r", public, given=MINUTES)
    assert age("-d", "-i", tmp_path / "mine.txt", given=sealed) == MINUTES


def test_what_is_sealed_here_age_opens(run: Run, key: Key, tmp_path: Path) -> None:
    out = tmp_path / "minutes.age"
    done = run("seal", "minutes", "--to", *key.public, "--out", out)
    assert done.returncode == 0, done.stderr
    assert age("-d", "-i", tmp_path / "hers.txt", out) == MINUTES
    assert (tmp_path / "minutes").read_bytes() == MINUTES


@pytest.mark.parametrize("armor", [[], ["--armor"]])
def test_what_age_has_sealed_opens_here(
    run: Run, key: Key, tmp_path: Path, armor: list[str]
) -> None:
    (tmp_path / "theirs").write_bytes(age("-r", *key.public, *armor, given=MINUTES))
    done = run("open", "theirs", "--key", "hers.txt", "--out", "plain")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "plain").read_bytes() == MINUTES
    assert (tmp_path / "plain").stat().st_mode & 0o777 == 0o600
    shown = run("open", "theirs", "--key", "hers.txt", "--out", "-")
    assert shown.stdout == MINUTES


def test_a_key_of_theirs_opens_what_is_sealed_here(run: Run, tmp_path: Path) -> None:
    private = age(program="age-keygen")
    (tmp_path / "theirs.txt").write_bytes(private.replace(b"\n", b"\r\n"))
    theirs = read_key(tmp_path / "theirs.txt", none)
    assert open_sealed(seal(MINUTES, theirs.public), theirs) == MINUTES
    assert age("-y", given=private, program="age-keygen").decode().split() == [*theirs.public]


def test_each_of_several_keys_opens_it(run: Run, key: Key, tmp_path: Path) -> None:
    others = [new_key() for _ in range(3)]
    listed = tmp_path / "recipients.txt"
    listed.write_text(f"# the team\n\n{others[0].public[0]}\r\n  {others[1].public[0]}\n")
    done = run(
        "seal", "minutes", "--to", *key.public, "--to", *others[2].public, "--to-file", listed,
        "--out", "minutes.age",
    )  # fmt: skip
    assert b"each of 4 keys" in done.stdout
    content = (tmp_path / "minutes.age").read_bytes()
    assert {open_sealed(content, one) for one in [key, *others]} == {MINUTES}
    for number, one in enumerate([key, *others]):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(one.as_file())
        assert age("-d", "-i", path, given=content) == MINUTES
    with pytest.raises(CopehopeError, match="not sealed to this key"):
        open_sealed(content, new_key())


def test_one_key_file_may_hold_several_keys(tmp_path: Path) -> None:
    first, second = new_key(), new_key()
    (tmp_path / "both.txt").write_bytes(first.as_file() + second.as_file())
    both = read_key(tmp_path / "both.txt", none)
    assert both.public == first.public + second.public
    assert open_sealed(seal(MINUTES, second.public), both) == MINUTES


def test_age_opens_with_a_key_of_ours_that_has_a_passphrase(tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    command = [sys.executable, "-m", "copehope_lib.cli", "keys", "new", "--passphrase"]
    said = at_a_terminal(
        [*command, "--out", mine],
        ("or more: ", PHRASE),
        ("once more: ", PHRASE),
    )
    assert PHRASE not in said
    assert "SECRET" not in said
    assert b"SECRET" not in mine.read_bytes()
    public = said.split()[-1]
    sealed = tmp_path / "minutes.age"
    sealed.write_bytes(seal(MINUTES, [public]))
    at_a_terminal(["age", "-d", "-i", mine, "-o", tmp_path / "plain", sealed], ('": ', PHRASE))
    assert (tmp_path / "plain").read_bytes() == MINUTES
    with pytest.raises(CopehopeError, match=r"passphrase does not open .*mine\.txt"):
        read_key(mine, lambda: "another")


@pytest.mark.parametrize("armor", chosen([["--armor"]], [[], ["--armor"]]))
def test_a_key_of_theirs_with_a_passphrase_opens_here(
    run: Run, tmp_path: Path, armor: list[str]
) -> None:
    private = tmp_path / "private"
    private.write_bytes(age(program="age-keygen"))
    public = age("-y", private, program="age-keygen").decode().strip()
    protected = tmp_path / "protected"
    at_a_terminal(
        ["age", "-p", *armor, "-o", protected, private],
        ("one): ", PHRASE),
        ("Confirm passphrase: ", PHRASE),
    )
    (tmp_path / "minutes.age").write_bytes(age("-r", public, given=MINUTES))
    words = ["open", "minutes.age", "--key", protected, "--out", "-"]
    done = run(*words, typed=f"{PHRASE}\n")
    assert done.stdout == MINUTES, done.stderr
    assert one_sentence(run(*words, typed=""))


def test_a_passphrase_of_ours_opens_with_age_and_theirs_with_us(
    run: Run, key: Key, tmp_path: Path
) -> None:
    done = run(
        "seal", "minutes", "--passphrase", "--out", "ours.age", typed=f"{PHRASE}\n{PHRASE}\n"
    )
    assert done.returncode == 0, done.stderr
    at_a_terminal(
        ["age", "-d", "-o", tmp_path / "plain", tmp_path / "ours.age"],
        ("passphrase: ", PHRASE),
    )
    assert (tmp_path / "plain").read_bytes() == MINUTES
    at_a_terminal(
        ["age", "-p", "-o", tmp_path / "theirs.age", tmp_path / "minutes"],
        ("one): ", PHRASE),
        ("Confirm passphrase: ", PHRASE),
    )
    done = run("open", "theirs.age", "--out", "opened", typed=f"{PHRASE}\n")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "opened").read_bytes() == MINUTES
    refused = run("open", "theirs.age", "--out", "again", typed="another\n")
    assert one_sentence(refused)
    assert not (tmp_path / "again").exists()
    with pytest.raises(CopehopeError, match="with a passphrase and to no key"):
        open_sealed((tmp_path / "theirs.age").read_bytes(), key)


@given(content=st.binary(max_size=200_000), n=st.integers(1, 4))
def test_what_was_sealed_comes_back(content: bytes, n: int) -> None:
    keys = [new_key() for _ in range(n)]
    sealed = seal(content, [key.public[0] for key in keys])
    assert all(open_sealed(sealed, key) == content for key in keys)


# What does not open


def test_a_file_cut_anywhere_is_refused(key: Key) -> None:
    sealed = seal(MINUTES, key.public)
    for length in range(len(sealed)):
        with pytest.raises(CopehopeError, match=r"damaged or not complete|not a sealed file"):
            open_sealed(sealed[:length], key)


def test_a_file_changed_anywhere_is_refused(key: Key) -> None:
    sealed = seal(MINUTES, key.public)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(CopehopeError):
            open_sealed(bytes(changed), key)


def test_what_does_not_open_leaves_nothing(run: Run, key: Key, tmp_path: Path) -> None:
    sealed = seal(MINUTES, key.public)
    (tmp_path / "cut").write_bytes(sealed[:-5])
    (tmp_path / "whole").write_bytes(sealed)
    (tmp_path / "other.txt").write_bytes(new_key().as_file())
    before = sorted(tmp_path.iterdir())
    for file, key_file, said in [
        ("cut", "hers.txt", b"damaged or not complete"),
        ("minutes", "hers.txt", b"not a sealed file"),
        ("whole", "other.txt", b"not sealed to this key"),
        ("whole", "minutes", b"no key file"),
        ("whole", "whole", b"no key file"),
        ("whole", "nowhere.txt", b"cannot be read"),
        ("nowhere", "hers.txt", b"cannot be read"),
    ]:
        refused = run("open", file, "--key", key_file, "--out", "plain")
        assert one_sentence(refused), refused.stderr
        assert said in refused.stderr
    for file, said in [("whole", b"give the key"), ("minutes", b"not a sealed file")]:
        refused = run("open", file, "--out", "plain")
        assert one_sentence(refused), refused.stderr
        assert said in refused.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_nothing_is_ever_overwritten(run: Run, key: Key, tmp_path: Path) -> None:
    (tmp_path / "whole.age").write_bytes(seal(MINUTES, key.public))
    (tmp_path / "kept").write_text("kept")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for out in ("kept", "link"):
        for words in (
            ["keys", "new"],
            ["seal", "minutes", "--to", *key.public],
            ["open", "whole.age", "--key", "hers.txt"],
        ):
            refused = run(*words, "--out", out)
            assert one_sentence(refused), refused.stderr
    assert (tmp_path / "kept").read_text() == "kept"
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_is_not_sealed(run: Run, key: Key, tmp_path: Path) -> None:
    refused = run("seal", ".", "--to", *key.public, "--out", "all.age")
    assert one_sentence(refused)
    assert b"is a folder" in refused.stderr
    assert not (tmp_path / "all.age").exists()


@pytest.mark.parametrize("words", [[], ["--to", "age1x", "--passphrase"]])
def test_who_may_open_it_must_be_said_once(run: Run, key: Key, words: list[str]) -> None:
    wrong = run("seal", "minutes", *words, "--out", "minutes.age")
    assert wrong.returncode == 2
    assert wrong.stderr.count(b"\n") == 1


def test_two_different_passphrases_seal_nothing(run: Run, key: Key, tmp_path: Path) -> None:
    refused = run("seal", "minutes", "--passphrase", "--out", "m.age", typed="one\ntwo\n")
    assert one_sentence(refused)
    assert not (tmp_path / "m.age").exists()


def test_what_is_no_public_key_is_refused(key: Key) -> None:
    for text in ("age1abc", key.public[0][:-1], "hers.txt", "ssh-ed25519 AAAA"):
        with pytest.raises(CopehopeError, match="no public key"):
            recipients([text])
    with pytest.raises(CopehopeError, match="at least one"):
        seal(MINUTES, [])


# The key shows itself to nobody


def secret_of(key: Key) -> str:
    return key.as_file().decode().split()[-1]


def test_a_key_never_shows_itself(key: Key) -> None:
    secret = secret_of(key)
    assert secret.startswith("AGE-SECRET-KEY-1")
    for shown in (repr(key), str(key), f"{key}", repr([key]), repr(vars(key))):
        assert "SECRET" not in shown
    assert key.public[0] in repr(key)


def test_no_command_prints_a_private_key(run: Run, key: Key, tmp_path: Path) -> None:
    secret = secret_of(key)
    (tmp_path / "list.txt").write_text(secret)
    said = [
        run("keys", "new", "--out", "new.txt"),
        run("seal", "minutes", "--to", secret, "--out", "a.age"),
        run("seal", "minutes", "--to-file", "list.txt", "--out", "a.age"),
        run("seal", "minutes", "--to", *key.public, "--out", "b.age"),
        run("open", "b.age", "--key", "hers.txt", "--out", "plain"),
        run("open", "hers.txt", "--key", "hers.txt", "--out", "plain2"),
    ]
    everything = b"".join(done.stdout + done.stderr for done in said).decode()
    assert [done.returncode for done in said] == [0, 1, 1, 0, 0, 1]
    assert "SECRET-KEY-1" not in everything
    assert secret not in everything
    assert said[0].stdout.decode().strip() == read_key(tmp_path / "new.txt", none).public[0]


@pytest.mark.skipif(os.name != "posix", reason="modes are for POSIX")
def test_a_key_file_is_its_owners_from_the_first_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    created = []
    real = os.open

    def watched(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if flags & os.O_CREAT:
            created.append((bool(flags & os.O_EXCL), mode))
        return real(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", watched)
    before = os.umask(0)
    try:
        commands.new(tmp_path / "mine.txt")
    finally:
        os.umask(before)
    assert created == [(True, 0o600)]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert (tmp_path / "mine.txt").stat().st_mode & 0o777 == 0o600


def test_what_a_lost_key_means_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []

    def write(path: Path, content: bytes) -> None:
        said.append(capsys.readouterr())
        assert not path.exists()

    monkeypatch.setattr(private, "write_new", write)
    commands.new(tmp_path / "mine.txt")
    assert "nobody can open that again" in said[0].err
    assert "Keep a copy" in said[0].err
    assert said[0].out == ""


def test_a_key_is_never_kept_in_a_workspace_or_a_repository(
    run: Run, small: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "repository/.git").mkdir(parents=True)
    (tmp_path / "repository/deep").mkdir()
    (tmp_path / "link").symlink_to(small.registry)
    for folder in (small.path, small.registry, "link", "repository", "repository/deep"):
        refused = run("keys", "new", "--out", tmp_path / folder / "mine.txt")
        assert one_sentence(refused), refused.stderr
        assert b"choose a place outside" in refused.stderr
    assert not list(tmp_path.rglob("mine.txt"))


@pytest.mark.parametrize("out", ["nowhere/mine.txt", "minutes/mine.txt", "x" * 300])
def test_where_nothing_can_be_written_it_is_said(run: Run, key: Key, out: str) -> None:
    refused = run("seal", "minutes", "--to", *key.public, "--out", out)
    assert one_sentence(refused), refused.stderr
