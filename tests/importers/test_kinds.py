"""Every kind, from its declaration to its ledger table."""

import csv
from pathlib import Path

import pytest

from data.home import Home
from data.importers import KINDS, Kind, import_file, write_template
from data.importers.header import header_key
from data.importers.kinds import Reading
from data.importers.reasons import REASONS
from data.ledger import open_ledger
from tests.importers.conftest import NIK, TODAY

CLEAN = {
    "proyek": "P-1|Rehab SDN 117|Kota Palembang|Dinas PUPR|OPD kabupaten/kota|APBD kabupaten/kota|Rp1.234.567,50|ya|"
    "SPK/1|1/2/2024|5/2/2024|5/8/2024|5/2/2025|PT Karya Musi|12|Pekerjaan Konstruksi|"
    "Tender|(0711) 350-001",
    "pendaftaran": "P-1|SPK/1|2400000000001|AB123456|6/2/2024|7/2/2024|240000|12|5/2/2024|5/8/2024|S-1",
    "tenaga_kerja": f"{NIK}|24000000001|P-1|5/2/2024|5/8/2024",
    "kepesertaan": f"{NIK}|24000000001|BPU||Lahat|konstruksi|JKK JKM|5/2/2024|5/8/2024|7/2/2024",
    "rekap": "Sumatera Selatan|Juli 2024|JAKON|konstruksi|123456|Kanwil",
    "penduduk_bekerja": "16|konstruksi|31/8/2024|174890|170000|180000|BPS|Sakernas",
    "pembayaran": "P-1|1/8/2024|Termin 1|Rp617.283,75|50|9/8/2024",
    "target": "Kota Palembang|2025|active_members|semua segmen|konstruksi|akhir tahun|43,92 %|persen|Kemendagri|SE",
    "angka_resmi": "Sumatera Selatan|9/7/2024|jasa konstruksi|123000|1000|270000|10000|45,6|Kanwil",
}
EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
SHARED = Path(__file__).parents[3] / "shared" / "data" / "angka-resmi.csv"


@EVERY_KIND
def test_a_clean_file_made_from_the_template_lands_whole(home: Home, tmp_path: Path, kind: Kind):
    path = tmp_path / "kiriman.csv"
    write_template(kind.name, path)
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(CLEAN[kind.name].split("|"))
    (result,) = import_file(home, path, today=TODAY)
    assert result.rejects == []
    assert (result.kind, result.rows_accepted) == (kind.name, 1)


@EVERY_KIND
def test_the_ledger_holds_exactly_the_kept_columns(home: Home, kind: Kind):
    with home.writer_lock("uji"), open_ledger(home) as ledger:
        rows = ledger.execute(f"select * from {kind.name}").description
    person = {"person_id"} if kind.has_persons else set()
    kept = {column.name for column in kind.columns if column.kept}
    of_joined_records = {"wilayah_dari"} if kind.name == "proyek" else set()
    named = {"batch_id", "row_number", "data_as_of"}
    assert {row[0] for row in rows} == named | person | kept | of_joined_records


@EVERY_KIND
def test_no_two_columns_of_a_kind_answer_to_one_header(kind: Kind):
    keys = [{header_key(text) for text in (column.name, *column.aliases)} for column in kind.columns]
    assert sum(map(len, keys)) == len(set.union(*keys))


@EVERY_KIND
def test_keys_and_pairs_name_declared_columns(kind: Kind):
    named = {*kind.key, *kind.one_of, *kind.period, *(name for pair in kind.ordered for name in pair)}
    assert named <= {column.name for column in kind.columns}


def test_every_pattern_has_its_reason():
    patterned = {f"bentuk_{column.name}" for kind in KINDS.values() for column in kind.columns if column.pattern}
    assert patterned <= set(REASONS)


def test_numbers_of_persons_are_personal():
    for kind in KINDS.values():
        for column in kind.columns:
            assert column.personal == (column.reads_as is Reading.NIK or column.name == "kpj")


@pytest.mark.skipif(not SHARED.exists(), reason="the real figures are not shipped with the product")
def test_the_real_official_figures_land_whole(home: Home):
    (result,) = import_file(home, SHARED, today=TODAY)
    assert (result.kind, result.rows_read, result.rows_accepted, result.rows_rejected) == ("angka_resmi", 8, 8, 0)
    with home.writer_lock("uji"), open_ledger(home) as ledger:
        row = ledger.execute("select wilayah, peserta, potensi, potensi_presisi from angka_resmi where row_number = 2")
        assert row.fetchone() == ("16", 123000, 270000, 10000)
        bali = ledger.execute("select per_tanggal, persen_tercetak from angka_resmi where wilayah = '51'").fetchall()
    assert [(day, float(pct)) for day, pct in bali] == [(None, 50.88)]


def test_files_are_told_apart_by_their_header(deliver):
    memberships = f"nik,segmen,kode_proyek,mulai\n{NIK},JAKON,P-1,2024-01-01\n"
    assert deliver(memberships).kind == "kepesertaan"
    assert deliver("wilayah,bulan,segmen,peserta_aktif,sumber\n16,2024-07,JAKON,1,K\n").kind == "rekap"
    assert deliver("wilayah,segmen,sumber,peserta\n16,JAKON,K,1\n").kind == "angka_resmi"


def test_a_kind_told_overrides_the_one_that_fits_better(deliver):
    memberships = f"nik,segmen,kode_proyek,mulai\n{NIK},JAKON,P-1,2024-01-01\n"
    assert deliver(memberships, kind="tenaga_kerja").kind == "tenaga_kerja"
