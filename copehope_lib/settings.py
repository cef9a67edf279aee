"""What a team sets in ``copehope.toml``, with the defaults and the reason for each."""

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

import tomlkit
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from copehope_lib.audience_names import AudienceName
from copehope_lib.errors import CopehopeError
from copehope_lib.files import private, sealing
from copehope_lib.instruments.instrument import InstrumentName
from copehope_lib.language import Language
from copehope_lib.language import gettext as _
from copehope_lib.vocabulary import Area

FILE_NAME = "copehope.toml"
LONGEST = 200_000
"""Bytes of the settings at most."""
DEEPEST = 20
"""Parts of the name of a setting at most: with more, reading it takes minutes."""
WORKSPACE_VERSION = 1
"""Raised when an older library could no longer read a workspace."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _day(written: object) -> str:
    """Return a day as 2026-03-01, whether TOML reads it as a day or as a text; empty is none."""
    text = written.isoformat() if type(written) is date else written
    try:
        # Other ways to write a day are refused with what is none: one way is read by all.
        if text == "" or (isinstance(text, str) and date.fromisoformat(text).isoformat() == text):
            return text
    except ValueError:
        pass
    raise ValueError(_("write a day such as 2026-03-01, or leave it empty"))


Day = Annotated[str, BeforeValidator(_day)]


class Weights(_Section):
    """How much one woman weighs in a caseload: ``base`` and what adds to it.

    Defaults are settings, not findings: no published scale weighs a case in this field
    (FACTS: the nearest system counts cases only). Each addition follows what §5.2 and §5.6
    of the report say makes accompanying take more of a professional's time.
    """

    base: float = Field(1.0, ge=0, description="Every woman")
    children_in_care: float = Field(0.25, ge=0, description="She takes care of children (§5.6)")
    no_permit: float = Field(0.25, ge=0, description="She has no permit (§5.2)")
    insecure_housing: float = Field(0.25, ge=0, description="Her housing is insecure (§5.2)")


class Caseload(_Section):
    """Settings of the caseload."""

    capacity: float = Field(
        20.0, gt=0, description="Points that a full-time post can carry; a setting, not a norm"
    )
    weights: Weights = Weights()


class Engagement(_Section):
    """Settings of engagement."""

    window_days: int = Field(90, ge=1, description="Days that a pattern looks back on")
    pause_days: int = Field(
        21, ge=1, description="A longer gap in which she was expected is a pause"
    )
    steady_rate: float = Field(
        0.7, ge=0, le=1, description="Share of sessions attended from which a woman is steady"
    )


class Itineraries(_Section):
    """Settings of goal attainment (Kiresuk and Sherman 1968)."""

    rho: float = Field(
        0.3,
        ge=0,
        lt=1,
        description="How much the goals of one woman are expected to move together",
    )
    weights: dict[Area, Annotated[float, Field(ge=0)]] = Field(
        {}, description="What a goal weighs, by area: work = 2.0; 1 where nothing is said"
    )


class Reading(_Section):
    """How the team's own files are read, where they leave a doubt."""

    dates: Literal["ask", "day_first", "month_first"] = Field(
        "ask", description="What 3/10/2026 means: ask, day_first or month_first"
    )
    codes: str = Field(
        "[A-Z]{1,6}-[0-9]{1,8}", description="What a code looks like, as a regular expression"
    )
    not_names: tuple[str, ...] = Field(
        (), description="What looks like a person's name and is none, such as a place"
    )
    headings: dict[str, dict[str, str]] = Field(
        {}, description='By table: "heading as the team writes it" = "column"'
    )

    @field_validator("codes")
    @classmethod
    def _no_name_fits(cls, pattern: str) -> str:
        try:
            known = re.compile(pattern)
        except re.error:
            raise ValueError(_("not a regular expression")) from None
        if any(known.fullmatch(name) for name in ("Amaka", "AMAKA", "amaka", "Amaka Obi")):
            raise ValueError(_("it would let a name through; ask for a digit"))
        return pattern


class Supervision(_Section):
    """Settings of the meeting, and of whoever leads it."""

    public_keys: tuple[str, ...] = Field(
        (), description="Of whoever opens records and answers: age1…, from `copehope keys new`"
    )
    minutes_as: Literal["profiles", "codes"] = Field(
        "profiles", description="How minutes call professionals: profiles, or codes"
    )

    @field_validator("public_keys")
    @classmethod
    def _public(cls, keys: tuple[str, ...]) -> tuple[str, ...]:
        try:
            return tuple(sealing.recipients(keys))
        except CopehopeError as problem:
            raise ValueError(str(problem).rstrip(".")) from None


class Publishing(_Section):
    """Settings of what groups are told."""

    together: Literal[1, 3] = Field(
        1, description="Months told together of what happened: 3 for a small team, from the start"
    )


class Charters(_Section):
    """Days on which the organisation signed its two charters (§5.1, §5.4)."""

    women_on: Day = Field("", description="Day on which the charter for women was signed")
    staff_on: Day = Field("", description="Day on which the charter for the staff was signed")


class Safety(_Section):
    """Days of what the team as a whole has settled for danger (§5.1.1)."""

    protocol_agreed_on: Day = Field("", description="Day on which the safety protocol was agreed")
    police_contact_tried_on: Day = Field(
        "", description="Day on which the contact at the police was last tried"
    )


class SelfCheck(_Section):
    """Settings of the self-check."""

    instrument: InstrumentName = Field(
        "month_check", description="Published ones need your own wording: copehope instrument"
    )
    contacts: tuple[str, ...] = Field(
        (), description="Where a colleague finds help: names, addresses, telephone numbers"
    )


class Stricter(_Section):
    """Numbers of an audience that a team makes stricter than they are; looser is refused."""

    minimum: int | None = Field(None, ge=1, description="Smallest count that is shown")
    width: int | None = Field(
        None, ge=1, description="How many numbers a hidden count could at least be"
    )
    rounding: int | None = Field(None, ge=1, description="Base to which counts are rounded")
    k: int | None = Field(None, ge=1, description="Fewest rows about women that look alike")


class Settings(_Section):
    """All settings of a workspace.

    Examples
    --------
    >>> Settings(team="Barcelona").engagement.pause_days
    21
    """

    version: int = WORKSPACE_VERSION
    team: str = Field("Our team", min_length=1, max_length=60, description="Name on the pages")
    language: Language = "en"
    timezone: str = Field("Europe/Madrid", description="A day is a local day of this zone")
    caseload: Caseload = Caseload()
    engagement: Engagement = Engagement()
    itineraries: Itineraries = Itineraries()
    reading: Reading = Reading()
    supervision: Supervision = Supervision()
    publishing: Publishing = Publishing()
    self_check: SelfCheck = SelfCheck()
    charters: Charters = Charters()
    safety: Safety = Safety()
    audiences: dict[AudienceName, Stricter] = Field(
        {}, description="What is stricter than usual: team = { minimum = 5 }"
    )

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        if name not in _zones():
            raise ValueError(_("not a time zone such as Europe/Madrid"))
        return name

    @property
    def zone(self) -> ZoneInfo:
        """The team's time zone."""
        return ZoneInfo(self.timezone)


@cache
def _zones() -> set[str]:
    """Return the zones of this machine: to look for all their files takes longer than the rest."""
    return available_timezones()


def _parts(line: str) -> int:
    return line.partition("=")[0].count(".")


def read(folder: Path) -> Settings:
    """Read the settings of a workspace.

    Raises
    ------
    CopehopeError
        If the file is missing, is not TOML, holds an unknown or wrong setting, or was
        written by a newer version of the workbench.
    """
    path = folder / FILE_NAME
    try:
        with private.open_plain(path) as file:
            text = file.read(LONGEST + 1).decode("utf-8")
        if len(text) > LONGEST or any(_parts(line) > DEEPEST for line in text.splitlines()):
            raise ValueError(_("it is too long"))
        values = tomllib.loads(text)
    except FileNotFoundError:
        sentence = _("{folder} is not a workspace: run `copehope init {folder}` first.")
        raise CopehopeError(sentence.format(folder=folder)) from None
    except OSError as problem:
        sentence = _("{path} cannot be read ({reason}): check its permissions.")
        raise CopehopeError(sentence.format(path=path, reason=problem.strerror)) from None
    except RecursionError:
        sentence = _("{path} is nested too deeply: look whether it is the right file.")
        raise CopehopeError(sentence.format(path=path)) from None
    except ValueError as problem:
        sentence = _("{path} is not valid TOML ({reason}): mend that line.")
        raise CopehopeError(sentence.format(path=path, reason=problem)) from None
    version = values.get("version", WORKSPACE_VERSION)
    if isinstance(version, int) and version > WORKSPACE_VERSION:
        sentence = _(
            "{folder} was made by a newer workbench (workspace version {theirs}, this one "
            "knows {ours}): update the workbench."
        )
        raise CopehopeError(sentence.format(folder=folder, theirs=version, ours=WORKSPACE_VERSION))
    try:
        return Settings.model_validate(values)
    except ValidationError as problem:
        first = problem.errors()[0]
        reason = first["msg"].removeprefix("Value error, ")
        raise CopehopeError(
            _("{path}: the setting {setting} is wrong: {reason}.").format(
                path=path, setting=".".join(map(str, first["loc"])), reason=reason
            )
        ) from None


def add_public_key(folder: Path, public: str) -> None:
    """Name one more key that records and answers are sealed to; all else stays as it is written.

    Raises
    ------
    CopehopeError
        If the settings cannot be written.
    """
    path = folder / FILE_NAME
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    section = document.setdefault("supervision", tomlkit.table())
    section["public_keys"] = [*section.get("public_keys", []), public]
    private.replace(path, tomlkit.dumps(document).encode())


def as_toml(settings: Settings) -> str:
    """Return the settings as a ``copehope.toml`` in which each one is explained."""
    document = tomlkit.document()
    document.add(tomlkit.comment("Settings of this workspace. Change a value, keep its name."))
    _fill(document, settings)
    return tomlkit.dumps(document)


def _fill(table: tomlkit.TOMLDocument | tomlkit.items.Table, section: BaseModel) -> None:
    for name, field in type(section).model_fields.items():
        value = getattr(section, name)
        if isinstance(value, BaseModel):
            inner = tomlkit.table()
            _fill(inner, value)
            table.add(name, inner)
        else:
            item = tomlkit.item(list(value) if isinstance(value, tuple) else value)
            if field.description:
                item.comment(field.description)
            table.add(name, item)
