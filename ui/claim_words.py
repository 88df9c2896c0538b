"""What the checker of claims found, in words."""

from fractions import Fraction

from analytics.claim_beside import Beside, Lone
from analytics.claim_figures import Figure
from analytics.claim_stored import Nearest, Stored
from analytics.claims import Checked, Claim
from ui import formats
from ui.texts import translator

MOST_QUOTED = 60


def verdict(name: str, language: str) -> str:
    """'SESUAI', 'TIDAK SESUAI' or 'BELUM DAPAT DIKATAKAN'."""
    _ = translator(language)
    return {
        "consistent": _("SESUAI"),
        "inconsistent": _("TIDAK SESUAI"),
        "cannot_tell": _("BELUM DAPAT DIKATAKAN"),
    }[name]


def reason(code: str, language: str) -> str:
    """Why nothing can be said of a claim, or of a whole text."""
    _ = translator(language)
    return {
        "no_numbers": _(
            "Teks ini tidak memuat angka yang dapat diperiksa; tanggal, tahun dan nomor peraturan bukan angka."
        ),
        "one_number": _(
            "Hanya ada satu angka, jadi tidak ada yang dapat dihitung ulang; sebut ukurannya (misalnya cakupan "
            "konstruksi), wilayah dan bulannya supaya dibandingkan dengan angka tersimpan."
        ),
        "no_relation": _(
            "Tidak ada kata yang menghubungkan angka-angka ini; tulis seperti 123 ribu dari 270 ribu, atau 45,6 %."
        ),
        "nothing_stated": _("Teks tidak menyebut hasilnya, jadi hanya dihitung."),
        "result_unsaid": _(
            "Angka di dekatnya tidak dinyatakan sebagai hasil kedua angka ini, jadi hanya dihitung; tulis 'atau' di "
            "depannya bila memang hasilnya."
        ),
        "whole_unsaid": _(
            "Persen bagian berikutnya tidak cocok dengan keseluruhan yang disebut, dan mungkin dihitung dari "
            "keseluruhan lain; sebut keseluruhannya."
        ),
        "superseded": _("Angka itu hanya ada dalam edisi yang lebih lama; edisi yang dilayani menyebut angka lain."),
        "other_month": _("Angka itu cocok dengan bulan lain, bukan dengan bulan yang disebut."),
        "stored_otherwise": _("Dengan penyebut yang sama tersimpan jumlah peserta lain untuk bulan yang disebut."),
        "multiple": _("Kelipatan dan pecahan (dua kali lipat, separuh) tidak dibaca, jadi hanya dihitung."),
        "zero_denominator": _("Pembaginya nol."),
        "closing_zeros": _(
            "Benar hanya bila nol di akhir bilangan itu pembulatan; tulis 'sekitar' atau 'ribu' bila memang dibulatkan."
        ),
        "outside_scope": _(
            "Teks menyebut wilayah yang tidak dilihat akun ini, jadi tidak dibandingkan dengan angka tersimpan."
        ),
        "unequal_kinds": _("Rupiah tidak dapat dibagi dengan jumlah orang sebagai persentase."),
    }[code]


def told(checked: Checked, beside: Beside, *, has_edition: bool, language: str) -> list[list[str]]:
    """Of each claim its lines with the stored figure beside it, then of each lone figure its own."""
    found = []
    for claim, near in zip(checked.claims, beside.nearest, strict=True):
        lines = claim_lines(claim, language)
        if near is not None:
            lines.append(nearest_line(near, language))
        elif has_edition and claim.kind == "share":
            lines.append(none_stored(language))
        found.append(lines)
    return found + [lone_lines(one, language) for one in beside.lone]


def lone_lines(one: Lone, language: str) -> list[str]:
    """A figure that stands by itself beside what is stored of the time that the text names."""
    _ = translator(language)
    parts = {"percent": _("persentase"), "numerator": _("pembilang"), "denominator": _("penyebut")}
    lines = [_("{figure}, sebagai {part}").format(figure=_quoted(one.figure, language), part=parts[one.part])]
    said = verdict(one.verdict, language)
    if one.unseen is not None:
        text = _("{verdict}: {place} di luar lingkup akun ini.")
        return [*lines, text.format(verdict=said, place=one.unseen)]
    if one.stored is None:
        text = _("{verdict}: teks tidak menyebut bulan atau tahun, atau tidak ada angka tersimpan untuk waktu itu.")
        return [*lines, text.format(verdict=said)]
    instead = ""
    if one.instead is not None:
        instead = _stored(one.instead, language)
        text = _("{verdict}: edisi yang dilayani menyebut {instead}.")
    elif one.verdict == "consistent":
        text = _("{verdict} dengan angka tersimpan.")
    else:
        text = _("{verdict}: selisih {off_by} dari angka tersimpan terdekat.")
    off_by = _apart(one, language) if one.off_by is not None else ""
    return [
        *lines,
        _("Tersimpan{edition}: {stored}.").format(
            edition=_edition(one.edition, language), stored=_stored(one.stored, language)
        ),
        text.format(verdict=said, off_by=off_by, instead=instead),
    ]


def _apart(one: Lone, language: str) -> str:
    _ = translator(language)
    assert one.off_by is not None, one
    if one.part == "percent":
        return _("{points} poin").format(points=formats.number(one.off_by, language, 2))
    return formats.number(one.off_by, language)


def _edition(number: int | None, language: str) -> str:
    _ = translator(language)
    return "" if number is None else " " + _("dalam edisi {number}").format(number=number)


def claim_lines(claim: Claim, language: str) -> list[str]:
    """What was read, what it gives with its rounding range, what is stated, and the verdict."""
    _ = translator(language)
    told = [_read(claim, language)]
    if claim.value is not None:
        told.append(_("Dihitung ulang: {value}").format(value=_recomputed(claim, language)))
    read = claim.parts or (claim.first, claim.second)
    told += [_as_read(figure, language) for figure in read if _is_rounded_count(figure)]
    told.append(_conclusion(claim, language))
    if "over_100" in claim.notes:
        told.append(_("Di atas 100 %: periksa apakah satu orang dihitung di beberapa proyek."))
    if "in_points" in claim.notes and claim.first.value > 0:
        relative = formats.percent(100 * claim.second.value / claim.first.value - 100, language)
        told.append(_("Cocok sebagai poin; terhadap angka awal perubahannya {relative}.").format(relative=relative))
    return told


def nearest_line(found: Nearest, language: str) -> str:
    """The stored figure with its counts, date and source, and what of it agrees."""
    _ = translator(language)
    names = {"percent": _("persentase"), "numerator": _("pembilang"), "denominator": _("penyebut")}
    stored = _stored(found.stored, language)
    if not found.agrees:
        return _("Tidak ada angka tersimpan yang cocok; yang terdekat: {stored}.").format(stored=stored)
    agreeing = ", ".join(names[part] for part in found.agrees)
    text = _("Angka tersimpan terdekat: {stored}. Cocok: {agreeing}.")
    if found.edition is not None:
        text = _("Angka tersimpan terdekat, dalam edisi {edition}: {stored}. Cocok: {agreeing}.")
    line = text.format(stored=stored, agreeing=agreeing, edition=found.edition)
    if found.is_other_month:
        line += " " + _("Itu bukan bulan yang disebut.")
    if found.instead is not None:
        line += " " + _("Edisi yang dilayani menyebut {instead}.").format(instead=_stored(found.instead, language))
    return line


def no_edition(language: str) -> str:
    """Why nothing stored stands beside the arithmetic."""
    _ = translator(language)
    return _("Belum ada edisi, jadi hanya hitungannya yang diperiksa.")


def none_stored(language: str) -> str:
    """Why no stored figure stands beside a share although there is an edition."""
    _ = translator(language)
    return _("Tidak ada angka tersimpan untuk dibandingkan dalam lingkup akun ini.")


def unchecked(found: Beside, language: str) -> str | None:
    """The figures that the verdict says nothing of; None where there is none, or where nothing was judged at all."""
    _ = translator(language)
    if not found.unchecked or not (found.nearest or found.lone):
        return None
    figures = "; ".join(_quoted(figure, language) for figure in found.unchecked)
    return _("Tidak diperiksa: {figures}.").format(figures=figures)


def overall(found: Beside, language: str) -> str:
    """The verdict of the text in a line."""
    said = verdict(found.verdict, language)
    return f"{said}: {reason(found.reason, language)}" if found.reason else said


def _is_rounded_count(figure: Figure) -> bool:
    return figure.kind in ("count", "rupiah") and figure.low != figure.high


def _as_read(figure: Figure, language: str) -> str:
    _ = translator(language)
    bounds = _range(figure.low, figure.high, figure.kind, language)
    return _("{text} dibaca sebagai {range}").format(text=_quoted(figure, language), range=bounds)


def _read(claim: Claim, language: str) -> str:
    _ = translator(language)
    first, second = _quoted(claim.first, language), _quoted(claim.second, language)
    if claim.kind == "sum":
        told = " + ".join(_quoted(part, language) for part in claim.parts)
    elif claim.kind == "share":
        told = _("{part} dari {whole}").format(part=first, whole=second)
    else:
        told = _("dari {start} menjadi {end}").format(start=first, end=second)
    return told if claim.stated is None else f"{told} = {_quoted(claim.stated, language)}"


def _conclusion(claim: Claim, language: str) -> str:
    _ = translator(language)
    told = verdict(claim.verdict, language)
    if claim.reason:
        return f"{told}: {reason(claim.reason, language)}"
    if "direction" in claim.notes and claim.verdict == "inconsistent":
        return _("{verdict}: arahnya berlawanan dengan kata naik atau turun.").format(verdict=told)
    if claim.verdict == "consistent":
        return _("{verdict}: masih di dalam rentang pembulatan.").format(verdict=told)
    if claim.off_by is None or claim.beyond is None:
        return _("{verdict}: di luar rentang pembulatan.").format(verdict=told)
    return _("{verdict}: selisih {off_by}, dan {beyond} di luar rentang pembulatan.").format(
        verdict=told,
        off_by=_difference(claim.off_by, claim, language),
        beyond=_difference(claim.beyond, claim, language),
    )


def _recomputed(claim: Claim, language: str) -> str:
    """With two decimals where it contradicts: one would hide what a rounding hides."""
    assert claim.value is not None, claim
    decimals = 2 if claim.verdict == "inconsistent" else 1
    value = _amount(claim.value, claim.unit, language, decimals)
    if claim.low == claim.high:
        return value
    return f"{value} ({_range(claim.low, claim.high, claim.unit, language, decimals)})"


def _range(low: Fraction | None, high: Fraction | None, unit: str, language: str, decimals: int = 1) -> str:
    _ = translator(language)
    if high is None:
        return _("{low} atau lebih").format(low=_amount(low or Fraction(0), unit, language, decimals))
    if low is None:
        return _("{high} atau kurang").format(high=_amount(high, unit, language, decimals))
    first = formats.number(low, language, decimals) if unit in ("percent", "points") else _amount(low, unit, language)
    return f"{first}–{_amount(high, unit, language, decimals)}"


def _amount(value: Fraction, unit: str, language: str, decimals: int = 1) -> str:
    _ = translator(language)
    if unit == "percent":
        return _("{value} %").format(value=formats.number(value, language, decimals))
    if unit == "points":
        return _("{points} poin").format(points=formats.number(value, language, decimals))
    return formats.in_unit(value, unit, language)


def _difference(value: Fraction, claim: Claim, language: str) -> str:
    """Of percentages in points, to two decimals: a tenth would hide what a rounding hides."""
    _ = translator(language)
    if claim.unit in ("percent", "points"):
        return _("{points} poin").format(points=formats.number(value, language, 2))
    return _amount(value, claim.unit, language)


def _stored(one: Stored, language: str) -> str:
    _ = translator(language)
    counts = ""
    if one.numerator is not None and one.denominator is not None:
        counts = _("{part} dari {whole}").format(
            part=formats.number(one.numerator, language), whole=formats.number(one.denominator, language)
        )
    day = formats.day(one.as_of, language) if one.as_of else _("tanpa tanggal")
    sources = dict.fromkeys(filter(None, (one.source, one.denominator_source)))
    share = formats.percent(one.pct, language)
    if one.printed_pct is not None and one.printed_pct != one.pct:
        share += " " + _("(tercetak {printed})").format(
            printed=_("{value} %").format(value=formats.number(one.printed_pct, language, 2))
        )
    kind = _("cakupan") if one.origin == "coverage" else _("angka resmi, {segment}").format(segment=one.segment)
    told = ", ".join(filter(None, (one.label, day, counts)))
    return f"{told}: {share} ({kind}; {' / '.join(sources)})"


def _quoted(figure: Figure, language: str) -> str:
    """As printed, with the word that widens it."""
    _ = translator(language)
    words = {"about": _("sekitar"), "nearly": _("hampir"), "more": _("lebih dari"), "less": _("kurang dari")}
    text = figure.text if len(figure.text) <= MOST_QUOTED else figure.text[:MOST_QUOTED] + "…"
    return " ".join(filter(None, (words.get(figure.width), text)))
