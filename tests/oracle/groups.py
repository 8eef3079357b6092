"""The model of anonymous groups by trying every seating: who supports, opposes, is neutral or silent.

A statement is a dictionary: stance, named and excluded (sets), kind ("names", "sizes", "few", "all"), lo, hi, group (an id or
None). A cell is a list of statements on one issue; none of them takes another back.
"""

from fractions import Fraction
from itertools import combinations, product

NAME, COUNT, WORD = 2, 1, 0


def cell(roster, statements):
    """The seatings of a cell with their probability, and who is left out of it."""
    stands, left_out = standing(statements)
    sides = {}
    for stance in ("support", "oppose"):
        named = {state for state, held in stands.items() if held == stance}
        sides[stance] = gathered([s for s in statements if s["stance"] == stance], named, len(roster))
    neutral = {state for state, held in stands.items() if held == "neutral"}
    fixed = set(stands) | left_out
    free = [state for state in roster if state not in fixed]
    options = [["silent", *(stance for stance in sides if state not in sides[stance]["excluded"])] for state in free]
    by_size = {}
    for seats in product(*options):
        size = tuple(len(sides[stance]["named"]) + seats.count(stance) for stance in ("support", "oppose"))
        by_size.setdefault(size, []).append(seats)
    fitted(sides, by_size)
    lo, hi = ([sides[stance][end] for stance in ("support", "oppose")] for end in ("lo", "hi"))
    feasible = [size for size in by_size if all(lo[i] <= size[i] <= hi[i] for i in (0, 1))]
    seatings = []
    for size in feasible:
        chance = Fraction(1, len(feasible) * len(by_size[size]))
        for seats in by_size[size]:
            where = dict(zip(free, seats, strict=True))
            where.update(dict.fromkeys(neutral, "neutral"))
            where.update({state: stance for stance in sides for state in sides[stance]["named"]})
            seatings.append((where, chance))
    return seatings, left_out


def standing(statements):
    """Where each named state stands, and which ones contradict themselves: a side outranks a neutral mention."""
    said = {}
    for statement in statements:
        for state in statement["named"]:
            clear = state not in statement["excluded"]
            said.setdefault(state, []).append((statement["stance"], clear))
    stands, left_out = {}, set()
    for state, sayings in said.items():
        weighty = {saying for saying in sayings if saying != ("neutral", True)}
        if not weighty:
            stands[state] = "neutral"
        elif len(weighty) == 1 and next(iter(weighty))[1]:
            stands[state] = next(iter(weighty))[0]
        else:
            left_out.add(state)
    return stands, left_out


def gathered(statements, named, members):
    """A side: its names, its exceptions, and the least and most members that its groups allow."""
    excluded = {state for s in statements for state in s["excluded"]} - named
    groups = {}
    for at, statement in enumerate(statements):
        if statement["kind"] != "names" or statement["group"]:
            groups.setdefault(statement["group"] or at, []).append(statement)
    ranges = [found for told in groups.values() if (found := told_range(told, named, members))]
    in_groups = set().union(*(names for _, _, _, names in ranges)) if ranges else set()
    lo = max([len(named), *(low for low, _, _, _ in ranges)])
    hi = max(len(named), sum(high for _, high, _, _ in ranges) + len(named - in_groups))
    count = max((counted for _, _, counted, _ in ranges), default=0)
    return {"named": named, "excluded": excluded, "lo": lo, "hi": hi, "count": count}


def told_range(told, named, members):
    """One group told once or more: where its ranges meet, or the widest; None where no telling gives a size."""
    ranges = []
    for statement in told:
        if statement["kind"] == "names":
            continue
        names = len(statement["named"])
        if statement["kind"] == "all":
            low = high = members - len(statement["excluded"] - statement["named"])
        else:
            low, high = max(statement["lo"], names), max(statement["hi"], names)
        gone = len(statement["named"] - named)
        ranges.append((max(0, low - gone), max(0, high - gone), statement["kind"] == "sizes"))
    if not ranges:
        return None
    low, high = max(r[0] for r in ranges), min(r[1] for r in ranges)
    if low > high:
        low, high = min(r[0] for r in ranges), max(r[1] for r in ranges)
    names = {state for s in told for state in s["named"] & named}
    count = min(max((r[0] for r in ranges if r[2]), default=0), low)
    return max(low, len(names)), max(high, len(names)), count, names


def fitted(sides, by_size):
    """Bounds the upper ends by what the roster leaves; lowers the lower end that rests on less until a pair fits."""
    both = [sides["support"], sides["oppose"]]
    for i, side in enumerate(both):
        side["hi"] = min(side["hi"], max(size[i] for size in by_size))

    def rank(side):
        return NAME if side["lo"] <= len(side["named"]) else COUNT if side["lo"] <= side["count"] else WORD

    # The smallest sizes that are asked for decide: whoever can seat more can seat fewer.
    while (both[0]["lo"], both[1]["lo"]) not in by_size or any(side["lo"] > side["hi"] for side in both):
        ranks = [rank(side) for side in both]
        if ranks == [NAME, NAME]:
            break
        for side, own in zip(both, ranks, strict=True):
            side["lo"] -= own == min(ranks)


def positions(roster, statements):
    """For each member the chance of support, opposition and being neutral; None where it is left out."""
    seatings, left_out = cell(roster, statements)
    chance = {
        state: [
            float(sum(p for where, p in seatings if where[state] == seat)) for seat in ("support", "oppose", "neutral")
        ]
        for state in roster
        if state not in left_out
    }
    return {state: chance.get(state) for state in roster}


def agreement(roster, cells, silence):
    """The scores of every pair over weighted cells, by the formulas of the model."""
    sums = {two: dict.fromkeys(SUMS, Fraction(0)) for two in combinations(sorted(roster), 2)}
    for weight, statements in cells:
        seatings, left_out = cell(roster, statements)
        for (a, b), sum_of in sums.items():
            if a in left_out or b in left_out:
                continue
            chance = {"agree": Fraction(0), "disagree": Fraction(0), "apart": Fraction(0)}
            for where, p in seatings:
                seats = (where[a], where[b])
                sided = silence == "category" or all(seat in ("support", "oppose") for seat in seats)
                chance["apart" if not sided else "agree" if seats[0] == seats[1] else "disagree"] += p
            can = {outcome for outcome, p in chance.items() if p}
            sum_of["agree"] += chance["agree"]
            sum_of["disagree"] += chance["disagree"]
            sum_of["agree_weight"] += weight * chance["agree"]
            sum_of["disagree_weight"] += weight * chance["disagree"]
            for outcome in ("agree", "disagree"):
                sum_of[f"can_{outcome}"] += weight * (outcome in can)
                sum_of[f"must_{outcome}"] += weight * (can == {outcome})
            sum_of["shared_lower"] += bool(can) and "apart" not in can
            sum_of["shared_upper"] += bool(can - {"apart"})
    return {two: scored(found) for two, found in sums.items()}


SUMS = [
    "agree",
    "disagree",
    "agree_weight",
    "disagree_weight",
    "can_agree",
    "can_disagree",
    "must_agree",
    "must_disagree",
    "shared_lower",
    "shared_upper",
]


def scored(s):
    """The columns of one pair."""

    def share(part, rest, otherwise):
        return part / (part + rest) if part + rest else otherwise

    return {
        "agreement": share(s["agree_weight"], s["disagree_weight"], None),
        "lower": share(s["must_agree"], s["can_disagree"], 1 if s["can_agree"] else None),
        "upper": share(s["can_agree"], s["must_disagree"], 0 if s["can_disagree"] else None),
        "shared": s["agree"] + s["disagree"],
        **{name: s[name] for name in ("agree", "disagree", "shared_lower", "shared_upper")},
    }
