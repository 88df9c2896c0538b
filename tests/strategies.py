"""Hypothesis generators of small worlds (see tests/worlds.py), dense in boundaries and in things that meet."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tests.naive import ALL_SECTORS, KINDS, SECTORS, month_end, natural_key
from tests.worlds import BLANK_ROW, deliver, empty_world

KABUPATEN = ["16.71", "16.02", "16.07"]
ELSEWHERE = "93.01"
ELSEWHERE_SIBLINGS = ["93.01", "93.02", "93.03", "93.04"]  # all kabupaten of Papua Selatan
SCOPES = ["00", "16", "16.71", "16.02", "16.07", "93", "93.01"]
OWNERS = {"Dinas PUPR": "OPD kabupaten/kota", "BBPJN": "Kementerian", "PT Contoh": None}
FUNDS = ["APBN", "APBD kabupaten/kota", None]
SOURCES = ["Kanwil", "Dinas", "Disnaker"]
PROJECTS = ["P1", "P2", "P3", "P4", "P5"]
UNKNOWN_PROJECT = "P9"
# Who works where: few enough that rosters and memberships meet, one person on three projects.
PLACEMENTS = [
    (1, "P1"),
    (1, "P2"),
    (1, "P3"),
    (2, "P1"),
    (3, "P2"),
    (4, "P2"),
    (5, "P4"),
    (6, "P5"),
    (6, "P1"),
    (2, UNKNOWN_PROJECT),
]
DELIVERY_DATES = [date(2024, 1, 5), date(2024, 3, 1), date(2024, 3, 31), date(2025, 1, 1)]

# Windows the spells live in: over a leap February, a year's end and a seam of 7 months; and over a seam of 60 months.
SHORT = (date(2023, 10, 1), date(2024, 5, 31))
LONG = (date(2020, 11, 1), date(2026, 3, 31))
WINDOWS = st.sampled_from([SHORT, SHORT, SHORT, LONG])


def boundary_days(window):
    """Month ends, the days beside them, and a few others."""
    first, last = window
    ends, end = [], month_end(first)
    while end <= last:
        ends.append(end)
        end = month_end(end + timedelta(days=1))
    if len(ends) > 12:
        ends = [*ends[:3], *ends[::13], *ends[-3:], date(2024, 2, 29), date(2025, 12, 31)]
    beside = {end + timedelta(days=shift) for end in ends[::3] for shift in (-1, 1, 14)}
    return sorted({*ends, *beside, first})


def spells(days):
    """(mulai, selesai), selesai not before mulai: the whole window, a part, one day, or open."""
    whole = st.just((days[0], days[-1]))
    pair = st.tuples(st.sampled_from(days), st.sampled_from(days)).map(lambda two: (min(two), max(two)))
    one_day = st.sampled_from(days).map(lambda day: (day, day))
    endless = st.sampled_from(days).map(lambda day: (day, None))
    return st.one_of(whole, pair, pair, one_day, endless)


def closed_spells(days):
    return spells(days).map(lambda spell: (spell[0], spell[1] or days[-1]))


@st.composite
def project_rows(draw, days):
    number = draw(st.integers(0, len(PROJECTS) - 1))
    first, last = draw(st.one_of(st.just((days[0], days[-1])), closed_spells(days)))
    owner = draw(st.sampled_from(sorted(OWNERS)))
    return {
        "kode_proyek": PROJECTS[number],
        "wilayah": draw(st.sampled_from([*KABUPATEN, *KABUPATEN, "16", ELSEWHERE])),
        "pemilik": owner,
        "jenis_pemilik": draw(st.sampled_from([OWNERS[owner], OWNERS[owner], None])),
        "sumber_dana": draw(st.sampled_from(FUNDS)),
        "nilai_kontrak": draw(st.sampled_from([None, Decimal("1000000.50"), Decimal(250000000)])),
        "no_spk": draw(st.sampled_from([f"SPK-{number}", None])),
        "tgl_spk": draw(st.sampled_from([None, first, first - timedelta(days=20), *days[::4]])),
        "mulai": first,
        "selesai": last,
        "tenaga_kerja": draw(st.sampled_from([None, 0, 2, 5])),
        "wilayah_dari": draw(st.sampled_from([None, "lokasi", "instansi"])),
    }


@st.composite
def registration_rows(draw, days):
    number = draw(st.integers(0, len(PROJECTS) - 1))
    first, last = draw(st.one_of(st.just((None, None)), spells(days)))
    by_spk = draw(st.booleans())
    code = draw(st.sampled_from([PROJECTS[number]] * 5 + [UNKNOWN_PROJECT]))
    return {
        "kode_proyek": None if by_spk else code,
        "no_spk": f"SPK-{number}" if by_spk else None,
        "no_proyek_bpjs": draw(st.sampled_from([None, None, "1000000000001", "1000000000002"])),
        "tgl_daftar": draw(st.sampled_from([*days[:3], *days[::6], days[0] - timedelta(days=40)])),
        "tgl_bayar": draw(st.sampled_from([days[0], days[0], days[5], None, *days[::5]])),
        "iuran_dibayar": draw(st.sampled_from([None, Decimal("240000.25"), Decimal(1000000)])),
        "tenaga_kerja": draw(st.sampled_from([None, 1, 3, 9])),
        "mulai": first,
        "selesai": last,
    }


@st.composite
def roster_rows(draw, days):
    first, last = draw(spells(days))
    person, code = draw(st.sampled_from(PLACEMENTS))
    return {
        "person_id": person,
        "kode_proyek": code,
        "mulai": first,
        "selesai": last,
    }


@st.composite
def membership_rows(draw, days):
    first, last = draw(spells(days))
    segment = draw(st.sampled_from(["JAKON", "JAKON", "JAKON", "PU", "BPU"]))
    is_jakon = segment == "JAKON"
    person, code = draw(st.sampled_from(PLACEMENTS))
    where = draw(st.sampled_from([*KABUPATEN, "16", ELSEWHERE]))
    sector = draw(st.sampled_from(["konstruksi", "perdagangan", None]))
    return {
        "person_id": person,
        "segmen": segment,
        "kode_proyek": code if is_jakon else None,
        "wilayah": None if is_jakon else where,
        "sektor": None if is_jakon else sector,
        "mulai": first,
        "selesai": last,
        "tgl_bayar": draw(st.sampled_from([first, first, first, None, month_end(first), *days[::5]])),
    }


@st.composite
def recap_rows(draw, days):
    segment = draw(st.sampled_from(["JAKON", "JAKON", "PU", "BPU"]))
    sectors = ["konstruksi", None] if segment == "JAKON" else ["konstruksi", "perdagangan", None]
    return {
        "wilayah": draw(st.sampled_from([*KABUPATEN, "16", "00"])),
        "bulan": month_end(draw(st.sampled_from(days))),
        "segmen": segment,
        "sektor": draw(st.sampled_from(sectors)),
        "peserta_aktif": draw(st.integers(0, 40)),
        "sumber": draw(st.sampled_from(SOURCES)),
    }


SEGMENTS_AND_SECTORS = [
    (segment, sector)
    for segment in ("PU", "BPU")
    for sector in (None, "konstruksi", "perdagangan", "pertanian")
]  # fmt: skip


@st.composite
def whole_recaps(draw, days):
    """What one source says of one place and month: every segment more often than not, sometimes every sector of one."""
    told = draw(st.sampled_from([[("JAKON", None)], [("JAKON", "konstruksi")], []]))
    told = told + draw(st.lists(st.sampled_from(SEGMENTS_AND_SECTORS), min_size=2, max_size=7, unique=True))
    if draw(st.booleans()):
        told = [pair for pair in told if pair[0] != "BPU"] + [("BPU", sector) for sector in SECTORS]
    where = {
        "wilayah": draw(st.sampled_from([*KABUPATEN, "16", ELSEWHERE])),
        "bulan": month_end(draw(st.sampled_from(days))),
        "sumber": draw(st.sampled_from(SOURCES)),
    }
    return [
        {**where, "segmen": segment, "sektor": sector, "peserta_aktif": draw(st.integers(0, 40))}
        for segment, sector in told
    ]


@st.composite
def official_rows(draw, days):
    return {
        "wilayah": draw(st.sampled_from([*KABUPATEN, "16", "93", "00"])),
        "per_tanggal": draw(st.sampled_from([None, days[0], days[1], *days[::3]])),
        "segmen": draw(st.sampled_from(["jasa konstruksi", "jasa konstruksi", "semua segmen"])),
        "peserta": draw(st.one_of(st.none(), st.integers(0, 40))),
        "peserta_presisi": draw(st.sampled_from([None, 1, 10])),
        "potensi": draw(st.one_of(st.none(), st.integers(20, 60))),
        "potensi_presisi": draw(st.sampled_from([None, 1, 10])),
        "sumber": draw(st.sampled_from(SOURCES)),
    }


@st.composite
def estimate_rows(draw, days):
    workers = draw(st.sampled_from([7, 30, 30, 0]))
    has_error = workers > 0 and draw(st.booleans())
    return {
        "wilayah": draw(st.sampled_from([*KABUPATEN, "16", "00"])),
        "sektor": draw(st.sampled_from(["konstruksi", "konstruksi", "perdagangan", ALL_SECTORS])),
        "per_tanggal": draw(st.sampled_from([days[0], days[0], days[1], *days[::3]])),
        "pekerja": workers,
        "bawah": workers - 3 if has_error else None,
        "atas": workers + 4 if has_error else None,
        "sumber": draw(st.sampled_from(["BPS", "Sakernas", "Kanwil"])),
    }


@st.composite
def target_rows(draw, _days):
    return {
        "unit": draw(st.sampled_from([*KABUPATEN, "16", "Cabang Jauh"])),
        "tahun": draw(st.sampled_from([2023, 2024, 2025])),
        "indikator": draw(st.sampled_from(["population_coverage", "population_coverage", "Peserta JAKON"])),
        "segmen": draw(st.sampled_from(["jasa konstruksi", "jasa konstruksi", "semua segmen"])),
        "sektor": draw(st.sampled_from([None, None, "konstruksi", "perdagangan", ALL_SECTORS])),
        "nilai": draw(st.sampled_from([Decimal("32.15"), Decimal(50)])),
        "penerbit": draw(st.sampled_from(SOURCES)),
    }


def rows_of(kind, days):
    rows = {
        "proyek": project_rows(days),
        "pendaftaran": registration_rows(days),
        "tenaga_kerja": roster_rows(days),
        "kepesertaan": membership_rows(days),
        "rekap": recap_rows(days),
        "penduduk_bekerja": estimate_rows(days),
        "angka_resmi": official_rows(days),
        "target": target_rows(days),
    }[kind]
    least, most = {"tenaga_kerja": (3, 9), "kepesertaan": (3, 9), "proyek": (2, 5)}.get(kind, (1, 4))
    one_by_one = st.lists(rows, min_size=least, max_size=most, unique_by=lambda row: _key_in_file(kind, row))
    return st.one_of(one_by_one, whole_recaps(days)) if kind == "rekap" else one_by_one


def _key_in_file(kind, row):
    """The importer refuses a doubled key in a file; a registration may name its project in two ways."""
    if kind != "pendaftaran":
        return natural_key({}, kind, BLANK_ROW[kind] | row)
    if row["no_proyek_bpjs"]:
        return row["no_proyek_bpjs"]
    number = row["no_spk"] or (row["kode_proyek"] or "").replace("P", "SPK-")
    return (PROJECTS.index(row["kode_proyek"]) if row["kode_proyek"] in PROJECTS else number, row["tgl_daftar"])


def periods(window):
    """Whole months, long more often than short; the last day sometimes lies inside a month (capped by data_as_of)."""
    first, last = window
    firsts = [first, first, first, date(2023, 12, 1), date(2024, 2, 1)]
    lasts = [last, last, last, date(2024, 2, 29), date(2024, 4, 15)]
    return st.tuples(st.sampled_from(firsts), st.sampled_from(lasts))


@st.composite
def worlds(draw, distinct_dates=False):
    """2–5 projects, 1–6 persons and 4–10 deliveries that correct, end and repeat each other; some are undone."""
    window = draw(WINDOWS)
    days = boundary_days(window)
    world = empty_world(
        draw(st.sampled_from([window[1], window[1] + timedelta(days=20), date(2024, 3, 30)])),
        report_sources=draw(st.sampled_from([[], ["Dinas"], ["Disnaker", "Kanwil"]])),
        denominator_sources=["BPS", "Kanwil", "Sakernas", "Dinas", "Disnaker"],
        personal_covers_project=draw(st.booleans()),
    )
    base = draw(st.sampled_from([date(2019, 1, 1), date(2024, 1, 5)]))
    deliver(world, "proyek", *draw(rows_of("proyek", days)), as_of=base)
    for kind in ("pendaftaran", "tenaga_kerja", "kepesertaan"):
        deliver(world, kind, *draw(rows_of(kind, days)), as_of=base)
        _maybe_known_completely(draw, world, kind, window)
    for kind in ("rekap", "angka_resmi", "penduduk_bekerja", "target"):
        deliver(world, kind, *draw(rows_of(kind, days)), as_of=base)
    for _ in range(draw(st.integers(0, 5))):
        _deliver_any(draw, world, days, window)
    if distinct_dates:
        spread_dates(world)
    return world


def _maybe_known_completely(draw, world, kind, window):
    """Old empty complete deliveries: they end nothing and make a place, or a province by all its parts, complete."""
    scopes = draw(
        st.sampled_from([["16"], ["16"], ["00"], ["16.71", *ELSEWHERE_SIBLINGS], ["16.71", "93"], ["Dinas PUPR"], []])
    )
    for scope in scopes:
        deliver(world, kind, as_of=date(2018, 1, 1), complete_for=scope, period=draw(periods(window)))


def _deliver_any(draw, world, days, window):
    kind = draw(st.sampled_from([*KINDS, "kepesertaan", "tenaga_kerja", "rekap", "angka_resmi"]))
    as_of = draw(st.sampled_from(DELIVERY_DATES))
    rows = draw(st.one_of(rows_of(kind, days), st.just([])))
    undone = draw(st.sampled_from([False, False, False, True]))
    if kind in KINDS[:4] and draw(st.booleans()):
        scope, period = draw(st.sampled_from([*SCOPES, *OWNERS])), draw(periods(window))
        deliver(world, kind, *rows, as_of=as_of, complete_for=scope, period=period, undone=undone)
        return
    own_dates = st.sampled_from([day for day in DELIVERY_DATES if day <= as_of])
    rows = [row | {"data_as_of": draw(own_dates)} for row in rows]
    deliver(world, kind, *rows, as_of=as_of, undone=undone)


def spread_dates(world):
    """Give every batch, and all its rows, a date no other batch has, so that batch numbers decide nothing."""
    dates = {}
    for batch in world["batches"]:
        batch["data_as_of"] += timedelta(days=batch["batch_id"] * 40)
        dates[batch["batch_id"]] = batch["data_as_of"]
    assert len(set(dates.values())) == len(dates), dates
    for rows in world["rows"].values():
        for row in rows:
            row["data_as_of"] = dates[row["batch_id"]]


def renumbered(world, order):
    """The same deliveries imported in another order: `order` lists the batch numbers, first imported first."""
    number = {old: new for new, old in enumerate(order, start=1)}
    batches = [batch | {"batch_id": number[batch["batch_id"]]} for batch in world["batches"]]
    rows = {kind: [row | {"batch_id": number[row["batch_id"]]} for row in rows] for kind, rows in world["rows"].items()}
    return world | {"batches": sorted(batches, key=lambda batch: batch["batch_id"]), "rows": rows}


def with_undone(world, numbers):
    batches = [batch | {"undone": batch["batch_id"] in numbers} for batch in world["batches"]]
    return world | {"batches": batches}


def without_undone(world):
    """The world as if the undone deliveries had never come."""
    kept = {batch["batch_id"] for batch in world["batches"] if not batch["undone"]}
    rows = {kind: [row for row in rows if row["batch_id"] in kept] for kind, rows in world["rows"].items()}
    return world | {"batches": [batch for batch in world["batches"] if batch["batch_id"] in kept], "rows": rows}
