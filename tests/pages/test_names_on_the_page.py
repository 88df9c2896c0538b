"""Data & Definisi, Nama: suggestions are decided by who may, and stand as aliases until they are withdrawn."""

import shutil
from datetime import date

import pytest

from data import accounts, aliases
from data.editions import publish
from data.home import Home
from data.importers import import_file
from tests.pages.conftest import text_of
from tests.pages.project_world import with_accounts

PROJECTS = """kode_proyek,nama_proyek,wilayah,pemilik,penyedia,mulai,selesai
P-1,Jalan,16.71,Dinas PUPR Kota Palembang,CV Maju Jaya,2024-05-10,2024-12-31
P-2,Jalan,16.71,Dinas PUPR Kota Palembang,"<Maju Jaya>, CV",2024-05-10,2024-12-31
P-3,Jalan,16.71,PUPR *Palembang*,CV Lain,2024-05-11,2024-12-31
P-4,Jalan,Kab. Ogan Komering,Dinas PUPR Kota Palembang,CV Lain,2024-05-11,2024-12-31
"""
PART = {"bagian": "mutu", "isi": "nama"}
OWNER = "pemilik-Dinas PUPR Kota Palembang-PUPR *Palembang*"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Home:
    folder = tmp_path_factory.mktemp("nama")
    home = Home(folder / "home")
    (folder / "proyek.csv").write_text(PROJECTS, "utf-8")
    import_file(home, folder / "proyek.csv")
    publish(home, date(2024, 7, 31))
    return home


@pytest.fixture
def home(made, tmp_path) -> Home:
    copy = Home(tmp_path / "home")
    shutil.copytree(made.root, copy.root)
    return copy


def test_a_suggestion_is_confirmed_and_stands_in_force_until_it_is_withdrawn(look, home):
    app = look(home, "data_definisi", **PART)
    assert "3 nama mungkin ejaan lain dari nama yang sudah ada" in text_of(app)
    assert "0 alias berlaku" in text_of(app)
    app.button(key=f"names-same-{OWNER}").click().run()
    assert "'PUPR *Palembang*' berlaku sebagai 'Dinas PUPR Kota Palembang' sejak penerbitan berikutnya." in text_of(app)
    assert "1 alias berlaku" in text_of(app)
    assert "2 nama mungkin" in text_of(app)
    assert aliases.aliases_of(home).names["pemilik"] == {"PUPR *Palembang*": "Dinas PUPR Kota Palembang"}
    app.selectbox(key="names-withdraw-1").select_index(0).run()
    app.button(key="names-withdraw-send").click().run()
    assert "tidak lagi berlaku sebagai" in text_of(app)
    assert "3 nama mungkin" in text_of(app)


def test_the_other_name_may_stay_instead(look, home):
    app = look(home, "data_definisi", **PART)
    app.radio(key=f"names-keep-{OWNER}").set_value(1).run()
    app.button(key=f"names-same-{OWNER}").click().run()
    assert aliases.aliases_of(home).names["pemilik"] == {"Dinas PUPR Kota Palembang": "PUPR *Palembang*"}


def test_what_is_not_the_same_is_not_suggested_again_unless_it_is_asked_for(look, home):
    app = look(home, "data_definisi", **PART)
    app.button(key=f"names-different-{OWNER}").click().run()
    assert "2 nama mungkin" in text_of(app)
    assert aliases.aliases_of(home).are_different("pemilik", "Dinas PUPR Kota Palembang", "PUPR *Palembang*")
    app.selectbox(key="names-different-1").select_index(0).run()
    app.button(key="names-reconsider").click().run()
    assert "3 nama mungkin" in text_of(app)


def test_what_is_put_off_comes_back_when_asked_for(look, home):
    app = look(home, "data_definisi", **PART)
    app.button(key=f"names-later-{OWNER}").click().run()
    assert "2 nama mungkin" in text_of(app)
    assert aliases.aliases_of(home) == aliases.Aliases()
    app.button(key="names-again").click().run()
    assert "3 nama mungkin" in text_of(app)


def test_a_spelling_that_may_be_several_places_is_united_with_the_one_that_is_chosen(look, home):
    app = look(home, "data_definisi", **PART)
    (place,) = [radio for radio in app.radio if radio.label == "Wilayah yang dimaksud"]
    assert place.value is None
    assert {"Kabupaten Ogan Komering Ulu", "Kabupaten Ogan Komering Ilir"} <= set(place.options)
    (send,) = [button for button in app.button if button.key.startswith("names-same-wilayah")]
    assert send.disabled
    place.set_value("Kabupaten Ogan Komering Ilir").run()
    (send,) = [button for button in app.button if button.key.startswith("names-same-wilayah")]
    send.click().run()
    assert aliases.aliases_of(home).names["wilayah"] == {"Kab. Ogan Komering": "16.02"}
    assert [radio for radio in app.radio if radio.label == "Wilayah yang dimaksud"] == []


def test_a_spelling_is_no_place_once_each_that_it_may_mean_was_said_not_to_be(look, home):
    app = look(home, "data_definisi", **PART)
    for place, code in (("Kabupaten Ogan Komering Ilir", "16.02"), ("Kabupaten Ogan Komering Ulu", "16.01")):
        (asked,) = [radio for radio in app.radio if radio.label == "Wilayah yang dimaksud"]
        asked.set_value(place).run()
        (send,) = [button for button in app.button if button.key.startswith("names-different-wilayah")]
        send.click().run()
        assert aliases.aliases_of(home).are_different("wilayah", "Kab. Ogan Komering", code)
        assert place not in [option for radio in app.radio for option in radio.options]
    assert [radio for radio in app.radio if radio.label == "Wilayah yang dimaksud"] == []
    app.selectbox(key="names-different-2").select_index(0).run()
    app.button(key="names-reconsider").click().run()
    (asked,) = [radio for radio in app.radio if radio.label == "Wilayah yang dimaksud"]
    assert len(asked.options) == 1


def test_two_names_that_nobody_suggested_are_united_by_hand_and_refused_in_words(look, home):
    app = look(home, "data_definisi", **PART, lang="en")
    app.text_input[0].set_value("Dinas Lama")
    app.text_input[1].set_value("Dinas Lama")
    next(
        button for button in app.button if button.label == "Unify the names" and "form" in (button.form_id or "")
    ).click().run()
    assert "'Dinas Lama' and 'Dinas Lama' are the same already; fill in two different names." in text_of(app)
    assert aliases.aliases_of(home) == aliases.Aliases()


def test_names_from_files_are_text_and_nothing_else(look, home):
    app = look(home, "data_definisi", **PART)
    (radio,) = [one for one in app.radio if one.key.startswith("names-keep-penyedia")]
    assert radio.options[0] == r"\<Maju Jaya\>, CV"


def test_who_may_not_decide_sees_the_suggestions_and_no_button(look_as, home):
    with_accounts(home)
    readers = [account.name for account in accounts.accounts(home) if account.role == "inspector"]
    app = look_as(home, readers[0], "data_definisi", **PART)
    assert "Dinas PUPR Kota Palembang" in text_of(app)
    assert "yang memutuskan." in text_of(app)
    assert [button.key for button in app.button if (button.key or "").startswith("names-")] == []


def test_a_home_without_an_edition_says_what_to_do(look, tmp_path):
    empty = Home(tmp_path / "kosong")
    empty.root.mkdir()
    assert "Belum ada" in text_of(look(empty, "data_definisi", **PART))
