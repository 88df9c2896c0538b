"""Asal angka: a number, its parts, the deliveries behind it, and where their rows stand; never a person."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import streamlit as st

from analytics import provenance
from analytics.counting import COUNTED
from analytics.provenance import Behind, Origin, Page
from data.access import Reader
from data.categories import ALL_SECTORS, SEGMENTS
from ui import (
    asked_number,
    cached,
    cards,
    empty_states,
    formats,
    frame,
    number_stamp,
    paging,
    scope_bar,
    sentences,
    tables,
)
from ui import origin_columns as columns
from ui.asked_number import Number
from ui.cached import ServedEdition
from ui.tables import Column
from ui.texts import translator

READ_TOGETHER = 10_000


class Lines(Sequence[Any]):
    """All lines of a list, as many as were counted, and read only when a file is made."""

    def __init__(self, read: Callable[..., Page], total: int) -> None:
        self.read, self.total = read, total

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, index: Any) -> Any:
        start, stop, _step = index.indices(self.total)
        return self.read(limit=stop - start, offset=start).found

    def __iter__(self) -> Iterator[Any]:
        for start in range(0, self.total, READ_TOGETHER):
            yield from self[start : start + READ_TOGETHER]


def show_origin(edition: ServedEdition | None, _reader: Reader, language: str) -> None:
    """Of the number that the address names: what it is made of, or of one delivery where its rows stand."""
    if edition is None:
        empty_states.show_no_edition(language)
        return
    if not cached.months(edition.key):
        empty_states.show_no_edition(language)
        return
    number = asked_number.choose(edition, language)
    if not cached.has_origin(edition.key):
        empty_states.show_older_edition(language)
        return
    found = cached.origin(edition.key, number.asked)[0]
    _show_number(number, found, language)
    if not found.parts:
        return
    behind = _chosen(found, language)
    if behind:
        _show_delivery(edition, number, found, behind, language)
        return
    _show_parts(edition, number, found, language)
    _show_deliveries(edition, number, found, language)
    _show_projects(edition, number, language)


def _show_number(number: Number, found: Origin, language: str) -> None:
    name = f"{number.name(language)} · {sentences.dated(found.row, language)}"
    if found.row.numerator is None:
        cards.show_title(name)
        cards.show_notice(asked_number.why_unknown(found.row, language))
        return
    cards.show_title(f"{name}: {asked_number.formula(found.row, number.measure, language)}")


def _chosen(found: Origin, language: str) -> Behind | None:
    """The delivery that the address names, if it is one of those behind the number."""
    _ = translator(language)
    known = {columns.key_of(behind): behind for behind in found.deliveries}
    ignored: list[str] = []
    refused = _("Kiriman “{value}” pada tautan tidak ada di balik angka ini; diabaikan.")
    key = scope_bar.picked(st.query_params, ignored, "kiriman", known, None, refused)
    scope_bar.show_ignored(ignored)
    return known[key] if key else None


def _show_parts(edition: ServedEdition, number: Number, found: Origin, language: str) -> None:
    _ = translator(language)
    stamp = number_stamp.of(edition, number, language)
    title = _("Pembilang dan penyebut")
    cards.show_title(title, _sum_told(found, number, language))
    shown = columns.part_columns(number, language)
    st.html(tables.html_table(shown, found.parts, title))
    tables.show_files(shown, found.parts, "bagian-angka", title, stamp, language)


def _sum_told(found: Origin, number: Number, language: str) -> str:
    """'88.305 + 38.992 = 127.297'."""
    amounts = [part.amount for part in found.parts_of("numerator")]
    if len(amounts) < 2 or None in amounts:
        return ""
    told = " + ".join(asked_number.amount(part, number.measure, language) for part in amounts)
    return f"{told} = {asked_number.amount(found.row.numerator, number.measure, language)}"


def _show_deliveries(edition: ServedEdition, number: Number, found: Origin, language: str) -> None:
    _ = translator(language)
    title = _.plural("{count} kiriman di balik angka ini", len(found.deliveries)).format(
        count=formats.number(len(found.deliveries), language)
    )
    told = _(
        "Pilih nomor kiriman untuk melihat barisnya. Baris yang disebut lagi oleh kiriman lebih baru tidak dihitung."
    )
    cards.show_title(title, told)
    cards.show_asides([*_cautions(number, found, language), *_uncounted_told(edition, number, found, language)])
    stamp = number_stamp.of(edition, number, language)
    shown = columns.delivery_columns(language)
    with st.container(key="lines-kiriman-angka"):
        st.html(tables.html_table(shown, found.deliveries, title))
    tables.show_files(shown, found.deliveries, "kiriman-angka", title, stamp, language)


def _cautions(number: Number, found: Origin, language: str) -> list[str]:
    """What the list of deliveries leaves out."""
    _ = translator(language)
    told = _parts_of_segments(number, found, language)
    kinds = {kind for part in found.parts for kind in part.kinds}
    if number.indicator.table in ("work", "activity") and "kepesertaan" in kinds:
        told.append(
            _(
                "Kepesertaan pribadi (PU, BPU) juga melindungi pekerja di proyek; barisnya tidak menyebut proyek, jadi "
                "tidak terhitung di sini."
            )
        )
    if any(behind.details is None for behind in found.deliveries):
        told.append(
            _(
                "Rincian kiriman yang juga memuat data di luar lingkup akun ini tidak ditampilkan; hanya baris yang "
                "menyebut lingkup ini."
            )
        )
    return told


def _uncounted_told(edition: ServedEdition, number: Number, found: Origin, language: str) -> list[str]:
    """Of counts of the year: how many of the listed rows are of the same projects and not in the number."""
    _ = translator(language)
    if not _counts_the_year(number):
        return []
    counted = provenance.counted_projects(cached.opened(edition.key), number.asked, limit=1).rows
    listed = sum(behind.rows for behind in found.deliveries)
    if not 0 < counted < listed:
        return []
    text = _(
        "Dari {listed} baris di bawah {counted} membentuk angka ini; {others} lainnya tentang proyek yang sama, "
        "tetapi di luar masanya atau sudah ditarik."
    )
    told = {"listed": listed, "counted": counted, "others": listed - counted}
    return [text.format(**{name: formats.number(count, language) for name, count in told.items()})]


def _show_delivery(edition: ServedEdition, number: Number, found: Origin, behind: Behind, language: str) -> None:
    """The third step: the rows of one delivery, by project or by place."""
    _ = translator(language)
    title = _.plural("{rows} baris dari kiriman {number}, {file}", behind.rows).format(
        rows=formats.number(behind.rows, language), number=behind.number, file=behind.file_name
    )
    cards.show_title(title, " ".join([_rows_told(behind, language), *_rows_beyond(number, found, behind, language)]))
    st.page_link(
        st.session_state["page"],
        label=_("‹ Semua kiriman di balik angka ini"),
        query_params=frame.url_with(kiriman=None, hal=None),
    )
    read = partial(provenance.delivery_rows, cached.opened(edition.key), number.asked, found.row, behind)
    _show_lines(edition, number, (read, columns.row_columns(behind, language)), "baris-kiriman", title, language)


def _rows_told(behind: Behind, language: str) -> str:
    _ = translator(language)
    if behind.kind in ("tenaga_kerja", "kepesertaan"):
        return _(
            "Baris orang dihitung per proyek atau wilayah dan tidak pernah ditampilkan satu per satu; seorang dapat "
            "mempunyai beberapa baris. Nomor baris adalah baris fisik berkas."
        )
    return _("Nomor baris adalah baris fisik berkas, kepala tabel ikut dihitung.")


def _parts_of_segments(number: Number, found: Origin, language: str) -> list[str]:
    """A recapitulation of all sectors is listed whole: of a segment its total is added, or its parts, never both."""
    _ = translator(language)
    rows = sum(behind.rows for behind in found.deliveries if behind.kind == "rekap")
    if number.selection.scope.sector != ALL_SECTORS or rows <= len(SEGMENTS):
        return []
    return [
        _(
            "Rekap menyebut total tiap segmen dan bagiannya menurut sektor. Angka ini menjumlahkan totalnya, atau "
            "bagiannya bila totalnya tidak ada; baris rekap yang lain tidak ikut dijumlahkan."
        )
    ]


def _counts_the_year(number: Number) -> bool:
    return COUNTED[number.measure].frame in ("registered", "paid")


def _rows_beyond(number: Number, found: Origin, behind: Behind, language: str) -> list[str]:
    """Which of the rows of one delivery do not make the number, where that may be."""
    _ = translator(language)
    if behind.kind == "rekap":
        return _parts_of_segments(number, found, language)
    if not _counts_the_year(number):
        return []
    return [_("Baris satu proyek dihitung bersama: di antaranya dapat ada yang di luar masa angka ini.")]


def _show_lines(
    edition: ServedEdition,
    number: Number,
    listed: tuple[Callable[..., Page], list[Column]],
    name: str,
    title: str,
    language: str,
) -> None:
    """One page of a list, the ways to the others, and all of it as a file."""
    read, shown = listed
    wanted = paging.number_in(st.query_params) or 1
    found = read(limit=paging.ON_A_PAGE, offset=(wanted - 1) * paging.ON_A_PAGE)
    if not found.found and wanted > 1:
        found, wanted = read(limit=paging.ON_A_PAGE, offset=0), 1
    with st.container(key=f"lines-{name}"):
        st.html(tables.html_table(shown, found.found, title))
    paging.show(paging.clipped(wanted, found.total), language)
    stamp = number_stamp.of(edition, number, language)
    tables.show_files(shown, Lines(read, found.total), name, title, stamp, language)


def _show_projects(edition: ServedEdition, number: Number, language: str) -> None:
    """What every single project adds, where the measure adds up over projects."""
    _ = translator(language)
    read = partial(provenance.counted_projects, cached.opened(edition.key), number.asked)
    first = read(limit=1)
    if not first.total:
        return
    title = _.plural("Menurut proyek: {count} proyek", first.total).format(count=formats.number(first.total, language))
    cards.show_title(title, _("Jumlah proyek di bawah sama dengan angka di atas."))
    _show_lines(edition, number, (read, columns.counted_columns(number, language)), "proyek-angka", title, language)
