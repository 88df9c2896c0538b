"""The pages of single projects and of targets: no section, search, order or page tells of what lies outside."""

from itertools import product
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data import journal
from tests.bench.reader import Answer
from tests.system.security.conftest import ALFA, BETA, CITY, DISTRICT, HIDDEN, Office, found_in, said
from ui.project_view import ORDERS, SECTIONS

# Codes and names of projects besides the names of owners and places.
ALFAS, BETAS = ("Jalan Alfa", "A-1 "), ("Jembatan Beta", "B-1 ")
UNSEEN = {
    "alfa": BETAS, "kota": BETAS, "bayar": BETAS, "opd.beta": ALFAS, "cabang": ALFAS + BETAS, "kosong": ALFAS + BETAS,
}  # fmt: skip
ASKED = (
    {},
    {"place": DISTRICT, "owner": BETA},
    {"place": CITY, "owner": ALFA},
    {"place": "00", "owner": "*"},
    {"place": "../16", "fund": "' or 1=1 --"},
)
LOOKED_FOR = ("", "a", "%", "_", "Jembatan", "Jalan", "' or ''='", "\\", "*", "B-1", "A-1")


def shown(answer: Answer) -> str:
    return b"".join(answer.elements).decode("utf-8", "replace")


@pytest.mark.parametrize("name", HIDDEN)
def test_no_section_tells_of_what_lies_outside(office: Office, name: str) -> None:
    with office.reader(name) as reader:
        for asked, section in product(ASKED, (*SECTIONS, "capaian_target")):
            page = "capaian_target" if section == "capaian_target" else "proyek"
            text = said(reader.open(page, bagian=section, month="2024-07", **asked))
            hidden = tuple(mark for mark in HIDDEN[name] + UNSEEN[name] if mark not in asked.values())
            assert found_in(text, hidden) == [], (section, asked)


@pytest.mark.parametrize("name", HIDDEN)
def test_no_search_order_or_page_tells_of_what_lies_outside(office: Office, name: str) -> None:
    orders, pages = (*ORDERS, "result; --"), ("1", "2", "-1", "0", "999999999", "1e9", "999999999999", "x")
    with office.reader(name) as reader:
        for number, searched in enumerate(LOOKED_FOR):
            asked = {"urut": orders[number % len(orders)], "hal": pages[number % len(pages)], "q": searched}
            text = said(reader.open("proyek", bagian="cari", hasil="memenuhi,terlambat" * (number % 2), **asked))
            assert found_in(text, HIDDEN[name] + UNSEEN[name]) == [], asked


def test_the_register_shows_each_its_own(office: Office) -> None:
    """Else the tests above would say nothing."""
    for name, own in (("alfa", ALFAS), ("kota", ALFAS), ("opd.beta", BETAS)):
        with office.reader(name) as reader:
            assert found_in(said(reader.open("proyek", bagian="cari")), own) == list(own)


@pytest.mark.parametrize("name", ["kota", "alfa"])
def test_a_search_for_a_hidden_project_is_answered_as_one_that_finds_nothing(office: Office, name: str) -> None:
    with office.reader(name) as reader, office.reader(name) as other:
        hidden = shown(reader.open("proyek", bagian="cari", q="B-1"))
        unknown = shown(other.open("proyek", bagian="cari", q="Z-1"))
        assert hidden.replace("B-1", "Z-1") == unknown


def widgets_of(answer: Answer, kind: str) -> list:
    """The widgets of a kind on the page."""
    elements = [ForwardMsg.FromString(frame).delta.new_element for frame in answer.frames]
    return [getattr(element, kind) for element in elements if element.WhichOneof("type") == kind]


def pressed(request: BackMsg, values: dict[str, tuple[str, Any]]) -> BackMsg:
    """The request with the states of widgets as a forger writes them: by id the field and its value."""
    for name, (field, value) in values.items():
        state = request.rerun_script.widget_states.widgets.add(id=name)
        if field == "string_array_value":
            state.string_array_value.data.extend(value)
        else:
            setattr(state, field, value)
    return request


@pytest.mark.parametrize("forged", [BETA, "", "x" * 100_000, "<b>", "Dinas Bita"])
def test_a_finding_on_an_owner_that_was_not_offered_is_not_recorded(office: Office, forged: str) -> None:
    name = f"periksa.{len(forged)}"
    office.new_account(name, "inspector", places=(CITY,))
    before = journal.head(office.home)[0]
    with office.reader(name) as reader:
        page = reader.open("proyek", bagian="temuan")
        [owner] = [box for box in widgets_of(page, "selectbox") if "case-finding" in box.id and "owner" in box.id]
        [due] = widgets_of(page, "date_input")
        [send] = [one for one in widgets_of(page, "button") if one.label == "Catat temuan"]
        texts = {area.id: ("string_value", "Isi") for area in widgets_of(page, "text_area")}
        values = {due.id: ("string_array_value", ["2024/12/31"]), send.id: ("trigger_value", True)}
        values |= texts | {owner.id: ("string_value", forged)}
        assert "belum diisi" in shown(reader.run(pressed(reader.request("proyek", bagian="temuan"), values)))
    assert [entry for entry in journal.entries(office.home, kind="finding", limit=-1) if entry.number > before] == []
