"""The self-check: sealed answers, their drop-box, and the noise that covers each."""
