"""The conclusion under every denominator: whether what is said of a coverage hangs on the estimate that divides it."""

import streamlit as st

from analytics.conclusions import Case, Conclusion
from ui import asked_number, cached, cards, formats, number_stamp, tables
from ui.asked_number import Number
from ui.cached import ServedEdition
from ui.origin_links import Link, Origins, linked
from ui.tables import Column
from ui.texts import translator


def show_conclusions(edition: ServedEdition, number: Number, language: str) -> None:
    """Each question with its verdict; of a measure that no estimate divides one sentence.

    Of a target they are asked of the coverage that it is of: that is divided by an estimate.
    """
    _ = translator(language)
    selection = number.selection
    title = _("Kesimpulan menurut setiap penyebut")
    beside_target = number.indicator.denominator == "target"
    if beside_target:
        target = asked_number.row_of(edition, number).target
        if target is None:
            cards.show_title(title)
            cards.show_notice(_("Di sini tidak ada target yang sebanding, jadi belum ada kesimpulan."))
            return
        number = asked_number.attained(number, target)
    if number.indicator.denominator != "vintage":
        cards.show_title(title)
        cards.show_notice(_("Ukuran ini tidak dibagi perkiraan jumlah pekerja, jadi tidak ada penyebut lain."))
        return
    found = cached.conclusions(edition.key, number.measure, selection.month, selection.scope)
    if not found:
        cards.show_title(title)
        cards.show_notice(_("Belum ada perkiraan jumlah pekerja untuk pilihan ini, jadi belum ada kesimpulan."))
        return
    cards.show_title(title, _rule(language))
    if beside_target:
        _show_of_attained(language)
    lines = [(one, case) for one in found for case in one.cases]
    origins = Origins(edition, selection, language)
    columns = _columns(language, linked(lambda line: origins.of_vintage(number.measure, line[1].source), language))
    with st.container(key="lines-kesimpulan"):
        st.html(tables.html_table(columns, lines, title))
    stamp = number_stamp.of(edition, number, language)
    tables.show_files(columns, lines, "kesimpulan", title, stamp, language)


def _show_of_attained(language: str) -> None:
    _ = translator(language)
    text = _(
        "Nilai yang dibandingkan dengan target ini sendiri dibagi perkiraan jumlah pekerja; dengan perkiraan lain "
        "capaiannya lain. Di bawah ini nilai itu menurut setiap perkiraan."
    )
    cards.show_notice(text)


def _rule(language: str) -> str:
    _ = translator(language)
    return _(
        "Kesimpulan tetap bila jawabannya sama dengan setiap perkiraan; perkiraan yang lebih tua daripada dua tahun "
        "ditampilkan tanpa ikut dinilai."
    )


def question(one: Conclusion, language: str) -> str:
    """What is asked of every estimate."""
    _ = translator(language)
    if one.question == "target":
        assert one.threshold is not None, one
        return _("Di atas target {issuer} {goal} %?").format(
            issuer=one.issuer, goal=formats.stated(one.threshold, language)
        )
    if one.question == "half":
        return _("Lebih dari separuh terlindungi?")
    if one.question == "year":
        return _("Naik sejak setahun lalu?")
    return _("Lebih tinggi daripada {place}?").format(place=one.other_place)


def verdict(one: Conclusion, language: str) -> str:
    """Shape and words."""
    _ = translator(language)
    return {
        "holds": _("● kesimpulan tetap"),
        "depends": _("▲ bergantung pada penyebut"),
        "one_denominator": _("○ hanya satu penyebut"),
    }[one.verdict]


def answer(case: Case, language: str) -> str:
    _ = translator(language)
    told = {
        "above": _("ya"),
        "below": _("tidak"),
        "equal": _("sama"),
        "open": _("belum pasti: rentangnya di kedua sisi"),
        None: _("tidak diketahui"),
    }[case.answer]
    return _("{answer} (perkiraan lama, tidak dinilai)").format(answer=told) if case.is_old else told


def _columns(language: str, link: Link) -> list[Column]:
    _ = translator(language)

    def of_question(line: tuple[Conclusion, Case]) -> str:
        return question(line[0], language)

    def of_verdict(line: tuple[Conclusion, Case]) -> str:
        return verdict(line[0], language)

    def of_case(line: tuple[Conclusion, Case]) -> str:
        return answer(line[1], language)

    return [
        Column(_("Pertanyaan"), of_question, of_question, numeric=False),
        Column(_("Penyebut"), lambda line: line[1].source, lambda line: line[1].source, numeric=False),
        Column(
            _("Per tanggal"),
            lambda line: formats.day(line[1].as_of, language),
            lambda line: line[1].as_of,
            numeric=False,
        ),
        Column(_("Pekerja"), lambda line: formats.number(line[1].workers, language), lambda line: line[1].workers),
        link(
            Column(
                _("Cakupan"),
                lambda line: formats.percent(line[1].value, language),
                lambda line: line[1].value,
                decimals=1,
            )
        ),
        Column(
            _("Pembanding"),
            lambda line: formats.percent(line[1].other, language),
            lambda line: line[1].other,
            decimals=1,
        ),
        Column(_("Jawaban"), of_case, of_case, numeric=False),
        Column(_("Kesimpulan"), of_verdict, of_verdict, numeric=False),
    ]
