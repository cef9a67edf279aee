"""Papers: what is printed for women and the team, and the sheet that goes to another service."""

from copehope_lib.documents.paper.printed import PAPERS, SPOKEN, Paper, document, read

__all__ = ["PAPERS", "SPOKEN", "Paper", "document", "read"]
