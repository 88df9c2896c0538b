"""Aliases: spellings of a name that a person has confirmed to mean another; kept in the journal, applied at a publish.

Append-only: an alias is withdrawn by an entry of its own. What was confirmed on the demonstration counts on the
demonstration only, and the other way round.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Literal

import msgspec

from data import journal
from data.access import ALL, ANY, EVERYTHING, MAY, ROLE_NAMES, Reader
from data.cases import CaseRefused, clean, could_be_nik
from data.home import Home
from data.journal import Entry, HeadMoved
from data.places import all_places, name_key, resolve_place


def _(text: str) -> str:
    """Marks a text for the catalogue of the screen."""
    return text


# By the field of an alias what it is called: the owner of a project, its contractor, a place, the unit of a target.
FIELDS = {
    "pemilik": _("pemilik proyek"),
    "penyedia": _("penyedia"),
    "wilayah": _("wilayah"),
    "unit": _("unit target"),
}
LONGEST = 200  # characters of a name
ATTEMPTS = 50  # others may write between what is judged and what is written


class AliasRefused(CaseRefused):
    """Why a name is not recorded as another: a sentence with gaps, which a page says in its language."""

    WORDS = (*CaseRefused.WORDS, "field")


@dataclass(frozen=True)
class Alias:
    """One spelling that counts as another name. `number` is the entry of the journal that says so; `at` is UTC.

    `name` is as it was confirmed; what it comes to in the end, where that is an alias itself, says Aliases.names.
    For 'wilayah' it is a Kemendagri code.
    """

    field: str
    written: str
    name: str
    number: int
    at: datetime
    who: str
    role: str
    is_authenticated: bool


@dataclass(frozen=True)
class Different:
    """Two names that a person has said to be of two: they are not suggested again."""

    field: str
    names: tuple[str, str]  # in the order of the alphabet
    number: int
    at: datetime
    who: str


@dataclass(frozen=True)
class Aliases:
    """All that is in force, oldest first."""

    in_force: tuple[Alias, ...] = ()
    different: tuple[Different, ...] = ()

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """By field and spelling the name that it comes to in the end: chains are followed."""
        direct: dict[str, dict[str, str]] = {field: {} for field in FIELDS}
        for alias in self.in_force:
            direct[alias.field][alias.written] = alias.name
        return {field: {written: _end_of(written, names) for written in names} for field, names in direct.items()}

    @cached_property
    def place_codes(self) -> Mapping[str, str]:
        """By the key of a spelling (data.places.name_key) the Kemendagri code that it was confirmed to mean."""
        return {name_key(written): code for written, code in self.names["wilayah"].items()}

    @cached_property
    def rows(self) -> list[tuple[str, str, str, int]]:
        """The table `alias` of an edition: field, spelling, final name, number of the journal's entry."""
        return [(a.field, a.written, self.names[a.field][a.written], a.number) for a in self.in_force]

    @cached_property
    def token(self) -> str:
        """A hash of what is in force: equal aliases, equal tokens."""
        stated = sorted(row[:3] for row in self.rows)
        return hashlib.sha256(json.dumps(stated, ensure_ascii=False).encode()).hexdigest()

    def alias_of(self, field: str, written: str) -> Alias | None:
        """That of the spelling; of a place also of one that differs in capitals and marks, since it is read alike."""
        of_field = [alias for alias in self.in_force if alias.field == field]
        exact = next((alias for alias in of_field if alias.written == written), None)
        if exact is None and field == "wilayah":
            return next((alias for alias in of_field if name_key(alias.written) == name_key(written)), None)
        return exact

    def are_different(self, field: str, one: str, other: str) -> bool:
        """Whether a person has said that these are two, by themselves or by what they come to."""
        return any(d.field == field and d.names == _pair(one, other) for d in self.different)


class _Said(msgspec.Struct, frozen=True):
    """The facts of an entry of the journal."""

    field: Literal["pemilik", "penyedia", "wilayah", "unit"]
    written: str
    name: str
    verdict: Literal["same", "different", "withdrawn", "reconsidered"]
    demo: bool


def aliases_of(home: Home, *, is_demo: bool | None = None) -> Aliases:
    """What is in force in this home; of the demonstration or of real data, as the served edition is unless told.

    JournalUnusable when the journal cannot be read.
    """
    return _read(home, _shows_demo(home) if is_demo is None else is_demo)


def confirm(home: Home, field: str, written: str, name: str, reader: Reader) -> Entry:
    """Say that `written` means `name`, from the next publish on; AliasRefused, and nothing is written, when not.

    For 'wilayah' `name` is a place by code or name. Names that were said to be two are no longer.
    """
    written, name = _cleaned(written), _cleaned(name)

    def judged(known: Aliases) -> dict[str, str]:
        final = _place_code(name) if field == "wilayah" else _unit_code(name) if field == "unit" else name
        _refuse_mark(final)
        _refuse_same(written, final)
        _refuse_known_place(field, written)
        if (former := known.alias_of(field, written)) is not None:
            text = _("'{written}' sudah berlaku sebagai '{name}'; tarik dahulu alias itu.")
            raise AliasRefused(text, written=former.written, name=former.name)
        if _end_of(final, known.names[field]) == written:
            text = _("'{name}' sendiri sudah berlaku sebagai '{written}'; tarik dahulu alias itu.")
            raise AliasRefused(text, written=written, name=final)
        return {"field": field, "written": written, "name": final, "verdict": "same"}

    return _append(home, reader, field, judged)


def reject(home: Home, field: str, one: str, other: str, reader: Reader) -> Entry:
    """Say that these are the names of two; remembered, so that they are not suggested again.

    A place may be told by its code or its name; which of the two is the spelling that is none of it does not matter.
    """
    one, other = _two(field, one, other)

    def judged(known: Aliases) -> dict[str, str]:
        _refuse_same(one, other)
        names = known.names[field]
        if _end_of(one, names) == _end_of(other, names):
            text = _("'{written}' dan '{name}' sudah berlaku sebagai satu nama; tarik dahulu aliasnya.")
            raise AliasRefused(text, written=one, name=other)
        if known.are_different(field, one, other):
            text = _("'{written}' dan '{name}' sudah tercatat bukan nama yang sama.")
            raise AliasRefused(text, written=one, name=other)
        return {"field": field, "written": one, "name": other, "verdict": "different"}

    return _append(home, reader, field, judged)


def withdraw(home: Home, field: str, written: str, reader: Reader) -> Entry:
    """Take an alias back, from the next publish on."""
    written = _cleaned(written)

    def judged(known: Aliases) -> dict[str, str]:
        former = known.alias_of(field, written)
        if former is None:
            text = _("'{written}' tidak berlaku sebagai nama lain ({field}); lihat daftarnya dengan alias list.")
            raise AliasRefused(text, written=written, field=FIELDS[field])
        return {"field": field, "written": former.written, "name": former.name, "verdict": "withdrawn"}

    return _append(home, reader, field, judged)


def reconsider(home: Home, field: str, one: str, other: str, reader: Reader) -> Entry:
    """Take back that two names were said to be of two: they may be suggested again."""
    one, other = _two(field, one, other)

    def judged(known: Aliases) -> dict[str, str]:
        if not known.are_different(field, one, other):
            text = _("'{written}' dan '{name}' tidak tercatat sebagai dua nama; muat ulang daftarnya.")
            raise AliasRefused(text, written=one, name=other)
        return {"field": field, "written": one, "name": other, "verdict": "reconsidered"}

    return _append(home, reader, field, judged)


def refuse_reader(reader: Reader) -> None:
    """AliasRefused unless this reader may say which names are one: that changes the numbers of everybody."""
    if not reader.may("name_aliases"):
        text = _("Peran {role} tidak boleh {act}; yang boleh: {roles}.")
        roles = tuple(ROLE_NAMES[role] for role in MAY["name_aliases"])
        raise AliasRefused(text, role=ROLE_NAMES[reader.role], act=_("menyatukan nama"), roles=roles)
    if reader.grant != EVERYTHING:
        raise AliasRefused(
            _("Satu nama berlaku bagi semua wilayah dan pemilik; hanya akun tanpa batas lingkup yang menyatukan nama.")
        )


def _append(home: Home, reader: Reader, field: str, judged: Callable[[Aliases], dict[str, str]]) -> Entry:
    """Judge and write, with nobody in between: an entry that came meanwhile is judged with."""
    refuse_reader(reader)
    if field not in FIELDS:
        raise AliasRefused(
            _("Jenis nama '{what}' tidak dikenal; pilih {fields}."), what=field, fields=", ".join(FIELDS)
        )
    is_demo = _shows_demo(home)
    for _attempt in range(ATTEMPTS):
        head = journal.head(home)
        facts = judged(_read(home, is_demo))
        with suppress(HeadMoved):
            return journal.append_after(home, head, "alias", facts | {"demo": is_demo}, reader)
    raise AliasRefused(_("Jurnal sedang ramai ditulis, jadi ini belum tercatat; coba lagi."))


def _read(home: Home, is_demo: bool) -> Aliases:
    """What an entry that this program did not write says does not count: the check of the chain names it."""
    in_force: dict[tuple[str, str], Alias] = {}
    different: dict[tuple[str, tuple[str, str]], Different] = {}
    for row in journal.rows_after(home, 0, ("alias",)):
        with suppress(msgspec.DecodeError, TypeError, ValueError, OverflowError, RecursionError):
            said = _SAID.decode(row["facts"])
            at = datetime.fromisoformat(row["at"]).astimezone(UTC)
            if said.demo != is_demo or said.name in (ALL, ANY):
                continue
            pair = (said.field, _pair(said.written, said.name))
            different.pop(pair, None)
            if said.verdict == "same":
                by = (row["number"], at, row["who"], row["role"], bool(row["is_authenticated"]))
                in_force[said.field, said.written] = Alias(said.field, said.written, said.name, *by)
            elif said.verdict == "withdrawn":
                in_force.pop((said.field, said.written), None)
            elif said.verdict == "different":
                different[pair] = Different(*pair, row["number"], at, row["who"])
    return Aliases(tuple(in_force.values()), tuple(different.values()))


_SAID = msgspec.json.Decoder(_Said)


def _shows_demo(home: Home) -> bool:
    from data.editions import current_edition  # which itself reads the aliases when it publishes

    edition = current_edition(home)
    return edition is not None and edition.meta["demo"] == "1"


def _end_of(written: str, names: Mapping[str, str]) -> str:
    """Where a chain of aliases ends. A circle is only in a journal tampered with."""
    seen = {written}
    while (following := names.get(written)) is not None and following not in seen:
        seen.add(following)
        written = following
    return written


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _cleaned(name: str) -> str:
    cleaned, plain = clean(name, paragraph=False), " ".join(name.split())
    # As the ledger has it: there a name may stand in decomposed letters, and only the same letters are found.
    name = plain if unicodedata.normalize("NFC", plain) == cleaned else cleaned
    if not name:
        raise AliasRefused(_("Nama masih kosong; isi kedua nama."))
    if len(name) > LONGEST or could_be_nik(name):
        text = _("Nama '{beginning}…' bukan nama instansi; tulis paling banyak {most} huruf tanpa nomor orang.")
        raise AliasRefused(text, beginning=name[:4], most=LONGEST)
    return name


def _refuse_mark(name: str) -> None:
    """As the import does: an edition would take it for all owners together, and a grant of it for all of them."""
    if name in (ALL, ANY):
        raise AliasRefused(_("Tanda '{name}' bukan nama; tulis nama lengkapnya."), name=name)


def _two(field: str, one: str, other: str) -> tuple[str, str]:
    """Two names as the journal pairs them; what is known of places, by its code."""
    one, other = _cleaned(one), _cleaned(other)
    return _pair(_unit_code(one), _unit_code(other)) if field == "wilayah" else _pair(one, other)


def _refuse_same(written: str, name: str) -> None:
    if written == name:
        raise AliasRefused(
            _("'{written}' dan '{name}' sudah sama; isi dua nama yang berbeda."), written=written, name=name
        )


def _refuse_known_place(field: str, written: str) -> None:
    """A place that is known by this spelling stays what it is, also as the unit of a target."""
    if field in ("wilayah", "unit") and (place := resolve_place(written)) is not None:
        text = _("'{written}' sudah dikenal sebagai {name}; alias hanya untuk ejaan yang belum dikenal.")
        raise AliasRefused(text, written=written, name=place.name)


def _place_code(name: str) -> str:
    place = resolve_place(name)
    if place is None:
        text = _("'{name}' bukan wilayah yang dikenal; tulis kode Kemendagri (16.71) atau nama lengkapnya.")
        raise AliasRefused(text, name=name)
    return place.code


def _unit_code(name: str) -> str:
    """A place by its code, as targets name it; a branch, a group or an owner by its name."""
    place = resolve_place(name)
    return name if place is None else place.code


def shown_name(field: str, name: str) -> str:
    """A name as people read it: a Kemendagri code as the place's."""
    place = all_places().get(name) if field in ("wilayah", "unit") else None
    return name if place is None else f"{place.name} ({place.code})"
