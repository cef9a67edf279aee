"""Secondary suppression: the cheapest counts to hide so that no hidden one can be computed.

The method is that of Fischetti and Salazar: an integer programme chooses what to hide; for each
hidden count two linear programmes play the attacker and look for the smallest and the largest
number it could be; where these are too close, the dual of their answers tells which further
counts would have kept them apart, and the choice is made again. It ends with a cheapest choice
for which every hidden count is as uncertain as promised; or, if that is not found in so many
rounds, with the tables that are left hidden whole.
"""

from dataclasses import dataclass
from itertools import count

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse.csgraph import connected_components

from copehope_lib.privacy.system import Flags, Floats, Places

EXACT = 1e-6
"""Numbers closer than this are one."""

MOST = 1e6
"""More than any count."""

ROUNDS = 12
"""How often the choice is made; tables that are not safe then are hidden whole."""

NODES = 500
"""How many branches are tried for the cheapest choice before the best one so far is taken."""


@dataclass(frozen=True)
class Known:
    """What an attacker knows of each cell while it is shown, and while it is hidden.

    Attributes
    ----------
    low, high : numpy.ndarray of float
        Bounds while it is shown; what has been hidden before has those of a hidden cell.
    most, least : numpy.ndarray of float or float
        The largest and smallest number that a hidden one could be: what is hidden for being
        small only is known to be small.
    """

    low: Floats
    high: Floats
    most: Floats | float = np.inf
    least: Floats | float = 0.0

    def with_hidden(self, hidden: Flags) -> "Known":
        """Return what is known once some cells are hidden: that none is below 0."""
        low = np.where(hidden, self.least, self.low)
        return Known(low, np.where(hidden, self.most, self.high), self.most, self.least)


@dataclass(frozen=True)
class Cut:
    """What must be hidden for the sake of a cell: enough that the gains sum to 1.

    Attributes
    ----------
    gain : numpy.ndarray of float
        Of what is missing, how much each cell could give if it were hidden.
    cell : int
        The cell.
    """

    gain: Floats
    cell: int


@dataclass(frozen=True)
class Choice:
    """What is hidden.

    Attributes
    ----------
    hidden : numpy.ndarray of bool
        The cells.
    whole : frozenset of int
        The tables that are hidden whole because no safe choice was found in time.
    """

    hidden: Flags
    whole: frozenset[int]


def hide(
    sums: sparse.csr_array,
    known: Known,
    must: Flags,
    may: Flags,
    guarded: Flags,
    cost: Floats,
    width: int,
    fresh: Flags | None = None,
    tables: Places | None = None,
    rounds: int = ROUNDS,
) -> Choice:
    """Return which cells to hide.

    Parameters
    ----------
    sums : scipy.sparse.csr_array of float
        Shape (sums, cells): each row times the cells is 0.
    known : Known
        What an attacker knows of each cell.
    must : numpy.ndarray of bool
        Cells that are hidden in any case.
    may : numpy.ndarray of bool
        Cells that may be hidden for the sake of others.
    guarded : numpy.ndarray of bool
        Cells of ``must`` that no one may compute; what is hidden for their sake is guarded too.
    cost : numpy.ndarray of float
        What it costs to hide a cell.
    width : int
        How many numbers each guarded cell could at least be.
    fresh : numpy.ndarray of bool, optional
        Sums that were not there before: what has to do with none of them is as safe as it was.
    tables : numpy.ndarray of int, optional
        For each cell the number of its table; all are one if nothing is said.
    rounds : int
        How often the choice is made.

    Returns
    -------
    Choice
        ``must`` and what had to be added to it.

    Notes
    -----
    M. Fischetti and J. J. Salazar-González (2001), Management Science 47:1008.

    Examples
    --------
    A total of 9 and three parts, of which the 1 must be hidden: one more goes with it.

    >>> sums = sparse.csr_array([[1.0, -1.0, -1.0, -1.0]])
    >>> cells = np.array([9.0, 1.0, 3.0, 5.0])
    >>> one = np.array([False, True, False, False])
    >>> hide(sums, Known(cells, cells), one, ~one, one, cells, 3).hidden
    array([False,  True,  True, False])
    """
    tables = np.zeros(len(must), dtype=np.intp) if tables is None else tables
    cuts: list[Cut] = []
    hidden = must
    whole: frozenset[int] = frozenset()
    safe: set[bytes] = set()
    for number in count(1):
        after = known.with_hidden(hidden)
        found: list[Cut] = []
        for rows, cells in components(sums, after):
            # What hangs together as before, and was safe, still is.
            name = cells.tobytes()
            if name in safe or not (fresh is None or fresh[rows].any()):
                continue
            watched = cells[(guarded | (hidden & may))[cells]]
            new = _cuts(sums[rows], cells, watched, after, may & ~must, width)
            found += new
            if not new:
                safe.add(name)
        if not found:
            break
        cuts += found
        if number < rounds:
            hidden = must | _cheapest(cuts, may & ~must, cost)
            continue
        # From here on more is hidden each time, until nothing is left that could help.
        before = hidden
        whole |= {int(of) for cut in found for of in tables[may & (cut.gain > 0)]}
        hidden = hidden | (may & np.isin(tables, [*whole]))
        if (hidden == before).all():
            break
    return Choice(hidden, whole)


def _cuts(
    sums: sparse.csr_array, cells: Places, watched: Places, known: Known, may: Flags, width: int
) -> list[Cut]:
    """Return for each watched cell of a component that is too certain what would help it."""
    problem = Problem.of(sums, cells, known)
    cuts = []
    problem.look_at_many(watched, width)
    for cell in watched:
        for sign in (1, -1):
            if problem.seen(cell) < width:
                problem.bound(cell, sign)
        short = width - problem.seen(cell)
        if short > EXACT:
            gain = np.where(may, problem.gain(cell, 1) + problem.gain(cell, -1), 0)
            # What nothing can help is hidden only where it has to be.
            if gain.any() or may[cell]:
                cuts.append(Cut(np.minimum(gain, short) / short, cell))
    return cuts


def components(sums: sparse.csr_array, known: Known) -> list[tuple[Places, Places]]:
    """Return the sums and the uncertain cells that hang together, part by part.

    Examples
    --------
    >>> known = Known(np.array([4.0, 0.0, 0.0]), np.array([4.0, np.inf, np.inf]))
    >>> components(sparse.csr_array([[1.0, -1.0, -1.0]]), known)
    [(array([0]), array([1, 2]))]
    """
    open_ = np.flatnonzero(known.high - known.low > EXACT)
    among = sums[:, open_]
    rows = among.shape[0]
    if not rows:
        return []
    graph = sparse.block_array([[None, among], [among.T, None]]).tocsr()
    count, label = connected_components(graph, directed=False)
    of_row, of_cell = label[:rows], label[rows:]
    parts = ((np.flatnonzero(of_row == name), open_[of_cell == name]) for name in range(count))
    return [(of_rows, of_cells) for of_rows, of_cells in parts if len(of_rows) and len(of_cells)]


@dataclass(frozen=True)
class Problem:
    """What an attacker solves for the uncertain cells of one component.

    Attributes
    ----------
    sums : scipy.sparse.csr_array
        Its sums, over all cells.
    cells : numpy.ndarray of int
        Its cells.
    known : Known
        What is known of all cells.
    there : scipy.sparse.csc_array
        The sums over its cells.
    right : numpy.ndarray of float
        What the certain cells add up to on the other side.
    least, most : numpy.ndarray of float
        The smallest and largest number of each of its cells that has been found to fit.
    """

    sums: sparse.csr_array
    cells: Places
    known: Known
    there: sparse.csc_array
    right: Floats
    least: Floats
    most: Floats

    @classmethod
    def of(cls, sums: sparse.csr_array, cells: Places, known: Known) -> "Problem":
        """Return the problem of a component."""
        certain = known.low.copy()
        certain[cells] = 0.0
        unseen = np.full(len(cells), np.inf), np.full(len(cells), -np.inf)
        return cls(sums, cells, known, sums[:, cells].tocsc(), -(sums @ certain), *unseen)

    def bound(self, cell: int, sign: int) -> float:
        """Return the smallest (sign 1) or largest (−1) number that a cell could be.

        Examples
        --------
        >>> known = Known(np.array([4.0, 0.0, 0.0]), np.array([4.0, np.inf, np.inf]))
        >>> sums = sparse.csr_array([[1.0, -1.0, -1.0]])
        >>> Problem.of(sums, np.array([1, 2]), known).bound(1, -1)
        4.0
        """
        return sign * self._least(sign * (self.cells == cell).astype(float))

    def look_at_many(self, watched: Places, width: int) -> None:
        """Make all cells that are watched small at once, then large: most are wide enough then."""
        left = len(watched) + 1
        while True:
            narrow = [cell for cell in watched if self.seen(cell) < width]
            if not narrow or len(narrow) >= left:
                return
            left = len(narrow)
            sought = np.isin(self.cells, narrow).astype(float)
            for sign in (1, -1):
                self._least(sign * sought)

    def _least(self, sought: Floats) -> float:
        """Return the smallest number that a sum could be, and keep what fits with it."""
        known = self.known
        found = milp(
            sought,
            constraints=LinearConstraint(self.there, self.right, self.right),
            bounds=Bounds(known.low[self.cells], np.minimum(known.high[self.cells], MOST)),
        )
        if found.x is None:
            raise ArithmeticError(f"the sums of what is shown do not hold: {found.message}")
        np.minimum(self.least, found.x, out=self.least)
        np.maximum(self.most, found.x, out=self.most)
        return float(found.fun)

    def seen(self, cell: int) -> int:
        """Return how many numbers a cell could at least be, by all that was found to fit."""
        (place,) = np.flatnonzero(self.cells == cell)
        width = np.floor(self.most[place] + EXACT) - np.ceil(self.least[place] - EXACT) + 1
        return int(max(width, 0))

    def gain(self, cell: int, sign: int) -> Floats:
        """Return how much farther away a bound could at most be if a cell were hidden too.

        It follows from the dual: for any prices of the sums, no cell can move the bound by more
        than its reduced cost times what its own bounds allow.
        """
        known = self.known
        sought = np.zeros(self.sums.shape[1])
        sought[cell] = sign
        found = linprog(
            sought[self.cells],
            A_eq=self.there,
            b_eq=self.right,
            bounds=np.column_stack([known.low[self.cells], known.high[self.cells]]),
            method="highs-ds",
        )
        if found.x is None:
            return np.zeros(len(sought))
        price = sought - self.sums.T @ found.eqlin.marginals
        falls = np.where(price > EXACT, price * known.low, 0.0)
        return np.where(price < -EXACT, np.inf, falls)


def _cheapest(cuts: list[Cut], free: Flags, cost: Floats) -> Flags:
    """Return the cheapest choice among some cells that satisfies every cut."""
    chosen = np.zeros(len(free), dtype=bool)
    places = np.flatnonzero(free)
    of = [np.flatnonzero(places == cut.cell) for cut in cuts]
    rows, least = np.array([cut.gain[places] for cut in cuts]), np.zeros(len(cuts))
    for row, at in enumerate(of):
        # A cell that is hidden for others only has to be guarded if it is hidden at all.
        rows[row, at] -= 1.0
        least[row] = 0.0 if len(at) else 1.0
    found = milp(
        cost[places],
        constraints=LinearConstraint(rows, lb=least - EXACT),
        integrality=np.ones(len(places)),
        bounds=Bounds(0, 1),
        options={"node_limit": NODES},
    )
    # If nothing that may be hidden is enough, all of it is.
    chosen[places] = True if found.x is None else found.x > 0.5
    return chosen
