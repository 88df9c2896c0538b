"""The letterhead of config.toml and the emblem beside it, which is somebody's file: nothing in it is trusted."""

import io
import struct
import zlib
from dataclasses import asdict

import pytest
from PIL import Image

from data.config import load_config
from data.errors import CakupanError
from data.letterhead import MOST_EMBLEM_BYTES, letterhead_of

WORDING = """[letterhead]
government = " Pemerintah Kota Palembang "
office = "Dinas Tenaga Kerja"
emblem = "lambang.png"
copies = ["Inspektur Kota Palembang", " ", "Kepala BPKAD"]
"""


def picture(kind: str, size: tuple[int, int] = (8, 10)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_that_says(width: int, height: int) -> bytes:
    """The beginning of a PNG of any size, without the dots."""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


def letterhead(home, emblem: bytes | None = None, wording: str = WORDING):
    home.root.mkdir(parents=True, exist_ok=True)
    home.config_path.write_text(wording, "utf-8")
    if emblem is not None:
        (home.root / "lambang.png").write_bytes(emblem)
    return letterhead_of(home, load_config(home))


def test_without_settings_every_part_is_empty(home):
    assert not any(asdict(letterhead_of(home, load_config(home))).values())


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_emblem_is_known_by_its_content_and_comes_to_the_byte(home, kind):
    read = letterhead(home, picture(kind))
    assert read.emblem == picture(kind)
    assert (read.government, read.office) == ("Pemerintah Kota Palembang", "Dinas Tenaga Kerja")
    assert read.copies == ("Inspektur Kota Palembang", "Kepala BPKAD")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "tidak dapat dibaca dari CAKUPAN_HOME"),
        (b"", "bukan PNG atau JPG"),
        (b"GIF89a" + bytes(20), "bukan PNG atau JPG"),
        (b"<svg onload='x()'/>", "bukan PNG atau JPG"),
        (picture("PNG", (80, 80))[:100], "rusak"),
        (picture("JPEG", (80, 80))[:400], "rusak"),
        (b"\xff\xd8\xff" + bytes(50), "rusak"),
        (png_that_says(60_000, 60_000), "terlalu besar"),
        (picture("PNG", (4_001, 1)), "4001 × 1 titik"),
        (b"\x89PNG\r\n\x1a\n" + bytes(MOST_EMBLEM_BYTES), "lebih besar daripada 2 MB"),
    ],
)
def test_an_emblem_that_cannot_be_used_is_named_with_what_to_do(home, content, why):
    with pytest.raises(CakupanError, match=r"^Lambang 'lambang\.png'") as refused:
        letterhead(home, content)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    "name", ["../kunci.png", "/etc/lambang.png", "keys\\\\a.png", ".png", "lambang.svg", "lambang"]
)
def test_the_emblem_is_a_file_of_the_home_and_no_other(home, name):
    with pytest.raises(CakupanError, match="menyebut emblem '") as refused:
        letterhead(home, wording=f'[letterhead]\nemblem = "{name}"')
    assert "lambang.png" in str(refused.value)


@pytest.mark.parametrize(
    ("setting", "quoted"),
    [
        ('government = "Pemkot\\nPalembang"', "Pemkot"),
        ('signer_name = "a\\u202eb"', "u202e"),
        ('copies = ["a\\u0007"]', "x07"),
        (f'office = "{"D" * 201}"', "letterhead.office"),
        ('signer = "Kepala"', "signer"),
    ],
)
def test_a_wrong_line_of_the_letterhead_is_refused_and_named(home, setting, quoted):
    with pytest.raises(CakupanError, match=r"^config\.toml ") as refused:
        letterhead(home, wording=f"[letterhead]\n{setting}")
    assert quoted in str(refused.value)
