"""What entries say together, against a second, obvious way to tell; however often they correct one another."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.cases import KINDS, Decision, Finding, FindingFollowUp, FollowUp, Proof, Waiver, Withdrawal
from data.noted import Casework, Noted

DAY = date(2024, 8, 31)
CODES = ("A", "B")
STATES = ("belum_ditindaklanjuti", "belum_sesuai", "sesuai", "tidak_dapat_ditindaklanjuti")


def case(kind: str, code: str, number: int, finding: int, state: str):
    return {
        "proof": Proof(code, f"S-{number}", "K", DAY, DAY, DAY, DAY),
        "decision": Decision(code, number % 2, "ditunda", "PA", "x", "memenuhi", 1),
        "exception": Waiver(code, "x", "Sekda", DAY + timedelta(days=number)),
        "finding": Finding(code, "Dinas", *"kkkkk", due=DAY, state=state),
        "finding_followup": FindingFollowUp(finding, f"{number}", state),
        "follow_up": FollowUp(code, "dihubungi", "Cabang", None, f"{number}"),
    }[kind]


@st.composite
def histories(draw) -> list[Noted]:
    """As this program writes them: a correction names an entry of the same kind and project that still counts."""
    history: list[Noted] = []
    for number in range(1, draw(st.integers(0, 25)) + 1):
        kind, code = draw(st.sampled_from(KINDS)), draw(st.sampled_from(CODES))
        findings = [noted for noted in history if noted.kind == "finding"]
        if kind == "finding_followup" and not findings:
            kind = "finding"
        finding = draw(st.sampled_from(findings)).number if kind == "finding_followup" else 0
        content = case(kind, code, number, finding, draw(st.sampled_from(STATES)))
        replaced = {noted.replaces for noted in history}
        former = [
            noted
            for noted in history
            if noted.kind == kind and noted.number not in replaced and same_topic(noted.content, content)
        ]
        replaces = draw(st.none() | st.sampled_from(former)) if former else None
        if replaces is not None and draw(st.booleans()):
            content = Withdrawal("keliru")
        at = datetime(2024, 8, 31, tzinfo=UTC) + timedelta(minutes=number)
        number_replaced = replaces.number if replaces else None
        history.append(Noted(number, at, "siti", "admin", True, kind, content, 1, False, number_replaced))
    return history


def same_topic(former, content) -> bool:
    if isinstance(former, Withdrawal):
        return False
    if isinstance(content, FindingFollowUp):
        return former.finding == content.finding
    if isinstance(content, Decision):
        return (former.kode_proyek, former.payment) == (content.kode_proyek, content.payment)
    return former.kode_proyek == content.kode_proyek


def counting(history: list[Noted]) -> list[Noted]:
    """Walk through the entries: each takes away what it names, and is there itself unless it only takes away."""
    standing: dict[int, Noted] = {}
    for noted in history:
        standing.pop(noted.replaces or 0, None)
        if not isinstance(noted.content, Withdrawal):
            standing[noted.number] = noted
    return list(standing.values())


def beginning_of(history: list[Noted], number: int) -> int:
    former = {noted.number: noted.replaces for noted in history}
    while former.get(number):
        number = former[number] or number
    return number


@given(histories())
def test_what_counts_is_what_a_walk_through_the_entries_leaves(history):
    work, standing = Casework(tuple(history)), counting(history)
    assert list(work.live) == standing
    for code in CODES:
        of_code = [noted for noted in standing if getattr(noted.content, "kode_proyek", None) == code]
        assert list(work.proofs.get(code, ())) == [noted for noted in of_code if noted.kind == "proof"]
        assert list(work.waivers.get(code, ())) == [noted for noted in of_code if noted.kind == "exception"]
        talks = [noted for noted in of_code if noted.kind == "follow_up"]
        assert work.follow_ups.get(code) == (talks[-1] if talks else None)
        decided = [noted for noted in of_code if noted.kind == "decision"]
        for payment in (0, 1):
            found = [noted for noted in decided if noted.content.payment == payment]
            assert work.decisions.get((code, payment)) == (found[-1] if found else None)


@given(histories())
def test_findings_keep_their_first_number_and_gather_their_answers(history):
    work, standing = Casework(tuple(history)), counting(history)
    expected = {}
    for noted in standing:
        if noted.kind == "finding":
            number = beginning_of(history, noted.number)
            answers = [
                other
                for other in standing
                if other.kind == "finding_followup" and beginning_of(history, other.content.finding) == number
            ]
            state = answers[-1].content.state if answers else noted.content.state
            expected[number] = (noted, tuple(answers), state)
    assert {one.number: (one.noted, one.follow_ups, one.state) for one in work.findings} == expected
    assert [one.number for one in work.findings] == sorted(expected)


@given(histories())
def test_every_entry_stands_in_the_history_of_its_project_once(history):
    work = Casework(tuple(history))
    told = [noted.number for code in CODES for noted in work.of_project(code)]
    assert sorted(told) == [noted.number for noted in history]


@given(histories(), st.integers(-1, 30))
def test_an_exception_in_force_is_the_longest_that_counts(history, days):
    on = DAY + timedelta(days=days)
    work = Casework(tuple(history))
    for code in CODES:
        ends = [
            noted.content.expires_on
            for noted in counting(history)
            if noted.kind == "exception" and noted.content.kode_proyek == code and noted.content.expires_on >= on
        ]
        found = work.waiver_in_force(code, on)
        assert (found.content.expires_on if found else None) == max(ends, default=None)
