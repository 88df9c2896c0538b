"""For which results a proof recorded by hand may stand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from analytics.gate import takes_proof

POSITION, EARLIER = date(2025, 6, 30), date(2025, 5, 5)


@dataclass(frozen=True)
class Judged:
    payment: int
    judged_on: date


@dataclass(frozen=True)
class Paid:
    number: int
    tgl_bayar: date | None


@dataclass(frozen=True)
class Papers:
    payments: list[Paid]
    judgements: list[Judged]


@pytest.mark.parametrize(
    ("payment", "judged_on", "paid_on", "takes"),
    [
        (0, POSITION, None, True),
        (1, POSITION, None, True),  # asked for, and judged at the position
        (1, EARLIER, EARLIER, False),
        (1, POSITION, POSITION, False),  # paid on the very day: what was known of it counts
    ],
)
def test_a_proof_stands_at_the_position_and_for_what_is_only_asked_for(payment, judged_on, paid_on, takes):
    judged: Any = Judged(payment, judged_on)
    papers: Any = Papers([Paid(1, paid_on)], [Judged(0, POSITION), judged])
    assert takes_proof(papers, judged) is takes
