"""Unggah Data: what is uploaded, how it is read, what is said of it, what would change, what came of it."""

import shutil
import time
from datetime import date

import pytest

from data import staging
from data.access import EVERYTHING
from data.editions import publish
from data.home import Home
from data.importers.run import import_file
from data.journal import count
from data.ledger import mark_demo, status
from tests.pages.conftest import html_of, text_of
from ui import jobs
from ui.texts import translator

ACCOUNT = "lokal"
PROJECTS = b"""kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai,nilai_kontrak,tenaga_kerja
N-1,<b>Jalan</b>,16.71,Dinas PUPR,2024-06-01,2024-12-31,1000,10
N-2,Drainase,Palembangg,Dinas PUPR,2024-06-01,2024-12-31,1000,10
"""
UNCLEAR = b"""apa,nama_proyek,wilayah,pemilik,mulai,selesai
N-1,Jalan,16.71,Dinas PUPR,2024-06-01,2024-12-31
"""
PERSONS = b"""nik,nama,kode_proyek,mulai,selesai
1671010101900001,Siti Rahayu,N-1,2024-06-01,2024-12-31
"""


KNOWN = b"""kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai,nilai_kontrak,tenaga_kerja
A-1,Jalan,16.71,Dinas PUPR,2024-01-01,2024-12-31,1000,10
A-2,Jembatan,16.71,Dinas PUPR,2024-01-01,2024-12-31,1000,10
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Two projects of Palembang, one of them registered; through the production import."""
    folder = tmp_path_factory.mktemp("unggah")
    home = Home(folder / "home")
    (folder / "proyek-lama.csv").write_bytes(KNOWN)
    (folder / "daftar.csv").write_text("kode_proyek,tgl_daftar,tgl_bayar,tenaga_kerja\nA-1,2024-01-02,2024-01-02,10\n")
    import_file(home, folder / "proyek-lama.csv")
    import_file(home, folder / "daftar.csv", complete_for="16.71", period="2024-01..2024-12")
    publish(home, as_of=date(2024, 7, 31))
    return home


@pytest.fixture
def home(published, tmp_path):
    """A copy, since drafts and deliveries are kept."""
    copy = Home(tmp_path / "home")
    shutil.copytree(published.root, copy.root)
    yield copy
    jobs.forget((str(copy.root), ACCOUNT, EVERYTHING), "import", "preview-import", "undo", "preview-undo", "publish")


def waited(home, app):
    """The page once its work is over."""
    for _ in range(15_000):  # five minutes: a crowded machine
        if jobs.running((str(home.root), ACCOUNT, EVERYTHING)) is None:
            app.run()
            assert not app.exception, app.exception
            return app
        time.sleep(0.02)
    raise AssertionError("the work does not end")


def pressed(app, key):
    app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


def test_an_empty_home_begins_here_with_a_place_to_drop_files(look, tmp_path):
    app = look(Home(tmp_path / "baru"), "data_definisi")
    assert "Mulai di sini" in text_of(app)
    assert len(app.get("file_uploader")) == 1


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_file_is_recognised_and_nothing_lands_before_the_preview(look, home, language):
    _ = translator(language)
    staging.add(home, ACCOUNT, [("proyek.csv", PROJECTS), ("daftar.csv", PERSONS)])
    app = look(home, "data_definisi", isi="kirim", lang=language)
    text = text_of(app)
    assert _("Proyek konstruksi") in text
    assert _("Daftar tenaga kerja proyek") in text
    assert _.plural("{read} dari {count} kolom dibaca", 8).format(read=8, count=8) in text
    assert "1671010101900001" not in html_of(app)
    assert "Siti" not in html_of(app)
    assert "upload-import" not in [button.key for button in app.button]
    assert app.button(key="upload-preview").label == _("Lihat pratinjau")


def test_a_column_that_is_not_recognised_is_named_by_a_person(look, home):
    staging.add(home, ACCOUNT, [("proyek.csv", UNCLEAR)])
    app = look(home, "data_definisi", isi="kirim")
    assert "upload-preview" not in [button.key for button in app.button]
    assert "kode_proyek" in text_of(app)
    [field] = [box for box in app.selectbox if (box.key or "").endswith("-column-kode_proyek")]
    field.select(0).run()
    draft = staging.draft_of(home, ACCOUNT)
    assert draft is not None
    [[choice]] = draft.answers["choices"].values()
    assert choice["columns"]["kode_proyek"] == 0
    assert "upload-preview" in [button.key for button in app.button]


def test_what_is_said_of_the_files_is_kept_with_them_and_checked(look, home):
    staging.add(home, ACCOUNT, [("proyek.csv", PROJECTS)])
    app = look(home, "data_definisi", isi="kirim")
    app.radio(key="terms-mode").set_value("lengkap").run()
    assert app.button(key="upload-preview").disabled
    assert "Pilih wilayah atau pemilik" in text_of(app)
    app.selectbox(key="terms-scope-wilayah").select("16.71").run()
    assert not app.button(key="upload-preview").disabled
    app.text_input(key="terms-first").set_value("2024-13").run()
    assert "tidak terbaca" in text_of(app)
    draft = staging.draft_of(home, ACCOUNT)
    assert draft is not None
    assert (draft.answers["mode"], draft.answers["scope"]) == ("lengkap", "16.71")


def test_what_somebody_else_looks_at_is_told_by_who_and_since_when_only(look, home):
    staging.add(home, "sari", [("rahasia.csv", PROJECTS)])
    text = text_of(look(home, "data_definisi", isi="kirim"))
    assert "sari sedang memeriksa 1 berkas sejak" in text
    assert "rahasia.csv" not in text


def test_that_somebody_else_writes_is_said_once(look, home):
    """First above all, then only where the preview was refused for it; who looks at files is told once they are in."""
    staging.add(home, "sari", [("rahasia.csv", PROJECTS)])
    staging.add(home, ACCOUNT, [("proyek.csv", PROJECTS)])
    with home.writer_lock("import", who="sari"):
        app = look(home, "data_definisi", isi="kirim")
        assert (text_of(app).count("oleh akun sari"), text_of(app).count("sari sedang")) == (1, 0)
        text = text_of(waited(home, pressed(app, "upload-preview")))
        assert (text.count("oleh akun sari"), text.count("sari sedang")) == (1, 0)
        assert text.index("Pratinjau Apa") < text.index("oleh akun sari")
    assert "sari sedang memeriksa 1 berkas sejak" in text_of(app.run())


def test_a_preview_says_what_changes_and_one_of_before_a_change_is_not_taken_for_one_of_now(look, home):
    before = len(status(home)["batches"])
    staging.add(home, ACCOUNT, [("proyek.csv", PROJECTS)])
    app = pressed(look(home, "data_definisi", isi="kirim"), "upload-preview")
    text = text_of(waited(home, app))
    assert "proyek.csv Proyek konstruksi 2 1 1 0 akan masuk" in text
    assert "baris 3: Palembangg" in text
    assert "Proyek konstruksi 1 0 0 0 2" in text  # one new, none changed, ended or gone, the two of before
    assert "Kota Palembang Proyek terdaftar 50,0 % → 33,3 %" in text  # 1 of 2, then 1 of 3
    assert len(status(home)["batches"]) == before
    assert "upload-import" in [button.key for button in app.button]
    draft = staging.draft_of(home, ACCOUNT)
    assert draft is not None
    staging.answer(home, draft, sender="Dinas PUPR")
    app = look(home, "data_definisi", isi="kirim")
    assert "upload-import" not in [button.key for button in app.button]


def test_who_was_faster_makes_one_preview_again_then_the_file_lands_and_can_be_undone(look, home, tmp_path):
    staging.add(home, ACCOUNT, [("proyek.csv", PROJECTS)])
    app = waited(home, pressed(look(home, "data_definisi", isi="kirim"), "upload-preview"))
    (tmp_path / "lain.csv").write_bytes(KNOWN.replace(b"A-", b"B-"))
    import_file(home, tmp_path / "lain.csv")
    app = waited(home, pressed(app, "upload-import"))
    assert "Sejak pratinjau" in text_of(app)
    assert "upload-import" not in [button.key for button in app.button]
    app = waited(home, pressed(app, "upload-preview"))
    assert "Sejak pratinjau" not in text_of(app)
    text = text_of(waited(home, pressed(app, "upload-import")))
    assert "1 baris masuk dari 1 berkas" in text
    assert "<b>Jalan</b>" not in html_of(app)
    [batch] = [one for one in status(home)["batches"] if one["file_name"] == "proyek.csv"]
    assert staging.draft_of(home, ACCOUNT) is None
    app = look(home, "data_definisi", isi="kiriman")
    assert "2 kiriman menunggu terbit" in text_of(app)
    app = look(home, "data_definisi", isi="kiriman", batch=str(batch["batch_id"]))
    assert "1 dari 1 baris yang ditolak belum dibetulkan" in text_of(app)
    app = waited(home, pressed(app, "sent-preview-undo"))
    assert "Proyek konstruksi 0 0 0 1 4" in text_of(app)  # one gone, the two of before and the two of who was faster
    app = waited(home, pressed(app, "sent-undo"))
    assert "○ dibatalkan" in text_of(app)
    assert "1 baris ditolak; kirimannya dibatalkan, jadi tidak perlu dibetulkan" in text_of(app)
    assert count(home, kind="undo") == 1


def test_the_demonstration_goes_only_after_a_second_yes(look, home):
    mark_demo(home)
    staging.add(home, ACCOUNT, [("proyek.csv", PROJECTS)])
    app = waited(home, pressed(look(home, "data_definisi", isi="kirim"), "upload-preview"))
    assert app.button(key="upload-import").disabled
    app.checkbox(key="upload-leaves-demo").check().run()
    assert not app.button(key="upload-import").disabled
    app = waited(home, pressed(app, "upload-import"))
    assert "1 baris masuk dari 1 berkas" in text_of(app)
    now = status(home)
    assert now["demo"] is False
    assert [batch["file_name"] for batch in now["batches"]] == ["proyek.csv"]


def test_the_demonstration_stays_for_a_file_of_which_no_row_is_accepted(look, home):
    mark_demo(home)
    staging.add(home, ACCOUNT, [("salah.csv", PROJECTS.replace(b"16.71", b"Mars"))])
    app = waited(home, pressed(look(home, "data_definisi", isi="kirim"), "upload-preview"))
    assert "salah.csv Proyek konstruksi 2 0 2 0 semua baris ditolak" in text_of(app)
    assert "jadi data contoh tetap" in text_of(app)
    assert "upload-import" not in [button.key for button in app.button]


def test_between_leaving_the_demonstration_and_publishing_a_page_leads_to_publishing(look, home):
    home.current_path.unlink()
    app = look(home, "ringkasan")
    assert "Kiriman sudah masuk, tetapi belum diterbitkan" in text_of(app)
    assert "isi=terbit" in html_of(app)
    assert "data contoh" not in text_of(app)


def test_publishing_says_that_its_day_moves_the_position_and_where_registrations_end(look, home):
    app = look(home, "data_definisi", isi="terbit")
    app.date_input(key="publish-day").set_value(date(2024, 7, 31)).run()
    assert "Posisi bergeser" not in text_of(app)  # the served edition's own day
    assert "dinyatakan lengkap" not in text_of(app)
    app.date_input(key="publish-day").set_value(date(2025, 1, 15)).run()
    assert "Posisi bergeser dari 31 Juli 2024 ke 15 Januari 2025." in text_of(app)
    assert "Pendaftaran dinyatakan lengkap sampai 31 Desember 2024." in text_of(app)


def test_a_link_to_a_delivery_that_is_not_there_says_so(look, home):
    text = text_of(look(home, "data_definisi", isi="kiriman", batch="999", keadaan="aneh"))
    assert "Kiriman “999” pada tautan tidak ada" in text
    assert "Keadaan “aneh” pada tautan tidak dikenal" in text
