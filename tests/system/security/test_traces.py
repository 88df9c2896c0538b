"""What is left on the disk and in addresses once people have signed in, looked around and taken files."""

from datetime import UTC, datetime

import pytest

from data import accounts, journal
from tests.bench.reader import Reader
from tests.browser.conftest import PROJECT
from tests.system.security.conftest import NIKS, PASSWORD, SESSION_COOKIE, Office, said
from tests.system.security.test_scope import deferred_files, take

TYPED = "kata-sandi-di-kolom-nama"
# Where each kind of secret may lie: nowhere, or only where it belongs, sealed.
LARGEST_BYTES = 200_000_000


@pytest.fixture(scope="module")
def lived_in(office: Office) -> tuple[Office, list[str]]:
    """After a visit through the forms and the pages, with the tokens that the visitors' browsers held."""
    office.forget_attempts()
    tokens = []
    for name in ("kota", "periksa", "kelola"):
        browser = office.browser()
        assert browser.sign_in(name, PASSWORD).status == 303
        tokens.append(browser.cookies[SESSION_COOKIE])
        with Reader(office.port, cookie=browser.cookie) as reader:
            for button in deferred_files(reader.open(month="2024-07")):
                url, _ = take(reader, button)
                office.get(url, f"Cookie: {browser.cookie}")
            reader.open("perbandingan", month="2024-07")
        action, fields = browser.form("/sandi")
        browser.post(action, fields | {"sandi": "bukan-yang-sekarang", "baru": TYPED, "ulang": TYPED})
    office.browser().sign_in(TYPED, "apa-saja-sebarang")
    office.forget_attempts()
    return office, tokens


def files_with(office: Office, secret: str) -> list[str]:
    texts = (secret.encode(), secret.encode("utf-16-le"), secret.encode().hex().encode())
    places = [*office.home.root.rglob("*"), *office.log.parent.glob("*.log")]
    files = [path for path in places if path.is_file() and path.stat().st_size < LARGEST_BYTES]
    return [path.name for path in files if any(text in path.read_bytes() for text in texts)]


def test_no_password_lies_anywhere(lived_in: tuple[Office, list[str]]) -> None:
    office, _ = lived_in
    for secret in (PASSWORD, TYPED, "apa-saja-sebarang", "bukan-yang-sekarang"):
        assert files_with(office, secret) == []


def test_no_token_lies_anywhere(lived_in: tuple[Office, list[str]]) -> None:
    office, tokens = lived_in
    for token in tokens:
        assert files_with(office, token) == []


def test_no_number_of_a_person_lies_anywhere(lived_in: tuple[Office, list[str]]) -> None:
    office, _ = lived_in
    found = {nik: files_with(office, nik) for nik in NIKS[:6]}
    assert not any(found.values()), found


def test_what_lies_in_the_log_names_no_address_with_its_scope(lived_in: tuple[Office, list[str]]) -> None:
    office, _ = lived_in
    logs = [office.log, *office.home.root.glob("logs/*")]
    text = "".join(path.read_text("utf-8", "replace") for path in logs)
    assert "sandi=" not in text
    assert "month=2024-07" not in text
    assert "Traceback" not in text


def test_no_token_and_no_password_is_sent_to_a_page(lived_in: tuple[Office, list[str]]) -> None:
    office, _ = lived_in
    for name in ("kota", "kelola"):
        token = office.token(name)
        with Reader(office.port, cookie=f"{SESSION_COOKIE}={token}") as reader:
            for page in ("", "perbandingan", "pengelolaan"):
                text = said(reader.open(page))
                assert token not in text
                assert accounts.session_id_of(token) not in text
                assert "scrypt$" not in text


def test_the_sign_ins_and_the_files_are_in_the_journal_and_its_chain_holds(lived_in: tuple[Office, list[str]]) -> None:
    office, _ = lived_in
    assert not journal.verify(office.home).faults
    for name in ("kota", "periksa", "kelola"):
        assert journal.count(office.home, kind="sign_in", who=name) >= 1
        assert journal.count(office.home, kind="export", who=name) >= 2
    today = datetime.now(UTC).date()
    assert all(entry.at.date() == today for entry in journal.entries(office.home, kind="sign_in"))


def test_what_others_on_the_machine_may_not_read_is_readable_by_its_owner_only(office: Office) -> None:
    kept = [office.home.accounts_path, office.home.journal_path, *office.home.keys_dir.glob("*")]
    assert len(kept) > 3
    for path in kept:
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_the_program_folder_holds_nothing_of_an_installation() -> None:
    for name in ("accounts.sqlite", "journal.sqlite", ".streamlit/secrets.toml"):
        assert not (PROJECT / name).exists()
