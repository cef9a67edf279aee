"""The command line, run as a person runs it: status, one sentence, no traceback."""

import io
import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

from copehope_lib.demo.two_women import two_women
from copehope_lib.documents import CheckFormat
from copehope_lib.metrics import METRICS, compute
from copehope_lib.privacy.audience import AUDIENCES
from copehope_lib.settings import Settings
from copehope_lib.workspace import Workspace
from tests.command import copehope
from tests.night import chosen

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command, typed in a folder of its own."""
    return partial(copehope, cwd=tmp_path)


def test_the_version_is_that_of_the_package(run: Run) -> None:
    asked = run("--version")
    assert (asked.returncode, asked.stdout) == (0, f"copehope {version('copehope-workbench')}\n")


def one_sentence(text: str) -> bool:
    return text.count("\n") == 1 and "Traceback" not in text and text.strip().endswith(".")


def test_a_new_workspace_says_what_is_next_and_holds_what_it_needs(
    run: Run, tmp_path: Path
) -> None:
    done = run("init", "ours", "--team", "Milano", "--language", "it")
    assert done.returncode == 0
    folder = tmp_path / "ours"
    assert Workspace(folder).settings.team == "Milano"
    assert Workspace(folder).settings.language == "it"
    assert (folder / "templates" / "women.csv").exists()
    commands = [line.split() for line in done.stdout.splitlines()[1:]]
    assert [words[:3] for words in commands] == [
        ["copehope", name, "ours"] for name in ("check", "preview", "publish", "serve")
    ]
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    asked = readme.partition("## Your own team")[2].partition("`init` makes")[0]
    assert [words[1] for words in commands] == [
        line.split()[1] for line in asked.split("\n    copehope init ")[1].split("\n    ")[1:]
    ]
    assert "copehope-template.xlsx" in done.stdout
    assert (folder / "registry" / "pseudonyms.key").stat().st_mode & 0o077 == 0
    assert (folder / "registry").stat().st_mode & 0o077 == 0


def test_what_commands_make_is_for_its_owner_alone(
    run: Run, small: Workspace, tmp_path: Path
) -> None:
    assert run("init", "ours").returncode == 0
    assert run("publish", small.path, "--month", "2026-10").returncode == 0
    made = [tmp_path / "ours", *(tmp_path / "ours").rglob("*")]
    for room in ("extracts/2026-10", "published"):
        made += [small.path / room, *(small.path / room).rglob("*")]
    assert len(made) > 50
    for path in made:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_a_language_and_a_month_are_taken_by_their_names(run: Run, small: Workspace) -> None:
    assert run("init", "ours", "--language", "Castellano").returncode == 0
    done = run("publish", small.path, "--month", "octubre de 2026")
    assert done.returncode == 0, done.stderr
    *folders, hidden, after = done.stdout.splitlines()
    assert [Path(folder).parts[-2:] for folder in folders] == [
        ("2026-10", audience) for audience in AUDIENCES
    ]
    assert re.fullmatch(r"Counts that are hidden: .*: \d+ of \d+, .*: \d+ of \d+\.", hidden)
    assert f"copehope serve {small.path} --audience team" in after


def test_a_pack_that_is_there_is_kept_and_the_way_out_is_named(
    run: Run, published: Workspace
) -> None:
    ask = ("pack", published.path, "--audience", "team", "--format", "xlsx", "--month", "oct 2026")
    assert run(*ask).returncode == 0
    again = run(*ask)
    assert again.returncode == 1
    assert one_sentence(again.stderr)
    assert "--out" in again.stderr


def test_a_workspace_is_never_made_twice(run: Run, tmp_path: Path) -> None:
    run("init", "ours")
    key = (tmp_path / "ours/registry/pseudonyms.key").read_bytes()
    again = run("init", "ours")
    assert again.returncode == 1
    assert one_sentence(again.stderr)
    assert (tmp_path / "ours/registry/pseudonyms.key").read_bytes() == key


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A synthetic team, made, checked and published for two months by the command."""
    folder = tmp_path_factory.mktemp("drawn")
    run = partial(copehope, cwd=folder)
    made = run("demo-data", "team", "--women", 12, "--professionals", 3, "--months", 4)
    assert made.returncode == 0, made.stderr
    assert run("check", "team").returncode == 0
    for month in ("2026-09", "2026-10"):
        done = run("publish", "team", "--month", month)
        assert done.returncode == 0, done.stderr
    return folder / "team"


def test_a_synthetic_team_can_be_checked_and_published(drawn: Path) -> None:
    assert (drawn / "extracts/2026-10/partner/manifest.json").exists()


def test_synthetic_data_never_overwrite_tables(run: Run, small: Workspace) -> None:
    women = (small.registry / "women.csv").read_bytes()
    refused = run("demo-data", small.path)
    assert refused.returncode == 1
    assert one_sentence(refused.stderr)
    assert (small.registry / "women.csv").read_bytes() == women


def test_check_lists_what_there_is_to_mend(run: Run, small: Workspace) -> None:
    assert run("check", small.path).returncode == 0
    women = small.registry / "women.csv"
    women.write_text(women.read_text().replace("shared_flat", "castle"))
    found = run("check", small.path)
    assert found.returncode == 1
    (line,) = [line for line in found.stdout.splitlines() if "castle" in line]
    assert line.split()[:4] == ["women", "2", "housing", "castle"]
    assert "1 thing to mend." in found.stdout


def endangered(small: Workspace) -> Workspace:
    safety = small.registry / "safety.csv"
    row = "W-002,2026-10-20,no,no,no,yes,yes,yes,individual_only,in_person,no\n"
    safety.write_text(safety.read_text() + row)
    return small


FORMATS = [(), *(("--format", one) for one in get_args(CheckFormat))]


# What is for the team's eyes stands on the terminal, and in none of what is printed or sent.
@pytest.mark.parametrize("format", chosen([(), ("--format", "html")], FORMATS))
def test_check_tells_who_is_in_danger_and_never_in_what_may_be_sent_on(
    run: Run, small: Workspace, format: tuple[str, ...]
) -> None:
    assert "danger" not in run("check", small.path, *format).stderr
    found = run("check", endangered(small).path, *format)
    assert "The last risk assessment of W-002 says that she is in imminent danger" in found.stderr
    assert "W-001" not in found.stderr
    assert "danger" not in found.stdout.replace("imminent_danger", "")
    assert found.returncode == 0


@pytest.mark.parametrize("broken", [False, True])
def test_publish_tells_who_is_in_danger_even_where_it_publishes_nothing(
    run: Run, small: Workspace, broken: bool
) -> None:
    if broken:
        women = small.registry / "women.csv"
        women.write_text(women.read_text().replace("shared_flat", "castle"))
    done = run("publish", endangered(small).path, "--month", "2026-10")
    assert (done.returncode != 0) == broken
    assert "W-002 says that she is in imminent danger" in done.stderr


def test_metrics_prints_one_object_with_rows_by_metric(run: Run, small: Workspace) -> None:
    printed = run("metrics", small.path, "--month", "2026-10")
    rows = json.loads(printed.stdout)
    assert list(rows) == list(METRICS)
    assert rows["caseload.load"] == [
        {"professional": "P-01", "women": 2, "women_average": pytest.approx(47 / 31),
         "points": 2.5, "load": 0.125}
    ]  # fmt: skip
    assert rows["engagement.pauses"][0]["returned_on"] == "2026-10-12"
    assert rows["engagement.attendance"][0]["rate"] == 0.75


def test_metrics_takes_months_as_one_and_tells_sites_apart(run: Run, small: Workspace) -> None:
    printed = run(
        "metrics", small.path, "--from", "2026-09", "--month", "2026-10",
        "--by", "site", "--name", "engagement.movements",
    )  # fmt: skip
    assert json.loads(printed.stdout)["engagement.movements"] == [
        {"site": "Barcelona", "movement": "paused", "women": 1},
        {"site": "Barcelona", "movement": "returned", "women": 1},
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", "2026-11"], "write the earlier month first"),
        (["--by", "star_sign"], "choose one of site"),
        (["--by", "site", "--name", "practice.checks"], "leave out --by"),
    ],
)
def test_what_cannot_be_told_apart_is_wrong_use(
    run: Run, small: Workspace, words: list[str], said: str
) -> None:
    refused = run("metrics", small.path, "--month", "2026-10", *words)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert "Traceback" not in refused.stderr


def test_metrics_prints_one_metric_as_csv(run: Run, small: Workspace) -> None:
    printed = run(
        "metrics",
        small.path,
        "--month",
        "2026-10",
        "--format",
        "csv",
        "--name",
        "caseload.profiles",
    )
    computed = compute(two_women(), pd.Period("2026-10", "M"), Settings(), ["caseload.profiles"])
    read = pd.read_csv(io.StringIO(printed.stdout), dtype={"profiles": "str", "women": "Int64"})
    pd.testing.assert_frame_equal(read, computed["caseload.profiles"], check_dtype=False)


@pytest.mark.parametrize("command", ["check", "publish", "serve", "metrics"])
def test_a_folder_that_is_no_workspace_is_refused(run: Run, command: str) -> None:
    month = ["--month", "2026-10"] if command in ("publish", "metrics") else []
    refused = run(command, "nowhere", *month)
    assert refused.returncode == 1
    assert one_sentence(refused.stderr)
    assert "nowhere" in refused.stderr


@pytest.mark.parametrize("command", ["publish", "metrics"])
@pytest.mark.parametrize(
    "month", chosen(["2026-13", ""], ["2026-13", "2026-00", "Octember", "2026-1", ""])
)
def test_a_month_that_does_not_exist_is_wrong_use(
    run: Run, small: Workspace, command: str, month: str
) -> None:
    wrong = run(command, small.path, "--month", month)
    assert wrong.returncode == 2
    assert one_sentence(wrong.stderr)
    assert "2026-10" in wrong.stderr
    assert not list(small.extracts.iterdir())


@pytest.mark.parametrize("command", chosen(["publish"], ["publish", "metrics"]))
def test_a_month_without_data_is_refused(run: Run, small: Workspace, command: str) -> None:
    refused = run(command, small.path, "--month", "2031-01")
    assert refused.returncode == 1
    assert one_sentence(refused.stderr)
    assert "2026-06 to 2026-10" in refused.stderr
    assert not list(small.extracts.iterdir())


@pytest.mark.parametrize("command", chosen(["metrics"], ["publish", "metrics"]))
def test_tables_with_errors_are_refused(run: Run, small: Workspace, command: str) -> None:
    (small.registry / "goals.csv").unlink()
    refused = run(command, small.path, "--month", "2026-10")
    assert refused.returncode == 1
    assert one_sentence(refused.stderr)
    assert "copehope check" in refused.stderr
    assert not list(small.extracts.iterdir())


def test_nothing_published_for_an_audience_is_refused(run: Run, small: Workspace) -> None:
    refused = run("serve", small.path, "--audience", "team", "--no-browser")
    assert refused.returncode == 1
    assert one_sentence(refused.stderr)
    assert "copehope publish" in refused.stderr


def test_a_port_in_use_is_refused_by_number(run: Run, published: Workspace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = run("serve", published.path, "--port", port, "--no-browser")
    assert refused.returncode == 1
    assert one_sentence(refused.stderr)
    assert str(port) in refused.stderr
    assert "--port" in refused.stderr


@pytest.mark.parametrize(
    "settings",
    [
        "version = 2\n",
        "colour = 1\n",
        "team = \n",
        'timezone = "Mars/Base"\n',
        "[caseload]\ncapacity = 0\n",
    ],
)
def test_settings_that_cannot_be_followed_are_refused(
    run: Run, small: Workspace, settings: str
) -> None:
    (small.path / "copehope.toml").write_text(settings)
    refused = run("check", small.path)
    assert refused.returncode == 1
    assert one_sentence(refused.stderr), refused.stderr
    assert "copehope.toml" in refused.stderr or "newer workbench" in refused.stderr


@pytest.mark.parametrize(
    "words",
    [
        "publish",
        "publish x",
        "nonsense",
        "serve x --audience everyone",
        "serve x --port 99999",
        "metrics x --month 2026-10 --name a.b",
        "metrics x --month 2026-10 --format csv",
        "init x --language xx",
        "demo-data x --women 0",
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(run: Run, tmp_path: Path, words: str) -> None:
    wrong = run(*words.split())
    assert wrong.returncode == 2, wrong.stderr
    assert one_sentence(wrong.stderr), wrong.stderr
    assert not list(tmp_path.glob("x"))


COMMANDS = [
    "demo", "init", "demo-data", "check", "preview", "publish", "withdraw", "serve",
    "metrics", "pack", "run", "notebook new", "notebook check", "notebook refresh",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_shows_an_example(run: Run, command: str) -> None:
    shown = run(*command.split(), "--help")
    assert shown.returncode == 0
    assert f"Example: copehope {command}" in shown.stdout


def test_a_mistake_of_ours_is_one_sentence_too(small: Workspace) -> None:
    broken = (
        "import sys; from copehope_lib import cli, workspace\n"
        "workspace.Workspace.all_tables = lambda *_: 1 / 0\n"
        f"sys.argv = ['copehope', 'check', {str(small.path)!r}]\n"
        "cli.main()\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", broken], capture_output=True, text=True, check=False
    )
    assert shown.returncode == 1
    assert one_sentence(shown.stderr)
    assert "COPEHOPE_DEBUG" in shown.stderr


def test_an_audit_says_how_close_one_could_come(run: Run, drawn: Path) -> None:
    folder = drawn / "extracts"
    told = run("audit", folder / "2026-10/team", "--against", folder / "2026-09/team")
    assert told.returncode == 0
    assert "needs.coverage" in told.stdout
    assert "3 are promised" in told.stdout
    assert told.stdout.endswith("Nothing breaks a promise.\n")


def test_an_audit_of_a_changed_file_is_refused(run: Run, published: Workspace) -> None:
    folder = published.extracts / "2026-10" / "team"
    next(folder.glob("needs.coverage-*")).write_bytes(b"other")
    refused = run("audit", folder)
    assert refused.returncode == 1
    assert one_sentence(refused.stderr)
    assert "needs.coverage-" in refused.stderr


def test_a_pseudonym_that_nobody_has_is_refused(run: Run, small: Workspace) -> None:
    refused = run("codes", "find", "W-BBBBB", small.path)
    assert refused.returncode == 1
    assert one_sentence(refused.stderr)
