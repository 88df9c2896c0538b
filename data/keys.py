"""The two secrets of an installation: one makes persons out of NIKs, one locks the original files."""

import hashlib
import os
import struct
from io import BytesIO
from pathlib import Path
from threading import get_ident
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from data.errors import CakupanError
from data.home import Home

DATA_KEYS = ("person.key", "files.key")
# Of uploads that have not landed. Its loss costs an upload of today, and it outlives the keys of a demonstration.
DRAFTS_KEY = "drafts.key"
KEY_BYTES = 32
HMAC_BLOCK_BYTES = 64
CHUNK_BYTES = 1 << 20


def ensure_keys(home: Home) -> None:
    """Make the keys of a new home, readable by their owner only. Existing keys are never replaced."""
    home.keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in DATA_KEYS:
        path = home.keys_dir / name
        if not path.exists():
            _write_secret(path, os.urandom(KEY_BYTES))


def ensure_secret(home: Home, name: str) -> bytes:
    """The key of this name in keys/, made when it is first needed. For keys whose loss costs no data."""
    path = home.keys_dir / name
    if not path.exists():
        home.keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make_secret(path)
    return _read_key(home, name)


def _make_secret(path: Path) -> None:
    """Of several that make it at once, one wins and the others take its key."""
    own = path.with_suffix(f".{os.getpid()}.{get_ident()}.new")
    _write_secret(own, os.urandom(KEY_BYTES))
    try:
        path.hardlink_to(own)
    except FileExistsError:
        pass
    finally:
        own.unlink()


def keep_text_secret(home: Home, name: str, secret: str) -> Path:
    """Keep a secret that is shared with another program, in the place of the former one. Returns where."""
    home.keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = home.keys_dir / name
    _write_secret(path, f"{secret}\n".encode())
    return path


def text_secret(home: Home, name: str) -> str | None:
    """A secret kept by keep_text_secret; None when there is none."""
    try:
        return (home.keys_dir / name).read_text("utf-8").strip() or None
    except FileNotFoundError:
        return None


def person_key_fingerprint(home: Home) -> str:
    """First 16 hexadecimal digits of the key's SHA-256; CakupanError when the key is missing or damaged."""
    return hashlib.sha256(_read_key(home, "person.key")).hexdigest()[:16]


def person_hmac_pads(home: Home) -> tuple[bytes, bytes]:
    """Inner and outer pad of HMAC-SHA256 under the person key (RFC 2104), so that SQL can finish the hash."""
    padded = _read_key(home, "person.key").ljust(HMAC_BLOCK_BYTES, b"\0")
    return bytes(byte ^ 0x36 for byte in padded), bytes(byte ^ 0x5C for byte in padded)


def store_encrypted(home: Home, path: Path, sha256: str) -> Path:
    """Keep the original of a delivered file, encrypted, under its hash. Returns where.

    The caller holds the writer lock, so whatever is unfinished here was left by a process that died.
    """
    home.uploads_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = _kept_in(home.uploads_dir, sha256)
    if kept.exists():
        kept.touch()  # its time begins anew with this delivery
        return kept
    with path.open("rb") as original:
        return _seal(home, original, kept, sha256)


def store_evidence(home: Home, content: bytes, sha256: str) -> Path:
    """Keep a scan, encrypted, under its hash; one that is there is written anew, should it be damaged. Returns where.

    The caller sees to it that nobody else writes there, as for store_encrypted.
    """
    home.evidence_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    return _seal(home, BytesIO(content), _kept_in(home.evidence_dir, sha256), sha256)


def store_draft(home: Home, content: bytes, folder: Path, sha256: str) -> Path:
    """Keep an uploaded file, encrypted, in the folder of its draft. Returns where."""
    ensure_secret(home, DRAFTS_KEY)
    return _seal(home, BytesIO(content), _kept_in(folder, sha256), sha256, DRAFTS_KEY)


def read_draft(home: Home, folder: Path, sha256: str) -> bytes:
    """The bytes of an uploaded file; CakupanError when they are missing or not what was uploaded."""
    return _opened(home, _kept_in(folder, sha256), sha256, DRAFTS_KEY)


def read_encrypted(home: Home, sha256: str) -> bytes:
    """The original bytes of a kept file; CakupanError when they are missing or not what was delivered."""
    return _opened(home, _kept_in(home.uploads_dir, sha256), sha256)


def read_evidence(home: Home, sha256: str) -> bytes:
    """The bytes of a kept scan; CakupanError when they are missing or not what was kept."""
    return _opened(home, _kept_in(home.evidence_dir, sha256), sha256)


def _kept_in(folder: Path, sha256: str) -> Path:
    return folder / f"{sha256}.aes"


def _seal(home: Home, original: BinaryIO, kept: Path, sha256: str, key: str = "files.key") -> Path:
    """AES-256-GCM in chunks of 1 MiB; on the disk, name and all, when this returns."""
    cipher = AESGCM(_read_key(home, key))
    for left_over in kept.parent.glob("*.part"):
        left_over.unlink()
    unfinished = kept.with_suffix(".part")
    try:
        with _open_private(unfinished) as target:
            while chunk := original.read(CHUNK_BYTES):
                nonce = os.urandom(12)
                sealed = cipher.encrypt(nonce, chunk, sha256.encode())
                target.write(struct.pack(">I", len(sealed)) + nonce + sealed)
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(kept)
    finally:
        unfinished.unlink(missing_ok=True)
    return kept


def _opened(home: Home, kept_path: Path, sha256: str, key: str = "files.key") -> bytes:
    cipher = AESGCM(_read_key(home, key))
    original = bytearray()
    try:
        with kept_path.open("rb") as kept:
            while head := kept.read(4):
                nonce, sealed = kept.read(12), kept.read(struct.unpack(">I", head)[0])
                original += cipher.decrypt(nonce, sealed, sha256.encode())
    except OSError as unreadable:
        raise CakupanError(
            f"Berkas simpanan {sha256[:12]} tidak terbaca; bila belum melewati masa simpannya, pulihkan dari cadangan."
        ) from unreadable
    # A wrong key, a changed byte, a head or a nonce cut short: each part of the file says it in its own way.
    except (InvalidTag, struct.error, ValueError) as damaged:
        raise CakupanError(_not_whole(sha256)) from damaged
    if hashlib.sha256(original).hexdigest() != sha256:
        raise CakupanError(_not_whole(sha256))
    return bytes(original)


def _not_whole(sha256: str) -> str:
    return f"Berkas simpanan {sha256[:12]} tidak utuh; pulihkan dari cadangan."


def _read_key(home: Home, name: str) -> bytes:
    path = home.keys_dir / name
    try:
        key = path.read_bytes()
    except FileNotFoundError as missing:
        raise CakupanError(f"Kunci {name} tidak ada di {home.keys_dir}; pulihkan dari cadangan kunci.") from missing
    if len(key) != KEY_BYTES:
        raise CakupanError(f"Kunci {name} rusak ({len(key)} byte); pulihkan dari cadangan kunci.")
    return key


def _write_secret(path: Path, secret: bytes) -> None:
    """In one step: half a key would lock the home for good."""
    unfinished = path.with_suffix(".new")
    with _open_private(unfinished) as target:
        target.write(secret)
        target.flush()
        os.fsync(target.fileno())
    unfinished.replace(path)


def _open_private(path: Path):
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
