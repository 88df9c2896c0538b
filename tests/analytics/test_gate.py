"""Which rules are met and by what evidence, what a recorded proof replaces, and words for every code."""

import gzip
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analytics import gate
from analytics.ladder import ladder
from analytics.register import dossier
from analytics.row import Scope
from data.access import Grant
from data.cases import RESULTS, Proof
from data.casework import Casework, Noted
from data.config import NOTES_WITH_RULE
from data.editions import current_edition, open_edition, publish
from data.home import Home
from tests.worlds import deliver, empty_world, load_world

FIXTURES = Path(__file__).parents[1] / "fixtures"
SPK, DEADLINE = date(2024, 6, 3), date(2024, 6, 24)
STARTS, ENDS, POSITION = date(2024, 6, 10), date(2024, 12, 20), date(2024, 7, 31)
KNOWN, OTHER_PLACE = "16.71", "16.07"


def project(code, **columns):
    start = {"kode_proyek": code, "tgl_spk": SPK, "mulai": STARTS, "selesai": ENDS, "sumber_dana": "APBD provinsi"}
    return start | {"no_spk": f"SPK/{code}", "nilai_kontrak": Decimal(10_000_000_000)} | columns


def registration(code, **columns):
    on = {"tgl_daftar": DEADLINE, "tgl_bayar": DEADLINE, "tenaga_kerja": 1, "no_sertifikat": f"JK/{code}"}
    return {"kode_proyek": code, "no_proyek_bpjs": "1234567890123"} | on | columns


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home, world = Home(tmp_path_factory.mktemp("checks") / "home"), empty_world(POSITION)
    deliver(
        world,
        "proyek",
        project("met"),
        project("unpaid"),
        project("unregistered"),
        project("unknown", wilayah=OTHER_PLACE),
        project("private", sumber_dana="Swasta"),
        project("undated", tgl_spk=None),
        project("before-rules", tgl_spk=date(2015, 12, 28)),
        project("new", tgl_spk=date(2024, 7, 29)),
        project("over", selesai=date(2024, 7, 10)),
    )
    deliver(
        world,
        "pendaftaran",
        registration("met"),
        registration("unpaid", tgl_bayar=None, no_sertifikat=None, no_proyek_bpjs="1234567890124"),
        as_of=date(2024, 8, 1),
    )
    period = (date(2015, 1, 1), POSITION)
    deliver(world, "pendaftaran", complete_for=KNOWN, period=period, as_of=date(2019, 1, 1))
    asked = {"kode_proyek": "unregistered", "jumlah": Decimal(1)}
    deliver(
        world,
        "pembayaran",
        {"kode_proyek": "met", "tgl_bayar": date(2024, 6, 20), "jumlah": Decimal(1)},
        asked | {"tgl_bayar": date(2024, 7, 1)},
        asked | {"tgl_permohonan": date(2024, 7, 15), "termin": "Termin 2"},
        asked | {"tgl_bayar": POSITION, "termin": "Termin 3"},
    )
    load_world(home, world)
    publish(home, as_of=POSITION)
    return home


@pytest.fixture(scope="module")
def edition(home):
    edition = current_edition(home)
    assert edition is not None
    return edition


def checked(edition, code, payment=0):
    """{rule: (in force, met, evidence)}"""
    found = dossier(edition, code)
    assert found is not None
    checks = gate.checks(found, gate.rules(edition), payment=payment)
    return {one.rule.code: (one.is_in_force, one.is_met, one.evidence) for one in checks}


def told(edition, code, payment=0):
    """(in force, met) of the two demands that bind in Palembang."""
    found = checked(edition, code, payment)
    return found["terdaftar"][:2], found["dibayar"][:2]


def test_the_rules_are_those_of_the_settings_binding_ones_first(edition):
    rules = gate.rules(edition)
    assert [rule.code for rule in rules if rule.kind == "wajib"] == ["terdaftar", "dibayar", "syarat_pencairan"]
    assert {rule.code for rule in rules[3:]} == NOTES_WITH_RULE.keys()
    paid = rules[1]
    assert (paid.places, paid.not_for_payers, paid.is_assumption) == (("16",), ("Swasta",), True)
    assert [rule.threshold for rule in rules if rule.code == "headcount_low"] == [Decimal(2_000_000_000)]


def test_each_demand_is_met_by_what_is_written_in_a_row_of_a_file(edition):
    found = checked(edition, "met")
    order, registered = found["terdaftar"][2]
    assert found["terdaftar"][:2] == (True, True)
    assert (order.document, order.number, order.dated) == ("work_order", "SPK/met", SPK)
    assert (registered.number, registered.dated) == ("1234567890123", DEADLINE)
    assert (registered.file_name, registered.row_number) == ("pendaftaran.csv", 2)
    [paid] = found["dibayar"][2]
    assert (paid.document, paid.number, paid.dated) == ("payment", "JK/met", DEADLINE)


def test_what_came_after_a_payment_is_no_evidence_for_it(edition):
    assert told(edition, "met", payment=1) == ((True, False), (True, False))
    found = checked(edition, "met", payment=1)
    assert [one.document for one in found["terdaftar"][2]] == ["work_order"]
    assert found["dibayar"][2] == ()


def test_what_is_missing_is_unmet_where_it_is_known_and_untold_where_it_is_not(edition):
    assert told(edition, "unpaid") == ((True, True), (True, False))
    assert told(edition, "unregistered") == ((True, False), (True, False))
    assert told(edition, "unknown") == ((True, None), (True, None))


def test_a_rule_that_does_not_bind_a_project_is_neither_met_nor_broken(edition):
    assert told(edition, "private") == ((True, False), (False, None))
    assert told(edition, "undated") == ((False, None), (False, None))
    assert told(edition, "before-rules") == ((False, None), (False, None))


def test_a_note_is_met_where_nothing_is_noted(edition):
    assert checked(edition, "met")["headcount_low"] == (True, False, ())
    assert checked(edition, "unregistered")["headcount_low"] == (True, True, ())
    assert checked(edition, "before-rules")["headcount_low"][0] is False


def test_a_payment_that_is_not_judged_has_no_checks(edition):
    assert checked(edition, "met", payment=9) == {}


def proof(code, **columns):
    """A proof that would meet everything at the position."""
    days: dict[str, Any] = {"registered_on": DEADLINE, "paid_on": DEADLINE, "cover_from": STARTS, "cover_to": ENDS}
    return Proof(code, "JK/9", "INV/9", **days | columns)


def recorded(*proofs):
    at = datetime(2024, 8, 1, tzinfo=UTC)
    return Casework(
        tuple(Noted(n, at, "bpkad", "payer", True, "proof", one, 1, False) for n, one in enumerate(proofs, start=1))
    )


def test_a_proof_replaces_what_the_data_miss_and_never_a_result_that_is_met(edition):
    codes = ("met", "unpaid", "unregistered", "unknown", "private", "new")
    found = gate.overlay(recorded(*map(proof, codes)), edition)
    assert found == dict.fromkeys(codes[1:], "bukti_manual")


def is_taken(edition, **columns):
    return bool(gate.overlay(recorded(proof("unregistered", **columns)), edition))


def test_a_proof_whose_cover_misses_the_position_replaces_nothing(edition):
    covered = [is_taken(edition, cover_from=day) for day in (POSITION, date(2024, 8, 1))]
    assert covered == [True, False]
    assert [is_taken(edition, cover_to=day) for day in (POSITION, date(2024, 7, 30))] == [True, False]


def test_a_proof_newer_than_the_edition_is_judged_on_its_own_day(edition):
    later = date(2024, 8, 20)
    assert is_taken(edition, registered_on=later, paid_on=later, cover_from=later)
    assert not is_taken(edition, registered_on=later, paid_on=later, cover_to=date(2024, 8, 19))
    assert not is_taken(edition, registered_on=later, paid_on=later, cover_from=date(2024, 8, 21))


def test_work_that_is_over_needs_a_proof_from_before_its_end(edition):
    end = date(2024, 7, 10)
    assert gate.overlay(recorded(proof("over", paid_on=end, cover_to=end)), edition) == {"over": "bukti_manual"}
    assert gate.overlay(recorded(proof("over", paid_on=date(2024, 7, 11))), edition) == {}


def test_a_proof_does_not_tell_which_rules_bind(edition):
    assert gate.overlay(recorded(proof("undated"), proof("before-rules")), edition) == {}


def test_a_proof_stands_at_the_position_and_for_a_payment_that_is_only_asked_for(edition):
    found = dossier(edition, "unregistered")
    assert found is not None
    taken = {one.payment: (one.judged_on, gate.takes_proof(found, one)) for one in found.judgements}
    assert taken == {
        0: (POSITION, True),
        1: (date(2024, 7, 1), False),
        2: (POSITION, True),  # asked for on 15 July
        3: (POSITION, False),  # paid on the day of the position
    }


def test_one_good_proof_of_several_suffices(edition):
    early = proof("unregistered", cover_to=date(2024, 7, 1))
    assert gate.overlay(recorded(early, proof("unregistered")), edition) == {"unregistered": "bukti_manual"}


def test_proofs_of_projects_beyond_the_grant_or_the_edition_replace_nothing(home):
    own = open_edition(home, 1, Grant(frozenset({KNOWN}), None))
    found = gate.overlay(recorded(proof("unknown"), proof("gone"), proof("new")), own)
    assert found == {"new": "bukti_manual"}


@pytest.mark.parametrize("version", [1, 2, 3])
def test_editions_from_before_projects_were_judged_tell_nothing(tmp_path, version):
    home = Home(tmp_path)
    home.editions_dir.mkdir()
    packed = (FIXTURES / f"edition-schema-{version}.duckdb.gz").read_bytes()
    (home.editions_dir / "000001.duckdb").write_bytes(gzip.decompress(packed))
    older = open_edition(home, 1)
    assert gate.rules(older) == []
    assert gate.overlay(recorded(proof("unregistered")), older) == {}
    assert ladder(older, date(2024, 6, 30), Scope("16")) == []


def test_every_code_has_words_in_both_languages():
    texts = [*gate.REASONS.values(), *gate.NOTES.values(), *gate.PAYER_NOTES.values(), gate.NOT_A_DECISION]
    for result in gate.RESULTS.values():
        texts += [result.label, result.sentence, result.explanation]
    for text in texts:
        assert text.id
        assert text.en
        assert text.id != text.en
    assert gate.NOTES.keys() >= NOTES_WITH_RULE.keys()
    assert gate.RESULTS.keys() == set(RESULTS)
    assert gate.REGISTERED_ALL_THE_SAME and set(gate.REGISTERED_ALL_THE_SAME) < gate.REASONS.keys()
