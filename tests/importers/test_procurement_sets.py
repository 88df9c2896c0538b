"""A delivered procurement set: what lands, what is left out and why, and what is never held."""

import gzip
import json
import shutil
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics import compute
from data.editions import current_edition, publish
from data.errors import FileRefused
from data.home import Home
from data.importers import ImportResult, import_file
from data.keys import read_encrypted
from data.ledger import open_ledger, status, undo
from tests.importers.conftest import TODAY
from tests.importers.procurement_records import PERSONAL, announced, contracted, ordered, paid, write_set

FIXTURES = Path(__file__).parents[1] / "fixtures"
ONE = {"a": [announced(10001)], "b": [contracted(10001)], "c": [ordered(10001)], "d": [paid(10001)]}


def ask(home: Home, sql: str) -> list[tuple]:
    with home.writer_lock("uji"), open_ledger(home) as ledger:
        return ledger.execute(sql).fetchall()


def land(home: Home, tmp_path: Path, **files) -> dict[str, ImportResult]:
    return {result.kind: result for result in import_file(home, write_set(tmp_path / "set", **files), today=TODAY)}


def landed_period(home: Home, tmp_path: Path, contract: dict, *orders: dict) -> list[tuple]:
    land(home, tmp_path, a=[announced(10001)], b=[contract], **({"c": list(orders)} if orders else {}))
    return ask(home, "select mulai, selesai from proyek")


def codes(result: ImportResult) -> Counter:
    return Counter(reject.code for reject in result.rejects)


def test_a_contract_of_an_announced_package_lands_with_all_that_is_known(home, tmp_path):
    land(home, tmp_path, **ONE)
    names = ("kode_proyek, nama_proyek, wilayah, wilayah_dari, pemilik, jenis_pemilik, sumber_dana, nilai_kontrak, "
             "termasuk_ppn, no_spk, tgl_spk, mulai, selesai, penyedia, jenis_pekerjaan")  # fmt: skip
    assert ask(home, f"select {names} from proyek") == [(
        "10001", "Paket 10001", "32.04", "instansi", "Dinas Kesehatan Kab. Bandung", "OPD kabupaten/kota",
        "APBD kabupaten/kota", Decimal("100000000.25"), True, "SPK/10001", date(2025, 3, 3), date(2025, 3, 5),
        date(2025, 4, 3), "CV. CONTOH KARYA", "Pekerjaan Konstruksi",
    )]  # fmt: skip


def test_a_payment_lands_under_its_contract(home, tmp_path):
    results = land(home, tmp_path, **ONE)
    names = "kode_proyek, tgl_permohonan, termin, jumlah, progres, tgl_bayar"
    assert ask(home, f"select {names} from pembayaran") == [
        ("10001", None, "Sekaligus", Decimal("100000000.25"), Decimal(100), date(2025, 4, 20))
    ]
    assert results["pembayaran"].waiting == 0


def test_every_package_left_out_has_a_reason_of_its_own(home, tmp_path):
    results = land(
        home, tmp_path,
        a=[
            announced(10001),
            announced(10002, jenis_pengadaan="Jasa Konsultansi Badan Usaha Konstruksi"),
            announced(10003, jenis_pengadaan="Jasa Konsultansi Perorangan Konstruksi", status_nontender="Gagal/Batal"),
            announced(10004, jenis_pengadaan="Pengadaan Barang"),
            announced(10005, jenis_pengadaan="Jasa Konsultansi Badan Usaha Non Konstruksi"),
            announced(10006, jenis_pengadaan="None"),
            announced(10008),
            announced(10009, nama_klpd="Kementerian Contoh", jenis_klpd="KEMENTERIAN"),
        ],
        b=[contracted(10001), contracted(10004), contracted(10006), contracted(10007), contracted(10008),
           contracted(10009, nama_klpd="Kementerian Contoh")],
        c=[ordered(10001), ordered(10006), ordered(10009), ordered(10010)],
        d=[paid(10001), paid(10004), paid(10007), paid(10008), paid(10011)],
    )  # fmt: skip
    projects, payments = results["proyek"], results["pembayaran"]
    assert [(reject.row, reject.value, reject.code) for reject in projects.rejects] == [
        (2, "10002", "belum_berkontrak"), (3, "10003", "belum_berkontrak"), (4, "10004", "bukan_konstruksi"),
        (5, "10005", "bukan_konstruksi"), (6, "10006", "jenis_kosong"), (7, "10007", "tanpa_pengumuman"),
        (8, "10008", "tanpa_masa_kerja"), (9, "10009", "wilayah_tidak_diketahui"),
        (10, "10010", "tanpa_pengumuman_dan_kontrak"), (11, "10011", "tanpa_pengumuman_dan_kontrak"),
    ]  # fmt: skip
    assert (projects.rows_read, projects.rows_accepted, projects.rows_rejected) == (11, 1, 10)
    assert projects.rejects[1].message == "Paket konstruksi diumumkan tetapi belum berkontrak (Gagal/Batal)."
    assert "Tidak dimasukkan: 1 × Bukan pekerjaan konstruksi (Pengadaan Barang)." in projects.notes
    # A contract that lacks only its period is known: its payment waits.
    assert (payments.rows_read, payments.rows_accepted, payments.waiting) == (5, 2, 1)
    assert codes(payments) == {"pembayaran_tanpa_proyek": 3}


def test_consultancies_are_projects_of_their_own_kind(home, tmp_path):
    kinds = (
        "Pekerjaan Konstruksi",
        "Jasa Konsultansi Badan Usaha Konstruksi",
        "Jasa Konsultansi Perorangan Konstruksi",
    )
    numbers = range(10001, 10004)
    land(
        home, tmp_path,
        a=[announced(number, jenis_pengadaan=kind) for number, kind in zip(numbers, kinds, strict=True)],
        b=[contracted(number) for number in numbers], c=[ordered(number) for number in numbers],
    )  # fmt: skip
    assert [kind for (kind,) in ask(home, "select jenis_pekerjaan from proyek order by kode_proyek")] == list(kinds)


def test_the_latest_addendum_wins_and_earlier_values_are_kept(home, tmp_path):
    land(
        home, tmp_path, a=[announced(10001)],
        b=[contracted(10001, versi_addendum=2, nilai_kontrak=130, tgl_kontrak="2025-05-02"),
           contracted(10001), contracted(10001, versi_addendum=1, nilai_kontrak=120, tgl_kontrak="2025-04-02")],
        c=[ordered(10001, versi_addendum=1, tgl_selesai_pekerjaan="10-06-2025"), ordered(10001)],
    )  # fmt: skip
    assert ask(home, "select kode_proyek, nilai_kontrak, tgl_spk, mulai, selesai from proyek") == [
        ("10001", Decimal(130), date(2025, 3, 3), date(2025, 3, 5), date(2025, 6, 10))
    ]
    assert ask(home, "select kode_proyek, versi, tgl, nilai_kontrak, selesai from nilai_lama order by versi") == [
        ("10001", 0, date(2025, 3, 3), Decimal("100000000.25"), date(2025, 4, 3)),
        ("10001", 1, date(2025, 4, 2), Decimal(120), date(2025, 6, 10)),
    ]


def test_an_addendum_with_a_number_of_its_own_belongs_to_its_contract(home, tmp_path):
    land(home, tmp_path, a=[announced(10001)], c=[ordered(10001)],
         b=[contracted(10001), contracted(10001, no_kontrak="ADD/1", versi_addendum=1, nilai_kontrak=120)])  # fmt: skip
    assert ask(home, "select kode_proyek, nilai_kontrak, no_spk from proyek") == [("10001", Decimal(120), "SPK/10001")]


def test_contracts_of_one_package_are_told_apart_by_their_order_of_signing(home, tmp_path):
    second = {"no_kontrak": "SPK/B", "tgl_kontrak": "2025-04-01 00:00:00"}
    land(
        home, tmp_path, a=[announced(10001)],
        b=[contracted(10001, **second), contracted(10001)],
        c=[ordered(10001), ordered(10001, no_kontrak="SPK/B", tgl_selesai_pekerjaan="May 9, 2025, 12:00:00AM")],
        d=[paid(10001), paid(10001, no_kontrak="SPK/B", no_bap="BAP/B")],
    )  # fmt: skip
    assert ask(home, "select kode_proyek, no_spk, selesai from proyek order by all") == [
        ("10001", "SPK/10001", date(2025, 4, 3)),
        ("10001#2", "SPK/B", date(2025, 5, 9)),
    ]
    assert ask(home, "select kode_proyek from pembayaran order by all") == [("10001",), ("10001#2",)]


def test_records_that_repeat_another_count_once(home, tmp_path):
    results = land(home, tmp_path, a=[announced(10001)] * 2, b=[contracted(10001)] * 3, c=[ordered(10001)] * 2,
                   d=[paid(10001, _event_date="2025-05-01"), paid(10001, _event_date="2025-05-02")])  # fmt: skip
    assert (results["proyek"].rows_read, results["pembayaran"].rows_read) == (1, 1)
    assert "2 catatan kontrak yang terulang digabung." in results["proyek"].notes
    assert "1 catatan BAP yang terulang digabung." in results["pembayaran"].notes


def test_payments_of_one_day_are_told_apart_and_keep_their_names_when_others_come(home, tmp_path):
    monthly = {"cara_pembayaran_kontrak": "Bulanan", "besar_pembayaran": 5}
    later = [paid(10001, no_bap="B/2", **monthly), paid(10001, no_bap="B/3", **monthly)]
    land(home, tmp_path, **(ONE | {"d": later}))
    earlier = paid(10001, no_bap="B/1", tgl_bap="2025-03-20 00:00:00", **monthly)
    land(home, tmp_path, **(ONE | {"d": [earlier, *later]}))
    names = "select distinct tgl_bayar, termin from pembayaran order by all"
    assert ask(home, names) == [
        (date(2025, 3, 20), "Bulanan"), (date(2025, 4, 20), "Bulanan"), (date(2025, 4, 20), "Bulanan (2)")
    ]  # fmt: skip


def test_a_period_of_one_day_that_promises_more_is_read_from_the_promise(home, tmp_path):
    order = ordered(10001, tgl_mulai_pekerjaan="May 6, 2025, 12:00:00AM", tgl_spmk_spp="2025-04-22T00:00:00.000000Z",
                    tgl_selesai_pekerjaan="May 6, 2025, 12:00:00AM", waktu_penyelesaian="15 hari kalender")  # fmt: skip
    assert landed_period(home, tmp_path, contracted(10001), order) == [(date(2025, 4, 22), date(2025, 5, 6))]


def test_a_start_order_without_dates_has_its_period_from_its_duration(home, tmp_path):
    order = ordered(
        10001, tgl_mulai_pekerjaan=None, tgl_selesai_pekerjaan="None", waktu_penyelesaian="90 Hari Kalender"
    )
    assert landed_period(home, tmp_path, contracted(10001), order) == [(date(2025, 3, 4), date(2025, 6, 1))]


def test_without_a_start_order_an_end_after_the_signing_date_is_a_period(home, tmp_path):
    contract = contracted(10001, tgl_kontrak_awal="2025-03-10 00:00:00", tgl_kontrak_akhir="29-05-2026")
    assert landed_period(home, tmp_path, contract) == [(date(2025, 3, 10), date(2026, 5, 29))]


def test_the_signing_date_is_no_end_of_work(home, tmp_path):
    assert landed_period(home, tmp_path, contracted(10001)) == []


def test_a_given_location_is_the_place_of_work(home, tmp_path):
    place = "Kecamatan Cibatu - Garut (Kab.) - Jawa Barat"
    land(home, tmp_path, **(ONE | {"a": [announced(10001, lokasi_pekerjaan=place)]}))
    assert ask(home, "select wilayah, wilayah_dari from proyek") == [("32.05", "lokasi")]


@pytest.mark.parametrize(
    "contractor",
    [
        {"nama_penyedia": "PENYEDIA PERSEORANGAN"},
        {"nama_penyedia": "Bambang Prakoso Adi", "bentuk_usaha_penyedia": "Orang Perseorangan"},
        {"nama_penyedia": "Bambang Prakoso Adi", "bentuk_usaha_penyedia": None},
    ],
)
def test_a_sole_proprietor_is_perseorangan(home, tmp_path, contractor):
    land(home, tmp_path, **(ONE | {"b": [contracted(10001, **contractor)]}))
    assert ask(home, "select penyedia from proyek") == [("Perseorangan",)]


def test_nothing_personal_is_found_in_the_home_again(home, tmp_path):
    person = contracted(10002, nama_penyedia="Bambang Prakoso Adi", bentuk_usaha_penyedia="Orang Perseorangan")
    land(home, tmp_path, a=[announced(10001), announced(10002)], b=[contracted(10001), person, contracted(10003)],
         c=[ordered(10001), ordered(10002)], d=[paid(10001), paid(10003)])  # fmt: skip
    publish(home, TODAY)
    bare = {path.relative_to(home.root) for path in home.root.rglob("*") if path.is_file()}
    assert {path.suffix for path in bare} >= {".duckdb", ".json", ".aes"}
    for path in bare:
        content = (home.root / path).read_bytes()
        assert [secret for secret in PERSONAL.values() if secret.encode() in content] == [], path
    tables = [name for (name,) in ask(home, "select table_name from duckdb_tables()")]
    rows = json.dumps([ask(home, f"select * from {table}") for table in tables], default=str)
    assert [secret for secret in PERSONAL.values() if secret in rows] == []


def test_the_files_as_sent_are_kept_encrypted_one_by_one(home, tmp_path):
    result = land(home, tmp_path, **ONE)["proyek"]
    assert len(list(home.uploads_dir.iterdir())) == len(ONE)
    kept = {read_encrypted(home, path.stem) for path in home.uploads_dir.iterdir()}
    assert kept == {json.dumps(rows).encode() for rows in ONE.values()}
    assert all(path.stem[:12] in result.notes[0] for path in home.uploads_dir.iterdir())


def test_the_same_set_under_other_names_changes_nothing(home, tmp_path):
    land(home, tmp_path, **ONE)
    renamed = write_set(tmp_path / "lain", **{f"berkas-{name}": rows for name, rows in ONE.items()})
    again = import_file(home, renamed, today=TODAY)
    assert [(result.batch, result.notes[0].split(",")[0]) for result in again] == [
        (None, "berkas yang sama sudah masuk sebagai batch 1"),
        (None, "berkas yang sama sudah masuk sebagai batch 2"),
    ]
    assert ask(home, "select count(*) from batch") == [(2,)]


def test_either_batch_can_be_undone_and_comes_in_again(home, tmp_path):
    land(home, tmp_path, **ONE)
    undo(home, 1)
    assert status(home)["waiting"] == [{"kind": "pembayaran", "rows": 1, "projects": 1}]
    assert [result.batch for result in land(home, tmp_path, **ONE).values()] == [3, None]
    undo(home, 2)
    assert status(home)["waiting"] == []
    assert [result.batch for result in land(home, tmp_path, **ONE).values()] == [None, 4]


def test_a_dry_run_lands_nothing_and_knows_the_projects_of_its_payments(home, tmp_path):
    results = import_file(home, write_set(tmp_path / "set", **ONE), today=TODAY, dry_run=True)
    assert [(result.batch, result.rows_accepted, result.waiting) for result in results] == [(None, 1, 0), (None, 1, 0)]
    assert ask(home, "select count(*) from batch") == [(0,)]


def test_the_position_is_the_latest_day_the_records_were_taken(home, tmp_path):
    land(home, tmp_path, **(ONE | {"c": [ordered(10001, _event_date="2025-06-02")]}),
         e=[announced(10002, tanggal_status="2025-06-04", _event_date="2025-06-01")])  # fmt: skip
    assert ask(home, "select distinct data_as_of from batch") == [(date(2025, 6, 4),)]
    assert ask(home, "select distinct data_as_of from proyek") == [(date(2025, 6, 4),)]


def test_a_position_told_comes_before_that_of_the_records(home, tmp_path):
    folder = write_set(tmp_path / "set", **(ONE | {"c": [ordered(10001, _event_date="2025-06-02")]}))
    import_file(home, folder, today=TODAY, data_as_of=date(2025, 5, 5))
    assert ask(home, "select distinct data_as_of from batch") == [(date(2025, 5, 5),)]


def test_without_a_position_it_is_the_day_of_import(home, tmp_path):
    land(home, tmp_path, **ONE)
    assert ask(home, "select distinct data_as_of from batch") == [(TODAY,)]


def test_a_folder_that_is_no_set_is_refused_as_a_folder(empty_home, tmp_path):
    folder = write_set(tmp_path / "folder", lain=[{"a": 1}])
    (folder / "rusak.json").write_text("{")
    (folder / "proyek.csv").write_text("kode_proyek\n")
    with pytest.raises(FileRefused, match=r"^folder adalah folder; sebutkan berkas CSV atau XLSX di dalamnya\.$"):
        import_file(empty_home, folder, today=TODAY)
    assert not empty_home.ledger_path.exists()


def test_a_damaged_file_of_a_set_refuses_all_of_it(home, tmp_path):
    folder = write_set(tmp_path / "set", **ONE)
    (folder / "b.json").write_text((folder / "b.json").read_text()[:-9])
    with pytest.raises(FileRefused, match=r"^b.json bukan JSON yang utuh; unduh lalu kirim ulang\.$"):
        import_file(home, folder, today=TODAY)


@pytest.mark.parametrize(
    "content", ["[" * 200_000, '[{"kd_tender": 1, "nilai_kontrak": NaN}]', "[" + "9" * 5_000 + "]"]
)
def test_json_that_no_program_should_write_is_refused(home, tmp_path, content):
    folder = write_set(tmp_path / "set", **ONE)
    (folder / "z.json").write_text(content)
    with pytest.raises(FileRefused, match=r"^z.json bukan JSON yang utuh"):
        import_file(home, folder, today=TODAY)


def test_one_file_of_a_set_alone_asks_for_its_folder(home, tmp_path):
    folder = write_set(tmp_path / "set", **ONE)
    with pytest.raises(FileRefused, match=r"^b.json hanya satu bagian data pengadaan; sebutkan foldernya\.$"):
        import_file(home, folder / "b.json", today=TODAY)


@pytest.mark.parametrize(("options", "word"), [({"kind": "proyek"}, "--kind"), ({"complete_for": "32.04"}, "lengkap")])
def test_a_set_has_its_kinds_and_is_never_complete(home, tmp_path, options, word):
    with pytest.raises(FileRefused, match=word):
        import_file(home, write_set(tmp_path / "set", **ONE), today=TODAY, **options)


def test_a_project_package_of_oc4ids_gives_the_same_rows(home):
    projects, payments = import_file(home, FIXTURES / "procurement" / "oc4ids.json", today=TODAY)
    assert codes(projects) == {"belum_berkontrak": 1, "jenis_kosong": 1}
    assert (projects.rows_read, payments.rows_accepted) == (4, 1)
    names = ("kode_proyek, wilayah, wilayah_dari, pemilik, jenis_pemilik, sumber_dana, nilai_kontrak, mulai, selesai, "
             "penyedia, jenis_pekerjaan")  # fmt: skip
    owned = ("16.06", "lokasi", "Dinas PUPR Kab. Musi Banyuasin", "OPD kabupaten/kota", "APBD kabupaten/kota")
    assert ask(home, f"select {names} from proyek order by 1") == [
        ("ocds-contoh-1", *owned, Decimal("1500000000.50"), date(2025, 2, 1), date(2025, 9, 30), "PT Contoh Jalan",
         "Pekerjaan Konstruksi"),
        ("ocds-contoh-2", *owned, Decimal(90_000_000), date(2025, 2, 1), date(2025, 7, 31), "Perseorangan",
         "Jasa Konsultansi Badan Usaha Konstruksi"),
    ]  # fmt: skip
    assert ask(home, "select kode_proyek, versi, tgl, nilai_kontrak, selesai from nilai_lama") == [
        ("ocds-contoh-1", 0, None, Decimal(1_400_000_000), date(2025, 7, 31))
    ]
    assert ask(home, "select kode_proyek, termin, jumlah, tgl_bayar, data_as_of from pembayaran") == [
        ("ocds-contoh-1", "Uang muka", Decimal(300_000_000), date(2025, 3, 10), date(2025, 6, 15))
    ]
    content = home.ledger_path.read_bytes()
    assert not any(name in content for name in (b"Siti Rahayu", b"Budi Santoso", b"081234567890"))


def test_an_spse_export_alone_knows_no_period(home):
    (projects,) = import_file(home, FIXTURES / "procurement" / "spse.csv", today=TODAY)
    assert {reject.value: reject.code for reject in projects.rejects} == {
        "20000001000": "tanpa_masa_kerja",
        "20000002000": "belum_berkontrak",
        "20000003000": "bukan_konstruksi",
    }


def test_an_spse_export_joins_the_start_orders_of_its_folder(home, tmp_path):
    folder = write_set(tmp_path / "set", spmk=[ordered(20000001000)])
    shutil.copy(FIXTURES / "procurement" / "spse.csv", folder)
    import_file(home, folder, today=TODAY)
    names = ("kode_proyek, nama_proyek, wilayah, wilayah_dari, pemilik, jenis_pemilik, sumber_dana, nilai_kontrak, "
             "tgl_spk, mulai, selesai, penyedia")  # fmt: skip
    assert ask(home, f"select {names} from proyek") == [(
        "20000001000", "Rehabilitasi Gedung", "16.71", "lokasi", "Dinas PUPR Kota Palembang", "OPD kabupaten/kota",
        "APBD kabupaten/kota", Decimal(475_500_000), None, date(2025, 3, 5), date(2025, 4, 3), "CV Contoh Musi",
    )]  # fmt: skip
    content = home.ledger_path.read_bytes()
    assert not any(secret in content for secret in (b"Rahasia", b"01.234.567.8-901.000", b"Budi Santoso"))


def test_a_contract_named_by_two_sources_is_one_project(home, tmp_path):
    folder = write_set(tmp_path / "set", spmk=[ordered(20000001000)], kontrak=[contracted(20000001000)])
    shutil.copy(FIXTURES / "procurement" / "spse.csv", folder)
    import_file(home, folder, today=TODAY)
    assert ask(home, "select kode_proyek, no_spk from proyek") == [("20000001000", "SPK/20000001000")]


def test_a_contract_that_tells_its_kind_needs_no_announcement(home, tmp_path):
    told = contracted(10001, jenis_pengadaan="Pekerjaan Konstruksi", sumber_dana="APBD")
    land(home, tmp_path, b=[told], c=[ordered(10001)])
    assert ask(home, "select kode_proyek, jenis_pekerjaan from proyek") == [("10001", "Pekerjaan Konstruksi")]


def test_the_value_of_a_winner_is_no_contract(home, tmp_path):
    winner = {"kd_nontender": 10001, "nilai_kontrak": 5, "nama_penyedia": "CV. CONTOH KARYA"}
    result = land(home, tmp_path, a=[announced(10001)], nilai=[winner])["proyek"]
    assert codes(result) == {"belum_berkontrak": 1}
    assert result.notes[0].endswith("Tidak dibaca: nilai.json.")


def test_registration_stays_unknown_and_the_one_kabupaten_is_where_reading_begins(home, tmp_path):
    land(home, tmp_path, **ONE)
    publish(home, TODAY)
    edition = current_edition(home)
    assert edition is not None
    assert compute.default_place(edition) == "32.04"
    (row,) = compute.rows(edition, "placement_coverage", date(2025, 3, 31), compute.Scope("32.04"))
    assert (row.status, row.value) == ("no_data", None)


def test_projects_of_two_kabupaten_begin_at_their_province_or_the_nation(home, tmp_path):
    def starts_at(second_place: str) -> str:
        places = ("X - Bandung (Kab.) - Jawa Barat", second_place)
        packages = [announced(10001, lokasi_pekerjaan=places[0]), announced(10002, lokasi_pekerjaan=places[1])]
        land(home, tmp_path, a=packages, b=[contracted(10001), contracted(10002)], c=[ordered(10001), ordered(10002)])
        publish(home, TODAY)
        edition = current_edition(home)
        assert edition is not None
        return compute.default_place(edition)

    assert starts_at("Y - Garut (Kab.) - Jawa Barat") == "32"
    assert starts_at("Y - Klaten (Kab.) - Jawa Tengah") == "00"
    assert starts_at("Y - Palembang (Kota) - Sumatera Selatan") == "16"


def test_schema_2_leaves_the_rows_of_schema_1_as_they_were(empty_home):
    empty_home.ledger_path.write_bytes(gzip.decompress((FIXTURES / "ledger-schema-1.duckdb.gz").read_bytes()))
    empty_home.keys_dir.mkdir()
    (empty_home.keys_dir / "person.key").write_bytes(b"k" * 32)
    (empty_home.keys_dir / "files.key").write_bytes(b"f" * 32)
    assert ask(empty_home, "select kode_proyek, wilayah, wilayah_dari from proyek") == [("P-1", "16.71", None)]
    assert ask(empty_home, "select count(*) from tenaga_kerja") == [(2,)]
    for table in ("pembayaran", "nilai_lama", "target"):
        assert ask(empty_home, f"select count(*) from {table}") == [(0,)]
    assert (empty_home.root / "ledger-versi-1.duckdb").exists()
