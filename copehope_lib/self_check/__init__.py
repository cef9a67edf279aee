"""The self-check: sealed answers, their drop-box, and the chance that protects each."""
