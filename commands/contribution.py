"""cakupan.py contribution: what a contract, an addendum or a month's wages owe."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any

import typer

from commands.telling import print_json
from commands.wanted import day_named
from data.errors import CakupanError
from data.home import JAKARTA

SEN = Decimal("0.01")


def contribution(
    amount: Annotated[str, typer.Argument(help="Nilai kontrak dalam rupiah, mis. 494248735331.")],
    includes_vat: Annotated[
        bool | None, typer.Option("--with-vat/--without-vat", help="Apakah nilai itu sudah termasuk PPN.")
    ] = None,
    on: Annotated[str | None, typer.Option(help="Tanggal kontrak, mis. 2024-01-15; bawaan: hari ini.")] = None,
    before: Annotated[str | None, typer.Option(help="Nilai sebelum addendum: hitung selisihnya.")] = None,
    signed_on: Annotated[str | None, typer.Option(help="Tanggal kontrak semula, untuk PPN-nya (addendum).")] = None,
    wages: Annotated[
        bool, typer.Option("--wages", help="Jumlah itu upah sebulan semua pekerja, bukan kontrak.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Keluaran JSON.")] = False,
) -> None:
    """Iuran JKK dan JKM satu proyek menurut tarif yang berlaku pada tanggalnya."""
    from analytics import tariff

    day = day_named(on) or datetime.now(JAKARTA).date()
    if wages:
        owed, told = tariff.by_wages(_rupiah(amount), day), {}
    else:
        if includes_vat is None:
            raise CakupanError("Sebutkan --with-vat bila nilai sudah termasuk PPN, --without-vat bila belum.")
        owed = tariff.contribution(_rupiah(amount), day, includes_vat=includes_vat)
        told = _addendum(_rupiah(amount), before, day, includes_vat=includes_vat, signed_on=day_named(signed_on))
    if as_json:
        print_json(_facts(owed, day) | told)
    else:
        _print(owed, day, told)


def _addendum(
    after: Decimal, before: str | None, on: date, *, includes_vat: bool, signed_on: date | None
) -> dict[str, str]:
    from analytics.tariff import addendum_difference

    if before is None:
        return {}
    owed = addendum_difference(_rupiah(before), after, on, includes_vat=includes_vat, signed_on=signed_on)
    return {"difference_rp": str(owed)}


def _facts(owed: Any, on: date) -> dict[str, str]:
    """Money as text; what is not the total to the sen, as assessment letters print it."""
    return {
        "base_rp": str(_to_the_sen(owed.base_rp)),
        "jkk_rp": str(_to_the_sen(owed.jkk_rp)),
        "jkm_rp": str(_to_the_sen(owed.jkm_rp)),
        "total_rp": str(owed.total_rp),
        "on": on.isoformat(),
        "tariff": owed.tariff,
        "article": owed.article,
        "assumption": owed.assumption,
    }


def _to_the_sen(amount: Decimal) -> Decimal:
    return amount.quantize(SEN, rounding=ROUND_HALF_UP)


def _print(owed: Any, on: date, told: dict[str, str]) -> None:
    from ui import formats

    def rupiah(amount: Decimal, decimals: int = 2) -> str:
        return f"Rp{formats.number(amount, 'id', decimals)}"

    typer.echo(f"Dasar     {rupiah(owed.base_rp):>26}")
    typer.echo(f"JKK       {rupiah(owed.jkk_rp):>26}")
    typer.echo(f"JKM       {rupiah(owed.jkm_rp):>26}")
    typer.echo(f"Iuran     {rupiah(owed.total_rp, 0):>26}")
    if told:
        typer.echo(f"Selisih   {rupiah(Decimal(told['difference_rp']), 0):>26}")
    typer.echo(f"Tarif {owed.tariff} pada {formats.day(on, 'id')}: {owed.article}. Anggapan: {owed.assumption}")


def _rupiah(text: str) -> Decimal:
    from data.importers.meanings import read_number

    digits = text.strip().lower().removeprefix("rp").strip()
    amount = read_number(digits, ",")
    if amount is None:
        raise CakupanError(f"'{text}' bukan jumlah rupiah; tulis seperti 494248735331 atau 494.248.735.331,00.")
    return amount
