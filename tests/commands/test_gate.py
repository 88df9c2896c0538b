"""cakupan.py gate: the rows of the page of projects, one project, and what it refuses."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest

from analytics.register import register
from analytics.row import Scope
from data.access import LOCAL
from data.cases import Proof
from data.casework import record_proof
from data.editions import current_edition, publish
from data.home import Home
from tests.shell import landed, refused, run_here
from tests.worlds import deliver, empty_world, load_world

SPK, DEADLINE, POSITION = date(2024, 6, 3), date(2024, 6, 24), date(2024, 7, 31)
PERIOD = (date(2024, 1, 1), POSITION)
OTHER = {"pemilik": "Dinas Perkim", "sumber_dana": "APBN", "wilayah": "16.02"}


def project(code, **columns):
    return {"kode_proyek": code, "tgl_spk": SPK, "mulai": SPK, "selesai": date(2024, 12, 31)} | columns


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home, world = Home(tmp_path_factory.mktemp("shell") / "home"), empty_world(POSITION)
    deliver(world, "proyek", project("P1"), project("P2"), project("P3", **OTHER))
    on = {"tgl_daftar": DEADLINE, "tgl_bayar": DEADLINE}
    registered = {"kode_proyek": "P1", "iuran_dibayar": Decimal("240000.50")} | on
    deliver(world, "pendaftaran", registered, complete_for="16", period=PERIOD)
    deliver(world, "pembayaran", {"kode_proyek": "P1", "tgl_bayar": date(2024, 7, 1), "jumlah": Decimal(1)})
    load_world(home, world)
    publish(home, as_of=POSITION)
    edition = current_edition(home)
    assert edition is not None
    proof = Proof("P3", "JK/3", "INV/3", DEADLINE, DEADLINE, SPK, date(2024, 12, 31))
    record_proof(home, LOCAL, edition, proof)
    return home


def results(home, *arguments):
    return {row["kode_proyek"]: row["result"] for row in landed(home, "gate", *arguments)}


def test_the_rows_are_those_of_the_register_with_what_was_proved_by_hand(home):
    assert results(home) == {"P1": "memenuhi", "P2": "belum_memenuhi", "P3": "bukti_manual"}
    edition = current_edition(home)
    assert edition is not None
    [row] = register(edition, Scope("16"), search="P2").rows
    [printed] = [row for row in landed(home, "gate") if row["kode_proyek"] == "P2"]
    assert printed.keys() == asdict(row).keys()
    assert (printed["deadline"], printed["unprotected_days"]) == (str(DEADLINE), (POSITION - SPK).days + 1)


def test_a_scope_narrows_the_rows(home):
    assert results(home, "--place", "16.02").keys() == {"P3"}
    assert results(home, "--owner", "Dinas PUPR").keys() == {"P1", "P2"}
    assert results(home, "--fund", "APBN").keys() == {"P3"}


def test_one_project_is_told_with_its_payments_its_checks_and_their_evidence(home):
    told = landed(home, "gate", "--project", "P1")
    assert [(one["payment"], one["result"]) for one in told["judgements"]] == [(0, "memenuhi"), (1, "memenuhi")]
    [registration] = told["registrations"]
    assert registration["iuran_dibayar"] == "240000.50"
    checks = {check["rule"]: check for check in told["judgements"][1]["checks"]}
    assert checks["dibayar"]["is_met"] is True
    [paid] = checks["dibayar"]["evidence"]
    assert (paid["dated"], paid["file_name"], paid["row_number"]) == (str(DEADLINE), "pendaftaran.csv", 2)
    assert landed(home, "gate", "--project", "P3")["project"]["result"] == "bukti_manual"


def test_people_read_that_it_is_no_decision(home):
    said = run_here(home, "gate").stdout
    assert "bukan keputusan pembayaran" in said
    assert "P2" in said and "Belum memenuhi" in said and "Belum terdaftar pada tanggal penilaian" in said
    one = run_here(home, "gate", "--project", "P1").stdout
    assert "terdaftar: dipenuhi (Permenaker 44/2015" in one
    assert "pendaftaran.csv baris 2" in one


@pytest.mark.parametrize(
    ("arguments", "quoted"),
    [
        (("--project", "P9"), "'P9'"),
        (("--place", "99.99"), "'99.99'"),
        (("--owner", "Dinas PUP"), "mungkin Dinas PUPR"),
        (("--fund", "APBX"), "'APBX'"),
    ],
)
def test_what_is_unknown_is_named(home, arguments, quoted):
    assert quoted in refused(home, "gate", *arguments)


def test_without_an_edition_the_next_step_is_told(tmp_path):
    assert "publish" in refused(Home(tmp_path), "gate")
