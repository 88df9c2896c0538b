"""Accounts and sessions: what is kept, what an account may see, when a session is over."""

import json
import sqlite3
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from data import accounts, accounts_file
from data.access import EVERYTHING, NOTHING, Grant, Reader
from data.accounts import Account
from data.errors import CakupanError, HomeBusy
from data.home import Home

NOW = datetime(2024, 7, 31, 2, 0, tzinfo=UTC)
PASSWORD = "kuda-baterai-staples"
HOURS_12, MINUTES_120 = timedelta(hours=12), timedelta(minutes=120)


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Home:
    """A home with two accounts whose passwords cost a tenth of a second each: for tests that change neither."""
    home = Home(tmp_path_factory.mktemp("kept"))
    accounts.add(home, Account("siti", "Siti Aminah", "branch", branches=("lahat",)), PASSWORD)
    accounts.add(home, Account("budi", "Budi", "admin"), PASSWORD)
    accounts.disable(home, "budi")
    return home


@pytest.fixture
def signed_in(home) -> str:
    """The id of an open session of the account 'siti', which has no password."""
    accounts.add(home, Account("siti", "Siti Aminah", "viewer", places=("16",)))
    return accounts.session_id_of(accounts.open_session(home, "siti", "10.1.2.3", NOW))


def test_an_account_is_found_by_its_name_in_any_case(kept):
    found = accounts.find(kept, " SITI ")
    assert found is not None
    assert (found.full_name, found.role, found.branches, found.has_password) == (
        "Siti Aminah", "branch", ("lahat",), True,
    )  # fmt: skip
    assert accounts.find(kept, "sit") is None


@pytest.mark.parametrize(
    "name", ["\u017fiti", "si\u0442i", "siti\u00a0", "siti\u200b", "\x1fsiti", "siti\n", "si\u1e6di"]
)
def test_a_name_that_only_looks_alike_is_nobodys(kept, name):
    assert accounts.find(kept, name) is None


def test_no_other_sign_becomes_a_letter_of_a_name(home):
    accounts.add(home, Account("kelvin", "Kelvin", "admin"))
    assert "\u212aelvin".lower() == "kelvin"
    assert accounts.find(home, "\u212aelvin") is None


def test_accounts_are_listed_by_name_the_disabled_too(kept):
    assert [(account.name, account.is_disabled) for account in accounts.accounts(kept)] == [
        ("budi", True),
        ("siti", False),
    ]


def test_only_the_right_password_of_an_enabled_account_fits(kept):
    found = accounts.password_fits(kept, "Siti", PASSWORD)
    assert found == accounts.find(kept, "siti")
    assert accounts.password_fits(kept, "siti", PASSWORD + "x") is None
    assert accounts.password_fits(kept, "budi", PASSWORD) is None


def test_a_name_that_nobody_has_is_hashed_as_dearly_as_a_real_one(kept, monkeypatch):
    costs = []
    hashed = accounts._scrypt
    monkeypatch.setattr(accounts, "_scrypt", lambda *given: (costs.append(given[2]), hashed(*given))[1])
    for name in ("siti", "budi", "tidak-ada"):
        accounts.password_fits(kept, name, "bukan-kata-sandinya")
    assert costs == [(15, 8, 1)] * 3


def test_no_password_fits_an_account_without_one(home):
    accounts.add(home, Account("sso", "Lewat SSO", "viewer"))
    for guess in ("", "None", "null", "0" * 32):
        assert accounts.password_fits(home, "sso", guess) is None


def test_a_letter_typed_as_two_signs_is_the_same_password(home):
    accounts.add(home, Account("siti", "Siti", "viewer"), "kafe\u0301-di-tepi-musi")
    assert accounts.password_fits(home, "siti", "kaf\u00e9-di-tepi-musi") is not None


def test_the_file_holds_neither_passwords_nor_tokens_and_is_its_owners_only(home):
    accounts.add(home, Account("siti", "Siti", "viewer"), PASSWORD)
    token = accounts.open_session(home, "siti", "10.1.2.3", NOW)
    written = b"".join(path.read_bytes() for path in home.root.glob("accounts.sqlite*"))
    assert b"scrypt$15$8$1$" in written
    assert PASSWORD.encode() not in written
    assert token.encode() not in written
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.root.glob("accounts.sqlite*")}
    assert set(modes.values()) == {0o600}, modes


def test_equal_passwords_are_kept_as_different_hashes(kept):
    with sqlite3.connect(kept.accounts_path) as file:
        hashes = {row[0] for row in file.execute("select password_hash from account")}
    file.close()
    assert len(hashes) == 2


@pytest.mark.parametrize("full_name", ["A" * 101, "Budi \u202egpj.exe", "Budi\nSiti", "Bu\u200bdi"])
def test_a_full_name_that_would_break_a_line_or_turn_it_around_is_refused(home, full_name):
    with pytest.raises(CakupanError, match="tidak dapat dipakai; pakai paling banyak 100 huruf") as refused:
        accounts.add(home, Account("budi", full_name, "viewer"), "empat kata acak saja")
    assert str(refused.value).isprintable()
    assert accounts.add(home, Account("budi", "Á" * 100, "viewer"), "empat kata acak saja") is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("x" * 11, "11 karakter"),
        ("kata-sandi-x" * 22, "264 karakter"),
        ("siti.aminah.1", "sama dengan nama akun"),
        ("SITI.aminah.1 ", "sama dengan nama akun"),
        ("aaaaaaaaaaaab", "karakter yang sama"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password, why):
    with pytest.raises(CakupanError, match=why):
        accounts.refuse_weak_password("siti.aminah.1", password)


def test_twelve_letters_are_long_enough():
    accounts.refuse_weak_password("siti", "kata-sandi-x")


@pytest.mark.parametrize(
    ("scope", "grant"),
    [
        ({}, NOTHING),
        ({"places": ("16.71", "16.07")}, Grant(frozenset({"16.71", "16.07"}), None)),
        ({"branches": ("lahat",)}, Grant(frozenset({"branch:lahat"}), None)),
        ({"places": ("16.71",), "branches": ("lahat",)}, Grant(frozenset({"16.71", "branch:lahat"}), None)),
        ({"owners": ("Dinas PUPR",)}, Grant(None, frozenset({"Dinas PUPR"}))),
        ({"places": ("16.71",), "owners": ("Dinas PUPR",)}, Grant(frozenset({"16.71"}), frozenset({"Dinas PUPR"}))),
        ({"places": ("00",)}, EVERYTHING),
        ({"places": ("00",), "owners": ("Dinas PUPR",)}, Grant(None, frozenset({"Dinas PUPR"}))),
    ],
)
def test_the_grant_is_what_lies_in_the_places_and_belongs_to_the_owners(scope, grant):
    assert Account("siti", "Siti", "viewer", **scope).grant == grant


def test_an_admin_without_a_scope_sees_no_number():
    assert Account("siti", "Siti", "admin").grant == NOTHING


def test_the_reader_has_the_role_scope_and_start_of_the_account():
    account = Account("siti", "Siti", "opd", owners=("Dinas PUPR",), start="opd")
    assert account.reader() == Reader("siti", "opd", Grant(None, frozenset({"Dinas PUPR"})), True, "opd")


@pytest.mark.parametrize(
    ("account", "quoted"),
    [
        (Account("Siti", "Siti", "viewer"), "'Siti'"),
        (Account("s", "Siti", "viewer"), "'s'"),
        (Account("lokal", "Siti", "viewer"), "'lokal' dipakai jurnal"),
        (Account("siti aminah", "Siti", "viewer"), "'siti aminah'"),
        (Account("../siti", "Siti", "viewer"), "'../siti'"),
        (Account("siti", " ", "viewer"), "--full-name"),
        (Account("siti", "Siti", "bupati"), "'bupati'"),
        (Account("siti", "Siti", "viewer", places=("16.99",)), "'16.99'"),
        (Account("siti", "Siti", "viewer", places=("1671",)), "Kota Palembang"),
        (Account("siti", "Siti", "viewer", branches=("jambi",)), "'jambi'"),
        (Account("siti", "Siti", "viewer", owners=(" ",)), "pemilik proyek kosong"),
        (Account("siti", "Siti", "viewer", start="gubernur"), "'gubernur'"),
    ],
)
def test_what_is_not_known_is_refused_and_quoted(home, account, quoted):
    with pytest.raises(CakupanError) as refused:
        accounts.add(home, account)
    assert quoted in str(refused.value)
    assert accounts.accounts(home) == []


def test_a_taken_name_is_refused_and_the_account_stays_as_it_was(kept):
    before = accounts.find(kept, "siti")
    with pytest.raises(CakupanError, match="'siti' sudah ada"):
        accounts.add(kept, Account("siti", "Orang lain", "admin", places=("00",)))
    assert accounts.find(kept, "siti") == before


def test_an_unknown_account_cannot_be_changed(home):
    for act in (accounts.disable, accounts.enable):
        with pytest.raises(CakupanError, match="'hantu' tidak ada"):
            act(home, "hantu")
    with pytest.raises(CakupanError, match="'hantu' tidak ada"):
        accounts.change(home, "hantu", role="admin")
    with pytest.raises(CakupanError, match="'hantu' tidak ada"):
        accounts.set_password(home, "hantu", PASSWORD)


def test_a_session_answers_with_its_account_and_marks_the_sign_in(home, signed_in):
    account = accounts.session(home, signed_in, NOW)
    assert account is not None
    assert (account.name, account.last_sign_in_at) == ("siti", NOW)


def test_a_session_is_known_by_the_hash_of_its_token_only(home):
    accounts.add(home, Account("siti", "Siti", "viewer"))
    token = accounts.open_session(home, "siti", "10.1.2.3", NOW)
    assert accounts.session(home, token, NOW) is None
    assert accounts.session(home, accounts.session_id_of(token), NOW) is not None
    assert accounts.session(home, "", NOW) is None


def test_a_session_lasts_twelve_hours_however_busy(home, signed_in):
    last = NOW
    for _ in range(11):
        last += timedelta(hours=1)
        accounts.touch(home, signed_in, last)
    assert accounts.session(home, signed_in, NOW + HOURS_12 - timedelta(seconds=1)) is not None
    assert accounts.session(home, signed_in, NOW + HOURS_12) is None


def test_a_session_ends_after_two_idle_hours(home, signed_in):
    assert accounts.session(home, signed_in, NOW + MINUTES_120 - timedelta(seconds=1)) is not None
    assert accounts.session(home, signed_in, NOW + MINUTES_120) is None


def test_a_used_session_lies_idle_from_its_last_use(home, signed_in):
    accounts.touch(home, signed_in, NOW + timedelta(minutes=90))
    assert accounts.session(home, signed_in, NOW + timedelta(minutes=90) + MINUTES_120 - timedelta(seconds=1))
    assert accounts.session(home, signed_in, NOW + timedelta(minutes=90) + MINUTES_120) is None


def test_its_use_is_written_once_a_minute(home, signed_in):
    accounts.touch(home, signed_in, NOW + timedelta(seconds=59))
    assert accounts.session(home, signed_in, NOW + timedelta(seconds=59) + MINUTES_120) is None
    accounts.touch(home, signed_in, NOW + timedelta(seconds=60))
    assert accounts.session(home, signed_in, NOW + timedelta(seconds=59) + MINUTES_120) is not None


def test_the_limits_are_those_of_config_toml_at_this_moment(home, signed_in):
    home.config_path.write_text("[identity]\nsession_hours = 1\nidle_minutes = 10\n")
    assert accounts.session(home, signed_in, NOW + timedelta(minutes=9)) is not None
    assert accounts.session(home, signed_in, NOW + timedelta(minutes=10)) is None
    home.config_path.write_text("[identity]\nsession_hours = 1\nidle_minutes = 100\n")
    assert accounts.session(home, signed_in, NOW + timedelta(minutes=59)) is not None
    assert accounts.session(home, signed_in, NOW + timedelta(minutes=60)) is None


def test_a_disabled_account_is_out_at_once_and_stays_out_when_enabled_again(home, signed_in):
    accounts.disable(home, "siti")
    assert accounts.session(home, signed_in, NOW) is None
    accounts.enable(home, "siti")
    assert accounts.session(home, signed_in, NOW) is None


def test_a_session_opened_while_the_account_was_being_disabled_is_not_answered(home):
    accounts.add(home, Account("siti", "Siti", "viewer"))
    accounts.disable(home, "siti")
    late = accounts.session_id_of(accounts.open_session(home, "siti", "10.1.2.3", NOW))
    assert accounts.session(home, late, NOW) is None


def test_a_changed_role_and_scope_hold_in_open_sessions(home, signed_in):
    accounts.change(home, "siti", role="opd", places=(), owners=("Dinas PUPR",))
    account = accounts.session(home, signed_in, NOW)
    assert account is not None
    assert (account.role, account.grant) == ("opd", Grant(None, frozenset({"Dinas PUPR"})))


def test_a_new_password_ends_every_session(home, signed_in):
    accounts.set_password(home, "siti", PASSWORD, must_change=True)
    assert accounts.session(home, signed_in, NOW) is None
    account = accounts.password_fits(home, "siti", PASSWORD)
    assert account is not None and account.must_change_password


def test_a_password_changed_meanwhile_opens_no_session_and_sets_no_other(home):
    accounts.add(home, Account("siti", "Siti Aminah", "viewer", places=("16",)), PASSWORD)
    mark = accounts.password_mark(home, "siti")
    assert accounts.password_fits(home, "siti", PASSWORD) is not None
    newer = accounts.set_password(home, "siti", "dipilih oleh pengelola")
    with pytest.raises(CakupanError, match="baru saja diganti"):
        accounts.open_session(home, "siti", "10.1.2.3", NOW, password_mark=mark)
    with pytest.raises(CakupanError, match="baru saja diganti"):
        accounts.set_password(home, "siti", "dipilih oleh pencuri", password_mark=mark)
    assert accounts.password_fits(home, "siti", "dipilih oleh pengelola") is not None
    assert accounts.open_session(home, "siti", "10.1.2.3", NOW, password_mark=newer)


@pytest.mark.usefixtures("signed_in")
def test_a_change_beside_it_enables_nobody_again(home, monkeypatch):
    real = accounts.refuse_wrong

    def disabled_meanwhile(*checked):
        accounts.disable(home, "siti")
        real(*checked)

    monkeypatch.setattr(accounts, "refuse_wrong", disabled_meanwhile)
    assert accounts.change(home, "siti", role="steward").is_disabled
    found = accounts.find(home, "siti")
    assert found is not None and (found.role, found.is_disabled) == ("steward", True)


def test_ending_a_session_leaves_the_others(home, signed_in):
    other = accounts.session_id_of(accounts.open_session(home, "siti", "10.9.9.9", NOW))
    accounts.end_session(home, signed_in)
    assert accounts.session(home, signed_in, NOW) is None
    assert accounts.session(home, other, NOW) is not None


def test_all_sessions_but_one_are_ended(home, signed_in):
    other = accounts.session_id_of(accounts.open_session(home, "siti", "10.9.9.9", NOW))
    accounts.end_sessions_of(home, "siti", keep=other)
    assert accounts.session(home, signed_in, NOW) is None
    assert accounts.session(home, other, NOW) is not None


def test_an_account_keeps_its_twenty_newest_sessions(home, signed_in):
    ids = [
        accounts.session_id_of(accounts.open_session(home, "siti", "10.1.2.3", NOW + timedelta(seconds=n)))
        for n in range(1, 21)
    ]
    assert accounts.session(home, signed_in, NOW) is None
    assert all(accounts.session(home, id_, NOW) for id_ in ids)


def test_threads_that_sign_in_and_read_at_once_do_not_disturb_each_other(home):
    accounts.add(home, Account("siti", "Siti", "viewer"))
    seen, faults = [], []

    def visit() -> None:
        try:
            id_ = accounts.session_id_of(accounts.open_session(home, "siti", "10.1.2.3", NOW))
            accounts.touch(home, id_, NOW + timedelta(minutes=2))
            seen.append(accounts.session(home, id_, NOW))
        except Exception as fault:  # noqa: BLE001 - whatever a thread raises is the finding
            faults.append(fault)

    threads = [threading.Thread(target=visit) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert [account.name for account in seen if account] == ["siti"] * 12


def test_what_is_written_is_seen_by_others_after_another_process_came_and_went(home, signed_in):
    visit = "import sqlite3, sys; file = sqlite3.connect(sys.argv[1]); print(*file.execute('select id from session'))"

    def seen() -> str:
        command = [sys.executable, "-c", visit, str(home.accounts_path)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    with accounts_file.opened(home), accounts_file.opened(home):  # two threads of a server at once
        pass
    assert signed_in in seen()
    later = accounts.session_id_of(accounts.open_session(home, "siti", "10.1.2.3", NOW))
    assert later in seen()


def test_a_restored_file_is_read_at_once(home, signed_in):
    copy = home.root / "salinan.sqlite"
    with accounts_file.opened(home) as file:
        file.execute("vacuum into ?", [str(copy)])
    accounts.end_session(home, signed_in)
    for left_over in home.root.glob("accounts.sqlite-*"):
        left_over.unlink()
    copy.replace(home.accounts_path)
    assert accounts.session(home, signed_in, NOW) is not None


@pytest.mark.usefixtures("signed_in")
def test_a_connection_lent_while_the_file_was_replaced_is_not_lent_again(home, tmp_path):
    restored = Home(tmp_path / "restored")
    accounts.add(restored, Account("budi", "Budi", "viewer", places=("16",)))
    accounts_file._idle.close()
    with accounts_file.opened(home) as before:
        restored.accounts_path.replace(home.accounts_path)
        assert before.execute("select name from account").fetchone()[0] == "siti"
    for _ in range(2):
        assert [account.name for account in accounts.accounts(home)] == ["budi"]


def test_a_damaged_file_is_named(home):
    home.accounts_path.write_bytes(b"ini bukan SQLite" * 100)
    with pytest.raises(CakupanError, match=r"accounts\.sqlite tidak dapat dibaca"):
        accounts.accounts(home)


def test_a_file_that_another_process_writes_for_long_is_said_to_be_busy(home, monkeypatch):
    accounts.add(home, Account("siti", "Siti", "viewer"))
    accounts_file._idle.close()
    monkeypatch.setattr(accounts_file, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(home.accounts_path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(HomeBusy, match="sedang ditulis"):
        accounts.disable(home, "siti")
    other.execute("rollback")
    other.close()
    accounts.disable(home, "siti")


def test_a_reader_does_not_wait_for_a_writer(home, signed_in):
    with accounts_file.writing(home) as file:
        file.execute("update account set role = 'admin'")
        seen = accounts.session(home, signed_in, NOW)
    assert seen is not None and seen.role == "viewer"


def test_nobody_signs_in_as_an_account_that_does_not_exist(home):
    with pytest.raises(CakupanError, match="'hantu' tidak ada"):
        accounts.open_session(home, "hantu", "10.1.2.3", NOW)


def test_a_file_of_a_newer_program_is_refused(home):
    accounts.accounts(home)
    with sqlite3.connect(home.accounts_path) as file:
        file.execute("pragma user_version = 99")
    file.close()
    accounts_file._idle.close()
    with pytest.raises(CakupanError, match="berversi 99"):
        accounts.accounts(home)


def test_an_error_inside_a_transaction_leaves_nothing_behind(home):
    def promote_and_stumble() -> None:
        with accounts_file.writing(home) as file:
            file.execute("update account set role = 'admin'")
            assert file.in_transaction is False, "tersandung"

    accounts.add(home, Account("siti", "Siti", "viewer"))
    with pytest.raises(AssertionError, match="tersandung"):
        promote_and_stumble()
    found = accounts.find(home, "siti")
    assert found is not None and found.role == "viewer"


def test_scopes_are_kept_as_lists_that_any_program_can_read(home):
    accounts.add(home, Account("siti", "Siti", "viewer", places=("16.71",), owners=('Dinas "PUPR"', "Balai Ä")))
    with sqlite3.connect(home.accounts_path) as file:
        places, owners = file.execute("select places, owners from account").fetchone()
    file.close()
    assert (json.loads(places), json.loads(owners)) == (["16.71"], ['Dinas "PUPR"', "Balai Ä"])
