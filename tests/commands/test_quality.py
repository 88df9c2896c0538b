"""cakupan.py quality: the same findings as the page, as sentences or as JSON."""

from datetime import date

import pytest

from data import accounts
from data.accounts import Account
from data.home import Home
from tests.quality_edition import AS_OF, edition_of
from tests.shell import landed, run_here


@pytest.fixture(scope="module")
def quality_home(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("mutu") / "home")
    edition_of(
        home,
        population=[{"place": "16.71", "month": AS_OF, "numerator": 101}],
        vintage=[{"place": "16.71", "per_tanggal": date(2024, 1, 31), "workers": 100}],
    )
    return home


def test_findings_as_json_have_key_value_reason_and_the_rules_they_come_from(quality_home):
    told = landed(quality_home, "quality")
    assert (told["edition"], told["demo"], len(told["rules"])) == (1, False, 11)
    [coverage, stale] = told["findings"]
    assert coverage["key"] == "over_hundred|16.71||||2025-06|konstruksi"
    assert (coverage["value"], coverage["expected"], coverage["state"]) == (100 * 101 / 100, 100, "terbuka")
    assert coverage["why"].startswith("101 peserta aktif sektor konstruksi dari 100 pekerja menurut BPS")
    assert (stale["rule"], stale["value"], stale["expected"]) == ("stale_denominator", "2024-01-31", "2024-03-31")


def test_one_rule_alone(quality_home):
    told = landed(quality_home, "quality", "--rule", "stale_denominator", "--open")
    assert [rule["code"] for rule in told["rules"]] == ["stale_denominator"]
    assert [one["rule"] for one in told["findings"]] == ["stale_denominator"]


def test_findings_in_sentences(quality_home):
    said = run_here(quality_home, "quality").stdout
    assert "▲ Berat  Cakupan di atas 100% (over_hundred): 1 terbuka dari 1" in said
    assert "Terbuka: 101 peserta aktif sektor konstruksi" in said
    assert "DATA CONTOH" not in said


def test_an_account_with_a_limit_reads_no_zero_of_deliveries(quality_home, monkeypatch):
    accounts.add(quality_home, Account("kota", "Kota Contoh", "viewer", places=("16.71",)))
    whole = {rule["code"] for rule in landed(quality_home, "quality")["rules"] if not rule["is_told"]}
    monkeypatch.setenv("CAKUPAN_ACCOUNT", "kota")
    limited = {rule["code"] for rule in landed(quality_home, "quality")["rules"] if not rule["is_told"]}
    assert (whole, limited) == (set(), {"delivery_missing", "delivery_late", "delivery_rejected"})
    said = run_here(quality_home, "quality").stdout
    assert "Kiriman lengkap tidak ada (delivery_missing): – (dapat berada di luar lingkup akun ini)" in said
    assert "Cakupan di atas 100% (over_hundred): 1 terbuka dari 1" in said


def test_a_rule_that_does_not_exist_is_named(quality_home):
    run = run_here(quality_home, "quality", "--rule", "cakupan")
    assert run.returncode == 2 and "Aturan 'cakupan' tidak dikenal; pilih: delivery_missing, over_hundred" in run.stderr


def test_a_home_without_an_edition_says_so(home):
    run = run_here(home, "quality")
    assert run.returncode == 2 and "Belum ada edisi" in run.stderr
