"""The account in words: names, never codes, and nothing of a page that is not for the reader."""

import re

import pytest

from data.access import EVERYTHING, LOCAL, NOTHING, ROLES, Grant, Reader
from ui import account_menu


def reader(role="viewer", grant=EVERYTHING, name="siti"):
    return Reader(name, role, grant, is_authenticated=True)


def menu(who, language="id", *, has_password=True):
    return account_menu._menu(who, None, language, has_password=has_password)


@pytest.mark.parametrize(
    ("grant", "words"),
    [
        (EVERYTHING, "semua wilayah dan pemilik proyek"),
        (NOTHING, "belum diberi lingkup"),
        (Grant(frozenset({"16.71", "16.04"}), None), "Kabupaten Lahat, Kota Palembang"),
        (Grant(None, frozenset({"Dinas PUPR"})), "semua wilayah; pemilik proyek: Dinas PUPR"),
        (Grant(frozenset({"16.71"}), frozenset({"B", "A"})), "Kota Palembang; pemilik proyek: A, B"),
    ],
)
def test_the_scope_is_told_by_names(grant, words):
    assert account_menu.scope_in_words(reader(grant=grant), None, "id") == words


def test_many_places_are_named_in_part_and_counted():
    areas = frozenset({"16.01", "16.02", "16.03", "16.04", "16.05", "16.06", "16.07", "16.08"})
    assert account_menu.scope_in_words(reader(grant=Grant(areas, None)), None, "id").endswith("dan 2 lainnya")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_name_in_both_languages(role, language):
    assert account_menu.role_name(role, language)


def test_who_sits_at_the_machine_is_without_authentication_and_cannot_leave():
    html = menu(LOCAL)
    assert "<b>tanpa autentikasi</b>" in html
    assert "keluar" not in html
    assert "sandi" not in html


def test_an_account_may_leave_and_change_its_password_in_its_language():
    assert re.findall(r'href="((?:sandi|keluar)[^"]*)"', menu(reader(), "en")) == ["sandi?lang=en", "keluar?lang=en"]


def test_without_passwords_of_our_own_none_can_be_changed():
    assert re.findall(r'href="((?:sandi|keluar)[^"]*)"', menu(reader(), has_password=False)) == ["keluar"]


def test_a_name_or_an_owner_is_text_not_markup():
    owner = "<img src=x onerror=alert(1)>"
    html = menu(reader(grant=Grant(None, frozenset({owner})), name="a&b"))
    assert "<img" not in html
    assert "a&amp;b" in html


def test_the_menu_of_one_reader_is_not_that_of_another_with_the_same_name():
    assert menu(reader("viewer")) != menu(reader("payer"))
    assert menu(reader(grant=Grant(frozenset({"16.71"}), None))) != menu(reader())
