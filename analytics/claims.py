"""What the figures of a text claim of each other, and whether that can be true of any numbers that round to them.

A *share*: 123 ribu dari 270 ribu, beside a percentage. A *change*: dari 42,4 % menjadi 45,6 %, beside points, a
percentage or a count, or only a word such as *naik*. A *sum*: parts and what they are said to add up to
(analytics.claim_sums). Each is recomputed exactly from the figures as printed; low to
high is what their rounding allows (analytics.claim_figures).

consistent: the stated range and the recomputed range share a number. inconsistent: they do not; `off_by` is stated −
recomputed, `beyond` the empty distance between both ranges. cannot_tell: `reason` says why, as in REASONS. A share of
zero, a share without its percentage, and figures whose relation no word says are never guessed to be wrong; nor is a
percentage that merely stands near (analytics.claim_results).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from analytics.claim_figures import Figure, Text, read
from analytics.claim_places import END, before, ends, gap, near
from analytics.claim_results import (
    DOWN,
    TO,
    UP,
    is_said,
    leads_to_whole,
    may_be_elsewhere,
    next_part,
    other_result,
    result_of,
    sizes_said,
    tells_multiple,
)
from analytics.claim_sums import sums

REASONS = (
    "no_numbers",
    "one_number",  # a single figure: only what is stored can be set beside it
    "no_relation",  # figures, but no words that set one against another
    "nothing_stated",  # a share or change is recomputed, but the text states no result of it
    "result_unsaid",  # a figure stands near that contradicts it, and nothing says that it is its result
    "whole_unsaid",  # a further part whose percentage contradicts the whole before, and may be of another one
    "multiple",  # 'tiga kali lipat', 'by half': these are not read
    "zero_denominator",
    "closing_zeros",  # true only if the closing zeros of a count printed in full are rounding
    "unequal_kinds",  # money over persons
)
FROM_BEFORE = re.compile(r"(?<!\blebih )(?<!\bkurang )\b(?:dari|from|of|semula)\b[^0-9_]{0,40}$", re.IGNORECASE)

Range = tuple[Fraction | None, Fraction | None]  # None: no end


@dataclass(frozen=True)
class Claim:
    """One thing said of figures. `kind` is share (`first` over `second`), change (`first` to `second`) or sum, whose
    parts are `parts`, the first two of them `first` and `second`.

    `unit` is that of value, low, high, off_by and beyond: percent, points, count or rupiah. value None: not computable.
    """

    kind: str
    first: Figure
    second: Figure
    stated: Figure | None
    unit: str
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    verdict: str
    reason: str | None = None
    off_by: Fraction | None = None
    beyond: Fraction | None = None
    notes: tuple[str, ...] = ()
    parts: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Checked:
    """A text with its claims. `verdict` is inconsistent if one of them is, else consistent if one is and no further
    part of a whole contradicts it."""

    text: Text
    claims: tuple[Claim, ...]
    verdict: str
    reason: str | None


def check(text: str) -> Checked:
    """The claims of a text and their verdicts; CakupanError when it is too long, or could name a person."""
    found = read(text)
    claims = tuple(sorted(_claims(found), key=_place))
    verdicts = {claim.verdict for claim in claims}
    verdict = next((one for one in ("inconsistent", "consistent") if one in verdicts), "cannot_tell")
    reason = None
    if verdict == "consistent" and "whole_unsaid" in {claim.reason for claim in claims}:
        verdict, reason = "cannot_tell", "whole_unsaid"
    elif verdict == "cannot_tell":
        reason = claims[0].reason if claims else _why_no_claim(found)
    return Checked(found, claims, verdict, reason)


def _why_no_claim(text: Text) -> str:
    if not text.figures:
        return "no_numbers"
    return "one_number" if len(text.figures) == 1 else "no_relation"


def _place(claim: Claim) -> int:
    return min(figure.start for figure in (claim.first, claim.second, *claim.parts))


def share(first: Figure, second: Figure, stated: Figure | None) -> Claim:
    """What first of second is in percent, against what is stated."""
    claim = Claim("share", first, second, stated, "percent", None, None, None, "cannot_tell")
    if not _fit(first, second):
        return replace(claim, reason="unequal_kinds")
    if second.value <= 0:
        return replace(claim, reason="zero_denominator")
    value = 100 * first.value / second.value
    notes = ("over_100",) if value > 100 else ()
    claim = replace(claim, value=value, notes=notes)
    return _judged(claim, lambda zeros: _share_range(_range(first, zeros), _range(second, zeros)))


def change(first: Figure, second: Figure, stated: Figure | None, direction: int) -> Claim:
    """What second is more than first, against what is stated: points, a relative percentage, or a count.

    `direction` is 1 (naik), -1 (turun) or 0 (no word). Percent of percents may mean points or a share of the first:
    whichever of them fits, points being noted.
    """
    in_points = _points(first, second, stated, direction)
    if stated is None or stated.kind != "percent":
        return in_points
    relative = _relative(first, second, stated, direction)
    if first.kind != "percent" or relative.verdict == "consistent" != in_points.verdict:
        return relative
    return replace(in_points, notes=("in_points",)) if in_points.verdict == "consistent" else in_points


def added(parts: tuple[Figure, ...], stated: Figure) -> Claim:
    """What the parts come to, against what is stated."""
    unit = "percent" if stated.kind == "percent" else stated.kind
    value = sum((part.value for part in parts), Fraction(0))
    claim = Claim("sum", parts[0], parts[1], stated, unit, value, None, None, "cannot_tell", parts=parts)

    def bounds(zeros: bool) -> Range:
        lows, highs = zip(*(_range(part, zeros) for part in parts), strict=True)
        return _total(lows), _total(highs)

    return _judged(claim, bounds)


def _total(ends_of_parts: tuple[Fraction | None, ...]) -> Fraction | None:
    told = [end for end in ends_of_parts if end is not None]
    return sum(told, Fraction(0)) if len(told) == len(ends_of_parts) else None


def _points(first: Figure, second: Figure, stated: Figure | None, direction: int) -> Claim:
    unit = "points" if first.kind == "percent" else first.kind
    difference = second.value - first.value
    claim = Claim("change", first, second, stated, unit, difference, None, None, "cannot_tell")

    def bounds(zeros: bool) -> Range:
        (low, high), (from_low, from_high) = _range(second, zeros), _range(first, zeros)
        return _minus(low, from_high), _minus(high, from_low)

    return _judged(claim, bounds, direction)


def _relative(first: Figure, second: Figure, stated: Figure, direction: int) -> Claim:
    claim = Claim("change", first, second, stated, "percent", None, None, None, "cannot_tell")
    if first.value <= 0:
        return replace(claim, reason="zero_denominator")

    def bounds(zeros: bool) -> Range:
        low, high = _share_range(_range(second, zeros), _range(first, zeros))
        return _minus(low, Fraction(100)), _minus(high, Fraction(100))

    return _judged(replace(claim, value=100 * second.value / first.value - 100), bounds, direction)


def _judged(claim: Claim, bounds: Callable[[bool], Range], direction: int = 0) -> Claim:
    """The claim with its range and verdict; `bounds` is asked again as if closing zeros were rounding."""
    low, high = bounds(False)
    claim = replace(claim, low=low, high=high)
    assert claim.value is not None, claim
    if claim.stated is None:
        return _of_direction(claim, direction)
    signed = _signed(claim.stated, claim.value, direction)
    if _meet(signed, (low, high)):
        return replace(claim, verdict="consistent")
    if _meet(signed, bounds(True)):
        return replace(claim, reason="closing_zeros")
    least, most = signed
    off_by = None if least is None or most is None else (least + most) / 2 - claim.value
    return replace(claim, verdict="inconsistent", off_by=off_by, beyond=_distance(signed, (low, high)))


def _of_direction(claim: Claim, direction: int) -> Claim:
    """Without a stated result only the word can be wrong: naik, where every number that fits went down."""
    if not direction:
        return replace(claim, reason="nothing_stated")
    against = claim.high is not None and claim.high < 0 if direction > 0 else claim.low is not None and claim.low > 0
    if against:
        return replace(claim, verdict="inconsistent", notes=("direction",))
    return replace(claim, verdict="consistent", notes=("direction",))


def _signed(stated: Figure, value: Fraction, direction: int) -> Range:
    """The stated range; of a change its words give the sign, or the recomputed value where no word does."""
    down = direction < 0 or (direction == 0 and value < 0 < stated.value and stated.kind != "percent")
    if down and stated.value > 0:
        return (None if stated.high is None else -stated.high), -stated.low
    return stated.low, stated.high


def _share_range(part: Range, whole: Range) -> Range:
    low = Fraction(0) if whole[1] is None or part[0] is None else 100 * part[0] / whole[1]
    high = None if part[1] is None or whole[0] is None or whole[0] <= 0 else 100 * part[1] / whole[0]
    return low, high


def _range(figure: Figure, zeros: bool) -> Range:
    return (figure.zeros_low, figure.zeros_high) if zeros else (figure.low, figure.high)


def _minus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one - other


def _meet(one: Range, other: Range) -> bool:
    return _distance(one, other) == 0


def _distance(one: Range, other: Range) -> Fraction:
    gaps = [_minus(other[0], one[1]), _minus(one[0], other[1])]
    return max([Fraction(0), *(gap for gap in gaps if gap is not None)])


def _fit(first: Figure, second: Figure) -> bool:
    """Rp2,3 M dari 4,6 M: who names rupiah once need not twice, of an amount as large; 4,6 juta may be persons."""
    is_short_rupiah = (first.kind, second.kind) == ("rupiah", "count") and 1 < first.scale <= second.scale
    return first.kind == second.kind or is_short_rupiah


def _claims(text: Text) -> Iterator[Claim]:
    """Sums, then changes, then shares by their words, then three figures alone that no word relates."""
    figures, free = text.figures, set(range(len(text.figures)))
    added_up = list(sums(text))
    in_sums = {place for parts, total in added_up for place in (*parts, total)}
    yield from (added(tuple(figures[place] for place in parts), figures[total]) for parts, total in added_up)
    free -= {place for parts, _total in added_up for place in parts}
    pairs = [("change", *pair) for pair in _changes(text) if not in_sums & set(pair)]
    taken = in_sums | {place for _kind, first, second in pairs for place in (first, second)}
    pairs += [("share", *pair) for pair in _shares(text, taken)]
    free -= {place for _kind, first, second in pairs for place in (first, second)}
    pairs.sort(key=lambda pair: min(pair[1:]))
    for kind, first, second in pairs:
        result = result_of(text, (first, second), free, kind)
        claim = _claim(text, kind, (first, second), result)
        if result is not None and claim.verdict == "inconsistent" and not is_said(text, (first, second), result, kind):
            claim, result = _claim(text, kind, (first, second), None), None
            claim = replace(claim, reason=claim.reason and "result_unsaid")
        if kind == "change" and claim.verdict == "consistent":
            claim = _of_all_that_is_told(text, claim, (first, second), free)
        free -= {result}
        yield claim
        other = None if result is None or kind != "change" else other_result(text, (first, second), result, free)
        if other is not None:
            free -= {other}
            yield _claim(text, kind, (first, second), other)
        if kind == "share":
            yield from _further_parts(text, (first, second), result, free)
    if not pairs and not added_up:
        yield from _alone(figures)


def _further_parts(text: Text, pair: tuple[int, int], result: int | None, free: set[int]) -> Iterator[Claim]:
    """'Dari W, A (p %) … dan B (q %) …': B is a part of W too, or of A; of what else no word says.

    In the next sentence only where the parts come to the whole.
    """
    figures, last = text.figures, max(*pair, pair[0] if result is None else result)
    first, whole = figures[pair[0]], figures[pair[1]]
    told = [first]
    while found := next_part(text, last, first.kind, free):
        part, stated = found
        told.append(figures[part])
        is_all = added(tuple(told), whole).verdict == "consistent"
        if not is_all and not near(text, last, part):
            return
        claim, of_first = (share(figures[part], one, figures[stated]) for one in (whole, first))
        is_bound = is_all or (result is not None and not may_be_elsewhere(text, pair, part, stated))
        if claim.verdict == "inconsistent" and of_first.verdict == "consistent":
            claim = of_first
        elif claim.verdict == "inconsistent" and (not is_bound or "over_100" in claim.notes):
            claim = replace(share(figures[part], whole, None), reason="whole_unsaid")
        free -= {part, stated}
        last = stated
        yield claim


def _of_all_that_is_told(text: Text, claim: Claim, pair: tuple[int, int], free: set[int]) -> Claim:
    """A change proves nothing where the text tells a multiple too, nor its word alone where a size contradicts it."""
    said = ((text.figures[place], direction) for place, direction in sizes_said(text, pair, free))
    against = (change(claim.first, claim.second, *one).verdict == "inconsistent" for one in said)
    if "direction" in claim.notes and any(against):
        return replace(claim, verdict="cannot_tell", reason="result_unsaid", notes=())
    if tells_multiple(text, pair):
        return replace(claim, verdict="cannot_tell", reason="multiple", notes=())
    return claim


def _claim(text: Text, kind: str, pair: tuple[int, int], result: int | None) -> Claim:
    first, second = (text.figures[place] for place in pair)
    stated = None if result is None else text.figures[result]
    return share(first, second, stated) if kind == "share" else change(first, second, stated, _direction(text, *pair))


def _changes(text: Text) -> Iterator[tuple[int, int]]:
    """'dari A menjadi B'; between them perhaps what it changed by: 'dari A naik 3,2 poin menjadi B'."""
    last = -1
    for place, first in enumerate(text.figures):
        if place <= last or first.kind == "points" or not _is_start(before(text, place)):
            continue
        for after in (place + 1, place + 2):
            if after >= len(text.figures) or text.figures[after].kind != first.kind:
                continue
            if TO.search(gap(text, after - 1)) and near(text, place, after):
                last = after
                yield place, after
                break


def _is_start(told: str) -> bool:
    """'from 42.4 %', 'dari 42,4 %'; but in 'an increase of 3.2 % from …' the first figure is what it changed by, and in
    'dari setahun lalu. Cakupan naik 3,2 %' the word is of another sentence."""
    found = FROM_BEFORE.search(told)
    if found is None or ends(found[0]):
        return False
    return not (found[0].lower().startswith("of") and (UP.search(told) or DOWN.search(told)))


def _shares(text: Text, taken: set[int]) -> Iterator[tuple[int, int]]:
    """(part, whole) of 'A dari B', 'A, atau P persen, dari B', 'P persen dari B, atau A', 'dari B, A'."""
    used = set(taken)
    for place, figure in enumerate(text.figures):
        pair = None if place in used else _share_at(text, place, used)
        if pair and not used & set(pair) and figure.kind != "points":
            used |= set(pair)
            yield pair


def _share_at(text: Text, place: int, used: set[int]) -> tuple[int, int] | None:
    figures, after, next_one = text.figures, place + 1, place + 2
    if after >= len(figures) or after in used or not near(text, place, after):
        return None
    here, there = figures[place], figures[after]
    amounts = ("count", "rupiah")
    if here.kind in amounts and there.kind in amounts and leads_to_whole(gap(text, place)):
        return place, after
    has_third = next_one < len(figures) and next_one not in used and figures[next_one].kind in amounts
    if here.kind in amounts and there.kind == "percent" and has_third and near(text, after, next_one):
        return (place, next_one) if leads_to_whole(gap(text, after)) else None
    if here.kind == "percent" and there.kind in amounts and leads_to_whole(gap(text, place)) and has_third:
        belongs = near(text, after, next_one) and not leads_to_whole(gap(text, after))
        return (next_one, after) if belongs else None
    moved = UP.search(gap(text, place)) or DOWN.search(gap(text, place))
    if here.kind in amounts and there.kind in amounts and not moved and FROM_BEFORE.search(before(text, place)):
        return after, place
    return None


def _alone(figures: tuple[Figure, ...]) -> Iterator[Claim]:
    """Two counts and a percentage whose relation no word says: only that they fit can be said, never that not."""
    amounts = [figure for figure in figures if figure.kind in ("count", "rupiah")]
    percents = [figure for figure in figures if figure.kind == "percent"]
    if len(amounts) != 2 or len(percents) != 1:
        return
    one, other = amounts
    tried = [share(one, other, percents[0]), share(other, one, percents[0])]
    yield from [claim for claim in tried if claim.verdict == "consistent"][:1]


def _direction(text: Text, first: int, second: int) -> int:
    said = before(text, first) + text.text[text.figures[first].end : text.figures[second].start]
    if first and not END.search(before(text, first)):
        said = before(text, first - 1) + said
    up, down = len(UP.findall(said)), len(DOWN.findall(said))
    return (up > down) - (up < down) if not (up and down) else 0
