"""Mutu Data, findings: how many are open of which rule, the findings themselves, and what every rule means."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from analytics import quality
from analytics.quality import RULES, Finding, Rule, resolutions
from analytics.quality.resolutions import Standing
from data import quality_notes
from data.access import Reader
from data.home import Home
from reports.cells import Cell
from ui import (
    account_menu,
    cached,
    cards,
    empty_states,
    formats,
    frame,
    paging,
    quality_form,
    quality_together,
    quality_view,
)
from ui import quality_words as words
from ui.cached import ServedEdition
from ui.tables import Column, OnPhone, Stamp, html_table, show_files
from ui.texts import translator

STYLES = f"<style>{(Path(__file__).parent / 'quality.css').read_text('utf-8')}</style>"


@cached.remembered_wide
def found(key: cached.EditionKey) -> list[Finding]:
    """quality.findings of this edition."""
    return quality.findings(cached.opened(key))


def standings(edition: ServedEdition) -> list[Standing]:
    """The findings of the edition as they stand now: notes are added between editions."""
    notes = quality_notes.notes(Home(Path(edition.root)), is_demo=edition.is_demo)
    return resolutions.standings(found(edition.key), notes, edition.number)


def show_findings(edition: ServedEdition | None, reader: Reader, language: str) -> None:
    """The part "temuan"."""
    st.html(STYLES)
    if edition is None:
        empty_states.show_no_edition(language)
        return
    if not quality.is_told(cached.opened(edition.key)):
        empty_states.show_older_edition(language)
        return
    every = standings(edition)
    _show_summary(edition, every, language)
    if every:
        _show_list(edition, every, reader, language)
    _show_rules(language)


def _show_summary(edition: ServedEdition, every: Sequence[Standing], language: str) -> None:
    _ = translator(language)
    still_open = sum(one.is_open for one in every)
    text = _.plural("{count} temuan mutu terbuka dari {all} pada edisi {edition}", still_open)
    counts = {"count": formats.number(still_open, language), "all": formats.number(len(every), language)}
    title = text.format(**counts, edition=edition.number)
    untold = quality.untold([one.finding for one in every], cached.opened(edition.key).grant)
    cards.show_title(title, _subtitle(edition, untold, language))
    with st.container(key="quality-summary"):
        st.html(html_table(_summary_columns(every, untold, language), list(RULES.values()), title, stacked=True))


def _subtitle(edition: ServedEdition, untold: Collection[str], language: str) -> str:
    _ = translator(language)
    span = quality.span_of(cached.opened(edition.key))
    told = [_("Temuan hanya memberi tahu: tidak ada angka yang dikoreksi diam-diam.")]
    if span is not None:
        text = _("Yang dilihat {first} sampai {last}, kecuali aturannya menyebut lain.")
        months = {"first": formats.month(span.first, language), "last": formats.month(span.last, language)}
        told.insert(0, text.format(**months))
    if not cached.sees_everything(edition.key):
        told.append(_("Hanya temuan dalam lingkup akun ini."))
    if untold:
        told.append(
            _(
                "“–” bukan nol: temuan aturan itu dapat berada di luar lingkup akun ini dan hanya dilihat akun tanpa "
                "batas lingkup."
            )
        )
    return " ".join(told)


def _summary_columns(every: Sequence[Standing], untold: Collection[str], language: str) -> list[Column]:
    """One row a rule, in the order of the rules: severest first. Of what is untold there is no count."""
    _ = translator(language)
    of_rules: dict[str, list[Standing]] = {code: [] for code in RULES}
    for one in every:
        of_rules[one.finding.rule].append(one)

    def counted(header: str, count) -> Column:
        def told(rule: Rule) -> str:
            return formats.UNKNOWN if rule.code in untold else formats.number(count(of_rules[rule.code]), language)

        return Column(header, told, lambda rule: rule.code)

    return [
        _text(_("Tingkat"), lambda rule: words.severity_name(rule.severity, language), on_phone="inline"),
        Column(
            _("Aturan"),
            lambda rule: rule.label.in_language(language),
            lambda rule: rule.code,
            numeric=False,
            link=lambda rule: _filtered(rule.code),
            on_phone="title",
        ),
        counted(_("Terbuka"), lambda of_rule: sum(one.is_open for one in of_rule)),
        counted(_("Seluruhnya"), len),
        _text(_("Penanggung jawab"), lambda rule: account_menu.role_name(rule.owner, language), on_phone="inline"),
    ]


def _filtered(code: str) -> str:
    return "?" + urlencode(frame.url_with(**dict.fromkeys(quality_view.FILTERS), hal=None) | {"aturan": code})


def _show_list(edition: ServedEdition, every: Sequence[Standing], reader: Reader, language: str) -> None:
    _ = translator(language)
    known = cached.known_places(edition.key)
    used = {one.finding.place for one in every if one.finding.place}
    places = {code: known[code].name for code in sorted(used) if code in known}
    view = quality_view.read(
        st.query_params, quality_view.offered([one.finding for one in every], places, language), language
    )
    quality_view.show_filters(view, every, places, language)
    chosen = [one for one in every if view.shows(one)]
    named = partial(finding_name, places=places, language=language)
    by_key = {one.finding.key: one for one in every}
    if not chosen:
        quality_together.show(chosen, view.rule, by_key, reader, named, language)
        quality_form.show(edition, [], by_key, reader, named, language)
        cards.show_notice(_("Tidak ada temuan dengan saringan ini; pilih status “Semua” atau aturan lain."))
        return
    page = paging.page_of(st.query_params, len(chosen))
    shown = chosen[page.first : page.last]
    columns = finding_columns(places, language)
    label = _("Temuan mutu data")
    with st.container(key="quality-findings"):
        st.html(html_table(columns, shown, label, stacked=True))
    paging.show(page, language)
    show_files(columns, chosen, "temuan-mutu", label, _stamp(edition, view, language), language)
    quality_together.show(chosen, view.rule, by_key, reader, named, language)
    quality_form.show(edition, shown, by_key, reader, named, language)


def finding_name(one: Standing, places: Mapping[str, str], language: str) -> str:
    """A finding in a line, to choose it by."""
    finding = one.finding
    about = words.subject(finding, places.get(finding.place or ""), language)
    parts = [words.rule_name(finding.rule, language), about]
    parts += [formats.month(finding.month, language)] if finding.month else []
    parts += [words.told(name, finding.facts[name], language) for name in ("kind", "sector") if name in finding.facts]
    return " · ".join(parts)


def finding_columns(places: Mapping[str, str], language: str) -> list[Column]:
    _ = translator(language)

    def only_in_file(header: str, field: str) -> Column:
        return Column(header, str, lambda one: getattr(one.finding, field), numeric=False, only_in_file=True)

    return [
        _text(
            _("Tingkat"), lambda one: words.severity_name(RULES[one.finding.rule].severity, language),
            on_phone="inline",
        ),
        _text(_("Aturan"), lambda one: words.rule_name(one.finding.rule, language), on_phone="inline"),
        Column(
            _("Mengenai"),
            lambda one: words.subject(one.finding, places.get(one.finding.place or ""), language),
            lambda one: words.subject(one.finding, places.get(one.finding.place or ""), language),
            numeric=False,
            link=_dossier,
            on_phone="title",
        ),
        _text(_("Mengapa"), lambda one: words.why(one.finding, language)),
        _text(
            _("Bulan"), lambda one: formats.month(one.finding.month, language) if one.finding.month else "–",
            on_phone="labelled",
        ),
        Column(_("Nilai"), partial(_amount, "value", language), lambda one: one.finding.value, decimals_of=_decimals),
        Column(
            _("Diharapkan"), partial(_amount, "expected", language), lambda one: one.finding.expected,
            decimals_of=_decimals,
        ),
        Column(
            _("Status"), partial(_state, language), lambda one: words.state_name(one.state, language), numeric=False,
            on_phone="labelled",
        ),
        Column(_("Alasan"), _reason, _reason, numeric=False, only_in_file=True),
        Column(
            _("Mengapa terbuka lagi"), lambda one: words.reopened(one, language),
            lambda one: words.reopened(one, language), numeric=False, only_in_file=True,
        ),
        only_in_file(_("Kode aturan"), "rule"),
        only_in_file(_("Kode wilayah"), "place"),
        only_in_file(_("Pemilik proyek"), "owner"),
        only_in_file(_("Pengirim"), "sender"),
        only_in_file(_("Kode proyek"), "project"),
    ]  # fmt: skip


def _amount(name: str, language: str, one: Standing) -> str:
    return words.amount(getattr(one.finding, name), one.finding.rule, language)


def _state(language: str, one: Standing) -> str:
    """With what was said last; of a finding that is open again rather why it is."""
    state, reason = words.state_name(one.state, language), words.reopened(one, language) or _reason(one)
    return f"{state}: {reason}" if reason else state


def _reason(one: Standing) -> str:
    return one.history[-1].note.reason if one.history else ""


def _decimals(one: Standing) -> int:
    return 1 if RULES[one.finding.rule].unit == "percent" else 0


def _dossier(one: Standing) -> str | None:
    if one.finding.project is None:
        return None
    kept = {"lang": st.query_params["lang"]} if "lang" in st.query_params else {}
    return "proyek?" + urlencode({"proyek": one.finding.project} | kept)


def _text(header: str, read, on_phone: OnPhone | None = None) -> Column:
    return Column(header, read, read, numeric=False, on_phone=on_phone)


def _stamp(edition: ServedEdition, view: quality_view.View, language: str) -> Stamp:
    _ = translator(language)
    asked = {
        _("Saringan: aturan"): view.rule,
        _("Saringan: status"): view.state,
        _("Saringan: wilayah"): view.place,
        _("Saringan: pemilik"): view.owner,
        _("Saringan: pengirim"): view.sender,
        _("Saringan: bulan"): view.month,
    }
    columns: dict[str, Cell] = {_("Edisi"): edition.number}
    columns |= {header: value for header, value in asked.items() if value}
    return Stamp(
        f"cakupan-edisi-{edition.number}", columns, edition.is_demo, {"edition": edition.number} | asdict(view)
    )


def _show_rules(language: str) -> None:
    """Every rule with its definition, thresholds, version, and who answers for it."""
    _ = translator(language)
    with st.expander(_("Definisi semua aturan mutu")):
        told = [_rule_html(rule, language) for rule in RULES.values()]
        st.html(f'<div class="ck-rules">{"".join(told)}</div>')


def _rule_html(rule: Rule, language: str) -> str:
    _ = translator(language)
    head = _("{severity} · versi {version} · penanggung jawab {owner}").format(
        severity=words.severity_name(rule.severity, language),
        version=rule.version,
        owner=account_menu.role_name(rule.owner, language),
    )
    limits = "".join(f"<li>{escape(words.threshold(one, language))}</li>" for one in rule.thresholds)
    name, definition = escape(rule.label.in_language(language)), escape(rule.definition.in_language(language))
    return f'<h3>{name}</h3><p class="ck-aside">{escape(head)}</p><p>{definition}</p><ul>{limits}</ul>'
