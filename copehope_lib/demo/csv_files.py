"""Tables as CSV files, as a coordinator would hand them over."""

from pathlib import Path

import numpy as np
import pandas as pd

from copehope_lib.schema import TABLES


def write(frames: dict[str, pd.DataFrame], folder: Path) -> None:
    """Write one file a table; see :func:`copehope_lib.demo.write`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        plain = pd.DataFrame({column: _as_text(name, frame[column]) for column in frame})
        # The same bytes on every system: a line ends the same way everywhere.
        plain.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")


def _as_text(table: str, cells: pd.Series) -> pd.Series:
    """Return a column as it is written in a file; blanks stay blank."""
    kind = TABLES[table].column(str(cells.name)).kind
    if kind == "yes_no":
        return cells.map({True: "yes", False: "no"})
    if kind in {"day", "moment"}:
        unit = "D" if kind == "day" else "m"
        text = np.datetime_as_string(cells.to_numpy().astype(f"datetime64[{unit}]"))
        return pd.Series(text, index=cells.index, dtype="str").where(cells.notna())
    return cells
