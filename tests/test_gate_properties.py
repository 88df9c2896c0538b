"""Whatever the deliveries, every project is judged, and the ladder climbed, as the naive twin does it.

An example costs about a second, most of it the edition: CAKUPAN_EXAMPLES=20 runs twenty times as many.
"""

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
from hypothesis import given, note
from hypothesis import strategies as st

from analytics.ladder import ladder
from analytics.row import Scope
from data.editions import current_edition, publish
from data.home import Home
from tests import naive, naive_gate, naive_projects
from tests.strategies import PROJECTS, worlds
from tests.test_rollup_properties import described, property_of_worlds
from tests.worlds import deliver, load_world

DAY = timedelta(days=1)
WAYS = st.sampled_from([None, "penyedia", "swakelola", "darurat"])
CONTRACTORS = st.sampled_from([None, "PT Contoh Musi", "KSO Contoh Ogan - Contoh Musi", "CV Kso Contoh", "PT Aksoma"])
VALUES = st.sampled_from([None, Decimal(90_000_000), Decimal("1110000000.50"), Decimal(6_000_000_000)])
# What the values above owe or a little less, so that the note of a short contribution is near its threshold.
PAID = st.sampled_from([None, Decimal(0), Decimal(216_000), Decimal(213_840), Decimal(1_750_000), Decimal(1_700_000)])


@st.composite
def judged_worlds(draw):
    """A world with payments, addenda, ways of carrying out, contractors and certificates."""
    world = draw(worlds())
    for row in world["rows"]["proyek"]:
        row |= {"cara_pelaksanaan": draw(WAYS), "penyedia": draw(CONTRACTORS), "nilai_kontrak": draw(VALUES)}
        row |= {"termasuk_ppn": draw(st.sampled_from([None, True, False]))}
        row["sumber_dana"] = draw(st.sampled_from([row["sumber_dana"], "Swasta", "APBD provinsi", "Lain"]))
        world["rows"]["nilai_lama"] += draw(old_versions(row))
    for row in world["rows"]["pendaftaran"]:
        row |= {"iuran_dibayar": draw(PAID), "no_sertifikat": draw(st.sampled_from([None, None, "JK/1"]))}
    for _ in range(draw(st.integers(1, 2))):
        rows = draw(st.lists(payment_rows(world), max_size=5))
        keys = [
            tuple(row.get(name) for name in ("kode_proyek", "tgl_permohonan", "termin", "tgl_bayar")) for row in rows
        ]
        rows = [row for row, key in zip(rows, keys, strict=True) if keys.count(key) == 1]
        deliver(world, "pembayaran", *rows, as_of=draw(st.sampled_from([date(2024, 1, 5), date(2025, 1, 1)])))
    return world


@st.composite
def old_versions(draw, row):
    signed = sorted(draw(st.lists(boundaries(row), max_size=3, unique=True)))
    return [
        {
            "batch_id": row["batch_id"],
            "data_as_of": row["data_as_of"],
            "kode_proyek": row["kode_proyek"],
            "versi": version,
            "tgl": day,
            "nilai_kontrak": draw(VALUES),
            "selesai": draw(st.sampled_from([None, row["selesai"] - 20 * DAY, row["selesai"] + 9 * DAY])),
        }
        for version, day in enumerate(signed)
    ]


def boundaries(row):
    """Days on which something may change for the project, and those beside them."""
    turns = [row[name] for name in ("mulai", "selesai", "tgl_spk") if row[name]]
    turns += [turn + 20 * DAY for turn in turns] + [turn - 20 * DAY for turn in turns]
    return st.sampled_from([turn + shift * DAY for turn in turns for shift in (-1, 0, 1)])


@st.composite
def payment_rows(draw, world):
    known = [row for row in world["rows"]["proyek"] if row["kode_proyek"] in PROJECTS]
    row = draw(st.sampled_from(known)) if known else None
    days = boundaries(row) if row else st.just(date(2024, 2, 29))
    asked, paid = draw(st.tuples(st.one_of(st.none(), days), st.one_of(st.none(), days)))
    return {
        "kode_proyek": row["kode_proyek"] if row else "P1",
        "tgl_permohonan": asked,
        "tgl_bayar": paid or (None if asked else draw(days)),
        "termin": draw(st.sampled_from([None, "Uang muka", "Termin 1", "Retensi 5%"])),
        "jumlah": Decimal(1),
    }


JUDGED = (
    "select kode_proyek, payment, judged_on, result, reason, late_days, unprotected_days, days_left, is_registered, "
    "notes, rules from judgement"
)


@property_of_worlds(3)
@given(judged_worlds())
def test_every_project_is_judged_as_the_twin_does(world):
    note(described(world))
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        load_world(home, world)
        publish(home, as_of=world["as_of"])
        edition = current_edition(home)
        assert edition is not None
        months = [
            date.fromisoformat(edition.meta[name]) for name in ("first_month", "last_month") if edition.meta[name]
        ]
        with duckdb.connect(str(edition.path), read_only=True) as opened:
            judged = opened.execute(JUDGED)
            names = [column[0] for column in judged.description or []]
            found = {row[:2]: dict(zip(names[2:], row[2:], strict=True)) for row in judged.fetchall()}
        reached = naive_projects.project_months(world)
        assert_same_ladder(edition, world, reached)
    twin = naive_gate.judgements(world, months, naive_gate.nameless(reached))
    assert found.keys() == twin.keys()
    for key, row in twin.items():
        assert found[key] == row, key


def assert_same_ladder(edition, world, reached):
    """At the last month end with a running project, of all of them and of those of each fund."""
    if not reached:
        return
    m = max(month for _, month in reached)
    funds = {
        row["kode_proyek"]: row["sumber_dana"] or naive.UNKNOWN for row in naive.settled(world)["winners"]["proyek"]
    }
    groups = {naive.NATION: list(funds)}
    groups |= {fund: [code for code in funds if funds[code] == fund] for fund in funds.values()}
    found = {}
    for rung in (*ladder(edition, m, Scope(naive.NATION)), *ladder(edition, m, Scope(naive.NATION), "fund")):
        found.setdefault(rung.group, {})[rung.rung] = (rung.projects, rung.lost, rung.unknown, rung.not_due)
    running = {group: codes for group, codes in groups.items() if any((code, m) in reached for code in codes)}
    assert found == {group: naive_gate.ladder(world, m, reached, codes) for group, codes in running.items()}
