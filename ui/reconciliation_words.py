"""A line of the reconciliation in words: its cause with a shape, what differs, and which project a row may mean."""

from collections.abc import Callable
from functools import lru_cache

from analytics.causes import CAUSES, Cause
from analytics.reconciliation import Line, ReconciledProject
from analytics.unmatched import Candidate, UnmatchedRow
from ui import formats, results
from ui.texts import translator

# As in the gate: a status is a word and a shape as well as a colour.
SHAPES = {"unmet": "■", "late": "▲", "open": "◷", "unknown": "○", "met": "●"}


def name(cause: str, language: str) -> str:
    return CAUSES[cause].label.in_language(language)


@lru_cache(maxsize=100)
def marked(cause: str, language: str) -> str:
    """Shape and words."""
    return shaped(CAUSES[cause], language)


def shaped(cause: Cause, language: str) -> str:
    return f"{SHAPES[cause.severity]} {cause.label.in_language(language)}"


def tone(cause: Cause) -> str:
    """The class of its colour; empty for what is open or unknown."""
    return results.TONES.get(cause.severity, "")


def subject(line: Line, language: str) -> str:
    """'2025-1671-80001 · Peningkatan Jalan …', or how a row of a file names its project."""
    if isinstance(line, ReconciledProject):
        return f"{line.kode_proyek} · {line.nama_proyek}"
    _ = translator(language)
    kind = kind_name(line.kind, language)
    number = _("SPK {number}").format(number=line.no_spk) if line.kode_proyek is None else line.kode_proyek
    return f"{kind} · {number}"


def kind_name(kind: str, language: str) -> str:
    _ = translator(language)
    return {
        "proyek": _("Proyek"),
        "pendaftaran": _("Pendaftaran"),
        "pembayaran": _("Pembayaran"),
        "tenaga_kerja": _("Daftar tenaga kerja"),
        "kepesertaan": _("Kepesertaan"),
    }[kind]


def explained(line: Line, language: str) -> str:
    """What differs with its figures, in sentences."""
    if isinstance(line, UnmatchedRow):
        told = (_row_told(line, language), _candidates_told(line.candidates, language), _place_told(line, language))
        return " ".join(filter(None, told))
    told = [EXPLAIN[cause](line, language) for cause in line.causes]
    return " ".join(told) or CAUSES[line.cause].explanation.in_language(language)


def _row_told(row: UnmatchedRow, language: str) -> str:
    _ = translator(language)
    day = formats.day(row.day, language)
    if row.kind == "pendaftaran":
        told = _("Terdaftar {day}.").format(day=day)
        if row.amount_rp is not None:
            told += " " + _("Iuran {amount}.").format(amount=formats.rupiah(row.amount_rp, language))
        return told
    if row.kind == "pembayaran":
        return _("{amount}, {day}.").format(amount=formats.in_unit(row.amount_rp, "rupiah", language), day=day)
    count = formats.number(row.rows, language)
    return _.plural("{count} baris orang menunggu; yang pertama mulai {day}.", row.rows).format(count=count, day=day)


def _place_told(row: UnmatchedRow, language: str) -> str:
    _ = translator(language)
    return _("Berkas {file}, baris {row}.").format(file=row.file_name, row=row.row_number)


def _candidates_told(candidates: tuple[Candidate, ...], language: str) -> str:
    _ = translator(language)
    if not candidates:
        return ""
    told = "; ".join(_candidate_told(candidate, language) for candidate in candidates)
    if candidates[0].how == "spk_sama":
        return _("Salah satu dari: {projects}.").format(projects=told)
    return _("Mungkin proyek {projects}.").format(projects=told)


def _candidate_told(candidate: Candidate, language: str) -> str:
    """'P-12: nomor SPK berbeda satu tanda, iurannya sama'."""
    _ = translator(language)
    column = {"kode_proyek": _("kode proyek"), "no_spk": _("nomor SPK")}[candidate.column]
    how = {
        "penulisan": _("{column} sama kecuali penulisannya"),
        "satu_tanda": _("{column} berbeda satu tanda"),
        "spk_sama": _("{column} sama"),
    }[candidate.how].format(column=column)
    fits = {"iuran": _("iurannya sama"), "jumlah": _("jumlahnya sama"), "tenaga_kerja": _("tenaga kerjanya sama")}
    return f"{candidate.kode_proyek}: " + ", ".join([how, *(fits[fact] for fact in candidate.fits)])


def _same_order(line: ReconciledProject, language: str) -> str:
    _ = translator(language)
    if line.same_order is None:
        return _("Nomor SPK {number} juga dipakai proyek lain di luar lingkup ini.").format(number=line.no_spk)
    return _("Nomor SPK {number} juga dipakai {code}.").format(number=line.no_spk, code=line.same_order)


def _roster_alone(line: ReconciledProject, language: str) -> str:
    _ = translator(language)
    count = formats.number(line.roster_persons, language)
    return _.plural("{count} orang dalam daftar pekerja, tanpa pendaftaran.", line.roster_persons or 0).format(
        count=count
    ) + _already_paid(line, language)


def _unregistered(line: ReconciledProject, language: str) -> str:
    _ = translator(language)
    return _("Tidak ada pendaftaran.") + _already_paid(line, language)


def _already_paid(line: ReconciledProject, language: str) -> str:
    _ = translator(language)
    if line.first_paid_on is None:
        return ""
    text = " " + _("Kontrak sudah dibayar sejak {day}.")
    return text.format(day=formats.day(line.first_paid_on, language))


def _registered_after(line: ReconciledProject, language: str) -> str:
    _ = translator(language)
    return _("Terdaftar {registered}, dibayar pertama kali {paid}.").format(
        registered=formats.day(line.registered_on, language), paid=formats.day(line.first_paid_on, language)
    )


def _beyond_contract(line: ReconciledProject, language: str) -> str:
    _ = translator(language)
    assert line.paid_rp is not None and line.payable_rp is not None, line
    return _("Dibayar {paid}, kontrak paling banyak {payable} (lebih {more}).").format(
        paid=formats.rupiah(line.paid_rp, language),
        payable=formats.rupiah(line.payable_rp, language),
        more=formats.rupiah(line.paid_rp - line.payable_rp, language),
    )


def _unpaid(line: ReconciledProject, language: str) -> str:
    _ = translator(language)
    owed = formats.in_unit(line.owed_rp, "rupiah", language)
    return _("Iuran menurut tarif {owed}; belum ada yang dibayar.").format(owed=owed)


def _before_addendum(line: ReconciledProject, language: str) -> str:
    _ = translator(language)
    text = _("Iuran {paid} tepat menurut nilai kontrak sebelum adendum; menurut nilai sekarang {owed} (kurang {less}).")
    return text.format(**_short_of(line, language))


def _too_little(line: ReconciledProject, language: str) -> str:
    _ = translator(language)
    return _("Iuran dibayar {paid}, menurut tarif {owed} (kurang {less}).").format(**_short_of(line, language))


def _short_of(line: ReconciledProject, language: str) -> dict[str, str]:
    assert line.contribution_rp is not None and line.owed_rp is not None, line
    amounts = {"paid": line.contribution_rp, "owed": line.owed_rp, "less": line.owed_rp - line.contribution_rp}
    return {fact: formats.rupiah(amount, language) for fact, amount in amounts.items()}


def _too_much(line: ReconciledProject, language: str) -> str:
    _ = translator(language)
    assert line.contribution_rp is not None and line.owed_most_rp is not None, line
    return _("Iuran dibayar {paid}, menurut tarif paling banyak {owed} (lebih {more}).").format(
        paid=formats.rupiah(line.contribution_rp, language),
        owed=formats.rupiah(line.owed_most_rp, language),
        more=formats.rupiah(line.contribution_rp - line.owed_most_rp, language),
    )


def _other_headcount(line: ReconciledProject, language: str) -> str:
    _ = translator(language)
    return _("Tenaga kerja terdaftar {registered}, menurut data proyek {expected}.").format(
        registered=formats.number(line.headcount, language), expected=formats.number(line.expected_workers, language)
    )


EXPLAIN: dict[str, Callable[[ReconciledProject, str], str]] = {
    "spk_ganda": _same_order,
    "daftar_pekerja_saja": _roster_alone,
    "belum_terdaftar": _unregistered,
    "daftar_sesudah_bayar": _registered_after,
    "bayar_melebihi_kontrak": _beyond_contract,
    "iuran_belum_dibayar": _unpaid,
    "iuran_sebelum_adendum": _before_addendum,
    "iuran_kurang": _too_little,
    "iuran_lebih": _too_much,
    "tenaga_kerja_beda": _other_headcount,
}
