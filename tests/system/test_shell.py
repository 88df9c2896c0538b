"""The shell's door, end to end: what each command says, returns and leaves behind."""

import csv
import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from analytics.row import JSON_FIELDS
from data.home import Home
from data.ledger import mark_demo, open_ledger, status
from tests.shell import landed, refused, run_child, run_here

IMPORT_FIELDS = ("file", "kind", "batch", "rows_read", "rows_accepted", "rows_rejected", "rejects")
REJECT_FIELDS = {"row", "column", "code", "value", "message", "remedy"}

# Every person here is invented; the names must not be found anywhere in a home.
PERSONS = [
    (
        f"1671{1 + n % 8:02}{1 + n % 28:02}{1 + n % 12:02}90{n + 1:04}",
        f"{73_910_264_500 + n}",
        f"Zulkarnaen Wiraatmaja {n:03}",
    )
    for n in range(40)
]
WRONG_NIK = "1671019902901234"  # the 99th of February
PROJECTS = [
    ("P-1", "Peningkatan Jalan Betung", "16.71", "Dinas PUPR", "OPD kabupaten/kota", "APBD kabupaten/kota", 30),
    (
        "P-2",
        "Rehabilitasi Ruang Kelas",
        "Kab. OKI",
        "Dinas Pendidikan",
        "OPD kabupaten/kota",
        "APBD kabupaten/kota",
        10,
    ),
    ("P-3", "Preservasi Jalan Nasional", "Palembang", "BBPJN Sumatera Selatan", "Kementerian", "APBN", 60),
]


def write(path: Path, header: str, records) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header.split(","), *records])
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    """One file of most kinds, as senders write them."""
    folder = tmp_path_factory.mktemp("kiriman")
    days = ("2024-01-01", "2024-12-31")
    return {
        "proyek": write(
            folder / "proyek.csv",
            "kode_proyek,nama_proyek,wilayah,pemilik,jenis_pemilik,sumber_dana,tenaga_kerja,mulai,selesai",
            [(*project, *days) for project in PROJECTS],
        ),
        "pendaftaran": write(
            folder / "pendaftaran.csv",
            "kode_proyek,tgl_daftar,tgl_bayar,tenaga_kerja,mulai,selesai",
            [("P-1", "2024-01-05", "2024-01-06", 25, *days), ("P-3", "2024-02-01", "2024-02-02", 50, *days)],
        ),
        "tenaga_kerja": write(
            folder / "tenaga_kerja.csv",
            "NIK,NO KPJ,NAMA LENGKAP,kode_proyek,TGL MULAI BEKERJA,selesai",
            [
                *((nik, kpj, name, PROJECTS[n % 3][0], *days) for n, (nik, kpj, name) in enumerate(PERSONS)),
                (WRONG_NIK, "", "Zulkarnaen Wiraatmaja 999", "P-1", *days),
                (PERSONS[0][0], "", PERSONS[0][2], "P-1", "2024-12-31", "2024-01-01"),
            ],
        ),
        "kepesertaan": write(
            folder / "kepesertaan.csv",
            "nik,kpj,nama,segmen,kode_proyek,mulai,selesai,tgl_bayar",
            [
                (nik, kpj, name, "JAKON", PROJECTS[n % 3][0], *days, "2024-01-06")
                for n, (nik, kpj, name) in enumerate(PERSONS)
                if n % 3 != 1
            ],
        ),
        "angka_resmi": write(
            folder / "angka_resmi.csv",
            "wilayah,per_tanggal,segmen,peserta,potensi,sumber",
            [("Sumatera Selatan", "2024-07-09", "jasa konstruksi", "123.000", "270.000", "Kanwil")],
        ),
    }


@pytest.fixture(scope="module")
def filled(files, tmp_path_factory) -> Home:
    """A home with everything delivered complete for the province and published. Read only, tests share it."""
    home = Home(tmp_path_factory.mktemp("isi") / "home")
    complete = ("--complete-for", "Sumatera Selatan", "--period", "2024-01..2024-12", "--data-as-of", "2024-08-05")
    for kind in ("proyek", "pendaftaran"):
        landed(home, "import", files[kind], *complete)
    for kind in ("tenaga_kerja", "kepesertaan"):
        landed(home, "import", files[kind], *complete, run=run_child)
    landed(home, "import", files["angka_resmi"], "--data-as-of", "2024-07-10")
    landed(home, "publish", "--as-of", "2024-08-31", run=run_child)
    return home


def bytes_of(home: Home) -> dict[str, str]:
    """What every file of a home holds, but for the note about the last writer and what reading a journal leaves."""
    return {
        str(path.relative_to(home.root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.root.rglob("*"))
        if path.is_file() and path.name not in ("writer.json", "journal.sqlite-wal", "journal.sqlite-shm")
    }


def test_an_import_says_what_landed_and_what_did_not(files, home):
    [result] = landed(home, "import", files["tenaga_kerja"])
    assert {name: result[name] for name in IMPORT_FIELDS[:-1]} == {
        "file": "tenaga_kerja.csv",
        "kind": "tenaga_kerja",
        "batch": 1,
        "rows_read": len(PERSONS) + 2,
        "rows_accepted": len(PERSONS),
        "rows_rejected": 2,
    }
    assert all(set(reject) == REJECT_FIELDS for reject in result["rejects"])
    assert {(reject["row"], reject["code"]) for reject in result["rejects"]} == {
        (len(PERSONS) + 2, "nik_tanggal_lahir"),
        (len(PERSONS) + 3, "selesai_sebelum_mulai"),
    }


def test_several_files_are_imported_in_order(files, home):
    results = landed(home, "import", files["proyek"], files["angka_resmi"])
    assert [(result["file"], result["batch"]) for result in results] == [("proyek.csv", 1), ("angka_resmi.csv", 2)]


def test_when_one_of_several_files_is_refused_none_counts(files, home, tmp_path):
    wrong = write(tmp_path / "daftar hadir.csv", "nama,jam", [("Siti", "08.00")])
    sentence = refused(home, "import", files["proyek"], wrong)
    assert "daftar hadir.csv" in sentence
    assert list(home.root.iterdir()) == []


def test_a_dry_run_writes_nothing(files, filled):
    before = bytes_of(filled)
    [result] = landed(filled, "import", files["proyek"], "--kind", "proyek", "--dry-run", "--data-as-of", "2025-01-01")
    assert result["batch"] is None
    assert bytes_of(filled) == before


def test_a_dry_run_in_an_empty_home_lands_nothing(files, home):
    [result] = landed(home, "import", files["tenaga_kerja"], "--dry-run")
    assert (result["batch"], result["rows_accepted"], result["rows_rejected"]) == (None, len(PERSONS), 2)
    assert list(home.root.iterdir()) == []


def test_files_of_one_command_know_each_other(files, home):
    complete = ("--complete-for", "Dinas PUPR", "--period", "2024-01..2024-12")
    landed(home, "import", files["proyek"], files["tenaga_kerja"], *complete)
    assert [batch["scope_value"] for batch in status(home)["batches"]] == ["Dinas PUPR", "Dinas PUPR"]
    assert status(home)["waiting"] == []


@pytest.fixture
def demo_home(home: Home) -> Home:
    with home.writer_lock("uji"):
        mark_demo(home)
    return home


def test_a_dry_run_tells_what_would_take_the_place_of_demonstration_data(files, demo_home):
    before = bytes_of(demo_home)
    [result] = landed(demo_home, "import", files["tenaga_kerja"], "--dry-run", "--replace-demo")
    assert (result["batch"], result["rows_accepted"], result["rows_rejected"]) == (None, len(PERSONS), 2)
    assert result["notes"][-1] == f"Data contoh di {demo_home.root} akan dibuang lebih dahulu."
    assert bytes_of(demo_home) == before


def test_demonstration_data_goes_only_when_that_is_said(files, demo_home):
    assert "berisi data contoh; pakai --replace-demo" in refused(demo_home, "import", files["proyek"])
    [result] = landed(demo_home, "import", files["proyek"], "--replace-demo")
    assert (result["batch"], status(demo_home)["demo"]) == (1, False)


@pytest.mark.parametrize(("delivered", "made"), [(False, 1), (True, 0)])
def test_demonstration_data_is_made_only_where_nothing_came_in(files, home, monkeypatch, delivered: bool, made: int):
    with home.writer_lock("uji"):
        open_ledger(home).close()
    if delivered:
        landed(home, "import", files["proyek"])
    calls = []
    monkeypatch.setattr("data.demo.make_demo", lambda *arguments, **_options: calls.append(arguments))
    assert run_here(home, "demo", "--if-empty").returncode == 0
    assert len(calls) == made


def test_more_reasons_than_are_printed_are_said_to_be_capped(home, tmp_path):
    roster = write(tmp_path / "roster.csv", "nik,kode_proyek,mulai", [("1", "P-1", "2024-07-01")] * 30)
    said = run_here(home, "import", roster).stdout
    assert said.endswith("  … dan 10 alasan lagi (lihat dengan --json, paling banyak 10.000).\n")


def test_the_same_file_again_changes_nothing_and_names_its_batch(files, home):
    landed(home, "import", files["angka_resmi"])
    [again] = landed(home, "import", files["angka_resmi"])
    assert again["batch"] is None
    assert again["notes"] == ["berkas yang sama sudah masuk sebagai batch 1, tidak ada yang berubah"]


def test_position_scope_and_period_of_a_delivery_are_kept(filled):
    batches = landed(filled, "status")["batches"]
    assert [
        (b["kind"], b["data_as_of"], b["delivery"], b["scope_value"], b["period_from"], b["period_to"]) for b in batches
    ] == [
        *(
            (kind, "2024-08-05", "lengkap", "16", "2024-01-01", "2024-12-31")
            for kind in ("proyek", "pendaftaran", "tenaga_kerja", "kepesertaan")
        ),
        ("angka_resmi", "2024-07-10", "tambahan", None, None, None),
    ]


def test_status_of_an_empty_home_says_that_nothing_is_there(home):
    nothing = {"demo": False, "batches": [], "waiting": [], "edition": None}
    assert landed(home, "status") == nothing | {"schema_version": 0, "busy": None, "is_current": True}
    assert run_here(home, "status").stdout == "Edisi: belum ada\n"


def test_status_in_words_names_each_delivery_and_what_waits(files, home):
    landed(home, "import", files["tenaga_kerja"], "--data-as-of", "2024-08-05")
    said = run_here(home, "status").stdout
    assert "2024-08-05  tambahan  40 diterima, 2 ditolak (2 belum diperbaiki)  tenaga_kerja.csv" in said
    assert "Menunggu proyek: 40 baris tenaga_kerja dari 3 proyek" in said


def test_an_undone_batch_is_shown_as_such_and_counts_no_more(files, home):
    landed(home, "import", files["angka_resmi"])
    landed(home, "publish", "--as-of", "2024-08-31")
    assert run_here(home, "undo", 1).stdout == "Batch 1 dibatalkan; jalankan publish agar angka berubah.\n"
    assert "DIBATALKAN" in run_here(home, "status").stdout
    landed(home, "publish", "--as-of", "2024-08-31")
    assert refused(home, "show", "population_coverage") == (
        "Edisi ini belum berisi bulan apa pun; impor data lalu jalankan publish."
    )


def test_publish_says_which_edition_it_made(filled):
    edition = landed(filled, "status")["edition"]
    assert (edition["number"], edition["as_of"], edition["last_month"], edition["demo"]) == (
        "1", "2024-08-31", "2024-08-31", "0",
    )  # fmt: skip


def test_show_gives_exactly_the_fields_that_were_promised(filled):
    [row] = landed(filled, "show", "active_members", "--month", "2024-07")
    assert tuple(row) == JSON_FIELDS
    assert JSON_FIELDS == (
        "group", "month", "numerator", "denominator", "value", "low", "high", "named_persons", "unnamed_headcount",
        "status", "source", "as_of",
    )  # fmt: skip


def test_persons_are_counted_once_with_headcount_beside_them(filled):
    [row] = landed(filled, "show", "active_members", "--month", "2024-07")
    on_p1, on_p3 = (sum(n % 3 == project for n in range(len(PERSONS))) for project in (0, 2))
    unnamed = (25 - on_p1) + (50 - on_p3)
    assert (row["named_persons"], row["unnamed_headcount"], row["numerator"], row["as_of"]) == (
        on_p1 + on_p3, unnamed, on_p1 + on_p3 + unnamed, "2024-07-31",
    )  # fmt: skip


PALEMBANG_WORKERS = 30 + 60


@pytest.mark.parametrize(
    ("indicator", "by", "groups"),
    [
        ("placement_coverage", None, {"16"}),
        ("placement_coverage", "owner", {"Dinas PUPR", "Dinas Pendidikan", "BBPJN Sumatera Selatan"}),
        ("placement_coverage", "owner_type", {"OPD kabupaten/kota", "Kementerian"}),
        ("placement_coverage", "fund", {"APBD kabupaten/kota", "APBN"}),
        ("site_coverage", "fund", {"APBD kabupaten/kota", "APBN"}),
        ("unprotected_placements", "owner", {"Dinas PUPR", "Dinas Pendidikan", "BBPJN Sumatera Selatan"}),
    ],
)
def test_show_breaks_down_by_what_is_asked(filled, indicator, by, groups):
    found = landed(filled, "show", indicator, "--month", "2024-07", *(["--by", by] if by else []))
    assert {row["group"] for row in found} == groups
    assert {row["status"] for row in found} == {"ok"}


@pytest.mark.parametrize("indicator", ["active_members", "placement_coverage"])
def test_by_place_of_a_province_gives_its_17_kabupaten_and_kota(filled, indicator):
    found = landed(filled, "show", indicator, "--month", "2024-07", "--by", "place", "--place", "16")
    assert len(found) == 17
    assert all(row["group"].startswith("16.") for row in found)


def test_by_branch_gives_the_branches_of_the_settings(filled):
    found = landed(filled, "show", "active_members", "--month", "2024-07", "--by", "branch")
    assert {row["group"] for row in found} == {
        f"branch:{code}" for code in ("palembang", "muara-enim", "muba-banyuasin", "lubuklinggau", "lahat", "oku")
    }


def test_scope_narrows_to_place_owner_and_fund(filled):
    [row] = landed(filled, "show", "placement_coverage", "--month", "2024-07", "--place", "16.71")
    assert row["denominator"] == PALEMBANG_WORKERS
    [row] = landed(filled, "show", "placement_coverage", "--month", "2024-07", "--owner", "Dinas PUPR")
    assert (row["denominator"], row["numerator"]) == (30, 25)
    [row] = landed(filled, "show", "placement_coverage", "--month", "2024-07", "--fund", "APBN")
    assert (row["denominator"], row["numerator"]) == (60, 50)


def test_show_without_json_reads_as_officials_write(filled):
    said = run_here(filled, "show", "placement_coverage", "--month", "2024-07", "--owner", "Dinas PUPR").stdout
    assert "83,3" in said
    assert "25 dari 30" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["undo", "9"], "Batch 9 tidak ada; lihat nomor batch dengan perintah status."),
        (["publish", "--as-of", "31-07-2024"], "'31-07-2024' bukan tanggal; tulis seperti 2024-07-31."),
        (["publish", "--as-of", "2024-02-30"], "'2024-02-30' bukan tanggal; tulis seperti 2024-07-31."),
        (["show", "population_coverage", "--month", "Juli"], "'Juli' bukan bulan; tulis seperti 2024-07."),
        (["show", "population_coverage", "--month", "2024-13"], "'2024-13' bukan bulan; tulis seperti 2024-07."),
        (["show", "cakupan"], "Indikator 'cakupan' tidak dikenal; pilih salah satu: population_coverage,"),
        (["show", "active_members", "--by", "opd"], "Rincian 'opd' tidak dikenal; pilih salah satu: place, branch,"),
        (["show", "active_members", "--by", "owner"], "active_members tidak ada menurut owner"),
        (["show", "population_coverage", "--fund", "APBN"], "population_coverage tidak ada menurut fund"),
        (["show", "active_members", "--place", "1671"], "Wilayah '1671' tidak dikenal; pakai kode Kemendagri seperti"),
        (["show", "active_members", "--place", "branch:x"], "Wilayah 'branch:x' tidak dikenal"),
        (
            ["show", "active_members", "--place", "'; drop table meta --"],
            "Wilayah ''; drop table meta --' tidak dikenal",
        ),
        (["show", "active_members", "--month", "9999-12"], "'9999-12' bukan bulan"),
        (["show", "active_members", "--month", ""], "'' bukan bulan"),
        (["show", "placement_coverage", "--owner", "Dinas PUPRR"], "Pemilik 'Dinas PUPRR' tidak punya proyek di edisi"),
        (["show", "placement_coverage", "--owner", "*"], "Pemilik '*' tidak punya proyek di edisi ini; lihat namanya"),
        (["show", "placement_coverage", "--fund", "?"], "Sumber dana '?' tidak dikenal; pilih: APBN, APBD provinsi,"),
        (["publish", "--as-of", "9999-12-31"], "Tanggal posisi 9999-12-31 lebih dari 10 tahun ke depan"),
        (
            ["import", "x.csv", "--complete-for", "16", "--period", "9999-12..9999-12"],
            "Periode '9999-12..9999-12' tidak",
        ),
        (["import", "n" * 5000], "Berkas nnn"),
        (["import", "tidak ada.csv"], "Berkas tidak ada.csv tidak ada; periksa letak dan namanya."),
        (["import", "tests"], "tests adalah folder; sebutkan berkas CSV atau XLSX di dalamnya."),
        (["import", "README.md"], "Jenis README.md tidak dikenali"),
        (["import", "cakupan.py", "--kind", "gaji"], "Jenis 'gaji' tidak dikenal; pilih salah satu dari proyek,"),
        (["import", "cakupan.py", "--period", "2024-01..2024-12"], "--period 2024-01..2024-12 hanya berlaku bersama"),
        (["import", "x.csv", "--complete-for", "16", "--period", "2024"], "Periode '2024' tidak terbaca"),
        (
            ["import", "x.csv", "--complete-for", "16", "--period", "2024-12..2024-01"],
            "Periode '2024-12..2024-01' berakhir",
        ),
        (["import", "x.csv", "--data-as-of", "besok"], "'besok' bukan tanggal"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(filled, arguments, sentence):
    before = bytes_of(filled)
    assert refused(filled, *arguments).startswith(sentence)
    assert bytes_of(filled) == before


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["import"], ["undo"], ["undo", "satu"], ["show"], ["hapus"], ["publish", "--now"], ["status", "lebih"],
        ["import", "x.csv", "--period"], ["undo", "99999999999999999999"],
    ],
)  # fmt: skip
def test_a_command_that_is_none_is_refused_without_a_traceback(filled, arguments):
    before = bytes_of(filled)
    assert run_here(filled, *arguments).returncode == 2
    assert bytes_of(filled) == before


def test_a_fault_of_the_program_is_told_by_its_place_alone(home):
    home.current_path.mkdir()
    run = run_child(home, "show", "active_members")
    assert run.returncode == 1
    assert run.stderr.startswith("Galat tak terduga (IsADirectoryError di ")
    assert str(home.root) not in run.stderr


def test_complete_for_an_owner_whose_projects_are_known(files, home):
    landed(home, "import", files["proyek"])
    landed(home, "import", files["tenaga_kerja"], "--complete-for", "dinas pupr", "--period", "2024-01..2024-06")
    with open_ledger(home) as ledger:
        scope = ledger.execute("select scope_kind, scope_value, period_to from batch where batch_id = 2").fetchone()
    assert scope == ("pemilik", "Dinas PUPR", date(2024, 6, 30))


def test_complete_for_nobody_known_is_refused_and_lands_nothing(files, home):
    landed(home, "import", files["proyek"])
    sentence = refused(home, "import", files["tenaga_kerja"], "--complete-for", "Dinas Perikanan")
    assert sentence.startswith("'Dinas Perikanan' bukan wilayah atau pemilik proyek yang dikenal")
    assert len(status(home)["batches"]) == 1


def test_a_position_after_today_is_refused(files, home):
    assert refused(home, "import", files["proyek"], "--data-as-of", "9999-12-31") == (
        "Posisi data 9999-12-31 sesudah hari ini; sebutkan tanggal keadaan datanya."
    )
    assert not home.uploads_dir.exists()


def test_reports_cannot_be_complete(files, home):
    assert "angka_resmi tidak dapat dikirim lengkap" in refused(
        home, "import", files["angka_resmi"], "--complete-for", "16"
    )


def test_a_home_that_is_a_file_is_refused(files, tmp_path):
    (tmp_path / "home").write_text("bukan folder")
    assert "tidak dapat ditulis; sebutkan folder lain" in refused(Home(tmp_path / "home"), "import", files["proyek"])


def test_nothing_is_published_before_anything_came_in(home):
    assert refused(home, "publish") == "Belum ada data; impor berkas lebih dahulu."
    assert refused(home, "show", "active_members") == "Belum ada edisi; impor berkas lalu jalankan publish."


def secrets() -> list[bytes]:
    found = [text for person in PERSONS for text in person]
    return [text.encode() for text in [*found, WRONG_NIK, "Zulkarnaen", "Wiraatmaja"]]


def test_no_nik_kpj_or_name_is_in_any_file_of_the_home(filled):
    held = [path for path in filled.root.rglob("*") if path.is_file()]
    assert {"ledger.duckdb", "000001.duckdb", "000001.json"} <= {path.name for path in held}
    assert sum(path.suffix == ".aes" for path in held) == 5
    for path in held:
        content = path.read_bytes()
        assert [secret for secret in secrets() if secret in content] == [], path


def test_no_nik_kpj_or_name_is_ever_said(files, home):
    said = [
        run_here(home, "import", files["tenaga_kerja"]),
        run_here(home, "import", files["kepesertaan"], "--dry-run", "--json"),
        run_here(home, "import", files["tenaga_kerja"], "--kind", "kepesertaan"),
        run_here(home, "import", files["tenaga_kerja"], "--kind", "proyek", "--json"),
        run_here(home, "status", "--json"),
    ]
    everything = "".join(run.stdout + run.stderr for run in said).encode()
    assert b"167101" in everything  # a reject is shown by its first digits
    assert [secret for secret in secrets() if secret in everything] == []


def test_a_reject_in_the_ledger_is_masked(filled):
    with open_ledger(filled) as ledger:
        masked = ledger.execute("select value_masked from reject where code = 'nik_tanggal_lahir'").fetchall()
    assert len(masked) == 1
    assert masked[0][0].startswith(WRONG_NIK[:6])
    assert WRONG_NIK[6:] not in masked[0][0]


def test_the_sidecar_of_an_edition_is_json(filled):
    assert json.loads((filled.editions_dir / "000001.json").read_text())["number"] == "1"
