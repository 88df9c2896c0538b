"""Every measurement by name."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench import crowd, growth, importing, pack_book, page_script, publishing, register_page, serving, uploading
from tests.bench.result_table import Line
from tests.bench.workbench import Workbench


@dataclass(frozen=True)
class Measurement:
    about: str
    measure: Callable[[Workbench], list[Line]]


MEASUREMENTS = {
    "publish": Measurement("all 24 combinations against the obvious join", publishing.measure_publish),
    "scan": Measurement("reading the person rows once, the lower limit of publish", publishing.measure_scan),
    "import-csv": Measurement("a roster of 1.000.000 rows as CSV", importing.measure_csv),
    "import-xlsx": Measurement("a roster of 300.000 rows as XLSX against openpyxl and pandas", importing.measure_xlsx),
    "page": Measurement(
        "the script of Ringkasan against the same page joined from the ledger", page_script.measure_page
    ),
    "register": Measurement(
        "the script of Proyek & Syarat Pencairan at 100.000 projects", register_page.measure_register
    ),
    "pack-xlsx": Measurement(
        "a meeting pack of 100.000 projects as XLSX against pandas.to_excel", pack_book.measure_book
    ),
    "demo": Measurement("time to demonstration data, and of a second start", serving.measure_demo),
    "first-load": Measurement("bytes of a first visit, in a browser", serving.measure_first_load),
    "crowd": Measurement("50 readers at once during a publish: waiting, faults, memory", crowd.measure_crowd),
    "upload": Measurement(
        "a roster of 300.000 rows comes in by the browser while somebody else looks around", uploading.measure_upload
    ),
    "growth": Measurement("publish, edition and page from 270.000 to 8,5 million persons", growth.measure_growth),
}
