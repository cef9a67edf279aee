"""An icon on the desktop, for whoever opens no terminal."""

import sys
from importlib.resources import files
from pathlib import Path

from platformdirs import user_desktop_path

from copehope_lib.cli.arguments import app
from copehope_lib.files import private
from copehope_lib.language import gettext as _


@app.command()
def shortcut() -> None:
    """Lay an icon on the desktop that opens the coordinator’s page.

    Example: copehope shortcut
    """
    name, content = icon(sys.platform, sys.executable)
    path = user_desktop_path() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    private.replace(path, content.encode())
    path.chmod(0o700)
    print(_("{path} opens the coordinator’s page.").format(path=path))


def icon(system: str, python: str) -> tuple[str, str]:
    r"""Return the file of an icon for a system, its name first.

    Examples
    --------
    >>> icon("darwin", "/opt/team/bin/python")
    ('Copehope.command', '#!/bin/sh\nexec "/opt/team/bin/python" -m copehope_lib.cli\n')
    """
    runs = f'"{python}" -m copehope_lib.cli'
    if system == "win32":
        return "Copehope.bat", f'@start "Copehope" /min {runs}\r\n'
    if system == "darwin":
        return "Copehope.command", f"#!/bin/sh\nexec {runs}\n"
    picture = Path(str(files("copehope_lib"))) / "coordinator" / "static" / "icon.svg"
    lines = ("[Desktop Entry]", "Type=Application", "Name=Copehope", f"Exec={runs}",
             f"Icon={picture}", "Terminal=false")  # fmt: skip
    return "Copehope.desktop", "\n".join(lines) + "\n"
