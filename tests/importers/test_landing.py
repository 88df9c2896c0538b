"""What an import leaves in the ledger."""

import errno
import hashlib
import hmac
import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data.errors import CakupanError, FileRefused, HomeBusy
from data.home import Home
from data.importers import import_file, import_files, run
from data.importers.masking import masked
from data.keys import read_encrypted, store_encrypted
from data.ledger import open_ledger, undo
from tests.importers.conftest import NIK, OTHER_NIK, TODAY

ROSTER = f"nik,kode_proyek,mulai,selesai\n{NIK},P-1,2024-07-01,2024-08-15\n{OTHER_NIK},P-2,2024-06-10,\n"
PROJECTS = (
    "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai,no_spk\n"
    "P-1,Jalan,16.71,Dinas PUPR,2024-01-01,2024-12-31,SPK/1\n"
)


def ask(home: Home, sql: str) -> list[tuple]:
    with home.writer_lock("uji"), open_ledger(home) as ledger:
        return ledger.execute(sql).fetchall()


def batch(home: Home, columns: str) -> tuple:
    return ask(home, f"select {columns} from batch order by batch_id desc limit 1")[0]


def test_a_person_is_the_hmac_of_the_nik_and_keeps_the_number(deliver, home: Home):
    deliver(ROSTER)
    deliver(f"nik,segmen,wilayah,mulai\n{NIK},BPU,16.71,2024-01-01\n1671010101900009,BPU,16.71,2024-01-01\n")
    key = (home.keys_dir / "person.key").read_bytes()
    known = dict(ask(home, "select nik_hmac, person_id from person"))
    assert len(known) == 3
    assert sorted(known.values()) == [1, 2, 3]
    person = known[hmac.digest(key, NIK.encode(), "sha256")]
    assert ask(home, "select person_id from tenaga_kerja where row_number = 2") == [(person,)]
    assert ask(home, "select person_id from kepesertaan where row_number = 2") == [(person,)]


def test_a_rejected_row_makes_no_person(deliver, home: Home):
    deliver(f"nik,kode_proyek,mulai\n{NIK},P-1,entah\n")
    assert ask(home, "select count(*) from person") == [(0,)]
    assert batch(home, "rows_accepted, rows_rejected") == (0, 1)


def test_the_same_file_twice_changes_nothing(deliver, home: Home):
    deliver(ROSTER)
    again = deliver(ROSTER, name="salinan.csv")
    assert again.batch is None
    assert again.notes == ["berkas yang sama sudah masuk sebagai batch 1, tidak ada yang berubah"]
    assert ask(home, "select count(*) from batch") == [(1,)]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({}, {"complete_for": "16"}),
        ({}, {"data_as_of": date(2025, 5, 31)}),
        ({"complete_for": "16"}, {}),
        ({"complete_for": "16"}, {"complete_for": "16.71"}),
        ({"complete_for": "16"}, {"complete_for": "16", "period": "2024-01..2024-12"}),
        ({"complete_for": "16"}, {"complete_for": "16", "data_as_of": date(2025, 5, 31)}),
    ],
)
def test_the_same_file_with_another_meaning_lands_again_and_names_the_other_batch(deliver, first: dict, then: dict):
    deliver(ROSTER, **first)
    again = deliver(ROSTER, **then)
    assert again.batch == 2
    assert again.notes[-1] == (
        "Isi yang sama sudah masuk sebagai batch 1 dengan keterangan lain; "
        "batch itu tetap berlaku, batalkan dengan undo 1 bila keliru."
    )
    assert deliver(ROSTER, **then).notes == ["berkas yang sama sudah masuk sebagai batch 2, tidak ada yang berubah"]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"data_as_of": date(2025, 5, 31)}, {}),
        ({"data_as_of": date(2025, 5, 31)}, {"data_as_of": date(2025, 5, 31)}),
        ({"complete_for": "16", "period": "2024-01..2024-12"}, {"complete_for": "Sumatera Selatan"}),
        ({"complete_for": "16", "data_as_of": date(2025, 5, 31)}, {"complete_for": "16"}),
    ],
)
def test_the_same_file_of_which_nothing_else_is_told_changes_nothing(deliver, first: dict, then: dict):
    deliver(ROSTER, **first)
    assert deliver(ROSTER, **then).batch is None


def test_rows_without_a_position_of_their_own_tell_two_deliveries_of_a_file_apart(deliver):
    text = f"nik,kode_proyek,mulai,posisi_data\n{NIK},P-1,2024-07-01,2025-06-30\n{OTHER_NIK},P-1,2024-07-01,\n"
    told = [date(2025, 5, 31), date(2025, 4, 30), date(2025, 5, 31)]
    assert [deliver(text, data_as_of=day).batch for day in told] == [1, 2, None]


def test_an_undone_file_may_be_imported_again(deliver, home: Home):
    deliver(ROSTER)
    undo(home, 1)
    assert deliver(ROSTER).batch == 2


def test_the_original_is_kept_encrypted(deliver, home: Home):
    deliver(ROSTER)
    sha256 = hashlib.sha256(ROSTER.encode()).hexdigest()
    assert read_encrypted(home, sha256) == ROSTER.encode()
    assert batch(home, "file_sha256, file_bytes") == (sha256, len(ROSTER))


def test_rows_of_unknown_projects_wait(deliver):
    deliver(PROJECTS)
    assert deliver(ROSTER).waiting == 1
    registrations = (
        "kode_proyek,no_spk,tgl_daftar\n,SPK/1,2024-01-02\n,SPK/2,2024-01-02\nP-1,,2024-01-03\nP-9,,2024-01-02\n"
    )
    assert deliver(registrations).waiting == 2


def test_a_position_told_holds_for_rows_that_state_none(deliver, home: Home):
    text = f"nik,kode_proyek,mulai,posisi_data\n{NIK},P-1,2024-07-01,2024-09-30\n{OTHER_NIK},P-1,2024-07-01,\n"
    deliver(text, data_as_of=date(2024, 8, 31))
    assert ask(home, "select data_as_of from tenaga_kerja order by row_number") == [
        (date(2024, 9, 30),),
        (date(2024, 8, 31),),
    ]
    assert batch(home, "data_as_of") == (date(2024, 9, 30),)


def test_all_rows_of_a_complete_delivery_carry_its_position(deliver, home: Home):
    text = f"nik,kode_proyek,mulai,posisi_data\n{NIK},P-1,2024-07-01,2024-08-31\n{OTHER_NIK},P-1,2024-07-01,\n"
    deliver(text, data_as_of=date(2024, 9, 30), complete_for="16.71")
    assert ask(home, "select distinct data_as_of from tenaga_kerja") == [(date(2024, 9, 30),)]


def test_a_complete_delivery_is_for_a_place_and_the_whole_months_of_its_dates(deliver, home: Home):
    deliver(PROJECTS, complete_for="palembang", data_as_of=date(2025, 1, 15))
    columns = "delivery, scope_kind, scope_value, period_from, period_to, data_as_of"
    expected = ("lengkap", "wilayah", "16.71", date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 15))
    assert batch(home, columns) == expected


def test_an_open_end_runs_to_the_position_of_the_data(deliver, home: Home):
    deliver(ROSTER, complete_for="16", data_as_of=date(2024, 9, 10))
    assert batch(home, "period_from, period_to") == (date(2024, 6, 1), date(2024, 9, 10))


def test_a_period_told_is_taken_as_whole_months(deliver, home: Home):
    deliver(ROSTER, complete_for="16", period="2023-01..2024-02")
    assert batch(home, "period_from, period_to") == (date(2023, 1, 1), date(2024, 2, 29))


def test_a_complete_delivery_may_be_for_an_owner_known_from_projects(deliver, home: Home):
    deliver(PROJECTS)
    deliver(ROSTER, complete_for="DINAS  PUPR")
    assert batch(home, "scope_kind, scope_value") == ("pemilik", "Dinas PUPR")


def test_the_owner_may_be_known_from_the_delivery_itself(deliver, home: Home):
    deliver(PROJECTS, complete_for="Dinas PUPR")
    assert batch(home, "scope_kind, scope_value") == ("pemilik", "Dinas PUPR")


def test_a_complete_delivery_warns_of_rows_it_rejected(deliver):
    result = deliver(ROSTER + f"{NIK},P-3,x,\n", complete_for="16")
    assert any(note.startswith("1 baris ditolak dianggap tidak ada") for note in result.notes)


def test_reports_cannot_be_complete(deliver):
    with pytest.raises(FileRefused, match="rekap tidak dapat dikirim lengkap"):
        deliver("wilayah,bulan,segmen,peserta_aktif,sumber\n16,2024-07,JAKON,1,K\n", complete_for="16")


def test_a_complete_delivery_without_one_good_row_is_refused(deliver):
    with pytest.raises(FileRefused, match="Tidak satu baris pun"):
        deliver("nik,kode_proyek,mulai\n1,P-1,2024-07-01\n", complete_for="16")


def test_notes_are_kept_with_the_batch(deliver, home: Home):
    result = deliver(f"UPAH,{ROSTER}".replace("\n1671", "\n5000,1671"))
    assert json.loads(batch(home, "notes")[0]) == result.notes == ["Kolom pribadi dibuang saat membaca: UPAH."]


def test_very_many_rejects_are_shown_in_part_and_kept_whole(deliver, home: Home, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "MAX_SHOWN_REJECTS", 3)
    result = deliver("nik,kode_proyek,mulai\n" + "1,P-1,2024-07-01\n" * 5)
    assert len(result.rejects) == 3
    assert ask(home, "select count(*) from reject") == [(5,)]
    assert any("hanya 3" in note for note in result.notes)


def written(folder: Path, **texts: str) -> list[Path]:
    """A CSV of each text under its name."""
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text)
    return [folder / f"{name}.csv" for name in texts]


@pytest.fixture(params=["empty", "begun"])
def either_home(request, empty_home: Home) -> Home:
    """A home without a ledger, or with one that holds nothing: imports begin differently in them."""
    if request.param == "begun":
        ask(empty_home, "select 1")
    return empty_home


def test_several_files_land_together_and_know_each_other(either_home: Home, tmp_path: Path):
    paths = written(tmp_path, proyek=PROJECTS, roster=ROSTER)
    results = import_files(either_home, paths, today=TODAY)
    assert [(result.kind, result.batch, result.waiting) for result in results] == [
        ("proyek", 1, 0),
        ("tenaga_kerja", 2, 1),
    ]
    assert len(list(either_home.uploads_dir.glob("*.aes"))) == 2
    assert ask(either_home, "select count(*) from tenaga_kerja join proyek using (kode_proyek)") == [(1,)]


def test_a_file_named_twice_lands_once(home: Home, tmp_path: Path):
    paths = written(tmp_path, roster=ROSTER, salinan=ROSTER, proyek=PROJECTS)
    results = import_files(home, paths, today=TODAY)
    assert [(result.file, result.batch) for result in results] == [
        ("roster.csv", 1),
        ("salinan.csv", None),
        ("proyek.csv", 2),
    ]
    assert results[1].notes == ["isinya sama dengan roster.csv dalam perintah ini, tidak ada yang berubah"]


def test_when_the_last_file_is_refused_nothing_of_the_others_is_left(either_home: Home, tmp_path: Path):
    before = sorted(path.name for path in either_home.root.rglob("*"))
    paths = written(tmp_path, proyek=PROJECTS, kosong="nik,kode_proyek,mulai\n")
    with pytest.raises(FileRefused, match="tidak berisi baris data"):
        import_files(either_home, paths, today=TODAY)
    assert sorted(path.name for path in either_home.root.rglob("*")) == before
    assert ask(either_home, "select count(*) from batch") == [(0,)]


def test_a_full_disk_is_told_and_leaves_no_original_behind(
    either_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fill_up(home: Home, path: Path, sha256: str):
        if path.name == "roster.csv":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return store_encrypted(home, path, sha256)

    paths = written(tmp_path, proyek=PROJECTS, roster=ROSTER)
    monkeypatch.setattr(run, "store_encrypted", fill_up)
    with pytest.raises(CakupanError) as told:
        import_files(either_home, paths, today=TODAY)
    assert str(told.value) == "Impor 2 berkas berhenti (cakram penuh); tidak ada yang masuk, perbaiki lalu ulangi."
    assert list(either_home.uploads_dir.iterdir()) == []
    assert ask(either_home, "select (select count(*) from batch), (select count(*) from proyek)") == [(0, 0)]
    monkeypatch.undo()
    assert [result.batch for result in import_files(either_home, paths, today=TODAY)] == [1, 2]


def test_an_original_that_an_older_batch_names_outlives_a_failed_import(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    proyek, roster = written(tmp_path, proyek=PROJECTS, roster=ROSTER)
    import_file(home, proyek, today=TODAY)

    def fail(*_args):
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(run, "store_encrypted", fail)
    with pytest.raises(CakupanError, match="izin ditolak"):
        import_files(home, [proyek, roster], today=TODAY)
    assert [path.stem for path in home.uploads_dir.iterdir()] == [hashlib.sha256(PROJECTS.encode()).hexdigest()]


def test_progress_is_told_by_stages(deliver):
    told = []
    deliver(ROSTER, progress=lambda stage, done, total: told.append((stage, done, total)))
    assert told == [("membaca", 2, None), ("memeriksa", 0, 2), ("menyimpan", 0, 2)]


FULL_WIDTH = NIK.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})


@pytest.mark.parametrize("number", [NIK, "1671.0101.0190.0001", "1671-0101-0190-0001", "24000000001", FULL_WIDTH])
def test_numbers_of_persons_in_a_file_name_are_masked(deliver, number: str):
    assert deliver(ROSTER, name=f"ktp {number}.csv").file == f"ktp {masked(number)}.csv"
    assert sum(char.isdigit() for char in masked(number)) == 6


@pytest.mark.parametrize(
    "name",
    ["a\nb.csv", "\u202egpj.csv", "x" * 240 + ".csv", "<script>.csv", "'; drop table batch; --.csv", "\udcff.csv"],
)
def test_hostile_file_names_are_made_harmless(deliver, home: Home, name: str):
    deliver(ROSTER, name=name)
    (kept,) = batch(home, "file_name")
    assert kept.isprintable()
    assert 1 <= len(kept.encode()) <= 255


class TestTheFirstImport:
    """Into a home that has no ledger: how one begins is seen here."""

    @pytest.fixture
    def home(self, empty_home: Home) -> Home:
        return empty_home

    def test_batch_rows_and_rejects_land_together(self, deliver, home: Home):
        result = deliver(ROSTER + f"{NIK},P-3,2024-13-01,\n")
        assert (result.batch, result.rows_read, result.rows_accepted, result.rows_rejected) == (1, 3, 2, 1)
        columns = "batch_id, kind, file_name, delivery, rows_read, rows_accepted, rows_rejected, data_as_of"
        assert batch(home, columns) == (1, "tenaga_kerja", "kiriman.csv", "tambahan", 3, 2, 1, TODAY)
        assert ask(home, "select batch_id, row_number, kode_proyek, mulai, selesai from tenaga_kerja order by 2") == [
            (1, 2, "P-1", date(2024, 7, 1), date(2024, 8, 15)),
            (1, 3, "P-2", date(2024, 6, 10), None),
        ]
        assert ask(home, "select batch_id, row_number, column_name, code from reject") == [
            (1, 4, "mulai", "tanggal_mustahil")
        ]

    def test_a_dry_run_says_the_same_and_writes_nothing(self, deliver, home: Home):
        text = ROSTER + "1,P-3,x,\n"
        told = deliver(text, dry_run=True)
        assert list(home.root.iterdir()) == []
        landed = deliver(text)
        assert told.batch is None
        assert (told.rows_read, told.rejects, told.notes) == (landed.rows_read, landed.rejects, landed.notes)

    def test_no_nik_name_or_card_number_lies_anywhere_in_the_home(self, deliver, home: Home):
        text = (
            f"nik,kpj,nama lengkap,kode_proyek,mulai\n{NIK},24000000001,BUDI,P-1,2024-07-01\n{OTHER_NIK},1,SITI,P-1,x\n"
        )
        deliver(text, name=f"roster {NIK}.csv")
        kept = b"".join(path.read_bytes() for path in home.root.rglob("*") if path.is_file())
        for secret in (NIK, OTHER_NIK, "24000000001", "BUDI", "SITI"):
            assert secret.encode() not in kept

    def test_a_message_of_the_database_never_gets_out(self, deliver, home: Home, monkeypatch: pytest.MonkeyPatch):
        def fail(*_args):
            raise duckdb.ConversionException(f"Could not convert string '{NIK}'")

        monkeypatch.setattr(run, "judge", fail)
        with pytest.raises(CakupanError) as told:
            deliver(ROSTER)
        assert NIK not in str(told.value)
        assert "ConversionException" in str(told.value)
        assert told.value.__suppress_context__
        assert ask(home, "select count(*) from batch") == [(0,)]

    def test_nothing_lands_when_the_original_cannot_be_kept(self, deliver, home: Home, monkeypatch: pytest.MonkeyPatch):
        def fail(*_args):
            raise CakupanError("Cakram penuh.")

        monkeypatch.setattr(run, "store_encrypted", fail)
        with pytest.raises(CakupanError):
            deliver(ROSTER)
        assert ask(home, "select (select count(*) from batch), (select count(*) from person)") == [(0, 0)]

    @pytest.mark.parametrize("dry_run", [True, False])
    def test_a_file_may_be_complete_for_an_owner_that_an_earlier_one_names(
        self, home: Home, tmp_path: Path, dry_run: bool
    ):
        paths = written(tmp_path, proyek=PROJECTS, roster=ROSTER)
        results = import_files(home, paths, complete_for="dinas pupr", today=TODAY, dry_run=dry_run)
        assert [(result.kind, result.waiting) for result in results] == [("proyek", 0), ("tenaga_kerja", 1)]
        if not dry_run:
            assert ask(home, "select distinct scope_value from batch") == [("Dinas PUPR",)]

    def test_a_first_import_leaves_a_whole_ledger_without_a_log(self, deliver, home: Home):
        deliver(ROSTER)
        assert {path.name for path in home.root.iterdir()} <= {
            "ledger.duckdb", "journal.sqlite", "keys", "uploads", "writer.lock", "writer.json",
        }  # fmt: skip

    def test_a_second_writer_is_told(self, home: Home, tmp_path: Path):
        path = tmp_path / "kiriman.csv"
        path.write_text(ROSTER)
        with home.writer_lock("penerbitan"), pytest.raises(HomeBusy):
            import_file(home, path)

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            ({"complete_for": "Dinas Gaib"}, "'Dinas Gaib' bukan wilayah atau pemilik"),
            ({"complete_for": "16", "period": "2024"}, "Periode '2024' tidak terbaca"),
            ({"complete_for": "16", "period": "2024-02..2024-01"}, "berakhir sebelum mulai"),
            ({"complete_for": "16", "data_as_of": date(2020, 1, 1)}, "sesudah posisi data 2020-01-01"),
            ({"period": "2024-01..2024-02"}, "hanya berlaku bersama --complete-for"),
        ],
    )
    def test_a_delivery_told_wrongly_is_refused(self, deliver, home: Home, options: dict, sentence: str):
        with pytest.raises(FileRefused) as refused:
            deliver(ROSTER, **options)
        assert sentence in str(refused.value)
        assert list(home.root.iterdir()) == []
