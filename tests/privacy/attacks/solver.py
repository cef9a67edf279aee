"""An attacker with a solver: which whole numbers fit with everything that is known."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.privacy.attacks.facts import Fact, rests
from tests.privacy.attacks.held import Cell, Held

Floats = npt.NDArray[np.float64]


class Attack:
    """All facts as one system of whole numbers.

    Each solution is a whole set of numbers that fits with everything that is shown; ``values``
    remembers for each cell which numbers it had in any of them.
    """

    def __init__(self, held: Held, facts: Sequence[Fact]) -> None:
        self.held = held
        self.place = {cell: place for place, cell in enumerate(held.bounds)}
        self.values: list[set[int]] = [set() for _ in self.place]
        matrix = sparse.dok_array((len(facts), len(self.place)))
        for row, fact in enumerate(facts):
            for cell, factor in fact.factors.items():
                matrix[row, self.place[cell]] = factor
        low, high = ([getattr(fact, end) for fact in facts] for end in ("low", "high"))
        self.constraint = LinearConstraint(matrix.tocsr(), low, high)

    def solve(self, sought: Floats, fixed: Mapping[Cell, float] | None = None) -> Floats | None:
        """Return the solution of which a sum is smallest; none if there is no solution."""
        low, high = np.array([*self.held.bounds.values()]).T
        for cell, value in (fixed or {}).items():
            low[self.place[cell]] = high[self.place[cell]] = value
        whole = np.ones(len(sought))
        found = milp(
            sought, constraints=self.constraint, bounds=Bounds(low, high), integrality=whole
        )
        if found.x is None:
            return None
        solution: Floats = np.round(found.x)
        for values, value in zip(self.values, solution.tolist(), strict=True):
            values.add(int(value))
        return solution

    def ends(self, factors: Mapping[Cell, float]) -> tuple[int, int]:
        """Return the smallest and largest whole number that a sum of counts could be."""
        sought = np.zeros(len(self.place))
        for cell, factor in factors.items():
            sought[self.place[cell]] = factor
        best = [self.solve(sign * sought) for sign in (1, -1)]
        low, high = (round(float(sought @ one)) for one in best if one is not None)
        return low, high

    def narrow(self) -> dict[Cell, tuple[int, int]]:
        """Return the hidden counts that are surer than was promised, with their two ends."""
        found: dict[Cell, tuple[int, int]] = {}
        for cell, width in self.held.hidden.items():
            known = self.values[self.place[cell]]
            if not known or max(known) - min(known) < width - 1:
                low, high = self.ends({cell: 1.0})
                found |= {cell: (low, high)} if high - low < width - 1 else {}
        return found

    def small_rests(self, minimum: int) -> dict[str, tuple[int, int]]:
        """Return the rests of which anybody can tell that they are small and not nothing."""
        ends = {name: self.ends(factors) for name, factors in rests(self.held) if factors}
        return {name: of for name, of in ends.items() if of[0] >= 1 and of[1] < minimum}

    def possible(self, cell: Cell, wanted: int) -> set[int]:
        """Return at least so many numbers that a count could be, as far as there are."""
        known = self.values[self.place[cell]]
        if len(known) < wanted:
            low, high = self.ends({cell: 1.0})
            fresh = [value for value in range(low, high + 1) if value not in known]
            for value in fresh[: wanted - len(known)]:
                self.solve(np.zeros(len(self.place)), {cell: float(value)})
        return known
