"""Funds, owner types, segments and sectors: known as senders write them, unknown when they may mean two."""

import csv

import pytest

from data import categories
from data.categories import (
    ALL_SECTORS,
    CONSTRUCTION,
    FUNDS,
    OFFICIAL_SEGMENTS,
    OWNER_TYPES,
    PAYERS,
    REFERENCE,
    SECTORS,
    SEGMENTS,
    payer_of,
    resolve_fund,
    resolve_official_segment,
    resolve_owner_type,
    resolve_sector,
    resolve_sector_or_all,
    resolve_segment,
)

TABLES = {
    "funds": resolve_fund,
    "owner_types": resolve_owner_type,
    "segments": resolve_segment,
    "official_segments": resolve_official_segment,
    "sectors": resolve_sector,
    "all_sectors": resolve_sector_or_all,
}


def test_the_canonical_names_are_those_the_ledger_stores():
    assert FUNDS == ("APBN", "APBD provinsi", "APBD kabupaten/kota", "BLUD/BUMD", "Swasta", "Lain")
    assert PAYERS == ("KPPN", "BPKAD provinsi", "BPKAD kabupaten/kota", "BLUD/BUMD", "Swasta")
    assert OWNER_TYPES == ("OPD provinsi", "OPD kabupaten/kota", "Kementerian", "BUMN/BUMD/BLUD", "Swasta")
    assert SEGMENTS == ("JAKON", "PU", "BPU")
    assert OFFICIAL_SEGMENTS == ("jasa konstruksi", "penerima upah", "bukan penerima upah", "semua segmen")


def test_sakernas_has_17_sectors_and_construction_is_one():
    assert len(set(SECTORS)) == 17
    assert CONSTRUCTION in SECTORS


@pytest.mark.parametrize("table", TABLES)
def test_every_name_and_alias_means_its_own_row(table):
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for text in (row["nama"], row["nama"].upper(), *filter(None, row["alias"].split("|"))):
            assert TABLES[table](text) == row["nama"], text


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("text", [None, "", "  ", "tidak dikenal"])
def test_an_unknown_word_is_none_of_them(table, text):
    assert TABLES[table](text) is None


@pytest.mark.parametrize(
    ("written", "fund"),
    [
        ("APBD Kota", "APBD kabupaten/kota"),
        ("APBD Kab. OKI", "APBD kabupaten/kota"),
        ("APBD-P Kota Palembang 2024", "APBD kabupaten/kota"),
        ("APBD Prov Sumsel", "APBD provinsi"),
        ("Sumber Dana: APBD Sumsel", "APBD provinsi"),
        ("APBD Provinsi T.A. 2024", "APBD provinsi"),
        ("APBN TA 2024", "APBN"),
        ("Dana BLUD", "BLUD/BUMD"),
        ("lain-lain", "Lain"),
    ],
)
def test_a_fund_is_known_with_its_place_or_year(written, fund):
    assert resolve_fund(written) == fund


@pytest.mark.parametrize("written", ["APBD", "APBDP", "APBD 2024", "APBD Jambi", "APBD Indonesia", "APBN dan APBD"])
def test_a_budget_of_either_level_is_not_guessed(written):
    assert resolve_fund(written) is None


@pytest.mark.parametrize(
    ("written", "owner_type"),
    [
        ("OPD Kota", "OPD kabupaten/kota"),
        ("SKPD Kab. OKI", "OPD kabupaten/kota"),
        ("KABUPATEN", "OPD kabupaten/kota"),
        ("Pemerintah Kota Palembang", "OPD kabupaten/kota"),
        ("OPD Prov. Sumsel", "OPD provinsi"),
        ("Kementerian/Lembaga", "Kementerian"),
        ("BUMD", "BUMN/BUMD/BLUD"),
        ("OPD", None),
        ("OPD Jambi", None),
    ],
)
def test_an_owner_type_is_known_with_its_place_but_not_guessed(written, owner_type):
    assert resolve_owner_type(written) == owner_type


def test_who_pays_follows_the_fund():
    assert {fund: payer_of(fund) for fund in (*FUNDS, None)} == {
        "APBN": "KPPN",
        "APBD provinsi": "BPKAD provinsi",
        "APBD kabupaten/kota": "BPKAD kabupaten/kota",
        "BLUD/BUMD": "BLUD/BUMD",
        "Swasta": "Swasta",
        "Lain": None,
        None: None,
    }


def test_every_payer_named_for_a_fund_is_a_payer():
    assert {payer_of(fund) for fund in FUNDS} - {None} == set(PAYERS)


def test_jasa_konstruksi_is_a_segment_an_official_segment_and_a_sector():
    assert resolve_segment("Jasa Konstruksi") == "JAKON"
    assert resolve_official_segment("Jasa Konstruksi") == "jasa konstruksi"
    assert resolve_sector("Jasa Konstruksi") == categories.CONSTRUCTION


def test_all_sectors_are_no_sector():
    assert (ALL_SECTORS, resolve_sector(ALL_SECTORS), resolve_sector("Total")) == ("semua sektor", None, None)
    assert [resolve_sector_or_all(sector) for sector in SECTORS] == list(SECTORS)


@pytest.mark.parametrize(("letter", "sector"), [("F", "konstruksi"), ("A", "pertanian"), ("M,N", "jasa perusahaan")])
def test_a_sector_is_known_by_its_letter(letter, sector):
    assert resolve_sector(letter) == sector
