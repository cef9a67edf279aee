"""A synthetic team: a whole registry made by a small documented process model.

``model.py`` holds every parameter with its reason; each other module is named by what it
makes. Nothing here is about a real woman or a real team.
"""

from pathlib import Path

import pandas as pd

# The steps are imported inside the functions: they need the schema, and with it pandera,
# which takes seconds to load; who only names this package should not wait for it.

LAST_MONTH = pd.Period("2026-10", "M")
"""The month in which the synthetic team meets, whatever today's date is."""


def generate(
    women: int = 60,
    professionals: int = 9,
    months: int = 14,
    seed: int = 7,
    last_month: pd.Period = LAST_MONTH,
) -> dict[str, pd.DataFrame]:
    """The eleven tables of a synthetic team, as a registry would hold them.

    Paths are intermittent and women return after a pause (§5.6); what stands in the way
    depends on childcare, transport and work (§5.2); caseloads are uneven (§5.4); goals are
    revised and set aside (§5.3.2); needs open and close; risk assessments age (§5.1.1). The
    parameters and their reasons stand in :class:`copehope_lib.demo.model.Model`.

    Parameters
    ----------
    women : int
        Different women over the whole period; about three quarters of them are accompanied in
        the last month.
    professionals : int
        Members of the team and externals over the whole period.
    months : int
        Months with sessions, up to and with ``last_month``; stays may begin a year earlier.
    seed : int
        The same seed gives the same tables, byte by byte.
    last_month : pandas.Period
        The last month; nothing later is recorded.

    Returns
    -------
    dict of str to pandas.DataFrame
        By table name, in the order of the design; columns and dtypes as ``schema.TABLES``
        declares them, keys unique, every reference resolving.

    Raises
    ------
    ValueError
        If a size is smaller than one.

    Examples
    --------
    >>> registry = generate(women=12, professionals=3, months=2)
    >>> list(registry)[:3]
    ['women', 'professionals', 'assignments']
    >>> registry["women"]["woman"].nunique()
    12
    """
    from copehope_lib.demo import registry

    return registry.build(women, professionals, months, seed, last_month)


def write(frames: dict[str, pd.DataFrame], folder: Path) -> None:
    """Write tables as a coordinator would hand them over: one CSV file each.

    UTF-8, commas, English headings; days as ``2026-10-03``, moments as ``2026-10-05T10:00``,
    ``yes`` and ``no``, nothing where nothing is known.

    Parameters
    ----------
    frames : dict of str to pandas.DataFrame
        Result of :func:`generate`.
    folder : pathlib.Path
        Folder of the files, made if it is not there; files of the same name are replaced.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write(generate(women=12, professionals=3, months=2), Path(folder))
    ...     print((Path(folder) / "actions.csv").read_text("utf-8").splitlines()[0])
    action,decided_on,text,owner,due_on,done_on,dimension
    """
    from copehope_lib.demo import csv_files

    csv_files.write(frames, folder)
