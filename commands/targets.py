"""cakupan.py targets: what the page of targets shows, row by row."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer

from commands.reader import shell_reader
from commands.telling import print_json
from commands.wanted import month_named, sector_named
from data.access import OutsideScope
from data.errors import CakupanError
from data.home import Home

SHOWN_PROJECTS = 20


def targets(
    month: Annotated[
        str | None, typer.Option(help="Bulan, mis. 2024-07; bawaan: bulan terakhir yang ada angkanya.")
    ] = None,
    place: Annotated[str | None, typer.Option(help="Kode Kemendagri (16.71), branch:KODE atau group:KODE.")] = None,
    sector: Annotated[
        str | None, typer.Option(help="Sektor, mis. perdagangan, atau 'semua sektor'; bawaan: konstruksi.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Keluaran JSON.")] = False,
) -> None:
    """Sasaran wilayah atau cabang: capaian, jalur, laju yang perlu, proyeksi, proyek yang menutup selisihnya."""
    from analytics.compute import Scope, default_month, default_scope, months
    from data.casework import casework
    from data.editions import published_edition

    home = Home.from_environment()
    edition = published_edition(home, shell_reader(home).grant)
    start = default_scope(edition)
    if edition.grant.owners is not None:
        raise OutsideScope(
            "Sasaran ditetapkan bagi wilayah dan cabang, jadi di luar lingkup akun ini: proyek pemilik tertentu. "
            "Lihat proyeknya dengan gate."
        )
    scope = Scope(place or start.place, start.owner, sector=sector_named(sector))
    month_end = month_named(month) if month is not None else default_month(edition, scope)
    if month_end not in months(edition):
        raise CakupanError(_no_such_month(month, months(edition)))
    assert month_end is not None, months(edition)
    found = _rows(edition, month_end, scope)
    follow_ups = {code: noted.content for code, noted in casework(home, edition).follow_ups.items()}
    if as_json:
        print_json([_as_json(row, follow_ups) for row in found])
    else:
        _print(found, month_end, edition, follow_ups)


def _no_such_month(month: str | None, known: list[date]) -> str:
    if not known:
        return "Edisi ini belum berisi bulan apa pun; impor data lalu jalankan publish."
    return f"Bulan {month} tidak ada di edisi ini; pilih {known[0]:%Y-%m} sampai {known[-1]:%Y-%m}."


def _rows(edition: Any, month: date, scope: Any) -> list[dict[str, Any]]:
    """Each version of a target; beside one that can be compared its pace, its projection and its closing list."""
    from analytics.attainment import target_rows
    from analytics.closing import closing_list
    from analytics.pace import pace
    from analytics.projection import projection

    paces = {row.target: row for row in pace(edition, month, scope).rows}
    return [
        {
            "row": row,
            "pace": paces.get(row.target),
            "projection": projection(edition, month, scope, row.measure) if row.target in paces else None,
            "closing": closing_list(edition, month, scope, row),
        }
        for row in target_rows(edition, month, scope)
    ]


def _as_json(found: dict[str, Any], follow_ups: dict[str, Any]) -> dict[str, Any]:
    """The page's rows; each project of the closing list with where the talk about it stands."""
    beside = {name: found[name].as_json() if found[name] else None for name in ("pace", "projection", "closing")}
    for project in (beside["closing"] or {}).get("rows", []):
        noted = follow_ups.get(project["kode_proyek"])
        project["follow_up"] = asdict(noted) if noted else None
    return found["row"].as_json() | beside


def _print(found: list[dict[str, Any]], month: date, edition: Any, follow_ups: dict[str, Any]) -> None:
    from analytics.targets import RATING_RULE
    from ui import formats

    if edition.meta["demo"] == "1":
        typer.echo("DATA CONTOH")
    if not found:
        typer.echo(f"Belum ada sasaran {month.year} untuk lingkup ini; sasaran berlaku bagi wilayah dan cabang.")
        return
    typer.echo(f"Sasaran {month.year}, keadaan {formats.month(month, 'id')}")
    for one in found:
        lines = (
            _target_lines(one["row"])
            + _pace_lines(one["pace"])
            + _projection_lines(one["projection"])
            + _closing_lines(one["closing"], follow_ups)
        )
        typer.echo("\n  ".join(lines))
    typer.echo(RATING_RULE.id)


def _target_lines(row: Any) -> list[str]:
    from analytics.attainment import OBSTACLES, PATHS
    from ui import formats

    target = row.target
    stated = f"{formats.stated(target.target, 'id')} {target.unit_of_measure}"
    first = f"{target.issuer}: {target.indicator} {stated} ({target.document or 'tanpa dokumen'})"
    if row.is_superseded:
        by = row.superseded_by.document or "kiriman berikutnya"
        return [first, f"digantikan oleh {by}; disebut sejak kiriman {formats.day(target.data_as_of, 'id')}"]
    if row.obstacle:
        return [first, f"tidak dapat dibandingkan: {OBSTACLES[row.obstacle].id}"]
    if row.value is None:
        return [first, f"belum ada angkanya ({row.row.status})"]
    reached = f"{_spoken(row.value, row.unit)}, capaian {formats.percent(row.pct, 'id')}: {_verdict(row)}"
    if row.path is None or row.rating:
        return [first, reached]
    return [first, reached, f"seharusnya {_spoken(row.path.expected, row.unit)}. {PATHS[row.path.method].id}"]


def _verdict(row: Any) -> str:
    from analytics.attainment import COURSES

    if row.rating:
        return row.rating.id
    return COURSES[row.course].id if row.course else "jalurnya belum dapat dihitung"


def _pace_lines(row: Any) -> list[str]:
    if row is None or row.needed_per_week is None:
        return []
    earlier = "; ".join(f"{past.year}: {_spoken(past.per_week, row.unit)}" for past in row.same_period_earlier)
    needed = f"kurang {_spoken(row.remaining, row.unit)}, perlu {_spoken(row.needed_per_week, row.unit)} seminggu"
    return [needed + (f" (masa yang sama {earlier})" if earlier else "")]


def _projection_lines(made: Any) -> list[str]:
    from analytics.indicators import INDICATORS
    from analytics.projection import DEMONSTRATION, TOO_FEW, TooFew
    from ui import formats

    if made is None or isinstance(made, TooFew):
        return [f"tanpa proyeksi: {TOO_FEW[made.reason].id}"] if made else []
    unit, last, tested = INDICATORS[made.measure].unit, made.points[-1], made.backtest
    value, low, high = (_spoken(amount, unit) for amount in (last.value, last.low, last.high))
    errors = [formats.percent(error, "id") for error in (tested.mean_error_pct, tested.mean_absolute_error_pct)]
    projected = f"proyeksi akhir tahun {value} ({low} sampai {high}). {made.method.id} {made.band.id}"
    back_test = (
        f"uji mundur {tested.n} tahun: galat rata-rata {errors[0]}, tanpa tanda {errors[1]}; {tested.within} dari "
        f"{tested.judged} di dalam pita tahun-tahun sebelumnya"
    )
    return [projected, back_test, *([DEMONSTRATION.id] if made.is_demonstration else [])]


def _closing_lines(made: Any, follow_ups: dict[str, Any]) -> list[str]:
    from ui import formats

    if made is None or made.is_old or made.gap <= 0:
        return []
    verdict = "menutup" if made.is_closed else "belum menutup"
    closed, gap = (_spoken(amount, made.gap_unit) for amount in (made.closed, made.gap))
    told = (
        f"{formats.number(len(made.rows), 'id')} proyek {verdict} selisih: {closed} dari {gap}; "
        f"{formats.number(len(made.unknown), 'id')} proyek belum diketahui dan tidak dihitung"
    )
    lines = [
        f"  {row.kode_proyek}  {_spoken(row.closes, made.gap_unit)}  {row.owner}  {row.nama_proyek}"
        + (f"  ({follow_ups[row.kode_proyek].state})" if row.kode_proyek in follow_ups else "")
        for row in made.rows[:SHOWN_PROJECTS]
    ]
    more = len(made.rows) - SHOWN_PROJECTS
    return [told, *lines, *([f"  … dan {formats.number(more, 'id')} lagi (lihat dengan --json)"] if more > 0 else [])]


def _spoken(amount: Any, unit: str) -> str:
    from ui import formats

    return formats.in_unit(amount, unit, "id")
