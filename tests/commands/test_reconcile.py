"""cakupan.py reconcile: the lines and the pairs of the pages, for who asks in a shell."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from cakupan import app
from data.editions import publish
from data.errors import CakupanError
from data.home import Home
from tests.worlds import deliver, empty_world, load_world

POSITION = date(2025, 6, 30)
SPELL = {"mulai": date(2025, 1, 6), "selesai": date(2025, 12, 31), "tgl_spk": date(2025, 1, 6)}
KNOWN = (date(2025, 1, 1), POSITION)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """One project that is registered, one that is not, a registration of neither; three members, five reported."""
    world = empty_world(POSITION)
    deliver(world, "proyek", *({"kode_proyek": code, **SPELL} for code in ("TERDAFTAR", "BELUM")))
    registered = [{"kode_proyek": code, "tgl_daftar": date(2025, 1, 7)} for code in ("TERDAFTAR", "ENTAH")]
    deliver(world, "pendaftaran", *registered, complete_for="16.71", period=KNOWN)
    member = {"segmen": "BPU", "wilayah": "16.71", "sektor": "konstruksi", "tgl_bayar": KNOWN[0], "mulai": KNOWN[0]}
    members = [{"person_id": person, **member} for person in (1, 2, 3)]
    deliver(world, "kepesertaan", *members, complete_for="16.71", period=KNOWN)
    deliver(world, "rekap", {"wilayah": "16.71", "bulan": POSITION, "peserta_aktif": 5})
    home = Home(tmp_path_factory.mktemp("reconcile") / "home")
    load_world(home, world)
    publish(home, POSITION)
    return home


def told(home, monkeypatch, *arguments):
    monkeypatch.setenv("CAKUPAN_HOME", str(home.root))
    result = CliRunner().invoke(app, ["reconcile", *arguments], catch_exceptions=True)
    if isinstance(result.exception, CakupanError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_the_shell_tells_the_causes_and_what_differs(home, monkeypatch):
    output = told(home, monkeypatch)
    assert "Posisi 2025-06-30, edisi 1." in output
    assert "1  ■ Belum terdaftar (belum_terdaftar)" in output
    assert "Pendaftaran · ENTAH\n    ▲ Pendaftaran tanpa proyek: Terdaftar 7 Januari 2025." in output
    assert "TERDAFTAR ·" not in output


def test_json_has_the_same_lines(home, monkeypatch):
    found = json.loads(told(home, monkeypatch, "--place", "16.71", "--json"))
    assert {row["cause"]: row["lines"] for row in found["causes"]} == {
        "pendaftaran_tanpa_proyek": 1, "belum_terdaftar": 1, "cocok": 1,
    }  # fmt: skip
    assert [(line["subject"], line["kode_proyek"]) for line in found["lines"]] == [
        ("pendaftaran", "ENTAH"), ("proyek", "BELUM"),
    ]  # fmt: skip


def test_one_cause_and_words_narrow_the_lines(home, monkeypatch):
    found = json.loads(told(home, monkeypatch, "--cause", "cocok", "--search", "terdaf", "--json"))
    assert [line["kode_proyek"] for line in found["lines"]] == ["TERDAFTAR"]


def test_persons_stand_beside_reports(home, monkeypatch):
    assert "orang         3  laporan         5" in told(home, monkeypatch, "--reports")
    [pair] = json.loads(told(home, monkeypatch, "--reports", "--json"))
    assert (pair["persons"], pair["reported"], pair["difference"], pair["is_within_rounding"]) == (3, 5, -2, False)


@pytest.mark.parametrize(
    ("arguments", "refused"),
    [
        (("--cause", "salah"), "Sebab 'salah' tidak dikenal"),
        (("--place", "99"), "Wilayah '99' tidak dikenal"),
        (("--owner", "Dinas Lain"), "Pemilik 'Dinas Lain'"),
    ],
)
def test_what_is_unknown_is_refused_in_a_sentence(home, monkeypatch, arguments, refused):
    with pytest.raises(CakupanError, match=refused):
        told(home, monkeypatch, *arguments)
