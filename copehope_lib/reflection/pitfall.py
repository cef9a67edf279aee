"""The pitfalls of §5.6 that a step keeps in mind, each with a sentence that explains it."""

from copehope_lib.language import gettext
from copehope_lib.language import mark as N_
from copehope_lib.vocabulary import Vocabulary


class Pitfall(Vocabulary):
    """A way in which well-meant help goes astray (§5.6).

    Examples
    --------
    >>> Pitfall.LINEAR.label
    'Expecting a straight line'
    >>> Pitfall("linear").sentence
    'Ways stop, turn and begin again: that is how they go, and no reason to lose heart.'
    """

    EUROCENTRIC = "eurocentric", N_("Seeing with European eyes alone"), "5.6"
    THERAPY_IMPOSED = "therapy_imposed", N_("Therapy that she did not choose"), "5.6"
    LINEAR = "linear", N_("Expecting a straight line"), "5.6"
    TOO_MUCH_ON_HER = "too_much_on_her", N_("Putting too much on her"), "5.6"

    @property
    def sentence(self) -> str:
        """What the pitfall is, in the language in use."""
        return gettext(_SENTENCES[self.value])


_SENTENCES = {
    "eurocentric": N_(
        "What goes without saying in Europe is one way among others: hers is worth as much."
    ),
    "therapy_imposed": N_(
        "Therapy is an offer: she may see health otherwise, or have something more urgent now."
    ),
    "linear": N_(
        "Ways stop, turn and begin again: that is how they go, and no reason to lose heart."
    ),
    "too_much_on_her": N_(
        "She may be less free to choose than we think: to press her can put her in danger."
    ),
}
