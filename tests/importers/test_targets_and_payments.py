"""Targets and payments as files."""

from datetime import date
from decimal import Decimal

import pytest

from data.errors import FileRefused
from data.home import Home
from data.ledger import open_ledger, status
from tests.importers.conftest import TODAY

TARGET = "unit,tahun,indikator,segmen,sektor,jenis_hitungan,nilai,satuan,penerbit,dokumen\n"
PAYMENT = "kode_proyek,tgl_permohonan,termin,jumlah,progres,tgl_bayar\n"


def ask(home: Home, sql: str) -> list[tuple]:
    with home.writer_lock("uji"), open_ledger(home) as ledger:
        return ledger.execute(sql).fetchall()


def target(unit: str = "16", year: str = "2025", value: str = "60", issuer: str = "Kanwil") -> str:
    return f'{unit},{year},population_coverage,semua segmen,,akhir tahun,"{value}",persen,{issuer},\n'


@pytest.mark.parametrize(
    ("unit", "kept"),
    [("Kota Palembang", "16.71"), ("Sumatera Selatan", "16"), ("Cabang Palembang", "Cabang Palembang"),
     ("branch:palembang", "branch:palembang"), ("Dinas PUPR", "Dinas PUPR")],
)  # fmt: skip
def test_a_unit_is_a_place_by_its_code_or_keeps_its_name(deliver, home, unit, kept):
    deliver(TARGET + target(unit=unit))
    assert ask(home, "select unit, tahun, segmen, sektor from target") == [(kept, 2025, "semua segmen", None)]


@pytest.mark.parametrize(
    ("written", "value"),
    [("43,92 %", "43.92"), ("43,9215", "43.9215"), ("1.250.000", "1250000"), ("0", "0"), ("0,00005", "0.0001")],
)
def test_a_target_is_a_number_of_any_unit(deliver, home, written, value):
    deliver(TARGET + target(value=written))
    assert ask(home, "select nilai from target") == [(Decimal(value),)]


@pytest.mark.parametrize("year", ["25", "1944", "2036", "2025,5", "th 2025"])
def test_what_is_no_year_is_told(deliver, year):
    (reject,) = deliver(TARGET + target(year=f'"{year}"')).rejects
    assert (reject.column, reject.code) == ("tahun", "bukan_tahun")


@pytest.mark.parametrize(("value", "code"), [("-1", "angka_negatif"), ("banyak", "bukan_angka"), ("", "wajib_kosong")])
def test_what_is_no_target_is_told(deliver, value, code):
    assert [reject.code for reject in deliver(TARGET + target(value=value)).rejects] == [code]


def test_targets_of_several_issuers_stand_side_by_side(deliver):
    result = deliver(TARGET + target(issuer="Kanwil") + target(issuer="Kemendagri") + target(issuer="Kemendagri"))
    assert (result.rows_accepted, {reject.code for reject in result.rejects}) == (1, {"kunci_ganda"})


def test_a_target_is_never_a_complete_delivery(deliver):
    with pytest.raises(FileRefused, match="Jenis target tidak dapat dikirim lengkap"):
        deliver(TARGET + target(), complete_for="16")


def test_a_payment_asked_for_waits_for_its_project(deliver, home):
    result = deliver(PAYMENT + 'P-1,1/8/2024,Termin 1,"Rp617.283,75",50,\nP-1,,Termin 2,1000,100,9/9/2024\n')
    assert (result.kind, result.rows_accepted, result.waiting) == ("pembayaran", 2, 2)
    assert ask(home, "select tgl_permohonan, jumlah, progres, tgl_bayar from pembayaran order by termin") == [
        (date(2024, 8, 1), Decimal("617283.75"), Decimal(50), None),
        (None, Decimal(1000), Decimal(100), date(2024, 9, 9)),
    ]
    assert status(home)["waiting"] == [{"kind": "pembayaran", "rows": 2, "projects": 1}]


def test_a_payment_has_a_day_and_an_amount(deliver):
    result = deliver(PAYMENT + "P-1,,Termin 1,1000,50,\nP-2,1/8/2024,Termin 1,,50,\n")
    assert [(reject.row, reject.column, reject.code) for reject in result.rejects] == [
        (2, "tgl_permohonan", "salah_satu_wajib"),
        (3, "jumlah", "wajib_kosong"),
    ]


def test_a_registration_without_its_date_is_not_taken_for_a_payment(deliver):
    with pytest.raises(FileRefused):
        deliver("kode_proyek,tgl_bayar,iuran_dibayar,tenaga_kerja\nP-1,1/8/2024,1000,5\n")


def test_payments_and_targets_are_published_with(deliver, home):
    from data.editions import current_edition, publish

    deliver(PAYMENT + "P-1,1/8/2024,Termin 1,1000,50,\n")
    deliver(TARGET + target(), name="target.csv")
    publish(home, TODAY)
    edition = current_edition(home)
    assert edition is not None
    assert edition.number == 1
