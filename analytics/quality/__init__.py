"""Rules of data quality, one file each, and what they find in an edition. They tell; nothing is ever corrected."""

from collections.abc import Iterable
from datetime import date

from analytics.quality import (
    delivery_late,
    delivery_missing,
    delivery_rejected,
    headcount_of_one,
    jump,
    outlier,
    over_hundred,
    person_in_many_places,
    printed_share,
    registered_at_payment,
    stale_denominator,
)
from analytics.quality.delivery_missing import months_before
from analytics.quality.rule import SEVERITIES as SEVERITIES
from analytics.quality.rule import Finding as Finding
from analytics.quality.rule import Rule as Rule
from analytics.quality.rule import Span as Span
from analytics.quality.rule import Threshold as Threshold
from analytics.row import month_end
from data.access import Grant
from data.editions import Edition

OLDEST_SCHEMA = 5
MONTHS = 12
RULES: dict[str, Rule] = {
    module.RULE.code: module.RULE
    for module in (
        delivery_missing, over_hundred, printed_share, headcount_of_one,
        delivery_late, delivery_rejected, outlier, jump, registered_at_payment, person_in_many_places,
        stale_denominator,
    )
}  # fmt: skip


def is_told(edition: Edition) -> bool:
    """Whether the edition holds what the rules ask for, as those of before schema 5 do not."""
    return int(edition.meta["schema_version"]) >= OLDEST_SCHEMA


def span_of(edition: Edition) -> Span | None:
    """The last twelve months of the edition; None for one without a month."""
    if not (last := edition.meta.get("last_month")):
        return None
    month = date.fromisoformat(last)
    return Span(month_end(months_before(month, MONTHS - 1)), month, date.fromisoformat(edition.meta["as_of"]))


def findings(edition: Edition) -> list[Finding]:
    """What all rules find within the edition's grant: severest first, then by rule, the newest month first."""
    span = span_of(edition)
    if span is None or not is_told(edition):
        return []
    found = [finding for rule in RULES.values() for finding in rule.find(edition, span)]
    return sorted(found, key=_order)


def untold(found: Iterable[Finding], grant: Grant) -> set[str]:
    """Codes of the rules of which nothing was found and which may hide something from the grant: of these nobody under
    it can say how many findings there are."""
    return {code for code, rule in RULES.items() if rule.may_hide(grant)} - {one.rule for one in found}


def _order(finding: Finding) -> tuple:
    rule = RULES[finding.rule]
    newest = -finding.month.toordinal() if finding.month else 0
    return SEVERITIES.index(rule.severity), list(RULES).index(finding.rule), newest, finding.key
