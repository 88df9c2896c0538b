"""Demonstration data: an invented Sumatera Selatan, 2021-01 to 2025-06, delivered as files like any other."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from data import journal
from data.access import LOCAL, Reader
from data.demo.casework import write_casework
from data.demo.cover import draw_cover, with_unnamed_total
from data.demo.deliveries import DemoDelivery, Demonstration
from data.demo.files import write_files
from data.demo.people import RESERVED_PERSONS, draw_personal, identity_numbers, named_on, place_workers
from data.demo.projects import draw_projects
from data.demo.scenario import AS_OF, REFERENCE_DAY, day_number, load_scenario
from data.demo.ways import ways_of, with_emergency_orders
from data.editions import open_edition, publish
from data.errors import CakupanError
from data.home import Home
from data.importers import import_file
from data.ledger import has_batches, is_demo, mark_demo

Progress = Callable[[str, int, int | None], None]

CONFIG = """# Data contoh: estimasi contoh didahulukan, angka BPS tetap dapat dipilih.
denominator_sources = ["Estimasi contoh (data contoh)", "BPS Sakernas"]
"""


def draw_demonstration(share: float = 1.0) -> Demonstration:
    """The same demonstration on every machine; `share` shrinks it, reference figures included."""
    scenario = load_scenario(share)
    projects = draw_projects(scenario)
    day = day_number(REFERENCE_DAY)
    drawn = draw_cover(scenario, projects)
    cover = with_unnamed_total(projects, drawn, day=day, total=scenario.scaled("tanpa_nama_acuan"))
    placements, home = place_workers(scenario, projects, cover)
    on_projects = named_on(projects, cover, placements, day)
    personal, home = draw_personal(scenario, home, on_projects, named_total=scenario.scaled("orang_bernama_acuan"))
    nik = identity_numbers(scenario, np.r_[home, np.zeros(RESERVED_PERSONS, dtype=home.dtype)])
    ways, projects = ways_of(scenario, projects), with_emergency_orders(scenario, projects)
    return Demonstration(scenario, projects, ways, cover, placements, personal, nik, RESERVED_PERSONS)


def write_demo_files(folder: Path, progress: Progress | None = None, *, share: float = 1.0) -> list[DemoDelivery]:
    """Write the deliveries of the demonstration into `folder`, in the order in which they are to be imported."""
    progress = progress or (lambda _stage, _done, _total: None)
    progress("menyusun data contoh", 0, None)
    folder.mkdir(parents=True, exist_ok=True)
    return write_files(draw_demonstration(share), folder, progress)


def make_demo(home: Home, progress: Progress | None = None, *, share: float = 1.0, reader: Reader = LOCAL) -> int:
    """Fill an empty home with the demonstration and publish it; returns the edition's number.

    The home is marked first: whatever interrupts this, its data can never pass for real.
    """
    with home.writer_lock("pembuatan data contoh"):
        if has_batches(home) and not is_demo(home):
            raise CakupanError(f"{home.root} berisi data sungguhan; pilih CAKUPAN_HOME lain untuk data contoh.")
        journal.append(home, "demonstration", {"act": "made"}, reader)
        mark_demo(home)
        if not home.config_path.exists():
            home.config_path.write_text(CONFIG, "utf-8")
    with tempfile.TemporaryDirectory(prefix="cakupan-contoh-") as folder:
        for delivery in write_demo_files(Path(folder), progress, share=share):
            import_file(home, delivery.path, kind=delivery.kind, progress=progress, reader=reader, **delivery.options)
    number = publish(home, as_of=AS_OF, progress=progress, reader=reader)
    write_casework(home, open_edition(home, number))
    return number
