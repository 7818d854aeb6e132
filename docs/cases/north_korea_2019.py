"""The results in north-korea-2019.md, computed.

`python docs/cases/north_korea_2019.py --write` puts them between the markers of the page,
`<!-- results:NAME -->` and `<!-- /results -->`. All chance comes from `SEED`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from changes import flips, unstable
from experiments import (
    better_than_today,
    order_of,
    outcome,
    outcomes,
    random_rankings,
    solved,
    where,
    with_order,
    with_shuffled_orders,
    with_swaps,
    with_wording,
)
from findings import DEALS, SAMPLES, SEED, Case
from markdown import bullets, code, joined, kinds, paragraphs, share, short, table
from wordings import WORDINGS

from standoff.analyses.outcomes import Outcome
from standoff.report.patterns import shortfall_sentences
from standoff.report.words import side_sentence
from standoff.stability.concepts import CORE
from standoff.study import Study

PAGE = Path(__file__).with_name("north-korea-2019.md")
FEWER = 100
SWAPS = (1, 2, 4)


def base(case: Case) -> str:
    study = case.studies["base"]
    today, crisis = study.space.status_quo, study.space.index("crisis")
    rows: list[list[object]] = []
    for number, name in enumerate(case.names):
        held = kinds(concept for concept in CORE if study.stable[concept][number, today])
        rows.append([name, held, *(f"{study.stable[concept][number].sum():,}" for concept in CORE)])
    held = kinds(concept for concept in CORE if study.stable[concept][:, today].all())
    rows.append(["everybody", held, *equilibria(study)])
    worse = [ranks[crisis] < ranks[today] for ranks in study.graph.ranks]
    return paragraphs(
        bullets(side_sentence(study, study.status_quo, dm) for dm in study.decision_makers),
        "Wishes that are not met today, and how many of them their owner could meet by a move of its own:",
        within_reach(case),
        f"Under which concept today holds, and how many of the {study.space.size:,} states are stable:",
        table(["", "today", *short(CORE)], rows),
        f"The Nash equilibria are {nash_equilibria(study)}. "
        f"The crisis is worse than today for {share(worse)} parties.",
    )


def within_reach(case: Case) -> str:
    graph, today, rows = case.base.graph, case.base.today, []
    for dm, name in enumerate(case.names):
        moves = graph.moves(dm, today)
        met = [graph.space.where(rule.statement.expression) for rule in order_of(case.conflict, dm)]
        unmet = [true for true in met if not true[today]]
        rows.append([name, len(met), len(unmet), sum(bool(true[moves].any()) for true in unmet)])
    rows.append(["everybody", *(sum(int(row[k]) for row in rows) for k in (1, 2, 3))])
    return table(["", "statements", "not met today", "met by some move of its own"], rows)


def equilibria(study: Study) -> list[str]:
    sizes = [study.equilibrium_states(concept).size for concept in CORE]
    return [f"{size:,} ({size / study.space.size:.1%})" for size in sizes]


def nash_equilibria(study: Study) -> str:
    taken = {label: study.space.taken(study.space.index(label)) for label in study.equilibria["nash"]}
    return joined((f"`{label}` ({joined(options)})" for label, options in taken.items()), by="; ")


def baseline(case: Case) -> str:
    rows = []
    for concept, name in zip(CORE, short(CORE), strict=True):
        numbers = [int(o.equilibria(concept).sum()) for o in case.at_random]
        low, high = np.percentile(numbers, [5, 95])
        model = int(case.base.equilibria(concept).sum())
        rows.append([name, f"{model:,}", f"{np.mean(numbers):,.1f}", f"{low:,.0f} to {high:,.0f}"])
    return paragraphs(
        table(["equilibria under", "this model", "random rankings, mean", "5 to 95 % of samples"], rows),
        f"{SAMPLES} samples, seed {SEED}. In each, every party's ranking is shuffled over the states; ties "
        "keep their sizes, and states and moves stay as they are.",
    )


def deals(case: Case) -> str:
    study = case.studies["base"]
    found = {deal: study.pattern(pattern) for deal, pattern in case.deals.items()}
    sizes, stable, compared, reasons = [], [], [], []
    for deal, each in found.items():
        of = each.stable["sseq"].values()
        sizes.append([f"`{deal}`", each.states, *(each.equilibria[concept] for concept in CORE)])
        stable.append([f"`{deal}`", *(f"{number} of {each.states}" for number in of)])
        than = each.than_status_quo.values()
        compared.append([f"`{deal}`", *(f"{c.better} / {c.equal} / {c.worse}" for c in than)])
        first, *rest = shortfall_sentences(study, each, "sseq")
        reasons += [f"- `{deal}`. {first}", *(f"  {sentence}" for sentence in rest)]
    return paragraphs(
        "How many states of each deal are equilibria:",
        table(["deal", "states", *short(CORE)], sizes),
        "How many are stable for each party under SSEQ:",
        table(["deal", *case.names], stable),
        "How many each party finds better than / equal to / worse than today:",
        table(["deal", *case.names], compared),
        "For whom a deal does not hold, and why; the reason is given at the state nearest to today:",
        "\n".join(reasons),
        better_for(case),
    )


def better_for(case: Case) -> str:
    better = better_than_today(case.base)
    both, package = better[:2].all(axis=0), where(case.base, case.deals["package"])
    others = []
    for dm in range(2, len(better)):
        too = both & better[dm]
        others.append(
            f"{case.names[dm]} finds {too.sum()} of them better, {(too & package).sum()} in `package`"
        )
    statement = "no-small-deal"
    kept = [rule for rule in order_of(case.conflict, 0) if rule.id != statement]
    without = outcome(with_order(case.conflict, 0, kept))
    return paragraphs(
        "Better than today for the United States and North Korea alike are "
        f"{better_for_both(case, case.base)}. "
        f"{joined(others, by='; ')}. All five find {better.all(axis=0).sum()} better.",
        f"Without the statement `{statement}` of the United States they would be "
        f"{better_for_both(case, without)}.",
    )


def better_for_both(case: Case, o: Outcome) -> str:
    both = better_than_today(o)[:2].all(axis=0)
    of_deals = {deal: int((both & where(o, pattern)).sum()) for deal, pattern in case.deals.items()}
    rest = int(both.sum()) - sum(of_deals.values())
    listed = [f"{number} in `{deal}`" for deal, number in of_deals.items() if number]
    return f"{both.sum()} states: {joined([*listed, f'{rest} in none of the deals'])}"


def robustness(case: Case) -> str:
    tried: dict[str, list[Outcome]] = {"random rankings": case.at_random}
    for swaps in SWAPS:
        changed = list(with_swaps(case.conflict, swaps, FEWER, SEED + swaps))
        tried[f"{swaps} swap{'s' if swaps > 1 else ''}"] = outcomes(changed)
    tried["any order"] = outcomes(list(with_shuffled_orders(case.conflict, FEWER, SEED)))
    tried["other wording"] = [o for *_, o in reworded(case)]
    others = tried["today differs"] = [o for edit, o in case.edits if edit.kind == "today"]
    rows = []
    for finding in case.findings:
        shares = [share(map(finding.holds, found)) for found in tried.values()]
        last = shares.pop() if finding.is_about_today else (shares.pop() and "-")
        rows.append([f"{finding.sentence} (`{finding.key}`)", *shares, last])
    places = sum(len(order_of(case.conflict, dm)) - 1 for dm in range(len(case.names)))
    around = [int(sum(o.equilibria(concept)[o.today] for o in others)) for concept in CORE]
    beside = joined(f"{n} under {name}" for n, name in zip(around, short(CORE), strict=True))
    return paragraphs(
        table(["finding", *tried], rows),
        "Each cell: the share of variants in which the finding holds. Swaps: that many times, one of the "
        f"{places} pairs of neighbouring statements changes places ({FEWER} variants each, seeds "
        f"{joined(str(SEED + swaps) for swaps in SWAPS)}). Any order: everybody keeps its statements in a "
        f"random order ({FEWER} variants, seed {SEED}). Other wording: the list below. Today differs: one "
        "coordinate of the status quo is changed, wherever that is feasible; two findings are about today.",
        f"Of the {len(others)} states one coordinate away from today, equilibria are: {beside}.",
    )


def reworded(case: Case) -> list[tuple[int, str, str, str, Outcome]]:
    """Party, statement, other wording, why, and what it leads to."""
    ids = [dm.id for dm in case.conflict.decision_makers]
    listed = [(ids.index(dm), key, *each) for (dm, key), others in WORDINGS.items() for each in others]
    changed = [with_wording(case.conflict, dm, key, text) for dm, key, text, _ in listed]
    found = outcomes(changed)
    return [(*each, o) for each, o in zip(listed, found, strict=True)]


def wordings(case: Case) -> str:
    rows = [
        [f"{case.names[dm]} `{key}`", f"`{text}`", why, joined(lost(case, o))]
        for dm, key, text, why, o in reworded(case)
    ]
    return table(["statement", "other wording", "why", "findings lost"], rows, numbers="---")


def lost(case: Case, o: Outcome) -> list[str]:
    return code(finding.key for finding in case.findings if not finding.holds(o))


def variants(case: Case) -> str:
    rows, better, nash = [], [], []
    for variant, study in case.studies.items():
        o = outcome(study.conflict)
        held = kinds(concept for concept in CORE if o.equilibria(concept)[o.today])
        counts = [f"{o.equilibria(concept).sum():,}" for concept in ("nash", "gmr", "seq", "sseq")]
        places = [where(o, pattern) for pattern in case.deals.values()]
        holding = [share(o.equilibria("sseq")[where].tolist()) for where in places]
        rows.append([f"`{variant}`", f"`{study.status_quo}`", held, *counts, *holding])
        kept = code(finding.key for finding in case.findings if finding.holds(o))
        better.append(
            [f"`{variant}`", better_than_today(o).all(axis=0).sum(), joined(kept), joined(lost(case, o))]
        )
        nash.append(f"`{variant}`: {nash_equilibria(study)}")
    headings = ["variant", "status quo", "it holds under", "Nash", "GMR", "SEQ", "SSEQ", *code(DEALS)]
    return paragraphs(
        table(headings, rows),
        "Nash to SSEQ: how many equilibria there are. Deals: how many of their states are SSEQ equilibria.",
        table(["variant", "better for all five", "findings kept", "findings lost"], better, numbers="---"),
        "Nash equilibria:",
        bullets(nash),
    )


def parties(case: Case) -> str:
    graph, decorative = case.base.graph, []
    drawn = [random_rankings(graph, FEWER, SEED + 10 + dm, only=dm) for dm in range(len(case.names))]
    found = [solved(graph, rankings) for rankings in drawn]
    rows = []
    for finding in case.findings:
        changed = [sum(not finding.holds(o) for o in each) for each in found]
        rows.append([f"`{finding.key}`", *changed])
        idle = [name for name, number in zip(case.names, changed, strict=True) if not number]
        if idle:
            decorative.append(f"for `{finding.key}`: {joined(idle)}")
    return paragraphs(
        table([f"changed in so many of {FEWER}", *case.names], rows),
        f"Seeds {SEED + 10} to {SEED + 9 + len(found)}, one for each party. "
        f"Decorative, since replacing it never changes anything, {joined(decorative, by='; ')}.",
    )


SECTIONS: dict[str, Callable[[Case], str]] = {
    "base": base,
    "baseline": baseline,
    "deals": deals,
    "robustness": robustness,
    "flips": flips,
    "wordings": wordings,
    "variants": variants,
    "unstable": unstable,
    "parties": parties,
}
_SECTION = re.compile(r"(<!-- results:([a-z-]+) -->\n).*?(<!-- /results -->)", re.DOTALL)


def page(text: str) -> str:
    """Return the page with its results computed anew."""
    case = Case()

    def computed(match: re.Match[str]) -> str:
        return f"{match[1]}\n{SECTIONS[match[2]](case)}\n\n{match[3]}"

    return _SECTION.sub(computed, text)


def main() -> int:
    if sys.argv[1:] != ["--write"]:
        print(__doc__)
        return 2
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
