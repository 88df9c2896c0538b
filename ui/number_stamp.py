"""What a file that tells of one number says of itself: first of all which number that is, and in what unit."""

from dataclasses import replace

from analytics.indicators import label_in
from ui import glossary_words, scope_bar, tables
from ui.asked_number import Number
from ui.cached import ServedEdition
from ui.texts import translator


def of(edition: ServedEdition, number: Number, language: str) -> tables.Stamp:
    """The stamp of the page, with measure and unit before the scope."""
    _ = translator(language)
    usual = scope_bar.stamp(edition, number.selection, language)
    label = label_in(number.indicator, number.selection.scope.sector).in_language(language)
    unit = glossary_words.unit_name(number.indicator.unit, language)
    return replace(usual, columns={_("Lingkup: ukuran"): label, _("Lingkup: satuan"): unit} | usual.columns)
