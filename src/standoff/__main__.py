"""Run the command line as ``python -m standoff``."""

from standoff.cli import main

main()
