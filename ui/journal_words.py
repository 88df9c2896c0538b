"""Entries of the journal as sentences, for page and shell, harmless whatever an entry holds."""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from string import Formatter
from typing import Any

import msgspec

from analytics.quality import RULES
from data import aliases
from data.access import ROLES
from data.home import JAKARTA
from data.journal import Entry
from data.noted import Noted
from data.preview import NamesJudged
from ui import account_menu, case_words, formats, quality_words
from ui.texts import translator

Facts = dict[str, Any]

LONGEST_FACT = 120
LONGEST_SENTENCE = 600
HASH_SHOWN = 12


def kind_name(kind: str, language: str) -> str:
    """What was done, in a word or two; a kind that is not known stays as it is."""
    _ = translator(language)
    return {
        "sign_in": _("Masuk"),
        "sign_in_refused": _("Masuk ditolak"),
        "sign_out": _("Keluar"),
        "password_changed": _("Sandi diganti"),
        "import": _("Impor"),
        "undo": _("Pembatalan"),
        "publish": _("Penerbitan"),
        "preview": _("Pratinjau"),
        "export": _("Unduhan"),
        "account": _("Akun"),
        "backup": _("Cadangan"),
        "restore": _("Pemulihan"),
        "purge": _("Pembersihan"),
        "demonstration": _("Data contoh"),
        "proof": _("Bukti pendaftaran"),
        "decision": _("Keputusan pembayaran"),
        "exception": _("Pengecualian"),
        "finding": _("Temuan"),
        "finding_followup": _("Tanggapan temuan"),
        "follow_up": _("Tindak lanjut pendaftaran"),
        "pack": _("Bahan rapat"),
        "mapping": _("Pemetaan kolom"),
        "quality_note": _("Catatan mutu data"),
        "alias": _("Alias nama"),
    }.get(kind, harmless(kind))


def moment(at: datetime, language: str) -> str:
    """9 Juli 2024 14.05.07, by the clock of Jakarta."""
    local = at.astimezone(JAKARTA)
    return f"{formats.day(local.date(), language)} {local:%H.%M.%S}"


def who(entry: Entry | Noted, language: str) -> str:
    """The account; beside a name that nobody has proved, that nobody did."""
    _ = translator(language)
    name, unproved = harmless(entry.who), _("tanpa autentikasi")
    if not entry.role:
        # No reader's name: what was recorded late, or somebody who could not sign in.
        return {"tidak diketahui": _("tidak diketahui"), "tidak dikenal": _("tidak dikenal")}.get(name, name)
    return name if entry.is_authenticated else f"{name} ({unproved})"


def told(entry: Entry, language: str) -> str:
    """What happened, in a sentence."""
    _ = translator(language)
    facts = {name: value for name, value in entry.facts.items() if name not in ("recorded_late", "happened_at")}
    tell = _plain if "unreadable" in facts else _SENTENCES.get(entry.kind, _plain)
    if "withdrawal" in facts:
        tell = _withdrawal
    sentence = tell(facts, language) or _plain(facts, language)
    if entry.facts.get("recorded_late"):
        when = harmless(entry.facts.get("happened_at"))
        sentence += " " + _("Dicatat belakangan; terjadi {when}, pelakunya tidak diketahui.").format(
            when=_utc(when, language)
        )
    return sentence if len(sentence) <= LONGEST_SENTENCE else sentence[: LONGEST_SENTENCE - 1] + "…"


def of_names(names: NamesJudged, language: str) -> str:
    """What was said of two names, in a sentence; empty where it is not of this program's words."""
    return _alias(msgspec.structs.asdict(names), language)


def harmless(value: Any) -> str:
    """A fact as one short line: no control characters and no marks that turn the direction of what follows."""
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    if not text.isprintable():  # which is asked in a hundredth of the time
        hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
        text = "".join(" " if unicodedata.category(char) in hidden else char for char in text)
    return text if len(text) <= LONGEST_FACT else text[: LONGEST_FACT - 1] + "…"


def _utc(text: str, language: str) -> str:
    try:
        return moment(datetime.fromisoformat(text), language)
    except (ValueError, OverflowError):
        return text


def _plain(facts: Facts, _language: str) -> str:
    return "; ".join(f"{harmless(name)}: {harmless(value)}" for name, value in facts.items())


def _import(facts: Facts, language: str) -> str:
    _ = translator(language)
    text = _.plural(
        "Batch {batch}: {kind} dari {file}, {rows_accepted} baris diterima, {rows_rejected} ditolak.",
        _number(facts, "rows_accepted"),
    )
    sentence = _filled(text, facts, language)
    whole = _("Lengkap untuk {complete_for}, {period}.")
    return f"{sentence} {_filled(whole, facts, language)}" if facts.get("complete_for") else sentence


def _undo(facts: Facts, language: str) -> str:
    _ = translator(language)
    return _filled(
        _.plural(
            "Batch {batch} dibatalkan: {kind} dari {file}, {rows_accepted} baris.", _number(facts, "rows_accepted")
        ),
        facts,
        language,
    )


def _publish(facts: Facts, language: str) -> str:
    _ = translator(language)
    text = _.plural(
        "Edisi {edition} diterbitkan, dihitung per {as_of}, dari {batches} kiriman; sidik isi {content_hash}.",
        _number(facts, "batches"),
    )
    return _filled(text, facts | {"content_hash": _told(facts, "content_hash")[:12]}, language)


def _preview(facts: Facts, language: str) -> str:
    """Hashes by their beginnings, as many as find the file; an act of another program stays as it is."""
    _ = translator(language)
    hashes = facts.get("sha256")
    text = {
        "import": _("Pratinjau pemasukan berkas dengan sidik {sha256}, dihitung per {as_of}."),
        "undo": _("Pratinjau pembatalan batch {batch}, dihitung per {as_of}."),
        "publish": _("Pratinjau penerbitan, dihitung per {as_of}."),
    }.get(str(facts.get("act")), "")
    shown = ", ".join(str(one)[:HASH_SHOWN] for one in hashes) if isinstance(hashes, list) else formats.UNKNOWN
    return _filled(text, facts | {"sha256": shown}, language)


def _export(facts: Facts, language: str) -> str:
    _ = translator(language)
    without_edition = _.plural("{name}: {rows} baris, {bytes} bita.", _number(facts, "rows"))
    text = (
        _.plural("{name}: {rows} baris, {bytes} bita, edisi {edition}.", _number(facts, "rows"))
        if "edition" in facts
        else without_edition
    )
    if "card_hash" in facts:
        text = _("{name}: kartu proyek {project}, {bytes} bita, edisi {edition}.")
    return _with_scope(_filled(text, facts, language), facts, language)


def _with_scope(sentence: str, facts: Facts, language: str) -> str:
    _ = translator(language)
    scope = "; ".join(f"{label} {_told(facts, name)}" for name, label in _scope_labels(language) if name in facts)
    whole = _("Lingkup: {scope}.")
    return f"{sentence} {whole.format(scope=scope)}" if scope else sentence


def _pack(facts: Facts, language: str) -> str:
    _ = translator(language)
    files = facts.get("files")
    if "meeting" not in facts or not isinstance(files, list):
        return ""
    text = _.plural(
        "{meeting}, {day}: {formats}, {rows} baris, edisi {edition}; sidik isi {hash}.", _number(facts, "rows")
    )
    formats_made = [file.get("format", formats.UNKNOWN) for file in files if isinstance(file, dict)]
    sentence = text.format(
        meeting=_told(facts, "meeting"),
        day=_day(_told(facts, "day"), language),
        formats=harmless(formats_made).upper(),
        rows=_count(facts, "rows", language),
        edition=_told(facts, "edition"),
        hash=_told(facts, "content_hash")[:12],
    )
    return _with_scope(sentence, facts, language)


def _scope_labels(language: str) -> list[tuple[str, str]]:
    _ = translator(language)
    return [
        ("month", _("bulan")),
        ("place", _("wilayah")),
        ("owner", _("pemilik")),
        ("fund", _("sumber dana")),
        ("sector", _("sektor")),
        ("estimate", _("penyebut")),
        ("kind", _("perbuatan")),
        ("who", _("akun")),
        ("first", _("dari")),
        ("last", _("sampai")),
        ("text", _("teks")),
    ]


def _sign_in(facts: Facts, language: str) -> str:
    _ = translator(language)
    if "address" not in facts:
        return ""
    sentence = _("Dari alamat {address}, cara masuk {mode}.").format(
        address=_told(facts, "address"), mode=_way(facts, language)
    )
    reason = _("Alasan: {reason}.")
    return f"{sentence} {reason.format(reason=_told(facts, 'reason'))}" if "reason" in facts else sentence


def _way(facts: Facts, language: str) -> str:
    """How the name was proved, in words; a way that is not known stays as it is."""
    _ = translator(language)
    mode = _told(facts, "mode")
    return {"password": _("kata sandi"), "oidc": _("SSO"), "proxy": _("proksi")}.get(mode, mode)


def _account(facts: Facts, language: str) -> str:
    _ = translator(language)
    done = {
        "add": _("Akun {account} dibuat"),
        "change": _("Akun {account} diubah"),
        "passwd": _("Sandi akun {account} disetel"),
        "disable": _("Akun {account} dinonaktifkan"),
        "enable": _("Akun {account} diaktifkan lagi"),
        "oidc_secret": _("Rahasia klien penyedia identitas disetel"),
        "proxy_key": _("Kunci proksi tepercaya dibuat baru"),
    }.get(str(facts.get("act")))
    if done is None:
        return ""
    labels = {
        "role": _("peran"),
        "places": _("wilayah"),
        "branches": _("cabang"),
        "owners": _("pemilik"),
        "start": _("halaman awal"),
    }
    is_change = facts.get("act") == "change"
    told = facts | {"role": _roles(facts["role"], language)} if "role" in facts else facts
    parts = [f"{label} {_changed(told[name], is_change)}" for name, label in labels.items() if name in told]
    sentence = done.format(account=_told(facts, "account"))
    return f"{sentence}: {'; '.join(parts)}." if parts else f"{sentence}."


def _roles(value: Any, language: str) -> Any:
    """A role, or the one before and the one now, as people call them; what is none stays as it is."""
    if isinstance(value, list):
        return [_roles(role, language) for role in value]
    return account_menu.role_name(value, language) if value in ROLES else value


def _changed(value: Any, is_change: bool) -> str:
    """A change is told by what was before and what is now."""
    if is_change and isinstance(value, list) and len(value) == 2:
        return " → ".join(harmless(side) if side else formats.UNKNOWN for side in value)
    return harmless(value)


def _filled(text: str, facts: Facts, language: str) -> str:
    """The text with every fact that it names; a fact that is missing is a dash."""
    names = [name for _, name, _, _ in Formatter().parse(text) if name]
    return text.format(**{name: _count(facts, name, language) for name in names})


def _demonstration(facts: Facts, language: str) -> str:
    _ = translator(language)
    return {"made": _("Data contoh dibuat."), "removed": _("Data contoh dibuang.")}.get(str(facts.get("act")), "")


def _backup(facts: Facts, language: str) -> str:
    _ = translator(language)
    if "manifest_sha256" not in facts:
        return ""
    text = (
        _.plural(
            "Cadangan {backup} dibuat dengan kunci: edisi {edition}, {files} berkas; sidik daftar isinya {hash}.",
            _number(facts, "files"),
        )
        if facts.get("has_keys")
        else _.plural(
            "Cadangan {backup} dibuat tanpa kunci: edisi {edition}, {files} berkas; sidik daftar isinya {hash}.",
            _number(facts, "files"),
        )
    )
    return _of_backup(text, facts, language)


def _restore(facts: Facts, language: str) -> str:
    _ = translator(language)
    if "manifest_sha256" not in facts:
        return ""
    text = _.plural(
        "Dipulihkan dari cadangan {backup}: edisi {edition}, {files} berkas; sidik daftar isinya {hash}. Jurnal yang "
        "digantikan berakhir di entri {last}.",
        _number(facts, "files"),
    )
    return _of_backup(text, facts, language)


def _of_backup(text: str, facts: Facts, language: str) -> str:
    return text.format(
        backup=_told(facts, "backup"),
        edition=_told(facts, "edition") if facts.get("edition") else formats.UNKNOWN,
        files=_count(facts, "files", language),
        hash=_told(facts, "manifest_sha256")[:12],
        last=_told(facts, "former_journal_number"),
    )


def _purge(facts: Facts, language: str) -> str:
    _ = translator(language)
    if "originals" not in facts:
        return ""
    text = _("Lewat masa simpannya: {originals} berkas asli ({bytes} bita) dan {logs} berkas catatan dihapus.")
    sentence = text.format(
        originals=_count(facts, "originals", language),
        bytes=_count(facts, "bytes", language),
        logs=_count(facts, "log_files", language),
    )
    scans = _.plural("{count} pindaian bukti dihapus.", _number(facts, "scans"))
    return f"{sentence} {scans.format(count=_count(facts, 'scans', language))}" if "scans" in facts else sentence


def _proof(facts: Facts, language: str) -> str:
    _ = translator(language)
    if "certificate_no" not in facts:
        return ""
    text = _(
        "Proyek {kode_proyek}: sertifikat {certificate_no}, bukti bayar {receipt_no}; terdaftar {registered_on}, "
        "dibayar {paid_on}, perlindungan {cover_from} sampai {cover_to}."
    )
    scan = _("Pindaian {hash}.").format(hash=_told(facts, "scan_sha256")[:12]) if facts.get("scan_sha256") else ""
    return _of_case(text, facts, language, scan)


def _decision(facts: Facts, language: str) -> str:
    _ = translator(language)
    if "decision" not in facts:
        return ""
    words = {
        "decision": case_words.decision_name(_told(facts, "decision"), language),
        "result_shown": case_words.result_name(_told(facts, "result_shown"), language),
        "payment": _count(facts, "payment", language),
    }
    on_payment = _(
        "Proyek {kode_proyek}, pembayaran {payment}: {decision} oleh {office}; hasil tampil: {result_shown}."
    )
    without = _("Proyek {kode_proyek}: {decision} oleh {office}; hasil tampil: {result_shown}.")
    text = on_payment if facts.get("payment") else without
    return _of_case(text, facts | words, language, _reason(facts, language))


def _exception(facts: Facts, language: str) -> str:
    _ = translator(language)
    if "expires_on" not in facts:
        return ""
    text = _("Proyek {kode_proyek}: disetujui {approver_office}, berlaku sampai {expires_on}.")
    return _of_case(text, facts, language, _reason(facts, language))


def _finding(facts: Facts, language: str) -> str:
    _ = translator(language)
    if "kondisi" not in facts:
        return ""
    on_project = _("Proyek {kode_proyek}, {owner}: {kondisi}; tenggat {due}.")
    text = on_project if facts.get("kode_proyek") else _("{owner}: {kondisi}; tenggat {due}.")
    return _of_case(text, facts, language)


def _finding_followup(facts: Facts, language: str) -> str:
    _ = translator(language)
    if "tindak_lanjut" not in facts:
        return ""
    words = {"state": case_words.finding_state_name(_told(facts, "state"), language)}
    return _of_case(_("Temuan {finding}: {state}. {tindak_lanjut}"), facts | words, language)


def _follow_up(facts: Facts, language: str) -> str:
    _ = translator(language)
    if "officer" not in facts:
        return ""
    words = {"state": case_words.follow_up_state_name(_told(facts, "state"), language)}
    text = (
        _("Proyek {kode_proyek}: {state} {promised_on}, petugas {officer}.")
        if facts.get("promised_on")
        else _("Proyek {kode_proyek}: {state}, petugas {officer}.")
    )
    return _of_case(text, facts | words, language, _told(facts, "note") if facts.get("note") else "")


def _alias(facts: Facts, language: str) -> str:
    _ = translator(language)
    text = {
        "same": _("{field}: '{written}' berlaku sebagai '{name}' sejak penerbitan berikutnya."),
        "withdrawn": _("{field}: '{written}' tidak lagi berlaku sebagai '{name}'."),
        "different": _("{field}: '{written}' dan '{name}' bukan nama yang sama."),
        "reconsidered": _("{field}: '{written}' dan '{name}' boleh diusulkan lagi."),
    }.get(_told(facts, "verdict"))
    if text is None or "field" not in facts:
        return ""
    if (facts["field"], facts["verdict"]) == ("wilayah", "same"):
        text = _("{field}: '{written}' dibaca sebagai '{name}' sejak impor berikutnya.")
    field = aliases.FIELDS.get(str(facts["field"]), _told(facts, "field"))
    named = {key: aliases.shown_name(facts["field"], facts[key]) for key in ("written", "name") if key in facts}
    return _filled(text, facts | named | {"field": translator(language)(field).capitalize()}, language)


def _withdrawal(facts: Facts, language: str) -> str:
    _ = translator(language)
    text = _("Entri {replaces} ditarik. Alasan: {withdrawal}").format(
        replaces=_told(facts, "replaces"), withdrawal=_told(facts, "withdrawal")
    )
    return f"{_told(facts, 'kode_proyek')}: {text}" if facts.get("kode_proyek") else text


def _quality_note(facts: Facts, language: str) -> str:
    _ = translator(language)
    if isinstance(facts.get("findings"), dict):
        return _quality_notes(facts, language)
    if "finding" not in facts:
        return ""
    told = _("{rule}, temuan {finding} dengan nilai {value}: {state}, oleh {office}.").format(
        rule=_rule_of(facts["finding"], language),
        finding=_told(facts, "finding"),
        value=_told(facts, "value"),
        state=quality_words.state_name(_told(facts, "state"), language),
        office=_told(facts, "office"),
    )
    return f"{told} {_reason(facts, language)}"


def _quality_notes(facts: Facts, language: str) -> str:
    """What was said of many findings together, or the part of them that this entry holds."""
    _ = translator(language)
    findings = facts["findings"]
    is_all = facts.get("together") == len(findings)
    text = (
        _.plural("{rule}, {count} temuan diselesaikan bersama: {state}, oleh {office}.", len(findings))
        if is_all
        else _.plural(
            "{rule}, {count} dari {together} temuan yang diselesaikan bersama: {state}, oleh {office}.",
            _number(facts, "together"),
        )
    )
    told = text.format(
        rule=_rule_of(next(iter(findings), ""), language),
        count=formats.number(len(findings), language),
        together=_count(facts, "together", language),
        state=quality_words.state_name(_told(facts, "state"), language),
        office=_told(facts, "office"),
    )
    return f"{told} {_reason(facts, language)}"


def _rule_of(finding: Any, language: str) -> str:
    rule = RULES.get(str(finding).split("|", 1)[0])
    return rule.label.in_language(language) if rule else formats.UNKNOWN


def _reason(facts: Facts, language: str) -> str:
    _ = translator(language)
    return _("Alasan: {reason}.").format(reason=_told(facts, "reason").rstrip("."))


def _of_case(text: str, facts: Facts, language: str, more: str = "") -> str:
    """With days as people write them, and the entry that this one takes the place of."""
    _ = translator(language)
    names = [name for _literal, name, _spec, _conversion in Formatter().parse(text) if name]
    parts = [text.format(**{name: _day(_told(facts, name), language) for name in names}), more]
    if facts.get("replaces"):
        parts.append(_("Menggantikan entri {number}.").format(number=_told(facts, "replaces")))
    return " ".join(part for part in parts if part)


def _day(text: str, language: str) -> str:
    try:
        return formats.day(date.fromisoformat(text), language) if len(text) == len("2024-07-09") else text
    except ValueError:
        return text


def _told(facts: Facts, name: str) -> str:
    return harmless(facts[name]) if name in facts else formats.UNKNOWN


def _count(facts: Facts, name: str, language: str) -> str:
    value = facts.get(name)
    return formats.number(value, language) if isinstance(value, int) else _told(facts, name)


def _number(facts: Facts, name: str) -> int:
    """Of how many a sentence speaks; what is no number is read as several."""
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def _mapping(facts: Facts, language: str) -> str:
    _ = translator(language)
    columns = facts.get("columns")
    found = columns.items() if isinstance(columns, dict) else ()
    pairs = [f"{harmless(key)} → {harmless(name)}" for key, name in found]
    text = _("Kolom kiriman {sender} dibaca sebagai {kind}: {columns}.")
    return _filled(text, facts | {"columns": "; ".join(pairs)}, language)


_SENTENCES: dict[str, Callable[[Facts, str], str]] = {
    "sign_in": _sign_in,
    "sign_in_refused": _sign_in,
    "sign_out": _sign_in,
    "password_changed": _sign_in,
    "import": _import,
    "undo": _undo,
    "publish": _publish,
    "preview": _preview,
    "export": _export,
    "account": _account,
    "demonstration": _demonstration,
    "backup": _backup,
    "restore": _restore,
    "purge": _purge,
    "proof": _proof,
    "decision": _decision,
    "exception": _exception,
    "finding": _finding,
    "finding_followup": _finding_followup,
    "follow_up": _follow_up,
    "pack": _pack,
    "mapping": _mapping,
    "alias": _alias,
    "quality_note": _quality_note,
}
