"""The bar on a terminal: phases, fractions that move, and nothing of it elsewhere."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys

import pytest

OPTIONS = {"numpy": 20, "numba": 22}


def command(tmp_path, engine: str) -> list[str]:
    number = OPTIONS[engine]
    own = {f"d{party}": range(party, number, 3) for party in range(3)}
    makers = "".join(
        f"  {dm}:\n    options: {{{', '.join(f'o{k}: o{k}' for k in options)}}}\n"
        f"    prefers: [o{options[0]} xor o{(options[0] + 1) % number}, not o{options[-1]}]\n"
        for dm, options in own.items()
    )
    path = tmp_path / "big.yaml"
    path.write_text(f"standoff: 1\nname: Big\ndecision_makers:\n{makers}status_quo: []\n", encoding="utf-8")
    return [sys.executable, "-m", "standoff", "analyze", str(path), "--json", "--counts", "--engine", engine]


def on_a_terminal(command: list[str]) -> str:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    said = []
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment) as process:
        os.close(theirs)
        while True:
            try:
                some = os.read(ours, 1 << 16)
            except OSError:  # how Linux says that the other side has closed
                break
            if not some:
                break
            said.append(some)
    os.close(ours)
    assert process.returncode == 0
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", b"".join(said).decode())


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_the_bar_moves_within_a_phase(tmp_path, engine):
    said = on_a_terminal(command(tmp_path, engine))
    fractions = [int(each) for each in re.findall(r"stability\D+(\d+)%", said)]
    assert fractions == sorted(fractions)
    assert len(set(fractions)) > 3
    assert re.search(r"stability\D+\d+% \d:\d\d:\d\d \d:\d\d:\d\d", said)


@pytest.mark.slow
def test_no_bar_where_there_is_no_terminal(tmp_path):
    done = subprocess.run(command(tmp_path, "numpy"), check=True, capture_output=True, text=True)
    assert done.stderr == ""
