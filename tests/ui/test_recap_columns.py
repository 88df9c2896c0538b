"""The recapitulation in words: what a row lacks, and why the total is not what the rows add up to."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.recap import INDICATORS_USED, Difference, Recap, RecapRow
from analytics.row import Row, Scope, empty_row
from ui import recap_columns
from ui.recap_columns import RecapLine

JUNE = date(2024, 6, 30)


def indicator_row(numerator, denominator, value=None, **others) -> Row:
    told = {"status": "ok", "source": "Data", "as_of": JUNE} | others
    return Row("G", "G", "2024-06", numerator, denominator, value, None, None, None, None, **told)


def group(label, **rows) -> RecapRow:
    """Of ten projects seven are registered; 120 of 200 workers are protected; Rp5.000 are paid."""
    known = {
        "project_registration": indicator_row(7, 10, 70.0),
        "value_registration": indicator_row(None, Decimal(1_000_000)),
        "placement_coverage": indicator_row(120, 200, 60.0),
        "contributions_paid_rp": indicator_row(Decimal(5000), None, Decimal(5000)),
        "site_coverage": indicator_row(30, 40, 75.0),
    }
    assert known.keys() == set(INDICATORS_USED)
    return RecapRow(label, label, known | rows)


def recap(*rows, total=None, differences=()):
    return Recap(JUNE, Scope("16"), "owner", rows, total, differences)


def texts(line, language="id"):
    columns = recap_columns.columns("pemilik proyek", language)
    return {column.header: column.text(line) for column in columns}


def test_a_row_is_numbered_and_the_total_is_named():
    [line] = recap_columns.lines(recap(group("Dinas PUPR")))
    assert (texts(line)["No"], texts(line)["Pemilik proyek"]) == ("1", "Dinas PUPR")
    total = RecapLine(group("Palembang"))
    assert (texts(total)["No"], texts(total)["Pemilik proyek"]) == ("", "JUMLAH")
    assert texts(total, "en")["Pemilik proyek"] == "TOTAL"


def test_every_column_is_worded_as_officials_write():
    told = texts(RecapLine(group("Dinas PUPR"), 1))
    assert told["Proyek berjalan"] == "10"
    assert (told["Terdaftar"], told["Belum terdaftar"], told["Belum dapat dinilai"]) == ("7", str(10 - 7), "0")
    assert (told["Nilai kontrak, Rp"], told["Iuran tahun berjalan, Rp"]) == ("1.000.000", "5.000")
    assert (told["Tenaga kerja terlindungi, %"], told["Proyek terdaftar, %"]) == ("60,0", "70,0")
    assert told["Catatan"] == ""


def test_what_is_not_known_is_a_dash_and_said_in_the_note():
    unknown = indicator_row(None, 10, status="no_data", reason="not_complete", known_projects=6, known_numerator=4)
    work = indicator_row(None, 200, status="no_data", reason="not_complete", left_out=2)
    paid = indicator_row(None, None, status="no_data", reason="not_complete")
    row = group("PUPR", project_registration=unknown, placement_coverage=work, contributions_paid_rp=paid)
    told = texts(RecapLine(row, 1))
    assert (told["Terdaftar"], told["Belum terdaftar"], told["Belum dapat dinilai"]) == ("4", str(6 - 4), str(10 - 6))
    assert (told["Tenaga kerja terlindungi"], told["Iuran tahun berjalan, Rp"]) == ("–", "–")
    assert told["Catatan"] == (
        "tanpa data pendaftaran lengkap: 4; tanpa jumlah tenaga kerja: 2; perlindungan belum dapat dinilai; "
        "iuran tahun ini belum lengkap datanya"
    )


def test_a_group_without_a_project_and_one_above_all_workers_say_so():
    missing = {code: empty_row("G", "G", JUNE, "no_project") for code in INDICATORS_USED}
    assert recap_columns.remark(RecapRow("G", "G", missing), "id") == "tidak ada proyek berjalan"
    older = {code: empty_row("G", "G", JUNE, "edition_older") for code in INDICATORS_USED}
    assert (
        recap_columns.remark(RecapRow("G", "G", older), "en") == "this edition was published before the measure existed"
    )
    above = group("PUPR", placement_coverage=indicator_row(210, 200, 105.0, status="implausible"))
    assert recap_columns.remark(above, "id") == "melebihi 100 %: periksa datanya"


@pytest.mark.parametrize(
    ("language", "once"),
    [
        ("id", "Orang dihitung sekali: yang bekerja pada beberapa pemilik proyek ada di beberapa baris, jadi jumlah"),
        ("en", "Persons are counted once: who works under several pemilik proyek is in several rows, so the"),
    ],
)
def test_the_total_s_note_says_that_persons_do_not_add_up_over_owners(language, once):
    away = [Difference("persons", 70 - 80, "persons_once")]
    found = recap(group("A"), group("B"), total=group("Sumsel"), differences=away)
    note = recap_columns.total_note(found, "pemilik proyek", "Sumsel", language)
    assert once in note
    assert {"id": "Orang di daftar pekerja 10.", "en": "Persons on rosters 10."}[language] in note


def test_the_total_s_note_tells_money_beside_the_rows_and_what_it_does_not_know():
    paid = indicator_row(None, None, status="no_data", reason="not_complete")
    away = [Difference("contract_value_rp", Decimal(40), "elsewhere"), Difference("projects", -1, "overlap")]
    whole = group("Sumsel", contributions_paid_rp=paid)
    note = recap_columns.total_note(recap(group("A"), total=whole, differences=away), "cabang", "Sumsel", "id")
    assert "tidak tercatat pada satu pun: Nilai kontrak Rp40." in note
    assert "masuk beberapa cabang: Proyek berjalan 1." in note
    assert (
        "Iuran tahun berjalan: belum diketahui untuk JUMLAH; 1 dari 1 baris ada angkanya, bersama-sama Rp5.000." in note
    )


def test_rows_that_are_the_total_and_a_total_that_is_not_seen_are_said():
    whole = recap_columns.total_note(recap(group("A"), total=group("Sumsel")), "sumber dana", "Sumsel", "id")
    assert "JUMLAH sama dengan jumlah barisnya." in whole
    hidden = recap_columns.total_note(recap(group("A")), "pemilik proyek", "Sumsel", "id")
    assert hidden == "JUMLAH tidak ditampilkan: akun ini tidak melihat semua pemilik proyek Sumsel."


def test_the_finding_counts_what_is_registered_and_protected():
    told = recap_columns.finding(recap(total=group("Sumsel")), "pemilik proyek", "Sumsel", "id")
    assert told == "Sumsel: 7 dari 10 proyek berjalan terdaftar, 120 dari 200 tenaga kerja terlindungi"
    assert (
        recap_columns.finding(recap(), "pemilik proyek", "Sumsel", "id")
        == "Rekapitulasi menurut pemilik proyek, Sumsel"
    )
