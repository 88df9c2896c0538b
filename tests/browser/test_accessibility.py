"""Every page for readers with a keyboard, a screen reader, large letters, dark paper or no wish for movement."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import PROJECT, Server, Visit, settle
from tests.browser.test_ringkasan import PAPER, SCREENS, expect_parameter

ADDRESSES = [
    "/" if path.stem == "ringkasan" else f"/{path.stem}" for path in sorted((PROJECT / "pages").glob("[a-z]*.py"))
]
CHART = ".js-plotly-plot .main-svg, .ck-dots"
# What is drawn last on pages without charts.
DRAWN_LAST = {
    "/bahan_rapat": ".ck-pack h2",
    "/data_definisi": "[data-testid=stFileUploaderDropzone]",
    "/pengelolaan": "[data-testid=stCode]",
    "/proyek": ".st-key-new-orders table",
}
OF_FIGURES = [address for address in ADDRESSES if address not in ("/data_definisi", "/pengelolaan")]
JULY = "?month=2024-07"
# Streamlit's own elements, on which we have no influence, and why they are not judged; what is inside of them is.
NOT_OURS = {
    "[data-testid=stMain]": "the scrolling part of the page: Streamlit makes it a stop of its own, without a ring",
    "[data-testid=stPopoverBody]": "on a phone a definition scrolls: Chromium makes it a stop, which axe does not know",
}
SERIOUS = ("serious", "critical")
ZOOMED = ViewportSize(width=640, height=450)  # a screen of 1280 × 900 at 200 %
MOST_STOPS = 200
# Of a group of radio buttons or tabs one is reached by Tab, the others by arrows; both carry tabindex -1. So are the
# buttons of a group where several may be pressed, though each carries tabindex 0.
CONTROLS = """() => [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}))
  .filter(e => e.type !== 'radio' || e.checked)
  .filter(e => e.role !== 'radio' || e.ariaChecked === 'true')
  .filter(e => !e.closest('[role=toolbar]') || e.matches(':first-child'))
  .map(e => { e.dataset.control ??= String(document.querySelectorAll('[data-control]').length); return e })
  .map(e => ({control: e.dataset.control, said: (e.ariaLabel || e.innerText || e.outerHTML).slice(0, 60),
              tag: e.tagName, testid: e.dataset.testid || ''}))"""
STOP = """() => { const e = document.activeElement, box = e.getBoundingClientRect();
  const scrolled = document.querySelector('[data-testid=stMain]').scrollTop;
  return {control: e.dataset.control ?? null, said: (e.ariaLabel || e.innerText || '').slice(0, 60),
          testid: e.dataset.testid || '', left: box.left, right: box.right,
          top: box.top + scrolled, bottom: box.bottom + scrolled,
          view: {x: box.left - 6, y: box.top - 6, width: box.width + 12, height: box.height + 12}} }"""
# Of what is drawn at all: the box around the styles has no height.
RUNS_OVER = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
  .filter(e => e.getBoundingClientRect().height && !e.closest('.ck-scroll'))
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => e.outerHTML.slice(0, 120))"""
# On a narrow screen the entries of the journal are cards, each cell of them seen, without the heads of columns.
WORDS = """() => [...document.querySelectorAll(
    '[data-testid=stHtml], [data-testid=stPageLink], [data-testid=stWidgetLabel], summary, #stMain button')]
  .filter(e => e.checkVisibility({visibilityProperty: true}))
  .map(e => e.querySelector('.ck-journal') ? [...e.querySelectorAll('td')].filter(cell => cell.checkVisibility())
    .map(cell => cell.textContent).join(' ') : e.querySelector('.ck-tiles') ? e.textContent : e.innerText)
  .map(text => text.replace(/\\s+/g, ' ').trim())"""


@pytest.fixture
def open_page(visit_with: Callable[..., Visit], demo_server: Server) -> Callable[..., Page]:
    """A page of the demonstration of July 2024: `page = open_page("/", viewport=…)`."""

    def opened(address: str, **options: Any) -> Page:
        page = visit_with(locale="id-ID", **options).open(demo_server.url + address + JULY)
        page.wait_for_selector(DRAWN_LAST.get(address, CHART))
        settle(page)
        return page

    return opened


def complaints(page: Page) -> list[str]:
    """What axe finds serious or critical in our own elements, one line for each kind and element."""
    return [
        f"{kind['id']}: {node['target']} {node['html'][:120]}"
        for kind in Axe().run(page).response["violations"]
        if kind["impact"] in SERIOUS
        for node in kind["nodes"]
        if not is_streamlits(page, node["target"][0])
    ]


def is_streamlits(page: Page, selector: str) -> bool:
    return bool(page.locator(selector).first.evaluate("(e, own) => e.matches(own)", ", ".join(NOT_OURS)))


def open_everything(page: Page) -> None:
    """Open the tables under the charts, and the first definition."""
    closed = page.locator("[data-testid=stExpander] details:not([open]) summary:visible")
    while closed.count():
        closed.first.click()
        settle(page)
    definitions = page.locator("[data-testid=stPopoverButton]:visible")
    if definitions.count():
        definitions.first.click()
        page.wait_for_selector("[data-testid=stPopoverBody]")
    settle(page)


def views(page: Page) -> Iterator[str]:
    """Each tab of the page in turn, opened; one view where there are none."""
    tabs = page.get_by_role("tab").count()
    for number in range(tabs):
        page.keyboard.press("Escape")
        tab = page.get_by_role("tab").nth(number)
        tab.click()
        settle(page)
        yield tab.inner_text()
    if not tabs:
        yield ""


@pytest.mark.parametrize("scheme", PAPER)
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_serious(
    open_page: Callable[..., Page], address: str, screen: str, scheme: Literal["light", "dark"]
) -> None:
    page = open_page(address, viewport=SCREENS[screen], color_scheme=scheme)
    for view in views(page):
        assert complaints(page) == [], view
        open_everything(page)
        assert complaints(page) == [], view


def test_axe_would_find_what_is_wrong(open_page: Callable[..., Page]) -> None:
    page = open_page("/", viewport=SCREENS["desktop"])
    page.locator(".ck-figure").evaluate('e => { e.innerHTML = \'<img src="data:,"><a href="#"></a>\' }')
    assert {complaint.split(":")[0] for complaint in complaints(page)} == {"image-alt", "link-name"}


def stops(page: Page) -> list[dict[str, Any]]:
    """Our own stops of Tab from the top of the page to its end; `is_seen` tells whether the focus is drawn."""
    found: list[dict[str, Any]] = []
    page.evaluate(
        "() => { document.activeElement.blur(); document.querySelector('[data-testid=stMain]').scrollTop = 0 }"
    )
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["control"] is None or (found and stop["control"] == found[0]["control"]):
            return [stop for stop in found if not is_streamlits(page, f"[data-control='{stop['control']}']")]
        found.append(stop | {"is_seen": is_seen(page, stop["view"])})
    raise AssertionError(f"{MOST_STOPS} stops and no end, the last: {found[-3:]}")


def is_seen(page: Page, box: dict[str, float]) -> bool:
    """Whether the screen around the control differs when it loses the focus, which it is given back."""
    clip = {**box, "x": max(0, box["x"]), "y": max(0, box["y"])}
    with_focus = page.screenshot(clip=clip, animations="disabled")  # type: ignore[arg-type]
    page.evaluate("() => { window.leftAside = document.activeElement; document.activeElement.blur() }")
    without = page.screenshot(clip=clip, animations="disabled")  # type: ignore[arg-type]
    page.evaluate("() => window.leftAside.focus({preventScroll: true})")
    return with_focus != without


def comes_after(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Read from top to bottom, and columns from left to right."""
    return other["top"] >= one["top"] - 1 or other["left"] >= one["right"] - 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_tab_reaches_every_control_in_the_order_of_reading_and_shows_where_it_is(
    open_page: Callable[..., Page], address: str
) -> None:
    page = open_page(address, viewport=SCREENS["desktop"], reduced_motion="reduce")
    controls = {
        control["control"]: control["said"]
        for control in page.evaluate(CONTROLS)
        if not is_streamlits(page, f"[data-control='{control['control']}']")
    }
    reached = stops(page)
    assert {stop["control"]: stop["said"] for stop in reached}.keys() == controls.keys(), controls
    assert [stop["said"] for stop in reached if not stop["is_seen"]] == []
    back = [(one["said"], other["said"]) for one, other in pairwise(reached) if not comes_after(one, other)]
    assert back == []


@pytest.mark.parametrize("address", OF_FIGURES)
def test_an_owner_can_be_chosen_with_the_keyboard_alone(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(address, viewport=SCREENS["desktop"])
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.ariaLabel") == "Pemilik proyek":
            break
    page.keyboard.type("BBPJN")
    page.keyboard.press("Enter")
    expect_parameter(page, "owner", "BBPJN Sumatera Selatan")
    settle(page)
    assert page.evaluate("document.querySelector('.st-key-scope-owner input').value") == "BBPJN Sumatera Selatan"


@pytest.mark.parametrize("address", ADDRESSES)
def test_at_twice_the_size_nothing_is_lost_and_nothing_runs_off_sideways(
    open_page: Callable[..., Page], address: str
) -> None:
    words = open_page(address, viewport=SCREENS["desktop"]).evaluate(WORDS)
    page = open_page(address, viewport=ZOOMED, device_scale_factor=2)
    if page.evaluate(WORDS) != words:  # a download of before has just come into the journal
        words = open_page(address, viewport=SCREENS["desktop"]).evaluate(WORDS)
        page = open_page(address, viewport=ZOOMED, device_scale_factor=2)
    assert page.evaluate(WORDS) == words
    assert page.evaluate(RUNS_OVER) == []
    widest = (
        "Math.max(document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth)"
    )
    assert page.evaluate(widest) <= ZOOMED["width"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_moves_for_who_wants_no_movement(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(address, viewport=SCREENS["desktop"], reduced_motion="reduce")
    open_everything(page)
    moving = "document.getAnimations().filter(a => a.playState === 'running').map(a => a.effect.target.outerHTML)"
    page.wait_for_function(f"() => {moving}.length === 0", timeout=5_000)
    assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
