"""How the shell reads what is asked for: month, day and sector as people write them, owner and fund by name."""

from datetime import date
from difflib import get_close_matches
from typing import Any

from data.access import EVERYTHING
from data.categories import ALL_SECTORS, CONSTRUCTION, FUNDS, SECTORS, resolve_sector_or_all
from data.errors import CakupanError

OFFERED = 3


def month_named(text: str) -> date:
    """The end of a month written like 2024-07; CakupanError otherwise."""
    from analytics.compute import month_end

    try:
        return month_end(date.fromisoformat(f"{text}-01"))
    except (ValueError, OverflowError) as wrong:
        raise CakupanError(f"'{text}' bukan bulan; tulis seperti 2024-07.") from wrong


def day_named(text: str | None) -> date | None:
    """A day written like 2024-07-31, None where none is named; CakupanError otherwise."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise CakupanError(f"'{text}' bukan tanggal; tulis seperti 2024-07-31.") from wrong


def language_named(text: str) -> str:
    """'id' or 'en'; CakupanError otherwise."""
    from data.texts import LANGUAGES

    if text not in LANGUAGES:
        raise CakupanError(f"Bahasa '{text}' tidak ada; pilih: {', '.join(LANGUAGES)}.")
    return text


def sector_named(text: str | None) -> str:
    """The sector meant, construction where none is named; CakupanError when unknown."""
    if text is None:
        return CONSTRUCTION
    if (sector := resolve_sector_or_all(text)) is None:
        near = get_close_matches(text.lower(), (ALL_SECTORS, *SECTORS))
        hint = f"mungkin {' / '.join(near)}" if near else f"pilih: {', '.join((ALL_SECTORS, *SECTORS))}"
        raise CakupanError(f"Sektor '{text}' tidak dikenal; {hint}.")
    return sector


def refuse_unknown(edition: Any, scope: Any) -> None:
    """CakupanError for an owner or fund that the edition does not know: mistyped it would read as one without data."""
    from analytics import compute

    owners = compute.known_owners(edition)
    if scope.owner is not None and scope.owner not in owners and edition.grant.owners is None:
        near = get_close_matches(scope.owner, owners)
        hint = f"mungkin {' / '.join(near)}" if near else "lihat namanya dengan --by owner"
        where = "di edisi ini" if edition.grant == EVERYTHING else "dalam lingkup akun ini"
        raise CakupanError(f"Pemilik '{scope.owner}' tidak punya proyek {where}; {hint}.")
    funds = [*FUNDS, *compute.known_funds(edition)]
    if scope.fund is not None and scope.fund not in funds:
        raise CakupanError(f"Sumber dana '{scope.fund}' tidak dikenal; pilih: {', '.join(dict.fromkeys(funds))}.")


def refuse_unknown_place(edition: Any, place: str) -> None:
    """CakupanError for a place, branch or group that the edition does not know, or that this account may not see."""
    from analytics import compute

    names = {row["code"]: row["name"] for row in compute.places(edition)}
    if place in names:
        return
    near = [f"{code} ({name})" for code, name in names.items() if name.lower().endswith(place.lower())][:OFFERED]
    near = near or get_close_matches(place, names)
    hint = f"mungkin {' / '.join(near)}" if near else "tulis seperti 16.71, branch:KODE atau group:KODE"
    where = "di edisi ini" if edition.grant == EVERYTHING else "dalam lingkup akun ini"
    raise CakupanError(f"Wilayah '{place}' tidak dikenal {where}; {hint}.")


def refuse_unknown_month(edition: Any, month: date) -> None:
    """CakupanError for a month that the edition has nothing of."""
    from analytics import compute

    months = compute.months(edition)
    if not months:
        raise CakupanError("Edisi ini belum berisi bulan apa pun; impor data lalu jalankan publish.")
    if month not in months:
        raise CakupanError(
            f"Bulan {month:%Y-%m} tidak ada di edisi {edition.number}; pilih {months[0]:%Y-%m} sampai "
            f"{months[-1]:%Y-%m}."
        )
