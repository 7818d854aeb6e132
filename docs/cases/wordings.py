"""Other wordings of statements that are contested or could be read in more than one way.

By decision maker and id of the statement: wordings, each with why somebody might prefer it.
They were listed before they were run, and none was taken out afterwards.
"""

from __future__ import annotations

RELIEF = "at_least_one(us.partial_relief, us.full_relief)"
DISARMED = "all_of(dprk.end_point, dprk.freeze, dprk.dismantle)"
SOME_STEP = "dprk.end_point and at_least_one(dprk.freeze, dprk.dismantle)"

WORDINGS: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("us", "no-small-deal"): (
        ("dprk.end_point if us.partial_relief", "the agreed goal alone is the price"),
        ("dprk.freeze if us.partial_relief", "a halt alone is the price"),
        (f"{DISARMED} if us.partial_relief", "April: nothing below the whole bargain"),
    ),
    ("us", "room-for-steps"): (
        ("not us.partial_relief", "April: no reward in instalments"),
        (
            f"us.partial_relief if ({SOME_STEP} and not {DISARMED})",
            "any proven step under the agreed goal is rewarded",
        ),
    ),
    ("us", "outreach-spares-enforcement"): (
        ("us.enforce if dprk.talks", "April: pressure stays high whatever is said"),
        ("not us.enforce if (dprk.talks and not dprk.short_tests)", "spared only while nothing is tested"),
    ),
    ("us", "exercises-follow-tests"): (
        ("us.exercises iff dprk.short_tests", "short-range tests are enough to bring exercises back"),
        ("us.exercises iff not dprk.talks", "exercises stay off for as long as there are talks"),
    ),
    ("us", "threats-follow-tests"): (
        ("not us.rhetoric", "July: no threats whatever happens"),
        ("us.rhetoric iff dprk.short_tests", "any test is answered with threats"),
    ),
    ("dprk", "keep-arsenal"): (
        (f"not {DISARMED} if not us.full_relief", "April: second thoughts, the full price would do"),
        ("none_of(dprk.freeze, dprk.end_point)", "July: no change of course in anything"),
        ("not dprk.dismantle", "not even a token part is given up"),
    ),
    ("dprk", "small-price"): (
        ("not dprk.dismantle", "July: eight accords were not kept"),
        (f"dprk.dismantle if {RELIEF}", "pays for relief, and might give something away without"),
        (f"at_least_one(dprk.dismantle, dprk.freeze) iff {RELIEF}", "pays with a token part or with a halt"),
    ),
    ("dprk", "stronger-measures"): (
        ("dprk.long_tests iff us.rhetoric", "only threats break the pause"),
        ("dprk.long_tests iff at_least_one(us.rhetoric, us.exercises)", "exercises alone break the pause"),
        ("dprk.long_tests iff at_least_one(us.rhetoric, us.enforce)", "full enforcement alone breaks it"),
        ("not dprk.long_tests", "the warning is empty"),
    ),
    ("dprk", "talks-for-softness"): (
        ("dprk.talks iff none_of(us.enforce, us.exercises, us.rhetoric)", "no talks under full pressure"),
        (f"dprk.talks iff {RELIEF}", "meets only for relief"),
    ),
    ("dprk", "short-range-pressure"): (
        ("not dprk.short_tests", "the launches of May were no policy"),
        ("dprk.short_tests iff us.exercises", "short-range tests answer exercises"),
    ),
    ("russia", "cushion"): (
        ("russia.leak iff us.enforce", "leaks against enforcement even after a long-range test"),
        ("not russia.leak", "keeps to the resolutions"),
    ),
}
