"""A mapping that was chosen once is used again for the same sender and header, said, and replaced by a later one."""

from pathlib import Path

import pytest

from data import journal
from data.access import LOCAL
from data.errors import FileRefused
from data.home import Home
from data.importers import import_file
from data.importers.choice import Choice
from data.importers.recognise import recognise
from data.mappings import mappings_of
from tests.importers.conftest import NIK, OTHER_NIK, TODAY, write_workbook

HEADER = ["No KTP Pekerja", "Nama", "Paket", "Paket Induk", "Masuk"]
COLUMNS = {"nik": 0, "kode_proyek": 2, "mulai": 4}
CHOICE = Choice(None, "tenaga_kerja", 1, 1, COLUMNS)
SENDER = "Dinas PUPR"


def write_csv(folder: Path, day: str, header: list[str] = HEADER, nik: str = NIK) -> Path:
    path = folder / f"{day}.csv"
    row = dict(zip(HEADER, [nik, "Budi", "P-1", "P-2", day], strict=True))
    path.write_text(f"{','.join(header)}\n{','.join(row.get(name, '') for name in header)}\n", "utf-8")
    return path


def bring_in(home: Home, path: Path, *choices: Choice, sender: str | None = SENDER, **options):
    chosen = {path.name: choices} if choices else None
    [result] = import_file(home, path, today=TODAY, sender=sender, choices=chosen, **options)
    return result


@pytest.fixture
def taught(home: Home, tmp_path: Path) -> Home:
    bring_in(home, write_csv(tmp_path, "2024-07-01"), CHOICE)
    return home


def test_the_same_header_of_the_same_sender_is_read_so_again_and_it_is_said(taught: Home, tmp_path: Path):
    result = bring_in(taught, write_csv(tmp_path, "2024-08-01", nik=OTHER_NIK))
    assert (result.kind, result.rows_accepted) == ("tenaga_kerja", 1)
    number = mappings_of(taught, SENDER)[0].number
    assert (
        f"Kolom dibaca menurut pemetaan pengirim Dinas PUPR yang diingat (jurnal {number}); pilih sendiri bila keliru."
        in result.notes
    )


def test_columns_in_another_order_are_the_same_header(taught: Home, tmp_path: Path):
    result = bring_in(taught, write_csv(tmp_path, "2024-08-01", HEADER[::-1]))
    assert result.rows_accepted == 1


@pytest.mark.parametrize("header", [HEADER[:-1], [*HEADER, "Upah"], ["KTP", *HEADER[1:]]])
def test_another_header_is_not_read_so(taught: Home, tmp_path: Path, header: list[str]):
    with pytest.raises(FileRefused, match="tidak dikenali"):
        bring_in(taught, write_csv(tmp_path, "2024-08-01", header))


@pytest.mark.parametrize("sender", [None, "Dinas Perkim"])
def test_another_sender_is_not_read_so(taught: Home, tmp_path: Path, sender: str | None):
    with pytest.raises(FileRefused, match="tidak dikenali"):
        bring_in(taught, write_csv(tmp_path, "2024-08-01"), sender=sender)


def test_a_workbook_of_the_sender_is_read_so_under_its_titles(taught: Home, tmp_path: Path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, {"Juli": [["DAFTAR"], HEADER, [NIK, "Budi", "P-1", "P-2", "2024-07-01"]], "Lain": [["x"]]})
    assert bring_in(taught, path).rows_accepted == 1


def test_a_preview_shows_the_mapping_in_force(taught: Home, tmp_path: Path):
    mappings = mappings_of(taught, SENDER)
    [sheet] = recognise(write_csv(tmp_path, "2024-08-01"), mappings, today=TODAY).sheets
    assert (sheet.mapping, sheet.choice, sheet.is_read) == (mappings[0].number, CHOICE, True)


def test_a_later_choice_takes_its_place(taught: Home, tmp_path: Path):
    other = Choice(None, "tenaga_kerja", 1, 1, COLUMNS | {"kode_proyek": 3})
    bring_in(taught, write_csv(tmp_path, "2024-08-01"), other)
    [mapping] = mappings_of(taught, SENDER)
    assert mapping.columns == {"no ktp pekerja": "nik", "paket induk": "kode_proyek", "masuk": "mulai"}
    assert [entry.facts["columns"]["masuk"] for entry in journal.entries(taught, kind="mapping")] == ["mulai", "mulai"]


def test_the_same_choice_again_adds_nothing_to_the_journal(taught: Home, tmp_path: Path):
    bring_in(taught, write_csv(tmp_path, "2024-08-01"), CHOICE)
    assert journal.count(taught, kind="mapping") == 1


def test_what_is_recognised_anyway_is_not_remembered(home: Home, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(f"nik,kode_proyek,mulai\n{NIK},P-1,2024-07-01\n")
    bring_in(home, path, Choice(None, "tenaga_kerja", 1, 1, {"nik": 0, "kode_proyek": 1, "mulai": 2}))
    assert mappings_of(home, SENDER) == ()


@pytest.mark.parametrize(("sender", "options"), [(None, {}), (SENDER, {"dry_run": True})])
def test_without_a_sender_and_on_a_trial_nothing_is_remembered(home: Home, tmp_path: Path, sender, options: dict):
    bring_in(home, write_csv(tmp_path, "2024-07-01"), CHOICE, sender=sender, **options)
    assert journal.count(home, kind="mapping") == 0


def test_a_refused_import_is_not_remembered(home: Home, tmp_path: Path):
    with pytest.raises(FileRefused):
        bring_in(home, write_csv(tmp_path, "2024-07-01"), CHOICE, complete_for="Atlantis")
    assert journal.count(home, kind="mapping") == 0


def test_the_journal_holds_headers_of_chosen_columns_only(taught: Home):
    [entry] = journal.entries(taught, kind="mapping")
    assert set(entry.facts) == {"sender", "kind", "headers_sha256", "columns"}
    assert entry.facts["columns"] == {"no ktp pekerja": "nik", "paket": "kode_proyek", "masuk": "mulai"}


def test_two_columns_of_the_same_words_are_told_apart_by_their_place(home: Home, tmp_path: Path):
    header = ["KTP", "Tanggal", "Tanggal", "Paket"]
    for day, nik in (("2024-07-01", NIK), ("2024-08-01", OTHER_NIK)):
        path = tmp_path / f"{day}.csv"
        path.write_text(f"{','.join(header)}\n{nik},salah,{day},P-1\n")
        choice = Choice(None, "tenaga_kerja", 1, 1, {"nik": 0, "mulai": 2, "kode_proyek": 3})
        result = bring_in(home, path, *([choice] if day == "2024-07-01" else []))
        assert result.rows_accepted == 1


def test_a_mapping_that_this_program_cannot_follow_is_passed_over(taught: Home, tmp_path: Path):
    [entry] = journal.entries(taught, kind="mapping")
    journal.append(taught, "mapping", entry.facts | {"columns": {"masuk": "kolom_baru"}}, LOCAL)
    with pytest.raises(FileRefused, match="tidak dikenali"):
        bring_in(taught, write_csv(tmp_path, "2024-08-01"))
    journal.append(taught, "mapping", {"sender": SENDER, "columns": "rusak"}, LOCAL)
    with pytest.raises(FileRefused, match="tidak dikenali"):
        bring_in(taught, write_csv(tmp_path, "2024-08-01"))
