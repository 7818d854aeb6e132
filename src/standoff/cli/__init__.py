"""The command line: parse arguments, call study, print report, set the exit code."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command ``standoff``; what is slow to import is imported only when needed."""
    if sys.argv[1:] == ["--version"]:
        from standoff import __version__

        sys.stdout.write(f"standoff {__version__}\n")
        return
    try:
        from standoff.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    if code == 130:
        sys.stderr.write("standoff: interrupted.\n")
    sys.exit(code)
