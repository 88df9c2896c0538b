"""The journal: appended only, chained, and a history that was tampered with is found and named."""

import hashlib
import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import journal, packs
from data.access import EVERYTHING, LOCAL, Reader
from data.home import Home
from data.journal import JournalUnusable, append, append_all, count, entries, verify

ROOT = Path(__file__).parents[2]
SITI = Reader("siti", "steward", EVERYTHING, is_authenticated=True)
COLUMNS = ("number", "at", "who", "role", "is_authenticated", "kind", "facts", "previous_hash", "hash")


def lines(home: Home) -> list[dict]:
    """What lies in the file, read without the product."""
    with closing(sqlite3.connect(home.journal_path)) as file:
        file.row_factory = sqlite3.Row
        return [dict(row) for row in file.execute("select * from entry order by number")]


@contextmanager
def unfenced(home: Home) -> Iterator[sqlite3.Connection]:
    """The file as somebody finds it who may write it: the triggers taken away, and put back afterwards."""
    with closing(sqlite3.connect(home.journal_path, isolation_level=None)) as file:
        triggers = file.execute("select name, sql from sqlite_schema where type = 'trigger'").fetchall()
        for name, _ in triggers:
            file.execute(f"drop trigger {name}")
        yield file
        for _, sql in triggers:
            file.execute(sql)


def tamper(home: Home, *statements: str) -> None:
    """Change lines past all triggers."""
    with unfenced(home) as file:
        for statement in statements:
            file.execute(statement)


def rehashed(row: dict) -> str:
    """The hash of a line, by what the documentation says of it and not by the product."""
    text = json.dumps(
        {k: v for k, v in row.items() if k != "hash"}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


def problems(home: Home) -> list[str]:
    return [fault.problem for fault in verify(home).faults]


@pytest.fixture
def five(home: Home) -> Home:
    """A journal of five entries."""
    for batch in range(1, 6):
        append(home, "import", {"batch": batch, "file": f"kiriman-{batch}.csv"}, SITI)
    return home


def test_two_entries_hash_as_computed_by_hand(home):
    append(home, "import", {"rows": 3, "file": "proyék.csv"}, SITI)
    append(home, "publish", {"edition": 1}, LOCAL)
    first, second = lines(home)
    facts = '{"file":"proyék.csv","rows":3}'
    text = (
        '{"at":'
        + json.dumps(first["at"])
        + ',"facts":'
        + json.dumps(facts, ensure_ascii=False)
        + ',"is_authenticated":1,'
        '"kind":"import","number":1,"previous_hash":"' + 64 * "0" + '","role":"steward","who":"siti"}'
    )
    assert first["hash"] == hashlib.sha256(text.encode()).hexdigest()
    text = (
        '{"at":' + json.dumps(second["at"]) + ',"facts":"{\\"edition\\":1}","is_authenticated":0,"kind":"publish",'
        '"number":2,"previous_hash":"' + first["hash"] + '","role":"admin","who":"lokal"}'
    )
    assert second["hash"] == hashlib.sha256(text.encode()).hexdigest()
    assert journal.head(home) == (2, second["hash"])


def test_an_entry_says_who_when_and_what(home):
    before = datetime.now(UTC).replace(microsecond=0)
    entry = append(home, "undo", {"batch": 7}, SITI)
    assert (entry.number, entry.who, entry.role, entry.is_authenticated) == (1, "siti", "steward", True)
    assert (entry.kind, entry.facts) == ("undo", {"batch": 7})
    assert before <= entry.at <= datetime.now(UTC)
    assert entries(home) == [entry]


def test_only_its_owner_reads_the_file(five):
    for path in five.root.glob("journal.sqlite*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_several_acts_are_appended_all_or_none(home):
    with pytest.raises(TypeError):
        append_all(home, [("import", {"batch": 1}), ("import", {"batch": object()})], SITI)
    assert count(home) == 0
    append_all(home, [("import", {"batch": 1}), ("import", {"batch": 2})], SITI)
    assert [entry.number for entry in entries(home)] == [2, 1]
    assert verify(home).is_whole


@pytest.mark.parametrize(
    "statement",
    [
        "update entry set who = 'orang lain' where number = 2",
        "update or replace entry set number = 3 where number = 2",
        "delete from entry where number = 5",
        "delete from entry",
        "insert or replace into entry select * from entry where number = 2",
        "replace into entry values (5, '2024-01-01', 'x', 'x', 0, 'undo', '{}', 'x', 'y')",
        "insert into entry values (7, '2024-01-01', 'x', 'x', 0, 'undo', '{}', 'x', 'y')",
        "insert into entry values (6, '2024-01-01', 'x', 'x', 0, 'undo', '{}', 'x', 'y')",
        "insert into entry select * from entry where true on conflict (number) do update set who = 'x'",
        "insert into entry values (null, '2024-01-01', 'x', 'x', 0, 'undo', '{}', 'x', 'y')",
    ],
)
@pytest.mark.parametrize("recursive", ["on", "off"])
def test_the_file_itself_refuses_every_change(five, statement, recursive):
    before = lines(five)
    with closing(sqlite3.connect(five.journal_path, isolation_level=None)) as file:
        file.execute(f"pragma recursive_triggers = {recursive}")
        with pytest.raises(sqlite3.IntegrityError, match="journal entries are"):
            file.execute(statement)
    assert lines(five) == before


def test_a_whole_journal_has_no_fault_and_tells_its_head(five):
    found = verify(five)
    assert (found.entries, found.head_number, found.head_hash) == (5, 5, lines(five)[-1]["hash"])
    assert found.faults == [] and found.confirmed == 0


def test_without_a_journal_there_is_nothing_wrong(home):
    assert verify(home) == journal.Verification(0, 0, 64 * "0", [], 0)
    assert (entries(home), count(home), journal.names(home)) == ([], 0, [])
    assert not home.journal_path.exists()


def test_a_changed_line_is_named(five):
    tamper(five, "update entry set who = 'orang lain' where number = 2")
    assert problems(five) == ["Entri 2 diubah: isinya tidak lagi sesuai dengan hash-nya."]


def test_a_changed_line_with_a_fitting_hash_breaks_the_chain_behind_it(five):
    row = lines(five)[2] | {"who": "orang lain"}
    tamper(five, f"update entry set who = 'orang lain', hash = '{rehashed(row)}' where number = 3")
    assert problems(five) == [
        "Entri 4 tidak menyambung ke entri 3: ada entri yang disisipkan, dihapus atau ditulis ulang."
    ]


def test_a_missing_line_is_named(five):
    tamper(five, "delete from entry where number = 3")
    assert problems(five) == ["Entri 3 hilang."]


def test_missing_lines_at_the_beginning_are_named(five):
    tamper(five, "delete from entry where number in (1, 2)")
    assert problems(five) == ["Entri 1 sampai 2 hilang."]


def test_a_missing_line_whose_followers_moved_up_is_found(five):
    tamper(
        five,
        "delete from entry where number = 3",
        *(f"update entry set number = {n - 1} where number = {n}" for n in (4, 5)),
    )
    found = verify(five).faults
    assert [fault.number for fault in found] == [3, 3, 4]
    assert "tidak menyambung ke entri 2" in found[1].problem


def test_lines_that_changed_places_are_named(five):
    tamper(five, *(f"update entry set number = {a} where number = {b}" for a, b in ((9, 2), (2, 3), (3, 9))))
    found = verify(five).faults
    assert {fault.number for fault in found} == {2, 3, 4}
    assert "Entri 2 menyambung ke entri 3, bukan ke entri 1: urutannya diubah." in [fault.problem for fault in found]


def test_an_inserted_line_is_named(five):
    last = lines(five)[1]
    row = dict(zip(COLUMNS, (3, last["at"], "x", "admin", 1, "undo", "{}", last["hash"], ""), strict=True))
    values = ", ".join(repr(value) for value in (row | {"hash": rehashed(row)}).values())
    moves = [f"update entry set number = {n + 1} where number = {n}" for n in (5, 4, 3)]
    tamper(five, *moves, f"insert into entry values ({values})")
    found = verify(five).faults
    assert {fault.number for fault in found} == {4, 5, 6}
    assert "Entri 4 menyambung ke entri 2, bukan ke entri 3: urutannya diubah." in [fault.problem for fault in found]


def write_sidecar(home: Home, edition: int, number: int, hash_: str) -> None:
    home.editions_dir.mkdir(exist_ok=True)
    facts = {"number": str(edition), "journal_number": number, "journal_hash": hash_}
    (home.editions_dir / f"{edition:06}.json").write_text(json.dumps(facts), "utf-8")


def test_a_journal_cut_at_its_end_is_found_by_the_edition_that_noted_its_head(five):
    write_sidecar(five, 1, 4, lines(five)[3]["hash"])
    assert (problems(five), verify(five).confirmed) == ([], 4)
    tamper(five, "delete from entry where number > 2")
    assert problems(five) == ["Entri 3 sampai sekurangnya 4 hilang di ujung: edisi 1 mencatat entri 4."]


def test_a_journal_that_is_gone_is_found_too(five):
    write_sidecar(five, 1, 4, lines(five)[3]["hash"])
    for path in five.root.glob("journal.sqlite*"):
        path.unlink()
    assert problems(five) == ["Entri 1 sampai sekurangnya 4 hilang di ujung: edisi 1 mencatat entri 4."]


def test_a_wholly_rewritten_journal_is_found(five):
    write_sidecar(five, 1, 2, lines(five)[1]["hash"])
    for path in five.root.glob("journal.sqlite*"):
        path.unlink()
    for batch in range(1, 6):
        append(five, "import", {"batch": batch, "file": "lain.csv"}, SITI)
    assert problems(five) == ["Entri 2 bukan yang dicatat edisi 1: jurnal ditulis ulang sampai entri itu."]
    assert verify(five).confirmed == 0


def test_a_missing_fence_is_found(five):
    with closing(sqlite3.connect(five.journal_path, isolation_level=None)) as file:
        file.execute("drop trigger entry_is_never_changed")
    assert problems(five) == ["Pagar jurnal (tabel, indeks atau pemicunya) tidak seperti yang dibuat program."]


@pytest.fixture(scope="module")
def tampered_with(tmp_path_factory) -> Home:
    home = Home(tmp_path_factory.mktemp("ubah") / "home")
    for batch in range(1, 5):
        append(home, "import", {"batch": batch, "file": "kiriman — ä.csv", "rows": 12 * batch}, SITI)
    return home


TEXT_COLUMNS = [column for column in COLUMNS if column not in ("number", "is_authenticated")]


@settings(max_examples=150)
@given(st.integers(1, 4), st.sampled_from(TEXT_COLUMNS), st.integers(0, 200), st.integers(1, 255))
def test_a_single_changed_byte_of_any_field_of_any_line_is_found(tampered_with, number, column, at, step):
    put = f"update entry set {column} = cast(? as text) where number = {number}"
    with unfenced(tampered_with) as file:
        (stored,) = file.execute(f"select cast({column} as blob) from entry where number = {number}").fetchone()
        at %= len(stored)
        file.execute(put, (stored[:at] + bytes([(stored[at] + step) % 256]) + stored[at + 1 :],))
    found = verify(tampered_with).faults
    shown = len(entries(tampered_with))
    with unfenced(tampered_with) as file:
        file.execute(put, (stored,))
    assert number in {fault.number for fault in found}
    assert shown == 4  # a line that was tampered with is still shown
    assert verify(tampered_with).is_whole


@pytest.mark.parametrize("kind", ["import", "pack"])
def test_an_entry_nested_deeper_than_can_be_read_is_shown_and_keeps_nothing_back(five, kind):
    for number, text in ((2, "[" * 100_000), (3, '{"edition":' * 100_000)):
        tamper(five, f"update entry set kind = '{kind}', facts = '{text}' where number = {number}")
    assert len(entries(five)) == 5
    assert packs.entries_of(five, "a" * 64) == []
    assert {fault.number for fault in verify(five).faults} >= {2, 3}


@pytest.mark.parametrize("change", ["number = 40", "is_authenticated = 0"])
def test_a_changed_number_or_mark_is_found(five, change):
    tamper(five, f"update entry set {change} where number = 4")
    assert verify(five).faults


def test_a_file_that_was_created_and_not_yet_written_is_as_good_as_none(home):
    """A process died, or the disk was full, between the making of the file and that of its table."""
    home.journal_path.touch()
    assert (entries(home), count(home), journal.head(home)) == ([], 0, (0, journal.NO_HASH))
    assert verify(home).is_whole
    with closing(sqlite3.connect(home.journal_path)) as file:
        file.execute("pragma journal_mode = wal")
    assert entries(home) == [] and verify(home).is_whole
    assert append(home, "import", {}, SITI).number == 1


def test_an_emptied_journal_is_found_by_the_edition_that_noted_its_head(five):
    write_sidecar(five, 1, 5, lines(five)[4]["hash"])
    for path in five.root.glob("journal.sqlite*"):
        path.unlink()
    five.journal_path.touch()
    assert problems(five) == ["Entri 1 sampai sekurangnya 5 hilang di ujung: edisi 1 mencatat entri 5."]


def test_a_table_made_anew_with_other_types_is_a_fault_and_not_a_crash(five):
    with closing(sqlite3.connect(five.journal_path)) as file:
        file.executescript(
            "drop table entry; create table entry(number, at, who, role, is_authenticated, kind, facts, previous_hash,"
            "hash); insert into entry values ('x', x'00ff', null, 1.5, 9e999, 'k', x'ff', 'a', 'b')"
        )
    assert not verify(five).is_whole
    assert len(entries(five)) == 1


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="limits of the size of a file are of Unix")
def test_a_full_disk_is_no_fault_of_the_journal(five):
    """In a process of its own, which may make no file longer than 100 bytes: so may nobody on a full disk."""
    for name in ("-wal", "-shm"):
        five.root.joinpath(f"journal.sqlite{name}").unlink(missing_ok=True)
    program = (
        "import resource, signal; from pathlib import Path; from data import journal; from data.home import Home\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        f"home = Home(Path({json.dumps(str(five.root))}))\n"
        "for read in (journal.verify, journal.entries):\n"
        "    try: print(read(home))\n"
        "    except journal.JournalUnusable as told: print(told)"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    told = run.stdout.splitlines()
    assert len(told) == 2
    assert all(line.endswith("periksa ruang cakram dan izin folder, lalu ulangi.") for line in told), told
    assert verify(five).is_whole


def test_an_act_that_could_not_be_journaled_afterwards_is_not_said_to_be_undone(home):
    home.journal_path.mkdir()
    with pytest.raises(JournalUnusable, match="Sudah terlaksana, tetapi jurnal"):
        journal.append_done(home, "purge", {}, SITI)


@pytest.mark.parametrize("content", [b"", b"bukan basis data, hanya teks " * 40])
def test_a_file_that_is_no_journal_refuses_the_act_in_one_sentence(home, content):
    home.journal_path.write_bytes(content)
    if content:
        with pytest.raises(JournalUnusable, match=r"Jurnal .*journal.sqlite tidak dapat ditulis \(DatabaseError\)"):
            append(home, "import", {}, SITI)
        with pytest.raises(JournalUnusable, match="tidak dapat dibaca"):
            entries(home)
        assert "tidak dapat dibaca (DatabaseError)" in problems(home)[0]
    else:
        assert append(home, "import", {}, SITI).number == 1  # created and not yet written when a process died


def test_a_journal_that_cannot_be_made_refuses_the_act(home):
    home.journal_path.mkdir()
    with pytest.raises(JournalUnusable, match="tidak dapat ditulis"):
        journal.require(home)


def test_a_journal_of_a_newer_program_is_refused(five):
    with closing(sqlite3.connect(five.journal_path)) as file:
        file.execute("pragma user_version = 99")
    with pytest.raises(JournalUnusable, match="Jurnal berversi 99, lebih baru daripada program ini"):
        append(five, "import", {}, SITI)


def test_filters_hold_together_and_count_what_they_list(home):
    append(home, "import", {"file": 'a"b\\c.csv'}, SITI)
    append(home, "import", {"file": "100%_lain.csv"}, LOCAL)
    append(home, "export", {"name": "cakupan.csv"}, SITI)
    today = journal.entries(home)[0].at.astimezone(journal.JAKARTA).date()

    def numbers(**filters) -> list[int]:
        found = [entry.number for entry in entries(home, **filters)]
        assert count(home, **filters) == len(found)
        return found

    assert numbers(kind="import") == [2, 1]
    assert numbers(who="siti") == [3, 1]
    assert numbers(kind="import", who="siti") == [1]
    assert numbers(text='A"B\\C') == [1]
    assert numbers(text="100%_") == [2]
    assert numbers(text="%") == [2]
    assert numbers(text="SITI") == [3, 1]
    assert numbers(first=today, last=today) == [3, 2, 1]
    assert numbers(last=date(2020, 1, 1)) == numbers(first=date(2999, 1, 1)) == []
    assert [entry.number for entry in entries(home, limit=1, offset=1)] == [2]
    assert journal.names(home) == ["lokal", "siti"]


def test_a_day_begins_and_ends_at_midnight_in_jakarta(home, monkeypatch):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2024, 6, 30, 17, 30, tzinfo=UTC).astimezone(tz)  # 00.30 WIB on 1 July

    monkeypatch.setattr(journal, "datetime", Clock)
    append(home, "undo", {}, SITI)
    assert count(home, first=date(2024, 7, 1), last=date(2024, 7, 1)) == 1
    assert count(home, last=date(2024, 6, 30)) == 0


def test_a_name_that_no_encoding_can_carry_is_stored_all_the_same(home):
    append(home, "import", {"file": os.fsdecode(b"kiriman-\xff.csv")}, SITI)
    assert entries(home)[0].facts == {"file": "kiriman-?.csv"}
    assert verify(home).is_whole


APPENDING = """
import sys
from pathlib import Path
from data.access import LOCAL
from data.home import Home
from data.journal import append
for turn in range(25):
    append(Home(Path(sys.argv[1])), "import", {"process": sys.argv[2], "turn": turn}, LOCAL)
"""


def test_processes_that_append_at_once_make_one_chain(home):
    command = [sys.executable, "-c", APPENDING, str(home.root)]
    started = [subprocess.Popen([*command, str(number)], cwd=ROOT) for number in range(3)]
    assert [process.wait(120) for process in started] == [0, 0, 0]
    found = verify(home)
    assert (found.entries, found.faults) == (3 * 25, [])
    turns = [(e.facts["process"], e.facts["turn"]) for e in reversed(entries(home, limit=-1))]
    for process in "012":
        assert [turn for name, turn in turns if name == process] == list(range(25))


def test_the_log_of_writes_stays_while_somebody_reads_and_another_process_comes_and_goes(home):
    append(home, "import", {}, LOCAL)
    visit = "import sqlite3, sys; file = sqlite3.connect(sys.argv[1]); file.execute('select * from entry').fetchall()"
    with closing(journal._connect(home, "ro")) as reading:
        reading.execute("select number from entry").fetchall()
        append(home, "undo", {}, LOCAL)
        subprocess.run([sys.executable, "-c", visit, str(home.journal_path)], check=True)
        assert home.journal_path.with_name("journal.sqlite-wal").exists()
