"""Codes that do not come back, and pseudonyms that stay, known by keyed marks.

They lie beside what was published, so that a registry that is brought back finds them there.

No code stands here: beside a pseudonym, or in a file that outlives the woman's rows, it would be
a way back to her that needs no key.
"""

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.tables.findings import Finding, finding

FILE_NAME = "marks.json"


@dataclass(frozen=True)
class Marks:
    """What is remembered of women who were forgotten, and of codes that were changed.

    Attributes
    ----------
    key : bytes
        Key of the workspace.
    retired : mapping of str to str
        By the mark of a code that does not come back, the mark of the pseudonym it had: no
        other woman is given that.
    renamed : mapping of str to str
        By the mark of a new code, the pseudonym that the woman keeps.
    """

    key: bytes
    retired: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, key: bytes) -> "Marks":
        """Read what is remembered.

        Raises
        ------
        CopehopeError
            If it is damaged.
        """
        path = folder / FILE_NAME
        try:
            values = json.loads(path.read_bytes()) if path.exists() else {}
            return cls(key, *(dict(values.get(name, {})) for name in ("retired", "renamed")))
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            sentence = _("{path} is damaged: bring it back from your copy.")
            raise CopehopeError(sentence.format(path=path)) from None

    def mark(self, text: str) -> str:
        """Return the mark of a code or a pseudonym: without the key it tells nothing."""
        return hmac.digest(self.key, f"mark/{text}".encode(), "sha256").hex()

    def without(self, code: str, pseudonym: str, now: str = "") -> "Marks":
        """Return them with a code that does not come back, and the one she has now, if any."""
        old, new = self.mark(code), self.mark(now)
        # One who comes back and is forgotten again has the pseudonym that she had.
        retired = {old: self.mark(pseudonym), **self.retired}
        renamed = {of: name for of, name in self.renamed.items() if of != old}
        if now:
            retired.pop(new, None)
            renamed[new] = pseudonym
        return Marks(self.key, retired, renamed)

    def taken(self, pseudonym: str, code: str) -> bool:
        """Tell whether a pseudonym is one of a woman who was forgotten, and not of this code."""
        mark = self.mark(pseudonym)
        return mark in self.retired.values() and self.retired.get(self.mark(code)) != mark

    def back(self, women: pd.DataFrame) -> Iterator[Finding]:
        """Yield each row of the table of women with a code that does not come back."""
        codes = women["woman"]
        known = [code for code in codes.cat.categories if self.mark(code) in self.retired]
        for row in women.index[codes.isin(known)].tolist():
            yield finding("retired_code", "women", row, "woman")

    def as_json(self) -> bytes:
        """Return them as they are kept."""
        return json.dumps({"retired": self.retired, "renamed": self.renamed}, indent=1).encode()
