"""What each button of the coordinator's page does: each says on which page it goes on."""

import json
import re
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path

from platformdirs import user_documents_path

from copehope_lib import language, months, templates
from copehope_lib.coordinator import commands
from copehope_lib.coordinator.state import State
from copehope_lib.errors import CopehopeError
from copehope_lib.files import one_step, private
from copehope_lib.importing import Import, with_passphrase
from copehope_lib.importing.her import LARGEST
from copehope_lib.language import gettext as _
from copehope_lib.privacy import closing, publish
from copehope_lib.server import launch
from copehope_lib.tables import mend, origins
from copehope_lib.tables.files import sources
from copehope_lib.workspace import Workspace

Form = Mapping[str, str]
"""What the fields of a form say, by name."""


def choose(state: State, form: Form) -> str:
    """Work in a workspace that is there."""
    state.open(Path(form["folder"]))
    return "bring"


def make(state: State, form: Form) -> str:
    """Make a workspace, and work in it."""
    team = form["team"].strip() or "Copehope"
    name = re.sub(r"[^\w -]", "", team)
    folder = Path(form["folder"].strip() or user_documents_path() / name).expanduser()
    language.use(form["language"])
    made = Workspace.create(folder, team=team, language=form["language"])
    templates.write(made.path / "templates")
    state.open(folder)
    state.said = [_("The workspace is ready, and lies in {folder}.").format(folder=folder)]
    return "bring"


def bring(state: State, files: Mapping[Path, bytes]) -> str:
    """Look into files of hers, which stay in memory."""
    if sum(map(len, files.values())) > LARGEST:
        raise CopehopeError(_("These files are larger than 64 MB: bring in fewer at once."))
    state.coming = Import(state.workspace, list(files), contents=files) if files else None
    state.asked = {(place, one.id) for place, one in state.coming.open} if state.coming else set()
    return "bring"


def answer(state: State, form: Form) -> str:
    """Settle what was answered, and bring it in if that was the button."""
    coming = state.coming
    if coming is None:
        raise CopehopeError(_("These files are brought in, or were put aside: drop them again."))
    for name, said in form.items():
        if name.startswith("[") and said:
            place, *id = json.loads(name)
            asking = coming.plans[place].asking
            if tuple(id) in asking.asked and said != asking(asking.asked[tuple(id)]):
                coming.answer(place, tuple(id), said)
    before = coming.lock
    if typed := form.get("passphrase"):
        if typed != form.get("again", typed):
            raise CopehopeError(_("The two passphrases differ: type them once more."))
        coming.lock = with_passphrase(state.workspace.registry, typed)
    try:
        coming.plan()
    except CopehopeError:
        coming.lock = before
        raise
    state.asked |= {(place, one.id) for place, one in coming.open}
    if "take" not in form:
        return "bring"
    if coming.needs_lock and coming.lock is None:
        raise CopehopeError(_("Names become codes: type the passphrase of their list first."))
    if any(made.asking.unsaid for made in coming.plans):
        raise CopehopeError(_("Some things only you know are still open: they are marked below."))
    state.said = [*coming.take(), *coming.refused]
    state.coming = None
    return "mend"


def plainly(state: State, form: Form) -> str:
    """Put the mended copy of a file in its place; the one before it goes to ``earlier``."""
    root, registry = state.workspace.path, state.workspace.registry
    with state.workspace.alone():
        every = mend.mend(registry, state.workspace.settings)
        one = next(of for of in every if of.path.name == form["file"])
        held_by = {name: of[0].path for name, of in sources(registry).tables.items() if of}
        was = origins.read(registry, {name: path.read_bytes for name, path in held_by.items()})
        was.marks |= {of: origins.mark(one.content) for of in was.rows if held_by[of] == one.path}
        earlier = private.free(root / "earlier" / one.path.name)
        changes = {earlier: one.path.read_bytes(), one.path: one.content}
        one_step.carry_out(root, changes | {registry / origins.FILE_NAME: was.as_csv()})
    sentence = _("It is mended; what was there before lies in {path}.").format(path=earlier)
    state.said = [sentence, *map(str, one.changes)]
    return "mend"


def look(state: State, form: Form) -> str:
    """Write the draft of a month, for supervision alone."""
    stop(state, {"what": "draft"})
    state.chosen = months.parse(form["month"])
    publish.preview(state.workspace, state.tables(), state.chosen)
    return "look"


def pages(state: State, form: Form) -> str:
    """Serve the pages of the draft from a process of their own."""
    stop(state, {"what": "draft"})
    words = ["serve", str(state.workspace.path), "--audience", "supervision", "--no-browser"]
    words += ["--port", str(launch.free_port()), *(["--unconfined"] * ("unconfined" in form))]
    state.running["draft"] = commands.start(*words)
    return "look"


def close(state: State, form: Form) -> str:
    """Close the month: its extracts are written, once and for good."""
    workspace, tables, month = state.workspace, state.tables(), months.parse(form["month"])
    if any(form.get(said) != "on" for said in closing.doubts(workspace, tables, month)):
        raise CopehopeError(_("Nothing was closed: tick each sentence that you are sure of."))
    written = publish.publish(workspace, tables, month)
    state.said = [_("What each audience may see of it lies in:"), *map(str, written)]
    return "close"


def undo(state: State, _form: Form) -> str:
    """Take the last closing back, before anybody saw it."""
    state.chosen = closing.undo(state.workspace)
    state.said = [_("{month} is open again.").format(month=months.name(state.chosen))]
    return "close"


def site(state: State, form: Form) -> str:
    """Write the pages of an audience into a folder."""
    out = Path(form["out"].strip()).expanduser()
    folder, audience = str(state.workspace.path), form["audience"]
    state.said = [commands.run("site", folder, "--audience", audience, "--out", str(out))]
    state.made["site"] = str(out / "index.html")
    return "hand"


def pack(state: State, form: Form) -> str:
    """Write the pack of an audience."""
    name = f"{form['month']}-{form['audience']}.{form['format']}"
    out = private.free(state.workspace.path / "packs" / name)
    out.parent.mkdir(exist_ok=True)
    words = [f"--{of}={form[of]}" for of in ("audience", "month", "format")]
    state.said = [commands.run("pack", str(state.workspace.path), *words, f"--out={out}")]
    state.made["pack"] = str(out)
    return "hand"


def slips(state: State, form: Form) -> str:
    """Make slips for the self-check: they are shown once, and kept nowhere."""
    words = ["answers", "tokens", str(state.workspace.path), "--count", form["count"]]
    state.made["slips"] = commands.run(*words)
    return "hand"


def room(state: State, _form: Form) -> str:
    """Open the pages to the telephones around the table."""
    stop(state, {"what": "room"})
    state.running["room"] = commands.start("room", str(state.workspace.path), "--no-browser")
    return "hand"


def stop(state: State, form: Form) -> str:
    """End what was started."""
    if form["what"] in state.running:
        launch.stop(state.running.pop(form["what"])[0])
    return "look" if form["what"] == "draft" else "hand"


def show(state: State, form: Form) -> str:
    """Open what was made, with whatever opens such a file here."""
    webbrowser.open(Path(state.made[form["what"]]).resolve().as_uri())
    return "hand"


BUTTONS: Mapping[str, Callable[[State, Form], str]] = {
    step.__name__: step
    for step in (choose, make, answer, plainly, look, pages, close, undo, site, pack, slips, room,
                 stop, show)
}  # fmt: skip
"""What each button does, by its name."""
