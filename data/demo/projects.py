"""Projects of the demonstration: what is built, for whom, where, when, for how much and with how many workers."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from data.demo.scenario import AS_OF, FIRST_DAY, Owner, Scenario, Year, day_number, read_table

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True)
class Projects:
    """Columns of equal length, one element a project; days since 1970-01-01, whole rupiah, the rest by index."""

    code: np.ndarray
    name: np.ndarray
    place: np.ndarray
    owner: np.ndarray
    kind: np.ndarray
    year: np.ndarray
    contractor: np.ndarray
    order_number: np.ndarray
    order_day: np.ndarray
    start: np.ndarray
    contract_end: np.ndarray
    end: np.ndarray  # after an addendum of time
    contract_value_rp: np.ndarray
    value_rp: np.ndarray  # after an addendum of value
    workers: np.ndarray
    declared_workers: np.ndarray  # 0: not told by the owner
    single_person: np.ndarray  # registered with one person only, whatever the number of workers


def draw_projects(scenario: Scenario) -> Projects:
    """All projects of the demonstration, by start day, known on AS_OF."""
    random = scenario.draws("projects")
    parts = [_draw_year(scenario, year, random) for year in scenario.years]
    parts.append(_draw_carried_over(scenario, random))
    owner, kind, start = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    kept = start <= day_number(AS_OF)
    order = np.argsort(start[kept], kind="stable")
    owner, kind, start = owner[kept][order], kind[kept][order], start[kept][order]
    return _describe(scenario, owner, kind, start, random)


def _draw_year(scenario: Scenario, year: Year, random: np.random.Generator) -> tuple[np.ndarray, ...]:
    owners = [index for index, owner in enumerate(scenario.owners) if owner.first_year <= year.year <= owner.last_year]
    weights = [scenario.owners[index].weight for index in owners]
    owner = np.sort(_choose(owners, weights, round(year.projects * scenario.share), random))
    kind, start = np.empty_like(owner), np.empty_like(owner)
    for index in owners:
        rows = np.flatnonzero(owner == index)
        kind[rows] = _choose_kinds(scenario, scenario.owners[index], len(rows), random)
        start[rows] = _start_days(scenario, scenario.owners[index], year.year, len(rows), random)
    return owner, kind, start


def _draw_carried_over(scenario: Scenario, random: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Multi-year contracts going on in January 2021: without them the first winter would be empty."""
    multi_year = {index for index, kind in enumerate(scenario.kinds) if kind.multi_year}
    pairs = [
        (index, kind, owner.weight * weight)
        for index, owner in enumerate(scenario.owners)
        for kind, weight in scenario.profiles[owner.profile]
        if kind in multi_year and owner.first_year <= FIRST_DAY.year
    ]
    count = scenario.scaled("proyek_lanjutan")
    chosen = _choose(list(range(len(pairs))), [pair[2] for pair in pairs], count, random)
    table = np.array(pairs, dtype=np.int64)[chosen]
    return table[:, 0], table[:, 1], day_number(FIRST_DAY) + random.integers(0, 28, count)


def _choose(values: list[int], weights: list[int], count: int, random: np.random.Generator) -> np.ndarray:
    bounds = np.cumsum(np.array(weights, dtype=np.int64))
    drawn = np.searchsorted(bounds, random.integers(0, bounds[-1], count), side="right")
    return np.array(values, dtype=np.int64)[drawn]


def _choose_kinds(scenario: Scenario, owner: Owner, count: int, random: np.random.Generator) -> np.ndarray:
    kinds = scenario.profiles[owner.profile]
    return _choose([kind for kind, _ in kinds], [weight for _, weight in kinds], count, random)


def _start_days(scenario: Scenario, owner: Owner, year: int, count: int, random: np.random.Generator) -> np.ndarray:
    month = _choose(list(range(12)), scenario.start_weights(owner.fund, year), count, random)
    first_days = np.array([day_number(date(year, number, 1)) for number in range(1, 13)], dtype=np.int64)
    return first_days[month] + random.integers(0, 28, count)


def _describe(
    scenario: Scenario, owner: np.ndarray, kind: np.ndarray, start: np.ndarray, random: np.random.Generator
) -> Projects:
    year = (start.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970).astype(np.int64)
    place = _places_of_work(scenario, owner, random)
    value_rp, workers = _sizes(scenario, kind, random)
    contract_end = _contract_ends(scenario, owner, kind, start, year, random)
    end, final_value_rp = _addenda(scenario, contract_end, value_rp, random)
    days_before = random.integers(0, scenario.settings["spk_sebelum_mulai_hari"] + 1, len(start))
    order_day = np.maximum(start - days_before, day_number(FIRST_DAY))
    return Projects(
        code=_codes(scenario, year, place),
        name=_names(scenario, kind, place, value_rp, random),
        place=place,
        owner=owner,
        kind=kind,
        year=year,
        contractor=_contractors(scenario, kind, value_rp, random),
        order_number=order_numbers(scenario, owner, order_day),
        order_day=order_day,
        start=start,
        contract_end=contract_end,
        end=end,
        contract_value_rp=value_rp,
        value_rp=final_value_rp,
        workers=workers,
        declared_workers=np.where(random.random(len(start)) * 100 < scenario.settings["tanpa_jumlah_pct"], 0, workers),
        single_person=_single_persons(scenario, value_rp),
    )


def _places_of_work(scenario: Scenario, owner: np.ndarray, random: np.random.Generator) -> np.ndarray:
    index_of = {place.code: index for index, place in enumerate(scenario.places)}
    own = np.array([index_of.get(row.place, -1) for row in scenario.owners], dtype=np.int64)[owner]
    weights = [place.project_weight for place in scenario.places]
    anywhere = _choose(list(range(len(weights))), weights, len(owner), random)
    return np.where(own >= 0, own, anywhere)


def _sizes(scenario: Scenario, kind: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Contract value in rupiah and workers. Squares, not logarithms: the same digits on every machine."""
    size = random.random(len(kind))
    size = size * size
    lowest, highest = np.array([row.value_million_rp for row in scenario.kinds], dtype=np.int64)[kind].T
    value_rp = np.floor((lowest + (highest - lowest) * size) * 1000).astype(np.int64) * 1000
    fewest, most = np.array([row.workers for row in scenario.kinds], dtype=np.int64)[kind].T
    crew = size * 0.7 + random.random(len(kind)) * 0.3
    return value_rp, np.floor(fewest + (most + 1 - fewest) * crew).astype(np.int64)


def _contract_ends(
    scenario: Scenario, owner: np.ndarray, kind: np.ndarray, start: np.ndarray, year: np.ndarray,
    random: np.random.Generator,
) -> np.ndarray:  # fmt: skip
    """Last day of the contract: single-year public work is handed over by 15 to 31 December."""
    shortest, longest = np.array([row.days for row in scenario.kinds], dtype=np.int64)[kind].T
    days = np.floor(shortest + (longest + 1 - shortest) * random.random(len(start))).astype(np.int64)
    end = start + days - 1
    public = np.array([row.owner_type != "Swasta" for row in scenario.owners])[owner]
    multi_year = np.array([row.multi_year for row in scenario.kinds])[kind]
    end_year = np.where(multi_year, end.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970, year)
    new_year = (end_year - 1970 + 1).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    handover = new_year - 1 - random.integers(0, 17, len(start))
    snapped = public & multi_year & (random.random(len(start)) < 0.7) & (handover > end)
    end = np.where(snapped | (public & ~multi_year & (end > handover)), handover, end)
    return np.maximum(end, start + 2)


def _addenda(
    scenario: Scenario, contract_end: np.ndarray, value_rp: np.ndarray, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    changed = (random.random(len(contract_end)) * 100 < scenario.settings["adendum_pct"]) & (value_rp > 1_000_000_000)
    changed &= contract_end < day_number(AS_OF)
    more_days = np.where(changed, random.integers(14, 61, len(contract_end)), 0)
    more_pct = np.where(changed, random.integers(2, 11, len(contract_end)), 0)
    return contract_end + more_days, value_rp + value_rp // 100 * more_pct


def _single_persons(scenario: Scenario, value_rp: np.ndarray) -> np.ndarray:
    """A few projects of about Rp10 billion, spread over the years."""
    candidates = np.flatnonzero((value_rp > 9_000_000_000) & (value_rp < 11_000_000_000))
    step = max(1, len(candidates) // max(1, scenario.scaled("satu_orang_proyek")))
    chosen = np.zeros(len(value_rp), dtype=bool)
    chosen[candidates[::step]] = True
    return chosen


def _codes(scenario: Scenario, year: np.ndarray, place: np.ndarray) -> np.ndarray:
    codes = [row.code.replace(".", "") for row in scenario.places]
    pairs = enumerate(zip(year.tolist(), place.tolist(), strict=True), 1)
    return np.array([f"{year_drawn}-{codes[index]}-{number:05d}" for number, (year_drawn, index) in pairs])


def _names(
    scenario: Scenario, kind: np.ndarray, place: np.ndarray, value_rp: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    picks = random.integers(0, 1 << 30, len(kind)).tolist()
    advance = (random.random(len(kind)) * 100 < scenario.settings["uang_muka_pct"]) & (value_rp > 5_000_000_000)
    rows = zip(kind.tolist(), place.tolist(), picks, advance.tolist(), strict=True)
    return np.array([_name(scenario, *row) for row in rows])


def _name(scenario: Scenario, kind: int, place: int, pick: int, advance: bool) -> str:
    localities = scenario.places[place].localities
    here = pick % len(localities)
    there = (here + 1 + pick // 16 % (len(localities) - 1)) % len(localities)
    name = scenario.kinds[kind].name_pattern.format(
        tempat=localities[here],
        tempat_lain=localities[there],
        nomor=1 + pick // 64 % 240,
        tahap=ROMAN_MONTHS[pick // 64 % 4],
    )
    return f"{name} (uang muka 20%)" if advance else name


def _contractors(scenario: Scenario, kind: np.ndarray, value_rp: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Invented firms; joint operations (KSO) on large contracts; self-managed work (swakelola) has none."""
    words = contractor_words()
    picks = random.integers(0, len(words), (len(kind), 4)).tolist()
    joint = (random.random(len(kind)) * 100 < scenario.settings["kso_pct"]) & (value_rp > 20_000_000_000)
    own_hands = np.array([row.work_type.startswith("Swakelola") for row in scenario.kinds])[kind]
    firms = []
    for pick, value, is_joint, is_own in zip(picks, value_rp.tolist(), joint.tolist(), own_hands.tolist(), strict=True):
        form = "PT" if value > 2_500_000_000 else "CV"
        firm = f"{form} Contoh {words[pick[0]]} {words[pick[1]]}"
        partner = f" - PT Contoh {words[pick[2]]} {words[pick[3]]} KSO" if is_joint else ""
        firms.append("Swakelola" if is_own else firm + partner)
    return np.array(firms)


def contractor_words() -> list[str]:
    return [row["kata"] for row in read_table("contractors")]


def order_numbers(scenario: Scenario, owner: np.ndarray, order_day: np.ndarray) -> np.ndarray:
    """SPK numbers as offices write them, counted per owner: 600/14/SPK/PUPR-PLB/VII/2024."""
    counts = [0] * len(scenario.owners)
    numbers = []
    for index, day in zip(owner.tolist(), order_day.tolist(), strict=True):
        counts[index] += 1
        signed = date.fromordinal(day + date(1970, 1, 1).toordinal())
        month = ROMAN_MONTHS[signed.month - 1]
        numbers.append(f"600/{counts[index]}/SPK/{scenario.owners[index].code}/{month}/{signed.year}")
    return np.array(numbers)
