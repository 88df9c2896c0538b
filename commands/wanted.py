"""How the shell reads what is asked for: a month and a sector, as people write them."""

from datetime import date
from difflib import get_close_matches

from data.categories import ALL_SECTORS, CONSTRUCTION, SECTORS, resolve_sector_or_all
from data.errors import CakupanError


def month_named(text: str) -> date:
    """The end of a month written like 2024-07; CakupanError otherwise."""
    from analytics.compute import month_end

    try:
        return month_end(date.fromisoformat(f"{text}-01"))
    except (ValueError, OverflowError) as wrong:
        raise CakupanError(f"'{text}' bukan bulan; tulis seperti 2024-07.") from wrong


def sector_named(text: str | None) -> str:
    """The sector meant, construction where none is named; CakupanError when unknown."""
    if text is None:
        return CONSTRUCTION
    if (sector := resolve_sector_or_all(text)) is None:
        near = get_close_matches(text.lower(), (ALL_SECTORS, *SECTORS))
        hint = f"mungkin {' / '.join(near)}" if near else f"pilih: {', '.join((ALL_SECTORS, *SECTORS))}"
        raise CakupanError(f"Sektor '{text}' tidak dikenal; {hint}.")
    return sector
