"""The findings of data quality on the screen: what is open, filters in the address, and what somebody says of one."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest

from analytics.quality.resolutions import resolve, standings
from analytics.quality.rule import Finding
from data import accounts, journal
from data.access import LOCAL
from data.accounts import Account
from data.editions import open_edition
from data.home import Home
from data.quality_notes import Noted, QualityNote
from tests.pages.conftest import html_of, text_of
from tests.quality_edition import AS_OF, edition_of
from ui import journal_words, quality, quality_form

PART = {"bagian": "mutu", "isi": "temuan"}
HOSTILE = "<b>Dinas</b>"
AT = datetime(2025, 7, 1, 8, tzinfo=UTC)
COVERAGE, HEADCOUNT = "over_hundred|16.71||||2025-06|konstruksi", "headcount_of_one|16.71|<b>Dinas</b>||P-1||"


@pytest.fixture
def quality_home(tmp_path):
    home = Home(tmp_path / "home")
    edition_of(
        home,
        population=[{"place": "16.71", "month": AS_OF, "numerator": 101}],
        vintage=[{"place": "16.71", "per_tanggal": date(2025, 1, 31), "workers": 100}],
        project=[{"kode_proyek": "P-1", "owner": HOSTILE, "nilai_kontrak": 10**9}],
        registration=[{"kode_proyek": "P-1", "owner": HOSTILE, "tenaga_kerja": 1}],
    )
    return home


def answer(app, key, **said):
    """Choose a finding and send what is said of it."""
    app.selectbox(key="quality-chosen").set_value(key).run()
    return send(app, **said)


def send(app, **said):
    """Send the form of the finding that is chosen."""
    fields = [*app.text_input, *app.text_area, *app.selectbox]
    for name, value in said.items():
        [field] = [one for one in fields if str(one.key).startswith("quality-note-") and str(one.key).endswith(name)]
        field.set_value(value)
    [button] = [button for button in app.button if str(button.key).startswith("FormSubmitter:quality-note")]
    button.click().run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize(
    ("language", "title", "why"),
    [
        ("id", "2 temuan mutu terbuka dari 2 pada edisi 1", "101 peserta aktif sektor konstruksi dari 100 pekerja"),
        ("en", "2 open quality findings of 2 in edition 1", "101 active members in construction of 100 workers"),
    ],
)
def test_findings_are_told_in_both_languages_with_every_rule_and_its_definition(
    look, quality_home, language, title, why
):
    app = look(quality_home, "data_definisi", lang=language, **PART)
    text, html = text_of(app), html_of(app)
    assert title in text and why in text
    assert "Kota Palembang" in text and "P-1" in text
    assert {"id": "Rp1.000.000.000", "en": "Rp1,000,000,000"}[language] in text
    assert '<a href="proyek?proyek=P-1' in html
    assert "<b>Dinas</b>" not in html
    assert ("3,5" if language == "id" else "3.5") in text  # a threshold of a rule that found nothing
    named = {"id": "Iglewicz dan Hoaglin", "en": "Iglewicz and Hoaglin"}
    assert named[language] in text


def summary(app):
    """By the name of a rule: open and all, as they are shown."""
    [table] = [part for part in html_of(app).split("<table") if "Penanggung jawab" in part]
    rows = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in table.split("<tr")]
    cells = [[unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in row] for row in rows]
    return {row[1]: tuple(row[2:4]) for row in cells if len(row) == 5}


def test_where_an_account_cannot_see_the_findings_of_a_rule_it_reads_no_zero(look_as, quality_home):
    (quality_home.root / "config.toml").write_text('[identity]\nmode = "password"\n', "utf-8")
    accounts.add(quality_home, Account("kota", "Kota", "viewer", places=("16.71",)))
    accounts.add(quality_home, Account("opd", "OPD", "opd", owners=(HOSTILE,)))
    city = look_as(quality_home, "kota", "data_definisi", **PART)
    counts = summary(city)
    assert counts["Kiriman lengkap tidak ada"] == counts["Baris ditolak belum diperbaiki"] == ("–", "–")
    assert (counts["Cakupan di atas 100%"], counts["Lompatan antarbulan"]) == (("1", "1"), ("0", "0"))
    assert "“–” bukan nol: temuan aturan itu dapat berada di luar lingkup akun ini" in text_of(city)
    owner = summary(look_as(quality_home, "opd", "data_definisi", **PART))
    assert (owner["Cakupan di atas 100%"], owner["Satu pekerja pada kontrak besar"]) == (("–", "–"), ("1", "1"))


def test_without_a_limit_none_found_is_zero(look, quality_home):
    app = look(quality_home, "data_definisi", **PART)
    assert summary(app)["Kiriman lengkap tidak ada"] == ("0", "0") and "bukan nol" not in text_of(app)


def test_the_address_names_rule_and_state(look, quality_home):
    app = look(quality_home, "data_definisi", **PART, aturan="over_hundred")
    assert "101 peserta" in text_of(app) and "P-1" not in text_of(app)
    app = look(quality_home, "data_definisi", **PART, keadaan="diterima")
    assert "Tidak ada temuan dengan saringan ini" in text_of(app)
    app = look(quality_home, "data_definisi", **PART, aturan="x", tempat="16.02", keadaan="y")
    text = text_of(app)
    assert "Aturan mutu “x” pada tautan tidak dikenal" in text and "Status temuan “y”" in text
    assert "Wilayah “16.02” pada tautan tidak dikenal" in text and "101 peserta" in text


def test_a_word_on_a_finding_settles_it_and_stays_in_the_journal(look, quality_home):
    app = look(quality_home, "data_definisi", **PART)
    answer(app, COVERAGE, state="diterima", office="Cabang Palembang", reason="Penyebutnya angka lama.")
    text = text_of(app)
    assert "✓ Tercatat sebagai entri 1." in text
    assert "1 temuan mutu terbuka dari 2" in text
    [entry] = journal.entries(quality_home, kind="quality_note")
    assert (entry.facts["finding"], entry.facts["state"], entry.facts["value"]) == (COVERAGE, "diterima", "101")
    settled = text_of(look(quality_home, "data_definisi", **PART, keadaan="diterima"))
    assert "Diterima apa adanya" in settled and "Penyebutnya angka lama." in settled


@pytest.mark.parametrize(
    ("state", "version", "told"),
    [
        ("diterima", 1, "Terbuka lagi: nilainya 100,0 % ketika ditanggapi, sekarang 101,0 %"),
        ("diterima", 0, "Terbuka lagi: aturannya berganti dari versi 0 ke versi 1"),
        ("diperbaiki", 1, "Terbuka lagi: disebut sudah diperbaiki pada edisi 7, tetapi masih ditemukan"),
    ],
)
def test_a_finding_that_is_open_again_says_why_and_not_what_was_said_before(state, version, told):
    found = Finding("over_hundred", 101, 100, place="16.71", month=AS_OF)
    value = "100" if (state, version) == ("diterima", 1) else "101"
    note = QualityNote(found.key, version, value, state, "Dinas", "Sudah diperiksa.")
    noted = Noted(1, AT, "periksa", "inspector", is_authenticated=True, edition=7, demo=False, note=note)
    [one] = standings([found], {found.key: (noted,)}, 8)
    assert quality._state("id", one) == told


def test_what_is_said_too_shortly_is_told_and_not_written(look, quality_home):
    app = look(quality_home, "data_definisi", **PART)
    answer(app, HEADCOUNT, office="Cabang", reason="Ya.")
    assert "Alasan 'Ya.' terlalu singkat" in text_of(app)
    assert journal.entries(quality_home, kind="quality_note") == []


def test_nobody_speaks_over_an_answer_that_came_meanwhile_and_what_was_written_stays(look, quality_home):
    app = look(quality_home, "data_definisi", **PART)
    app.selectbox(key="quality-chosen").set_value(HEADCOUNT).run()
    resolve(
        quality_home, LOCAL, open_edition(quality_home, 1), HEADCOUNT,
        state="bukan_masalah", office="Cabang", reason="Pekerjanya memang satu orang.",
    )  # fmt: skip
    mine = {"state": "diterima", "office": "Inspektorat", "reason": "Sudah dibahas dalam rapat."}
    send(app, **mine)
    assert "Cabang menanggapi temuan ini sejak halaman ini dibuka (entri 1)" in text_of(app)
    assert "Pekerjanya memang satu orang." in text_of(app)
    assert [one.value for one in app.text_area] == ["Sudah dibahas dalam rapat."]
    send(app)
    assert "✓ Tercatat sebagai entri 2." in text_of(app)
    offices = {entry.number: entry.facts["office"] for entry in journal.entries(quality_home, kind="quality_note")}
    assert offices == {1: "Cabang", 2: "Inspektorat"}


def test_the_second_click_of_two_is_no_failure(look, quality_home):
    app = look(quality_home, "data_definisi", **PART)
    app.selectbox(key="quality-chosen").set_value(HEADCOUNT).run()
    said = ("diterima", "Cabang", "Sudah dibahas dalam rapat.")
    resolve(
        quality_home, LOCAL, open_edition(quality_home, 1), HEADCOUNT, state=said[0], office=said[1], reason=said[2]
    )
    send(app, **dict(zip(("state", "office", "reason"), said, strict=True)))
    assert "✓ Isi yang sama sudah tercatat pada entri 1; tidak perlu dicatat lagi." in text_of(app)
    assert "▲ Isi yang sama" not in text_of(app)
    assert journal.count(quality_home, kind="quality_note") == 1


def test_an_answer_is_told_though_nothing_is_left_in_the_list(look, quality_home):
    app = look(quality_home, "data_definisi", **PART, aturan="over_hundred")
    answer(app, COVERAGE, state="diterima", office="Cabang", reason="Penyebutnya angka lama.")
    text = text_of(app)
    assert "✓ Tercatat sebagai entri 1." in text and "Tidak ada temuan dengan saringan ini" in text


def test_findings_of_one_name_are_told_apart():
    sectors = ("konstruksi", "perdagangan")
    found = [Finding("stale_denominator", AS_OF, None, "16", subject=one, facts={"sector": one}) for one in sectors]
    by_key = {one.finding.key: one for one in standings(found, {}, 1)}
    names = [quality.finding_name(one, {"16": "Sumatera Selatan"}, "id") for one in by_key.values()]
    assert names == [f"Penyebut sudah lama · Sumatera Selatan · {one}" for one in sectors]
    alike = quality_form.distinct(by_key, lambda _one: "satu nama")
    assert list(alike.values()) == ["satu nama (1)", "satu nama (2)"]


def test_the_journal_tells_it_in_a_sentence(look, quality_home):
    app = look(quality_home, "data_definisi", **PART)
    answer(app, COVERAGE, state="bukan_masalah", office="Cabang", reason="Pekerja dari luar kota.")
    [entry] = journal.entries(quality_home, kind="quality_note")
    assert journal_words.told(entry, "id") == (
        f"Cakupan di atas 100%, temuan {COVERAGE} dengan nilai 101: Bukan masalah, oleh Cabang. "
        "Alasan: Pekerja dari luar kota."
    )
    assert journal_words.kind_name("quality_note", "en") == "Note on data quality"


RULE = {"aturan": "registered_at_payment"}
PAID = date(2025, 3, 10)
OF = (("P-1", "16.71", "Dinas PUPR"), ("P-2", "16.71", "Dinas Perkim"), ("P-3", "16.02", "Dinas PUPR"))
KEYS = [f"registered_at_payment|{place}|{owner}||{code}|2025-03|" for code, place, owner in OF]


def at_payment(home, *, number=1, days=(0, 0, 0)):
    """Three projects in two places, of two owners, each registered so many days before it was paid."""
    of = [{"kode_proyek": code, "place": place, "owner": owner} for code, place, owner in OF]
    registered = [PAID - timedelta(days=before) for before in days]
    edition_of(
        home,
        number=number,
        project=of,
        registration=[one | {"tgl_daftar": on, "tenaga_kerja": 5} for one, on in zip(of, registered, strict=True)],
        payment=[one | {"tgl_bayar": PAID} for one in of],
    )


@pytest.fixture
def payments_home(tmp_path):
    home = Home(tmp_path / "home")
    at_payment(home)
    return home


def settle(app, **said):
    """Fill in the form for all findings shown, and send it."""
    for name, value in said.items():
        [field] = [
            one
            for one in (*app.text_input, *app.text_area, *app.selectbox)
            if str(one.key).startswith("quality-together-") and str(one.key).endswith(name)
        ]
        field.set_value(value)
    [button] = [button for button in app.button if str(button.key).startswith("FormSubmitter:quality-together")]
    button.click().run()
    assert not app.exception, app.exception
    return text_of(app)


SAID = {"state": "diterima", "office": "Inspektorat", "reason": "Dibahas bersama pada rapat monev."}


def test_all_findings_that_the_filters_show_are_settled_together(look, payments_home):
    app = look(payments_home, "data_definisi", **PART, **RULE, tempat="16.71")
    assert app.expander[0].label == "Selesaikan 2 temuan ini bersama"
    assert "pada semua halaman: 2 terbuka." in text_of(app)
    text = settle(app, **SAID)
    assert "✓ 2 temuan tercatat dengan entri 1." in text and "1 temuan mutu terbuka dari 3" in text
    [entry] = journal.entries(payments_home)
    assert set(entry.facts["findings"]) == set(KEYS[:2])
    told = "Terdaftar pada hari pembayaran, 2 temuan diselesaikan bersama: Diterima apa adanya, oleh Inspektorat."
    assert journal_words.told(entry, "id") == f"{told} Alasan: Dibahas bersama pada rapat monev."


def test_a_value_that_changed_while_the_page_was_open_is_told_by_name(look, payments_home):
    app = look(payments_home, "data_definisi", **PART, **RULE, lang="en")
    at_payment(payments_home, number=2, days=(0, 0, 1))
    text = settle(app, **SAID)
    assert "✓ Findings recorded: 2, as entry 1." in text
    assert "Left out (1): the value has changed" in text
    assert "Registered on the day of payment · P-3 · " in text
    [entry] = journal.entries(payments_home)
    assert (set(entry.facts["findings"]), entry.facts["edition"]) == (set(KEYS[:2]), 2)


def test_who_was_answered_while_the_page_was_open_is_left_out_though_the_list_is_another_by_then(look, payments_home):
    app = look(payments_home, "data_definisi", **PART, **RULE, tempat="16.71")
    edition = open_edition(payments_home, 1)
    resolve(payments_home, LOCAL, edition, KEYS[0], state="bukan_masalah", office="Cabang", reason="Dibayar di muka.")
    text = settle(app, **SAID)
    assert "✓ 1 temuan tercatat dengan entri 2." in text
    assert "1 temuan tidak ikut: orang lain menanggapinya" in text
    assert "Terdaftar pada hari pembayaran · P-1 · " in text
    assert [set(entry.facts.get("findings", ())) for entry in journal.entries(payments_home)] == [{KEYS[1]}, set()]


def test_without_a_rule_the_page_says_how_many_can_be_settled(look, payments_home):
    app = look(payments_home, "data_definisi", **PART)
    assert "pilih satu aturan pada saringan di atas" in text_of(app)
    assert not [button for button in app.button if str(button.key).startswith("FormSubmitter:quality-together")]


def test_what_is_said_too_shortly_settles_none(look, payments_home):
    app = look(payments_home, "data_definisi", **PART, **RULE)
    assert "Alasan 'Ya.' terlalu singkat" in settle(app, **SAID | {"reason": "Ya."})
    assert journal.count(payments_home) == 0


def test_owner_sender_and_month_are_filters_in_the_address(look, payments_home):
    app = look(payments_home, "data_definisi", **PART, pemilik="Dinas Perkim")
    assert "P-2" in text_of(app) and "P-1" not in text_of(app)
    text = text_of(look(payments_home, "data_definisi", **PART, pemilik="x", pengirim="y", bulan="2025-05"))
    assert "Pemilik “x” pada tautan tidak punya temuan" in text and "Pengirim “y” pada tautan" in text
    assert "Bulan “2025-05” pada tautan tidak punya temuan" in text and "P-1" in text


def test_a_part_of_many_says_in_the_journal_of_how_many_it_is(payments_home):
    facts = {"findings": dict.fromkeys(KEYS, "1"), "together": 574, **SAID}
    entry = journal.append(payments_home, "quality_note", facts, LOCAL)
    told = "Registered on the day of payment, 3 of 574 findings settled together: Accepted as it is, by Inspektorat."
    assert journal_words.told(entry, "en").startswith(told)
