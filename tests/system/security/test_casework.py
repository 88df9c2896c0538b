"""What officers recorded on projects: nothing of it reaches an account that may not see the project."""

from dataclasses import fields
from datetime import date

import pytest

from data import casework, journal
from data.access import LOCAL
from data.casework import Decision, Finding, FindingFollowUp, FollowUp, Proof, Waiver
from data.editions import current_edition
from tests.system.security.conftest import ALFA, BETA, PAGES, Office, found_in, said

MARK = "RAHASIA-{code}"
DAY = date(2024, 8, 31)
LOOKS = (
    {},
    {"proyek": "A-1"},
    {"proyek": "B-1"},
    {"bagian": "temuan"},
    {"bagian": "cari", "q": "RAHASIA"},
    {"owner": BETA},
    {"owner": ALFA},
)


def cases_of(code: str, owner: str) -> list:
    mark = MARK.format(code=code)
    return [
        Proof(code, f"S-{mark}", f"K-{mark}", DAY, DAY, DAY, DAY),
        Decision(code, 0, "ditunda", f"PA-{mark}", f"Alasan {mark}", "belum_memenuhi", 0),
        Waiver(code, f"Darurat {mark}", f"Sekda {mark}", DAY),
        Finding(code, owner, *(f"Isi {mark}" for _ in range(5)), due=DAY),
        Finding(None, owner, *(f"Seluruhnya {mark}" for _ in range(5)), due=DAY),
        FollowUp(code, "berjanji", f"Petugas {mark}", DAY, f"Janji {mark}"),
    ]


@pytest.fixture(scope="module")
def worked(office: Office) -> Office:
    """One entry of every kind on a project of each owner, and a finding on each owner as a whole."""
    edition = current_edition(office.home)
    assert edition is not None
    record = {
        "proof": casework.record_proof,
        "decision": casework.record_decision,
        "exception": casework.record_waiver,
        "finding": casework.record_finding,
        "follow_up": casework.record_follow_up,
    }
    for code, owner in (("A-1", ALFA), ("B-1", BETA)):
        for case in cases_of(code, owner):
            number = record[case.kind](office.home, LOCAL, edition, case).number
            if isinstance(case, Finding):
                answer = FindingFollowUp(number, f"Jawaban {MARK.format(code=code)}", "belum_sesuai")
                casework.record_finding_followup(office.home, LOCAL, edition, answer)
    return office


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("alfa", ("RAHASIA-B-1",)),
        ("kota", ("RAHASIA-B-1",)),
        ("bayar", ("RAHASIA-B-1",)),
        ("opd.beta", ("RAHASIA-A-1",)),
        ("cabang", ("RAHASIA-A-1", "RAHASIA-B-1")),
        ("kosong", ("RAHASIA-A-1", "RAHASIA-B-1")),
    ],
)
def test_no_page_tells_of_anothers_casework(worked: Office, name: str, hidden: tuple[str, ...]) -> None:
    with worked.reader(name) as reader:
        for page in (*PAGES[:2], "proyek", "capaian_target", "bahan_rapat"):
            for address in LOOKS:
                # Of a meeting pack the sections that tell of findings, exceptions and promises.
                text = said(reader.open(page, month="2024-07", untuk="inspektorat", **address))
                assert found_in(text, hidden) == [], (page, address)


def test_who_may_see_the_project_sees_what_was_recorded_on_it(worked: Office) -> None:
    with worked.reader("periksa") as reader:
        text = said(reader.open("proyek", proyek="B-1"))
        assert "S-RAHASIA-B-1" in text and "Jawaban RAHASIA-B-1" in text


def test_a_hidden_project_is_answered_as_one_that_nobody_has(worked: Office) -> None:
    with worked.reader("kota") as reader, worked.reader("kota") as other:
        hidden = b"".join(reader.open("proyek", proyek="B-1").elements)
        unknown = b"".join(other.open("proyek", proyek="Z-1").elements)
        assert hidden.replace(b"B-1", b"Z-1") == unknown


def test_looking_records_nothing(worked: Office) -> None:
    before = journal.head(worked.home)[0]
    with worked.reader("bayar") as reader:
        reader.open("proyek", proyek="A-1")
    entries = journal.entries(worked.home, limit=journal.head(worked.home)[0] - before)
    assert [entry.kind for entry in entries if entry.kind in casework.KINDS] == []


def test_every_field_of_every_case_bears_a_mark() -> None:
    """Else the tests above would say nothing of it."""
    marked = {
        field.name
        for case in cases_of("A-1", ALFA)
        for field in fields(case)
        if "RAHASIA" in str(getattr(case, field.name))
    }
    assert marked == {
        "certificate_no", "receipt_no", "office", "reason", "approver_office", "kondisi", "kriteria", "sebab", "akibat",
        "rekomendasi", "officer", "note",
    }  # fmt: skip
