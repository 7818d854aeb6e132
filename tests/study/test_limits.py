"""A time limit that is no number or below 0 is refused by everything that takes one."""

import pytest

from standoff import analyse, coalitions, cycles, load, moves, paths, ripe, roadmap, wait
from standoff.errors import UsageError

CHICKEN = analyse(load("case:chicken"))
TIMED = analyse(load("case:north-korea-2019"))

ASKED = (
    lambda limit: ripe(CHICKEN, time_limit=limit),
    lambda limit: moves(CHICKEN, CHICKEN.decision_makers[0], time_limit=limit),
    lambda limit: paths(CHICKEN, "equilibrium", time_limit=limit),
    lambda limit: cycles(CHICKEN, time_limit=limit),
    lambda limit: coalitions(CHICKEN, time_limit=limit),
    lambda limit: wait(TIMED, time_limit=limit),
    lambda limit: roadmap(TIMED, to="phased", time_limit=limit),
)


@pytest.mark.parametrize("ask", ASKED)
@pytest.mark.parametrize("limit", [float("nan"), -1.0])
def test_a_time_limit_has_to_be_a_number_of_at_least_zero(ask, limit):
    with pytest.raises(UsageError, match=r"The time limit is (nan|-1) seconds; it must be 0 or more\."):
        ask(limit)
