"""Casework: recorded by whom it may be, seen by whom the project may be, never changed, never half done."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import pytest

from data import cases, evidence, journal, keys
from data import casework as cw
from data.access import EVERYTHING, LOCAL, MAY, ROLES, Reader
from data.casework import FieldRefused, FindingFollowUp
from data.editions import current_edition
from data.errors import CakupanError
from data.home import Home
from data.journal import JournalUnusable
from tests.casework_home import (
    ALFA,
    BETA,
    BRANCH,
    DAY,
    DECISION,
    FINDING,
    FOLLOW_UP,
    GAMMA,
    INSPECTOR,
    JPG,
    OPD,
    PAYER,
    PDF,
    PNG,
    PROOF,
    WAIVER,
    published_home,
    reader,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Home:
    return published_home(tmp_path_factory.mktemp("kasus"))


@pytest.fixture
def home(published, tmp_path) -> Home:
    """Each test has the projects and a journal of its own."""
    shutil.copytree(published.root, tmp_path / "home")
    return Home(tmp_path / "home")


@pytest.fixture
def edition(home):
    found = current_edition(home)
    assert found is not None
    return found


def seen(home: Home, who: Reader) -> cw.Casework:
    edition = current_edition(home, who.grant)
    assert edition is not None
    return cw.casework(home, edition)


def whole(home: Home) -> cw.Casework:
    return seen(home, LOCAL)


def record_all(home: Home, edition, code: str) -> list[int]:
    """One entry of each kind on a project; their numbers."""
    number = cw.record_finding(home, INSPECTOR, edition, replace(FINDING, kode_proyek=code)).number
    return [
        number,
        cw.record_finding_followup(
            home, INSPECTOR, edition, FindingFollowUp(number, "Disurati.", "belum_sesuai")
        ).number,
        cw.record_proof(home, PAYER, edition, replace(PROOF, kode_proyek=code), scan=PDF, today=DAY).number,
        cw.record_decision(home, PAYER, edition, replace(DECISION, kode_proyek=code, payment=0)).number,
        cw.record_waiver(home, PAYER, edition, replace(WAIVER, kode_proyek=code)).number,
        cw.record_follow_up(home, BRANCH, edition, replace(FOLLOW_UP, kode_proyek=code)).number,
    ]


RECORDS: dict[str, Callable[..., journal.Entry]] = {
    "proof": cw.record_proof,
    "decision": cw.record_decision,
    "exception": cw.record_waiver,
    "finding": cw.record_finding,
    "follow_up": cw.record_follow_up,
}
RECORD = {
    "record_proof": lambda home, who, edition: cw.record_proof(home, who, edition, PROOF, today=DAY),
    "decide": lambda home, who, edition: cw.record_decision(home, who, edition, replace(DECISION, payment=0)),
    "waive": lambda home, who, edition: cw.record_waiver(home, who, edition, WAIVER),
    "find": lambda home, who, edition: cw.record_finding(home, who, edition, FINDING),
    "answer_finding": lambda home, who, edition: cw.record_finding_followup(
        home, who, edition, FindingFollowUp(journal.head(home)[0], "Sudah.", "belum_sesuai")
    ),
    "follow_up": lambda home, who, edition: cw.record_follow_up(home, who, edition, FOLLOW_UP),
}


# What is kept


def test_every_kind_is_read_back_as_it_was_written(home, edition):
    numbers = record_all(home, edition, "A-1")
    work = whole(home)
    assert [noted.number for noted in work.history] == numbers
    [proof] = work.proofs["A-1"]
    assert replace(proof.content, scan_sha256=None, scan_kind=None) == PROOF
    assert work.decisions["A-1", 0].content == replace(DECISION, payment=0, edition=edition.number)
    assert work.waivers["A-1"][0].content == WAIVER
    assert work.follow_ups["A-1"].content == FOLLOW_UP
    [finding] = work.findings
    assert finding.noted.content == replace(FINDING, owner=ALFA), "the owner is the edition's"
    assert finding.state == "belum_sesuai" and finding.follow_ups[0].content.tindak_lanjut == "Disurati."
    assert {noted.edition for noted in work.history} == {edition.number}
    assert (proof.who, proof.role, proof.is_authenticated) == ("akun.payer", "payer", True)
    assert work.of_project("A-1") == work.history and work.of_project("A-2") == ()


def test_every_field_has_a_name_for_its_reader():
    named = {field.name for case in cases.CASES.values() for field in fields(case)}
    assert named <= cases.FIELD_NAMES.keys()
    assert set(cases.KINDS) <= set(journal.KINDS)
    assert set(cw.ACTS) == set(cases.KINDS) and set(cw.ACTS.values()) <= MAY.keys()


def test_an_exception_holds_through_its_last_day(home, edition):
    cw.record_waiver(home, PAYER, edition, WAIVER)
    work = whole(home)
    assert work.waiver_in_force("A-1", date(2024, 12, 31)) == work.waivers["A-1"][0]
    assert work.waiver_in_force("A-1", date(2025, 1, 1)) is None
    assert work.waiver_in_force("A-2", DAY) is None


def test_a_finding_is_overdue_after_its_day_until_it_is_settled(home, edition):
    number = cw.record_finding(home, INSPECTOR, edition, FINDING).number
    [finding] = whole(home).findings
    assert not finding.is_overdue(DAY) and finding.is_overdue(date(2024, 9, 1))
    cw.record_finding_followup(home, INSPECTOR, edition, FindingFollowUp(number, "Sudah didaftarkan.", "sesuai"))
    [finding] = whole(home).findings
    assert finding.state == "sesuai" and not finding.is_overdue(date(2024, 9, 1))


def test_a_decision_is_on_a_payment_that_exists_or_on_none_in_particular(home, edition):
    for payment in (1, 0):
        cw.record_decision(home, PAYER, edition, replace(DECISION, payment=payment))
    with pytest.raises(FieldRefused, match="Pembayaran 2 tidak ada pada proyek A-1"):
        cw.record_decision(home, PAYER, edition, replace(DECISION, payment=2))
    assert whole(home).decisions.keys() == {("A-1", 1), ("A-1", 0)}


# Corrections


def test_a_correction_takes_the_place_of_the_former_which_stays_to_be_seen(home, edition):
    first = cw.record_proof(home, PAYER, edition, PROOF, today=DAY).number
    better = replace(PROOF, certificate_no="S-24/002")
    second = cw.record_proof(home, PAYER, edition, better, replaces=first, today=DAY).number
    work = whole(home)
    assert [noted.content for noted in work.proofs["A-1"]] == [better]
    assert [noted.content for noted in work.of_project("A-1")] == [PROOF, better]
    assert work.replaced_by == {first: second}


def test_what_was_replaced_cannot_be_replaced_again(home, edition):
    first = cw.record_waiver(home, PAYER, edition, WAIVER).number
    second = cw.record_waiver(home, PAYER, edition, replace(WAIVER, reason="Lain."), replaces=first).number
    with pytest.raises(CakupanError, match=f"Entri {first} sudah diganti oleh entri {second}"):
        cw.record_waiver(home, PAYER, edition, replace(WAIVER, reason="Ketiga."), replaces=first)


def test_a_correction_stays_with_its_project(home, edition):
    first = cw.record_waiver(home, PAYER, edition, WAIVER).number
    with pytest.raises(CakupanError, match="mengenai hal lain"):
        cw.record_waiver(home, PAYER, edition, replace(WAIVER, kode_proyek="A-2"), replaces=first)


def test_a_correction_is_of_the_same_kind(home, edition):
    first = cw.record_proof(home, PAYER, edition, PROOF, today=DAY).number
    with pytest.raises(CakupanError, match=f"Entri {first} tidak ditemukan"):
        cw.record_waiver(home, PAYER, edition, WAIVER, replaces=first)


def test_only_the_same_role_or_the_administrator_corrects(home, edition):
    number = cw.record_finding(home, INSPECTOR, edition, FINDING).number
    answer = FindingFollowUp(number, "Belum cukup.", "belum_sesuai")
    judged = cw.record_finding_followup(home, INSPECTOR, edition, answer).number
    own = replace(answer, tindak_lanjut="Sudah cukup.")
    with pytest.raises(CakupanError, match="dicatat oleh peran Inspektorat"):
        cw.record_finding_followup(home, OPD, edition, own, replaces=judged)
    with pytest.raises(CakupanError, match="dicatat oleh peran Inspektorat"):
        cw.record_withdrawal(home, OPD, edition, judged, "Keliru.")
    assert cw.record_finding_followup(home, LOCAL, edition, own, replaces=judged).number == judged + 1


def test_a_withdrawn_entry_counts_no_more_and_stays_in_the_history(home, edition):
    first = cw.record_proof(home, PAYER, edition, PROOF, today=DAY).number
    second = cw.record_withdrawal(home, PAYER, edition, first, "Proyek keliru.").number
    work = whole(home)
    assert work.proofs == {}
    assert [noted.number for noted in work.of_project("A-1")] == [first, second]
    assert work.history[-1].content == cw.Withdrawal("Proyek keliru.")
    for number in (first, second):
        with pytest.raises(CakupanError):
            cw.record_withdrawal(home, PAYER, edition, number, "Lagi.")
    assert cw.record_proof(home, PAYER, edition, PROOF, today=DAY).number == second + 1, "it may be recorded anew"


def test_a_corrected_finding_keeps_its_number_and_its_answers(home, edition):
    first = cw.record_finding(home, INSPECTOR, edition, FINDING).number
    cw.record_finding_followup(home, OPD, edition, FindingFollowUp(first, "Sedang diurus.", "belum_sesuai"))
    second = cw.record_finding(home, INSPECTOR, edition, replace(FINDING, sebab="Lalai."), replaces=first).number
    cw.record_finding_followup(home, OPD, edition, FindingFollowUp(second, "Sudah terdaftar.", "belum_sesuai"))
    [finding] = whole(home).findings
    assert (finding.number, finding.noted.number, finding.noted.content.sebab) == (first, second, "Lalai.")
    assert [noted.content.tindak_lanjut for noted in finding.follow_ups] == ["Sedang diurus.", "Sudah terdaftar."]


def test_a_withdrawn_finding_is_answered_no_more(home, edition):
    number = cw.record_finding(home, INSPECTOR, edition, FINDING).number
    cw.record_withdrawal(home, INSPECTOR, edition, number, "Salah proyek.")
    assert whole(home).findings == ()
    with pytest.raises(FieldRefused, match=f"Temuan {number} tidak ditemukan"):
        cw.record_finding_followup(home, OPD, edition, FindingFollowUp(number, "Sudah.", "belum_sesuai"))


# Rights


@pytest.mark.parametrize("act", RECORD)
def test_a_role_that_may_not_is_refused_and_nothing_is_written(home, edition, act):
    number = cw.record_finding(home, INSPECTOR, edition, replace(FINDING, kode_proyek="A-2")).number
    for role in ROLES:
        who = reader(role)
        if role in MAY[act]:
            continue
        with pytest.raises(CakupanError, match="tidak boleh"):
            RECORD[act](home, who, edition)
    assert journal.head(home)[0] == number


@pytest.mark.parametrize(("act", "role"), [(act, role) for act in RECORD for role in MAY[act]])
def test_a_role_that_may_is_let(home, edition, act, role):
    if act == "answer_finding":
        cw.record_finding(home, INSPECTOR, edition, FINDING)
    assert RECORD[act](home, reader(role), edition).role == role


def test_the_owner_never_settles_its_own_finding_nor_reopens_a_settled_one(home, edition):
    number = cw.record_finding(home, INSPECTOR, edition, FINDING).number
    for state in cases.SETTLED:
        with pytest.raises(FieldRefused, match="Hanya Inspektorat"):
            cw.record_finding_followup(home, OPD, edition, FindingFollowUp(number, "Beres.", state))
    cw.record_finding_followup(home, INSPECTOR, edition, FindingFollowUp(number, "Diperiksa.", "sesuai"))
    with pytest.raises(FieldRefused, match="Hanya Inspektorat"):
        cw.record_finding_followup(home, OPD, edition, FindingFollowUp(number, "Lagi.", "belum_sesuai"))


def test_an_act_that_has_no_rights_declared_does_not_exist():
    assert set(cw.ACT_NAMES) == (set(cw.ACTS.values()) | {"read_scan"})


# Narrowing


def test_a_reader_sees_what_lies_in_the_own_grant_and_nothing_else(home, edition):
    mine, others = record_all(home, edition, "A-1"), record_all(home, edition, "B-1")
    for who, expected in (
        (reader("opd", owners=(ALFA,)), mine),
        (reader("opd", owners=(BETA,)), others),
        (reader("payer", areas=("16.71",)), mine),
        (reader("viewer", areas=("16",)), mine + others),
        (reader("opd", areas=("16.71",), owners=(BETA,)), []),
        (reader("viewer", areas=()), []),
        (LOCAL, mine + others),
    ):
        work = seen(home, who)
        assert [noted.number for noted in work.history] == expected, who
        assert {finding.number for finding in work.findings} == {n for n in expected if n in (mine[0], others[0])}


def test_a_code_outside_the_grant_is_answered_like_one_that_does_not_exist(home, edition):
    who = reader("admin", owners=(ALFA,))
    said = []
    for code in ("B-1", "Z-9"):
        for case, record in [(case, RECORDS[case.kind]) for case in (PROOF, DECISION, WAIVER, FINDING, FOLLOW_UP)]:
            with pytest.raises(FieldRefused) as refused:
                record(home, who, edition, replace(case, kode_proyek=code))
            assert refused.value.field == "kode_proyek"
            said.append(str(refused.value).replace(code, "?"))
    assert set(said) == {"Proyek '?' tidak ditemukan dalam lingkup akun ini; periksa kodenya."}


def test_an_entry_outside_the_grant_is_answered_like_one_that_does_not_exist(home, edition):
    numbers = record_all(home, edition, "B-1")
    who = reader("admin", owners=(ALFA,))
    said = set()
    for number in (*numbers, 9_999):
        for attempt in (
            lambda n: cw.record_withdrawal(home, who, edition, n, "Coba."),
            lambda n: cw.record_waiver(home, who, edition, WAIVER, replaces=n),
            lambda n: cw.read_scan(home, who, edition, n),
            lambda n: cw.record_finding_followup(home, who, edition, FindingFollowUp(n, "Coba.", "sesuai")),
        ):
            with pytest.raises(CakupanError) as refused:
                attempt(number)
            said.add(str(refused.value).replace(str(number), "?"))
    assert said == {
        "Entri ? tidak ditemukan dalam lingkup akun ini; muat ulang halaman.",
        "Pindaian entri ? tidak ditemukan dalam lingkup akun ini; muat ulang halaman.",
        "Temuan ? tidak ditemukan dalam lingkup akun ini; muat ulang halaman.",
    }
    assert journal.head(home)[0] == numbers[-1]


def test_an_edition_opened_for_somebody_else_gives_no_more_rights(home, edition):
    """The page's edition is narrowed already; should another one ever be passed, the reader's own grant holds."""
    assert edition.grant == EVERYTHING
    with pytest.raises(FieldRefused, match="tidak ditemukan"):
        cw.record_follow_up(home, reader("opd", owners=(ALFA,)), edition, replace(FOLLOW_UP, kode_proyek="B-1"))


def test_a_finding_on_an_owner_is_for_whom_all_its_work_or_the_areas_of_the_inspector_are(home, edition):
    about = replace(FINDING, kode_proyek=None, owner=GAMMA)
    of_all = cw.record_finding(home, INSPECTOR, edition, about).number
    of_city = cw.record_finding(
        home, reader("inspector", areas=("16.71",)), edition, replace(about, sebab="Di kota saja.")
    ).number
    for who, expected in (
        (LOCAL, {of_all, of_city}),
        (reader("opd", owners=(GAMMA,)), {of_all, of_city}),
        (reader("payer", areas=("16",)), {of_all, of_city}),
        (reader("payer", areas=("16.71",)), {of_city}),
        (reader("payer", areas=("16.02",)), set()),
        (reader("opd", owners=(ALFA,)), set()),
    ):
        assert {finding.number for finding in seen(home, who).findings} == expected, who


def test_a_finding_on_an_owner_that_is_not_seen_is_refused_like_one_that_does_not_exist(home, edition):
    said = set()
    for owner in (BETA, "Dinas Tiada"):
        about = replace(FINDING, kode_proyek=None, owner=owner)
        with pytest.raises(FieldRefused) as refused:
            cw.record_finding(home, reader("inspector", areas=("16.71",)), edition, about)
        said.add(str(refused.value).replace(owner, "?"))
    assert said == {"Pemilik proyek '?' tidak ditemukan dalam lingkup akun ini; pilih yang lain."}


def test_a_scan_is_opened_by_its_roles_within_their_grant_only(home, edition):
    number = cw.record_proof(home, PAYER, edition, PROOF, scan=PDF, today=DAY).number
    assert cw.read_scan(home, reader("inspector", areas=("16.71",)), edition, number).content == PDF
    for who in (reader("viewer"), reader("opd", owners=(ALFA,)), reader("steward")):
        with pytest.raises(CakupanError, match="tidak boleh membuka pindaian"):
            cw.read_scan(home, who, edition, number)
    with pytest.raises(CakupanError, match="tidak ditemukan"):
        cw.read_scan(home, reader("payer", owners=(BETA,)), edition, number)


def test_a_known_hash_does_not_open_the_scan_of_another_project(home, edition):
    number = cw.record_proof(home, PAYER, edition, replace(PROOF, kode_proyek="B-1"), scan=PDF, today=DAY).number
    sha256 = whole(home).by_number[number].content.scan_sha256
    own = reader("payer", owners=(ALFA,))
    with pytest.raises(FieldRefused, match="bukan milik entri"):
        cw.record_proof(home, own, edition, replace(PROOF, scan_sha256=sha256), today=DAY)
    first = cw.record_proof(home, own, edition, PROOF, today=DAY).number
    with pytest.raises(FieldRefused, match="bukan milik entri"):
        cw.record_proof(home, own, edition, replace(PROOF, scan_sha256=sha256), replaces=first, today=DAY)


def test_the_demonstration_and_real_data_do_not_see_each_others_casework(home, edition):
    cw.record_waiver(home, PAYER, edition, WAIVER)
    facts = {"kode_proyek": "A-1", "reason": "x", "approver_office": "y", "expires_on": "2024-12-31"}
    journal.append(home, "exception", facts | {"edition": 1, "demo": True}, LOCAL)
    assert [noted.content for noted in whole(home).history] == [WAIVER]


def test_a_finding_bears_the_name_that_the_owner_has_now(home, edition):
    """Offices are renamed; a finding on one as a whole stays to be seen by who sees everything."""
    facts = cw.record_finding(home, INSPECTOR, edition, FINDING).facts
    for content in ({"owner": "Dinas Lama"}, {"owner": "Dinas Lama", "kode_proyek": None}):
        journal.append(home, "finding", facts | content, LOCAL)
    assert [finding.noted.content.owner for finding in whole(home).findings] == [ALFA, ALFA, "Dinas Lama"]
    of_owner = seen(home, reader("opd", owners=(ALFA,))).findings
    assert [finding.noted.content.owner for finding in of_owner] == [ALFA, ALFA]


# Texts


@pytest.mark.parametrize(
    "text",
    [
        "NIK 1671016507900001 sudah diperiksa",
        "1671 0165 0790 0001",
        "167101.650790.0001",
        "16-71-01-650790-0001",
        "1671\u200b0165\u200b0790\u200b0001",
        "１６７１０１６５０７９００００１",
        "rekening 12345678901234567890",
        "1671016507\n900001",
        "١٦٧١٠١٦٥٠٧٩٠٠٠٠١",  # Arabic-Indic digits
        "१६७१ ०१ ६५०७९० ०००१",  # Devanagari
        "1671\u201001\u2010650790\u20120001",  # a hyphen and a figure dash
        "16710\u200b16507900001",  # parted by a mark that is not seen
        "tahun 2024 3275 0165 0790 0001",
        "1671:0165:0790:0001",
        "1671–0165–0790–0001",
    ],
)
def test_a_text_with_what_could_be_a_nik_is_refused_and_not_quoted_whole(home, edition, text):
    for case in (
        replace(WAIVER, reason=text),
        replace(WAIVER, approver_office=text),
        replace(DECISION, reason=text, payment=0),
        replace(FINDING, kondisi=text),
        replace(FOLLOW_UP, note=text),
        replace(FOLLOW_UP, officer=text),
        replace(PROOF, certificate_no=text),
        replace(PROOF, receipt_no=text),
    ):
        with pytest.raises(FieldRefused, match="16 angka") as refused:
            RECORDS[case.kind](home, LOCAL, edition, case)
        assert "0790" not in str(refused.value)
    number = cw.record_waiver(home, LOCAL, edition, WAIVER).number
    with pytest.raises(FieldRefused, match="16 angka"):
        cw.record_withdrawal(home, LOCAL, edition, number, text)


@pytest.mark.parametrize(
    "text",
    ["Rp1.234.567.890.123", "2024-01-15 2024-02-15", "9 Juli 2024", "kode bayar 123456789012", "proyek 1234567890123"],
)
def test_money_dates_and_codes_are_no_nik(home, edition, text):
    entry = cw.record_follow_up(home, BRANCH, edition, replace(FOLLOW_UP, note=text))
    assert entry.facts["note"] == text


def test_hostile_text_is_kept_as_text_without_what_is_not_seen(home, edition):
    note = "=HYPERLINK(1)\x00<script>\u202eevil</script>\x1b[31m {nama} %s \ud800"
    entry = cw.record_follow_up(home, BRANCH, edition, replace(FOLLOW_UP, note=note))
    assert entry.facts["note"] == "=HYPERLINK(1) <script>evil</script> [31m {nama} %s"
    assert whole(home).follow_ups["A-1"].content.note == entry.facts["note"]
    assert journal.verify(home).is_whole


@pytest.mark.parametrize(
    ("case", "field"),
    [
        (replace(WAIVER, reason=" \n\u200b "), "reason"),
        (replace(WAIVER, reason="x" * 2_001), "reason"),
        (replace(WAIVER, approver_office="x" * 201), "approver_office"),
        (replace(WAIVER, expires_on=date(2204, 1, 1)), "expires_on"),
        (replace(DECISION, decision="bayar saja"), "decision"),
        (replace(DECISION, result_shown="lulus"), "result_shown"),
        (replace(DECISION, payment=-1), "payment"),
        (replace(FINDING, owner=ALFA, state="beres"), "state"),
        (replace(FINDING, owner=ALFA, akibat=""), "akibat"),
        (replace(FOLLOW_UP, state="menolak"), "state"),
        (replace(FOLLOW_UP, state="berjanji"), "promised_on"),
        (replace(FOLLOW_UP, promised_on=DAY), "promised_on"),
        (replace(PROOF, cover_to=date(2024, 1, 4)), "cover_to"),
        (replace(PROOF, registered_on=date(2024, 9, 1)), "registered_on"),
        (replace(PROOF, paid_on=date(2024, 9, 1)), "paid_on"),
        (replace(PROOF, receipt_no=""), "receipt_no"),
    ],
)
def test_a_wrong_field_is_named(case, field):
    with pytest.raises(FieldRefused) as refused:
        cases.checked(case, DAY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "case",
    [
        replace(WAIVER, reason="x" * 2_000, approver_office="y" * 200),
        replace(PROOF, registered_on=DAY, paid_on=DAY),
        replace(PROOF, cover_to=PROOF.cover_from),
        replace(FOLLOW_UP, state="berjanji", promised_on=DAY),
    ],
)
def test_what_lies_on_a_boundary_stands(case):
    assert cases.checked(case, DAY) == case


# Scans


def scans(home: Home) -> list[str]:
    return sorted(path.name for path in home.evidence_dir.glob("*") if path.name != ".lock")


@pytest.mark.parametrize(("content", "extension"), [(PDF, "pdf"), (JPG, "jpg"), (PNG, "png")])
def test_a_scan_is_kept_encrypted_and_told_by_its_content(home, edition, content, extension):
    number = cw.record_proof(home, PAYER, edition, PROOF, scan=content, today=DAY).number
    [name] = scans(home)
    kept = (home.evidence_dir / name).read_bytes()
    assert content not in kept and content[:4] not in kept[:64]
    scan = cw.read_scan(home, PAYER, edition, number)
    assert (scan.content, scan.extension) == (content, extension)
    assert (home.evidence_dir / name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content", [b"", b"<html>%PDF-", b" %PDF-1.4", b"MZ\x90\x00", b"GIF89a", b"PK\x03\x04", b"%PDF", b"\xff\xd8"]
)
def test_what_is_no_pdf_jpg_or_png_is_refused(home, edition, content):
    with pytest.raises(FieldRefused, match="bukan PDF, JPG atau PNG"):
        cw.record_proof(home, PAYER, edition, PROOF, scan=content, today=DAY)
    assert scans(home) == [] and whole(home).history == ()


def test_ten_megabytes_stand_and_a_byte_more_does_not():
    most = PDF.ljust(10_000_000, b"x")
    assert evidence.scan_of(most).content == most
    with pytest.raises(FieldRefused, match="berukuran 11 MB, paling besar 10 MB"):
        evidence.scan_of(most + b"x")


def test_a_refused_proof_leaves_no_scan(home, edition):
    with pytest.raises(FieldRefused):
        cw.record_proof(home, PAYER, edition, replace(PROOF, kode_proyek="Z-9"), scan=PDF, today=DAY)
    assert scans(home) == []


def test_a_correction_keeps_the_scan_of_its_former_entry(home, edition):
    first = cw.record_proof(home, PAYER, edition, PROOF, scan=PDF, today=DAY).number
    former = whole(home).by_number[first].content
    better = replace(former, receipt_no="KW-8")
    second = cw.record_proof(home, PAYER, edition, better, replaces=first, today=DAY).number
    assert cw.read_scan(home, PAYER, edition, second).content == PDF
    assert len(scans(home)) == 1


def test_a_journal_that_cannot_be_written_leaves_no_scan(home, edition, monkeypatch):
    def full(*_args):
        raise JournalUnusable("cakram penuh")

    monkeypatch.setattr(journal, "append_after", full)
    with pytest.raises(JournalUnusable):
        cw.record_proof(home, PAYER, edition, PROOF, scan=PDF, today=DAY)
    assert scans(home) == [] and whole(home).history == ()


def test_a_scan_that_another_entry_names_outlives_a_failure(home, edition, monkeypatch):
    cw.record_proof(home, PAYER, edition, PROOF, scan=PDF, today=DAY)

    def full(*_args):
        raise JournalUnusable("cakram penuh")

    monkeypatch.setattr(journal, "append_after", full)
    with pytest.raises(JournalUnusable):
        cw.record_proof(home, PAYER, edition, replace(PROOF, kode_proyek="A-2"), scan=PDF, today=DAY)
    assert len(scans(home)) == 1


def test_a_full_disk_leaves_neither_scan_nor_entry(home, edition, monkeypatch):
    def fill_up(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keys.os, "fsync", fill_up)
    with pytest.raises(CakupanError, match=r"Pindaian tidak dapat disimpan \(cakram penuh\)"):
        cw.record_proof(home, PAYER, edition, PROOF, scan=PDF, today=DAY)
    monkeypatch.undo()
    assert scans(home) == [] and whole(home).history == ()


def test_the_scan_lies_on_the_disk_before_its_entry(home, edition, monkeypatch):
    written = journal.append_after

    def look(*args):
        assert len(scans(home)) == 1 and whole(home).history == ()
        return written(*args)

    monkeypatch.setattr(journal, "append_after", look)
    cw.record_proof(home, PAYER, edition, PROOF, scan=PDF, today=DAY)
    assert len(whole(home).history) == 1


def test_what_a_dying_process_left_is_swept_and_nothing_that_is_named(home, edition):
    cw.record_proof(home, PAYER, edition, PROOF, scan=PDF, today=DAY)
    named = scans(home)
    keys.store_evidence(home, PNG, "0" * 64)
    (home.evidence_dir / "1.part").write_bytes(b"setengah")
    cw.record_proof(home, PAYER, edition, replace(PROOF, kode_proyek="A-2"), scan=JPG, today=DAY)
    assert set(named) < set(scans(home)) and len(scans(home)) == 2
    assert "0" * 64 + ".aes" not in scans(home)


def test_a_process_that_dies_between_scan_and_entry_leaves_no_entry_and_its_scan_is_swept(home, edition):
    cw.record_proof(home, PAYER, edition, PROOF, scan=PDF, today=DAY)
    program = (
        "import os\n"
        "from data import casework, journal\n"
        "from data.access import LOCAL\n"
        "from data.editions import current_edition\n"
        "from data.home import Home\n"
        "from tests.casework_home import DAY, PNG, PROOF\n"
        "journal.append_after = lambda *_: os._exit(9)\n"
        "home = Home.from_environment()\n"
        "casework.record_proof(home, LOCAL, current_edition(home), PROOF, scan=PNG, today=DAY)\n"
    )
    environment = os.environ | {"CAKUPAN_HOME": str(home.root)}
    assert subprocess.run([sys.executable, "-c", program], env=environment, cwd=ROOT, check=False).returncode == 9
    assert len(scans(home)) == 2 and len(whole(home).history) == 1 and journal.verify(home).is_whole
    cw.record_proof(home, PAYER, edition, replace(PROOF, kode_proyek="A-2"), scan=JPG, today=DAY)
    assert len(scans(home)) == 2 and len(whole(home).history) == 2


def test_a_lost_journal_does_not_take_the_scans_along(home, edition):
    cw.record_proof(home, PAYER, edition, PROOF, scan=PDF, today=DAY)
    kept = scans(home)
    for path in home.root.glob("journal.sqlite*"):
        path.unlink()
    cw.record_proof(home, PAYER, edition, PROOF, scan=PNG, today=DAY)
    assert set(kept) < set(scans(home))


def test_a_damaged_scan_is_written_anew_when_it_comes_again(home, edition):
    number = cw.record_proof(home, PAYER, edition, PROOF, scan=PDF, today=DAY).number
    [name] = scans(home)
    (home.evidence_dir / name).write_bytes(b"rusak")
    with pytest.raises(CakupanError, match="tidak utuh"):
        cw.read_scan(home, PAYER, edition, number)
    cw.record_proof(home, PAYER, edition, replace(PROOF, kode_proyek="A-2"), scan=PDF, today=DAY)
    assert cw.read_scan(home, PAYER, edition, number).content == PDF


# Two at once


def at_once(*works) -> list[object]:
    """What each returned or raised; all begin together."""
    start, results = Barrier(len(works)), list[object](works)

    def run(n: int) -> None:
        start.wait()
        try:
            results[n] = works[n]()
        except CakupanError as refused:
            results[n] = refused

    threads = [Thread(target=run, args=(n,)) for n in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_decisions_at_once_one_is_refused_by_the_other(home, edition):
    both = [replace(DECISION, payment=0, decision=decision) for decision in ("disetujui", "ditunda")]
    found = at_once(*(lambda d=d: cw.record_decision(home, PAYER, edition, d) for d in both))
    [refused] = [one for one in found if isinstance(one, CakupanError)]
    assert "sudah diputuskan pada entri" in str(refused)
    assert len(whole(home).history) == 1


def test_of_two_corrections_at_once_one_is_refused_by_the_other(home, edition):
    first = cw.record_waiver(home, PAYER, edition, WAIVER).number
    both = [replace(WAIVER, reason=reason) for reason in ("Satu.", "Dua.")]
    found = at_once(*(lambda w=w: cw.record_waiver(home, PAYER, edition, w, replaces=first) for w in both))
    [refused] = [one for one in found if isinstance(one, CakupanError)]
    assert "sudah diganti oleh entri" in str(refused)


def test_eight_officers_at_once_all_have_their_entry(home, edition):
    notes = [replace(FOLLOW_UP, note=f"Panggilan {n}") for n in range(8)]
    found = at_once(*(lambda n=n: cw.record_follow_up(home, BRANCH, edition, n) for n in notes))
    assert not [one for one in found if isinstance(one, CakupanError)]
    assert {noted.content.note for noted in whole(home).history} == {note.note for note in notes}
    assert journal.verify(home).is_whole


def test_the_same_twice_is_refused_as_a_second_click(home, edition):
    for act in ("record_proof", "waive", "find", "follow_up"):
        number = RECORD[act](home, LOCAL, edition).number
        with pytest.raises(CakupanError, match=f"sudah tercatat pada entri {number}"):
            RECORD[act](home, LOCAL, edition)


# Reading


def test_what_is_added_is_read_and_the_rest_is_not_read_again(home, edition, monkeypatch):
    record_all(home, edition, "A-1")
    before = whole(home)
    assert whole(home) is before, "nothing is derived twice"
    asked = []
    read = journal.rows_after
    monkeypatch.setattr(
        journal, "rows_after", lambda home, number, kinds: asked.append(number) or read(home, number, kinds)
    )
    entry = cw.record_follow_up(home, BRANCH, edition, replace(FOLLOW_UP, note="Lagi."))
    after = whole(home)
    assert asked == [entry.number - 1]
    assert after.history[:-1] == before.history and after.history[-1].number == entry.number


def test_what_has_grown_is_what_would_be_read_anew(home, edition):
    readers = (LOCAL, reader("opd", owners=(ALFA,)), reader("payer", areas=("16.02",)), reader("viewer", areas=()))
    for code in ("A-1", "B-1", "C-1", "C-2"):
        record_all(home, edition, code)
        grown = [seen(home, who).history for who in readers]
        cw._known.clear()
        cw._views.clear()
        assert grown == [seen(home, who).history for who in readers]


def test_looking_while_others_write_ends_with_everything(home, edition):
    """Whoever read less than another before must neither fail nor take back what the other knows."""
    notes = [replace(FOLLOW_UP, note=f"Panggilan {n}") for n in range(6)]
    looks = [lambda: [len(whole(home).history) for _ in range(30)] for _ in range(3)]
    found = at_once(*(lambda n=n: cw.record_follow_up(home, BRANCH, edition, n) for n in notes), *looks)
    assert not [one for one in found if isinstance(one, CakupanError)]
    assert all(one == sorted(one) for one in found if isinstance(one, list))
    assert len(whole(home).history) == 6


def test_an_entry_of_another_kind_changes_nothing(home, edition):
    record_all(home, edition, "A-1")
    before = whole(home)
    journal.append(home, "sign_out", {"address": "127.0.0.1", "mode": "password"}, LOCAL)
    assert whole(home) is before


def test_what_was_known_up_to_an_entry_stays_what_it_was(home, edition):
    first = cw.record_waiver(home, PAYER, edition, WAIVER)
    before = cw.casework(home, edition, until=first.number)
    later = cw.record_waiver(home, PAYER, edition, replace(WAIVER, reason="Lain lagi."), replaces=first.number)
    assert cw.casework(home, edition, until=first.number).history == before.history
    assert before.is_live(before.by_number[first.number])
    assert cw.casework(home, edition, until=first.number - 1).history == before.history[:-1]
    assert cw.casework(home, edition, until=later.number).history == cw.casework(home, edition).history


def test_a_journal_that_came_back_from_a_backup_is_read_anew(home, edition, tmp_path):
    cw.record_waiver(home, PAYER, edition, WAIVER)
    with closing(sqlite3.connect(home.journal_path)) as file, closing(sqlite3.connect(tmp_path / "lama")) as copy:
        file.backup(copy)
    cw.record_waiver(home, PAYER, edition, replace(WAIVER, kode_proyek="A-2"))
    assert len(whole(home).history) == 2
    for path in home.root.glob("journal.sqlite*"):
        path.unlink()
    shutil.copy2(tmp_path / "lama", home.journal_path)
    cw.record_follow_up(home, BRANCH, edition, FOLLOW_UP)
    assert [noted.kind for noted in whole(home).history] == ["exception", "follow_up"]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"edition": 1, "demo": False},
        {"edition": "satu", "demo": False, "kode_proyek": "A-1"},
        {"edition": 1, "demo": False, "kode_proyek": ["A-1"], "reason": 1, "approver_office": None, "expires_on": 2},
        {"edition": 1, "demo": False, "kode_proyek": "A-1", "reason": "", "approver_office": "", "expires_on": "kapan"},
    ],
)
def test_an_entry_that_cannot_be_understood_is_counted_and_hides_nothing(home, edition, facts):
    cw.record_waiver(home, PAYER, edition, WAIVER)
    journal.append(home, "exception", facts, LOCAL)
    work = whole(home)
    assert [noted.content for noted in work.history] == [WAIVER] and work.unreadable == 1


def test_an_entry_nested_deeper_than_can_be_read_is_counted_and_hides_nothing(home, edition):
    cw.record_waiver(home, PAYER, edition, WAIVER)
    journal.append(home, "exception", {}, LOCAL)
    with closing(sqlite3.connect(home.journal_path, isolation_level=None)) as file:
        for (name,) in file.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
            file.execute(f"drop trigger {name}")
        last = "update entry set facts = ? where number = (select max(number) from entry)"
        file.execute(last, ['{"x":' * 100_000])
    work = whole(home)
    assert [noted.content for noted in work.history] == [WAIVER] and work.unreadable == 1


def test_entries_that_name_later_ones_end_nothing(home):
    """Nobody writes such entries through this program; a ring of them in a tampered journal must not hang a page."""
    number = journal.head(home)[0]
    common = {"edition": 1, "demo": False, "withdrawal": "x"}
    for later in (2, 1, 3):
        journal.append(home, "finding", common | {"replaces": number + later}, LOCAL)
    answer = {"edition": 1, "demo": False, "finding": number + 4, "tindak_lanjut": "x", "state": "sesuai"}
    journal.append(home, "finding_followup", answer, LOCAL)
    work = whole(home)
    assert work.findings == () and work.unreadable == 3, "the second names the first, and that is no finding"


def test_a_project_that_left_the_edition_hides_its_casework(home, edition):
    facts = json.loads(journal.canonical(cw.record_waiver(home, PAYER, edition, WAIVER).facts))
    journal.append(home, "exception", facts | {"kode_proyek": "X-0"}, LOCAL)
    assert [noted.content.kode_proyek for noted in whole(home).history] == ["A-1"]
