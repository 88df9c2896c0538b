"""Editions: immutable published states of all numbers, and the pointer to the current one."""

import contextlib
import hashlib
import json
import shutil
import threading
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import duckdb

from data import journal
from data.access import EVERYTHING, LOCAL, PUBLIC_FACTS, WITHIN, Bounds, Grant, Reader, visible_places
from data.acts import catch_up, never_current, record_publish
from data.aliases import Aliases, aliases_of
from data.categories import ALL_SECTORS, FUNDS, SECTORS, payer_of
from data.config import Config, Rule, load_config
from data.disk import hindrance_told, sync
from data.errors import CakupanError
from data.home import JAKARTA, Home
from data.ledger import open_ledger, read_meta
from data.places import all_places, nearest_places
from data.rollup import BLOCK_MONTHS, memory_gib, roll_up
from data.sql import read_sql
from data.state import refuse_moved, state_of
from data.steps import CHECKING, COUNTING, SAVING, Progress, Steps
from data.tariffs import bracket_rows, vat_rows
from data.working_days import working_days_after, working_days_counted

SCHEMA_VERSION = 5
ALIASES_SINCE = 5  # schema of the editions that know them
FARTHEST_YEARS_AHEAD = 10  # each month up to the position is a row: a mistyped year would make thousands
MOST_UNREAD_PLACES = 200  # spellings for which a name that resembles them is looked for
PLACE_CLOSE = 0.8  # how alike a spelling and a place must be; a name of something else must not get into an edition
UNKNOWN = "belum diisi"
ROWS_READ_TOGETHER = 20_480  # a page wants a few hundred: DuckDB's 122.880 take it twice as long to look through
LEFT_OVERS = (".building-*", "tmp_.building-*", "*.new")
HASH_BLOCK_BYTES = 2**20
ROUNDING_RP = 1  # a contribution is paid in whole rupiah, whichever way the last one was rounded
PERSONS_SOURCE = "Data kepesertaan per orang"
MIXED_SOURCE = "Jumlah laporan wilayah di bawahnya"

PROJECTS = ("place_level", "live_project")
BEFORE_ROLLUP = (
    "project_cell", "calendar", "long_calendar", "complete_delivery", "declared_place", "complete_place",
    "project_register", "project_at_work", "project_running", "live_registration", "registration_cut",
    "project_headcount", "cell_group", "kabupaten_cell",
)  # fmt: skip
AFTER_ROLLUP = (
    "edition_official", "population_report", "population_persons", "population", "sector_report", "sector_members",
    "vintage", "project_state", "work", "project_registered", "project_deadline", "project_headcount_days",
    "counted_flow", "project_increment", "activity", "registration", "project_flow", "payment", "addendum",
    "project_month", "judged_moment", "judged_known", "judged_cover", "judged_state", "judged_note", "judgement",
    "project", "owner", "fund", "delivery", "official_figure", "target", "unmatched", "reconciliation",
    "count_pair", "person_places", "source_rows",
)  # fmt: skip
# Persons are counted between them; then the edition is checked and saved.
STEPS = len(PROJECTS + BEFORE_ROLLUP) + 1 + len(AFTER_ROLLUP) + 2
EDITION_TABLES = (
    "place", "branch_member", "owner", "fund", "population", "sector_members", "vintage", "work", "activity", "project",
    "registration", "project_flow", "payment", "addendum", "project_month", "rule", "judgement", "delivery",
    "official_figure", "target", "alias", "unread_place", "unmatched", "reconciliation", "count_pair",
    "person_places", "source_rows",
)  # fmt: skip
# By their keys: sorting millions of rows again takes as long as making them.
STORED_IN_ORDER = (
    "work", "activity", "project", "registration", "project_flow", "payment", "project_month", "judgement",
    "reconciliation", "source_rows",
)  # fmt: skip


@dataclass(frozen=True)
class Edition:
    """One published state, opened read-only, as far as a grant lets one see it.

    Its numbers never change, so anything computed from it may be cached: by the edition, of which the grant is a part.
    """

    path: Path
    number: int
    grant: Grant = EVERYTHING

    def query(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """Rows of data/sql/edition/<name>.sql as dictionaries; parameters are bound, never formatted in.

        The one place where a grant narrows what is read. OutsideScope when the parameters name, or leave open, more
        than it allows: under a limited grant a query names its places, and under one of owners its owners too, unless
        it is one of PUBLIC_QUERIES. Rows beyond the grant are taken out.
        """
        if not self._is_limited:
            return self._rows(name, parameters)
        self._bounds.refuse(name, parameters)
        if name in WITHIN:
            limits = {"areas": self._bounds.places, "owners": self._bounds.owners}
            parameters |= {key: None if limit is None else sorted(limit) for key, limit in limits.items()}
        return self._bounds.within(self._rows(WITHIN.get(name, name), parameters))

    def refuse_outside(self, *, place: str, owner: str) -> None:
        """OutsideScope unless this place and owner (ALL: all of them together, ANY: each) may be seen."""
        if self._is_limited:
            self._bounds.refuse("", {"place": place, "owner": owner})

    @cached_property
    def visible_places(self) -> frozenset[str]:
        """Codes of all places, branches and groups whose numbers may be seen."""
        seen = self._bounds.places
        return frozenset(row["code"] for row in self._rows("places", {})) if seen is None else seen

    @cached_property
    def meta(self) -> dict[str, str]:
        """Facts about the edition: number, as_of, published_at, first_month, last_month, demo, home_place, …"""
        facts = {row["key"]: row["value"] for row in self.query("meta")}
        return {key: facts[key] for key in PUBLIC_FACTS} if self._is_limited else facts

    @cached_property
    def batches(self) -> frozenset[int]:
        """Numbers of all deliveries that it was made from, also of those of which a grant shows nothing else."""
        return frozenset(row["batch_id"] for row in self._rows("deliveries", {}))

    @cached_property
    def _is_limited(self) -> bool:
        return self.grant != EVERYTHING

    @cached_property
    def _bounds(self) -> Bounds:
        areas = self.grant.areas
        return Bounds(None if areas is None else self._closure(areas), self.grant.owners)

    def owner_name(self, owner: str) -> str:
        """The name under which an owner stands in this edition; that of a spelling that is an alias is another."""
        return self._owner_names.get(owner, owner)

    @cached_property
    def _owner_names(self) -> dict[str, str]:
        if int(self.meta["schema_version"]) < ALIASES_SINCE:
            return {}
        return {row["written"]: row["name"] for row in self._rows("owner_aliases", {"places": None, "owners": None})}

    def _closure(self, areas: frozenset[str]) -> frozenset[str]:
        parts = [(row["part"], row["whole"]) for row in self._rows("place_parts", {})]
        return visible_places(areas, parts, known=[row["code"] for row in self._rows("places", {})])

    def _rows(self, name: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        result = self._cursor().execute(read_sql(f"edition/{name}"), parameters)
        names = [column[0] for column in result.description or []]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        # One connection a file and a cursor a thread: a connection shared by threads failed.
        cursors = _thread.__dict__.setdefault("cursors", {})
        if self.path not in cursors:
            cursors[self.path] = _connect(self.path).cursor()
        return cursors[self.path]


_thread = threading.local()


@lru_cache(maxsize=16)
def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(path), read_only=True)
    # A page's queries read a few thousand rows: handing work to a second thread costs more than it saves.
    connection.execute("set threads = 1")
    return connection


def current_edition(home: Home, grant: Grant = EVERYTHING) -> Edition | None:
    """The edition now served, as far as the grant allows; None before the first publish.

    CakupanError when the pointer names none.
    """
    try:
        pointer = home.current_path.read_text("utf-8", "replace").strip()
    except (FileNotFoundError, NotADirectoryError):  # a home that is a file is refused by who writes to it
        return None
    if not pointer.isdecimal():
        raise CakupanError(f"Penunjuk edisi {home.current_path} berisi '{pointer[:20]}'; jalankan publish lagi.")
    return open_edition(home, int(pointer), grant)


def published_edition(home: Home, grant: Grant, number: int | None = None) -> Edition:
    """The edition of this number, without one that now served, for who cannot go on without: CakupanError if none."""
    edition = current_edition(home, grant) if number is None else open_edition(home, number, grant)
    if edition is None:
        raise CakupanError("Belum ada edisi; impor berkas lalu jalankan publish.")
    return edition


@lru_cache(maxsize=512)  # one a grant that is in use, which is about one an account
def open_edition(home: Home, number: int, grant: Grant = EVERYTHING) -> Edition:
    """An edition by its number, as far as the grant allows.

    CakupanError when there is none or its schema cannot be read.
    """
    path = home.editions_dir / f"{number:06}.duckdb"
    if not path.exists():
        raise CakupanError(f"Edisi {number} tidak ada; jalankan publish untuk menerbitkan edisi.")
    edition = Edition(path=path, number=number, grant=grant)
    if int(edition.meta["schema_version"]) > SCHEMA_VERSION:
        raise CakupanError(f"Edisi {number} dibuat oleh program yang lebih baru; perbarui program.")
    if grant.owners is None:
        return edition
    # Who was granted an owner under a former spelling sees what stands under its name now.
    owners = frozenset(map(edition.owner_name, grant.owners))
    return edition if owners == grant.owners else replace(edition, grant=replace(grant, owners=owners))


def earlier_editions(newest: Edition, home: Home, most: int) -> list[Edition]:
    """The edition and those before it that can be read, oldest first, at most so many, under the same grant.

    Those of demonstration data stand beside their like only: both are never of the same things. One that was never
    served is none of them.
    """
    numbers = {int(path.stem) for path in home.editions_dir.glob("[0-9]*.duckdb") if path.stem.isdecimal()}
    served = numbers - never_current(home) | {newest.number}
    found: list[Edition] = []
    for number in sorted((number for number in served if number <= newest.number), reverse=True):
        edition = open_edition(home, number, newest.grant)
        if edition.meta["demo"] == newest.meta["demo"]:
            found.append(edition)
        if len(found) == most:
            break
    return found[::-1]


def publish(
    home: Home,
    as_of: date | None = None,
    progress: Progress | None = None,
    *,
    partitions: int | None = None,
    block_months: int = BLOCK_MONTHS,
    reader: Reader = LOCAL,
    expect: str | None = None,
) -> int:
    """Build the next edition from the ledger, check it, make it the current one, journal it. Returns its number.

    Killed anywhere, the last edition stays current: the pointer is replaced last, in one step. `expect` is the token of
    a preview: state.Moved when the data has changed since.
    """
    today = datetime.now(JAKARTA).date()
    as_of = as_of or today
    if as_of.year > today.year + FARTHEST_YEARS_AHEAD:
        raise CakupanError(f"Tanggal posisi {as_of} lebih dari {FARTHEST_YEARS_AHEAD} tahun ke depan; periksa.")
    steps = Steps(progress or (lambda _stage, _done, _total: None), STEPS)
    config = load_config(home)
    told = hindrance_told("Penerbitan", "edisi yang dilayani tidak berubah")
    with home.writer_lock("penerbitan edisi", who=reader.account), told, _left_overs_cleared(home):
        if not home.ledger_path.exists():
            raise CakupanError("Belum ada data; impor berkas lebih dahulu.")
        with open_ledger(home, key_needed=False) as ledger:
            refuse_moved(home, ledger, expect, reader.grant)
            catch_up(home, ledger)
            aliases = aliases_of(home, is_demo=read_meta(ledger, "demo") == "1")
            state = state_of(home, ledger, aliases)
        home.editions_dir.mkdir(exist_ok=True)
        number = _next_number(home)
        unfinished = home.editions_dir / f".building-{number:06}.duckdb"
        with _building(home, unfinished) as building:
            how = {"partitions": partitions, "block_months": block_months}
            _fill(building, config, as_of, aliases=aliases, steps=steps, **how)
            steps.begin(SAVING)
            sidecar = _seal(home, building, number, as_of) | {"made_from": state.as_facts()}
        _make_current(home, unfinished, number, sidecar)
        record_publish(home, sidecar, reader)
    return number


def _next_number(home: Home) -> int:
    """Sidecars count as well: those of a removed demonstration stay, so that its numbers never come again. So does the
    pointer, where its edition is gone: a server that runs on keeps what it computed by that number."""
    taken = [int(path.name[:6]) for path in home.editions_dir.glob("[0-9]*")]
    with contextlib.suppress(OSError, ValueError):
        taken.append(int(home.current_path.read_text("utf-8", "replace")))
    return 1 + max(taken, default=0)


@contextlib.contextmanager
def _left_overs_cleared(home: Home):
    """Before it begins and when it fails: what failed for want of room leaves nothing that takes room."""
    _clear_left_overs(home)
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            _clear_left_overs(home)
        raise


def _clear_left_overs(home: Home) -> None:
    """What a killed publish left: the unfinished edition and sidecar, the folder into which DuckDB spilled, and the
    text that it was writing, by the name that DuckDB gives it until it is whole."""
    for left_over in (path for name in LEFT_OVERS for path in home.editions_dir.glob(name)):
        if left_over.is_dir():
            shutil.rmtree(left_over)
        else:
            left_over.unlink()


@contextlib.contextmanager
def _building(home: Home, unfinished: Path):
    building = duckdb.connect()
    try:
        building.execute(f"set memory_limit = '{memory_gib(building)} GiB'")
        building.execute("set preserve_insertion_order = true")
        building.execute(f"set temp_directory = '{_quoted(home.editions_dir / '.building-spill')}'")
        building.execute(f"attach '{_quoted(home.ledger_path)}' as ledger (read_only)")
        # No log of it is kept: a killed publish begins anew, from nothing.
        options = f"row_group_size {ROWS_READ_TOGETHER}, recovery_mode no_wal_writes"
        building.execute(f"attach '{_quoted(unfinished)}' as edition ({options})")
        yield building
        building.execute("checkpoint edition")
        building.execute("detach edition")
    finally:
        building.close()


def _quoted(path: Path) -> str:
    # ATTACH and SET take no bound parameters; a quote in the path is doubled as SQL wants it.
    return str(path).replace("'", "''")


def _fill(
    building: duckdb.DuckDBPyConnection,
    config: Config,
    as_of: date,
    *,
    aliases: Aliases,
    partitions: int | None,
    block_months: int,
    steps: Steps,
) -> None:
    building.execute("use edition")
    building.execute(read_sql("edition/schema"))
    building.execute("use memory")
    _fill_reference(building, config, aliases)
    values = {
        "as_of": as_of,
        "unknown": UNKNOWN,
        "persons_source": PERSONS_SOURCE,
        "mixed_source": MIXED_SOURCE,
        "all_sectors": ALL_SECTORS,
        "sectors": len(SECTORS),
        "rounding_rp": ROUNDING_RP,
    }
    for name in PROJECTS:
        steps.begin(f"Menyiapkan {name}")
        _run(building, name, values)
    _fill_deadlines(building, config.registration_deadline_working_days)
    _fill_working_days(building, as_of, config.registration_deadline_working_days)
    for name in BEFORE_ROLLUP:
        steps.begin(f"Menyiapkan {name}")
        _run(building, name, values)
    steps.begin(COUNTING)
    roll_up(building, partitions=partitions, block_months=block_months, progress=steps.within)
    for name in AFTER_ROLLUP:
        steps.begin(f"Menyusun {name}")
        _run(building, name, values)
    _fill_unread_places(building)
    steps.begin(CHECKING)
    contradictions = building.execute(read_sql("publish/check")).fetchall()
    if contradictions:
        raise CakupanError(f"Edisi tidak diterbitkan: {contradictions[0][0]}; laporkan kepada pengelola program.")


def _run(building: duckdb.DuckDBPyConnection, name: str, values: dict[str, Any]) -> None:
    text = read_sql(f"publish/{name}")
    building.execute(text, {key: value for key, value in values.items() if f"${key}" in text})


def _fill_reference(building: duckdb.DuckDBPyConnection, config: Config, aliases: Aliases) -> None:
    places = [(p.code, p.name, p.short_name, p.kind, p.parent) for p in all_places().values()]
    branches = [
        (f"branch:{branch.code}", branch.name, branch.name, "cabang", config.home_province) for branch in config.branch
    ]
    groups = [
        (f"group:{group.code}", group.name, group.name, "kelompok", config.home_province)
        for group in config.place_group
    ]
    members = [(f"branch:{branch.code}", place) for branch in config.branch for place in branch.places]
    members += [(f"group:{group.code}", place) for group in config.place_group for place in group.places]
    building.execute(read_sql("publish/reference"))
    for table, rows in {
        "edition.place": places + branches + groups,
        "edition.branch_member": members,
        "assumption": [(config.personal_covers_project,)],
        "report_source": [(source, rank) for rank, source in enumerate(config.report_sources)],
        "denominator_source": [(source, rank) for rank, source in enumerate(config.denominator_sources)],
        "fund_payer": [(fund, payer_of(fund)) for fund in FUNDS],
        "edition.rule": [_rule_row(rule) for rule in config.rule],
        "tariff_bracket": bracket_rows(),
        "vat_rate": vat_rows(),
        "edition.meta": [("home_place", config.home_province)],
        "edition.alias": aliases.rows,
    }.items():
        if rows:
            _insert(building, table, rows)


def _rule_row(rule: Rule) -> tuple:
    threshold = None if rule.threshold is None else Decimal(str(rule.threshold))
    lists = (",".join(rule.places), ",".join(rule.not_for_payers))
    told = (rule.text, rule.text_en, rule.article, rule.effective_from, rule.assumption)
    return (rule.code, rule.kind, rule.demand, *told, threshold, *lists)


def _fill_deadlines(building: duckdb.DuckDBPyConnection, working_days: int) -> None:
    work_orders = [day for (day,) in building.execute(read_sql("publish/work_order_dates")).fetchall()]
    if work_orders:
        deadlines = working_days_after(work_orders, working_days)
        _insert(building, "work_order_deadline", list(deadlines.items()))


def _fill_working_days(building: duckdb.DuckDBPyConnection, as_of: date, deadline_days: int) -> None:
    # Twice as many days, and a month for the long holidays, hold the deadline of the last work order.
    span = {"as_of": as_of, "margin_days": 2 * deadline_days + 31}
    first, last = building.execute(read_sql("publish/working_day_span"), span).fetchall()[0]
    if first:
        _insert(building, "working_day", list(working_days_counted(first, last).items()))


def _fill_unread_places(building: duckdb.DuckDBPyConnection) -> None:
    refused = building.execute(read_sql("publish/unread_places"), {"most": MOST_UNREAD_PLACES}).fetchall()
    if rows := [row for row in refused if nearest_places(row[0], 1, closeness=PLACE_CLOSE)]:
        _insert(building, "edition.unread_place", rows)


def _insert(building: duckdb.DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    unnested = ", ".join(["unnest(?)"] * len(columns))
    building.execute(read_sql("publish/insert_rows", table=table, columns=unnested), columns)


def _seal(home: Home, building: duckdb.DuckDBPyConnection, number: int, as_of: date) -> dict[str, Any]:
    """Write the edition's facts into it; the same facts, with the batches and the journal's head, are its sidecar.

    By that head a journal that was cut or wholly rewritten since is found.
    """
    rows = _rows_counted(building)
    first_month, last_month = building.execute(read_sql("publish/calendar_bounds")).fetchall()[0]
    facts = {
        "number": str(number),
        "schema_version": str(SCHEMA_VERSION),
        "as_of": as_of.isoformat(),
        "published_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "first_month": first_month.isoformat() if first_month else "",
        "last_month": last_month.isoformat() if last_month else "",
        "demo": _ledger_meta(building, "demo") or "0",
        "content_hash": _content_hash(building, home, rows),
        "previous_hash": _previous_hash(home),
    }
    _insert(building, "edition.meta", list(facts.items()))
    deliveries = building.execute(read_sql("publish/sidecar_deliveries")).fetchall()
    journal_number, journal_hash = journal.head(home)
    return facts | {
        "journal_number": journal_number,
        "journal_hash": journal_hash,
        "batches": [
            {"batch": batch, "kind": kind, "sha256": sha256, "rows": rows} for batch, kind, sha256, rows in deliveries
        ],
        "rows": rows,
    }


def _rows_counted(building: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows each table holds; one statement, since each that is planned takes longer than the counting."""
    counts = " union all ".join(read_sql("publish/count_table", table=table) for table in EDITION_TABLES)
    return dict(building.execute(counts).fetchall())


def _previous_hash(home: Home) -> str:
    """Empty where no edition is served, or one that is gone or damaged: this one takes its place."""
    with contextlib.suppress(CakupanError, duckdb.Error):
        if previous := current_edition(home):
            return previous.meta["content_hash"]
    return ""


def _ledger_meta(building: duckdb.DuckDBPyConnection, key: str) -> str | None:
    found = building.execute(read_sql("publish/ledger_meta"), {"key": key}).fetchone()
    return found[0] if found else None


def _content_hash(building: duckdb.DuckDBPyConnection, home: Home, rows: dict[str, int]) -> str:
    """SHA-256 over the numbers of all tables; two editions with equal content have equal hashes."""
    digest = hashlib.sha256()
    # By way of a file: as rows of Python strings it would take all their memory at once.
    text = home.editions_dir / ".building-text"
    for table in EDITION_TABLES:
        digest.update(table.encode())
        if not rows[table]:
            continue
        order = "" if table in STORED_IN_ORDER else "order by all"
        building.execute(read_sql("publish/table_as_text", table=table, order=order, path=_quoted(text)))
        with text.open("rb") as lines:
            while block := lines.read(HASH_BLOCK_BYTES):
                digest.update(block)
    text.unlink(missing_ok=True)
    return digest.hexdigest()


def _make_current(home: Home, unfinished: Path, number: int, sidecar: dict[str, Any]) -> None:
    sync(unfinished)
    finished = home.editions_dir / f"{number:06}.duckdb"
    _write_synced(finished.with_suffix(".json"), json.dumps(sidecar, indent=1))
    unfinished.replace(finished)
    sync(home.editions_dir)
    _write_synced(home.current_path, str(number))
    sync(home.root)


def _write_synced(path: Path, text: str) -> None:
    unfinished = path.with_name(path.name + ".new")
    unfinished.write_text(text, "utf-8")
    sync(unfinished)
    unfinished.replace(path)
