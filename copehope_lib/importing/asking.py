"""What is understood of a sheet, and what only its owner knows: questions with a proposal."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from copehope_lib.vocabulary import Vocabulary

Id = tuple[str, ...]
"""What a question is about, as the recipe keeps it: ``("words", "housing", "Piso")``."""

LEFT_OUT = "-"
"""The answer that leaves a column, a mark or a sheet out."""


def labels(words: type[Vocabulary]) -> dict[str, str]:
    """Return the words of a list as choices: what each is called."""
    return {word.value: word.label for word in words}


@dataclass(frozen=True)
class Question:
    """One thing to settle.

    Attributes
    ----------
    id : tuple of str
        What it is about.
    asks : str
        The beginning of a sentence that an answer ends.
    choices : mapping of str to str
        What each answer is called; empty where something is to be written.
    proposal : str
        What is proposed; empty where nothing can be.
    sure : bool
        Whether it is understood, and only shown.
    why : str
        Where the proposal comes from.
    """

    id: Id
    asks: str
    choices: Mapping[str, str] = field(default_factory=dict)
    proposal: str = ""
    sure: bool = False
    why: str = ""

    def label(self, answer: str) -> str:
        """Return what an answer is called."""
        return self.choices.get(answer, answer)


@dataclass
class Asking:
    """The questions about one table of hers, as they come up, and what was answered.

    Examples
    --------
    >>> asking = Asking({("year",): "2026"})
    >>> asking(Question(("year",), "The year is")), asking(Question(("order",), "3/10 is"))
    ('2026', '')
    >>> [question.id for question in asking.open]
    [('order',)]
    """

    given: Mapping[Id, str] = field(default_factory=dict)
    asked: dict[Id, Question] = field(default_factory=dict)

    def __call__(self, question: Question) -> str:
        """Ask, and return the answer; until there is one, what is proposed."""
        self.asked.setdefault(question.id, question)
        return self.given[question.id] if self.answered(question) else question.proposal

    def answered(self, question: Question) -> bool:
        """Tell whether somebody settled a question with an answer that it knows."""
        answer = self.given.get(question.id)
        return answer is not None and (not question.choices or answer in question.choices)

    @property
    def open(self) -> list[Question]:
        """What is neither understood nor answered."""
        return [one for one in self.asked.values() if not one.sure and not self.answered(one)]

    @property
    def unsaid(self) -> list[Question]:
        """What is open, and nothing can be proposed for."""
        return [one for one in self.open if not one.proposal]
