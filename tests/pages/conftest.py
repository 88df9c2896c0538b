"""Homes to look at: empty, with official figures only, and with persons and projects small enough to count on paper."""

import re
import shutil
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.runtime import context
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data import accounts
from data.editions import publish
from data.home import Home
from data.importers.run import import_file
from identity import connections, gate
from tests.pages.project_world import make_projects_home, with_accounts
from tests.pages.roles import make_roles_home
from tests.worlds import deliver, empty_world, load_world

DASHBOARD = Path(__file__).with_name("entry.py")
HOSTILE_OWNER = '<img src=x onerror="alert(1)"> *Dinas*'
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
FROM_JUNE = {"mulai": date(2024, 6, 1), "selesai": date(2024, 12, 31)}

OFFICIAL_FIGURES = """\
wilayah,per_tanggal,segmen,peserta,peserta_presisi,potensi,potensi_presisi,persen_tercetak,sumber
Sumatera Selatan,2024-07-09,jasa konstruksi,123000,1000,270000,10000,,Kanwil BPJS Ketenagakerjaan Sumbagsel
Sumatera Selatan,2017-12-31,jasa konstruksi,689970,1,172882,1,399.10,menjumlah peserta per proyek
Lahat,2024-07-31,jasa konstruksi,8123,1,,,,Cabang Lahat
Bali,,semua segmen,935079,1,1873899,1,50.88,bali.antaranews.com
"""


@pytest.fixture(scope="session")
def official_home(tmp_path_factory):
    """Official figures only, through the production import."""
    folder = tmp_path_factory.mktemp("official")
    (folder / "angka-resmi.csv").write_text(OFFICIAL_FIGURES, "utf-8")
    home = Home(folder / "home")
    home.root.mkdir()
    import_file(home, folder / "angka-resmi.csv")
    publish(home, as_of=date(2024, 12, 31))
    return home


@pytest.fixture(scope="session")
def small_home(tmp_path_factory):
    """June: person 1 and 5 unnamed on A. July: persons 1 and 2 and 4 unnamed on A; nobody of the 6 on B."""
    world = empty_world(date(2024, 7, 31))
    projects = [
        {"kode_proyek": "A", "pemilik": "Dinas PUPR", "sumber_dana": "APBN", "tenaga_kerja": 10},
        {"kode_proyek": "B", "pemilik": HOSTILE_OWNER, "sumber_dana": "Swasta", "tenaga_kerja": 6, "wilayah": "16.02"},
    ]
    paid = {"kode_proyek": "A", "tgl_bayar": date(2024, 6, 1)}
    registration = {**paid, "tgl_daftar": date(2024, 6, 1), "tenaga_kerja": 6}
    members = [{**paid, **FROM_JUNE, "person_id": 1}, {**paid, **FROM_JUNE, "person_id": 2, "mulai": date(2024, 7, 1)}]
    roster = [{"person_id": person, "kode_proyek": "A", **FROM_JUNE} for person in (1, 2)]
    estimate = {"wilayah": "16", "per_tanggal": date(2024, 1, 31), "pekerja": 20, "bawah": 16, "atas": 25}
    deliver(world, "proyek", *({**project, **FROM_JUNE} for project in projects))
    deliver(world, "pendaftaran", registration, complete_for="16", period=YEAR)
    deliver(world, "kepesertaan", *members, complete_for="16", period=YEAR)
    deliver(world, "tenaga_kerja", *roster, complete_for="16", period=YEAR)
    deliver(world, "penduduk_bekerja", estimate)
    home = Home(tmp_path_factory.mktemp("small") / "home")
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return home


@pytest.fixture(scope="session")
def two_estimates_home(tmp_path_factory):
    """estimates_world(), published."""
    world = estimates_world()
    home = Home(tmp_path_factory.mktemp("estimates") / "home")
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return home


def estimates_world():
    """The same 123.000 members beside two estimates of the workers (domain.md section 4)."""
    world = empty_world(date(2024, 7, 31))
    deliver(world, "rekap", {"wilayah": "16", "bulan": date(2024, 7, 31), "peserta_aktif": 123_000})
    newer = {"wilayah": "16", "per_tanggal": date(2024, 5, 31), "pekerja": 270_000, "sumber": "Kanwil"}
    older = {"wilayah": "16", "per_tanggal": date(2024, 2, 29), "pekerja": 174_890, "sumber": "BPS Sakernas"}
    deliver(world, "penduduk_bekerja", newer, older)
    return world


# By (owner, fund, registered): 6 of 12 of the dinas and all of 12 of the balai, too few of a private owner.
OWNED = {"Dinas PUPR": ("APBD kabupaten/kota", 12, 2), "BBPJN": ("APBN", 12, 12), "PT Contoh": ("Swasta", 3, 0)}
OTHER_OWNERS = ("Dinas A", "Dinas B", "Dinas C")


@pytest.fixture(scope="session")
def owners_home(tmp_path_factory):
    """Six owners of projects in Palembang, in July 2024; registrations complete."""
    world = empty_world(date(2024, 7, 31))
    owned = OWNED | dict.fromkeys(OTHER_OWNERS, ("APBD provinsi", 10, 6))
    projects, registrations = [], []
    for owner, (fund, projects_of, registered) in owned.items():
        for number in range(projects_of):
            code = f"{owner}-{number}"
            shared = {"pemilik": owner, "sumber_dana": fund, "tenaga_kerja": 10, "nilai_kontrak": 1_000_000}
            projects.append({"kode_proyek": code, **shared, **FROM_JUNE})
            if number < registered:
                paid = {"tgl_daftar": date(2024, 6, 1), "tgl_bayar": date(2024, 6, 1), "tenaga_kerja": 10}
                registrations.append({"kode_proyek": code, **paid})
    deliver(world, "proyek", *projects)
    deliver(world, "pendaftaran", *registrations, complete_for="16", period=YEAR)
    home = Home(tmp_path_factory.mktemp("owners") / "home")
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return home


@pytest.fixture(scope="session")
def unjudged_home(tmp_path_factory):
    """One running project, and nothing that says who is registered."""
    world = empty_world(date(2024, 7, 31))
    deliver(world, "proyek", {"kode_proyek": "A", "pemilik": "Dinas PUPR", "tenaga_kerja": 10, **FROM_JUNE})
    home = Home(tmp_path_factory.mktemp("unjudged") / "home")
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return home


@pytest.fixture(scope="session")
def rounded_home(tmp_path_factory):
    """The nation reports to the nearest 10.000, two kabupaten to the person, their province not at all."""
    world = empty_world(date(2024, 7, 31))
    nation = {"wilayah": "00", "per_tanggal": date(2024, 7, 9), "peserta": 7_360_000, "peserta_presisi": 10_000}
    deliver(world, "angka_resmi", {**nation, "sumber": "Kantor pusat"})
    day = date(2024, 7, 31)
    deliver(
        world, "rekap", *({"wilayah": w, "bulan": day, "peserta_aktif": n} for w, n in (("16.02", 100), ("16.04", 200)))
    )
    deliver(world, "rekap", {"wilayah": "16.02", "bulan": date(2024, 6, 30), "peserta_aktif": 90})
    home = Home(tmp_path_factory.mktemp("rounded") / "home")
    load_world(home, world)
    publish(home, as_of=world["as_of"])
    return home


@pytest.fixture(scope="session")
def roles_home(tmp_path_factory):
    """See tests/pages/roles.py."""
    return make_roles_home(tmp_path_factory.mktemp("roles"))


@pytest.fixture(scope="session")
def projects_home(tmp_path_factory):
    """See tests/pages/project_world.py."""
    return make_projects_home(tmp_path_factory.mktemp("projects"))


@pytest.fixture(scope="session")
def signed_in_home(projects_home, tmp_path_factory):
    """The same projects where people sign in."""
    copy = Home(tmp_path_factory.mktemp("signed") / "home")
    shutil.copytree(projects_home.root, copy.root)
    return with_accounts(copy)


@pytest.fixture
def look(monkeypatch):
    """A function that opens the dashboard on a home with the parameters of an address."""

    def open_dashboard(home, page=None, **params):
        monkeypatch.setenv("CAKUPAN_HOME", str(home.root))
        app = AppTest.from_file(str(DASHBOARD), default_timeout=60)
        if page:
            app._page_hash = calc_hash(page)  # as a browser that asks for its address: no other page runs before
        for name, value in params.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception, app.exception
        return app

    return open_dashboard


@pytest.fixture
def look_as(monkeypatch):
    """A function that opens a page of the dashboard as an account of the home, through a session of its own.

    The browser is replaced where Streamlit hands its headers over: behind the gate, which alone sets this one. `page`
    is an address; `app` is the one to look again with.
    """
    monkeypatch.setattr(gate, "is_standing", lambda: True)
    sessions = []

    def open_as(home, name, page="", app=None, session_id=None, **params):
        monkeypatch.setenv("CAKUPAN_HOME", str(home.root))
        session_id = session_id or accounts.session_id_of(
            accounts.open_session(home, name, "127.0.0.1", datetime.now(UTC))
        )
        sessions.append(session_id)
        browser = SimpleNamespace(headers=[(gate.SESSION_HEADER, session_id)], cookies={}, remote_ip="127.0.0.1")
        monkeypatch.setattr(context, "_get_client_context", lambda: browser)
        for other in (connections.LOCAL_OWNER, *sessions):
            connections.forget(other)  # AppTest gives every Streamlit session the same id
        # A browser that has been here names the door too, by its file.
        named = page or ("ringkasan" if app else "")
        app = app or AppTest.from_file(str(DASHBOARD), default_timeout=60)
        app.context = {"url": f"http://localhost/{page}"}
        app._page_hash = calc_hash(named) if named else ""
        app.query_params.clear()
        app.query_params.update(params)
        app.run()
        assert not app.exception, app.exception
        return app

    yield open_as
    for other in sessions:
        connections.forget(other)


def html_of(app):
    """All HTML that the page wrote itself, without its styles."""
    return "\n".join(part.proto.body for part in app.get("html") if not part.proto.body.startswith("<style"))


def text_of(app):
    """What a reader sees of it."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html_of(app))).split())


def language_link_of(app):
    """(text, query string) of the link to the other language; a real link, since it changes the document."""
    [(address, text)] = re.findall(r'<div class="ck-language"><a href="\?([^"]*)"[^>]*>([^<]*)</a>', html_of(app))
    return text, unescape(address)


def links_of(app):
    """Label → query string of every link on the page."""
    return {link.proto.label.replace("\\", ""): link.proto.query_string for link in app.get("page_link")}
