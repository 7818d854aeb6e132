"""Strongly connected components of a graph given by rows of successors. Compiled where it pays."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

_COMPILED_FROM = 1 << 18
"""With so many nodes compiling pays."""


def components(row_starts: NDArray[np.int64], successors: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the component of each node, numbered so that arcs lead to the same or a lower number.

    Parameters
    ----------
    row_starts : int64 array
        The successors of node v are `successors[row_starts[v]:row_starts[v + 1]]`.
    """
    nodes = row_starts.size - 1
    if nodes >= _COMPILED_FROM and find_spec("numba") is not None:
        from standoff.stability.engine.loops import compiled

        found = np.empty(nodes, np.int32)
        compiled(_tarjan)(row_starts, successors, found, *(np.zeros(nodes, np.int64) for _ in range(5)))
        return found
    plain = [0] * nodes
    _tarjan(row_starts.tolist(), successors.tolist(), plain, *([0] * nodes for _ in range(5)))
    return np.array(plain, np.int32)


def _tarjan(
    starts: Any, successors: Any, component: Any, met: Any, low: Any, cursor: Any, stack: Any, path: Any
) -> None:
    """Write down the number of the component of each node (Tarjan 1972), without recursion.

    `met` counts the nodes in the order in which they are met, 0 for not yet; `low` is the earliest
    open node that a node leads to, endless once its component is known.
    """
    count, done, opened, depth, root = 0, 0, 0, -1, -1
    endless = len(met) + 1
    while depth >= 0 or root + 1 < len(met):
        if depth < 0:
            root += 1
            if met[root] != 0:
                continue
            depth, path[0] = 0, root
        node = path[depth]
        if met[node] == 0:
            count += 1
            met[node], low[node], cursor[node] = count, count, starts[node]
            stack[opened] = node
            opened += 1
        if cursor[node] < starts[node + 1]:
            other = successors[cursor[node]]
            if met[other] == 0:
                depth += 1
                path[depth] = other
            else:
                low[node] = min(low[node], low[other])
                cursor[node] += 1
            continue
        if low[node] == met[node]:
            while opened > 0 and met[stack[opened - 1]] >= met[node]:
                opened -= 1
                component[stack[opened]], low[stack[opened]] = done, endless
            done += 1
        depth -= 1
