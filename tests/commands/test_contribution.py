"""cakupan.py contribution: what it prints, and what it refuses."""

from data.home import Home
from tests.shell import landed, refused, run_here


def contribution(tmp_path, *arguments):
    return landed(Home(tmp_path), "contribution", *arguments)


def test_the_assessment_letter_of_a_real_contract_is_printed_to_the_sen(tmp_path):
    told = contribution(tmp_path, "494248735331", "--with-vat", "--on", "2024-01-15")
    assert [told[name] for name in ("base_rp", "jkk_rp", "jkm_rp", "total_rp")] == [
        "445269130928.83", "402182217.84", "44636913.09", "446819131",
    ]  # fmt: skip


def test_an_amount_may_be_written_as_officials_do(tmp_path):
    told = contribution(tmp_path, "Rp100.000.000,00", "--without-vat", "--on", "2024-01-15")
    assert told["total_rp"] == "240000"


def test_an_addendum_is_told_beside_the_whole(tmp_path):
    told = contribution(tmp_path, "100000000", "--without-vat", "--before", "90000000", "--on", "2024-01-15")
    assert (told["total_rp"], told["difference_rp"]) == ("240000", "24000")


def test_wages_need_no_word_of_value_added_tax(tmp_path):
    assert contribution(tmp_path, "50000000", "--wages", "--on", "2024-01-15")["total_rp"] == "1020000"


def test_without_json_the_parts_stand_one_below_the_other(tmp_path):
    said = run_here(Home(tmp_path), "contribution", "494248735331", "--with-vat", "--on", "2024-01-15")
    assert said.returncode == 0
    assert [line.split()[-1] for line in said.stdout.splitlines()[:4]] == [
        "Rp445.269.130.928,83", "Rp402.182.217,84", "Rp44.636.913,09", "Rp446.819.131",
    ]  # fmt: skip


def test_what_cannot_be_reckoned_is_refused_by_its_name(tmp_path):
    home = Home(tmp_path)
    assert "'seratus'" in refused(home, "contribution", "seratus", "--with-vat")
    assert "--with-vat" in refused(home, "contribution", "100")
    assert "'15-01-2024'" in refused(home, "contribution", "100", "--with-vat", "--on", "15-01-2024")
    assert "1990-01-01" in refused(home, "contribution", "100", "--without-vat", "--on", "1990-01-01")
