"""Announcements, contracts, start orders and payments of packages, joined: one row is one contract, or one package
that has none."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from data.importers.procurement.buyers import Site, fund_name, last_day, owner_name, owner_type, site_of
from data.importers.procurement.records import Announcement, Contract, Payment, Records, StartOrder

# jenis_pengadaan of what is a project here: works, and the consultancies for them.
CONSTRUCTION_WORK = frozenset((
    "pekerjaan konstruksi",
    "jasa konsultansi badan usaha konstruksi",
    "jasa konsultansi perorangan konstruksi",
    "pekerjaan konstruksi terintegrasi",
))  # fmt: skip
PERSON = "Perseorangan"
MAX_DETAIL_CHARS = 100


@dataclass(frozen=True)
class OldValue:
    """What a contract said before a later addendum."""

    version: int
    signed: date | None
    value_rp: Decimal | None
    ends: date | None


@dataclass(frozen=True)
class Package:
    """One contract of a package, or the package where it has none. reason says why it is left out, None if it is not.

    contract is its latest addendum with the number and signing date of the first; numbers are those of all versions.
    code is the package's own, with '#2', '#3' … behind it for its second and further contracts by signing date and
    number; so the first keeps its code when another is added.
    """

    code: str
    announcement: Announcement | None
    contract: Contract | None
    numbers: frozenset[str] = frozenset()
    starts: date | None = None
    ends: date | None = None
    old_values: tuple[OldValue, ...] = ()
    reason: str | None = None
    detail: str = ""

    @property
    def name(self) -> str:
        return (self.announcement and self.announcement.name) or (self.contract and self.contract.name) or ""

    @property
    def government(self) -> str:
        return (self.announcement or self.contract or EMPTY).government

    @property
    def owner_type(self) -> str:
        source = self.announcement or self.contract or EMPTY
        return owner_type(source.government_type, source.government)

    @property
    def owner(self) -> str:
        source = self.announcement or self.contract or EMPTY
        return owner_name(source.buyer, source.government)

    @property
    def fund(self) -> str:
        return fund_name(self.announcement.fund if self.announcement else "", self.owner_type)

    @property
    def site(self) -> Site | None:
        return site_of(self.announcement.locations if self.announcement else (), self.government)

    @property
    def provider(self) -> str:
        if self.contract is None:
            return ""
        return PERSON if self.contract.is_person else self.contract.provider


@dataclass(frozen=True)
class PaidPackage:
    """One payment and the code of the contract it belongs to. reason says why it is left out."""

    code: str
    payment: Payment
    instalment: str
    reason: str | None = None
    detail: str = ""


@dataclass(frozen=True)
class Joined:
    """Packages and payments in the order of their codes, and how many records only repeated another."""

    packages: list[Package]
    payments: list[PaidPackage]
    same_contracts: int
    same_payments: int


EMPTY = Announcement("")
ANNOUNCED = tuple(column.name for column in fields(Announcement))


def join(records: Records) -> Joined:
    """Join all records by package; every package and payment comes out once, with a reason where it is left out."""
    announcements = _announced(records.announcements)
    contracts = _by_package(dict.fromkeys(records.contracts))
    orders = _by_package(records.start_orders)
    payments = _by_package(_once(records.payments))
    codes = sorted({*announcements, *contracts, *orders, *payments}, key=lambda code: (len(code), code))
    packages: list[Package] = []
    paid: list[PaidPackage] = []
    for code in codes:
        found = list(_packages_of(code, announcements.get(code), contracts.get(code, []), orders.get(code, [])))
        packages += found
        paid += _paid(found, payments.get(code, []))
    same_contracts = len(records.contracts) - sum(map(len, contracts.values()))
    return Joined(packages, paid, same_contracts, len(records.payments) - len(paid))


def count_reasons(rows: Iterable[Package | PaidPackage]) -> Counter[tuple[str, str]]:
    """How many rows are left out, by reason and its detail."""
    return Counter((row.reason, row.detail) for row in rows if row.reason)


def _announced(announcements: list[Announcement]) -> dict[str, Announcement]:
    """One announcement a package: what one file leaves open, as the place, another may tell."""
    found: dict[str, Announcement] = {}
    for announcement in announcements:
        known = found.get(announcement.package, announcement)
        told = {name: getattr(known, name) or getattr(announcement, name) for name in ANNOUNCED}
        found[announcement.package] = replace(known, **told)
    return found


def _by_package(records: Iterable) -> dict[str, list]:
    found = defaultdict(list)
    for record in records:
        found[record.package].append(record)
    return found


def _once(payments: list[Payment]) -> list[Payment]:
    """A service gives the same minutes again on another day; what it says last stands."""
    return list({
        (payment.package, payment.contract_number, payment.minutes_number, payment.handover_number, payment.paid,
         payment.amount_rp): payment
        for payment in payments
    }.values())  # fmt: skip


def _packages_of(
    code: str, announcement: Announcement | None, contracts: list[Contract], orders: list[StartOrder]
) -> Iterable[Package]:
    # A contract without a number only repeats what another source says of it with one.
    contracts = [contract for contract in contracts if contract.number] or contracts
    if not contracts:
        reason, detail = _why_uncontracted(announcement)
        yield Package(code, announcement, None, reason=reason, detail=detail)
    for index, versions in enumerate(_addenda(contracts)):
        # Deadlines count from the first signing, and registrations name the first number.
        contract = replace(versions[-1], number=versions[0].number, signed=versions[0].signed)
        own_orders = _orders_of(versions, orders, is_only=len(contracts) == len(versions))
        starts, ends = period_of(contract, own_orders)
        reason, detail = _why_left_out(announcement, has_period=starts is not None and ends is not None)
        if reason is None and site_of(announcement.locations if announcement else (), contract.government) is None:
            reason, detail = "wilayah_tidak_diketahui", ""
        yield Package(
            code=f"{code}#{index + 1}" if index else code,
            announcement=announcement,
            contract=contract,
            numbers=frozenset(version.number for version in versions),
            starts=starts,
            ends=ends,
            old_values=_old_values(versions, own_orders),
            reason=reason,
            detail=detail,
        )


def _why_uncontracted(announcement: Announcement | None) -> tuple[str | None, str]:
    if announcement is None:
        return "tanpa_pengumuman_dan_kontrak", ""
    if announcement.work_type.lower() in CONSTRUCTION_WORK:
        return "belum_berkontrak", announcement.status[:MAX_DETAIL_CHARS] or "tanpa status"
    return _why_left_out(announcement, has_period=True)


def _why_left_out(announcement: Announcement | None, *, has_period: bool) -> tuple[str | None, str]:
    if announcement is None:
        return "tanpa_pengumuman", ""
    if not announcement.work_type:
        return "jenis_kosong", ""
    if announcement.work_type.lower() not in CONSTRUCTION_WORK:
        return "bukan_konstruksi", announcement.work_type[:MAX_DETAIL_CHARS]
    return (None, "") if has_period else ("tanpa_masa_kerja", "")


def _addenda(contracts: list[Contract]) -> list[list[Contract]]:
    """The contracts of a package, each with its addenda, oldest version first.

    An addendum belongs to the contract of its number, else of its provider, else to the first: some buyers give an
    addendum a number of its own.
    """
    ordered = sorted(contracts, key=lambda contract: (contract.version, contract.signed or date.max, contract.number))
    groups: list[list[Contract]] = []
    for contract in ordered:
        same = [group for group in groups if any(other.number == contract.number for other in group)]
        if not same and contract.version:
            same = [group for group in groups if group[0].provider == contract.provider] or groups
        if same:
            same[0].append(contract)
        else:
            groups.append([contract])
    return groups


def _orders_of(versions: Sequence[Contract], orders: list[StartOrder], *, is_only: bool) -> list[StartOrder]:
    """Start orders of one contract, oldest version first; all of the package's where it has one contract only."""
    numbers = {contract.number for contract in versions}
    own = [order for order in orders if is_only or order.contract_number in numbers]
    return sorted(own, key=lambda order: (order.version, order.ordered or date.min))


def period_of(contract: Contract, orders: Sequence[StartOrder]) -> tuple[date | None, date | None]:
    """First and last day of work: by the latest start order, else by the contract itself; None, None when unknown."""
    for order in reversed(orders):
        starts, ends = period_of_order(order)
        if starts and ends:
            # A later addendum of the contract may move the end beyond its start order.
            later = contract.ends if contract.version > order.version else None
            return starts, max(later, ends) if later else ends
    return contract.starts, contract.ends


def period_of_order(order: StartOrder) -> tuple[date | None, date | None]:
    """Its two dates; where they are missing, equal or in disorder, the day it was given and the time it promises."""
    starts, ends = order.starts or order.ordered, order.ends
    if starts and ends and ends > starts:
        return starts, ends
    first = order.ordered or order.starts
    by_duration = last_day(first, order.duration) if first else None
    if first and by_duration and (by_duration > first or ends is None):
        return first, by_duration
    return (starts, ends) if starts and ends and ends == starts else (None, None)


def _old_values(versions: Sequence[Contract], orders: Sequence[StartOrder]) -> tuple[OldValue, ...]:
    """What the contract said before its latest addendum, oldest first."""
    ends_of = {order.version: period_of_order(order)[1] for order in orders}
    by_version = {contract.version: contract for contract in versions}
    latest = max((*by_version, *ends_of))
    return tuple(
        OldValue(
            version,
            contract.signed if contract else None,
            contract.value_rp if contract else None,
            ends_of.get(version) or (contract.ends if contract else None),
        )
        for version in sorted({*by_version, *ends_of})
        if version < latest
        for contract in (by_version.get(version),)
    )


def _paid(packages: list[Package], payments: list[Payment]) -> list[PaidPackage]:
    """Payments of one package in the order of their days; those of a left-out package have its reason.

    A contract that only lacks its period is known, so its payments land and wait for it.
    """
    ordered = sorted(payments, key=lambda p: (p.paid or date.max, p.minutes_number, p.amount_rp or Decimal(0)))
    seen: Counter[tuple] = Counter()
    paid = []
    for payment in ordered:
        package = next((found for found in packages if payment.contract_number in found.numbers), packages[0])
        day = (package.code, payment.paid, payment.instalment)
        seen[day] += 1
        # Several on one day are told apart; the number of a payment must not change when an earlier one is added.
        instalment = f"{payment.instalment} ({seen[day]})".strip() if seen[day] > 1 else payment.instalment
        is_known = package.contract is not None and package.reason in (None, "tanpa_masa_kerja")
        reason = None if is_known else "pembayaran_tanpa_proyek"
        detail = "" if is_known else PLAIN_REASONS[package.reason or ""]
        paid.append(PaidPackage(package.code, payment, instalment, reason, detail))
    return paid


PLAIN_REASONS = {
    "belum_berkontrak": "belum berkontrak",
    "bukan_konstruksi": "bukan pekerjaan konstruksi",
    "jenis_kosong": "jenis pengadaan kosong",
    "tanpa_pengumuman": "kontrak tanpa pengumuman",
    "tanpa_pengumuman_dan_kontrak": "tanpa pengumuman dan tanpa data kontrak",
    "wilayah_tidak_diketahui": "wilayah tidak diketahui",
}
