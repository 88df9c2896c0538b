"""Signed in with a scope: nothing outside of it, whatever is asked, in whatever order, by whomever else."""

from itertools import cycle, product

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data import journal
from tests.bench.reader import Answer, Reader
from tests.browser.conftest import PROJECT
from tests.system.security.conftest import ALFA, BETA, CITY, DISTRICT, HIDDEN, PAGES, Office, found_in, said

PLACES = ("00", "16", CITY, DISTRICT, "branch:palembang", "branch:lahat", "group:palembang-raya", "31", "../16", "")
OWNERS = (None, ALFA, BETA, "*", "' or 1=1 --")
OTHERS = cycle(
    [
        {"tab": "wilayah", "measure": "population_coverage", "show": "semua", "vintage": "Kanwil"},
        {"tab": "pemilik", "measure": "placement_coverage", "by": "owner", "show": "all"},
        {"tab": "dana", "measure": "site_coverage", "by": "fund", "fund": "APBN"},
        {"by": "place", "measure": "active_members", "sector": "perdagangan"},
        {"by": "branch", "measure": "value_registration", "compare": "2024-01", "sector": "semua"},
        {"by": "owner_type", "measure": "new_members", "account": "kelola", "role": "admin", "grant": "00"},
    ]
)


def asked_for(owner: str | None, place: str) -> dict[str, str]:
    owned = {} if owner is None else {"owner": owner}
    return {"month": "2024-07", "place": place} | owned | next(OTHERS)


def visible(answer: Answer) -> str:
    """What is drawn, without the boxes and addresses in which a parameter of the reader's own comes back."""
    return b"".join(answer.elements).decode("utf-8", "replace")


@pytest.mark.parametrize("name", HIDDEN)
def test_no_parameter_shows_what_lies_outside_the_scope(office: Office, name: str) -> None:
    with office.reader(name) as reader:
        for page, place, owner in product(PAGES[:2], PLACES, OWNERS):
            address = asked_for(owner, place)
            text = said(reader.open(page, **address))
            echoed = " ".join(address.values())
            hidden = tuple(mark for mark in HIDDEN[name] if mark not in echoed)
            assert found_in(text, hidden) == [], (page, address)


@pytest.mark.parametrize("name", ["kota", "bayar"])
def test_a_hidden_owner_is_answered_as_one_that_nobody_has(office: Office, name: str) -> None:
    invented = "Dinas Bita Karya"
    with office.reader(name) as reader, office.reader(name) as other:
        for page in PAGES[:2]:
            hidden = reader.open(page, month="2024-07", owner=BETA)
            unknown = other.open(page, month="2024-07", owner=invented)
            assert visible(hidden).replace("Beta", "Bita") == visible(unknown)


@pytest.mark.parametrize("name", ["kota", "cabang"])
def test_a_hidden_place_is_answered_as_one_that_there_is_not(office: Office, name: str) -> None:
    with office.reader(name) as reader, office.reader(name) as other:
        for page in PAGES[:2]:
            hidden = reader.open(page, month="2024-07", place=DISTRICT)
            unknown = other.open(page, month="2024-07", place="16.99")
            assert visible(hidden).replace(DISTRICT, "16.99") == visible(unknown)


def test_an_account_without_a_scope_sees_no_number(office: Office) -> None:
    with office.reader("kosong") as reader:
        for page, place in product(PAGES, PLACES):
            text = visible(reader.open(page, month="2024-07", place=place))
            assert 'class="ck-figure"' not in text
            assert "Edisi " not in text
            assert " %</" not in text


def test_two_accounts_that_take_turns_at_the_same_addresses_never_see_each_other(office: Office) -> None:
    pair = {"kota": HIDDEN["kota"], "opd.beta": HIDDEN["opd.beta"]}
    with office.reader("kota") as city, office.reader("opd.beta") as opd, office.reader("periksa") as all_of_it:
        for page, month in product(PAGES[:2], ("2024-05", "2024-06", "2024-07")):
            assert found_in(said(all_of_it.open(page, month=month)), HIDDEN["kota"]), "the markers are there to be seen"
            for _ in range(2):
                assert found_in(said(city.open(page, month=month)), pair["kota"]) == []
                assert found_in(said(opd.open(page, month=month)), pair["opd.beta"]) == []


def test_the_own_numbers_are_there(office: Office) -> None:
    with office.reader("alfa") as owner, office.reader("kota") as city, office.reader("opd.beta") as opd:
        assert ALFA in said(owner.open(month="2024-07"))
        assert "Kota Palembang" in said(city.open(month="2024-07"))
        assert BETA in said(opd.open(month="2024-07"))


# Pages


@pytest.mark.parametrize("name", ["alfa", "kota", "opd.beta", "cabang", "bayar", "periksa"])
def test_a_page_of_another_role_is_answered_as_one_that_there_is_not(office: Office, name: str) -> None:
    page = "pengelolaan"
    with office.reader(name) as reader, office.reader(name) as other:
        theirs, none = said(reader.open(page)), said(other.open("tidak-ada"))
        assert f"Halaman “{page}” tidak ada" in theirs
        assert "Halaman “tidak-ada” tidak ada" in none
        assert "kelola" not in theirs.replace(page, "")


def pages_told(answer: Answer) -> dict[str, str]:
    """By address, the number under which the server knows each page."""
    found = {}
    for frame in answer.frames:
        message = ForwardMsg.FromString(frame)
        pages = [*message.navigation.app_pages, *message.new_session.app_pages]
        found |= {page.url_pathname: page.page_script_hash for page in pages}
    return found


def test_the_number_of_anothers_page_opens_it_for_nobody_else(office: Office) -> None:
    with office.reader("kelola") as admin, office.reader("kota") as reader:
        numbers = pages_told(admin.open())
        assert {"pengelolaan", "data_definisi"} <= numbers.keys()
        for page in ("pengelolaan", "data_definisi"):
            request = reader.request(month="2024-07")
            request.rerun_script.page_script_hash = numbers[page]
            text = said(reader.run(request))
            assert "Pemegang kelola" not in text
            assert found_in(text, HIDDEN["kota"]) == []


def test_a_box_set_to_what_it_does_not_offer_changes_nothing(office: Office) -> None:
    with office.reader("kota") as reader:
        first = reader.open(month="2024-07")
        boxes = [Delta.FromString(packed).new_element for packed in first.elements]
        ids = [box.selectbox.id for box in boxes if box.WhichOneof("type") == "selectbox"]
        assert ids
        for value in (DISTRICT, "16", "00", BETA):
            request = reader.request(month="2024-07")
            for widget in ids:
                state = request.rerun_script.widget_states.widgets.add()
                state.id, state.string_value = widget, value
            text = said(reader.run(request))
            assert found_in(text, tuple(mark for mark in HIDDEN["kota"] if mark != value)) == []


# Files


def deferred_files(answer: Answer) -> list[str]:
    messages = [ForwardMsg.FromString(frame) for frame in answer.frames]
    buttons = [m.delta.new_element.download_button for m in messages if m.delta.new_element.HasField("download_button")]
    return [button.deferred_file_id for button in buttons if button.deferred_file_id]


def take(reader: Reader, file_id: str, session_id: str | None = None) -> tuple[str, str]:
    """Press a download button by its number: the address of the file, and why there is none."""
    request = BackMsg()
    request.backend_operation_request.request_id = "1"
    request.backend_operation_request.session_id = session_id or reader.session_id
    request.backend_operation_request.deferred_file.file_id = file_id
    reader.send(request)
    for frame in reader.frames(30):
        message = ForwardMsg.FromString(frame)
        if message.HasField("backend_operation_response"):
            response = message.backend_operation_response
            return response.deferred_file.url, response.error_msg
    raise AssertionError


def test_a_file_is_fetched_by_its_taker_alone(office: Office) -> None:
    own, same_account, other = office.cookie("kota"), office.cookie("kota"), office.cookie("opd.beta")
    with Reader(office.port, cookie=own) as reader:
        url, error = take(reader, deferred_files(reader.open(month="2024-07"))[0])
        assert not error
        assert url.startswith("/media/")
        assert office.get(url, f"Cookie: {own}").status == 200
        for stranger in (f"Cookie: {other}", f"Cookie: {same_account}", "X-Nothing: 1"):
            answer = office.get(url, stranger)
            assert answer.status in (401, 403, 404)
            assert b"Palembang" not in answer.body
            for trick in (f"{url}?download=1", f"{url}/", f"/media/../media/{url[7:]}", url.upper(), f"/{url}"):
                assert office.get(trick, stranger).status in (400, 401, 403, 404, 405), trick


def test_the_button_of_anothers_page_gives_no_file_and_journals_nothing_in_their_name(office: Office) -> None:
    with office.reader("periksa") as owner, office.reader("kota") as thief:
        button = deferred_files(owner.open(month="2024-07"))[0]
        thief_cookie = office.cookie("kota")
        thief.open(month="2024-07")
        before = exports_of(office, "periksa")
        url, _error = take(thief, button)
        if url:
            assert office.get(url, f"Cookie: {thief_cookie}").status in (401, 403, 404)
        assert exports_of(office, "periksa") == before
        assert not url


def exports_of(office: Office, name: str) -> int:
    return journal.count(office.home, kind="export", who=name)


def test_a_button_pressed_in_the_name_of_anothers_page_is_refused(office: Office) -> None:
    with office.reader("periksa") as owner, office.reader("kota") as thief:
        button = deferred_files(owner.open(month="2024-07"))[0]
        thief.open(month="2024-07")
        url, error = take(thief, button, owner.session_id)
        assert (url, bool(error)) == ("", True)


@pytest.mark.parametrize("name", ["kota", "petugas"])
def test_nobody_uploads_into_anothers_page(office: Office, name: str) -> None:
    own = office.cookie(name)
    with office.reader("petugas") as owner:
        owner.open()
        path = f"/_stcore/upload_file/{owner.session_id}/00000000-0000-4000-8000-000000000000"
        for method in ("PUT", "DELETE", "OPTIONS", "POST", "GET"):
            answer = office.get(path, f"Cookie: {own}", "Origin: http://127.0.0.1", method=method)
            assert answer.status in (401, 403, 404, 405), (method, answer.status)


# What the app's own protocol offers besides pages


@pytest.mark.parametrize("act", ["clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime"])
def test_a_reader_learns_and_changes_nothing_by_messages_that_no_page_sends(office: Office, act: str) -> None:
    with office.reader("kota") as reader:
        reader.open(month="2024-07")
        request = BackMsg()
        setattr(request, act, True)
        reader.send(request)
        text = said(reader.open(month="2024-07"))
        assert "git_info" not in text
        assert found_in(text, HIDDEN["kota"]) == []
    with office.reader("kota") as another:
        assert "Kota Palembang" in said(another.open(month="2024-07"))


@pytest.mark.parametrize("operation", ["install_skills", "dismiss_skills_nudge"])
def test_no_message_makes_the_server_write_files(office: Office, operation: str) -> None:
    with office.reader("kelola") as reader:
        reader.open()
        request = BackMsg()
        request.backend_operation_request.request_id = "1"
        request.backend_operation_request.session_id = reader.session_id
        getattr(request.backend_operation_request, operation).SetInParent()
        reader.send(request)
        answers = [ForwardMsg.FromString(frame) for frame in reader.open().frames]
        done = [
            message.backend_operation_response for message in answers if message.HasField("backend_operation_response")
        ]
        assert all(response.error_msg for response in done)
    assert not [folder for folder in (PROJECT / ".agents", PROJECT / ".claude") if folder.exists()]
