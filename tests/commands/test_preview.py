"""cakupan.py preview: what is told before anything is written, in words and as lines for a page."""

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from commands.reader import shell_reader
from data import accounts, aliases, journal
from data.access import LOCAL
from data.accounts import Account
from data.editions import publish
from data.home import Home
from data.preview import Preview, from_json
from tests.card_home import AS_OF, FILES, LATE
from tests.shell import Run, refused, run_here

# P-2 with one worker more, and a project that nobody registered.
HEADER, _first, SECOND, *_rest = FILES["proyek"].splitlines()
CHANGED = "\n".join((HEADER, SECOND.removesuffix(",8") + ",9", SECOND.replace("P-2", "P-4").replace("602/2", "602/4")))


@pytest.fixture(scope="module")
def home(made_card_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Edition 3 is made of everything that is there; previews leave the home as it is, so it is one for all tests."""
    home = Home(tmp_path_factory.mktemp("pratinjau") / "rumah")
    shutil.copytree(made_card_home.root, home.root)
    publish(home, AS_OF)
    return home


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("berkas") / "perubahan.csv"
    path.write_text(CHANGED, "utf-8")
    return path


def told(said: Run) -> Preview:
    """The last line; those before it tell how far it is."""
    assert said.returncode == 0, said.stderr
    *progress, last = [json.loads(line) for line in said.stdout.splitlines()]
    assert progress
    assert all(line.keys() == {"stage", "done", "total"} for line in progress), progress
    return from_json(last["preview"])


@pytest.fixture(scope="module")
def of_import(home: Home, changed: Path) -> Preview:
    options = ("--as-of", "2024-09-30", "--json-lines")
    return told(run_here(home, "preview", "import", changed, *options))


def test_an_import_is_told_with_its_rows_its_cells_and_its_token(of_import):
    assert (of_import.act, of_import.as_of, of_import.baseline_edition) == ("import", AS_OF, 3)
    [file] = of_import.files
    assert (file.file, file.kind, file.lands) == ("perubahan.csv", "proyek", True)
    assert (file.rows_read, file.rows_accepted, file.rows_rejected) == (2, 2, 0)
    [kind] = of_import.kinds
    assert (kind.new, kind.changed, kind.gone, kind.unchanged) == (1, 1, 0, 2)
    [cell] = kind.examples
    assert (cell.key, cell.column, cell.old, cell.new) == ("P-2", "tenaga_kerja", "8", "9")


def test_the_headlines_that_differ_stand_beside_what_they_were(of_import):
    found = {(row.indicator, row.place, row.owner): row for row in of_import.effects}
    row = found["project_registration", "16.71", None]
    # Of P-1, P-2 and now P-4 as well two are registered.
    assert (row.month, row.before.value, row.after.value) == (AS_OF, 100 * 2 / 2, 100 * 2 / 3)


def test_an_undo_in_words_says_before_and_after(home):
    said = run_here(home, "preview", "undo", 4, "--as-of", "2024-09-30", "--month", "2024-09")
    assert said.returncode == 0, said.stderr
    lines = said.stdout.splitlines()
    assert lines[0].startswith("Pratinjau per 2024-09-30; tidak ada yang disimpan. Tanda: ")
    assert lines[1] == (
        "pendaftaran: 0 baris baru, 0 berubah, 1 tidak berlaku lagi (0 di antaranya berakhir), 1 tetap."
    )
    assert lines[2] == "Angka utama berubah pada 2024-09 sampai 2024-09; pada 2024-09:"
    assert "  Proyek terdaftar, Kota Palembang: 100,0 % → 50,0 % (2 dari 2 → 1 dari 2)" in lines
    assert "  Proyek terdaftar, Dinas PUPR, Indonesia: 100,0 % → 50,0 % (2 dari 2 → 1 dari 2)" in lines


def test_a_refusal_is_one_of_the_lines_and_a_sentence(home):
    said = run_here(home, "preview", "undo", 99, "--json-lines")
    sentence = "Batch 99 tidak ada; lihat nomor batch dengan perintah status."
    *_progress, last = said.stdout.splitlines()
    assert (said.returncode, json.loads(last), said.stderr) == (2, {"error": sentence}, f"{sentence}\n")


def test_a_publish_of_what_is_served_changes_nothing(home):
    said = run_here(home, "preview", "publish", "--as-of", "2024-09-30")
    assert said.stdout.splitlines()[1:] == ["Tidak ada angka utama yang berubah."]


def test_the_token_guards_the_act_in_the_shell(home, changed, of_import, tmp_path):
    own = Home(tmp_path / "rumah")
    shutil.copytree(home.root, own.root)
    assert run_here(own, "undo", 4, "--expect", of_import.token).returncode == 0
    sentence = refused(own, "import", changed, "--expect", of_import.token)
    assert sentence.startswith("Sejak pratinjau batch 4 (pendaftaran.csv) dibatalkan oleh ")
    assert refused(own, "publish", "--expect", of_import.token) == sentence
    assert refused(own, "undo", 3, "--expect", of_import.token) == sentence


def test_who_may_not_do_it_gets_no_preview_of_it(home, tmp_path, monkeypatch):
    own = Home(tmp_path / "rumah")
    shutil.copytree(home.root, own.root)
    accounts.add(own, Account("budi", "Budi", "viewer", places=("00",)))
    monkeypatch.setenv("CAKUPAN_ACCOUNT", "budi")
    assert refused(own, "preview", "undo", 4).startswith("Akun 'budi' (Pembaca) tidak boleh membatalkan batch")


def test_a_steward_of_another_place_is_told_counts_alone(home, changed, tmp_path, monkeypatch):
    own = Home(tmp_path / "rumah")
    shutil.copytree(home.root, own.root)
    accounts.add(own, Account("sari", "Sari", "steward", places=("16.07",)))
    monkeypatch.setenv("CAKUPAN_ACCOUNT", "sari")
    options = ("--as-of", "2024-09-30", "--json-lines")
    preview = told(run_here(own, "preview", "import", changed, *options))
    # How many rows there are beside its own would tell of everybody else's.
    assert [(kind.new, kind.changed, kind.unchanged, kind.examples) for kind in preview.kinds] == [(1, 1, None, [])]
    assert [row for row in preview.effects if row.place != "16.07"] == []
    assert preview.month == date(2024, 9, 30)


def test_a_steward_of_another_place_neither_undoes_nor_ends_what_others_brought_in(
    home, changed, tmp_path, monkeypatch
):
    own = Home(tmp_path / "rumah")
    shutil.copytree(home.root, own.root)
    accounts.add(own, Account("sari", "Sari", "steward", places=("16.07",)))
    monkeypatch.setenv("CAKUPAN_ACCOUNT", "sari")
    for words in (("undo", 4), ("preview", "undo", 4), ("undo", 4000)):
        assert refused(own, *words).startswith(f"Batch {words[-1]} tidak ada dalam lingkup akun 'sari'")
    options = (changed, "--complete-for", "Kota Palembang", "--period", "2024-01..2024-12")
    for words in (("import", *options), ("preview", "import", *options)):
        assert refused(own, *words).startswith("Kiriman lengkap untuk 'Kota Palembang' di luar lingkup akun ini")
    aliases.confirm(own, "pemilik", "Dinas P.U.", "Dinas PUPR", LOCAL)
    preview = told(run_here(own, "preview", "publish", "--as-of", "2024-09-30", "--json-lines"))
    assert preview.kinds == []
    assert [(one.what, one.names) for one in preview.happened] == [("alias", None)]  # somebody else's names
    monkeypatch.delenv("CAKUPAN_ACCOUNT")
    assert run_here(own, "undo", 4).returncode == 0
    monkeypatch.setenv("CAKUPAN_ACCOUNT", "sari")
    said = refused(own, "publish", "--expect", preview.token)
    assert said.startswith("Sejak pratinjau batch 4 dibatalkan oleh ")  # and not of which file


@pytest.fixture
def own(home: Home, tmp_path: Path) -> Home:
    """A copy for one test that looks at its journal."""
    own = Home(tmp_path / "rumah")
    shutil.copytree(home.root, own.root)
    return own


def test_each_preview_is_journaled_once_with_what_was_previewed_and_nothing_of_what_was_found(own, changed):
    before, who = journal.count(own), shell_reader(own).name
    for words in (("import", changed, changed), ("undo", 4), ("publish",)):
        told(run_here(own, "preview", *words, "--as-of", "2024-09-30", "--json-lines"))
    digest = hashlib.sha256(CHANGED.encode()).hexdigest()
    entries = journal.entries(own, limit=journal.count(own) - before)[::-1]
    assert [(one.kind, one.who, one.facts) for one in entries] == [
        ("preview", who, {"act": "import", "as_of": "2024-09-30", "sha256": [digest]}),
        ("preview", who, {"act": "undo", "as_of": "2024-09-30", "batch": 4}),
        ("preview", who, {"act": "publish", "as_of": "2024-09-30"}),
    ]
    assert journal.verify(own).is_whole


def test_a_file_that_is_known_is_journaled_by_the_hash_of_its_import(own, tmp_path):
    (again := tmp_path / "kiriman.csv").write_text(LATE, "utf-8")
    run_here(own, "preview", "import", again, "--as-of", "2024-09-30")
    [entry] = journal.entries(own, kind="preview", limit=1)
    [imported] = [one for one in journal.entries(own, kind="import") if one.facts["batch"] == 4]
    assert entry.facts["sha256"] == [imported.facts["sha256"]]


def test_a_preview_that_is_refused_is_no_entry(own, tmp_path):
    (empty := tmp_path / "kosong.csv").write_text("", "utf-8")
    before = journal.head(own)
    refused(own, "preview", "import", empty)
    refused(own, "preview", "undo", 99)
    assert journal.head(own) == before


def test_no_preview_moves_the_token_of_another(own, changed, of_import):
    assert run_here(own, "preview", "publish", "--as-of", "2024-09-30").returncode == 0
    again = told(run_here(own, "preview", "import", changed, "--as-of", "2024-09-30", "--json-lines"))
    assert again.token.partition("-")[2] == of_import.token.partition("-")[2]
    assert [one.what for one in again.happened] == []
    assert run_here(own, "import", changed, "--expect", of_import.token).returncode == 0


def test_a_preview_that_cannot_be_journaled_is_refused_before_its_work(own):
    own.journal_path.unlink()
    own.journal_path.mkdir()
    said = run_here(own, "preview", "publish", "--json-lines")
    *progress, last = [json.loads(line) for line in said.stdout.splitlines()]
    assert (said.returncode, progress) == (2, [])
    assert last["error"].startswith(f"Jurnal {own.journal_path} tidak dapat ditulis")


def test_nothing_is_told_where_the_journal_breaks_meanwhile(own, monkeypatch):
    def broken(*_anything):
        raise journal.JournalUnusable("Jurnal tidak dapat ditulis (OperationalError).")

    monkeypatch.setattr(journal, "append", broken)
    said = run_here(own, "preview", "publish", "--as-of", "2024-09-30")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "Jurnal tidak dapat ditulis (OperationalError).\n"


def test_a_refused_preview_leaves_no_journal_in_a_home_without_data(tmp_path):
    (empty := tmp_path / "kosong.csv").write_text("", "utf-8")
    begun = Home(tmp_path / "baru")
    refused(begun, "preview", "import", empty)
    assert not begun.journal_path.exists()


def test_the_first_preview_of_a_home_is_its_first_entry(tmp_path, changed):
    begun = Home(tmp_path / "baru")
    told(run_here(begun, "preview", "import", changed, "--json-lines"))
    [entry] = journal.entries(begun)
    assert (entry.number, entry.kind) == (1, "preview")
    assert not begun.ledger_path.exists()
