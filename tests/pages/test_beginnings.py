"""First arrival, signing out and unknown addresses, on the running dashboard."""

from datetime import UTC, datetime

import pytest

from data import accounts
from tests.pages.conftest import html_of, links_of, text_of


def session_of(home, name):
    return accounts.session_id_of(accounts.open_session(home, name, "127.0.0.1", datetime.now(UTC)))


def test_a_bare_address_leads_to_the_own_beginning_once(look_as, roles_home):
    session = session_of(roles_home, "petugas")
    app = look_as(roles_home, "petugas", session_id=session)
    assert "Kirim berkas" in text_of(app)
    app = look_as(roles_home, "petugas", app=app, session_id=session)
    assert "Kirim berkas" not in text_of(app)


def test_a_link_with_parameters_is_obeyed_as_it_is(look_as, roles_home):
    app = look_as(roles_home, "petugas", place="16.71")
    assert "Kota Palembang" in text_of(app)
    assert "Kirim berkas" not in text_of(app)


@pytest.mark.parametrize(("language", "said"), [("id", "Sesi Anda sudah berakhir"), ("en", "Your session has ended")])
def test_an_ended_session_leaves_a_calm_page_and_nothing_else(look_as, roles_home, language, said):
    session = session_of(roles_home, "pembayar")
    app = look_as(roles_home, "pembayar", "perbandingan", session_id=session, lang=language)
    assert links_of(app)
    accounts.end_session(roles_home, session)
    app = look_as(roles_home, "pembayar", "perbandingan", app=app, session_id=session, lang=language, tab="dana")
    assert said in text_of(app)
    assert 'href="/masuk?next=%2Fperbandingan%3Flang%3D' + language + "%26tab%3Ddana" in html_of(app)
    assert (links_of(app), [*app.selectbox], "pembayar" in html_of(app)) == ({}, [], False)
    assert "Palembang" not in html_of(app)


def test_a_page_for_others_is_answered_as_any_address_that_is_none(look_as, roles_home):
    hidden = html_of(look_as(roles_home, "pembaca", "pengelolaan"))
    unknown = html_of(look_as(roles_home, "pembaca", "data_karangan"))
    assert "tidak ada" in hidden
    assert hidden.replace("pengelolaan", "…") == unknown.replace("data_karangan", "…")


def test_a_change_of_scope_is_felt_at_the_next_rerun(look_as, roles_home):
    session = session_of(roles_home, "pembaca")
    app = look_as(roles_home, "pembaca", session_id=session)
    assert "Kabupaten Lahat" in app.selectbox(key="scope-place").options
    accounts.change(roles_home, "pembaca", places=("16.71",))
    try:
        app = look_as(roles_home, "pembaca", app=app, session_id=session)
        assert app.selectbox(key="scope-place").options == ["Kota Palembang"]
    finally:
        accounts.change(roles_home, "pembaca", places=("16",))
