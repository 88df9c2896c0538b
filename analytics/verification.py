"""Whether a file left this system as it is: by its hash in the journal, and for a card by reckoning it anew."""

from dataclasses import dataclass

from analytics.card import CardFacts, Mark, as_known_then, card_facts, read_mark
from data import journal
from data.access import Reader
from data.casework import casework
from data.editions import current_edition, open_edition
from data.errors import CakupanError
from data.exports import exports_of, sha256_of
from data.home import Home
from data.journal import Entry
from data.packs import entries_of


@dataclass(frozen=True)
class CardCheck:
    """A file that says it is a card, against what its edition says.

    `recomputed` is None where the edition is gone, or does not show the project to this reader: the card can be told
    neither right nor wrong. `now` is the same card of the edition served today, with what was recorded since.
    """

    mark: Mark
    recomputed: CardFacts | None
    now: CardFacts | None

    @property
    def is_same(self) -> bool | None:
        """Whether the edition still states what the card's hash stands for; None: cannot be told."""
        return None if self.recomputed is None else self.recomputed.card_hash == self.mark.card_hash

    @property
    def is_outdated(self) -> bool:
        """Whether the result of today is known and another one."""
        return self.now is not None and self.recomputed is not None and self.now.result != self.recomputed.result


@dataclass(frozen=True)
class Verified:
    """What is known of a file. `exports` are the entries of who took it, `packs` those of meeting packs that it is kept
    for, oldest first; `card` None: it is no card.

    `journal_is_whole` None: the file is in no entry, so the journal was not asked.
    """

    sha256: str
    bytes: int
    exports: tuple[Entry, ...]
    journal_is_whole: bool | None
    card: CardCheck | None
    packs: tuple[Entry, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether the journal names the file at all."""
        return bool(self.exports or self.packs)

    @property
    def is_confirmed(self) -> bool:
        """The very bytes left this system, the journal is whole, and what a card states can be found again."""
        is_right = self.card is None or self.card.is_same is not False
        return self.is_known and self.journal_is_whole is True and is_right


def verify(home: Home, reader: Reader, content: bytes) -> Verified:
    """Look for the file in the journal, and reckon a card anew as far as this reader's grant allows."""
    sha256 = sha256_of(content)
    exports, packs = tuple(exports_of(home, sha256)), tuple(entries_of(home, sha256))
    mark = read_mark(content)
    return Verified(
        sha256=sha256,
        bytes=len(content),
        exports=exports,
        packs=packs,
        journal_is_whole=journal.verify(home).is_whole if exports or packs else None,
        card=_check(home, reader, mark) if mark else None,
    )


def _check(home: Home, reader: Reader, mark: Mark) -> CardCheck:
    return CardCheck(mark, _of_its_edition(home, reader, mark), _of_today(home, reader, mark))


def _of_its_edition(home: Home, reader: Reader, mark: Mark) -> CardFacts | None:
    try:
        edition = open_edition(home, mark.edition, reader.grant)
    except CakupanError:
        return None
    then = as_known_then(casework(home, edition), mark)
    return card_facts(edition, mark.project, mark.payment, then)


def _of_today(home: Home, reader: Reader, mark: Mark) -> CardFacts | None:
    edition = current_edition(home, reader.grant)
    return card_facts(edition, mark.project, mark.payment, casework(home, edition)) if edition else None
