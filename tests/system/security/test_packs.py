"""Meeting packs: nobody lists, opens or takes one that says more than the account may see, or makes one of it."""

from itertools import product

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from data import accounts, packs
from data.access import EVERYTHING
from tests.bench.reader import Answer, Reader
from tests.shell import landed
from tests.system.security.conftest import ALFA, BETA, CITY, DISTRICT, HIDDEN, Office, found_in, said
from tests.system.security.test_scope import OWNERS, PLACES, visible

PAGE, MAKE = "bahan_rapat", "Buat bahan rapat"
KEPT = "Sidik (SHA-256)"  # stands on the page of a kept pack alone


def widgets(answer: Answer, kind: str) -> dict[str, str]:
    """The numbers of what can be pressed, by its words."""
    elements = [ForwardMsg.FromString(frame).delta.new_element for frame in answer.frames]
    found = [getattr(element, kind) for element in elements if element.WhichOneof("type") == kind]
    return {one.label: one.id for one in found}


def press(reader: Reader, widget: str, **address: str) -> Answer:
    request = reader.request(PAGE, **address)
    request.rerun_script.widget_states.widgets.append(WidgetState(id=widget, trigger_value=True))
    return reader.run(request)


@pytest.fixture(scope="module")
def kept(office: Office) -> dict[int, str]:
    """The name of a meeting by the number of its pack: of the province, and of each owner in its place."""
    scopes = [("16",), (CITY, "--owner", ALFA), (DISTRICT, "--owner", BETA), ("branch:lahat",)]
    told = [
        landed(office.home, "export", "--format", "png", "--month", "2024-07", "--meeting", f"Rapat {number}",
               "--sections", "trend", "--place", *scope)
        for number, scope in enumerate(scopes)
    ]  # fmt: skip
    return {one["pack"]: one["meeting"] for one in told}


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("alfa", {"Rapat 1"}),
        ("kota", {"Rapat 1"}),
        ("opd.beta", {"Rapat 2"}),
        ("cabang", {"Rapat 3"}),
        ("periksa", {"Rapat 0", "Rapat 1", "Rapat 2", "Rapat 3"}),
        ("kosong", set()),
    ],
)
def test_a_pack_is_opened_by_its_number_only_within_the_scope(office: Office, kept, name: str, seen: set[str]) -> None:
    with office.reader(name) as reader:
        texts = {meeting: visible(reader.open(PAGE, arsip=str(number))) for number, meeting in kept.items()}
    assert {meeting for meeting, text in texts.items() if KEPT in text} == seen
    for text in texts.values():
        assert found_in(text, HIDDEN.get(name, ())) == []


def test_a_hidden_pack_is_answered_as_one_that_there_is_not(office: Office, kept) -> None:
    hidden, length = str(min(kept)), len(str(min(kept)))
    taken = {one.number for one in packs.packs_of(office.home, EVERYTHING)}
    other = next(str(number) for number in range(10 ** (length - 1), 10**length) if number not in taken)
    texts = []
    for number in (hidden, other):
        with office.reader("kota") as reader:
            text = visible(reader.open(PAGE, arsip=number))
        assert f"“{number}”" in text
        texts.append(text.replace(f"“{number}”", "“”").replace(f"arsip={number}", "arsip="))
    assert texts[0] == texts[1]


@pytest.mark.parametrize("name", HIDDEN)
@pytest.mark.usefixtures("kept")
def test_no_parameter_previews_what_lies_outside_the_scope(office: Office, name: str) -> None:
    with office.reader(name) as reader:
        for place, owner in product(PLACES, OWNERS):
            address = {"month": "2024-07", "place": place, "untuk": "inspektorat"} | ({"owner": owner} if owner else {})
            echoed = " ".join(address.values())
            text = said(reader.open(PAGE, **address))
            assert found_in(text, tuple(mark for mark in HIDDEN[name] if mark not in echoed)) == [], address


def test_a_pack_made_from_the_page_is_of_the_scope_of_who_pressed(office: Office) -> None:
    asked = {"month": "2024-07", "rapat": "Rapat tekan", "isi": "trend"}
    with office.reader("kota") as reader:
        widget = widgets(reader.open(PAGE, **asked), "button")[MAKE]
        press(reader, widget, **asked, place="16", owner=BETA)
    [made] = [one for one in packs.packs_of(office.home, EVERYTHING) if one.request.meeting == "Rapat tekan"]
    assert (made.who, made.request.place, made.request.owner) == ("kota", CITY, None)
    beta = accounts.find(office.home, "opd.beta")
    assert beta is not None and made not in packs.packs_of(office.home, beta.reader().grant)


def test_who_has_no_such_page_presses_nothing(office: Office) -> None:
    with office.reader("kota") as reader:
        widget = widgets(reader.open(PAGE, month="2024-07"), "button")[MAKE]
    before = packs.packs_of(office.home, EVERYTHING)
    for name in ("petugas", "kosong"):
        with office.reader(name) as other:
            text = visible(press(other, widget, month="2024-07"))
            assert MAKE not in text
    assert packs.packs_of(office.home, EVERYTHING) == before
