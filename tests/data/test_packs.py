"""A meeting pack is kept whole or not at all, once, under safe names, and is found by who may see all of it."""

import hashlib
import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import duckdb
import pytest

from data import journal, packs
from data.access import EVERYTHING, LOCAL, Grant
from data.editions import current_edition
from data.errors import CakupanError
from data.home import Home
from data.journal import JournalUnusable
from data.packs import MOST_BYTES, UNFINISHED, PackFacts, PackRequest, checked, file_stem
from data.retention import Retention, purge
from tests.casework_home import reader

CITY, DISTRICT, PROVINCE = "16.71", "16.07", "16"
REQUEST = PackRequest("Rapat koordinasi", date(2024, 10, 7), "pimpinan", date(2024, 9, 30), CITY)
FACTS = PackFacts(edition=1, demo=False, content_hash="a" * 64, casework=0, sections=("trend",), rows=12)
FILES = {"xlsx": b"PK buku", "pdf": b"%PDF handout"}


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def stored(home: Home) -> set[str]:
    return {path.name for path in home.packs_dir.iterdir()} - {".lock"}


def entries(home: Home) -> int:
    return journal.count(home, kind="pack")


@pytest.fixture
def home(card_home, tmp_path) -> Home:
    """Editions and settings of a small home, with a journal and packs of its own."""
    copy = Home(tmp_path / "rumah")
    copy.root.mkdir()
    (copy.root / "editions").symlink_to(card_home.editions_dir)
    copy.current_path.write_text("1", "utf-8")
    return copy


def test_a_kept_pack_lies_under_its_hashes_and_is_named_by_one_entry(home):
    kept = packs.keep(home, LOCAL, REQUEST, FILES, FACTS)
    assert stored(home) == {f"{sha(FILES['xlsx'])}.xlsx", f"{sha(FILES['pdf'])}.pdf"}
    [entry] = journal.entries(home, kind="pack")
    assert (kept.number, kept.request, kept.facts) == (entry.number, REQUEST, FACTS)
    assert {name: entry.facts[name] for name in ("meeting", "day", "month", "place", "edition", "content_hash")} == {
        "meeting": "Rapat koordinasi", "day": "2024-10-07", "month": "2024-09", "place": CITY, "edition": 1,
        "content_hash": "a" * 64,
    }  # fmt: skip
    assert [(file.format, file.bytes) for file in kept.files] == [
        ("xlsx", len("PK buku")),
        ("pdf", len("%PDF handout")),
    ]
    assert packs.read(home, LOCAL, sha(b"PK buku")) == b"PK buku"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_only_the_owner_of_the_home_reads_what_is_kept(home):
    packs.keep(home, LOCAL, REQUEST, FILES, FACTS)
    assert {path.stat().st_mode & 0o077 for path in home.packs_dir.iterdir() if path.name != ".lock"} == {0}
    assert home.packs_dir.stat().st_mode & 0o077 == 0


def test_the_same_pack_again_is_the_same_entry(home):
    first = packs.keep(home, LOCAL, REQUEST, FILES, FACTS)
    again = packs.keep(home, LOCAL, REQUEST, {"pdf": FILES["pdf"]}, replace(FACTS, casework=7))
    assert (again, entries(home)) == (first, 1)


def test_another_format_of_the_same_pack_joins_the_former_files(home):
    packs.keep(home, LOCAL, REQUEST, {"pdf": FILES["pdf"]}, FACTS)
    kept = packs.keep(home, LOCAL, REQUEST, {"xlsx": FILES["xlsx"]}, FACTS)
    assert [file.format for file in kept.files] == ["xlsx", "pdf"]
    assert packs.packs_of(home, EVERYTHING) == [kept]


def test_other_content_for_the_same_meeting_is_a_pack_of_its_own(home):
    packs.keep(home, LOCAL, REQUEST, FILES, FACTS)
    later = packs.keep(home, LOCAL, REQUEST, {"pdf": b"%PDF lain"}, replace(FACTS, content_hash="b" * 64))
    assert [one.number for one in packs.packs_of(home, EVERYTHING)] == [later.number, later.number - 1]
    assert [file.format for file in later.files] == ["pdf"]


def test_a_file_that_was_taken_away_or_changed_comes_back_when_it_is_made_again(home):
    packs.keep(home, LOCAL, REQUEST, FILES, FACTS)
    path = home.packs_dir / f"{sha(FILES['pdf'])}.pdf"
    path.chmod(0o600)
    path.write_bytes(b"lain")
    with pytest.raises(CakupanError, match="berubah sejak dibuat"):
        packs.read(home, LOCAL, path.stem)
    path.unlink()
    with pytest.raises(CakupanError, match="tidak terbaca"):
        packs.read(home, LOCAL, path.stem)
    packs.keep(home, LOCAL, REQUEST, FILES, FACTS)
    assert packs.read(home, LOCAL, path.stem) == FILES["pdf"]


def test_without_a_journal_nothing_is_kept(home):
    home.journal_path.mkdir()
    with pytest.raises(JournalUnusable):
        packs.keep(home, LOCAL, REQUEST, FILES, FACTS)
    home.journal_path.rmdir()
    packs.clear_left_overs(home)
    assert stored(home) == set()


def test_a_pack_that_is_too_large_is_refused_before_anything_is_written(home):
    with pytest.raises(CakupanError, match="paling besar 100 MB"):
        packs.keep(home, LOCAL, REQUEST, {"xlsx": bytes(MOST_BYTES), "pdf": b"%"}, FACTS)
    assert (home.packs_dir.exists(), entries(home)) == (False, 0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_where_the_disk_takes_no_more_nothing_is_kept_and_nothing_stays(home):
    import resource

    journal.append(home, "sign_out", {}, LOCAL)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, before[1]))
    try:
        with pytest.raises(CakupanError, match="tidak dapat disimpan"):
            packs.keep(home, LOCAL, REQUEST, {"pdf": b"%PDF", "xlsx": bytes(600_000)}, FACTS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (stored(home), entries(home)) == (set(), 0)


def test_a_disk_that_is_almost_full_takes_no_pack(home, monkeypatch):
    left = packs.ROOM_LEFT_BYTES + len(FILES["pdf"])
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=left))
    packs.keep(home, LOCAL, REQUEST, {"pdf": FILES["pdf"]}, FACTS)
    with pytest.raises(CakupanError, match="Cakram tinggal memuat 500 MB"):
        packs.keep(home, LOCAL, REQUEST, {"xlsx": bytes(len(FILES["pdf"]) + 1)}, FACTS)
    assert (len(stored(home)), entries(home)) == (1, 1)


def test_an_account_keeps_so_much_a_day_and_the_shell_as_much_as_it_likes(home, monkeypatch):
    monkeypatch.setattr(packs, "MOST_BYTES_IN_A_DAY", 25)
    asked = [replace(REQUEST, meeting=f"Rapat {number}") for number in range(4)]
    others = replace(LOCAL, name="kota", is_authenticated=True)
    signed_in = replace(LOCAL, name="prov", is_authenticated=True)
    packs.keep(home, others, asked[0], {"pdf": b"lain" * 5}, FACTS)
    packs.keep(home, signed_in, asked[1], {"pdf": b"sepuluh..."}, FACTS)
    packs.keep(home, signed_in, asked[2], {"pdf": b"sepuluh..."}, FACTS)  # the same file lies there once: 10 bytes
    packs.keep(home, signed_in, asked[3], {"pdf": b"sepuluh..2", "xlsx": b"lima."}, FACTS)  # 10 + 10 + 5
    before = stored(home)
    with pytest.raises(CakupanError, match="24 jam"):
        packs.keep(home, signed_in, REQUEST, {"pdf": b"."}, FACTS)
    assert (stored(home), entries(home)) == (before, 4)
    packs.keep(home, LOCAL, REQUEST, {"pdf": b"."}, FACTS)
    assert packs.keep(home, signed_in, asked[1], {"pdf": b"sepuluh..."}, FACTS).request == asked[1]  # nothing is added


def test_what_an_account_kept_the_day_before_does_not_count(home, monkeypatch):
    monkeypatch.setattr(packs, "MOST_BYTES_IN_A_DAY", 25)
    signed_in = replace(LOCAL, name="prov", is_authenticated=True)
    yesterday = datetime.now(UTC) - timedelta(hours=25)
    with monkeypatch.context() as patch:
        patch.setattr(
            journal, "datetime", SimpleNamespace(now=lambda _zone: yesterday, fromisoformat=datetime.fromisoformat)
        )
        packs.keep(home, signed_in, REQUEST, FILES, FACTS)
    packs.keep(home, signed_in, replace(REQUEST, meeting="Rapat lain"), {"pdf": b"x" * 25}, FACTS)
    assert entries(home) == 2


def test_many_keep_at_once_and_each_has_its_entry(home):
    asked = [replace(REQUEST, meeting=f"Rapat {number % 3}") for number in range(9)]
    with ThreadPoolExecutor(9) as pool:
        kept = list(pool.map(lambda one: packs.keep(home, LOCAL, one, {"pdf": one.meeting.encode()}, FACTS), asked))
    assert {one.request.meeting: one.number for one in kept} == {f"Rapat {n}": kept[n].number for n in range(3)}
    assert (len(stored(home)), entries(home)) == (3, 3)


def leave_behind(home: Home, *names: str, noted: bool = True) -> None:
    """As a killed making does."""
    home.packs_dir.mkdir(exist_ok=True)
    for name in names:
        (home.packs_dir / name).write_bytes(b"setengah")
    if noted:
        (home.packs_dir / UNFINISHED).write_text(json.dumps(names), "utf-8")


def test_what_a_killed_making_left_is_removed_by_the_next(home):
    left = f"{'1' * 64}.pdf"
    leave_behind(home, left, f".{left}.new")
    packs.keep(home, LOCAL, REQUEST, FILES, FACTS)
    assert stored(home) == {f"{sha(FILES['xlsx'])}.xlsx", f"{sha(FILES['pdf'])}.pdf"}


def test_what_a_killed_making_left_is_removed_by_a_cleaning_too(home):
    leave_behind(home, f"{'1' * 64}.pdf")
    purge(home, Retention(uploads_days=1, logs_days=1), dry_run=True)
    assert stored(home) == {f"{'1' * 64}.pdf", UNFINISHED}
    purge(home, Retention(uploads_days=1, logs_days=1))
    assert stored(home) == set()


def test_a_making_killed_after_its_entry_loses_nothing(home):
    packs.keep(home, LOCAL, REQUEST, FILES, FACTS)
    leave_behind(home)
    (home.packs_dir / UNFINISHED).write_text(json.dumps(sorted(stored(home) - {UNFINISHED})), "utf-8")
    packs.clear_left_overs(home)
    assert {packs.read(home, LOCAL, sha(content)) for content in FILES.values()} == set(FILES.values())


def test_a_lost_journal_takes_no_pack_along(home):
    packs.keep(home, LOCAL, REQUEST, FILES, FACTS)
    before = stored(home)
    for path in home.root.glob("journal.sqlite*"):
        path.unlink()
    packs.keep(home, LOCAL, replace(REQUEST, meeting="Lain"), {"pdf": b"%PDF lain"}, FACTS)
    purge(home, Retention(uploads_days=1, logs_days=1))
    assert before <= stored(home)


def test_a_note_of_left_overs_removes_nothing_outside(home, tmp_path):
    (tmp_path / "penting.pdf").write_bytes(b"penting")
    leave_behind(home)
    names = ["../../penting.pdf", "../current", str(tmp_path / "penting.pdf"), f"../{'1' * 64}.pdf"]
    (home.packs_dir / UNFINISHED).write_text(json.dumps(names), "utf-8")
    packs.clear_left_overs(home)
    assert (tmp_path / "penting.pdf").exists()
    assert home.current_path.exists()


CITY_READER = reader("viewer", areas=(CITY,))
OWNER_READER = reader("opd", areas=(CITY,), owners=("Dinas PUPR",))
PROVINCE_READER = reader("inspector", areas=(PROVINCE,))


@pytest.mark.parametrize(
    ("request_", "facts", "seen_by"),
    [
        (REQUEST, replace(FACTS, areas=(CITY,)), {"city", "province"}),
        (replace(REQUEST, place=DISTRICT), replace(FACTS, areas=(DISTRICT,)), {"province"}),
        (replace(REQUEST, place=PROVINCE), replace(FACTS, areas=(PROVINCE,)), {"province"}),
        # Of the city, but it names others of the province, as the whole grant of its maker showed them.
        (REQUEST, replace(FACTS, areas=(PROVINCE,)), {"province"}),
        (REQUEST, FACTS, set()),
        (replace(REQUEST, owner="Dinas PUPR"), replace(FACTS, areas=(CITY,)), {"city", "province"}),
        (
            replace(REQUEST, owner="Dinas PUPR"),
            replace(FACTS, areas=(CITY,), owners=("Dinas PUPR",)),
            {"city", "owner", "province"},
        ),
        (
            replace(REQUEST, owner="Dinas PUPR"),
            replace(FACTS, areas=(CITY,), owners=("Dinas PUPR", "Dinas PUTR")),
            {"city", "province"},
        ),
        (replace(REQUEST, place="99.99"), replace(FACTS, areas=("99.99",)), set()),
    ],
)
def test_a_pack_is_listed_and_opened_by_whom_it_is_wholly_within(home, request_, facts, seen_by):
    kept = packs.keep(home, LOCAL, request_, {"pdf": b"%PDF"}, facts)
    readers = {"city": CITY_READER, "owner": OWNER_READER, "province": PROVINCE_READER}
    assert {name for name, one in readers.items() if packs.packs_of(home, one.grant)} == seen_by
    for name, one in readers.items():
        if name in seen_by:
            assert packs.read(home, one, sha(b"%PDF")) == b"%PDF"
            assert packs.find(home, one.grant, kept.number) == kept
            continue
        with pytest.raises(CakupanError, match="tidak ditemukan dalam lingkup akun ini"):
            packs.read(home, one, sha(b"%PDF"))
        with pytest.raises(CakupanError, match="tidak ditemukan dalam lingkup akun ini"):
            packs.find(home, one.grant, kept.number)
    assert packs.read(home, LOCAL, sha(b"%PDF")) == b"%PDF"


def test_a_branch_that_has_lost_a_member_shows_no_pack_of_when_it_had_it(home, tmp_path):
    """In edition 1 the branch is Palembang and two others, in edition 2 the city alone."""
    settled = reader("branch", areas=("branch:palembang",))
    city = reader("branch", areas=(CITY,))
    facts = replace(FACTS, areas=("branch:palembang",))
    packs.keep(home, LOCAL, replace(REQUEST, place="branch:palembang"), {"pdf": b"%PDF"}, facts)
    assert len(packs.packs_of(home, settled.grant)) == 1
    alone = Home(tmp_path / "sendiri")
    shutil.copytree(home.root, alone.root)
    with closing(duckdb.connect(str(alone.editions_dir / "000002.duckdb"))) as edition:
        edition.execute("delete from branch_member where branch = 'branch:palembang' and place <> ?", [CITY])
    alone.current_path.write_text("2", "utf-8")
    edition = current_edition(alone, city.grant)
    assert edition is not None
    assert "branch:palembang" in edition.visible_places
    assert packs.packs_of(alone, city.grant) == []


def test_who_may_see_nothing_sees_no_pack(home):
    packs.keep(home, LOCAL, REQUEST, FILES, replace(FACTS, areas=(), owners=()))
    assert packs.packs_of(home, Grant(frozenset(), frozenset())) == []


@pytest.mark.parametrize("asked", ["", "../journal.sqlite", "a" * 64, "A" * 64, f"{'a' * 64}.pdf", "\u202e" * 80])
def test_a_hash_that_names_no_pack_is_answered_like_one_that_may_not_be_seen(home, asked):
    packs.keep(home, LOCAL, REQUEST, FILES, FACTS)
    with pytest.raises(CakupanError, match="tidak ditemukan dalam lingkup akun ini") as refused:
        packs.read(home, LOCAL, asked)
    assert "\u202e" not in str(refused.value)


def test_a_forged_entry_is_left_out(home):
    packs.keep(home, LOCAL, REQUEST, FILES, FACTS)
    [entry] = journal.entries(home, kind="pack")
    for changes in ({"files": [{"format": "../x", "bytes": 1, "sha256": "1" * 64}]}, {"month": "besok"}, {"asked": 5}):
        journal.append(home, "pack", entry.facts | changes, LOCAL)
    assert [one.number for one in packs.packs_of(home, EVERYTHING)] == [entry.number]


def test_packs_of_a_demonstration_are_not_those_of_real_data(home):
    packs.keep(home, LOCAL, REQUEST, FILES, replace(FACTS, demo=True))
    assert packs.packs_of(home, EVERYTHING) == []
    assert packs.last_of_series(home, EVERYTHING, replace(REQUEST, day=date(2024, 11, 4))) is None


def test_the_last_of_a_series_is_the_meeting_before_not_a_second_draft_of_this_one(home):
    def keep(day: date, content: str, **changes):
        asked = replace(REQUEST, day=day, **changes)
        return packs.keep(home, LOCAL, asked, {"pdf": content.encode()}, replace(FACTS, content_hash=content * 64))

    september = keep(date(2024, 9, 2), "1")
    october = keep(date(2024, 10, 7), "2", meeting="RAPAT KOORDINASI", language="en")
    keep(date(2024, 11, 4), "3")
    keep(date(2024, 10, 8), "4", place=PROVINCE)
    keep(date(2024, 10, 8), "5", owner="Dinas PUPR")
    keep(date(2024, 10, 8), "6", meeting="Rapat lain")
    november = replace(REQUEST, day=date(2024, 11, 4))
    assert packs.last_of_series(home, EVERYTHING, november) == october
    assert packs.last_of_series(home, EVERYTHING, replace(REQUEST, day=date(2024, 10, 7))) == september
    assert packs.last_of_series(home, EVERYTHING, replace(REQUEST, day=date(2024, 9, 2))) is None
    assert packs.last_of_series(home, CITY_READER.grant, november) is None


@pytest.mark.parametrize(
    ("meeting", "kept"),
    [
        ("  Rapat\u202e  terbalik\x07 ", "Rapat terbalik"),
        ("Rapat 24/06/2025 no. 12", "Rapat 24/06/2025 no. 12"),
        ("r" * 200, "r" * 200),
    ],
)
def test_the_name_of_a_meeting_is_kept_clean(meeting, kept):
    assert checked(replace(REQUEST, meeting=meeting), date(2024, 10, 1)).meeting == kept


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"meeting": " \u202e\x00 "}, "belum diisi"),
        ({"meeting": "r" * 201}, "201 huruf, paling banyak 200"),
        ({"meeting": "Rapat 1671014101900001"}, r"16 angka \(1671…\)"),
        ({"day": date(1924, 10, 7)}, "terlalu jauh"),
    ],
)
def test_a_meeting_that_cannot_stand_is_refused_in_a_sentence(changes, told):
    with pytest.raises(CakupanError, match=told):
        checked(replace(REQUEST, **changes), date(2024, 10, 1))


@pytest.mark.parametrize(
    ("meeting", "stem"),
    [
        ("Rapat Koordinasi", "cakupan-rapat-koordinasi-2024-10-07-16-71"),
        ("../../etc/passwd", "cakupan-etc-passwd-2024-10-07-16-71"),
        ("C:\\CON\\nul.txt", "cakupan-c-con-nul-txt-2024-10-07-16-71"),
        ("Rapat \u202egnp.exe\u202c\x00\n", "cakupan-rapat-gnp-exe-2024-10-07-16-71"),
        ("🏗️", "cakupan-bahan-rapat-2024-10-07-16-71"),
        ("Évaluasi — é", "cakupan-evaluasi-e-2024-10-07-16-71"),
        ("=cmd|'/c calc'!A1", "cakupan-cmd-c-calc-a1-2024-10-07-16-71"),
    ],
)
def test_a_file_is_named_after_its_meeting_in_letters_that_every_system_takes(meeting, stem):
    assert file_stem(replace(REQUEST, meeting=meeting), is_demo=False) == stem


def test_the_longest_name_of_a_file_stays_short():
    long = replace(REQUEST, meeting="r" * 300, place="branch:" + "p" * 300, owner="o" * 300, fund="f" * 300)
    stem = file_stem(long, is_demo=True)
    assert stem.startswith(f"DATA-CONTOH-cakupan-{'r' * 60}-2024-10-07-branch-{'p' * 23}-{'o' * 30}-{'f' * 30}")
    assert len(stem) < 200
