"""Why rows of a procurement set were left out, as a workbook: its records are joined, so no sheet can go back."""

from io import BytesIO

from xlsxwriter import Workbook

from data.refusals import RefusedRows

HEADINGS = (("Baris", 8), ("Kolom", 18), ("Isi", 34), ("Alasan penolakan", 70), ("Perbaikan", 60))
GUIDE = (
    "Data pengadaan digabung dari beberapa berkas, jadi baris yang ditolak disebut dengan kode paketnya. "
    "Lengkapi data asalnya, lalu kirim ulang semua berkasnya."
)
AS_WRITTEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def reasons_table(found: RefusedRows) -> bytes:
    """One row a reason, in the order of the joined packages; Isi is masked where it could tell of a person."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True, **AS_WRITTEN}) as book:
        page, head = book.add_worksheet("Alasan penolakan"), book.add_format({"bold": True, "bg_color": "#E5E9F0"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        page.write_string(0, 0, GUIDE)
        for position, (heading, width) in enumerate(HEADINGS):
            page.write_string(1, position, heading, head)
            page.set_column(position, position, width)
        for at, one in enumerate(found.refusals, 2):
            cells = (str(one.row), one.column or "", one.value or "", one.message, one.remedy)
            for position, text in enumerate(cells):
                page.write_string(at, position, text, wrapped)
        page.freeze_panes(2, 0)
        page.autofilter(1, 0, 1 + len(found.refusals), len(HEADINGS) - 1)
    return out.getvalue()
