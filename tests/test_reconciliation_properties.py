"""Whatever the deliveries, what differs between projects, registrations and payments is what the naive twin finds.

An example costs about a second, most of it the edition: CAKUPAN_EXAMPLES=20 runs twenty times as many.
"""

import tempfile
from datetime import date
from pathlib import Path

import duckdb
from hypothesis import given, note

from analytics.causes import CAUSES, DIFFERENCES
from analytics.reconciliation import lines, summary
from analytics.row import Scope
from data.editions import current_edition, publish
from data.home import Home
from tests import naive, naive_gate, naive_projects, naive_reconciliation
from tests.test_gate_properties import judged_worlds
from tests.test_rollup_properties import described, property_of_worlds
from tests.worlds import load_world

RECONCILED = f"select kode_proyek, cause, causes, {', '.join(naive_reconciliation.FACTS)} from reconciliation"
UNMATCHED = "select kind, reason, kode_proyek, no_spk, rows from unmatched"
PAIRS = """
select place, month, persons, named_persons, unnamed_headcount, persons_as_of, reported, half_unit, source, as_of
from count_pair
"""


@property_of_worlds(4)
@given(judged_worlds())
def test_what_differs_is_what_the_twin_finds(world):
    note(described(world))
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        load_world(home, world)
        publish(home, as_of=world["as_of"])
        edition = current_edition(home)
        assert edition is not None
        ends = [date.fromisoformat(edition.meta[name]) for name in ("first_month", "last_month") if edition.meta[name]]
        with duckdb.connect(str(edition.path), read_only=True) as opened:
            reconciled, unmatched, pairs = (
                opened.execute(query).fetchall() for query in (RECONCILED, UNMATCHED, PAIRS)
            )
        assert_every_line_is_counted_once(edition, len(unmatched), len(reconciled))
    months = naive.months(world)
    names = ("cause", "causes", *naive_reconciliation.FACTS)
    found = {row[0]: dict(zip(names, row[1:], strict=True)) for row in reconciled}
    judged = naive_gate.judgements(world, ends, naive_gate.nameless(naive_projects.project_months(world)))
    expected = naive_reconciliation.projects(world, ends, months, judged)
    assert found.keys() == expected.keys()
    for code, row in expected.items():
        assert found[code] == row, code
    assert sorted(unmatched, key=repr) == naive_reconciliation.unmatched(world)
    assert {row[:2]: row[2:] for row in pairs} == naive_reconciliation.pairs(world, months)


def assert_every_line_is_counted_once(edition, unmatched, projects):
    """The summary adds up to all lines, and the pages of every cause to the summary."""
    counted = {count.cause: count.lines for count in summary(edition, Scope("00"))}
    assert sum(counted.values()) == unmatched + projects
    for cause in CAUSES:
        found = lines(edition, Scope("00"), causes=(cause,), limit=1000)
        assert len(found.rows) == found.total == counted.get(cause, 0), cause
    pages = [lines(edition, Scope("00"), limit=2, offset=offset) for offset in range(0, 40, 2)]
    shown = [row for page in pages for row in page.rows]
    assert shown == lines(edition, Scope("00"), limit=1000).rows[:40]
    assert {page.total for page in pages} == {sum(counted.get(cause, 0) for cause in DIFFERENCES)}
