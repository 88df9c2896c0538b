"""cakupan.py user: accounts made and kept in the shell, each act in the journal, no password anywhere."""

import io
import json
import sys
from pathlib import Path

import pytest

from commands import users
from data import accounts, journal
from data.editions import publish
from data.home import Home
from data.importers import import_file
from tests.shell import landed, refused, run_here

PASSWORD = "kuda-baterai-staples"
PROJECTS = "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai\nP-1,Jalan,16.71,Dinas PUPR,2024-01-01,2024-12-31\n"


@pytest.fixture
def typed(monkeypatch):
    """typed(text): what the next command reads from its standard input."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def added(home, *arguments):
    """An account without a password; returns what the command said."""
    said = run_here(home, "user", "add", *arguments, "--no-password")
    assert said.returncode == 0, said.stderr
    return said


def account(home: Home, name: str) -> accounts.Account:
    found = accounts.find(home, name)
    assert found is not None, name
    return found


def journaled(home: Home) -> list[dict]:
    """The facts of the entries on accounts, oldest first."""
    return [entry.facts for entry in reversed(journal.entries(home, kind="account", limit=-1))]


def test_an_account_is_made_with_role_scope_and_a_password_to_be_changed(home, typed):
    typed(f"{PASSWORD}\n")
    said = run_here(
        home, "user", "add", "Siti", "--role", "branch", "--full-name", "Siti Aminah", "--branch", "lahat",
        "--place", "16.71", "--start", "cabang", "--password-stdin",
    )  # fmt: skip
    assert said.stdout == "Akun 'siti' dibuat, peran branch, wilayah 16.71; cabang lahat.\n"
    made = account(home, "siti")
    assert (made.full_name, made.role, made.places, made.branches, made.start, made.must_change_password) == (
        "Siti Aminah", "branch", ("16.71",), ("lahat",), "cabang", True,
    )  # fmt: skip
    assert accounts.password_fits(home, "siti", PASSWORD) == made


def test_a_permanent_password_need_not_be_changed(home, typed):
    typed(f"{PASSWORD}\r\n")
    run_here(home, "user", "add", "siti", "--role", "admin", "--password-stdin", "--permanent")
    made = accounts.password_fits(home, "siti", PASSWORD)
    assert made is not None and not made.must_change_password


def test_a_password_typed_twice_alike_is_taken_and_otherwise_refused(home, monkeypatch):
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Screen())
    typed_words = iter([PASSWORD, PASSWORD, PASSWORD, PASSWORD + "x"])
    monkeypatch.setattr(users, "getpass", lambda _: next(typed_words))
    assert run_here(home, "user", "add", "siti", "--role", "viewer", "--place", "16").returncode == 0
    assert accounts.password_fits(home, "siti", PASSWORD) is not None
    assert "tidak sama" in refused(home, "user", "passwd", "siti")


def test_without_a_screen_the_password_must_come_from_standard_input(home, typed):
    typed(f"{PASSWORD}\n")
    assert "--password-stdin" in refused(home, "user", "add", "siti", "--role", "viewer")
    assert accounts.accounts(home) == []


def test_a_short_password_makes_no_account(home, typed):
    typed("pendek\n")
    assert "6 karakter" in refused(home, "user", "add", "siti", "--role", "viewer", "--password-stdin")
    assert accounts.accounts(home) == [] and journaled(home) == []


def test_a_place_may_be_named_and_is_kept_as_its_code(home):
    added(home, "siti", "--role", "viewer", "--place", "Kota Palembang", "--place", "16.07")
    assert account(home, "siti").places == ("16.71", "16.07")


@pytest.mark.parametrize(
    ("arguments", "quoted"),
    [
        (["--role", "bupati"], "'bupati'"),
        (["--role", "viewer", "--place", "Palembnag"], "'Palembnag' tidak dikenal; mungkin Kota Palembang"),
        (["--role", "viewer", "--branch", "jambi"], "'jambi'"),
        (["--role", "viewer", "--start", "gubernur"], "'gubernur'"),
    ],
)
def test_what_is_not_known_is_refused_before_a_password_is_asked(home, arguments, quoted):
    assert quoted in refused(home, "user", "add", "siti", *arguments)
    assert accounts.accounts(home) == []


def test_an_account_without_a_scope_is_told_to_see_nothing(home):
    said = added(home, "siti", "--role", "admin")
    assert "Akun 'siti' belum punya lingkup, jadi tidak melihat angka apa pun" in said.stderr


def test_an_account_is_of_no_use_while_nobody_has_to_sign_in(home):
    assert (
        'identity.mode di config.toml masih "local"' in added(home, "siti", "--role", "viewer", "--place", "16").stderr
    )
    home.config_path.write_text('[identity]\nmode = "password"\n')
    assert added(home, "budi", "--role", "viewer", "--place", "16").stderr == ""


def test_an_owner_that_the_edition_does_not_know_is_kept_and_pointed_out(home, tmp_path: Path):
    projects = tmp_path / "proyek.csv"
    projects.write_text(PROJECTS, "utf-8")
    import_file(home, projects)
    publish(home)
    said = added(home, "siti", "--role", "opd", "--owner", "Dinas PUPRR", "--owner", "Dinas PUPR")
    assert "Pemilik 'Dinas PUPRR' tidak punya proyek di edisi sekarang; mungkin Dinas PUPR." in said.stderr
    assert said.stderr.count("tidak punya proyek") == 1
    assert account(home, "siti").owners == ("Dinas PUPRR", "Dinas PUPR")


def test_what_is_named_replaces_and_what_is_not_stays(home):
    added(home, "siti", "--role", "opd", "--place", "16.71", "--owner", "Dinas PUPR")
    run_here(home, "user", "change", "siti", "--place", "16.07", "--role", "inspector")
    changed = account(home, "siti")
    assert (changed.role, changed.places, changed.owners) == ("inspector", ("16.07",), ("Dinas PUPR",))


def test_a_cleared_scope_keeps_only_what_is_named_with_it(home):
    added(home, "siti", "--role", "opd", "--place", "16.71", "--owner", "Dinas PUPR")
    run_here(home, "user", "change", "siti", "--clear-scope", "--branch", "lahat")
    changed = account(home, "siti")
    assert (changed.places, changed.branches, changed.owners) == ((), ("lahat",), ())


def test_a_start_goes_back_to_that_of_the_role(home):
    added(home, "siti", "--role", "viewer", "--place", "16", "--start", "asisten")
    run_here(home, "user", "change", "siti", "--start", "peran")
    assert account(home, "siti").start is None


def test_a_change_of_nothing_is_refused(home):
    added(home, "siti", "--role", "viewer")
    assert "Tidak ada yang diubah pada akun 'siti'" in refused(home, "user", "change", "siti")


def test_a_mistyped_name_is_answered_with_the_one_that_was_meant(home):
    added(home, "siti.aminah", "--role", "viewer")
    for command in (["passwd"], ["disable"], ["enable"], ["change", "--role", "admin"]):
        told = refused(home, "user", command[0], "siti.amina", *command[1:])
        assert told == "Akun 'siti.amina' tidak ada; mungkin siti.aminah."


def test_a_disabled_account_has_no_session_left_and_can_be_enabled_again(home):
    added(home, "siti", "--role", "viewer", "--place", "16")
    assert run_here(home, "user", "disable", "siti").stdout == "Akun 'siti' dinonaktifkan; semua sesinya berakhir.\n"
    assert account(home, "siti").is_disabled
    run_here(home, "user", "enable", "SITI")
    assert not account(home, "siti").is_disabled


def test_accounts_are_listed_with_what_they_may_see_and_their_state(home):
    added(home, "siti", "--role", "branch", "--branch", "lahat")
    added(home, "budi", "--role", "admin")
    run_here(home, "user", "disable", "budi")
    lines = run_here(home, "user", "list").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [["budi", "admin"], ["siti", "branch"]]
    assert "tanpa lingkup  NONAKTIF, tanpa kata sandi, belum pernah masuk" in lines[0]
    assert "cabang lahat  tanpa kata sandi" in lines[1]
    listed = landed(home, "user", "list")
    assert [(one["name"], one["is_disabled"]) for one in listed] == [("budi", True), ("siti", False)]
    assert "password_hash" not in listed[0]


def test_an_installation_without_accounts_says_how_to_make_one(home):
    assert run_here(home, "user", "list").stdout == "Belum ada akun; buat dengan user add.\n"
    assert landed(home, "user", "list") == []
    assert not home.accounts_path.exists()


def test_each_act_is_journaled_without_names_of_persons_or_passwords(home, typed):
    typed(f"{PASSWORD}\n")
    run_here(
        home, "user", "add", "siti", "--role", "opd", "--full-name", "Siti Aminah", "--owner", "Dinas PUPR",
        "--password-stdin",
    )  # fmt: skip
    run_here(home, "user", "change", "siti", "--role", "viewer", "--place", "16", "--full-name", "Siti A.")
    typed(f"{PASSWORD}-baru\n")
    run_here(home, "user", "passwd", "siti", "--password-stdin")
    run_here(home, "user", "disable", "siti")
    run_here(home, "user", "enable", "siti")
    assert journaled(home) == [
        {"act": "add", "account": "siti", "role": "opd", "owners": ["Dinas PUPR"]},
        {
            "act": "change", "account": "siti", "changed": ["full_name", "places", "role"],
            "places": [[], ["16"]], "role": ["opd", "viewer"],
        },
        {"act": "passwd", "account": "siti"},
        {"act": "disable", "account": "siti"},
        {"act": "enable", "account": "siti"},
    ]  # fmt: skip
    written = json.dumps(journaled(home)).lower()
    assert not any(word in written for word in ("aminah", "siti a", "kuda", "scrypt"))
    assert {entry.is_authenticated for entry in journal.entries(home)} == {False}


def test_what_is_refused_is_not_journaled(home):
    added(home, "siti", "--role", "viewer")
    refused(home, "user", "add", "siti", "--role", "admin", "--no-password")
    assert [facts["act"] for facts in journaled(home)] == ["add"]
    assert account(home, "siti").role == "viewer"


def test_nothing_is_done_that_cannot_be_journaled(home):
    home.journal_path.write_bytes(b"bukan SQLite" * 100)
    assert "Jurnal" in refused(home, "user", "add", "siti", "--role", "admin", "--no-password")
    assert accounts.accounts(home) == []


def test_only_an_account_that_keeps_accounts_may_act_on_them(home, monkeypatch):
    added(home, "siti", "--role", "steward", "--place", "16")
    monkeypatch.setenv("CAKUPAN_ACCOUNT", "siti")
    for arguments in (
        ["add", "budi", "--role", "admin", "--no-password"],
        ["change", "siti", "--role", "admin"],
        ["list"],
    ):
        assert "tidak boleh mengatur akun" in refused(home, "user", *arguments)
    assert [(one.name, one.role) for one in accounts.accounts(home)] == [("siti", "steward")]


def test_the_secrets_of_provider_and_proxy_are_kept_for_the_owner_only(home, typed):
    typed("rahasia-klien\n")
    assert "rahasia-klien" not in run_here(home, "user", "oidc-secret").stdout
    run_here(home, "user", "proxy-key")
    first = (home.keys_dir / "proxy.key").read_text("utf-8")
    run_here(home, "user", "proxy-key")
    assert (home.keys_dir / "oidc.secret").read_text("utf-8") == "rahasia-klien\n"
    assert len(first.strip()) == 43 and (home.keys_dir / "proxy.key").read_text("utf-8") != first
    assert {path.stat().st_mode & 0o777 for path in home.keys_dir.iterdir()} == {0o600}
    assert [facts["act"] for facts in journaled(home)] == ["oidc_secret", "proxy_key", "proxy_key"]


def test_an_empty_client_secret_is_refused(home, typed):
    typed("\n")
    assert "Rahasia klien kosong" in refused(home, "user", "oidc-secret")
    assert not (home.keys_dir / "oidc.secret").exists()
