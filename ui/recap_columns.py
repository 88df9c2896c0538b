"""The recapitulation as officials list it: its columns, what a row lacks, and why the rows are not the total."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from analytics.recap import INDICATOR_OF, SHARES, Difference, Recap, RecapRow
from analytics.row import Amount
from ui import formats, sentences, tables
from ui.origin_links import Link, nowhere
from ui.texts import translator

# The columns for where there is little room, by their numbers, and those for a page besides: value and contribution.
BRIEF = (0, 1, 2, 3, 4, 7, 8, 11)
PAPER = (6, 9)


@dataclass(frozen=True)
class RecapLine:
    """One row of the table; the total has no number."""

    row: RecapRow
    number: int | None = None


def lines(recap: Recap) -> list[RecapLine]:
    """The groups, numbered as they come."""
    return [RecapLine(row, number) for number, row in enumerate(recap.rows, start=1)]


def finding(recap: Recap, groups: str, where: str, language: str) -> str:
    """'Palembang: 496 dari 616 proyek berjalan terdaftar, 26.902 dari 35.824 tenaga kerja terlindungi'."""
    _ = translator(language)
    total = recap.total
    known = (
        [
            (
                _.plural("{part} dari {whole} proyek berjalan terdaftar", total.projects or 0),
                (total.registered, total.projects, total.untold),
            ),
            (
                _.plural("{part} dari {whole} tenaga kerja terlindungi", total.workers or 0),
                (total.covered, total.workers, None),
            ),
        ]
        if total
        else []
    )
    told = [_part(text, amounts, language) for text, amounts in known if None not in amounts[:2]]
    return f"{where}: {', '.join(told)}" if told else title(groups, where, language)


def title(groups: str, where: str, language: str) -> str:
    """'Rekapitulasi menurut pemilik proyek, Palembang'."""
    _ = translator(language)
    return _("Rekapitulasi menurut {groups}, {where}").format(groups=groups, where=where)


def _part(text: str, amounts: tuple[int | None, int | None, int | None], language: str) -> str:
    _ = translator(language)
    part, whole, untold = (formats.number(amount, language) for amount in amounts)
    told = text.format(part=part, whole=whole)
    return _("{told} ({untold} belum dapat dinilai)").format(told=told, untold=untold) if amounts[2] else told


def columns(
    groups: str, language: str, link_to: Callable[[str], Link] = lambda _measure: nowhere
) -> list[tables.Column]:
    """One row is one RecapLine; `groups` is what they are, as it stands in a sentence.

    `link_to` an indicator leads from the numbers of RecapRows to their origins: from the part that officials look for
    and from the share.
    """
    _ = translator(language)
    count, share = partial(_column, language), partial(_column, language, decimals=1)
    words = column_names(language)

    def linked(column: tables.Column, name: str) -> tables.Column:
        return link_to(INDICATOR_OF[name])(column, row_of=attrgetter("row"))

    def named(line: RecapLine) -> str:
        return _("JUMLAH") if line.number is None else sentences.category_name(line.row.label, language)

    def remarks(line: RecapLine) -> str:
        return remark(line.row, language)

    return [
        tables.Column(_("No"), lambda line: str(line.number or ""), attrgetter("number")),
        tables.Column(sentences.capitalized(groups), named, named, numeric=False),
        count(words["projects"], "projects"),
        linked(count(words["registered"], "registered"), "registered"),
        count(words["unregistered"], "unregistered"),
        count(words["untold"], "untold"),
        linked(count(words["contract_value_rp"], "contract_value_rp"), "contract_value_rp"),
        count(words["workers"], "workers"),
        linked(count(words["covered"], "covered"), "covered"),
        linked(count(words["contributions_rp"], "contributions_rp"), "contributions_rp"),
        linked(share(words["registered_pct"], "registered_pct"), "registered_pct"),
        linked(share(words["covered_pct"], "covered_pct"), "covered_pct"),
        count(words["persons"], "persons"),
        linked(count(words["protected_persons"], "protected_persons"), "protected_persons"),
        tables.Column(_("Catatan"), remarks, remarks, numeric=False),
    ]


def column_names(language: str) -> dict[str, str]:
    """The headers, by the names of the columns in analytics.recap."""
    _ = translator(language)
    return {
        "projects": _("Proyek berjalan"),
        "registered": _("Terdaftar"),
        "unregistered": _("Belum terdaftar"),
        "untold": _("Belum dapat dinilai"),
        "registered_pct": _("Proyek terdaftar, %"),
        "contract_value_rp": _("Nilai kontrak, Rp"),
        "workers": _("Tenaga kerja"),
        "covered": _("Tenaga kerja terlindungi"),
        "covered_pct": _("Tenaga kerja terlindungi, %"),
        "contributions_rp": _("Iuran tahun berjalan, Rp"),
        "persons": _("Orang di daftar pekerja"),
        "protected_persons": _("Orang terlindungi penuh"),
    }


def _column(language: str, header: str, field: str, decimals: int = 0) -> tables.Column:
    read = attrgetter(f"row.{field}")
    return tables.Column(header, lambda line: formats.number(read(line), language, decimals), read, decimals=decimals)


def remark(row: RecapRow, language: str) -> str:
    """What its numbers lack, and why; empty where they lack nothing."""
    _ = translator(language)
    if row.why_unknown("projects") == "edition_older":
        return _("edisi ini terbit sebelum ukuran ini ada")
    told = [] if row.projects else [_("tidak ada proyek berjalan")]
    told += _lacking(row, language)
    if any(indicator.status == "implausible" for indicator in row.rows.values()):
        told.append(_("melebihi 100 %: periksa datanya"))
    return "; ".join(told)


def _lacking(row: RecapRow, language: str) -> list[str]:
    _ = translator(language)
    counted = [
        (_("tanpa data pendaftaran lengkap: {count}"), row.untold),
        (_("tanpa nilai kontrak: {count}"), row.unpriced_projects),
        (_("tanpa jumlah tenaga kerja: {count}"), row.unsized_projects),
        (_("iuran tanpa jumlah: {count}"), row.unpriced_payments),
    ]
    found = [text.format(count=formats.number(count, language)) for text, count in counted if count]
    if row.projects and row.why_unknown("covered") == "not_complete":
        found.append(_("perlindungan belum dapat dinilai"))
    if row.why_unknown("contributions_rp") == "not_complete":
        found.append(_("iuran tahun ini belum lengkap datanya"))
    return found


def total_note(recap: Recap, groups: str, where: str, language: str) -> str:
    """Why the total is not what the rows add up to, column by column; what persons and placements are."""
    _ = translator(language)
    if recap.total is None:
        return _("JUMLAH tidak ditampilkan: akun ini tidak melihat semua pemilik proyek {where}.").format(where=where)
    reasons = dict.fromkeys(difference.reason for difference in recap.differences)
    told = [_why(reason, recap.differences, (groups, where), language) for reason in reasons]
    told += [_total_unknown(recap, column, language) for column in unknown_columns(recap)]
    if not told:
        told = [_("JUMLAH sama dengan jumlah barisnya.")]
    return " ".join([_("JUMLAH adalah angka {where} sendiri.").format(where=where), *told, _placements(language)])


def unknown_columns(recap: Recap) -> list[str]:
    """Columns without a total of which rows know their numbers: those readers will try to add up."""
    assert recap.total is not None, recap.scope
    return [column for column in INDICATOR_OF if recap.total.why_unknown(column) and recap.known(column)[1]]


def _why(reason: str, differences: Sequence[Difference], names: tuple[str, str], language: str) -> str:
    _ = translator(language)
    groups, where = names
    amounts = "; ".join(
        _amount(found.column, abs(found.amount), language) for found in differences if found.reason == reason
    )
    text = {
        "elsewhere": _(
            "Lebih besar daripada jumlah barisnya, karena ada yang tidak tercatat pada satu pun: {amounts}."
        ),
        "persons_once": _(
            "Orang dihitung sekali: yang bekerja pada beberapa {groups} ada di beberapa baris, jadi jumlah barisnya "
            "lebih besar: {amounts}."
        ),
        "overlap": _("Lebih kecil daripada jumlah barisnya, karena ada yang masuk beberapa {groups}: {amounts}."),
    }[reason]
    return text.format(groups=groups, where=where, amounts=amounts)


def _amount(column: str, amount: Amount, language: str) -> str:
    """'Tenaga kerja 4', 'Nilai kontrak Rp90.000.000'."""
    name = column_names(language)[column].removesuffix(", Rp")
    told = formats.rupiah(amount, language) if column.endswith("_rp") else formats.number(amount, language)
    return f"{name} {told}"


def _total_unknown(recap: Recap, column: str, language: str) -> str:
    _ = translator(language)
    known, told = recap.known(column)
    name = column_names(language)[column].removesuffix(", Rp")
    if column in SHARES:
        return _("{column}: belum diketahui untuk JUMLAH.").format(column=name)
    text = _.plural(
        "{column}: belum diketahui untuk JUMLAH; {told} dari {rows} baris ada angkanya, bersama-sama {known}.",
        len(recap.rows),
    )
    return text.format(
        column=name,
        told=formats.number(told, language),
        rows=formats.number(len(recap.rows), language),
        known=_amount(column, known, language).removeprefix(name + " "),
    )


def _placements(language: str) -> str:
    _ = translator(language)
    return _("Tenaga kerja dihitung per proyek: orang di dua proyek terhitung dua.")
