"""Numbers of projects as people write them: the same but for marks, or but for one character."""

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

# More are not looked up at a time: a file of whose projects none is known has thousands of them.
MOST_LOOKED_UP = 500
# Shorter numbers differ in one character by nature.
LEAST_CHARACTERS = 6


def written_plainly(number: str | None) -> str:
    """Without marks, capitals and leading zeros: '600/012 /SPK.PU' and '600.12/spk/pu' are '600/12/spk/pu'.

    As data/sql/edition/plain_numbers.sql has it.
    """
    parts = re.sub(r"[^a-z0-9]+", "/", (number or "").lower()).strip("/")
    return re.sub(r"(^|/)0+([0-9])", r"\1\2", parts)


class KnownNumbers:
    """Numbers by which projects are known, to be asked which of them a written one could mean."""

    def __init__(self, numbers: Iterable[tuple[str | None, str]]) -> None:
        """`numbers` are (number written plainly, project's code); one number may be of several projects."""
        self._projects: dict[str, list[str]] = defaultdict(list)
        for plain, code in numbers:
            if plain:
                self._projects[plain].append(code)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for plain in self._projects:
            self._by_length[len(plain)].append(plain)

    def same(self, number: str | None) -> list[str]:
        """Codes of projects with this number but for marks, capitals and leading zeros."""
        return list(self._projects.get(written_plainly(number), ()))

    def one_off(self, number: str | None) -> list[str]:
        """Codes of projects whose number differs in one character: another, one too many or too few, two swapped."""
        plain = written_plainly(number)
        if len(plain) < LEAST_CHARACTERS:
            return []
        alike = [known for more in (-1, 0, 1) for known in self._by_length.get(len(plain) + more, ())]
        near = process.extract(plain, alike, scorer=OSA.distance, score_cutoff=1, limit=None)
        return [code for known, distance, _place in near if distance == 1 for code in self._projects[known]]
