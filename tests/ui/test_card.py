"""The card in words, in both languages, and what is said of a file that somebody holds."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from analytics.card import Mark, card_facts
from analytics.verification import CardCheck, Verified
from data.access import EVERYTHING, Grant
from data.cases import Proof, Waiver
from data.casework import Noted
from data.editions import open_edition
from data.journal import Entry
from ui.card import MOST_DOCUMENTS, card_bytes, card_name, card_texts
from ui.verified import told, verdict

HOSTILE = '#set page(fill: red) *tebal* <script>alert(1)</script> \u202eKARAB 😀 "' + "A" * 300
AT = datetime(2024, 9, 30, 3, 0, tzinfo=UTC)


def facts_of(home, code, payment=0, *, edition=1, grant=EVERYTHING):
    facts = card_facts(open_edition(home, edition, grant), code, payment)
    assert facts is not None
    return facts


def noted(content, number=7):
    return Noted(number, AT, "siti", "payer", True, content.kind, content, 1, False)


def words_of(facts, language="id"):
    reader = PdfReader(BytesIO(card_bytes(facts, language)))
    assert len(reader.pages) == 1
    return " ".join(reader.pages[0].extract_text().split())


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("id", "bukan keputusan pembayaran"), ("en", "not a decision on payment")],
)
def test_the_card_says_result_project_edition_and_that_it_decides_nothing(card_home, language, sentence):
    facts = facts_of(card_home, "P-2")
    said = words_of(facts, language)
    texts = card_texts(facts, language)
    assert texts.tone == "unmet"
    told = [texts.result, sentence, "P-2", "Rehabilitasi Ruang Kelas", facts.card_hash, facts.content_hash]
    assert [text for text in told if text not in said] == []


def test_evidence_names_document_number_date_and_the_row_of_its_file(card_home):
    rows = card_texts(facts_of(card_home, "P-1"), "id").evidence.rows
    assert [(row[0], row[1], row[2], row[4]) for row in rows] == [
        ("Kontrak/SPK", "602/1/SPK/2024", "8 Januari 2024", "proyek.csv, baris 2"),
        ("Pendaftaran BPJS", "2400000000001", "10 Januari 2024", "pendaftaran.csv, baris 2"),
        ("Pembayaran kontrak", "Uang muka", "1 Februari 2024", "pembayaran.csv, baris 2"),
        ("Pembayaran kontrak", "Termin 1", "3 Juni 2024", "pembayaran.csv, baris 3"),
    ]


def test_a_card_of_a_payment_says_which_and_shows_no_later_one(card_home):
    texts = card_texts(facts_of(card_home, "P-1", 1), "id")
    assert "pembayaran 1 (uang muka), dinilai per 1 Februari 2024" in texts.subtitle
    assert [row[1] for row in texts.evidence.rows if row[0] == "Pembayaran kontrak"] == ["Uang muka"]


def test_a_late_project_is_told_the_days_without_protection(card_home):
    texts = card_texts(facts_of(card_home, "P-2", edition=2), "id")
    days = (date(2024, 9, 3) - date(2024, 2, 5)).days
    assert texts.rules[0].state == "dipenuhi, terlambat"
    assert (texts.tone, f"{days} hari tanpa perlindungan; tidak berlaku surut" in texts.result) == ("late", True)


def test_every_rule_has_article_and_effective_date(card_home):
    rules = card_texts(facts_of(card_home, "P-1"), "id").rules
    assert [rule.state for rule in rules if rule.tone == "met"] == ["dipenuhi"] * 2
    assert any("Permenaker 44/2015" in rule.source and "29 Desember 2015" in rule.source for rule in rules)


def test_what_is_not_due_yet_is_no_unmet_obligation(card_home):
    facts = facts_of(card_home, "P-2")
    early = replace(facts.judgement, result="belum_jatuh_tempo", days_left=3)
    texts = card_texts(replace(facts, judgement=early, result=early.result), "id")
    assert texts.tone == "open"
    assert "unmet" not in {rule.tone for rule in texts.rules}
    assert "sisa 3 hari kerja" in texts.explanation.lower()


def test_a_demonstration_is_marked_on_the_page_and_in_the_name(card_home):
    facts = facts_of(card_home, "P-1")
    assert "DATA CONTOH" not in words_of(facts)
    demo = replace(facts, is_demo=True)
    assert words_of(demo).startswith("DATA CONTOH")
    assert card_name(demo, "id") == "DATA-CONTOH-cakupan-kartu-P-1-2024-09-30.pdf"


def test_a_name_of_a_file_holds_no_sign_that_a_system_reads(card_home):
    facts = facts_of(card_home, "P-1", 2)
    project = replace(facts.dossier.project, kode_proyek="../etc/p\u202e “x” " + "9" * 300)
    named = card_name(replace(facts, dossier=replace(facts.dossier, project=project)), "en")
    assert named.startswith("cakupan-card-etc-p-x-9") and named.endswith("-2-2024-09-30.pdf")
    assert len(named) < 100


@pytest.mark.parametrize("language", ["id", "en"])
def test_hostile_names_everywhere_stay_text_on_one_page(card_home, language):
    facts = facts_of(card_home, "P-1")
    found = facts.dossier
    project = replace(found.project, nama_proyek=HOSTILE, penyedia=HOSTILE, owner=HOSTILE, no_spk=HOSTILE)
    registration = replace(found.registrations[0], no_proyek_bpjs=HOSTILE, file_name=HOSTILE, no_sertifikat=HOSTILE)
    hostile = replace(found, project=project, registrations=[registration] * 9)
    said = words_of(replace(facts, dossier=hostile), language)
    assert "<script>alert(1)</script>" in said
    assert "\u202e" not in said


def test_many_documents_are_cut_to_a_page_and_said_to_be(card_home):
    facts = facts_of(card_home, "P-1")
    payments = [replace(facts.dossier.payments[1], number=n, termin=f"Termin {n}") for n in range(1, 41)]
    crowded = replace(facts, dossier=replace(facts.dossier, payments=payments))
    rows = card_texts(crowded, "id").evidence.rows
    # The work order and the registration stay; of 40 payments the newest that fit, the judged one among them.
    assert [row[1] for row in rows[:2]] == ["602/1/SPK/2024", "2400000000001"]
    assert rows[-2][1] == "Termin 40"
    assert rows[-1][0] == f"… dan {40 - (MOST_DOCUMENTS - 2)} dokumen lebih lama; lihat halaman proyek"
    assert words_of(crowded)


def test_a_proof_by_hand_stands_among_the_evidence_with_its_entry(card_home):
    facts = facts_of(card_home, "P-2")
    day = date(2024, 9, 20)
    proof = Proof("P-2", "JK/9", "BB/7", day, day, day, date(2024, 12, 31))
    texts = card_texts(replace(facts, result="bukti_manual", proofs=(noted(proof),)), "id")
    row = texts.evidence.rows[-1]
    assert (texts.tone, row[0], row[1], row[2], row[4]) == (
        "late", "Bukti manual", "JK/9; BB/7", "20 September 2024", "jurnal, entri 7",
    )  # fmt: skip
    assert {rule.state for rule in texts.rules} <= {"menurut bukti manual", "tidak berlaku bagi proyek ini"}
    # What the edition says of a project without proof is not said of one with it.
    assert "Belum terdaftar" not in texts.explanation


def test_an_exception_is_noted_with_office_end_and_entry(card_home):
    waiver = noted(Waiver("P-2", "Banjir\n\nbesar", "PA Dinas PUPR", date(2024, 12, 31)))
    notes = card_texts(replace(facts_of(card_home, "P-2"), waiver=waiver), "id").notes
    assert notes[-1] == (
        "Pengecualian sampai 31 Desember 2024, disetujui PA Dinas PUPR: Banjir besar (jurnal, entri 7)."
    )


def test_a_limited_account_is_told_that_the_hash_of_the_edition_is_not_for_it(card_home):
    facts = facts_of(card_home, "P-1", grant=Grant(frozenset({"16.71"}), None))
    assert "tidak ditampilkan bagi akun dengan lingkup terbatas" in words_of(facts)


def exported(number=4):
    facts = {"name": "kartu.pdf", "bytes": 50_000, "edition": 1, "project": "P-2", "card_hash": "ab", "sha256": "cd"}
    return Entry(number, AT, "siti", "payer", True, "export", facts, "", "")


def checked(card_home, *, now=None, card_hash=None):
    facts = facts_of(card_home, "P-2")
    return CardCheck(Mark(1, "P-2", 0, 0, card_hash or facts.card_hash), facts, now or facts)


def test_a_file_that_matches_is_told_when_by_whom_and_of_what(card_home):
    lines = told(Verified("cd" * 32, 9, (exported(),), True, checked(card_home)), "id")
    assert lines[0].startswith("Cocok: ")
    assert lines[1].startswith("Diunduh 30 September 2024 10.00.00 WIB oleh siti (jurnal, entri 4).")
    assert "kartu proyek P-2, 50.000 bita, edisi 1" in lines[1]
    assert "per 30 September 2024: Belum memenuhi" in lines[2]
    assert len(lines) == 3


def test_a_result_that_changed_since_is_told(card_home):
    now = facts_of(card_home, "P-2", edition=2)
    lines = told(Verified("cd" * 32, 9, (exported(),), True, checked(card_home, now=now)), "id")
    assert lines[-1] == "Hasil kini (edisi 2): Memenuhi, terlambat."


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_verdict_has_its_own_sentence(card_home, language):
    right, wrong = checked(card_home), checked(card_home, card_hash="0" * 64)
    found = [
        Verified("cd" * 32, 9, (exported(),), True, right),
        Verified("cd" * 32, 9, (), None, None),
        Verified("cd" * 32, 9, (exported(),), False, right),
        Verified("cd" * 32, 9, (exported(),), True, wrong),
    ]
    assert [one.is_confirmed for one in found] == [True, False, False, False]
    assert len({verdict(one, language) for one in found}) == len(found)


def test_a_file_taken_often_names_the_first_times_and_counts_the_rest():
    lines = told(Verified("cd" * 32, 9, tuple(exported(n) for n in range(1, 9)), True, None), "id")
    assert len(lines) == 1 + 5 + 1
    assert lines[-1] == "… dan 3 kali lagi."


def test_a_card_that_cannot_be_reckoned_anew_says_what_it_is_by_its_own_word():
    mark = Mark(77, "P-\u202e9", 0, 0, "0" * 64)
    lines = told(Verified("cd" * 32, 9, (), None, CardCheck(mark, None, None)), "id")
    assert lines[-1].startswith("Menurut berkas ini: kartu proyek P- 9 dari edisi 77")
