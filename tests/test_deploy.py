"""What deploy/ says in several files is said once, and said the same."""

import re
import tomllib
from pathlib import Path

import yaml

DEPLOY = Path(__file__).parent.parent / "deploy"
HUB = tomllib.loads((DEPLOY / "hub.toml").read_text(encoding="utf-8"))
VALUES = yaml.safe_load((DEPLOY / "values.yaml").read_text(encoding="utf-8"))


def test_the_values_of_a_cluster_have_the_pages_groups_and_name_of_one_machine() -> None:
    services, roles = VALUES["hub"]["services"], VALUES["hub"]["loadRoles"]
    for page in HUB["pages"]:
        service = services.pop(page["name"])
        assert service["command"][1:5] == ["serve", page["folder"], "--audience", page["audience"]]
        assert service["url"].endswith(f":{page['port']}")
        assert roles.pop(f"sees-{page['name']}") == {
            "scopes": [f"access:services!service={page['name']}"],
            "groups": [page["group"]],
        }
    assert services == {}
    assert roles == {"user": {"scopes": ["read:users!user"]}}
    assert VALUES["hub"]["config"]["JupyterHub"]["public_url"] == HUB["address"]
    assert VALUES["hub"]["config"]["JupyterHub"]["cookie_max_age_days"] == HUB["hours"] / 24
    assert "never run" in (DEPLOY / "values.yaml").read_text(encoding="utf-8").lower()


def test_caddy_has_the_name_and_the_port_of_the_settings() -> None:
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert f"\n{HUB['address'].removeprefix('https://')} {{\n" in caddy
    assert f"reverse_proxy 127.0.0.1:{HUB['ports']['front']}\n" in caddy


def test_no_two_things_listen_at_one_port_and_each_group_has_pages() -> None:
    ports = [*HUB["ports"].values(), *(page["port"] for page in HUB["pages"])]
    assert len({*ports}) == len(ports)
    assert {page["group"] for page in HUB["pages"]} == {*HUB["groups"]}


def test_the_unit_lets_the_pages_shut_themselves_in() -> None:
    unit = (DEPLOY / "copehope-hub.service").read_text(encoding="utf-8")
    allowed = " ".join(re.findall(r"^SystemCallFilter=(.*)$", unit, re.MULTILINE)).split()
    landlock = {f"landlock_{name}" for name in ("create_ruleset", "add_rule", "restrict_self")}
    assert {*landlock, "seccomp"} <= {*allowed}
    assert "\nNoNewPrivileges=yes\n" in unit
    for folder in re.findall(r"^ReadWritePaths=(.*)$", unit, re.MULTILINE):
        assert all(Path(page["folder"]).is_relative_to(folder) for page in HUB["pages"])


def test_the_page_of_steps_names_files_that_are_there() -> None:
    steps = (DEPLOY / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([^`]+)` \|", steps, re.MULTILINE)
    assert len(named) > 5
    assert [name for name in named if not (DEPLOY / name).exists()] == []
