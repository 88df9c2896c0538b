"""The forms of casework: what is sent is recorded, what is wrong stands beside its field, rights are asked again."""

import re
import shutil
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data import casework as cw
from data import journal
from data.access import LOCAL
from data.editions import current_edition
from data.home import Home
from tests.casework_home import ALFA, DECISION, FINDING, FOLLOW_UP, JPG, PDF, PROOF, WAIVER, published_home, reader
from ui import reader as readers
from ui import tables

NIK_TOLD = (
    "▲ Nomor bukti bayar memuat deretan 16 angka (1671…) yang dapat berupa NIK; hapus, sebab data perorangan tidak "
    "dicatat di sini."
)
PAGE = Path(__file__).with_name("casework_page.py")


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Home:
    return published_home(tmp_path_factory.mktemp("kasus"))


@pytest.fixture
def home(published, tmp_path, monkeypatch) -> Home:
    shutil.copytree(published.root, tmp_path / "home")
    monkeypatch.setenv("CAKUPAN_HOME", str(tmp_path / "home"))
    return Home(tmp_path / "home")


@pytest.fixture
def look(home, monkeypatch):
    """The page as a reader sees it; without one as whoever sits at this machine."""

    def open_page(who=None, language="id"):
        assert current_edition(home) is not None
        if who is not None:
            monkeypatch.setattr(readers, "current", lambda: who)
        app = AppTest.from_file(str(PAGE), default_timeout=60)
        app.query_params["lang"] = language
        return ran(app.run())

    return open_page


@pytest.fixture
def uploaded(monkeypatch):
    """AppTest has no way to choose a file."""

    def choose(content: bytes) -> None:
        file = SimpleNamespace(getvalue=lambda: content, name="../../kunci/1671016507900001.pdf")
        monkeypatch.setattr(st, "file_uploader", lambda *_args, **_options: file)

    return choose


def ran(app):
    assert not app.exception, app.exception
    return app


def text_of(app) -> str:
    parts = "\n".join(part.proto.body for part in app.get("html"))
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", parts)).split())


def choose(app, act):
    return ran(app.button_group[0].set_value(act).run())


def box(app, name):
    """The one widget of this field."""
    widgets = (*app.text_input, *app.text_area, *app.date_input, *app.selectbox)
    [found] = [widget for widget in widgets if str(widget.key).endswith(f"-{name}")]
    return found


def fill(app, **values):
    for name, value in values.items():
        box(app, name).set_value(value)


def send(app):
    [button] = [button for button in app.button if str(button.key).startswith("FormSubmitter")]
    return ran(button.click().run())


def edition_of(home):
    edition = current_edition(home)
    assert edition is not None
    return edition


def work_of(home) -> cw.Casework:
    return cw.casework(home, edition_of(home))


PROOF_FIELDS = {
    "certificate_no": "S-24/001",
    "receipt_no": "KW-7",
    "registered_on": PROOF.registered_on,
    "paid_on": PROOF.paid_on,
    "cover_from": PROOF.cover_from,
    "cover_to": PROOF.cover_to,
}


def test_a_proof_with_its_scan_is_recorded_and_stands_in_the_history(look, home, uploaded):
    uploaded(JPG)
    app = choose(look(), "record_proof")
    fill(app, **PROOF_FIELDS)
    app = send(app)
    assert "✓ Tercatat sebagai entri" in text_of(app)
    [noted] = work_of(home).proofs["A-1"]
    assert noted.content.certificate_no == "S-24/001" and noted.content.scan_kind == "jpg"
    assert cw.read_scan(home, LOCAL, edition_of(home), noted.number).content == JPG
    [kept] = home.evidence_dir.glob("*.aes")
    assert kept.stem == noted.content.scan_sha256, "the name of the file is used for nothing"
    assert "1671016507900001" not in journal.canonical([entry.facts for entry in journal.entries(home)])
    assert "Nomor sertifikat: S-24/001" in text_of(app) and "berlaku" in text_of(app)
    assert box(app, "certificate_no").value == "", "the next one begins empty"


def test_what_is_wrong_stands_beside_every_field_and_nothing_is_recorded(look, home, uploaded):
    uploaded(b"MZ")
    before = journal.head(home)
    app = choose(look(), "record_proof")
    fill(app, **PROOF_FIELDS | {"receipt_no": "1671016507900001", "paid_on": None, "cover_to": date(2023, 1, 1)})
    app = send(app)
    body = "\n".join(part.proto.body for part in app.get("html"))
    told = [unescape(text) for text in re.findall(r'class="ck-wrong" role="alert">([^<]*)<', body)]
    assert told == [
        NIK_TOLD,
        "▲ Tanggal bayar belum diisi; isi dahulu.",
        "▲ Akhir perlindungan 2023-01-01 mendahului awalnya, 2024-01-05; perbaiki.",
    ]
    assert box(app, "certificate_no").value == "S-24/001", "what was right stays"
    fill(app, **PROOF_FIELDS)
    assert "Pindaian bukti bukan PDF, JPG atau PNG menurut isinya" in text_of(send(app))
    assert journal.head(home) == before


def test_refusals_are_told_in_english_too(look):
    app = send(choose(look(language="en"), "waive"))
    text = text_of(app)
    assert "Reason is empty; fill it in first." in text and "Valid until is empty; fill it in first." in text


def test_a_decision_keeps_the_result_that_was_shown(look, home):
    app = choose(look(), "decide")
    fill(app, payment=1, decision="ditunda", office="PA Dinas Alfa", reason="Bukti belum ada.")
    send(app)
    decision = work_of(home).decisions["A-1", 1].content
    assert (decision.decision, decision.result_shown) == ("ditunda", "belum_memenuhi")
    assert decision.edition == edition_of(home).number


def test_an_exception_that_has_passed_already_is_refused(look, home):
    app = choose(look(), "waive")
    fill(app, reason="Banjir.", approver_office="Sekda", expires_on=date(2024, 8, 30))
    assert "Berlaku sampai 2024-08-30 sudah lewat pada posisi data 2024-08-31" in text_of(send(app))
    fill(app, expires_on=date(2024, 8, 31))
    send(app)
    assert work_of(home).waivers["A-1"][0].content.expires_on == date(2024, 8, 31)


def test_a_follow_up_names_the_account_until_somebody_writes_another(look, home):
    app = choose(look(), "follow_up")
    fill(app, state="berjanji", promised_on=date(2024, 9, 7))
    send(app)
    noted = work_of(home).follow_ups["A-1"].content
    assert (noted.state, noted.officer, noted.promised_on) == ("berjanji", "lokal", date(2024, 9, 7))


def test_a_finding_its_answer_and_its_withdrawal(look, home):
    app = choose(look(), "find")
    parts = {name: f"Isi {name}." for name in ("kondisi", "kriteria", "sebab", "akibat", "rekomendasi")}
    fill(app, **parts, due=date(2024, 8, 1))
    app = choose(send(app), "answer_finding")
    fill(app, finding=work_of(home).findings[0].number, tindak_lanjut="Disurati.", state="belum_sesuai")
    app = send(app)
    [finding] = work_of(home).findings
    assert (finding.noted.content.owner, finding.state) == (ALFA, "belum_sesuai")
    assert "▲ Belum sesuai rekomendasi – lewat tenggat" in text_of(app)
    assert f"{finding.follow_ups[0].day:%d}" in text_of(app) and "Disurati." in text_of(app)
    app = choose(app, "withdraw")
    [entry] = [widget for widget in app.selectbox if widget.label == "Entri yang ditarik"]
    entry.set_value(finding.number)
    fill(app, reason="Proyek keliru.")
    app = send(app)
    assert work_of(home).findings == ()
    assert "ditarik oleh entri" in text_of(app) and "Entri ditarik. Alasan: Proyek keliru." in text_of(app)


def test_an_answer_goes_to_no_other_finding_where_the_chosen_one_was_withdrawn_meanwhile(look, home):
    edition = edition_of(home)
    kept, gone = (cw.record_finding(home, LOCAL, edition, replace(FINDING, kondisi=told)).number for told in "AB")
    app = choose(look(), "answer_finding")
    fill(app, finding=gone, tindak_lanjut="Disurati.")
    cw.record_withdrawal(home, LOCAL, edition, gone, "Keliru.")
    app = send(app)
    assert "Nomor temuan belum diisi; isi dahulu." in text_of(app)
    assert box(app, "tindak_lanjut").value == "Disurati.", "what was written stays"
    assert [(finding.number, finding.follow_ups) for finding in work_of(home).findings] == [(kept, ())]


def test_no_other_entry_is_withdrawn_where_the_chosen_one_was_corrected_meanwhile(look, home):
    edition = edition_of(home)
    cw.record_follow_up(home, LOCAL, edition, FOLLOW_UP)
    waiver = cw.record_waiver(home, LOCAL, edition, WAIVER).number
    app = choose(look(), "withdraw")
    [entry] = [widget for widget in app.selectbox if widget.label == "Entri yang ditarik"]
    entry.set_value(waiver)
    fill(app, reason="Keliru.")
    cw.record_waiver(home, LOCAL, edition, replace(WAIVER, reason="Longsor."), replaces=waiver)
    assert "Entri yang ditarik belum dipilih, atau sudah berubah" in text_of(send(app))
    work = work_of(home)
    assert list(work.follow_ups) == ["A-1"] and work.waivers["A-1"][0].content.reason == "Longsor."


def test_a_correction_begins_with_what_the_former_entry_says(look, home):
    first = cw.record_waiver(home, LOCAL, edition_of(home), WAIVER).number
    app = choose(look(), "waive")
    [former] = [widget for widget in app.selectbox if widget.label == "Catat sebagai"]
    app = ran(former.set_value(first).run())
    assert box(app, "reason").value == WAIVER.reason and box(app, "expires_on").value == WAIVER.expires_on
    fill(app, approver_office="Wali Kota")
    app = send(app)
    work = work_of(home)
    assert work.replaced_by[first] == work.waivers["A-1"][0].number
    assert work.waivers["A-1"][0].content.approver_office == "Wali Kota"
    assert f"diganti oleh entri {work.replaced_by[first]}" in text_of(app)


def test_a_corrected_proof_keeps_its_scan(look, home):
    first = cw.record_proof(home, LOCAL, edition_of(home), PROOF, scan=PDF).number
    app = choose(look(), "record_proof")
    [former] = [widget for widget in app.selectbox if widget.label == "Catat sebagai"]
    app = ran(former.set_value(first).run())
    fill(app, receipt_no="KW-8")
    send(app)
    [noted] = work_of(home).proofs["A-1"]
    assert noted.content.receipt_no == "KW-8"
    assert cw.read_scan(home, LOCAL, edition_of(home), noted.number).content == PDF


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("viewer", []),
        ("steward", []),
        ("branch", ["record_proof", "follow_up"]),
        ("opd", ["follow_up", "answer_finding"]),
        ("payer", ["record_proof", "decide", "waive"]),
        ("inspector", ["find", "answer_finding"]),
    ],
)
def test_a_role_is_shown_its_own_forms(look, role, expected):
    app = look(reader(role))
    labels = {
        "record_proof": "Bukti pendaftaran",
        "decide": "Keputusan pembayaran",
        "waive": "Pengecualian",
        "follow_up": "Tindak lanjut pendaftaran",
        "find": "Temuan",
        "answer_finding": "Tanggapan temuan",
    }
    shown = list(app.button_group[0].options) if app.button_group else []
    assert shown == [labels[act] for act in expected]


def test_the_owner_is_offered_no_state_that_settles(look, home):
    cw.record_finding(home, LOCAL, edition_of(home), FINDING)
    app = choose(look(reader("opd", owners=(ALFA,))), "answer_finding")
    assert box(app, "state").options == ["Belum ditindaklanjuti", "Belum sesuai rekomendasi"]


def test_rights_that_were_taken_away_meanwhile_are_missing_when_the_form_is_sent(look, home, monkeypatch):
    """Between the beginning of the run and the record the account may have lost its role: it is asked once more."""
    app = choose(look(reader("payer")), "waive")
    fill(app, reason="Banjir.", approver_office="Sekda", expires_on=date(2024, 12, 31))
    asked = iter([reader("payer"), reader("viewer")])
    monkeypatch.setattr(readers, "current", lambda: next(asked))
    text = text_of(send(app))
    assert "Peran Pembaca tidak boleh mencatat pengecualian; yang boleh: Pembayar, Pengelola." in text
    assert work_of(home).history == ()


def test_a_scope_that_was_taken_away_meanwhile_is_missing_when_the_form_is_sent(look, home, monkeypatch):
    app = choose(look(reader("payer")), "waive")
    fill(app, reason="Banjir.", approver_office="Sekda", expires_on=date(2024, 12, 31))
    asked = iter([reader("payer"), reader("payer", owners=("Dinas Beta Karya",))])
    monkeypatch.setattr(readers, "current", lambda: next(asked))
    assert "Proyek 'A-1' tidak ditemukan dalam lingkup akun ini; periksa kodenya." in text_of(send(app))
    assert work_of(home).history == ()


def test_another_owner_sees_nothing_of_it(look, home):
    edition = edition_of(home)
    cw.record_finding(home, LOCAL, edition, FINDING)
    cw.record_proof(home, LOCAL, edition, PROOF, scan=PDF)
    cw.record_follow_up(home, LOCAL, edition, FOLLOW_UP)
    cw.record_decision(home, LOCAL, edition, cw.Decision(**{**vars(DECISION), "payment": 0}))
    text = text_of(look(reader("opd", owners=("Dinas Beta Karya",))))
    for mark in ("S-24/001", "Belum terdaftar.", "Cabang Palembang", "PA Dinas Alfa", ALFA):
        assert mark not in text


def test_hostile_text_is_shown_as_text_and_defused_in_files(look, home, monkeypatch):
    edition = edition_of(home)
    hostile = '=cmd|1 <img src=x onerror="alert(1)"> \u202egpj'
    finding = {**vars(FINDING), **dict.fromkeys(("kondisi", "sebab", "rekomendasi"), hostile)}
    cw.record_finding(home, LOCAL, edition, cw.Finding(**finding))
    files = {}
    offered = tables.downloads.offer

    def offer(text, read, name, *arguments, **options):
        files[name] = read
        return offered(text, read, name, *arguments, **options)

    monkeypatch.setattr(tables.downloads, "offer", offer)
    app = look()
    body = "\n".join(part.proto.body for part in app.get("html"))
    assert "<img" not in body and "&lt;img src=x" in body and "\u202e" not in body
    csv = files["cakupan-monev.csv"]().decode("utf-8-sig")
    assert '"\'=cmd|1 <img src=x onerror=""alert(1)""> gpj"' in csv
    header, row = csv.splitlines()[:2]
    assert header.startswith(
        '"No. temuan";"Kode proyek";"Pemilik proyek";"Kondisi";"Kriteria";"Sebab";"Akibat";"Rekomendasi";'
        '"Tindak lanjut";"Tenggat";"Status"'
    )
    assert '"2024-08-31"' in row
    assert files["cakupan-monev.xlsx"]().startswith(b"PK")
