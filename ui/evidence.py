"""What a dossier rests on, line by line: documents with number, date, file and row, and payments with their results."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from operator import attrgetter

from analytics.register import Addendum, Dossier, Judgement, Payment, Registration
from data.cases import Proof
from data.casework import Noted
from ui import formats, project_columns, results, tables
from ui.texts import translator


@dataclass(frozen=True)
class PaymentLine:
    """One payment beside what it was judged on its day; `result` may be a proof by hand in the place of the stored."""

    payment: Payment
    judgement: Judgement
    result: str


@dataclass(frozen=True)
class EvidenceLine:
    """One document. `told` is what it says beside its number and day; an addendum has no row of its own."""

    document: str
    number: str | None
    day: date | None
    told: str
    file_name: str | None
    row_number: int | None


def payment_lines(dossier: Dossier, shown: Mapping[int, str]) -> list[PaymentLine]:
    """Payments in their order, the latest last; `shown` are the results by their number."""
    judged = {judgement.payment: judgement for judgement in dossier.judgements}
    known = [one for one in dossier.payments if one.number in judged]
    return [PaymentLine(one, judged[one.number], shown[one.number]) for one in known]


def payment_kind(kind: str, language: str) -> str:
    _ = translator(language)
    return {"uang muka": _("uang muka"), "termin": _("termin"), "retensi": _("retensi")}[kind]


def payment_columns(language: str) -> list[tables.Column]:
    """One row is one payment, judged on its day."""
    _ = translator(language)
    day, number = partial(project_columns.day_column, language=language), partial(formats.number, language=language)

    def why(line: PaymentLine) -> str | None:
        one = line.judgement
        if line.result != one.result:
            return None
        days = results.days(one.result, one.late_days, one.unprotected_days, one.days_left, language)
        return results.reason(one.reason, language) or days or None

    return [
        tables.Column(_("Ke"), lambda line: number(line.payment.number), attrgetter("payment.number")),
        project_columns.text_column(_("Jenis"), lambda line: payment_kind(line.payment.kind, language)),
        project_columns.text_column(_("Termin"), attrgetter("payment.termin")),
        day(_("Permohonan"), "payment.tgl_permohonan"),
        day(_("Dibayar"), "payment.tgl_bayar"),
        project_columns.number_column(_("Jumlah, Rp"), "payment.jumlah", language),
        day(_("Dinilai per"), "judgement.judged_on"),
        tables.Column(
            _("Hasil"),
            lambda line: results.marked(line.result, language),
            lambda line: results.name(line.result, language),
            numeric=False,
        ),
        project_columns.text_column(_("Keterangan"), why),
    ]


def evidence_lines(dossier: Dossier, language: str) -> list[EvidenceLine]:
    """Work order, registrations, addenda and payments."""
    _ = translator(language)
    project = dossier.project
    order = EvidenceLine(
        _("Kontrak/SPK"), project.no_spk, project.tgl_spk, _order_told(dossier, language), project.file_name,
        project.row_number,
    )  # fmt: skip
    return [
        order,
        *_registrations(dossier.registrations, language),
        *_addenda(dossier.addenda, language),
        *_payments(dossier.payments, language),
    ]


def _order_told(dossier: Dossier, language: str) -> str:
    _ = translator(language)
    value = _money(dossier.project.nilai_kontrak, language)
    period = f"{formats.day(dossier.project.mulai, language)} – {formats.day(dossier.project.selesai, language)}"
    return " · ".join(filter(None, [value, period]))


def _registrations(registrations: Sequence[Registration], language: str) -> Iterator[EvidenceLine]:
    _ = translator(language)
    for one in registrations:
        certificate = one.no_sertifikat and _("sertifikat {number}").format(number=one.no_sertifikat)
        workers = one.tenaga_kerja is not None and _.plural("{count} pekerja", one.tenaga_kerja).format(
            count=formats.number(one.tenaga_kerja, language)
        )
        told = [_paid(one, language), _cover(one, language), certificate, workers]
        yield EvidenceLine(
            _("Pendaftaran BPJS"), one.no_proyek_bpjs, one.tgl_daftar, "; ".join(filter(None, told)), one.file_name,
            one.row_number,
        )  # fmt: skip


def _paid(one: Registration, language: str) -> str:
    _ = translator(language)
    if one.tgl_bayar is None:
        return _("iuran belum tercatat dibayar")
    text = _("iuran {amount} dibayar {day}") if one.iuran_dibayar is not None else _("iuran dibayar {day}")
    return text.format(amount=_money(one.iuran_dibayar, language), day=formats.day(one.tgl_bayar, language))


def _cover(one: Registration, language: str) -> str | None:
    _ = translator(language)
    if one.cover_from is None:
        return None
    text = _("perlindungan {first} – {last}")
    return text.format(first=formats.day(one.cover_from, language), last=formats.day(one.cover_to, language))


def _addenda(addenda: Sequence[Addendum], language: str) -> Iterator[EvidenceLine]:
    """Each says what stood in the contract before it."""
    _ = translator(language)
    for one in addenda:
        value, end = _money(one.nilai_kontrak, language), one.selesai and formats.day(one.selesai, language)
        before = [
            _("nilai sebelumnya {amount}").format(amount=value) if value else None,
            _("selesai sebelumnya {day}").format(day=end) if end else None,
        ]
        number = None if one.versi is None else formats.number(one.versi, language)
        yield EvidenceLine(_("Adendum"), number, one.tgl, "; ".join(filter(None, before)), None, None)


def _payments(payments: Sequence[Payment], language: str) -> Iterator[EvidenceLine]:
    _ = translator(language)
    for one in payments:
        asked = _("diminta, belum dibayar") if one.tgl_bayar is None else None
        told = [payment_kind(one.kind, language), _money(one.jumlah, language), asked]
        day = one.tgl_bayar or one.tgl_permohonan
        yield EvidenceLine(
            _("Pembayaran kontrak"), one.termin, day, "; ".join(filter(None, told)), one.file_name, one.row_number
        )


def proof_lines(proofs: Sequence[Noted[Proof]], language: str) -> list[EvidenceLine]:
    """What officers recorded by hand; it lies in the journal, in no file."""
    _ = translator(language)
    text = _("iuran dibayar {paid}; perlindungan {first} – {last}; dicatat petugas, menunggu pencocokan BPJS")
    lines = []
    for noted in proofs:
        proof = noted.content
        told = text.format(
            paid=formats.day(proof.paid_on, language),
            first=formats.day(proof.cover_from, language),
            last=formats.day(proof.cover_to, language),
        )
        entry, numbers = (
            _("jurnal, entri {number}").format(number=noted.number),
            (proof.certificate_no, proof.receipt_no),
        )
        lines.append(EvidenceLine(_("Bukti manual"), "; ".join(numbers), proof.registered_on, told, entry, None))
    return lines


def _money(amount: Decimal | None, language: str) -> str | None:
    return None if amount is None else formats.rupiah(amount, language)


def evidence_columns(language: str) -> list[tables.Column]:
    _ = translator(language)
    text = project_columns.text_column
    return [
        text(_("Dokumen"), attrgetter("document")),
        text(_("Nomor"), attrgetter("number")),
        project_columns.day_column(_("Tanggal"), "day", language),
        text(_("Isi"), attrgetter("told")),
        text(_("Berkas"), attrgetter("file_name")),
        project_columns.number_column(_("Baris"), "row_number", language),
    ]
