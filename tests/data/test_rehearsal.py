"""A rehearsal says what the real thing then gives, writes nothing, and leaves nothing behind."""

import hashlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.compute import months
from analytics.effect import _Both, _candidates, effects
from data import aliases, journal
from data.access import EVERYTHING, LOCAL, Reader
from data.editions import EDITION_TABLES, open_edition, publish, published_edition
from data.errors import CakupanError, FileRefused, HomeBusy
from data.home import Home
from data.importers import import_file, import_files
from data.ledger import mark_demo, open_ledger, undo
from data.preview import NamesJudged
from data.rehearsal import (
    last_month_end,
    rehearsed_import,
    rehearsed_publish,
    rehearsed_undo,
    usual_day,
)
from data.scratch import sweep_rehearsals
from data.state import Moved, State, state_of, token_of
from tests.card_home import AS_OF, LATE
from tests.naive_changes import naive_changes
from tests.strategies import worlds
from tests.worlds import load_world
from ui.journal_words import of_names

ROOT = Path(__file__).parents[2]
AYU = Reader("ayu", "steward", EVERYTHING, is_authenticated=True)
MORE = LATE.replace("P-2,2400000000002", "P-3,2400000000003").replace(",8,", ",15,")
LOCKS = ("writer.lock", "writer.json", "begin.lock")


@pytest.fixture(scope="module")
def real(made_card_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two deliveries after the first: its edition 3 is made of all of them by this very program."""
    home = Home(tmp_path_factory.mktemp("latihan") / "rumah")
    shutil.copytree(made_card_home.root, home.root)
    publish(home, AS_OF)
    return home


@pytest.fixture
def own(real: Home, tmp_path: Path) -> Home:
    """A copy for one test that writes."""
    home = Home(tmp_path / "rumah")
    shutil.copytree(real.root, home.root)
    return home


@pytest.fixture
def more(tmp_path: Path) -> Path:
    path = tmp_path / "pendaftaran.csv"
    path.write_text(MORE, "utf-8")
    return path


def told(edition, without=()):
    """Every row of every table but those that say when something was done."""
    cursor = edition._cursor()
    return {
        table: sorted(map(repr, cursor.execute(f"select {columns(table)} from {table}").fetchall()))
        for table in EDITION_TABLES
        if table not in without
    }


def columns(table: str) -> str:
    return "* exclude (imported_at)" if table == "delivery" else "*"


def state_now(home: Home) -> State:
    with open_ledger(home, key_needed=False) as ledger:
        return state_of(home, ledger)


def contents(home: Home) -> dict[str, str]:
    """Every file of the home but the locks, by its hash. SQLite's shared memory is made by whoever looks."""
    found = (path for path in home.root.rglob("*") if path.is_file() and path.name not in LOCKS)
    return {
        str(path.relative_to(home.root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
        if not path.name.endswith(("-shm", "-wal"))
    }


def test_a_rehearsed_import_writes_nothing_and_says_what_import_and_publish_then_give(own, more):
    before, meanwhile = contents(own), []

    def watch(stage, _done, _total):
        if stage.startswith("Menyusun work"):
            with own.writer_lock("orang lain"):
                meanwhile.append(stage)

    with rehearsed_import(own, [more], {"data_as_of": AS_OF}, as_of=AS_OF, progress=watch) as rehearsed:
        assert (rehearsed.baseline, rehearsed.before and rehearsed.before.number) == ("served", 3)
        foretold, results, kinds = told(rehearsed.after), rehearsed.results, rehearsed.kinds
        (folder,) = [path for path in own.rehearsals_dir.iterdir() if path.is_dir()]
        assert [stat.S_IMODE(path.stat().st_mode) for path in (own.rehearsals_dir, folder)] == [0o700, 0o700]
        assert not any(path.name.endswith(".key") for path in folder.rglob("*"))
    assert meanwhile == ["Menyusun work"]
    assert contents(own) == before
    assert [path.name for path in own.rehearsals_dir.iterdir()] == ["begin.lock"]
    landed = import_files(own, [more], data_as_of=AS_OF, expect=rehearsed.token)
    publish(own, rehearsed.as_of)
    assert told(published_edition(own, EVERYTHING)) == foretold
    assert results == landed
    assert [(one.kind, one.new, one.changed, one.gone, one.unchanged) for one in kinds] == [("pendaftaran", 1, 0, 0, 2)]


def test_a_rehearsed_undo_says_what_undo_and_publish_then_give(own):
    with rehearsed_undo(own, 4, as_of=AS_OF) as rehearsed:
        foretold = told(rehearsed.after)
        assert [(one.kind, one.gone, one.unchanged) for one in rehearsed.kinds] == [("pendaftaran", 1, 1)]
    undo(own, 4, expect=rehearsed.token)
    publish(own, rehearsed.as_of)
    assert told(published_edition(own, EVERYTHING)) == foretold


def test_a_rehearsed_publish_says_what_publish_then_gives(own, more):
    import_file(own, more, reader=AYU)
    undo(own, 4)
    with rehearsed_publish(own, as_of=AS_OF) as rehearsed:
        assert (rehearsed.baseline, rehearsed.before and rehearsed.before.number) == ("served", 3)
        foretold = told(rehearsed.after)
        assert [(one.what, one.who, one.batch, one.file) for one in rehearsed.happened] == [
            ("import", "ayu", 5, "pendaftaran.csv"),
            ("undo", "lokal", 4, "pendaftaran.csv"),
        ]
        assert [(one.kind, one.new, one.gone) for one in rehearsed.kinds] == [("pendaftaran", 1, 1)]
    publish(own, AS_OF, expect=rehearsed.token)
    assert told(published_edition(own, EVERYTHING)) == foretold


def test_a_rehearsed_publish_names_the_names_that_were_judged_since(own):
    aliases.confirm(own, "pemilik", "Dinas P.U.", "Dinas PUPR", AYU)
    aliases.reject(own, "pemilik", "Dinas PUPR", "Dinas Perkim", AYU)  # which changes no edition
    aliases.confirm(own, "wilayah", "Kota Palembnag", "16.71", AYU)  # nor does this, before an import
    with rehearsed_publish(own, as_of=AS_OF) as rehearsed:
        [judged] = rehearsed.happened
    assert (judged.what, judged.who) == ("alias", "ayu")
    names = NamesJudged("pemilik", "Dinas P.U.", "Dinas PUPR", "same")
    assert judged.names == names
    assert of_names(names, "id") == (
        "Pemilik proyek: 'Dinas P.U.' berlaku sebagai 'Dinas PUPR' sejak penerbitan berikutnya."
    )


@settings(max_examples=2)
@given(world=worlds(), data=st.data())
def test_whatever_is_undone_the_published_edition_is_the_rehearsed_one(tmp_path_factory, world, data):
    home = Home(tmp_path_factory.mktemp("dunia") / "rumah")
    load_world(home, world)
    live = [batch["batch_id"] for batch in world["batches"] if not batch["undone"]]
    chosen = data.draw(st.sampled_from(live))
    with rehearsed_undo(home, chosen, as_of=world["as_of"]) as rehearsed:
        foretold, rest = rehearsed.after.meta["content_hash"], {one.kind: one for one in rehearsed.kinds}
        assert rehearsed.baseline == "built" and rehearsed.before
        both, told_effects = _Both(rehearsed.before, rehearsed.after), effects(rehearsed.before, rehearsed.after)
        spoken = sorted({*months(rehearsed.before), *months(rehearsed.after)})
        differing = [day for day in spoken if both.differing(day)]
        assert set(differing) <= set(_candidates(rehearsed.before, rehearsed.after))
        assert [told_effects.first_changed, told_effects.last_changed] == (
            [differing[0], differing[-1]] if differing else [None, None]
        )
    expected = naive_changes(world, set(live), set(live) - {chosen})
    assert {kind: (one.new, one.changed, one.gone, one.ended, one.unchanged) for kind, one in rest.items()} == expected
    undo(home, chosen, expect=rehearsed.token)
    publish(home, world["as_of"])
    assert published_edition(home, EVERYTHING).meta["content_hash"] == foretold


def test_a_refused_file_leaves_nothing_either(own, tmp_path):
    path = tmp_path / "kosong.csv"
    path.write_text("kode_proyek,nik,mulai\n", "utf-8")
    with pytest.raises(FileRefused), rehearsed_import(own, [path], {}):
        pass
    assert [path.name for path in own.rehearsals_dir.iterdir()] == ["begin.lock"]


def test_a_ledger_that_cannot_be_read_is_told_in_a_sentence_and_nothing_stays(own):
    own.ledger_path.unlink()
    own.ledger_path.mkdir()
    with pytest.raises(CakupanError, match=r"^Pratinjau berhenti \(.*\); data tidak berubah"), rehearsed_undo(own, 4):
        pass
    assert [path.name for path in own.rehearsals_dir.iterdir()] == ["begin.lock"]


def test_whoever_writes_for_long_is_named(own, monkeypatch):
    monkeypatch.setattr("data.rehearsal.LONGEST_WAIT_SECONDS", 0)
    with (
        own.writer_lock("impor roster.csv", who="ayu"),
        pytest.raises(HomeBusy, match="akun ayu") as busy,
        rehearsed_undo(own, 4),
    ):
        pass
    assert (busy.value.who, busy.value.doing) == ("ayu", "impor roster.csv")


def test_the_same_file_again_changes_nothing_and_builds_nothing(own, tmp_path):
    again = tmp_path / "pendaftaran.csv"
    again.write_text(LATE, "utf-8")
    with rehearsed_import(own, [again], {}, as_of=AS_OF) as rehearsed:
        assert rehearsed.before == rehearsed.after == open_edition(own, 3)
        assert (rehearsed.kinds, [result.batch for result in rehearsed.results]) == ([], [None])


def test_a_delivery_that_waits_for_its_publish_is_no_effect_of_the_next(own, more, tmp_path):
    import_file(own, more)
    other = tmp_path / "lain.csv"
    other.write_text(MORE.replace("2024-09-02", "2024-09-04").replace("0003", "0004"), "utf-8")
    with rehearsed_import(own, [other], {}, as_of=AS_OF) as rehearsed:
        assert rehearsed.baseline == "built"
        registrations = [len(told(edition)["registration"]) for edition in (rehearsed.before, rehearsed.after)]
    assert registrations == [2 + 1, 2 + 1 + 1]


def test_an_edition_made_from_the_same_says_the_same(own):
    state = state_now(own)
    sidecar = json.loads((own.editions_dir / "000003.json").read_text("utf-8"))
    assert state.made(sidecar)
    assert not state.made({key: value for key, value in sidecar.items() if key != "made_from"})
    for part in ("names", "settings", "program"):
        assert not state.made(sidecar | {"made_from": sidecar["made_from"] | {part: "lain"}})
    assert not state.made(sidecar | {"batches": sidecar["batches"][:-1]})
    undo(own, 4)
    assert not state_now(own).made(sidecar)


def test_an_empty_home_is_rehearsed_beside_nothing_and_stays_empty(home, tmp_path):
    path = tmp_path / "proyek.csv"
    path.write_text(
        "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai\nP-1,Jalan,16.71,Dinas PUPR,2024-01-01,2024-12-31\n"
    )
    with rehearsed_import(home, [path], {}, as_of=AS_OF) as rehearsed:
        assert (rehearsed.baseline, rehearsed.before) == ("none", None)
        assert len(told(rehearsed.after)["project"]) == 1
    assert not home.ledger_path.exists()
    assert not home.keys_dir.exists()
    import_files(home, [path], expect=rehearsed.token)


def test_a_demonstration_is_replaced_in_thought_only_when_that_is_said(own, more):
    mark_demo(own)
    with (
        pytest.raises(CakupanError, match="berisi data contoh; pakai --replace-demo"),
        rehearsed_import(own, [more], {}),
    ):
        pass
    with rehearsed_import(own, [more], {}, replace_demo=True, as_of=AS_OF) as rehearsed:
        assert (rehearsed.baseline, rehearsed.after.meta["demo"]) == ("none", "0")
        assert told(rehearsed.after)["project"] == []
    assert published_edition(own, EVERYTHING).number == 3


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2024, 6, 30), date(2024, 6, 30)),
        (date(2024, 6, 29), date(2024, 5, 31)),
        (date(2024, 3, 1), date(2024, 2, 29)),
        (date(2024, 1, 1), date(2023, 12, 31)),
    ],
)
def test_an_edition_speaks_of_months_that_have_ended_by_its_day(day, end):
    assert last_month_end(day) == end


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2024, 7, 30), date(2024, 6, 30)),
        (date(2024, 7, 31), date(2024, 7, 31)),
        (date(2024, 9, 2), date(2024, 9, 2)),
        (date(2024, 5, 1), date(2024, 6, 30)),
    ],
)
def test_the_usual_day_is_today_once_a_month_has_ended_since_the_edition(today, day):
    assert usual_day(date(2024, 6, 30), today) == day


class TestWhatIsExpected:
    """An act done with the token of a preview is done on what the preview spoke of, or not at all."""

    def token(self, home: Home) -> str:
        return token_of(home, state_now(home))

    def test_what_came_in_between_is_named(self, own, more, tmp_path):
        token = self.token(own)
        import_file(own, more, reader=AYU)
        undo(own, 4, reader=AYU)
        sentence = (
            r"^Sejak pratinjau batch 5 \(pendaftaran.csv\) dimasukkan oleh ayu pada \d{4}-\d\d-\d\d \d\d.\d\d WIB, "
            r"batch 4 \(pendaftaran.csv\) dibatalkan oleh ayu pada .* WIB; buat pratinjau lagi.$"
        )
        other = tmp_path / "lain.csv"
        other.write_text(MORE.replace("0003", "0004"), "utf-8")
        for act in (
            lambda: import_files(own, [other], expect=token),
            lambda: undo(own, 5, expect=token),
            lambda: publish(own, AS_OF, expect=token),
        ):
            with pytest.raises(Moved, match=sentence):
                act()
        assert published_edition(own, EVERYTHING).number == 3

    def test_other_settings_are_told_as_such(self, own):
        token = self.token(own)
        own.config_path.write_text("registration_deadline_working_days = 7\n", "utf-8")
        with pytest.raises(Moved, match="Sejak pratinjau pengaturan, program atau isi buku besar berubah"):
            undo(own, 4, expect=token)

    def test_what_bears_on_nothing_does_not_matter(self, own):
        token = self.token(own)
        journal.append(own, "export", {"file": "x.xlsx"}, LOCAL)
        own.config_path.write_text("[retention]\nuploads_days = 10\n", "utf-8")
        undo(own, 4, expect=token)

    def test_a_home_that_was_begun_meanwhile_is_refused(self, home, more):
        token = token_of(home, state_of(home, None))
        import_file(home, more)
        with pytest.raises(Moved, match=r"batch 1 \(pendaftaran.csv\) dimasukkan oleh lokal"):
            import_files(home, [more], data_as_of=AS_OF, expect=token)

    @pytest.mark.parametrize("token", ["", "x", "1-xyz", "12345678901234567890-0123456789abcdef"])
    def test_a_token_that_is_none_is_quoted(self, own, token):
        with pytest.raises(CakupanError, match=f"Tanda pratinjau '{token[:40]}' bukan tanda yang dikenal"):
            undo(own, 4, expect=token)


REHEARSE_AND_DIE = """
import os, signal
from data.home import Home
from data.rehearsal import rehearsed_undo

def watch(stage, done, total):
    os.kill(os.getpid(), signal.SIGKILL)

with rehearsed_undo(Home.from_environment(), 4, progress=watch):
    pass
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signal of this kind on Windows")
def test_what_a_killed_rehearsal_left_goes_at_the_next_start_and_a_living_one_stays(own):
    command, environment = [sys.executable, "-c", REHEARSE_AND_DIE], os.environ | {"CAKUPAN_HOME": str(own.root)}
    killed = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    (left,) = [path for path in own.rehearsals_dir.iterdir() if path.is_dir()]
    assert (left / "ledger.duckdb").exists()
    living = own.rehearsals_dir / "hidup"
    living.mkdir()
    with FileLock(living.with_suffix(".lock")):
        sweep_rehearsals(own)
        assert sorted(path.name for path in own.rehearsals_dir.iterdir()) == ["begin.lock", "hidup", "hidup.lock"]
    with rehearsed_undo(own, 4, as_of=AS_OF):
        assert not living.exists()
