"""From a new proof to a new result: recorded on the dossier by a payer, seen at once by everybody who may."""

import shutil
from datetime import date

import pytest
import streamlit as st

from data import casework as cw
from data import journal
from data.home import Home
from tests.casework_home import PDF
from tests.pages.conftest import html_of, text_of

PROJECT = "P-BELUM"
BY_PROOF = "Memenuhi syarat menurut bukti yang dicatat petugas"
FIELDS = {
    "certificate_no": "S-2025/1",
    "receipt_no": "KW-1",
    "registered_on": date(2025, 6, 20),
    "paid_on": date(2025, 6, 23),
    "cover_from": date(2025, 6, 23),
    "cover_to": date(2025, 12, 31),
}


@pytest.fixture
def home(signed_in_home, tmp_path) -> Home:
    shutil.copytree(signed_in_home.root, tmp_path / "home")
    return Home(tmp_path / "home")


def send_proof(app):
    app.button_group(key=f"casework-{PROJECT}").set_value("record_proof").run()
    for widget in (*app.text_input, *app.date_input):
        for name, value in FIELDS.items():
            if str(widget.key).endswith(f"-{name}"):
                widget.set_value(value)
    [button] = [button for button in app.button if str(button.key).startswith("FormSubmitter:case-proof")]
    button.click().run()
    assert not app.exception, app.exception
    return app


@pytest.fixture
def recorded(look_as, home, monkeypatch):
    """The payer's page once the proof has been recorded, with a scan: AppTest has no way to choose a file."""
    scan = type("Uploaded", (), {"getvalue": lambda _self: PDF})()
    monkeypatch.setattr(st, "file_uploader", lambda *_args, **_options: scan)
    app = look_as(home, "pembayar", "proyek", proyek=PROJECT)
    assert "Belum memenuhi" in text_of(app) and BY_PROOF not in text_of(app)
    return send_proof(app)


def test_a_new_proof_is_a_new_result_without_a_publish(recorded, home):
    text = text_of(recorded)
    assert "✓ Tercatat sebagai entri" in text
    assert BY_PROOF in text
    assert "Nomor sertifikat: S-2025/1" in text and "Pemegang" not in text
    [entry] = journal.entries(home, kind="proof")
    assert (entry.who, entry.role, entry.is_authenticated) == ("pembayar", "payer", True)
    assert journal.count(home, kind="publish") == 1


def test_the_second_click_of_two_is_no_failure(recorded, home):
    text = text_of(send_proof(recorded))
    assert "✓ Isi yang sama sudah tercatat pada entri" in text and "▲ Isi yang sama" not in text
    assert journal.count(home, kind="proof") == 1


@pytest.mark.parametrize(
    ("role", "opens_scan", "may_record"),
    [("opd", False, True), ("inspektorat", True, True), ("petugas", False, False), ("pembaca", False, False)],
)
def test_others_see_it_with_what_their_role_may(recorded, look_as, home, role, opens_scan, may_record):
    assert recorded is not None
    app = look_as(home, role, "proyek", proyek=PROJECT)
    text = text_of(app)
    assert "Nomor sertifikat: S-2025/1" in text and BY_PROOF in text
    labels = [button.proto.label for button in app.get("download_button")]
    assert any(label.startswith("Pindaian entri") for label in labels) == opens_scan
    assert [group.key for group in app.button_group if group.key == f"casework-{PROJECT}"] == (
        [f"casework-{PROJECT}"] * may_record
    )


def test_a_withdrawn_proof_gives_the_former_result_back(recorded, look_as, home):
    assert recorded is not None
    app = look_as(home, "pembayar", "proyek", proyek=PROJECT)
    app.button_group(key=f"casework-{PROJECT}").set_value("withdraw").run()
    [entry] = [widget for widget in app.selectbox if widget.label == "Entri yang ditarik"]
    entry.select_index(0)
    [reason] = [area for area in app.text_area if str(area.key).endswith("-reason")]
    reason.set_value("Bukti proyek lain.")
    [button] = [button for button in app.button if str(button.key).startswith("FormSubmitter:case-withdrawal")]
    button.click().run()
    text = text_of(app)
    assert BY_PROOF not in text and "Belum memenuhi" in text and "Entri ditarik. Alasan: Bukti proyek lain." in text
    assert "S-2025/1" in text, "the history keeps it"


def test_no_form_says_anything_of_a_project_that_is_not_seen(look_as, home):
    for code in ("P-LAHAT", "P-TIADA"):
        app = look_as(home, "pembayar", "proyek", proyek=code)
        assert not [group for group in app.button_group if str(group.key).startswith("casework-")]
        assert "Riwayat catatan petugas" not in html_of(app)


def test_the_journal_page_tells_it_in_words(recorded, look_as, home):
    assert recorded is not None and cw.KINDS[0] == "proof"
    text = text_of(look_as(home, "pengelola", "pengelolaan"))
    assert (
        "pembayar Pembayar Bukti pendaftaran Proyek P-BELUM: sertifikat S-2025/1, bukti bayar KW-1; terdaftar 20 Juni "
        "2025, dibayar 23 Juni 2025, perlindungan 23 Juni 2025 sampai 31 Desember 2025. Pindaian"
    ) in text
