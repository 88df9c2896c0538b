"""Every result, reason, note, rung and case that the pages know occurs in the demonstration, judged as a hand would."""

from collections import Counter
from datetime import date

import duckdb
import pytest

from analytics.causes import DIFFERENCES, OF_ROWS
from analytics.gate import MANUAL_PROOF, NOTES, REASONS, RESULTS, overlay, rules
from analytics.ladder import RUNGS, ladder
from analytics.reconciliation import lines, summary
from analytics.register import counts_by_result, dossier, new_work_orders, register
from analytics.row import Scope
from analytics.unmatched import UnmatchedRow
from data.access import LOCAL
from data.casework import (
    DECISIONS,
    FINDING_STATES,
    FOLLOW_UP_STATES,
    KINDS,
    FollowUp,
    casework,
    record_follow_up,
    record_story,
)  # fmt: skip
from data.demo import make_demo
from data.demo.leaving import clear_demo
from data.demo.scenario import AS_OF, read_table
from data.editions import open_edition, publish
from data.home import Home
from data.importers import import_file
from data.ledger import mark_demo, open_ledger

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
    "syarat pencairan kota": {0: "memenuhi", 1: "memenuhi"},
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
    """By column the values of every judgement of the edition, as a database."""
    with duckdb.connect(str(edition.path), read_only=True) as tables:
        yield tables


def tally(tables, column, table="judgement"):
    return Counter(dict(tables.execute(f"select {column}, count(*) from {table} group by all").fetchall()))


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


def test_every_result_occurs_at_the_position_and_at_payments(judged):
    stored = set(RESULTS) - {MANUAL_PROOF}
    for moment in ("payment = 0", "payment > 0"):
        assert set(tally(judged, "result", f"judgement where {moment}")) == stored


def test_a_recorded_proof_lies_over_the_result_of_its_project(home, edition):
    overlaid = overlay(casework(home, edition), edition)
    assert overlaid == {CODES["bukti manual"]: MANUAL_PROOF}
    found = register(edition, PROVINCE, results=(MANUAL_PROOF,), overlaid=overlaid)
    assert ([row.kode_proyek for row in found.rows], found.total) == ([CODES["bukti manual"]], 1)


def test_every_reason_occurs(judged):
    assert set(tally(judged, "reason")) - {None} == set(REASONS)


def test_every_note_occurs(judged):
    each = "(select unnest(string_split(notes, ',')) as note from judgement)"
    assert set(tally(judged, "note", each)) == set(NOTES)


def test_every_probable_cause_of_a_difference_occurs(edition):
    counted = {count.cause: count.lines for count in summary(edition, PROVINCE)}
    assert set(DIFFERENCES) | {"belum_jatuh_tempo", "cocok"} == set(counted)
    told = {cause: counted[cause] for cause in OF_ROWS}
    assert told | {"pekerja_tanpa_proyek": 0} == {
        "nomor_mirip": 1, "pendaftaran_tanpa_proyek": 1, "pendaftaran_spk_ganda": 1, "proyek_dihapus": 1,
        "pembayaran_tanpa_proyek": 1, "pekerja_tanpa_proyek": 0, "peserta_tanpa_proyek": 1,
    }  # fmt: skip
    assert (counted["spk_ganda"], counted["bayar_melebihi_kontrak"], counted["iuran_lebih"]) == (2, 1, 1)


def test_a_mistyped_work_order_leads_to_the_project_it_means(edition):
    [row] = lines(edition, PROVINCE, causes=("nomor_mirip",)).rows
    assert isinstance(row, UnmatchedRow)
    assert [candidate.kode_proyek for candidate in row.candidates] == [CODES["belum terdaftar"]]


def test_every_binding_rule_judges_some_project(edition, judged):
    each = "(select unnest(string_split(rules, ',')) as rule from judgement)"
    assert set(tally(judged, "rule", each)) == {rule.code for rule in rules(edition) if rule.kind == "wajib"}


def test_every_way_to_carry_out_work_and_every_kind_of_payment_occurs(judged):
    assert set(tally(judged, "cara_pelaksanaan", "project")) == {"penyedia", "swakelola", "darurat", None}
    assert set(tally(judged, "kind", "payment")) == {"uang muka", "termin", "retensi"}
    assert set(tally(judged, "payer", "project")) == {
        "KPPN", "BPKAD provinsi", "BPKAD kabupaten/kota", "BLUD/BUMD", "Swasta",
    }  # fmt: skip


def test_projects_lose_at_every_rung_and_of_some_it_cannot_be_told_or_is_not_due(edition):
    rungs = {row.rung: row for row in ladder(edition, AS_OF, PROVINCE)}
    assert list(rungs) == list(RUNGS)
    assert all(row.projects > 0 for row in rungs.values())
    assert all(row.lost > 0 for rung, row in rungs.items() if rung != "wajib")
    assert rungs["terdaftar"].not_due > 0
    assert rungs["tepat_waktu"].unknown > 0


def test_in_april_nobody_knows_of_the_projects_of_owners_that_did_not_send(edition):
    [_first, registered, *_others] = ladder(edition, date(2025, 4, 30), PROVINCE)
    assert registered.unknown > 0


def test_new_work_orders_wait_for_their_registration(edition):
    waiting = {row.kode_proyek: row for row in new_work_orders(edition, PROVINCE)}
    assert {CODES["SPK baru"], CODES["uang muka sebelum mulai"], CODES["swasta SPK baru"]} <= set(waiting)
    assert CODES["kontrak pendek tanpa pendaftaran"] not in waiting, "its work is over: nobody can be helped any more"
    days_left = [row.days_left or 0 for row in waiting.values()]
    assert days_left == sorted(days_left)
    assert waiting[CODES["SPK baru"]].deadline == date(2025, 7, 7)


def test_every_project_is_counted_under_one_result(edition, judged):
    [(projects,)] = judged.execute("select count(*) from project").fetchall()
    assert sum(row.projects for row in counts_by_result(edition, PROVINCE)) == projects


def test_what_a_contract_said_before_is_kept(edition):
    [before] = case(edition, "adendum waktu tanpa perpanjangan").addenda
    assert (before.nilai_kontrak, before.selesai) == (7_600_000_000, date(2025, 5, 31))


def test_every_company_has_one_number_that_no_telephone_can_have(judged):
    """Behind an area code no Indonesian number begins with 0."""
    numbers = judged.execute("""
        select split_part(penyedia, ' - ', 1) as firm, list(distinct telepon_penyedia)
        from project where telepon_penyedia is not null group by firm""").fetchall()
    assert all(len(told) == 1 and told[0].startswith("(0711) 000-") for _firm, told in numbers)
    assert len({told[0] for _firm, told in numbers}) == len(numbers) > 500


def test_a_revised_plan_keeps_the_targets_that_it_replaced(judged):
    replaced = judged.execute("select document, indicator from target where is_superseded order by all").fetchall()
    measures = ("contributions_paid_rp", "projects_registered_ytd", "workers_registered_ytd")
    assert replaced == [("RKAT contoh 2025", measure) for measure in measures]


def test_work_by_the_owner_has_no_company_to_call(judged):
    assert tally(judged, "telepon_penyedia is null", "project where cara_pelaksanaan = 'swakelola'").keys() == {True}


def test_casework_of_every_kind_and_state_occurs(home, edition):
    work = casework(home, edition)
    assert {noted.kind for noted in work.history} == set(KINDS)
    assert {finding.state for finding in work.findings} == set(FINDING_STATES)
    assert {noted.content.state for noted in work.history if noted.kind == "follow_up"} == set(FOLLOW_UP_STATES)
    assert {noted.content.decision for noted in work.decisions.values()} == set(DECISIONS)


def test_one_exception_has_expired_and_one_is_in_force(home, edition):
    work = casework(home, edition)
    assert set(work.waivers) == {CODES["pengecualian lewat masa"], CODES["pengecualian berlaku"]}
    assert work.waiver_in_force(CODES["pengecualian lewat masa"], AS_OF) is None
    assert work.waiver_in_force(CODES["pengecualian berlaku"], AS_OF) is not None


def test_one_finding_is_overdue_and_one_concerns_an_owner_as_a_whole(home, edition):
    findings = casework(home, edition).findings
    assert [finding.is_overdue(AS_OF) for finding in findings].count(True) == 1
    assert [finding.noted.content.kode_proyek for finding in findings].count(None) == 1


def test_entries_carry_the_days_of_the_story_in_their_order(home, edition):
    days = [noted.day for noted in casework(home, edition).history]
    assert days == sorted(days)
    assert date(2025, 1, 1) < days[0] <= days[-1] <= AS_OF


def test_a_decision_was_shown_the_result_that_the_edition_gives(home, edition):
    for (code, payment), noted in casework(home, edition).decisions.items():
        found = dossier(edition, code)
        assert found is not None
        results = {row.payment: row.result for row in found.judgements}
        assert noted.content.result_shown == results[payment], (code, payment)


def test_a_story_of_the_demonstration_does_not_count_once_real_data_is_in(tmp_path):
    home, path = Home(tmp_path / "rumah"), tmp_path / "proyek.csv"
    path.write_text(
        "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai\n"
        "P-1,Jalan,Kota Palembang,Dinas PUPR,2025-01-06,2025-12-31\n"
    )
    with home.writer_lock("uji"):
        open_ledger(home).close()
        mark_demo(home)
    import_file(home, path, data_as_of=AS_OF)
    shown = open_edition(home, publish(home, as_of=AS_OF))
    promised = FollowUp("P-1", "berjanji", "Cabang Palembang", promised_on=date(2025, 7, 4))
    record_story(home, LOCAL, shown, promised, told_on=AS_OF)
    assert [noted.day for noted in casework(home, shown).history] == [AS_OF]
    clear_demo(home, [path], {})
    import_file(home, path, data_as_of=AS_OF)
    real = open_edition(home, publish(home, as_of=AS_OF))
    assert casework(home, real).history == ()
    record_follow_up(home, LOCAL, real, FollowUp("P-1", "dihubungi", "Cabang Palembang"))
    assert [noted.content.state for noted in casework(home, real).history] == ["dihubungi"]
