"""What is known of a file that somebody holds, in sentences, for page and shell."""

from analytics.verification import CardCheck, Verified
from data.journal import Entry
from ui import formats, journal_words, results
from ui.texts import translator

MOST_EXPORTS = 5


def told(found: Verified, language: str) -> list[str]:
    """The verdict first, then when and by whom the file was taken, then what a card says today."""
    lines = [verdict(found, language), *_exports(found, language)]
    lines += [_pack(entry, language) for entry in found.packs[-1:]]
    return lines + (card_lines(found.card, language) if found.card else [])


def verdict(found: Verified, language: str) -> str:
    """One sentence that stands for all."""
    _ = translator(language)
    if found.is_confirmed:
        return _("Cocok: berkas ini keluar dari sistem ini dan tidak berubah sejak itu.")
    if not found.is_known:
        return _(
            "Tidak dapat dipastikan: tidak ada unduhan dengan sidik {hash}… di jurnal. Berkas yang disimpan ulang, "
            "dipindai atau diubah walau satu huruf bersidik lain."
        ).format(hash=found.sha256[:12])
    if not found.journal_is_whole:
        return _("Tidak dapat dipastikan: sidiknya ada di jurnal, tetapi jurnal itu sendiri rusak; hubungi pengelola.")
    return _("Tidak cocok: sidiknya ada di jurnal, tetapi edisinya tidak lagi menyatakan isi kartu ini.")


def _exports(found: Verified, language: str) -> list[str]:
    _ = translator(language)
    lines = [_export(entry, language) for entry in found.exports[:MOST_EXPORTS]]
    more = len(found.exports) - MOST_EXPORTS
    return (
        [*lines, _.plural("… dan {count} kali lagi.", more).format(count=formats.number(more, language))]
        if more > 0
        else lines
    )


def _export(entry: Entry, language: str) -> str:
    _ = translator(language)
    text = _("Diunduh {when} WIB oleh {who} (jurnal, entri {number}). {facts}")
    return text.format(
        when=journal_words.moment(entry.at, language),
        who=journal_words.who(entry, language),
        number=entry.number,
        facts=journal_words.told(entry, language),
    )


def _pack(entry: Entry, language: str) -> str:
    _ = translator(language)
    text = _("Disimpan sebagai bahan rapat {when} WIB oleh {who} (jurnal, entri {number}). {facts}")
    return text.format(
        when=journal_words.moment(entry.at, language),
        who=journal_words.who(entry, language),
        number=entry.number,
        facts=journal_words.told(entry, language),
    )


def card_lines(check: CardCheck, language: str) -> list[str]:
    """What the card's own edition states, and the result of today where it is another one."""
    _ = translator(language)
    values = {
        "project": journal_words.harmless(check.mark.project),
        "edition": formats.number(check.mark.edition, language),
    }
    if check.recomputed is None:
        text = _(
            "Menurut berkas ini: kartu proyek {project} dari edisi {edition}, yang di sini tidak dapat dihitung ulang."
        )
        return [text.format(**values), *_now(check, language)]
    values |= {
        "result": results.name(check.recomputed.result, language),
        "day": formats.day(check.recomputed.judgement.judged_on, language),
        "hash": check.recomputed.card_hash,
    }
    same = _("Dihitung ulang: edisi {edition} menyatakan proyek {project} per {day}: {result}. Sidik kartu {hash}.")
    other = _(
        "Dihitung ulang: edisi {edition} menyatakan proyek {project} per {day}: {result}, dengan sidik kartu {hash}, "
        "bukan sidik yang tertulis di berkas ini."
    )
    return [(same if check.is_same else other).format(**values), *_now(check, language)]


def _now(check: CardCheck, language: str) -> list[str]:
    _ = translator(language)
    if check.now is None or (check.recomputed is not None and not check.is_outdated):
        return []
    text = _("Hasil kini (edisi {edition}): {result}.")
    result = results.name(check.now.result, language)
    return [text.format(edition=formats.number(check.now.edition, language), result=result)]
