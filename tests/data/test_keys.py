"""The two secrets: made once, readable by their owner only, never guessed and never replaced."""

import hashlib
import hmac
import os
import stat

import pytest

from data import keys
from data.errors import CakupanError

CHUNK = keys.CHUNK_BYTES


@pytest.fixture
def keyed_home(home):
    keys.ensure_keys(home)
    return home


def keep(home, tmp_path, original: bytes) -> str:
    """Store bytes as a delivered file; returns their SHA-256."""
    path = tmp_path / "kiriman.csv"
    path.write_bytes(original)
    sha256 = hashlib.sha256(original).hexdigest()
    keys.store_encrypted(home, path, sha256)
    return sha256


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps access rights elsewhere")
@pytest.mark.parametrize("name", ["person.key", "files.key"])
def test_a_key_is_readable_by_its_owner_only(keyed_home, name):
    assert stat.S_IMODE((keyed_home.keys_dir / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(keyed_home.keys_dir.stat().st_mode) == 0o700


def test_the_two_keys_differ_and_are_never_replaced(keyed_home):
    before = {path.name: path.read_bytes() for path in keyed_home.keys_dir.iterdir()}
    keys.ensure_keys(keyed_home)
    assert {path.name: path.read_bytes() for path in keyed_home.keys_dir.iterdir()} == before
    assert set(before) == {"person.key", "files.key"} and len(set(before.values())) == 2


def test_the_pads_finish_to_the_hmac_of_the_standard(keyed_home):
    inner, outer = keys.person_hmac_pads(keyed_home)
    nik = b"1671016507900001"
    by_pads = hashlib.sha256(outer + hashlib.sha256(inner + nik).digest()).hexdigest()
    key = (keyed_home.keys_dir / "person.key").read_bytes()
    assert by_pads == hmac.new(key, nik, hashlib.sha256).hexdigest()


def test_the_fingerprint_tells_keys_apart_without_telling_them(keyed_home):
    path = keyed_home.keys_dir / "person.key"
    first = keys.person_key_fingerprint(keyed_home)
    assert first == hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    path.write_bytes(bytes(32))
    assert keys.person_key_fingerprint(keyed_home) != first


def test_a_missing_key_says_where_it_should_be(keyed_home):
    (keyed_home.keys_dir / "person.key").unlink()
    with pytest.raises(CakupanError, match=r"Kunci person.key tidak ada di .*keys; pulihkan dari cadangan kunci"):
        keys.person_key_fingerprint(keyed_home)


def test_half_a_key_is_damaged(keyed_home):
    (keyed_home.keys_dir / "person.key").write_bytes(bytes(31))
    with pytest.raises(CakupanError, match=r"Kunci person.key rusak \(31 byte\)"):
        keys.person_hmac_pads(keyed_home)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 7])
def test_a_kept_file_comes_back_as_it_was_delivered(keyed_home, tmp_path, size):
    original = os.urandom(size)
    assert keys.read_encrypted(keyed_home, keep(keyed_home, tmp_path, original)) == original


def test_a_kept_file_shows_nothing_of_its_content(keyed_home, tmp_path):
    sha256 = keep(keyed_home, tmp_path, b"nik\n" + b"1671016507900001\n" * 1000)
    assert b"1671016507900001" not in (keyed_home.uploads_dir / f"{sha256}.aes").read_bytes()


def test_a_changed_byte_is_noticed(keyed_home, tmp_path):
    sha256 = keep(keyed_home, tmp_path, b"nik\n1671016507900001\n")
    kept = keyed_home.uploads_dir / f"{sha256}.aes"
    sealed = bytearray(kept.read_bytes())
    sealed[-1] ^= 1
    kept.write_bytes(sealed)
    with pytest.raises(CakupanError, match="tidak utuh; pulihkan dari cadangan"):
        keys.read_encrypted(keyed_home, sha256)


SEALED_CHUNK = 4 + 12 + CHUNK + 16  # length, nonce, content, tag


@pytest.mark.parametrize("kept_bytes", [0, 3, 4, 10, 16, 17, SEALED_CHUNK - 1, SEALED_CHUNK, SEALED_CHUNK + 3])
def test_a_kept_file_cut_anywhere_is_noticed(keyed_home, tmp_path, kept_bytes):
    sha256 = keep(keyed_home, tmp_path, os.urandom(2 * CHUNK))
    kept = keyed_home.uploads_dir / f"{sha256}.aes"
    kept.write_bytes(kept.read_bytes()[:kept_bytes])
    with pytest.raises(CakupanError, match="tidak utuh; pulihkan dari cadangan"):
        keys.read_encrypted(keyed_home, sha256)


def test_a_kept_file_that_is_gone_is_told(keyed_home):
    with pytest.raises(CakupanError, match=f"Berkas simpanan {'0' * 12} tidak terbaca; bila belum"):
        keys.read_encrypted(keyed_home, "0" * 64)


def test_a_file_that_cannot_be_kept_leaves_nothing_unfinished(keyed_home, tmp_path):
    with pytest.raises(OSError, match=r"tiada\.csv"):
        keys.store_encrypted(keyed_home, tmp_path / "tiada.csv", "0" * 64)
    assert list(keyed_home.uploads_dir.iterdir()) == []


def test_what_a_killed_import_left_unfinished_is_cleared(keyed_home, tmp_path):
    keyed_home.uploads_dir.mkdir()
    (keyed_home.uploads_dir / "lain.part").write_bytes(b"setengah")
    sha256 = keep(keyed_home, tmp_path, b"kode_proyek\n")
    assert [path.name for path in keyed_home.uploads_dir.iterdir()] == [f"{sha256}.aes"]
