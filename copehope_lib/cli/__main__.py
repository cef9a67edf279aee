"""``python -m copehope_lib.cli``, where ``copehope`` is not on the path."""

from copehope_lib.cli import main

main()
