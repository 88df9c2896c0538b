"""What an edition was made from."""

from dataclasses import dataclass
from datetime import date

from data.editions import Edition


@dataclass(frozen=True)
class Delivery:
    """One live delivery. `complete_for` is the place's code or the owner's name for which it is everything of the
    period, None where it only adds; `rows_rejected` went back to the sender.
    """

    number: int
    kind: str
    file_name: str
    as_of: date
    complete_for: str | None
    period_from: date | None
    period_to: date | None
    rows_accepted: int
    rows_rejected: int


def deliveries(edition: Edition) -> list[Delivery]:
    """All of them, the last first; under a limited grant those declared for a place or owner within it."""
    return [
        Delivery(
            number=row["batch_id"],
            kind=row["kind"],
            file_name=row["file_name"],
            as_of=row["data_as_of"],
            complete_for=row["scope_value"],
            period_from=row["period_from"],
            period_to=row["period_to"],
            rows_accepted=row["rows_accepted"],
            rows_rejected=row["rows_rejected"],
        )
        for row in edition.query("deliveries")
    ]
