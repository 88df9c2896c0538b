"""The card of a project in words: what a paying officer takes along as a page of PDF."""

import re
from dataclasses import replace

from analytics import gate
from analytics.card import CardFacts
from analytics.gate import Check, Evidence
from analytics.register import Dossier
from data.cases import Proof
from data.casework import Noted
from reports.card import CardTexts, Rule, Table, card_pdf
from ui import evidence, formats, results, sentences
from ui.texts import translator

NOT_YET_DUE = "belum_jatuh_tempo"
MOST_DOCUMENTS = 14  # on a page; the newest of each kind, and always the payment that is judged


def card_bytes(facts: CardFacts, language: str) -> bytes:
    """The card as PDF; equal facts give equal bytes."""
    return card_pdf(card_texts(facts, language), day=facts.as_of)


def card_name(facts: CardFacts, language: str) -> str:
    """The name of its file."""
    _ = translator(language)
    code = re.sub(r"[^A-Za-z0-9._-]+", "-", facts.dossier.project.kode_proyek)[:60].strip("-.")
    payment = f"-{facts.judgement.payment}" if facts.judgement.payment else ""
    demo, word = "DATA-CONTOH-" if facts.is_demo else "", _("kartu")
    return f"{demo}cakupan-{word}-{code}{payment}-{facts.as_of.isoformat()}.pdf"


def export_facts(facts: CardFacts) -> dict[str, str | int]:
    """What the journal says of it besides name and hash."""
    project = facts.dossier.project
    return {
        "table": "card",
        "edition": facts.edition,
        "as_of": facts.as_of.isoformat(),
        "place": project.place,
        "owner": project.owner,
        "project": project.kode_proyek,
        "payment": facts.judgement.payment,
        "card_hash": facts.card_hash,
    }


def card_texts(facts: CardFacts, language: str) -> CardTexts:
    """All that the card says."""
    _ = translator(language)
    of_what = _("Syarat kepesertaan BPJS Ketenagakerjaan")
    return CardTexts(
        language=language,
        title=_("Kartu hasil pemeriksaan"),
        subtitle=f"{of_what} · {moment(facts, language)}",
        warning="DATA CONTOH" if facts.is_demo else None,
        project=_project(facts, language),
        tone=gate.RESULTS[facts.result].severity,
        result=headline(facts, language),
        explanation=_explanation(facts, language),
        disclaimer=gate.NOT_A_DECISION.in_language(language),
        rules_title=_("Aturan yang menilai"),
        rule_headings=[_("Aturan"), _("Dasar dan tanggal berlaku"), _("Keadaan"), _("Bukti")],
        rules=[_rule(check, facts, language) for check in facts.checks if check.rule.kind == "wajib"],
        evidence=_evidence(facts, language),
        notes_title=_("Catatan"),
        notes=_notes(facts, language),
        footer=_footer(facts, language),
        closing=_(
            "Periksa keaslian berkas ini pada halaman Proyek & Syarat Pencairan atau dengan perintah cakupan.py "
            "verify. Berkas yang disimpan ulang atau dipindai tidak lagi sama sidiknya."
        ),
        mark=facts.mark,
    )


def told(facts: CardFacts, language: str) -> str:
    """What was judged and with what result, in a sentence."""
    return f"{moment(facts, language)}: {headline(facts, language)}"


def headline(facts: CardFacts, language: str) -> str:
    """The result by its name; where days without protection belong to it, the sentence that counts them."""
    if "{days}" in gate.RESULTS[facts.result].sentence.in_language(language):
        return results.sentence(facts.result, facts.judgement.unprotected_days, language)
    return results.name(facts.result, language)


def moment(facts: CardFacts, language: str) -> str:
    """What was judged, and as of which day."""
    _ = translator(language)
    judgement, day = facts.judgement, formats.day(facts.judgement.judged_on, language)
    payment = next((one for one in facts.dossier.payments if one.number == judgement.payment), None)
    if payment is None:
        return _("dinilai per {day} (posisi edisi)").format(day=day)
    kind = evidence.payment_kind(payment.kind, language)
    return _("pembayaran {number} ({kind}), dinilai per {day}").format(number=payment.number, kind=kind, day=day)


def _project(facts: CardFacts, language: str) -> list[tuple[str, str]]:
    """The name first; the template sets it apart."""
    _ = translator(language)
    project = facts.dossier.project
    value = None if project.nilai_kontrak is None else formats.rupiah(project.nilai_kontrak, language)
    order = " · ".join(filter(None, [project.no_spk, project.tgl_spk and formats.day(project.tgl_spk, language)]))
    period = f"{formats.day(project.mulai, language)} – {formats.day(project.selesai, language)}"
    return [
        (_("Proyek"), project.nama_proyek),
        (_("Kode proyek"), project.kode_proyek),
        (_("Pemilik"), sentences.category_name(project.owner, language)),
        (_("Wilayah"), project.place_name),
        (_("Penyedia"), project.penyedia or formats.UNKNOWN),
        (_("SPK"), order or formats.UNKNOWN),
        (_("Batas daftar"), formats.day(project.deadline, language)),
        (_("Masa pekerjaan"), period),
        (_("Nilai kontrak"), value or formats.UNKNOWN),
        (_("Sumber dana dan pembayar"), _payer(facts, language)),
    ]


def _payer(facts: CardFacts, language: str) -> str:
    """Who pays is an attribute, never a judgement."""
    project = facts.dossier.project
    told = gate.PAYER_NOTES.get(project.payer or "")
    payer = f"{project.payer} ({told.in_language(language)})" if told else project.payer
    return " · ".join(filter(None, [sentences.category_name(project.fund, language), payer]))


def _explanation(facts: CardFacts, language: str) -> str:
    judgement, result = facts.judgement, facts.result
    told = []
    if result == judgement.result:
        told += filter(None, [results.reason(judgement.reason, language)])
        days = results.days(result, judgement.late_days, judgement.unprotected_days, judgement.days_left, language)
        told += [sentences.capitalized(days) + "."] if days else []
    return " ".join(dict.fromkeys([*told, gate.RESULTS[result].explanation.in_language(language)]))


def _rule(check: Check, facts: CardFacts, language: str) -> Rule:
    _ = translator(language)
    rule = check.rule
    source = _("{article}; untuk SPK sejak {day}").format(
        article=rule.article, day=formats.day(rule.effective_from, language)
    )
    if rule.is_assumption:
        source += " " + _("(asumsi, belum dikonfirmasi)")
    tone, state = _state(check, facts, language)
    proofs = "; ".join(_document(one, language) for one in check.evidence)
    return Rule(rule.text.in_language(language), source, tone, state, proofs or formats.UNKNOWN)


def _state(check: Check, facts: CardFacts, language: str) -> tuple[str, str]:
    """Tone and word. A rule that names a deadline is not simply met by who registered after it."""
    _ = translator(language)
    if not check.is_in_force:
        return "unknown", _("tidak berlaku bagi proyek ini")
    if not check.is_met and facts.proofs:
        return "late", _("menurut bukti manual")
    if check.is_met is False and facts.judgement.result == NOT_YET_DUE:
        return "open", _("belum jatuh tempo")
    if check.is_met is None:
        return "unknown", _("belum dapat dinilai")
    if check.is_met and check.rule.demand == "registration" and facts.judgement.late_days:
        return "late", _("dipenuhi, terlambat")
    return ("met", _("dipenuhi")) if check.is_met else ("unmet", _("belum dipenuhi"))


def _document(proof: Evidence, language: str) -> str:
    _ = translator(language)
    names = {"registration": _("pendaftaran"), "payment": _("bayar iuran"), "work_order": _("SPK")}
    named = " ".join(filter(None, [names[proof.document], proof.number]))
    return f"{named}, {formats.day(proof.dated, language)}"


def _evidence(facts: CardFacts, language: str) -> Table:
    _ = translator(language)
    shown, left_out = _fitting(facts.dossier, facts.judgement.payment)
    rows = [
        (
            line.document,
            line.number or formats.UNKNOWN,
            formats.day(line.day, language),
            line.told,
            _place(line, language),
        )
        for line in evidence.evidence_lines(shown, language)
    ]
    rows += [_proof(noted, language) for noted in facts.proofs]
    if left_out:
        more = _.plural("… dan {count} dokumen lebih lama; lihat halaman proyek", left_out).format(count=left_out)
        rows.append((more, "", "", "", ""))
    headings = [_("Dokumen"), _("Nomor"), _("Tanggal"), _("Isi"), _("Berkas dan baris")]
    return Table(_("Bukti"), headings, [17, 20, 16, 29, 18], rows, "")


def _fitting(dossier: Dossier, payment: int) -> tuple[Dossier, int]:
    """As many documents as a page holds: a third of registrations, the rest payments, up to the one that is judged."""
    registrations = dossier.registrations[-MOST_DOCUMENTS // 3 :]
    addenda = dossier.addenda[-MOST_DOCUMENTS // 3 :]
    due = [one for one in dossier.payments if payment == 0 or one.number <= payment]
    payments = due[-(MOST_DOCUMENTS - 1 - len(registrations) - len(addenda)) :]
    kept = replace(dossier, registrations=registrations, addenda=addenda, payments=payments)
    of_all = len(dossier.registrations) + len(dossier.addenda) + len(due)
    return kept, of_all - len(registrations) - len(addenda) - len(payments)


def _place(line: evidence.EvidenceLine, language: str) -> str:
    _ = translator(language)
    if line.file_name is None:
        return formats.UNKNOWN
    return _("{file}, baris {row}").format(file=line.file_name, row=formats.number(line.row_number, language))


def _proof(noted: Noted[Proof], language: str) -> tuple[str, str, str, str, str]:
    _ = translator(language)
    proof = noted.content
    told = _("iuran dibayar {paid}; perlindungan {first} – {last}; dicatat petugas, menunggu pencocokan BPJS").format(
        paid=formats.day(proof.paid_on, language),
        first=formats.day(proof.cover_from, language),
        last=formats.day(proof.cover_to, language),
    )
    numbers = f"{proof.certificate_no}; {proof.receipt_no}"
    entry = _("jurnal, entri {number}").format(number=noted.number)
    return (_("Bukti manual"), numbers, formats.day(proof.registered_on, language), told, entry)


def _notes(facts: CardFacts, language: str) -> list[str]:
    _ = translator(language)
    notes = [results.note(code, language) for code in facts.judgement.notes]
    if facts.waiver:
        waiver = facts.waiver.content
        text = _("Pengecualian sampai {day}, disetujui {office}: {reason} (jurnal, entri {number}).")
        notes.append(
            text.format(
                day=formats.day(waiver.expires_on, language),
                office=waiver.approver_office,
                reason=_one_line(waiver.reason),
                number=facts.waiver.number,
            )
        )
    return notes


def _one_line(text: str, most: int = 300) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _footer(facts: CardFacts, language: str) -> list[tuple[str, str]]:
    _ = translator(language)
    edition = _("{number}, posisi {day}").format(number=facts.edition, day=formats.day(facts.as_of, language))
    hidden = _("tidak ditampilkan bagi akun dengan lingkup terbatas")
    return [
        (_("Edisi"), edition),
        (_("Sidik isi edisi (SHA-256)"), facts.content_hash or hidden),
        (_("Sidik kartu (SHA-256)"), facts.card_hash),
    ]
