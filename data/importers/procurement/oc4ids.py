"""A project package of the Open Contracting for Infrastructure Data Standard (OC4IDS 0.9): one contracting process is
one package with its contract."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from data.importers.procurement.records import Announcement, Contract, Payment, Records, amount_of, day_of, text_of

RUPIAH = "IDR"
# OC4IDS tells the nature of a contract; the words of the procurement service for the same.
WORK_TYPES = {
    "construction": "Pekerjaan Konstruksi",
    "design": "Jasa Konsultansi Badan Usaha Konstruksi",
    "supervision": "Jasa Konsultansi Badan Usaha Konstruksi",
}


def is_project_package(content: Any) -> bool:
    """Whether a JSON document is one."""
    return isinstance(content, dict) and any(
        "contractingProcesses" in project for project in _objects(content, "projects")
    )


def read_package(content: dict[str, Any], today: date) -> Records:
    """The records of every contracting process of every project. A process without an id is none."""
    records = Records()
    records.seen_on(day_of(content, "publishedDate", today=today))
    for project in _objects(content, "projects"):
        for process in _objects(project, "contractingProcesses"):
            summary = _object(process, "summary")
            if package := text_of(summary, "ocid") or text_of(process, "id"):
                records.announcements.append(_announcement(package, project, summary))
                records.contracts += _contracts(package, summary, today)
                records.payments += _payments(package, summary, today)
    return records


def _announcement(package: str, project: dict[str, Any], summary: dict[str, Any]) -> Announcement:
    natures = [nature for nature in _list(summary, "nature") if nature in WORK_TYPES]
    # A contract that designs and builds is one of works.
    nature = "construction" if "construction" in natures else next(iter(natures), "")
    authority = _object(project, "publicAuthority")
    buyer = text_of(authority, "name") or text_of(_object(_object(summary, "tender"), "procuringEntity"), "name")
    return Announcement(
        package=package,
        name=text_of(summary, "title") or text_of(project, "title"),
        work_type=WORK_TYPES.get(nature, "" if not _list(summary, "nature") else str(_list(summary, "nature")[0])),
        status=text_of(summary, "status"),
        buyer=buyer,
        government=_government(project, buyer),
        fund=_fund(project),
        locations=tuple(_locations(project)),
    )


def _contracts(package: str, summary: dict[str, Any], today: date) -> Iterator[Contract]:
    """The contract as it is now, and as it was before each change of value or period."""
    if not (_object(summary, "contractValue") or _object(summary, "contractPeriod") or _list(summary, "suppliers")):
        return
    suppliers = _objects(summary, "suppliers")
    provider = text_of(suppliers[0], "name") if suppliers else ""
    value, period = _object(summary, "contractValue"), _object(summary, "contractPeriod")
    changes = sorted(
        (
            change
            for change in _objects(summary, "modifications")
            if _object(change, "newContractValue") or _object(change, "newContractPeriod")
        ),
        key=lambda change: text_of(change, "date"),
    )
    if changes:
        # The summary may state the contract before or after its changes; the changes state both.
        value = next((old for change in changes if (old := _object(change, "oldContractValue"))), value)
        period = next((old for change in changes if (old := _object(change, "oldContractPeriod"))), period)
    for version, change in enumerate([{}, *changes]):
        value = _object(change, "newContractValue") or value
        period = _object(change, "newContractPeriod") or period
        starts, ends = _days(period, today)
        yield Contract(
            package=package,
            number=text_of(summary, "externalReference"),
            version=version,
            signed=day_of(change, "date", today=today),
            starts=starts,
            ends=ends,
            value_rp=_rupiah(value),
            provider=provider,
        )


def _payments(package: str, summary: dict[str, Any], today: date) -> Iterator[Payment]:
    for transaction in _objects(summary, "transactions"):
        yield Payment(
            package=package,
            contract_number=text_of(summary, "externalReference"),
            minutes_number=text_of(transaction, "id"),
            paid=day_of(transaction, "date", today=today),
            amount_rp=_rupiah(_object(transaction, "value")),
            instalment=text_of(_object(transaction, "relatedImplementationMilestone"), "title", "id"),
        )


def _days(period: dict[str, Any], today: date) -> tuple[date | None, date | None]:
    starts, ends = (day_of(period, name, today=today) for name in ("startDate", "endDate"))
    days = amount_of(period, "durationInDays")
    if starts and ends is None and days is not None and 0 < days < 10_000:
        ends = starts + timedelta(days=int(days) - 1)
    return starts, ends


def _rupiah(value: dict[str, Any]) -> Decimal | None:
    return amount_of(value, "amount") if text_of(value, "currency").upper() in ("", RUPIAH) else None


def _government(project: dict[str, Any], buyer: str) -> str:
    """The region in which the buyer has its seat, where the project lists it as a party."""
    for party in _objects(project, "parties"):
        if text_of(party, "name") == buyer and (region := text_of(_object(party, "address"), "locality", "region")):
            return region
    return buyer


def _fund(project: dict[str, Any]) -> str:
    budget = _object(project, "budget")
    sources = [text_of(_object(part, "sourceParty"), "name") for part in _objects(budget, "budgetBreakdown")]
    return ",".join(dict.fromkeys(source for source in sources if source))


def _locations(project: dict[str, Any]) -> Iterator[str]:
    for location in _objects(project, "locations"):
        address = _object(location, "address")
        parts = [text_of(location, "description"), text_of(address, "locality"), text_of(address, "region")]
        if told := " - ".join(part for part in parts if part):
            yield told


def _object(holder: dict[str, Any], name: str) -> dict[str, Any]:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}


def _list(holder: dict[str, Any], name: str) -> Sequence[Any]:
    found = holder.get(name)
    return found if isinstance(found, list) else ()


def _objects(holder: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [found for found in _list(holder, name) if isinstance(found, dict)]
