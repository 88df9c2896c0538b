"""Zip files with equal contents are equal bytes."""

from io import BytesIO
from zipfile import ZipFile, ZipInfo

from reports.zipped import without_times, zipped

FILES = {"b.txt": b"dua", "folder/a.txt": "tiga \u2013".encode()}


def saved_in(year):
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, content in FILES.items():
            made.writestr(ZipInfo(name, (year, 5, 6, 7, 8, 10)), content)
    return out.getvalue()


def test_files_come_back_in_their_order():
    with ZipFile(BytesIO(zipped(FILES))) as made:
        assert [(name, made.read(name)) for name in made.namelist()] == list(FILES.items())


def test_the_moment_of_saving_leaves_no_trace():
    assert saved_in(2024) != saved_in(2025)
    assert without_times(saved_in(2024)) == without_times(saved_in(2025)) == zipped(FILES)
