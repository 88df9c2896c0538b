"""Which number the tab Definisi speaks of: measure and scope, from the address and back into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from analytics import compute
from analytics.compute import Row, Scope
from analytics.indicators import INDICATORS, Indicator, label_in
from analytics.provenance import Asked
from analytics.targets import Target, measure_of
from data.categories import CONSTRUCTION
from ui import cached, data_view, formats, scope_bar
from ui.cached import ServedEdition
from ui.scope_bar import Choice, Selection
from ui.texts import translator

PAGE = "data_definisi"
# A target is one of several; its own page shows each, and the measure that it is of is asked for here.
MEASURES = tuple(code for code in INDICATORS if code != "target_attainment")


@dataclass(frozen=True)
class Number:
    """One measure of one scope in one month. `ignored` are sentences on what the address says and cannot be."""

    measure: str
    selection: Selection
    ignored: tuple[str, ...] = ()

    @property
    def indicator(self) -> Indicator:
        return INDICATORS[self.measure]

    @property
    def asked(self) -> Asked:
        selection = self.selection
        return Asked(self.measure, selection.month, selection.scope, selection.vintage_of(self.measure))

    def name(self, language: str) -> str:
        """'Proyek terdaftar · Kota Palembang'."""
        label = label_in(self.indicator, self.selection.scope.sector).in_language(language)
        return f"{label} · {self.selection.where(language)}"


def fits(measure: str, scope: Scope) -> bool:
    """Whether the measure can be told of this scope: by owner, by fund, of another sector."""
    split = INDICATORS[measure].split_by
    wanted = (("owner", scope.owner), ("fund", scope.fund), ("sector", scope.sector != CONSTRUCTION))
    return all(not chosen or dimension in split for dimension, chosen in wanted)


def read(
    params: Mapping[str, str], edition: ServedEdition, language: str, measures: Sequence[str] = MEASURES
) -> Number:
    """The number that an address means; the usual measure of the scope where it says none that fits."""
    _ = translator(language)
    selection = scope_bar.read_selection(params, _options(params, edition), language)
    ignored = list(selection.ignored)
    fitting = [code for code in measures if fits(code, selection.scope)]
    refused = _("Ukuran “{value}” pada tautan tidak dikenal atau tidak ada untuk pilihan ini; diabaikan.")
    usual = compute.headline_indicator(selection.scope)
    measure = scope_bar.picked(params, ignored, "measure", fitting, usual, refused) or usual
    return Number(measure, selection, tuple(ignored))


def _options(params: Mapping[str, str], edition: ServedEdition) -> scope_bar.Options:
    """What can be chosen; of estimates the one in the address too, however old: a month of a trend may be divided by
    what no longer rivals the others.
    """
    options = scope_bar.edition_options(edition)
    named = params.get("vintage")

    def vintages(scope: Scope, month: date) -> list[str]:
        young = options.vintages(scope, month)
        if named is None or named in young or cached.sees_only_owners(edition.key):
            return young
        rows = cached.by_vintage(edition.key, "population_coverage", month, replace(scope, owner=None, fund=None))
        divides = any(row.denominator_source == named and row.denominator is not None for row in rows)
        return [*young, named] if divides else young

    return replace(options, vintages=vintages)


def choose(
    edition: ServedEdition, language: str, measures: Sequence[str] = MEASURES, *, without: tuple[str, ...] = ()
) -> Number:
    """Draw measure and scope; `without` are boxes that the part does not have."""
    _ = translator(language)
    number = read(st.query_params, edition, language, measures)
    selection = number.selection
    texts = {
        code: label_in(INDICATORS[code], selection.scope.sector).in_language(language)
        for code in measures
        if fits(code, selection.scope)
    }
    boxes = [
        Choice("measure", _("Ukuran"), texts, number.measure),
        *scope_bar.scope_choices(edition, selection, language),
        *(scope_bar.vintage_choice(selection, language) if number.indicator.denominator == "vintage" else []),
    ]
    if "sector" not in number.indicator.split_by:
        without = (*without, "sector")
    scope_bar.draw([box for box in boxes if box.name not in without])
    scope_bar.show_ignored(number.ignored)
    return number


def row_of(edition: ServedEdition, number: Number) -> Row:
    asked = number.asked
    return cached.rows(edition.key, asked.measure, asked.month, asked.scope, vintage=asked.vintage)[0]


def attained(number: Number, target: Target) -> Number:
    """The number that is laid beside the target: its measure, divided by the estimate in the configured order."""
    measure = measure_of(target)
    assert measure is not None, target
    return Number(measure.code, replace(number.selection, vintage=None))


def value(row: Row, indicator: Indicator, language: str) -> str:
    """The value in its unit; a dash where it is not known."""
    return formats.in_unit(row.value, indicator.unit, language)


def amount(found: object, measure: str, language: str) -> str:
    """Numerator or denominator: rupiah where the measure is of money, else a count."""
    is_money = INDICATORS[measure].unit == "rupiah" or measure == "value_registration"
    return formats.in_unit(found, "rupiah" if is_money else "persons", language)  # type: ignore[arg-type]


def address(part: str, measure: str, selection: Selection | None, language: str, **more: str) -> dict[str, str]:
    """The parameters of the part for this number: everything that the number depends on is spelled out."""
    tab = next(tab for tab, parts in data_view.PARTS.items() if part in parts)
    told: dict[str, str | None] = {"bagian": tab, "isi": part, "measure": measure}
    if language != "id":
        told["lang"] = language
    if selection:
        scope = selection.scope
        told |= {"month": scope_bar.month_code(selection.month), "place": scope.place}
        told |= {"owner": scope.owner, "fund": scope.fund, "vintage": selection.vintage_of(measure)}
        told |= {"sector": scope.sector if scope.sector != CONSTRUCTION else None}
    return {name: text for name, text in (told | more).items() if text}


def href(part: str, measure: str, selection: Selection | None, language: str, **more: str) -> str:
    """The same as an address relative to any page of the product."""
    return f"{PAGE}?{urlencode(address(part, measure, selection, language, **more))}"


def of_place(selection: Selection, place: str, name: str) -> Selection:
    """The same selection in another place."""
    here = replace(selection.place, code=place, name=name)
    return replace(selection, scope=replace(selection.scope, place=place), place=here, vintage=None)


def why_unknown(row: Row, language: str) -> str:
    """Why there is no number to follow."""
    _ = translator(language)
    told = {
        "edition_older": _("Edisi ini terbit sebelum ukuran ini ada; terbitkan edisi baru untuk melihatnya."),
        "no_project": _("Tidak ada proyek yang tercatat untuk pilihan ini pada bulan itu."),
        "not_complete": _(
            "Datanya belum lengkap untuk semua proyek pilihan ini, jadi angkanya belum dapat dinilai. Tidak ada "
            "bukan berarti nol."
        ),
        "none_stated": _("Tidak satu pun baris menyebut jumlahnya, jadi angkanya tidak diketahui."),
    }
    unknown = _("Belum ada kiriman atau laporan untuk pilihan ini. Tidak ada bukan berarti nol.")
    return told.get(row.reason or "", unknown)


def formula(row: Row, measure: str, language: str) -> str:
    """'127.297 ÷ 274.000 = 46,5 %', with the numbers of the row; the numerator alone where nothing divides it."""
    indicator = INDICATORS[measure]
    numerator, denominator = (amount(found, measure, language) for found in (row.numerator, row.denominator))
    told = value(row, indicator, language)
    if row.denominator is None:
        return numerator if row.numerator is not None else formats.UNKNOWN
    if indicator.unit == "percent":
        return f"{numerator} ÷ {denominator} = {told}"
    return f"{denominator} {formats.MINUS} {numerator} = {told}"
