"""cakupan.py check: the arithmetic of a sentence, beside the stored figures that the reader may see."""

from datetime import date

import pytest

from data import accounts
from data.accounts import Account
from data.editions import publish
from data.home import Home
from tests.shell import landed, refused, run_here
from tests.worlds import deliver, empty_world, load_world

JULY = date(2024, 7, 9)
KANWIL = "123 ribu dari sekitar 270 ribu pekerja pada 9 Juli 2024, atau 45,6 persen"
PALEMBANG = "Palembang: 30 dari 40 pekerja, atau 75 %"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two official figures of the province, one of 2017 with its printed percentage, and one of Palembang."""
    home, world = Home(tmp_path_factory.mktemp("check") / "home"), empty_world(date(2024, 8, 31))
    stated = {"peserta": 123_000, "peserta_presisi": 1000, "potensi": 270_000, "potensi_presisi": 10_000}
    added_up = {"peserta": 689_970, "potensi": 172_882, "persen_tercetak": 399}
    deliver(
        world,
        "angka_resmi",
        {"wilayah": "16", "per_tanggal": JULY, **stated},
        {"wilayah": "16", "per_tanggal": date(2017, 12, 31), "sumber": "Antara", **added_up},
        {"wilayah": "16.71", "per_tanggal": JULY, "peserta": 30, "potensi": 40, "sumber": "Cabang"},
        {"wilayah": "16", "segmen": "semua segmen", "peserta": 5, "potensi": 50, "sumber": "Tanpa hari"},
    )
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return home


def nearest(home, text):
    [claim] = landed(home, "check", text)["claims"]
    return claim["nearest"]


def test_the_sentence_of_the_kanwil_is_consistent_and_near_to_its_own_figure(home):
    told = landed(home, "check", KANWIL)
    [claim] = told["claims"]
    assert (told["verdict"], told["edition"], told["demo"]) == ("consistent", 1, False)
    assert [claim[name] for name in ("value", "low", "high")] == ["45.555556", "44.545455", "46.603774"]
    stored = claim["nearest"]["stored"]
    # 100 × 123 / 270 = 45,556 lies in 45,55 to 45,65.
    assert claim["nearest"]["agrees"] == ["percent", "numerator", "denominator"]
    assert (stored["as_of"], stored["source"], stored["origin"]) == ("2024-07-09", "Kanwil", "official")
    assert told["passed_over"] == [{"text": "9 Juli 2024", "as": "date"}]


def test_a_figure_as_reported_keeps_what_its_issuer_printed(home):
    stored = nearest(home, "689.970 / 172.882 = 399 %")["stored"]
    assert (stored["as_of"], stored["source"], stored["printed_pct"]) == ("2017-12-31", "Antara", "399")


def test_an_undated_figure_of_another_segment_is_named_as_such(home):
    said = run_here(home, "check", "5 dari 50 pekerja, atau 10 %").stdout
    assert "tanpa tanggal, 5 dari 50: 10,0 % (angka resmi, semua segmen; Tanpa hari)" in said


def test_a_place_that_the_text_names_is_looked_at_too(home):
    stored = nearest(home, PALEMBANG)["stored"]
    assert (stored["place"], stored["numerator"], stored["denominator"]) == ("16.71", 30, 40)


def test_only_what_the_account_may_see_stands_beside_the_arithmetic(home, monkeypatch):
    accounts.add(home, Account("lahat", "Lahat Contoh", "viewer", places=("16.04",)))
    accounts.add(home, Account("pupr", "PUPR Contoh", "opd", owners=("Dinas PUPR",)))
    for name in ("lahat", "pupr"):
        monkeypatch.setenv("CAKUPAN_ACCOUNT", name)
        assert nearest(home, PALEMBANG) is None
        said = run_here(home, "check", PALEMBANG).stdout
        assert "Tidak ada angka tersimpan untuk dibandingkan" in said
        assert "SESUAI" in said


def test_a_place_beyond_the_scope_of_the_account_is_named_and_compared_with_nothing(home, monkeypatch):
    accounts.add(home, Account("kota", "Kota Contoh", "viewer", places=("16.71",)))
    monkeypatch.setenv("CAKUPAN_ACCOUNT", "kota")
    text = "Cakupan konstruksi Bali Juli 2024 mencapai 75 %"
    told = landed(home, "check", text)
    assert (told["verdict"], told["reason"], told["lone"][0]["unseen"]) == ("cannot_tell", "outside_scope", "Bali")
    said = run_here(home, "check", text).stdout.splitlines()
    assert "  BELUM DAPAT DIKATAKAN: Bali di luar lingkup akun ini." in said
    assert said[-1].startswith("BELUM DAPAT DIKATAKAN: Teks menyebut wilayah yang tidak dilihat akun ini")
    english = run_here(home, "check", "--language", "en", text).stdout.splitlines()
    assert "  CANNOT TELL: Bali is outside the scope of this account." in english


def test_bali_is_said_to_be_off_by_how_much_in_both_languages(home):
    told = run_here(home, "check", "50,88 % … 935.079 dari 1.873.899").stdout.splitlines()
    assert told[0] == "935.079 dari 1.873.899 = 50,88 %"
    assert "  Dihitung ulang: 49,90 %" in told
    assert "  TIDAK SESUAI: selisih 0,98 poin, dan 0,97 poin di luar rentang pembulatan." in told
    assert any(line.startswith("  Tidak ada angka tersimpan yang cocok; yang terdekat:") for line in told)
    english = run_here(home, "check", "--language", "en", "50.88%: 935,079 of 1,873,899 workers").stdout
    assert "INCONSISTENT: off by 0.98 points, and 0.97 points outside the rounding range." in english


def test_percent_that_fit_as_points_only_are_said_to_be_points(home):
    said = run_here(home, "check", "Cakupan naik 3,2 persen dari 42,4 persen menjadi 45,6 persen").stdout
    assert "  Cocok sebagai poin; terhadap angka awal perubahannya 7,5 %." in said.splitlines()
    assert said.splitlines()[-1] == "SESUAI"


def test_the_rounding_that_was_read_is_printed(home):
    said = run_here(home, "check", KANWIL).stdout
    assert "Dihitung ulang: 45,6 % (44,5–46,6 %)" in said
    assert "sekitar 270 ribu dibaca sebagai 265.000–275.000" in said


def test_without_an_edition_the_arithmetic_alone_is_checked_and_nothing_is_made(tmp_path):
    home = Home(tmp_path / "none")
    told = landed(home, "check", KANWIL)
    assert (told["verdict"], told["edition"], told["claims"][0]["nearest"]) == ("consistent", None, None)
    assert "Belum ada edisi" in run_here(home, "check", KANWIL).stdout
    assert not home.root.exists()


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [
        ("tanpa angka", "BELUM DAPAT DIKATAKAN: Teks ini tidak memuat angka", "CANNOT TELL: This text has no figure"),
        ("Cakupan 45,6 %", "BELUM DAPAT DIKATAKAN: Hanya ada satu angka", "CANNOT TELL: There is one number only"),
        ("1 dari 2", "BELUM DAPAT DIKATAKAN: Teks tidak menyebut", "CANNOT TELL: The text states no result"),
        ("1 dari 0 (5 %)", "BELUM DAPAT DIKATAKAN: Pembaginya nol", "CANNOT TELL: The denominator is zero"),
        ("1.000 dari 3.000 (35 %)", "BELUM DAPAT DIKATAKAN: Benar hanya bila", "CANNOT TELL: True only if"),
        ("Rp2,3 M dari 4 (5 %)", "BELUM DAPAT DIKATAKAN: Rupiah tidak", "CANNOT TELL: Rupiah over a count"),
        ("turun dari 42,4 % menjadi 45,6 %", "TIDAK SESUAI", "INCONSISTENT"),
        ("hampir 3 juta dari lebih dari 4 juta, 70 %", "SESUAI", "CONSISTENT"),
    ],
)
def test_every_verdict_and_reason_has_its_words_in_both_languages(home, text, indonesian, english):
    for language, words in (("id", indonesian), ("en", english)):
        assert run_here(home, "check", "--language", language, text).stdout.splitlines()[-1].startswith(words)


def test_what_could_be_a_nik_and_unknown_languages_are_refused(home):
    assert "NIK" in refused(home, "check", "1671014107900001 dari 270 ribu")
    assert "1671" not in refused(home, "check", "1671014107900001 dari 270 ribu")
    assert "'fr'" in refused(home, "check", "--language", "fr", "1 dari 2")


def test_figures_that_nothing_judges_are_named_before_the_verdict(home):
    text = "123 ribu dari 270 ribu pekerja, atau 45,6 persen, di 17 kabupaten"
    assert run_here(home, "check", text).stdout.splitlines()[-2:] == ["Tidak diperiksa: 17.", "SESUAI"]
    assert "Not checked: 17." in run_here(home, "check", "--language", "en", text).stdout
    assert [figure["text"] for figure in landed(home, "check", text)["unchecked"]] == ["17"]
