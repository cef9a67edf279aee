"""The month that a panel looks at, and the control that chooses it."""

import ipywidgets as ipw
import pandas as pd
import traitlets

from copehope_lib import month as months
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _


class MonthState(traitlets.HasTraits):
    """State of a panel: the chosen month, one of those published."""

    month = traitlets.Unicode()
    months: traitlets.List[str] = traitlets.List(traitlets.Unicode())

    @classmethod
    def of(cls, extract: Extract) -> "MonthState":
        """Return the state in which a page opens: the latest month."""
        names = [str(month) for month in extract.months]
        return cls(months=names, month=names[-1])

    @traitlets.validate("month")
    def _published(self, proposal: traitlets.Bunch) -> str:
        if self.months and proposal["value"] not in self.months:
            raise traitlets.TraitError(_("This month has not been published."))
        return str(proposal["value"])

    @property
    def period(self) -> pd.Period:
        """The chosen month."""
        return pd.Period(self.month, "M")


def month_picker(state: MonthState) -> ipw.Dropdown:
    """Return a drop-down that sets the month of a state, the latest one first."""
    options = [(months.name(pd.Period(name, "M")), name) for name in reversed(state.months)]
    picker = ipw.Dropdown(options=options, value=state.month, description=_("Month"))
    traitlets.link((state, "month"), (picker, "value"))
    return picker
