"""Words of bringing data in: how far work is, and why many rows were refused at once."""

from datetime import datetime

import pytest

from data.home import JAKARTA
from data.importers.reasons import REASONS
from ui import upload_words
from ui.jobs import Job


@pytest.mark.parametrize(
    ("stage", "done", "total", "told", "in_english"),
    [
        ("Menyusun work", 11, 55, "Langkah 12 dari 55: Menyusun angka", "Step 12 of 55: Putting the numbers together"),
        ("Menghitung orang, bagian 2 dari 3", 16, 110, "Langkah 17 dari 110: Menghitung orang, bagian 2 dari 3",
         "Step 17 of 110: Counting persons, part 2 of 3"),
        ("Menyimpan edisi", 54, 55, "Langkah 55 dari 55: Menyimpan edisi", "Step 55 of 55: Saving the edition"),
        ("membaca", 12000, None, "Membaca berkas: 12.000 baris", "Reading the files: 12,000 rows"),
        ("membaca", 0, None, "Membaca berkas", "Reading the files"),
        ("memeriksa", 0, 300000, "Memeriksa baris: 300.000 baris", "Checking the rows: 300,000 rows"),
        ("Menunggu giliran", 0, None, "Menunggu giliran", "Waiting its turn"),
    ],
)  # fmt: skip
def test_how_far_work_is(stage, done, total, told, in_english):
    job = Job("publish", "", datetime(2025, 6, 30, tzinfo=JAKARTA), stage, done, total)
    assert (upload_words.how_far(job, "id"), upload_words.how_far(job, "en")) == (told, in_english)


@pytest.mark.parametrize("code", REASONS)
def test_a_reason_of_many_rows_has_no_hole_where_one_row_was_quoted(code):
    for part in (0, 1):
        told = upload_words.reason(code, part)
        assert "{" not in told and "…" not in told
        assert told.endswith(".")


def test_a_reason_of_many_rows_leaves_out_what_is_of_one_row():
    assert upload_words.reason("nik_bukan_16_digit", 0) == "NIK harus 16 digit."
    assert upload_words.reason("wajib_kosong", 0) == "Sel wajib kosong."
    assert upload_words.reason("bukan_konstruksi", 0) == "Bukan pekerjaan konstruksi."


def test_a_preview_does_not_say_that_it_keeps_anything():
    assert upload_words.stage("menyimpan", "id") == "Menyimpan ke buku besar"
    assert upload_words.stage("menyimpan", "id", is_preview=True) == "Mencoba pada salinan data"
    previewed = Job("preview-import", "", datetime(2025, 6, 30, tzinfo=JAKARTA), "menyimpan", 0, None)
    assert upload_words.how_far(previewed, "id") == "Mencoba pada salinan data"
