"""Findings beside what was said about them: which are open, which are settled, which have opened again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from analytics import quality
from analytics.quality.rule import Finding
from data import quality_notes
from data.access import Reader
from data.editions import Edition, open_edition, published_edition
from data.home import Home
from data.journal import Entry
from data.quality_notes import CORRECTED, IN_HAND, Noted, NoteRefused, QualityNote, Together

OPEN, REOPENED = "terbuka", "terbuka_lagi"
# Beside the states of a note: nobody has spoken yet, or what was said holds no longer.
STANDINGS = (REOPENED, OPEN, *quality_notes.STATES)
OPEN_STANDINGS = (REOPENED, OPEN, IN_HAND)
# Why a finding that somebody has spoken of is open again.
OTHER_VALUE, OTHER_RULE, STILL_FOUND = "value", "rule", "found"
CHANGED, GONE = "changed", "gone"  # why a finding is not settled: another value than was seen, or it is none any more


@dataclass(frozen=True)
class Standing:
    """A finding and how it stands: one of STANDINGS, with all notes on it, oldest first.

    reopened_by: OTHER_VALUE, OTHER_RULE or STILL_FOUND where it is REOPENED, else None.
    """

    finding: Finding
    state: str
    history: tuple[Noted, ...] = ()
    reopened_by: str | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STANDINGS


@dataclass(frozen=True)
class Seen:
    """What a finding was when somebody looked at it: its value, and the number of the newest note on it (0: none)."""

    value: str
    note: int


def as_seen(standings: Iterable[Standing]) -> dict[str, Seen]:
    """By the key of its finding what each was, to be settled together."""
    return {
        one.finding.key: Seen(one.finding.value_text, one.history[-1].number if one.history else 0) for one in standings
    }


def standings(findings: Iterable[Finding], notes: Mapping[str, tuple[Noted, ...]], edition: int) -> list[Standing]:
    """Each finding of an edition with how it stands, in the order given."""
    return [_standing(finding, notes.get(finding.key, ()), edition) for finding in findings]


def _standing(finding: Finding, history: tuple[Noted, ...], edition: int) -> Standing:
    if not history:
        return Standing(finding, OPEN)
    reopened_by = _why_open_again(finding, history[-1], edition)
    return Standing(finding, REOPENED if reopened_by else history[-1].note.state, history, reopened_by)


def _why_open_again(finding: Finding, last: Noted, edition: int) -> str | None:
    """The rule or the value has changed since; or the sender is said to have put it right, and a later edition shows it
    still. None: what was said holds."""
    note = last.note
    if note.version != quality.RULES[finding.rule].version:
        return OTHER_RULE
    if note.value != finding.value_text:
        return OTHER_VALUE
    return STILL_FOUND if note.state == CORRECTED and edition > last.edition else None


def of_edition(home: Home, edition: Edition) -> list[Standing]:
    """All findings of an edition, within its grant, as they stand now."""
    notes = quality_notes.notes(home, is_demo=edition.meta["demo"] == "1")
    return standings(quality.findings(edition), notes, edition.number)


def resolve(
    home: Home,
    reader: Reader,
    edition: Edition,
    key: str,
    *,
    state: str,
    office: str,
    reason: str,
    seen: Seen | None = None,
) -> Entry:
    """Record what somebody says about a finding of this edition, as it was `seen`. NoteRefused when the reader may not,
    does not see the finding, somebody spoke of it or it changed since, or something is wrong with what is said."""
    quality_notes.refuse_act(reader)
    edition = open_edition(home, edition.number, reader.grant)
    found = {finding.key: finding for finding in quality.findings(edition)}.get(key)
    if found is None:
        raise NoteRefused(quality_notes.NOT_FOUND)
    if seen is not None and found.value_text != seen.value:
        raise NoteRefused(quality_notes.CHANGED_SINCE)
    version = quality.RULES[found.rule].version
    note = QualityNote(found.key, version, found.value_text, state, office, reason)
    is_demo, newest = edition.meta["demo"] == "1", None if seen is None else seen.note
    return quality_notes.record(home, reader, note, edition=edition.number, is_demo=is_demo, seen=newest)


def resolve_together(
    home: Home, reader: Reader, seen: Mapping[str, Seen], *, state: str, office: str, reason: str
) -> Together:
    """Record the same of many findings of one rule, as they were seen: all of them at once, or none.

    Judged by the edition and the grant of now: a finding with another value than was seen, one that is not found any
    more, and one that somebody has spoken of since, are left out and told. NoteRefused as by `resolve`.
    """
    quality_notes.refuse_act(reader)
    edition = published_edition(home, reader.grant)
    found = {one.key: one for one in quality.findings(edition) if one.key in seen}
    if len({finding.rule for finding in found.values()}) > 1:
        raise NoteRefused(quality_notes.ONE_RULE)
    kept = [finding for finding in found.values() if finding.value_text == seen[finding.key].value]
    notes = [
        QualityNote(one.key, quality.RULES[one.rule].version, one.value_text, state, office, reason) for one in kept
    ]
    changed = tuple(key for key, one in found.items() if one.value_text != seen[key].value)
    gone = tuple(key for key in seen if key not in found)
    left_out = {why: keys for why, keys in ((CHANGED, changed), (GONE, gone)) if keys}
    if not notes:
        return Together((), (), left_out)
    numbers = {key: one.note for key, one in seen.items()}
    is_demo = edition.meta["demo"] == "1"
    done = quality_notes.record_together(home, reader, notes, seen=numbers, edition=edition.number, is_demo=is_demo)
    return replace(done, left_out=left_out | dict(done.left_out))
