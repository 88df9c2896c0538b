"""Every result, reason, note, rung and case that the pages know occurs in the demonstration, judged as a hand would."""

from collections import Counter
from datetime import date

import pytest

from analytics.gate import MANUAL_PROOF, NOTES, REASONS, RESULTS, overlay
from analytics.ladder import RUNGS, ladder
from analytics.register import counts_by_result, dossier, new_work_orders, register
from analytics.row import Scope
from data.casework import FINDING_STATES, FOLLOW_UP_STATES, KINDS, casework
from data.demo import make_demo
from data.demo.scenario import AS_OF, read_table
from data.editions import open_edition
from data.home import Home

PROVINCE = Scope("16")
# By case what it comes to at the position (0) and at each payment; a reason stands behind a colon.
EXPECTED = {
    "tepat waktu": {0: "memenuhi", 1: "memenuhi", 2: "memenuhi"},
    "terlambat": {0: "terlambat", 1: "terlambat"},
    "belum terdaftar": {
        0: "belum_memenuhi:unregistered", 1: "belum_memenuhi:unregistered", 2: "belum_memenuhi:unregistered",
    },
    "iuran belum dibayar": {0: "belum_memenuhi:unpaid", 1: "belum_memenuhi:unpaid"},
    "adendum waktu tanpa perpanjangan": {
        0: "belum_memenuhi:cover_ended", 1: "memenuhi", 2: "belum_memenuhi:cover_ended",
    },
    "adendum nilai tanpa tambahan iuran": {0: "memenuhi", 1: "memenuhi"},
    "SPK baru": {0: "belum_jatuh_tempo:unregistered"},
    "uang muka sebelum mulai": {0: "belum_jatuh_tempo:unregistered", 1: "belum_jatuh_tempo:unregistered"},
    "uang muka sesudah tenggat": {0: "belum_memenuhi:unregistered", 1: "belum_memenuhi:unregistered"},
    "retensi": {0: "memenuhi", 1: "memenuhi", 2: "memenuhi"},
    "selesai tanpa pendaftaran": {
        0: "tidak_dapat_dipulihkan:over_unregistered", 1: "tidak_dapat_dipulihkan:over_unregistered",
    },
    "selesai tanpa bayar iuran": {
        0: "tidak_dapat_dipulihkan:over_unpaid", 1: "tidak_dapat_dipulihkan:over_unpaid",
    },
    "didaftarkan sesudah selesai": {
        0: "tidak_dapat_dipulihkan:over_unregistered", 1: "tidak_dapat_dipulihkan:over_unregistered",
    },
    "pendaftaran belum lengkap diketahui": {
        0: "belum_memenuhi:unregistered", 1: "belum_dapat_dinilai:registrations_unknown",
    },
    "tanpa tanggal SPK": {
        0: "belum_dapat_dinilai:no_work_order_date", 1: "belum_dapat_dinilai:no_work_order_date",
    },
    "SPK sebelum aturan": {0: "belum_dapat_dinilai:rule_later", 1: "belum_dapat_dinilai:rule_later"},
    "KSO": {0: "memenuhi", 1: "memenuhi"},
    "swakelola tanpa SPK": {0: "memenuhi", 1: "memenuhi"},
    "swakelola belum terdaftar": {0: "belum_memenuhi:unregistered", 1: "belum_memenuhi:unregistered"},
    "pekerjaan darurat": {0: "memenuhi", 1: "memenuhi"},
    "kontrak pendek tanpa pendaftaran": {
        0: "tidak_dapat_dipulihkan:over_unregistered", 1: "tidak_dapat_dipulihkan:over_unregistered",
    },
    "kontrak pendek terdaftar": {0: "memenuhi", 1: "memenuhi"},
    "satu pekerja untuk Rp10 miliar": {0: "memenuhi", 1: "memenuhi"},
    "didaftarkan sehari sebelum pembayaran": {0: "terlambat", 1: "terlambat"},
    "dana APBN": {0: "belum_memenuhi:unregistered", 1: "belum_memenuhi:unregistered"},
    "swasta belum terdaftar": {0: "belum_memenuhi:unregistered"},
    "swasta SPK baru": {0: "belum_jatuh_tempo:unregistered"},
    "tempat hanya provinsi": {0: "memenuhi", 1: "memenuhi"},
    "perpanjangan terputus": {0: "memenuhi", 1: "memenuhi"},
    "bukti manual": {0: "belum_memenuhi:unregistered", 1: "belum_memenuhi:unregistered"},
    "pengecualian lewat masa": {
        0: "belum_memenuhi:unregistered", 1: "belum_memenuhi:unregistered", 2: "belum_memenuhi:unregistered",
    },
    "pengecualian berlaku": {0: "belum_memenuhi:unregistered", 1: "belum_memenuhi:unregistered"},
    "iuran kurang": {0: "memenuhi", 1: "memenuhi"},
    "semua nama tercatat": {0: "memenuhi", 1: "memenuhi"},
    "retensi tanpa pendaftaran": {
        0: "tidak_dapat_dipulihkan:over_unregistered", 1: "tidak_dapat_dipulihkan:over_unregistered",
        2: "tidak_dapat_dipulihkan:over_unregistered",
    },
    "perlindungan belum mulai": {0: "belum_memenuhi:cover_not_begun", 1: "belum_memenuhi:cover_not_begun"},
    "perlindungan berakhir sebelum pekerjaan": {
        0: "tidak_dapat_dipulihkan:over_uncovered", 1: "tidak_dapat_dipulihkan:over_uncovered",
    },
    "tanggal bayar iuran tidak diketahui": {
        0: "belum_dapat_dinilai:payment_unknown", 1: "belum_dapat_dinilai:payment_unknown",
    },
    "swasta terdaftar belum membayar": {0: "memenuhi"},
}  # fmt: skip
CODES = {row["kasus"]: row["kode_proyek"] for row in read_table("cases")}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The whole demonstration."""
    home = Home(tmp_path_factory.mktemp("rumah"))
    make_demo(home)
    return home


@pytest.fixture(scope="module")
def edition(home):
    return open_edition(home, 1)


@pytest.fixture(scope="module")
def judged(edition):
    """Every judgement of the edition."""
    return edition._rows("judgement_rows", {})


def case(edition, name):
    found = dossier(edition, CODES[name])
    assert found is not None, name
    return found


def test_every_case_is_expected_and_every_expected_case_is_one():
    assert set(EXPECTED) == set(CODES)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_case_is_judged_as_a_hand_would_judge_it(edition, name):
    told = {row.payment: ":".join(filter(None, (row.result, row.reason))) for row in case(edition, name).judgements}
    assert told == EXPECTED[name]


def test_days_of_the_late_project_are_those_of_the_calendar(edition):
    at_payment = next(row for row in case(edition, "terlambat").judgements if row.payment == 1)
    assert at_payment.late_days == (date(2025, 3, 18) - date(2025, 2, 21)).days
    assert at_payment.unprotected_days == (date(2025, 3, 19) - date(2025, 2, 10)).days


def test_emergency_work_is_unprotected_from_its_start_though_it_was_registered_in_time(edition):
    at_position = next(row for row in case(edition, "pekerjaan darurat").judgements if row.payment == 0)
    assert at_position.unprotected_days == (date(2025, 2, 24) - date(2025, 2, 3)).days


def test_the_days_between_two_covers_are_counted(edition):
    at_position = next(row for row in case(edition, "perpanjangan terputus").judgements if row.payment == 0)
    before, between = date(2025, 1, 15) - date(2025, 1, 13), date(2025, 5, 26) - date(2025, 5, 10)
    assert at_position.unprotected_days == before.days + between.days
