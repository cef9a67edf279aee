"""The self-check: sealed answers, the drop-box that they lie in, and lots that protect each."""
