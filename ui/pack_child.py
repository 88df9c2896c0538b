"""A meeting pack made in a process of its own, so that nobody's page waits for it, on behalf of its reader."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from threading import BoundedSemaphore, Lock

from data.errors import CakupanError
from data.packs import PackRequest
from ui import child

STOPPED = "Bahan rapat berhenti dibuat karena terlalu lama atau karena kesalahan pada program; coba lagi."
# A making takes a core, and with a long register hundreds of megabytes: the rest of a small server is for who looks.
MOST_AT_ONCE = 2
WAITING, TOLD_EVERY_SECONDS = "Menunggu giliran", 1
# A hundred thousand projects take a minute or two. A child that hangs would keep its place from everybody for good.
LONGEST_SECONDS = 20 * 60
_places = BoundedSemaphore(MOST_AT_ONCE)
_busy: set[str] = set()  # the accounts that a pack is made for, or waits to be
_asking = Lock()
# How far a pack is, from 0 to 1, and with what.
Making = Generator[tuple[float, str], None, None]


def made(request: PackRequest, edition: int, environment: Mapping[str, str]) -> Making:
    """Make and keep all files of a pack, telling how far it is (from 0 to 1) and with what.

    An account makes one pack at a time, all together a few; whoever is too many waits, and hears of it. CakupanError
    for an account's second, and with the child's own sentence. Whoever stops listening stops the making: nothing is
    then kept.
    """
    with _only_one(environment.get(child.ACCOUNT, "")):
        while not _places.acquire(timeout=TOLD_EVERY_SECONDS):
            yield 0.0, WAITING
        try:
            yield from _told_by_child(request, edition, environment)
        finally:
            _places.release()


@contextmanager
def _only_one(account: str) -> Iterator[None]:
    """Somebody who presses in many windows neither takes the place of others nor fills the disk as fast."""
    with _asking:
        if account in _busy:
            raise CakupanError("Bahan rapat lain dari akun ini sedang dibuat; tunggu sampai selesai, lalu coba lagi.")
        _busy.add(account)
    try:
        yield
    finally:
        with _asking:
            _busy.discard(account)


def _told_by_child(request: PackRequest, edition: int, environment: Mapping[str, str]) -> Making:
    asked = ["export", *arguments(request, edition)]
    with closing(child.lines(asked, environment, LONGEST_SECONDS, STOPPED)) as lines:
        for told in lines:
            if "stage" in told:
                yield told["done"] / (told["total"] or 1), told["stage"]


def arguments(request: PackRequest, edition: int) -> list[str]:
    """The options of `cakupan.py export` that ask for this pack of this edition."""
    asked = {
        "format": "zip",
        "month": f"{request.month:%Y-%m}",
        "place": request.place,
        "owner": request.owner,
        "fund": request.fund,
        "sector": request.sector,
        "vintage": request.vintage,
        "compare": request.compared and f"{request.compared:%Y-%m}",
        "meeting": request.meeting,
        "day": request.day.isoformat(),
        "audience": request.audience,
        "sections": ",".join(request.sections),
        "language": request.language,
        "edition": str(edition),
    }
    # In one word each: a name may begin with a hyphen.
    return [*(f"--{name}={value}" for name, value in asked.items() if value), "--json-lines"]
