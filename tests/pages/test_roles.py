"""Every role on every page: what it may see is there, and nothing of what it may not, whatever the address says."""

import re
from io import BytesIO
from urllib.parse import quote, quote_plus
from zipfile import ZipFile

import pytest
import streamlit as st

from data import accounts
from data.accounts import Account
from tests.pages.conftest import html_of, text_of
from tests.pages.roles import ACCOUNTS, FAR, OTHER_OWNER, OTHERS, SEEN, SEEN_OWNER
from ui.texts import translator

PAGES = {
    "": set(ACCOUNTS),
    "perbandingan": set(ACCOUNTS),
    "capaian_target": set(ACCOUNTS),
    "proyek": set(ACCOUNTS),
    "bahan_rapat": set(ACCOUNTS) - {"petugas"},
    "data_definisi": set(ACCOUNTS),
    "pengelolaan": {"pengelola", "pengelola.saja"},
}
IN_CITY = ("petugas", "cabang", "opd.kota", "pembayar", "inspektorat")
WITHOUT_SCOPE = ("tanpa.lingkup", "pengelola.saja")
LIMITED = (*IN_CITY, "opd")
ADDRESSES = (
    {"place": "16.04"},
    {"place": "00", "tab": "wilayah"},
    {"place": "branch:lahat", "by": "branch"},
    {"owner": OTHER_OWNER, "tab": "pemilik"},
    {"show": OTHER_OWNER, "tab": "pemilik", "measure": "project_registration"},
    {"place": "16", "owner": "*", "fund": "*", "month": "*"},
    {"place": "'; drop table work; --", "by": "owner_type", "measure": "..", "compare": "<b>", "vintage": "Rahasia"},
)


@pytest.fixture
def taken(monkeypatch):
    """The bytes of every file that a page offers, as its button would give them."""
    files, offered = [], st.download_button

    def offer(text, data, *arguments, **options):
        is_pressed = offered(text, data, *arguments, **options)
        files.append(data() if callable(data) else data)
        return is_pressed

    monkeypatch.setattr(st, "download_button", offer)
    return files


def sent(app):
    """All that the page sent to the browser: texts, options, links, charts."""
    parts, waiting = [], [app._tree]
    while waiting:
        node = waiting.pop()
        waiting += [*node.children.values()][::-1] if hasattr(node, "children") else []
        if getattr(node, "proto", None) is not None:
            parts.append(node.proto.SerializeToString().decode("utf-8", "replace"))
    return "\n".join(part for part in parts if "<style" not in part)


def numbers(*counts):
    """How each of these would be written."""
    return [text for count in counts for text in (f"{count}", f"{count:,}", f"{count:,}".replace(",", "."))]


def foreign_to(name):
    """Names and numbers that an account must never meet. An echo of the address is no name: see the last tests."""
    if name in WITHOUT_SCOPE:
        return ["Palembang", *numbers(SEEN, OTHERS, FAR, 20_111, 30_777, 90_555)]
    of_lahat = ["Lahat", "BPS 16.04", *numbers(FAR, 30_777, 20_777)]
    of_province = numbers(90_555, 80_555)
    of_others = numbers(OTHERS, SEEN + OTHERS, 20_111, 10_111)
    if name == "opd":
        return [*numbers(FAR, OTHERS, SEEN + OTHERS + FAR, 20_111, 30_777, 90_555), "BPS 16"]
    if name in ("pembaca", "pengelola"):
        return []
    return [*of_lahat, *of_province, *(of_others if name == "opd.kota" else [])]


def told(app, taken):
    """What the page sent and what its files hold, without random names: four digits of a number may stand in one."""
    return without_random_names("\n".join([sent(app), *map(text_of_file, taken)]))


def without_random_names(text):
    return re.sub(r"[0-9a-f]{32,}", "#", text)


def text_of_file(content):
    if not content.startswith(b"PK"):
        return content.decode("utf-8-sig")
    with ZipFile(BytesIO(content)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ACCOUNTS)
def test_every_role_meets_its_pages_and_nothing_from_beyond_its_scope(look_as, taken, roles_home, name, page, language):
    app = look_as(roles_home, name, page, lang=language)
    everything = told(app, taken)
    # Who keeps accounts, and begins there, reads the names of their scopes.
    if name != "pengelola.saja" or page not in ("", "pengelolaan"):
        assert [text for text in foreign_to(name) if text in everything] == []
    missing = translator(language)("Halaman “{address}” tidak ada").format(address=page)
    assert (missing in text_of(app)) == (name not in PAGES[page])


@pytest.mark.parametrize("page", ["", "perbandingan", "capaian_target", "proyek", "bahan_rapat"])
@pytest.mark.parametrize("address", ADDRESSES, ids=str)
@pytest.mark.parametrize("name", ["cabang", "opd", "opd.kota"])
def test_no_address_leads_beyond_the_scope(look_as, taken, roles_home, name, page, address):
    everything = told(look_as(roles_home, name, page, **address), taken)
    echoed = OTHER_OWNER if OTHER_OWNER in address.values() else None
    assert [text for text in foreign_to(name) if text in everything and text != echoed] == []


@pytest.mark.parametrize("page", ["", "perbandingan", "capaian_target", "proyek", "bahan_rapat"])
@pytest.mark.parametrize("name", LIMITED)
def test_what_lies_beyond_the_scope_is_answered_as_what_does_not_exist(look_as, roles_home, name, page):
    pairs = [("owner", OTHER_OWNER, "Balai Karangan")] if name.startswith("opd") else []
    pairs += [("place", "16.04", "16.99"), ("place", "branch:lahat", "branch:bulan")] if name != "opd" else []
    for parameter, hidden, unknown in pairs:
        of_hidden = sent(look_as(roles_home, name, page, **{parameter: hidden}))
        of_unknown = sent(look_as(roles_home, name, page, **{parameter: unknown}))
        assert written(of_hidden, hidden) == written(of_unknown, unknown)


def written(everything, value):
    """All that was sent, without the echo of a value of the address, the lengths that protobuf writes before texts, and
    the random names of files."""
    plain = everything.replace(value, "…").replace(quote(value), "…").replace(quote_plus(value), "…")
    return re.findall(r"[^\W_]{3,}", without_random_names(plain))


def test_the_markers_are_what_others_do_see(look_as, taken, roles_home):
    everything = told(look_as(roles_home, "pengelola"), taken)
    assert "Lahat" in everything
    assert "80.555 dari 90.555" in everything
    assert OTHER_OWNER in told(look_as(roles_home, "pengelola", "perbandingan", tab="pemilik"), taken)
    assert "9.777" in told(look_as(roles_home, "pengelola", place="16.04", owner=OTHER_OWNER), taken)


def test_a_reader_of_one_owner_may_not_choose_all(look_as, roles_home):
    app = look_as(roles_home, "opd", month="2024-07")
    assert app.selectbox(key="scope-owner").options == [SEEN_OWNER]
    assert f"Penempatan pekerja yang terlindungi · {SEEN_OWNER}" in text_of(app)


def test_a_kabupaten_without_its_like_is_compared_by_owner_and_told_why(look_as, roles_home):
    app = look_as(roles_home, "pembayar", "perbandingan")
    assert "menurut pemilik proyek" in text_of(app)
    app = look_as(roles_home, "pembayar", "perbandingan", tab="wilayah")
    assert "Kota Palembang tidak dapat disandingkan: wilayah yang memuatnya" in text_of(app)
    assert "Lihat Pemilik Proyek, Sumber Dana." in text_of(app)


def test_a_place_of_a_branch_is_compared_within_the_branch(look_as, roles_home):
    app = look_as(roles_home, "cabang", "perbandingan", tab="wilayah", place="16.71", measure="active_members")
    assert "menurut kabupaten/kota, Juli 2024: 1 dari 3 ada angkanya" in text_of(app)
    assert "tidak dapat disandingkan" not in text_of(app)


@pytest.mark.parametrize("measure", ["placement_coverage", "project_registration", "contributions_paid_rp"])
def test_several_own_owners_stand_beside_each_other_without_their_sum(look_as, taken, roles_home, measure):
    name = f"opd.dua.{measure}"
    accounts.add(roles_home, Account(name, "OPD", "opd", owners=(SEEN_OWNER, OTHER_OWNER)))
    app = look_as(roles_home, name, "perbandingan", tab="pemilik", place="16.71", measure=measure)
    everything = told(app, taken)
    assert "Hanya pemilik proyek dalam lingkup akun ini; rata-ratanya pun hanya dari mereka." in everything
    assert {SEEN_OWNER, OTHER_OWNER} <= {option for box in app.selectbox for option in box.options}
    assert "Semua pemilik" not in everything
    if measure == "placement_coverage":
        assert "7.111" in everything and "8.333" in everything
    assert [text for text in numbers(SEEN + OTHERS, SEEN + OTHERS - 2000) if text in everything] == []


def test_a_reader_without_scope_gets_one_sentence_and_no_number(look_as, roles_home):
    for page in ("", "perbandingan", "capaian_target", "proyek", "bahan_rapat"):
        app = look_as(roles_home, "tanpa.lingkup", page)
        assert "Akun ini belum diberi lingkup; hubungi pengelola." in text_of(app)
        assert [*app.selectbox] == []
        assert "ck-footer" not in html_of(app)


def test_the_last_delivery_of_a_limited_steward_is_the_last_of_the_own_scope(look_as, roles_home):
    # Batches by turns: project and registration of Palembang (1, 2), again (3, 4), and of Lahat (5, 6).
    text = text_of(look_as(roles_home, "petugas", "data_definisi", isi="kiriman"))
    assert "2 kiriman, terbaru lebih dahulu" in text
    assert "Hanya yang dinyatakan lengkap untuk lingkup akun ini, dan yang dimasukkan akun ini sendiri." in text
    everyone = text_of(look_as(roles_home, "pengelola", "data_definisi", isi="kiriman"))
    assert "12 kiriman, terbaru lebih dahulu" in everyone


def test_two_accounts_in_one_streamlit_session_leave_each_other_nothing(look_as, roles_home):
    app = look_as(roles_home, "pengelola", "perbandingan", tab="pemilik")
    assert OTHER_OWNER in sent(app)
    app = look_as(roles_home, "opd", "perbandingan", app=app)
    assert OTHER_OWNER not in sent(app)
    assert OTHER_OWNER not in str(app.session_state.to_dict())
