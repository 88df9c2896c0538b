"""cakupan.py alias: what is in force and suggested, and the acts."""

from datetime import date

import pytest

from data.editions import publish
from data.home import Home
from data.importers import import_file
from tests.shell import landed, refused, run_here

PROJECTS = """kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai
P-1,Jalan,16.71,Dinas PUPR Kota Palembang,2024-05-10,2024-12-31
P-2,Jalan,16.71,Dinas PUPR Kota Palembang,2024-05-10,2024-12-31
P-3,Jalan,16.71,DPUPR PALEMBANG,2024-05-10,2024-12-31
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    folder = tmp_path_factory.mktemp("alias")
    home = Home(folder / "home")
    (folder / "proyek.csv").write_text(PROJECTS, "utf-8")
    import_file(home, folder / "proyek.csv")
    publish(home, date(2024, 7, 31))
    return home


def test_an_alias_is_suggested_added_listed_and_withdrawn(home):
    (suggested,) = landed(home, "alias", "list")["suggested"]
    names = (suggested["keep"]["name"], suggested["other"]["name"])
    assert names == ("Dinas PUPR Kota Palembang", "DPUPR PALEMBANG")
    assert "usulan: pemilik" in run_here(home, "alias", "list").stdout
    said = run_here(home, "alias", "add", "pemilik", names[1], names[0])
    assert said.stdout.startswith(
        "'DPUPR PALEMBANG' berlaku sebagai 'Dinas PUPR Kota Palembang' mulai penerbitan berikutnya"
    )
    listed = landed(home, "alias", "list")
    assert [(one["written"], one["name"]) for one in listed["in_force"]] == [names[::-1]]
    assert listed["suggested"] == []
    assert run_here(home, "alias", "withdraw", "pemilik", names[1]).returncode == 0
    assert landed(home, "alias", "list")["in_force"] == []


def test_what_is_refused_is_one_sentence(home):
    assert refused(home, "alias", "add", "wilayah", "Palembank", "Atlantis") == (
        "'Atlantis' bukan wilayah yang dikenal; tulis kode Kemendagri (16.71) atau nama lengkapnya."
    )
    assert refused(home, "alias", "withdraw", "pemilik", "Dinas X").startswith(
        "'Dinas X' tidak berlaku sebagai nama lain"
    )


def test_two_names_that_are_not_one_are_listed_so(home):
    assert run_here(home, "alias", "reject", "penyedia", "CV A", "CV B").returncode == 0
    assert [pair["names"] for pair in landed(home, "alias", "list")["different"]] == [["CV A", "CV B"]]
