"""No page asks anything of another host, and the content security policy refuses nothing a page needs."""

from urllib.parse import urlsplit

from tests.browser.conftest import PROJECT, Server, Visit, settle

# The file of the page that stands at / ; every other page stands under the name of its file.
FIRST_PAGE = "ringkasan"


def page_addresses() -> list[str]:
    """One address for every file in pages/: the menu is hidden, so no link would lead to all of them."""
    names = sorted(path.stem for path in (PROJECT / "pages").glob("*.py"))
    return ["/" if name == FIRST_PAGE else f"/{name}" for name in names]


def test_no_page_makes_a_foreign_request(demo_server: Server, first_visit: Visit) -> None:
    visited = []
    for address in page_addresses():
        page = first_visit.open(demo_server.url + address)
        page.mouse.wheel(0, 5_000)
        settle(page)
        assert page.locator(".ck-empty").count() == 0, address
        visited.append(urlsplit(page.url).path)
    assert visited == page_addresses()
    assert len(visited) == len(list((PROJECT / "pages").glob("*.py"))) > 0
    assert first_visit.foreign_requests == []
    assert first_visit.complaints == []


def test_charts_are_drawn_under_the_content_security_policy(demo_server: Server, first_visit: Visit) -> None:
    page = first_visit.open(demo_server.url)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=30_000)
    assert first_visit.complaints == []


def test_the_first_load_is_at_most_3_mb_over_the_wire(demo_server: Server, first_visit: Visit) -> None:
    network = first_visit.page.context.new_cdp_session(first_visit.page)
    network.send("Network.enable")
    received: list[float] = []
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    network.on("Network.webSocketFrameReceived", lambda event: received.append(len(event["response"]["payloadData"])))
    page = first_visit.open(demo_server.url)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=30_000)
    settle(page)
    assert 500_000 < sum(received) <= 3_000_000


def test_a_foreign_request_is_refused_and_seen(demo_server: Server, first_visit: Visit) -> None:
    page = first_visit.open(demo_server.url)
    page.evaluate("fetch('http://contoh.invalid/').catch(() => null)")
    page.wait_for_timeout(200)
    assert any("http://contoh.invalid/" in complaint for complaint in first_visit.complaints)
