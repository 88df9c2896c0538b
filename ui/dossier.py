"""The dossier of one project: its result with the days and the reason, payments, rules and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

import streamlit as st

from analytics import gate
from analytics.card import CardFacts, facts_of
from analytics.gate import Check, Evidence
from analytics.register import Dossier, Judgement, RegisterRow
from ui import (
    cached,
    card,
    cards,
    casework_forms,
    casework_tables,
    downloads,
    evidence,
    formats,
    frame,
    project_stamp,
    project_view,
    results,
    scope_bar,
    sentences,
    tables,
)
from ui.cached import ServedEdition
from ui.texts import translator

POSITION = 0


@dataclass(frozen=True)
class Shown:
    """A dossier at the moment that the reader chose; `facts` are what the card of that moment states."""

    edition: ServedEdition
    facts: CardFacts

    @property
    def dossier(self) -> Dossier:
        return self.facts.dossier

    @property
    def project(self) -> RegisterRow:
        return self.facts.dossier.project

    @property
    def judgement(self) -> Judgement:
        return self.facts.judgement

    @property
    def is_overlaid(self) -> bool:
        """Whether a proof by hand stands in the place of the stored result."""
        return self.facts.result != self.judgement.result


def read(edition: ServedEdition, code: str, ignored: list[str], language: str) -> Shown | None:
    """The dossier that the address names, at the moment it names. None for a project that is unknown and for one that
    is not for this reader: they are one answer."""
    _ = translator(language)
    found = cached.dossier(edition.key, code)
    if found is None or not found.judgements:
        return None
    moments = [str(judgement.payment) for judgement in found.judgements]
    refused = _("Pembayaran “{value}” pada tautan tidak ada pada proyek ini; diabaikan.")
    wanted = scope_bar.picked(st.query_params, ignored, "bayar", moments, str(POSITION), refused)
    work = cached.casework(edition.key)
    facts = facts_of(cached.opened(edition.key), found, int(wanted or POSITION), work)
    assert facts is not None, (code, wanted)
    return Shown(edition, facts)


def results_of(shown: Shown) -> dict[int, str]:
    """By number of the payment, 0 for the position, the results that this page shows."""
    overlay = gate.overlay(cached.casework(shown.edition.key), cached.opened(shown.edition.key))
    proved = overlay.get(shown.project.kode_proyek)
    return {
        one.payment: proved if proved and gate.takes_proof(shown.dossier, one) else one.result
        for one in shown.dossier.judgements
    }


def show_way_back(language: str) -> None:
    """To the list that led here, with its scope."""
    _ = translator(language)
    address, text = project_view.address(**frame.OF_A_DOSSIER), _("Kembali ke daftar")
    if st.query_params.get("dari") == project_view.FROM_TARGETS:
        address, text = "capaian_target" + address, _("Kembali ke Capaian Target")
    elif st.query_params.get("dari") == project_view.FROM_DATA:
        address, text = "data_definisi" + address, _("Kembali ke Data & Definisi")
    st.html(f'<p class="ck-back"><a href="{escape(address)}">‹ {escape(text)}</a></p>')


def show_unknown(code: str, language: str) -> None:
    """The same whether there is no such project or it is another's."""
    _ = translator(language)
    shown = code if len(code) <= project_view.LONGEST_SEARCH else code[: project_view.LONGEST_SEARCH - 1] + "…"
    text = _("Proyek “{code}” tidak dikenal dalam lingkup ini. Periksa kodenya, atau cari dengan nama atau nomor SPK.")
    cards.show_notice(text.format(code=shown))


def show_heading(shown: Shown, language: str) -> None:
    """What project it is."""
    _ = translator(language)
    project = shown.project
    told = [
        project.kode_proyek,
        sentences.category_name(project.owner, language),
        project.place_name,
        sentences.category_name(project.fund, language),
    ]
    cards.show_title(project.nama_proyek, " · ".join(told))
    st.html(_facts_html(_facts(project, language)))


def _facts(project: RegisterRow, language: str) -> list[tuple[str, str]]:
    _ = translator(language)
    value = None if project.nilai_kontrak is None else formats.rupiah(project.nilai_kontrak, language)
    order = " · ".join(filter(None, [project.no_spk, project.tgl_spk and formats.day(project.tgl_spk, language)]))
    contractor = " · ".join(filter(None, [project.penyedia, project.telepon_penyedia]))
    period = f"{formats.day(project.mulai, language)} – {formats.day(project.selesai, language)}"
    return [
        (_("SPK"), order or formats.UNKNOWN),
        (_("Batas daftar"), formats.day(project.deadline, language)),
        (_("Masa pekerjaan"), period),
        (_("Nilai kontrak"), value or formats.UNKNOWN),
        (_("Tenaga kerja"), formats.number(project.workers, language)),
        (_("Cara pelaksanaan"), way_of_work(project.cara_pelaksanaan, language)),
        (_("Penyedia"), contractor or formats.UNKNOWN),
        (_("Pembayar"), payer(project.payer, language)),
    ]


def way_of_work(code: str | None, language: str) -> str:
    _ = translator(language)
    words = {"penyedia": _("penyedia"), "swakelola": _("swakelola"), "darurat": _("pekerjaan darurat")}
    return words.get(code or "", formats.UNKNOWN)


def payer(name: str | None, language: str) -> str:
    """Who pays, and what follows from it: an attribute, never a judgement."""
    told = gate.PAYER_NOTES.get(name or "")
    return f"{name} ({told.in_language(language)})" if told else name or formats.UNKNOWN


def _facts_html(facts: Sequence[tuple[str, str]]) -> str:
    lines = "".join(f"<div><dt>{escape(term)}</dt><dd>{escape(text)}</dd></div>" for term, text in facts)
    return f'<dl class="ck-facts">{lines}</dl>'


def choose_moment(shown: Shown, language: str) -> None:
    """The position or one of the payments; nothing to choose where there are none."""
    _ = translator(language)
    moments = {str(one.payment): moment_name(one, shown, language) for one in shown.dossier.judgements}
    if len(moments) < 2:
        return
    st.session_state["dossier-moment"] = str(shown.judgement.payment)
    st.selectbox(
        _("Dinilai untuk"),
        list(moments),
        format_func=moments.__getitem__,
        key="dossier-moment",
        on_change=_write_moment,
        width=420,
    )


def _write_moment() -> None:
    moment = st.session_state["dossier-moment"]
    if moment == str(POSITION):
        project_view.forget(["bayar"])
    else:
        st.query_params["bayar"] = moment


def moment_name(judgement: Judgement, shown: Shown, language: str) -> str:
    """'Posisi 30 Juni 2025', 'Pembayaran 2, termin: 12 Maret 2025'."""
    _ = translator(language)
    day = formats.day(judgement.judged_on, language)
    if judgement.payment == POSITION:
        return _("Posisi {day}").format(day=day)
    payment = next(one for one in shown.dossier.payments if one.number == judgement.payment)
    text = _("Pembayaran {number}, {kind}: {day}")
    return text.format(number=payment.number, kind=evidence.payment_kind(payment.kind, language), day=day)


def show_result(shown: Shown, language: str) -> None:
    """Word, shape and colour, why, the days, what the result means, and that it decides nothing."""
    result = shown.facts.result
    said = results.sentence(result, shown.judgement.unprotected_days, language)
    told = "".join(f"<p>{escape(text)}</p>" for text in _why(shown, language))
    notes = "".join(f"<p>◇ {escape(results.note(code, language))}</p>" for code in shown.judgement.notes)
    kicker = escape(moment_name(shown.judgement, shown, language))
    fixed = escape(gate.NOT_A_DECISION.in_language(language))
    st.html(
        f'<section class="ck-verdict {results.tone(result)}"><p class="kicker">{kicker}</p>'
        f'<h3><span aria-hidden="true">{results.SHAPES[result]}</span> {escape(said)}</h3>'
        f'{told}{notes}<p class="fixed">{fixed}</p></section>'
    )


def _why(shown: Shown, language: str) -> list[str]:
    """Reason and days of the stored result; a proof by hand has neither. Days that the result itself names are not
    told twice."""
    judgement, result = shown.judgement, shown.facts.result
    told = []
    if not shown.is_overlaid:
        unprotected = None if result == "terlambat" else judgement.unprotected_days
        days = results.days(result, judgement.late_days, unprotected, judgement.days_left, language)
        told = [results.reason(judgement.reason, language), sentences.capitalized(days) + "." if days else None]
    told.append(gate.RESULTS[result].explanation.in_language(language))
    return [*filter(None, [*told, _waiver(shown.facts, language)])]


def _waiver(facts: CardFacts, language: str) -> str | None:
    """The exception in force on the day judged: told beside the result, never in its place."""
    _ = translator(language)
    if facts.waiver is None:
        return None
    text = _("Pengecualian sampai {day}, disetujui {office}: {reason} (jurnal, entri {number}).")
    waiver = facts.waiver.content
    day = formats.day(waiver.expires_on, language)
    return text.format(day=day, office=waiver.approver_office, reason=waiver.reason, number=facts.waiver.number)


def show_card(shown: Shown, language: str) -> None:
    """The card of this moment, to take along; journaled with its hash."""
    _ = translator(language)
    downloads.offer(
        _("Unduh kartu (PDF)"),
        partial(card.card_bytes, shown.facts, language),
        card.card_name(shown.facts, language),
        "application/pdf",
        key="card-file",
        facts=card.export_facts(shown.facts),
    )


def show_payments(shown: Shown, language: str) -> None:
    """Every judged moment in a table, with its result."""
    _ = translator(language)
    lines = evidence.payment_lines(shown.dossier, results_of(shown))
    if not lines:
        cards.show_asides([_("Belum ada pembayaran dalam data; yang dinilai posisi edisi.")])
        return
    label = _("Hasil tiap pembayaran")
    _show_section(label)
    tables.show_table(
        evidence.payment_columns(language), lines, "pembayaran", label, stamp(shown, language), language, expanded=True
    )


def _show_section(text: str) -> None:
    st.html(f'<h3 class="ck-section">{escape(text)}</h3>')


def show_rules(shown: Shown, language: str) -> None:
    """Each rule with article and date, whether it binds this project, and what is met; of notes those that are noted,
    and in one line what else was looked at."""
    _ = translator(language)
    checks = shown.facts.checks
    _show_section(_("Aturan dan apa yang dipenuhi"))
    told = [check for check in checks if check.rule.kind == "wajib" or check.rule.code in shown.judgement.notes]
    if not told:
        cards.show_asides([_("Edisi ini tidak memuat aturan.")])
        return
    st.html(f'<ul class="ck-rules">{"".join(_rule_html(check, shown, language) for check in told)}</ul>')
    quiet = [check.rule.text.in_language(language) for check in checks if check not in told and check.is_in_force]
    if quiet:
        cards.show_asides([_("Diperiksa dan tidak tercatat: {notes}").format(notes=" ".join(quiet))])


def _rule_html(check: Check, shown: Shown, language: str) -> str:
    _ = translator(language)
    rule = check.rule
    source = _("{article}; untuk SPK sejak {day}").format(
        article=rule.article, day=formats.day(rule.effective_from, language)
    )
    if rule.is_assumption:
        source += " " + _("(asumsi, belum dikonfirmasi)")
    word, tone = _state(check, shown.facts, language)
    documents = check.evidence if check.is_in_force else ()
    proofs = "".join(f'<p class="evidence">{escape(_document(one, language))}</p>' for one in documents)
    return (
        f'<li><span class="ck-result {tone}">{escape(word)}</span><div><p>{escape(rule.text.in_language(language))}</p>'
        f"{proofs}<small>{escape(source)}</small></div></li>"
    )


def _state(check: Check, facts: CardFacts, language: str) -> tuple[str, str]:
    """The word for a check and the class of its colour."""
    _ = translator(language)
    if check.rule.kind == "catatan":
        return _("◇ tercatat"), "concern"
    if not check.is_in_force:
        return _("– tidak berlaku"), ""
    if not check.is_met and facts.proofs:
        return _("◐ menurut bukti manual"), "concern"
    if check.is_met and check.rule.demand == "registration" and facts.judgement.late_days:
        return _("▲ dipenuhi, terlambat"), "concern"
    if check.is_met is False and facts.judgement.result == "belum_jatuh_tempo":
        return _("◷ belum jatuh tempo"), ""
    if check.is_met is None:
        return _("○ belum dapat dinilai"), ""
    return (_("● dipenuhi"), "better") if check.is_met else (_("■ belum dipenuhi"), "unmet")


def _document(proof: Evidence, language: str) -> str:
    """'Pendaftaran 1234567890123, 3 Maret 2024 · pendaftaran.xlsx baris 12'."""
    _ = translator(language)
    document = {
        "registration": _("Pendaftaran"),
        "payment": _("Pembayaran iuran"),
        "work_order": _("SPK"),
    }[proof.document]
    named = " ".join(filter(None, [document, proof.number]))
    place = _("{file}, baris {row}").format(file=proof.file_name, row=formats.number(proof.row_number, language))
    return f"{named}, {formats.day(proof.dated, language)} · {place}"


def show_evidence(shown: Shown, language: str) -> None:
    """Document, number, date, and the row of the file where each is written."""
    _ = translator(language)
    label = _("Bukti dalam data")
    _show_section(label)
    lines = evidence.evidence_lines(shown.dossier, language)
    lines += evidence.proof_lines(shown.facts.proofs, language)
    columns = evidence.evidence_columns(language)
    with st.container(key="evidence"):
        tables.show_table(columns, lines, "bukti", label, stamp(shown, language), language, expanded=True)


def show_casework(shown: Shown, language: str) -> None:
    """Findings on the project, everything that was recorded on it, and what this reader may record."""
    code, told = shown.project.kode_proyek, stamp(shown, language)
    casework_tables.show_findings(shown.edition, told, language, code=code)
    casework_tables.show_history(shown.edition, code, told, language)
    casework_forms.show_forms(shown.edition, code, results_of(shown), language)


def stamp(shown: Shown, language: str) -> tables.Stamp:
    """What a file from this dossier says of itself."""
    _ = translator(language)
    project, day = shown.project, project_stamp.as_of(shown.edition)
    columns = {
        _("Posisi"): day,
        _("Kode proyek"): project.kode_proyek,
        _("Proyek"): project.nama_proyek,
        _("Edisi"): shown.edition.number,
    }
    facts = {
        "edition": shown.edition.number,
        "as_of": day.isoformat(),
        "place": project.place,
        "owner": project.owner,
        "project": project.kode_proyek,
    }
    return tables.Stamp(f"cakupan-proyek-{day.isoformat()}", columns, shown.edition.is_demo, facts)
