"""An indicator in words: unit, kind, formula, what counts; and its formula with numbers."""

from analytics.compute import Row
from analytics.counting import COUNTED, MEMBERS, Counting
from analytics.indicators import INDICATORS, Indicator
from analytics.row import Amount
from analytics.targets import Target, measure_of
from ui import asked_number, formats, origin_words
from ui.texts import translator

TIMES, OVER = "\N{MULTIPLICATION SIGN}", "\N{DIVISION SIGN}"


def unit_name(unit: str, language: str) -> str:
    _ = translator(language)
    return {
        "percent": _("persen"),
        "persons": _("orang"),
        "projects": _("proyek"),
        "days": _("hari"),
        "rupiah": _("rupiah"),
    }[unit]


def kind_name(kind: str, language: str) -> str:
    _ = translator(language)
    return {"stock": _("keadaan akhir bulan"), "flow": _("gerak selama waktu")}[kind]


def nature(indicator: Indicator, language: str) -> str:
    """'persen; keadaan akhir bulan; naik lebih baik; wajar antara 0 dan 100'."""
    _ = translator(language)
    better = {
        "higher": _("naik lebih baik"),
        "lower": _("turun lebih baik"),
        "neither": _("tidak dinilai"),
    }[indicator.better]
    return "; ".join(
        [
            unit_name(indicator.unit, language),
            kind_name(indicator.kind, language),
            better,
            _plausible(indicator, language),
        ]
    )


def _plausible(indicator: Indicator, language: str) -> str:
    _ = translator(language)
    least, most = (None if bound is None else formats.number(bound, language) for bound in indicator.plausible)
    if least is None and most is None:
        return _("tanpa batas wajar")
    if most is None:
        return _("wajar mulai {least}").format(least=least)
    return _("wajar antara {least} dan {most}").format(least=least, most=most)


def splits(indicator: Indicator, language: str) -> str:
    _ = translator(language)
    names = {
        "place": _("wilayah"),
        "branch": _("cabang"),
        "sector": _("sektor"),
        "owner_type": _("jenis pemilik"),
        "owner": _("pemilik proyek"),
        "fund": _("sumber dana"),
        "payer": _("pembayar"),
        "level": _("tingkat pemerintahan"),
    }
    return ", ".join(names[dimension] for dimension in indicator.split_by)


def formula(code: str, language: str) -> str:
    """'(Bernama + Tanpa nama) ÷ Perkiraan jumlah pekerja × 100 %'."""
    return _put(code, *_names(code, language), language)


def worked(row: Row, code: str, language: str) -> str:
    """The same with numbers, and what comes out: '(88.305 + 38.992) ÷ 274.000 × 100 % = 46,5 %'."""
    text = _put(code, *_operands(row, code, language), language)
    value = asked_number.value(row, INDICATORS[code], language)
    if row.value is None:
        return text
    return f"{text} = {value}" if text != value else text


def _operands(row: Row, code: str, language: str) -> tuple[list[str], str | None]:
    if row.target is not None and row.numerator is not None:
        attained, goal = _attained_and_goal(row, row.target, language)
        return [attained], goal
    numerators = [row.named_persons, row.unnamed_headcount]
    if row.named_days is not None:
        numerators = [row.named_days, row.unnamed_days]
    if None in numerators or sum(part or 0 for part in numerators) != row.numerator:
        numerators = [row.numerator]
    parts = [asked_number.amount(part, code, language) for part in numerators]
    return parts, None if row.denominator is None else asked_number.amount(row.denominator, code, language)


def _attained_and_goal(row: Row, target: Target, language: str) -> tuple[str, str]:
    """'46,46 %' and '48 %': the target in every digit, what is attained in those that its percentage needs."""
    measure = measure_of(target)
    assert measure is not None and row.numerator is not None, row
    least = 1 if measure.unit == "percent" else 0
    decimals = formats.decimals_of_part(row.numerator, target.target, row.value, least)
    attained = formats.number(row.numerator, language, decimals)
    stated = formats.stated(target.target, language)
    return (
        _with_unit(attained, row.numerator, measure.unit, language),
        _with_unit(stated, target.target, measure.unit, language),
    )


def _with_unit(text: str, amount: Amount, unit: str, language: str) -> str:
    _ = translator(language)
    if unit == "percent":
        return text + (" %" if language == "id" else "%")
    if unit == "rupiah":
        return f"Rp{text}"
    told = _.plural("{count} orang", int(amount)) if unit == "persons" else _.plural("{count} proyek", int(amount))
    return told.format(count=text)


def quoted(row: Row, code: str, language: str) -> str:
    """The value with numerator and denominator: '46,5 % (127.297 dari 274.000)'."""
    _ = translator(language)
    value = asked_number.value(row, INDICATORS[code], language)
    if row.denominator is None or row.value is None:
        return asked_number.amount(row.numerator, code, language)
    if row.target is not None:
        numerator, denominator = _attained_and_goal(row, row.target, language)
    else:
        numerator, denominator = (
            asked_number.amount(found, code, language) for found in (row.numerator, row.denominator)
        )
    told = _("{numerator} dari {denominator}").format(numerator=numerator, denominator=denominator)
    return f"{value} ({told})"


def inclusions(code: str, language: str) -> str:
    """From which kinds of deliveries each part is counted."""
    _ = translator(language)
    counting = COUNTED[code]
    parts = [(origin_words.part_name(part, language), kinds) for part, kinds in counting.parts.items()]
    parts += [(origin_words.part_name(counting.of[0], language), counting.of[1])] if counting.of else []
    told = [
        _("{part}: dari {kinds}").format(
            part=part, kinds=", ".join(origin_words.kind_name(kind, language) for kind in kinds)
        )
        for part, kinds in parts
        if kinds
    ]
    reports = [_("laporan (Rekap atau Angka resmi) bila data orang belum lengkap")] if counting is MEMBERS else []
    return "; ".join([*told, _time_told(counting, language), *reports])


def _time_told(counting: Counting, language: str) -> str:
    _ = translator(language)
    return {
        "people": _("orang dihitung sekali di setiap wilayah"),
        "running": _("proyek yang berjalan pada akhir bulan"),
        "due": _("proyek yang batas pendaftarannya jatuh dalam dua belas bulan"),
        "registered": _("pendaftaran bertanggal sejak 1 Januari"),
        "paid": _("pembayaran iuran sejak 1 Januari"),
        "at_work": _("proyek yang berjalan pada suatu hari bulan itu"),
        "stated": _("target tahun itu menurut penerbitnya"),
    }[counting.frame]


def _names(code: str, language: str) -> tuple[list[str], str | None]:
    counting, indicator = COUNTED[code], INDICATORS[code]
    over = counting.of[0] if counting.of else "estimate" if indicator.denominator else None
    parts = [origin_words.part_name(part, language) for part in counting.parts]
    return parts, origin_words.part_name(over, language) if over else None


def _put(code: str, parts: list[str], over: str | None, language: str) -> str:
    """Numerators over the denominator, or the other way round where the indicator is what is left of it."""
    summed = " + ".join(parts)
    if over is None:
        return summed
    numerator = f"({summed})" if len(parts) > 1 else summed
    if INDICATORS[code].unit == "percent":
        return f"{numerator} {OVER} {over} {TIMES} {formats.whole_percent(100, language)}"
    return f"{over} {formats.MINUS} {numerator}"
