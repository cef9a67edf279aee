"""The monthly pack: what one audience may be sent of a month, as one file.

It is made from an extract and from nothing else. A pack leaves the house: nobody can take back
what stands in it, and so there is none for those who see women one by one.
"""

from copehope_lib.documents.pack.content import Pack, of_extract
from copehope_lib.documents.pack.write import FORMATS, write

__all__ = ["FORMATS", "Pack", "of_extract", "write"]
