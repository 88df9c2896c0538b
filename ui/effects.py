"""What an act would change, before anybody does it: rows by kind, numbers before and after, refused rows by reason."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from html import escape

import streamlit as st

from analytics.indicators import INDICATORS
from data.preview import CellChange, Effect, Figure, FileResult, KindChanges, Preview, Refused
from ui import cards, formats, tables, upload_words
from ui.project_columns import text_column
from ui.tables import Column, Stamp
from ui.texts import translator

SHOWN = 8  # effects that stand out; the table has them all
FEW_NOTES = 3
HEADLINE = "population_coverage"
NATION = "00"


def show(preview: Preview, stamp: Stamp, language: str) -> None:
    """Everything a person needs to say yes or no."""
    if preview.files:
        show_files(preview.files, language)
    show_kinds(preview.kinds, language)
    show_numbers(preview, stamp, language)


def show_files(files: Sequence[FileResult], language: str, *, is_done: bool = False) -> None:
    """What each file would bring, or has brought, and why rows of it are refused."""
    _ = translator(language)
    label = _("Yang masuk") if is_done else _("Yang akan masuk")
    with st.container(key="file-results"):
        st.html(tables.html_table(_file_columns(language, is_done=is_done), files, label))
    show_reasons(files, language)
    notes = list(dict.fromkeys(note for file in files for note in file.notes))
    if notes:
        # A few are read at a glance, and one may say that what was refused counts as ended.
        heading, is_few = _.plural("{count} catatan dari pembacaan", len(notes)), len(notes) <= FEW_NOTES
        with st.expander(heading.format(count=len(notes)), expanded=is_few):
            cards.show_asides(notes)


def show_reasons(files: Sequence[FileResult], language: str) -> None:
    """Refused rows by reason, the most frequent first, with what to do and a few of the rows."""
    _ = translator(language)
    refused = [reject for file in files for reject in file.rejects]
    if not refused:
        return
    counted = Counter(reject.code for reject in refused)
    rows = [(code, count, [r for r in refused if r.code == code]) for code, count in counted.most_common()]
    columns = [
        Column(_("Sel"), lambda row: formats.number(row[1], language), lambda row: row[1]),
        text_column(_("Alasan"), lambda row: _of_all(row[2], "message", 0)),
        text_column(_("Contoh"), lambda row: _examples(row[2][:3], language)),
        text_column(_("Perbaikan"), lambda row: _of_all(row[2], "remedy", 1)),
    ]
    with st.container(key="reasons"):
        st.html(tables.html_table(columns, rows, _("Alasan penolakan")))
    if left_out := _left_out(files, language):
        cards.show_asides([left_out])


def _of_all(refused: Sequence[Refused], name: str, part: int) -> str:
    """What they are told; where it differs (the places that a word may mean), only what holds for all of them."""
    told = {getattr(one, name) for one in refused}
    return told.pop() if len(told) == 1 else upload_words.reason(refused[0].code, part)


def _left_out(files: Sequence[FileResult], language: str) -> str | None:
    """Of how many refused rows the reasons were counted, where a file has more than are told (importers.results)."""
    _ = translator(language)
    told = [(len({reject.row for reject in file.rejects}), file.rows_rejected) for file in files if file.rejects]
    shown, rows = (sum(side) for side in zip(*told, strict=True))
    if shown == rows:
        return None
    text = _("Alasan dihitung pada {shown} baris pertama dari {rows} baris yang ditolak.")
    return text.format(shown=formats.number(shown, language), rows=formats.number(rows, language))


def _examples(refused: Sequence[Refused], language: str) -> str:
    _ = translator(language)
    text = _("baris {row}: {value}")
    return "; ".join(text.format(row=formats.number(one.row, language), value=one.value or "–") for one in refused)


def _file_columns(language: str, *, is_done: bool) -> list[Column]:
    _ = translator(language)
    landed = _("masuk") if is_done else _("akan masuk")

    def outcome(file: FileResult) -> str:
        if not file.lands:
            return _("sudah ada; tidak mengubah apa pun")
        return landed if file.rows_accepted else _("semua baris ditolak")

    def count(header: str, name: str) -> Column:
        return Column(header, lambda f: formats.number(getattr(f, name), language), lambda f: getattr(f, name))

    return [
        text_column(_("Berkas"), lambda file: file.file),
        text_column(_("Jenis"), lambda file: upload_words.kind_title(file.kind, language)),
        count(_("Dibaca"), "rows_read"),
        count(_("Diterima"), "rows_accepted"),
        count(_("Ditolak"), "rows_rejected"),
        count(_("Menunggu proyek"), "waiting"),
        text_column(_("Hasil"), outcome),
    ]


def show_kinds(kinds: Sequence[KindChanges], language: str) -> None:
    """Rows by kind: new, changed, ended, gone, as they are; and the first cells that would say something else."""
    _ = translator(language)
    if not kinds:
        return
    names = {
        "new": _("Baru"), "changed": _("Berubah"), "ended": _("Berakhir"), "gone": _("Hilang"), "unchanged": _("Tetap"),
    }  # fmt: skip
    columns = [text_column(_("Jenis"), lambda kind: upload_words.kind_title(kind.kind, language))]
    columns += [_count_column(header, name, language) for name, header in names.items()]
    about = escape(_("Baris yang berlaku, sesudah dibandingkan dengan sekarang:"))
    st.html(f'<p class="ck-subtitle">{about}</p>')
    st.html(tables.html_table(columns, kinds, _("Baris baru, berubah, berakhir, hilang dan tetap")))
    changes = [(kind.kind, change) for kind in kinds for change in kind.examples]
    if changes:
        with st.expander(_("Contoh perubahan isi")):
            st.html(tables.html_table(_change_columns(language), changes, _("Contoh perubahan isi")))


def _count_column(header: str, name: str, language: str) -> Column:
    def count(kind: KindChanges) -> int | None:
        # Those that have ended stand in a column of their own: nobody should add them to the gone ones.
        return kind.gone - kind.ended if name == "gone" else getattr(kind, name)

    return Column(header, lambda kind: formats.number(count(kind), language), count)


def _change_columns(language: str) -> list[Column]:
    _ = translator(language)

    def of(row: tuple[str, CellChange]) -> CellChange:
        return row[1]

    return [
        text_column(_("Baris"), lambda row: f"{upload_words.kind_title(row[0], language)} {of(row).key}"),
        text_column(_("Kolom"), lambda row: of(row).column),
        text_column(_("Sekarang"), lambda row: of(row).old or formats.UNKNOWN),
        text_column(_("Menjadi"), lambda row: of(row).new or formats.UNKNOWN),
    ]


def show_numbers(preview: Preview, stamp: Stamp, language: str) -> None:
    """The numbers that would differ in the month shown, the headline first; all of them in a table."""
    _ = translator(language)
    if preview.month is None or not preview.effects:
        cards.show_notice(_nothing_changes(preview, language))
        return
    month = formats.month(preview.month, language)
    shown = sorted(preview.effects, key=_importance)
    told = [effect for effect in shown if (effect.before.value, effect.after.value) != (None, None)]
    if told:
        text = _.plural("{count} angka {month} berubah", len(told))
        heading = text.format(count=formats.number(len(told), language), month=month)
        lines = "".join(_line(effect, language) for effect in told[:SHOWN])
        st.html(f'<h3 class="ck-effects-title">{escape(heading)}</h3><ul class="ck-effects">{lines}</ul>')
    else:
        heading = _("Angka {month}").format(month=month)
        cards.show_notice(_("Cakupannya belum dapat dihitung dari data yang ada; bagian-bagiannya ada di tabel."))
    if any(looks_wrong(effect) for effect in told[:SHOWN]):
        cards.show_asides([_("Selisih dihitung dari angka yang belum dibulatkan.")])
    if preview.first_changed and preview.last_changed and preview.first_changed < preview.month:
        text = _("Bulan {first} sampai {last} ikut berubah.")
        first, last = (formats.month(day, language) for day in (preview.first_changed, preview.last_changed))
        cards.show_asides([text.format(first=first, last=last)])
    tables.show_table(effect_columns(language), shown, "pratinjau", heading, stamp, language, heading=_("semua angka"))


def _nothing_changes(preview: Preview, language: str) -> str:
    _ = translator(language)
    if preview.first_changed and preview.last_changed:
        first, last = (formats.month(day, language) for day in (preview.first_changed, preview.last_changed))
        text = _("Angka bulan yang tampil tidak berubah; bulan {first} sampai {last} berubah.")
        return text.format(first=first, last=last)
    return _("Tidak ada angka utama yang berubah.")


def _importance(effect: Effect) -> tuple:
    """The headline of larger places first, then what moves most."""
    moved = abs((effect.after.value or 0) - (effect.before.value or 0))
    codes = list(INDICATORS)
    return (
        effect.owner is not None,
        effect.indicator != HEADLINE,
        len(effect.place),
        codes.index(effect.indicator),
        -moved,
    )


def _line(effect: Effect, language: str) -> str:
    # All projects of an owner: nobody would look for it under the name of the country.
    parts = [effect.owner, None if effect.owner and effect.place == NATION else effect.place_name]
    where = ", ".join(part for part in parts if part)
    label = INDICATORS[effect.indicator].label.in_language(language)
    before, after = (figure(effect.indicator, one, language) for one in (effect.before, effect.after))
    moved, tone = _moved(effect, language)
    return (
        f"<li><span>{escape(where)}<small>{escape(label)}</small></span>"
        f'<b><s>{before}</s> <i aria-hidden="true">→</i> {after}</b><em class="{tone}">{escape(moved)}</em></li>'
    )


def figure(indicator: str, one: Figure, language: str) -> str:
    """A value in the unit of its indicator, a dash where there is none."""
    return formats.in_unit(one.value, INDICATORS[indicator].unit, language)


def looks_wrong(effect: Effect) -> bool:
    """Whether the points told are not the difference of the percentages told: each is rounded by itself."""
    before, after = effect.before.value, effect.after.value
    if before is None or after is None or INDICATORS[effect.indicator].unit != "percent":
        return False
    told = [Decimal(formats.points(value, "en").replace(",", "")) for value in (before, after, abs(after - before))]
    return abs(told[1] - told[0]) != told[2]


def _moved(effect: Effect, language: str) -> tuple[str, str]:
    """By how much, and whether that is better or a concern; nothing where one side has no value."""
    _ = translator(language)
    before, after = effect.before.value, effect.after.value
    if before is None or after is None:
        return (_("baru ada") if before is None else _("tidak ada lagi")), ""
    declared = INDICATORS[effect.indicator]
    is_better = (after > before) == (declared.better == "higher")
    tone = "" if declared.better == "neither" or after == before else "better" if is_better else "concern"
    if declared.unit == "percent":
        return _("{points} poin").format(points=formats.points(after - before, language, signed=True)), tone
    sign = "+" if after > before else ""
    return sign + formats.in_unit(after - before, declared.unit, language), tone


def effect_columns(language: str) -> list[Column]:
    """Indicator, place, owner, before and after with numerator and denominator."""
    _ = translator(language)

    def side(header: str, name: str) -> list[Column]:
        def of(effect: Effect) -> Figure:
            return getattr(effect, name)

        return [
            Column(header, lambda e: figure(e.indicator, of(e), language), lambda e: of(e).value, decimals=1),
            _part(f"{header}: {_('pembilang')}", of, "numerator", language),
            _part(f"{header}: {_('penyebut')}", of, "denominator", language),
        ]

    return [
        text_column(_("Wilayah"), lambda effect: effect.place_name),
        text_column(_("Pemilik"), lambda effect: effect.owner or _("semua")),
        text_column(_("Ukuran"), lambda effect: INDICATORS[effect.indicator].label.in_language(language)),
        *side(_("Sekarang"), "before"),
        *side(_("Menjadi"), "after"),
    ]


def _part(header: str, of, name: str, language: str) -> Column:
    return Column(header, lambda e: formats.number(getattr(of(e), name), language), lambda e: getattr(of(e), name))
