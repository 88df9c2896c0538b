"""The shell on behalf of an account: its grant narrows what is shown, its role says what it may do."""

import json
import os
import re
from datetime import UTC, datetime, timedelta
from getpass import getuser
from pathlib import Path

import pytest

import cakupan
from commands import reader as shell
from commands.reader import ACTS, acting, child_environment, shell_reader
from data import accounts, journal, packs
from data.access import EVERYTHING, LOCAL, MAY, ROLE_NAMES, ROLES
from data.accounts import Account
from data.editions import publish
from data.errors import CakupanError
from data.home import Home
from tests.data.test_access import JUNE, small_world
from tests.shell import landed, refused, run_child, run_here
from tests.worlds import load_world

PEOPLE = (
    Account("siti", "Siti", "branch", branches=("kota",)),
    Account("budi", "Budi", "opd", owners=("Dinas PUPR",)),
    Account("tono", "Tono", "steward", places=("16.07",)),
    Account("rina", "Rina", "admin", places=("00",)),
    Account("baru", "Baru", "viewer"),
    Account("lama", "Lama", "admin", places=("00",)),
)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("served") / "home")
    load_world(home, small_world())
    publish(home, as_of=JUNE)
    for account in PEOPLE:
        accounts.add(home, account)
    accounts.disable(home, "lama")
    return home


@pytest.fixture
def as_account(monkeypatch):
    return lambda name: monkeypatch.setenv("CAKUPAN_ACCOUNT", name)


def shown(home, *arguments):
    return {row["group"]: (row["numerator"], row["denominator"]) for row in landed(home, "show", *arguments)}


def test_the_shell_sees_everything_under_the_name_of_its_user(served):
    assert shell_reader(served) == shell.Reader(getuser(), "admin", EVERYTHING, is_authenticated=False)
    assert shown(served, "placement_coverage") == {"16": (3 + 4 + 0 + 2 + 0, 5 + 9 + 4 + 2 + 7)}


def test_a_branch_is_shown_its_branch(served, as_account):
    as_account("siti")
    assert shown(served, "placement_coverage") == {"branch:kota": (3 + 4 + 2, 5 + 9 + 2)}
    assert shown(served, "active_members", "--place", "16.71") == {"16.71": (31, None)}
    assert refused(served, "show", "active_members", "--place", "16.07") == "Wilayah 16.07 di luar lingkup akun ini."
    assert "dalam lingkup akun ini; lihat namanya" in refused(
        served, "show", "placement_coverage", "--owner", "PT Contoh"
    )


def test_an_owner_is_shown_its_projects(served, as_account):
    as_account("budi")
    assert shown(served, "placement_coverage") == {"branch:kota": (3 + 2, 5 + 2)}
    assert shown(served, "placement_coverage", "--by", "owner", "--place", "16") == {"Dinas PUPR": (3 + 2, 5 + 2)}
    assert "Pemilik proyek BBPJN di luar lingkup" in refused(served, "show", "placement_coverage", "--owner", "BBPJN")
    assert "tidak ada menurut owner" in refused(served, "show", "population_coverage")


def test_an_account_without_a_scope_is_shown_nothing(served, as_account):
    as_account("baru")
    for place in ((), ("--place", "16"), ("--place", "16.71")):
        assert "Akun ini belum diberi lingkup" in refused(served, "show", "active_members", *place)


@pytest.mark.parametrize("name", ["lama", "tiada", "", "LAMA"])
@pytest.mark.parametrize("command", [("show", "active_members"), ("status",), ("publish",), ("import", "x.csv")])
def test_an_account_that_is_unknown_or_disabled_does_nothing(served, as_account, name, command):
    as_account(name)
    what = "dinonaktifkan" if name.lower() == "lama" else "tidak ada"
    assert refused(served, *command) == f"Akun '{name}' pada CAKUPAN_ACCOUNT {what}; periksa dengan user list."


@pytest.mark.parametrize("name", ["siti", "budi", "baru"])
@pytest.mark.parametrize("command", [("status",), ("publish",), ("import", "x.csv"), ("undo", "1"), ("demo",)])
def test_who_only_looks_changes_nothing_and_reads_no_file_name(served, as_account, name, command):
    as_account(name)
    before = sorted(served.editions_dir.iterdir())
    assert refused(served, *command).endswith("; mintalah kepada Petugas data atau Pengelola.")
    assert sorted(served.editions_dir.iterdir()) == before


def test_an_account_of_owners_is_told_that_targets_are_not_its_own_and_not_that_there_are_none(served, as_account):
    as_account("budi")
    for command in (("targets",), ("targets", "--json"), ("targets", "--place", "16.71")):
        assert "di luar lingkup akun ini: proyek pemilik tertentu" in refused(served, *command)


def test_a_pack_is_made_of_what_the_account_sees_and_in_its_name(served, as_account):
    as_account("siti")
    told = landed(served, "export", "--format", "png", "--meeting", "Rapat cabang")
    kept = packs.find(served, EVERYTHING, told["pack"])
    assert (kept.who, kept.request.place, kept.facts.areas) == ("siti", "branch:kota", ("branch:kota",))
    for place in ("16", "16.07", "00"):
        assert "tidak dikenal dalam lingkup akun ini" in refused(served, "export", "--place", place)
    assert "dalam lingkup akun ini" in refused(served, "export", "--owner", "PT Contoh")


def test_a_pack_of_an_owner_is_for_who_sees_that_owner_there(served, as_account):
    as_account("budi")
    told = landed(served, "export", "--format", "png", "--meeting", "Rapat dinas")
    kept = packs.find(served, shell_reader(served).grant, told["pack"])
    assert (kept.request.owner, kept.facts.owners) == ("Dinas PUPR", ("Dinas PUPR",))
    for owner in ("BBPJN", "*", "?"):
        assert "di luar lingkup akun ini" in refused(served, "export", "--owner", owner)
    as_account("siti")  # who sees all owners of that branch
    assert packs.read(served, shell_reader(served), kept.files[0].sha256).startswith(b"\x89PNG")
    as_account("tono")
    with pytest.raises(CakupanError, match="tidak ditemukan"):
        packs.read(served, shell_reader(served), kept.files[0].sha256)


def test_an_account_without_a_scope_makes_no_pack(served, as_account):
    as_account("baru")
    before = journal.head(served)
    for place in ((), ("--place", "16")):
        assert "lingkup" in refused(served, "export", *place)
    assert journal.head(served) == before


def test_a_steward_may_publish_and_the_journal_says_who(served, as_account):
    as_account("tono")
    number = landed(served, "publish", "--as-of", f"{JUNE}")["number"]
    [entry] = journal.entries(served, kind="publish", limit=1)
    assert (entry.who, entry.role, entry.is_authenticated) == ("tono", "steward", False)
    assert landed(served, "status")["edition"]["number"] == number


def test_a_limited_steward_is_told_of_the_deliveries_of_its_scope_alone(served, as_account):
    """Of all deliveries of the small world one is declared complete: registrations, for the province."""
    everything = landed(served, "status")
    as_account("tono")
    told = landed(served, "status")
    assert (told["batches"], told["waiting"]) == ([], [])
    assert "content_hash" not in told["edition"]
    assert "content_hash" not in landed(served, "publish")
    accounts.add(served, Account("wati", "Wati", "steward", places=("16",)))
    as_account("wati")
    batches = landed(served, "status")["batches"]
    assert [(batch["kind"], batch["scope_value"]) for batch in batches] == [("pendaftaran", "16")]
    assert len(everything["batches"]) > 1


def test_a_change_of_role_or_scope_counts_at_once(served, as_account):
    accounts.add(served, Account("gilang", "Gilang", "viewer", places=("16.71",)))
    as_account("gilang")
    assert shown(served, "active_members") == {"16.71": (31, None)}
    accounts.change(served, "gilang", places=("16.02",))
    assert shown(served, "active_members") == {"16.02": (20, None)}
    assert "tidak boleh" in refused(served, "status")
    accounts.change(served, "gilang", role="steward")
    assert run_here(served, "status").returncode == 0


def test_every_act_of_the_shell_and_every_role_has_a_name():
    sources = [Path(cakupan.__file__), *Path(shell.__file__).parent.glob("*.py")]
    asked = {act for path in sources for act in re.findall(r'acting\(home, "(\w+)"\)', path.read_text("utf-8"))}
    assert ACTS.keys() == asked
    assert asked <= MAY.keys()
    assert ROLE_NAMES.keys() == set(ROLES)


def test_an_act_is_refused_with_the_names_of_who_may(served, as_account):
    as_account("tono")
    with pytest.raises(
        CakupanError, match=r"'tono' \(Petugas data\) tidak boleh mengatur akun; .* kepada Pengelola\.$"
    ):
        acting(served, "keep_accounts")
    as_account("rina")
    assert acting(served, "keep_accounts").name == "rina"


def begin_child(monkeypatch, reader, session_id):
    """As a page would start cakupan.py, from a server that was itself started for somebody else."""
    monkeypatch.setenv("CAKUPAN_ACCOUNT", "rina")
    environment = child_environment(reader, session_id)
    for name in set(os.environ) - set(environment):
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


def test_a_child_of_a_page_acts_as_its_reader_until_the_session_ends(served, monkeypatch):
    now = datetime.now(UTC)
    session_id = accounts.session_id_of(accounts.open_session(served, "siti", "127.0.0.1", now))
    siti = accounts.find(served, "siti")
    assert siti is not None
    begin_child(monkeypatch, siti.reader(), session_id)
    assert shell_reader(served) == siti.reader()
    assert [row["group"] for row in landed(served, "show", "active_members", run=run_child)] == ["branch:kota"]
    assert "tidak boleh memasukkan berkas" in refused(served, "import", "x.csv", run=run_child)
    accounts.end_session(served, session_id)
    assert refused(served, "show", "active_members") == "Sesi akun 'siti' sudah berakhir; masuk lagi."


def test_a_child_cannot_use_the_session_of_another_or_an_old_one(served, monkeypatch):
    now = datetime.now(UTC)
    session_id = accounts.session_id_of(accounts.open_session(served, "siti", "127.0.0.1", now))
    old = accounts.session_id_of(accounts.open_session(served, "rina", "127.0.0.1", now - timedelta(days=2)))
    rina = accounts.find(served, "rina")
    assert rina is not None
    for stolen in (session_id, old, "", "x" * 64):
        begin_child(monkeypatch, rina.reader(), stolen)
        assert refused(served, "status") == "Sesi akun 'rina' sudah berakhir; masuk lagi."


def test_a_child_of_the_local_mode_proves_nobody(served, monkeypatch):
    begin_child(monkeypatch, LOCAL, None)
    assert not shell_reader(served).is_authenticated
    assert shell_reader(served).grant == EVERYTHING
    assert json.loads(run_here(served, "status", "--json").stdout)["edition"]["content_hash"]
