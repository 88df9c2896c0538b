"""A formula with the numbers of a scope: what is printed gives, within its own rounding, what is printed beside it."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from analytics.compute import Scope, rows
from analytics.row import month_end
from data.editions import current_edition, publish
from data.home import Home
from tests.worlds import deliver, empty_world, load_world
from ui import glossary_words

TARGET = "target_attainment"
MONTHS = [month_end(date(2025, month, 1)) for month in range(1, 8)]
PLACES = ("16", "16.71", "16.04")
# Of 274.000, 25.600 and 9.700 estimated workers, members at the end of January; each month brings an odd few more.
MEMBERS = {"16": (274_000, 121_003), "16.71": (25_600, 13_007), "16.04": (9_700, 2_111)}
GOALS = {"16": "48", "16.71": "57.5", "16.04": "22.35"}


def attained_world():
    """Coverage of three places in seven months beside a target of each; the branch targets money and projects."""
    world = empty_world(MONTHS[-1])
    for place, (workers, members) in MEMBERS.items():
        deliver(world, "penduduk_bekerja", {"wilayah": place, "per_tanggal": date(2025, 1, 1), "pekerja": workers})
        counts = [(month, members + index * 1_013) for index, month in enumerate(MONTHS)]
        deliver(
            world, "rekap", *({"wilayah": place, "bulan": month, "peserta_aktif": count} for month, count in counts)
        )
    deliver(world, "target", *({"unit": place, "tahun": 2025, "nilai": Decimal(GOALS[place])} for place in PLACES))
    project = {"wilayah": "16.71", "pemilik": "Dinas PUPR", "mulai": date(2025, 1, 2), "selesai": date(2025, 12, 31)}
    deliver(world, "proyek", {"kode_proyek": "A", "nama_proyek": "A", **project})
    paid = {"tgl_daftar": date(2025, 1, 6), "tgl_bayar": date(2025, 1, 6), "iuran_dibayar": Decimal("8170327.50")}
    year = (date(2025, 1, 1), date(2025, 12, 31))
    deliver(world, "pendaftaran", {"kode_proyek": "A", **paid}, complete_for="16", period=year)
    of_branch = {"unit": "branch:kota", "tahun": 2025, "jenis_hitungan": "kumulatif tahun berjalan"}
    deliver(
        world,
        "target",
        {**of_branch, "indikator": "contributions_paid_rp", "nilai": Decimal(13_950_000), "satuan": "rupiah"},
        {**of_branch, "indikator": "projects_registered_ytd", "nilai": Decimal(3), "satuan": "proyek"},
    )
    return world


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    home, world = Home(tmp_path_factory.mktemp("attained") / "home"), attained_world()
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return current_edition(home)


def read(text, language):
    """The numbers of a text, as a reader with a calculator types them."""
    thousands, comma = (".", ",") if language == "id" else (",", ".")
    found = re.findall(r"\d[\d.,]*\d|\d", text)
    return [Decimal(number.replace(thousands, "").replace(comma, ".")) for number in found]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("place", [*PLACES, "branch:kota"])
def test_the_printed_value_over_the_printed_target_is_the_printed_attainment(edition, place, language):
    for month in MONTHS:
        for row in rows(edition, TARGET, month, Scope(place)):
            attained, goal, hundred, share = read(glossary_words.worked(row, TARGET, language), language)
            assert hundred == 100
            assert (100 * attained / goal).quantize(Decimal("0.1"), ROUND_HALF_UP) == share
            assert read(glossary_words.quoted(row, TARGET, language), language) == [share, attained, goal]
            assert Decimal(str(row.numerator)) == pytest.approx(attained, abs=Decimal("0.5"))


def test_a_coverage_beside_its_target_has_the_decimals_that_their_quotient_needs(edition):
    [row] = rows(edition, TARGET, MONTHS[3], Scope("16"))
    # 124.042 of 274.000 are 45,2708 %, and 45,3 ÷ 48 would read 94,4.
    assert glossary_words.worked(row, TARGET, "id") == "45,27 % ÷ 48 % × 100 % = 94,3 %"
    assert glossary_words.quoted(row, TARGET, "en") == "94.3% (45.27% of 48%)"


def test_money_and_counts_beside_their_target_carry_their_unit(edition):
    money, projects = rows(edition, TARGET, MONTHS[0], Scope("branch:kota"))
    assert glossary_words.quoted(money, TARGET, "id") == "58,6 % (Rp8.170.328 dari Rp13.950.000)"
    assert glossary_words.worked(projects, TARGET, "en") == "1 project ÷ 3 projects × 100% = 33.3%"
