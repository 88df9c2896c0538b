"""The card is one page of A4 whatever it must hold, and says all of it."""

import json
from dataclasses import asdict, replace
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np
import pytest
import typst
from PIL import Image
from pypdf import PdfReader

from reports.card import TONES, CardTexts, Rule, Table, card_pdf
from reports.typesetting import FONTS, TEMPLATES, printable

DAY = date(2025, 6, 30)
A4_POINTS = (595, 842)
MARGIN_POINTS = 50
DOCUMENT = ("Pendaftaran BPJS", "1234567890123", "12 Maret 2025", "24 pekerja", "pendaftaran.xlsx, baris 7")
CARD = CardTexts(
    language="id",
    title="Kartu hasil pemeriksaan",
    subtitle="pembayaran 2 (termin), dinilai per 14 Mei 2025",
    warning=None,
    project=[
        ("Proyek", "Peningkatan Jalan Betung"), ("Kode proyek", "PUPR-2025-0117"), ("Pemilik", "Dinas PUPR"),
        ("Penyedia", "PT Contoh"), ("SPK", "602/117/SPK/DPUPR/2025"),
    ],
    tone="late",
    result="Memenuhi, terlambat (12 hari tanpa perlindungan; tidak berlaku surut).",
    explanation="Terdaftar 19 hari sesudah batas.",
    disclaimer="Hasil pemeriksaan, bukan keputusan pembayaran.",
    rules_title="Aturan yang menilai",
    rule_headings=["Aturan", "Dasar", "Keadaan", "Bukti"],
    rules=[Rule("Terdaftar dalam 14 hari kerja", "Permenaker 44/2015", "unmet", "belum dipenuhi", "pendaftaran 7")],
    evidence=Table("Bukti", ["Dokumen", "Nomor", "Tanggal", "Isi", "Berkas"], [17, 20, 16, 29, 18], [DOCUMENT], ""),
    notes_title="Catatan",
    notes=["Tenaga kerja terdaftar sedikit."],
    footer=[("Edisi", "42, posisi 30 Juni 2025"), ("Sidik kartu", "b" * 64)],
    closing="Periksa keaslian berkas ini.",
    mark="cakupan-card:1:abc",
)  # fmt: skip


def opened(card) -> Any:
    return PdfReader(BytesIO(card_pdf(card, day=DAY)))


def page_of(card):
    """The only page."""
    reader = opened(card)
    assert len(reader.pages) == 1
    return reader.pages[0]


def inked(card):
    """The box round everything that is drawn, in points from the upper left: the page as a picture."""
    picture = typst.compile(
        TEMPLATES / "card.typ",
        root=TEMPLATES,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        sys_inputs={"facts": json.dumps(printable(asdict(card)))},
        format="png",
        ppi=72,
    )
    assert isinstance(picture, bytes)
    rows, columns = np.nonzero(np.asarray(Image.open(BytesIO(picture)).convert("L")) < 250)
    return columns.min(), rows.min(), columns.max(), rows.max()


def words_of(card):
    return " ".join(page_of(card).extract_text().split())


def test_the_card_is_one_page_of_a4_and_says_everything():
    said = words_of(CARD)
    told = [
        CARD.title, CARD.subtitle, CARD.result, CARD.explanation, CARD.disclaimer, CARD.closing, *CARD.notes,
        *(text for pair in (*CARD.project[1:], *CARD.footer) for text in pair), CARD.project[0][1],
        *CARD.rule_headings, *CARD.evidence.headings,
    ]  # fmt: skip
    assert [text for text in told if text not in said] == []
    joined = said.replace(" ", "")
    cells = (*DOCUMENT, *(getattr(CARD.rules[0], name) for name in ("name", "source", "state", "evidence")))
    assert [cell for cell in cells if cell.replace(" ", "") not in joined] == []
    assert tuple(round(float(side)) for side in page_of(CARD).mediabox[2:]) == A4_POINTS


def test_a_demonstration_says_so_above_all():
    assert words_of(replace(CARD, warning="DATA CONTOH")).startswith("DATA CONTOH")
    assert "CONTOH" not in words_of(CARD)


@pytest.mark.parametrize(
    "name",
    [
        "Rehabilitasi Ruang Kelas SDN 117 " * 9,
        "A" * 300,
        "602/117/" * 37,
        "#set page(width: 1cm) " * 14,
        "\u202e<script>😀\u0336" * 30,
    ],
)
def test_long_and_hostile_names_everywhere_stay_on_one_page_within_its_margins(name):
    card = replace(
        CARD,
        project=[(label, name) for label, _ in CARD.project],
        evidence=replace(CARD.evidence, rows=[[name[:120]] * 5] * 14),
        notes=[name] * 6,
    )
    assert page_of(card)
    left, top, right, bottom = inked(card)
    assert left >= MARGIN_POINTS and top >= 40
    assert right <= A4_POINTS[0] - MARGIN_POINTS and bottom <= A4_POINTS[1] - 35


def test_twenty_documents_still_fit():
    assert words_of(replace(CARD, evidence=replace(CARD.evidence, rows=[DOCUMENT] * 20))).count("1234567890123") == 20


def test_a_number_that_breaks_over_lines_can_be_copied_whole():
    said = page_of(replace(CARD, project=[*CARD.project, ("SPK", "602/117/SPK/" + "X" * 60)])).extract_text()
    assert "\u200b" not in said
    assert "602/117/SPK/" + "X" * 60 in said.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("tone", TONES)
def test_every_tone_can_be_drawn(tone):
    assert CARD.result in words_of(replace(CARD, tone=tone))


def test_the_mark_can_be_read_without_a_reader_of_pdf():
    assert b"cakupan-card:1:abc" in card_pdf(CARD, day=DAY)


def test_the_file_is_tagged_and_names_its_language():
    reader = opened(replace(CARD, language="en"))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.metadata["/Title"] == CARD.title


def test_equal_cards_are_equal_bytes():
    assert card_pdf(CARD, day=DAY) == card_pdf(replace(CARD), day=DAY)
