"""A model file as it was at an earlier git revision. Nothing is fetched, and nothing is written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from standoff.errors import MissingExtraError, UsageError
from standoff.files.yaml_reading import MOST_BYTES

_REVISION = re.compile(r"[A-Za-z0-9_@][A-Za-z0-9_./@{}^~+-]{0,199}")
_SECONDS = 30
_OFFLINE: Mapping[str, str] = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}


def is_revision(text: str) -> bool:
    """Return whether a text can name a git revision: no option, no path, no blank."""
    return bool(_REVISION.fullmatch(text)) and ".." not in text


def at_revision(path: str | Path, revision: str) -> str:
    """Return the text a file had at a git revision, such as ``HEAD~3``.

    Raises
    ------
    UsageError
        If the file lies in no git repository, or there is no such revision or file in it.
    MissingExtraError
        If git is not installed.
    """
    if not is_revision(revision):
        raise UsageError(f"'{revision}' is no git revision. Give one such as HEAD~3 or a commit's number.")
    file = Path(os.path.realpath(path))
    git = shutil.which("git")
    if git is None:
        raise MissingExtraError("To read an earlier revision, git is needed. Install it, or give a file.")
    commit = _git(
        git, file.parent, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if commit is None:
        raise UsageError(
            f"There is no git revision '{revision}' where {path} lies, and no file of that name."
        )
    blob = f"{commit.decode('ascii', 'replace').strip()}:./{file.name}"
    size = _git(git, file.parent, "cat-file", "-s", blob)
    if size is None:
        raise UsageError(f"{path} was not there at revision '{revision}'. Choose a later one.")
    if int(size) > MOST_BYTES:
        raise UsageError(f"{path} had more than 1 MB at revision '{revision}'.")
    data = _git(git, file.parent, "cat-file", "blob", blob)
    if data is None:
        raise UsageError(f"{path} is no file at revision '{revision}'. Choose another one.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} was no text at revision '{revision}'. Choose another one.") from None


def _git(git: str, folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints, or None if it fails."""
    command = [git, "--no-pager", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
            env={**os.environ, **_OFFLINE},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
