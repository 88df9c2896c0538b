"""How a file is delivered: when its data was true, and whether it is complete for a place or an owner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from data.cases import clean, could_be_nik
from data.errors import FileRefused
from data.importers.kinds import KINDS, Kind
from data.importers.masking import masked
from data.importers.meanings import NO_SPELLINGS, month_end
from data.places import name_key, nearest_places, resolve_place

MAX_SENDER_CHARS = 100


@dataclass(frozen=True)
class Delivery:
    """What the sender says of a file. data_as_of None: the file's own column, else the import date.

    sender: the office that sent it; None: not said.
    """

    data_as_of: date | None = None
    complete_for: str | None = None
    period: tuple[date, date] | None = None
    sender: str | None = None

    @property
    def says_nothing(self) -> bool:
        return self.data_as_of is None and self.complete_for is None

    @property
    def is_complete(self) -> bool:
        return self.complete_for is not None

    @property
    def states_position(self) -> bool:
        """Whether every row has the position of the delivery, or that which is told for it."""
        return self.data_as_of is not None or self.is_complete


@dataclass(frozen=True)
class Scope:
    """What a complete delivery is complete for: kind 'wilayah' with a Kemendagri code, or 'pemilik' with a name."""

    kind: str
    value: str


def read_delivery(
    data_as_of: date | None, complete_for: str | None, period: str | None, sender: str | None = None
) -> Delivery:
    """FileRefused when the period is none, or stands without a place or owner, or when the sender is no name."""
    if period is not None and complete_for is None:
        raise FileRefused(f"--period {period} hanya berlaku bersama --complete-for; sebutkan wilayah atau pemiliknya.")
    return Delivery(data_as_of, complete_for, read_period(period) if period else None, read_sender(sender))


def read_sender(text: str | None) -> str | None:
    """The name of an office on one line, None when blank; FileRefused when too long, or with what could be a NIK."""
    name = clean(text or "", paragraph=False)
    if len(name) > MAX_SENDER_CHARS or could_be_nik(name):
        raise FileRefused(
            f"Nama pengirim '{masked(name)[:30]}' bukan nama instansi; tulis paling banyak {MAX_SENDER_CHARS} huruf "
            "tanpa nomor orang."
        )
    return name or None


def read_period(text: str) -> tuple[date, date]:
    """First and last day of '2023-01..2024-12'."""
    try:
        first, last = (date.fromisoformat(f"{month}-01") for month in text.split(".."))
        last = month_end(last)
    except (ValueError, OverflowError):
        raise FileRefused(f"Periode '{text}' tidak terbaca; tulis seperti 2023-01..2024-12.") from None
    if last < first:
        raise FileRefused(f"Periode '{text}' berakhir sebelum mulai; tulis seperti 2023-01..2024-12.")
    return first, last


def refuse_incomplete_kinds(kinds: Iterable[Kind], delivery: Delivery) -> None:
    """Reports and estimates end nothing, so they cannot be complete."""
    for kind in kinds:
        if delivery.is_complete and not kind.may_be_complete:
            able = ", ".join(kind.name for kind in KINDS.values() if kind.may_be_complete)
            raise FileRefused(f"Jenis {kind.name} tidak dapat dikirim lengkap (--complete-for); hanya {able}.")


def resolve_scope(text: str, owners: Iterable[str], spellings: Mapping[str, str] = NO_SPELLINGS) -> Scope:
    """The place or known owner meant; FileRefused with suggestions when neither. `spellings`: confirmed, of places."""
    place = resolve_place(text)
    if code := place.code if place else spellings.get(name_key(text)):
        return Scope("wilayah", code)
    by_key = {name_key(owner): owner for owner in owners}
    if owner := by_key.get(name_key(text)):
        return Scope("pemilik", owner)
    names = nearest_places(text)
    hint = f"; wilayah terdekat: {', '.join(names)}" if names else ""
    raise FileRefused(
        f"'{masked(text)}' bukan wilayah atau pemilik proyek yang dikenal{hint}. Kirim dahulu data proyeknya."
    )


def period_of(delivery: Delivery, first_day: date | None, last_day: date | None, data_as_of: date) -> tuple[date, date]:
    """The days for which absence means ended: as told, else whole months of the dates in the file up to data_as_of."""
    if delivery.period:
        return delivery.period
    if first_day is None:
        raise FileRefused("Tidak ada tanggal untuk menentukan periode kiriman lengkap; sebutkan --period.")
    last = month_end(last_day) if last_day else data_as_of
    first = first_day.replace(day=1)
    if min(last, data_as_of) < first:
        raise FileRefused(
            f"Semua tanggal di berkas sesudah posisi data {data_as_of}; sebutkan --period atau --data-as-of."
        )
    return first, min(last, data_as_of)
