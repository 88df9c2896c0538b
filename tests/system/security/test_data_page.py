"""Data & Definisi by its address: its parts within a scope, and the files that somebody else has uploaded."""

from itertools import product

import pytest

from data import aliases, staging
from data.access import LOCAL
from tests.system.security.conftest import ALFA, BETA, CITY, DISTRICT, HIDDEN, NIKS, Office, found_in, said
from ui.data_view import PARTS, UPLOAD

PAGE = "data_definisi"
LOOKED_AT = [(tab, part) for tab, parts in PARTS.items() for part in parts if tab != UPLOAD]
ADDRESSES = (
    {},
    {"place": "16", "measure": "population_coverage", "vintage": "Kanwil"},
    {"place": DISTRICT, "measure": "placement_coverage", "kiriman": "1-proyek", "keadaan": "semua"},
    {"place": CITY, "measure": "project_registration", "owner": BETA, "cari": "Jembatan", "sebab": "cocok"},
    {"place": "00", "owner": ALFA, "measure": "projects_registered_ytd", "kiriman": "2-pendaftaran", "hal": "2"},
)
HOSTILE = '<img src=x onerror=alert(1)>"{0}.csv'
ROSTER = f"nik,kode_proyek,mulai\n{NIKS[0]},A-1,2024-07-01\n".encode()


@pytest.mark.parametrize("name", HIDDEN)
def test_no_part_shows_what_lies_outside_the_scope(office: Office, name: str) -> None:
    with office.reader(name) as reader:
        for (tab, part), address in product(LOOKED_AT, ADDRESSES):
            asked = {"bagian": tab, "isi": part, "month": "2024-07"} | address
            echoed = " ".join(asked.values())
            hidden = tuple(mark for mark in HIDDEN[name] if mark not in echoed)
            assert found_in(said(reader.open(PAGE, **asked)), hidden) == [], asked


def test_the_markers_are_there_to_be_seen(office: Office) -> None:
    with office.reader("periksa") as reader:
        for tab, part in (("mutu", "rekonsiliasi"), ("definisi", "asal"), ("definisi", "revisi")):
            text = said(reader.open(PAGE, bagian=tab, isi=part, month="2024-07", place="16", owner=BETA))
            assert BETA in text, part


@pytest.mark.parametrize("name", ["alfa", "kota", "opd.beta", "cabang", "bayar", "periksa", "kosong"])
def test_who_may_bring_nothing_in_gets_no_part_of_uploading(office: Office, name: str) -> None:
    with office.reader(name) as reader:
        for part in PARTS[UPLOAD]:
            text = said(reader.open(PAGE, bagian=UPLOAD, isi=part, batch="1"))
            assert "file_uploader" not in text
            assert "ck-steps" not in text
            assert "kiriman?" not in text
            assert "proyek.csv" not in text


def test_a_steward_learns_of_anothers_files_that_there_are_some(office: Office) -> None:
    """Neither by the page nor by its parameters; and the name of its own file is no markup."""
    staging.add(office.home, "petugas", [("rahasia-kanwil.csv", ROSTER)])
    juru = office.new_account("juru", "steward", places=(CITY,))
    staging.add(office.home, juru, [(HOSTILE, ROSTER)])
    with office.reader(juru) as reader:
        token = next(iter(staging.others(office.home, juru))).token
        for part, address in product(PARTS[UPLOAD], ({}, {"batch": "1"}, {"token": token, "draft": token})):
            text = said(reader.open(PAGE, bagian=UPLOAD, isi=part, **address))
            assert "rahasia-kanwil" not in text
            assert NIKS[0] not in text
            assert "<img src=x" not in text
            assert found_in(text, ("angka_resmi", "123.457", BETA)) == []
        sending = said(reader.open(PAGE, bagian=UPLOAD, isi="kirim"))
        assert "petugas sedang memeriksa 1 berkas sejak" in sending
        assert "&lt;img src=x onerror" in sending
    for draft in (staging.draft_of(office.home, juru), staging.draft_of(office.home, "petugas")):
        assert draft is not None
        staging.discard(office.home, draft)


def test_who_does_not_see_an_owner_learns_of_no_alias_of_it(office: Office) -> None:
    aliases.confirm(office.home, "pemilik", "Dinas Rahasia Beta", BETA, LOCAL)
    aliases.confirm(office.home, "penyedia", "CV Rahasia Beta", "CV Beta", LOCAL)
    aliases.reject(office.home, "pemilik", "Dinas Rahasia Gama", ALFA, LOCAL)
    for name in ("alfa", "kota", "cabang", "kosong"):
        with office.reader(name) as reader:
            assert "Rahasia" not in said(reader.open(PAGE, bagian="mutu", isi="nama"))
    with office.reader("opd.beta") as reader:
        assert "Dinas Rahasia Beta" in said(reader.open(PAGE, bagian="mutu", isi="nama"))
    with office.reader("kelola") as reader:
        assert "Dinas Rahasia Gama" in said(reader.open(PAGE, bagian="mutu", isi="nama"))
