"""Settings of an installation: shipped defaults, replaced part by part by config.toml in the home."""

import tomllib
from pathlib import Path

import msgspec

from data.errors import CakupanError
from data.home import Home
from data.places import all_places

DEFAULTS = Path(__file__).parent / "reference" / "config.toml"


class Branch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A BPJS branch: a group of kabupaten/kota of work."""

    code: str
    name: str
    places: list[str]


class PlaceGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Kabupaten/kota shown as one place."""

    code: str
    name: str
    places: list[str]


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See data/reference/config.toml for what each setting means."""

    home_province: str
    personal_covers_project: bool
    registration_deadline_working_days: int
    denominator_sources: list[str]
    report_sources: list[str]
    branch: list[Branch]
    place_group: list[PlaceGroup]


def load_config(home: Home) -> Config:
    """Validated settings; CakupanError names what config.toml has wrong."""
    settings = tomllib.loads(DEFAULTS.read_text("utf-8"))
    if home.config_path.exists():
        settings |= _read_own(home.config_path)
    try:
        config = msgspec.convert(settings, Config)
    except msgspec.ValidationError as wrong:
        raise CakupanError(f"config.toml tidak dapat dipakai: {wrong}; perbaiki atau hapus bagian itu.") from wrong
    _refuse_unknown_places(config)
    _refuse_doubles("cabang", [branch.code for branch in config.branch])
    for branch in config.branch:
        _refuse_doubles(f"wilayah cabang {branch.code}", branch.places)
    return config


def _refuse_unknown_places(config: Config) -> None:
    named = [(config.home_province, ("provinsi",))]
    grouped = [*config.branch, *config.place_group]
    named += [(place, ("kabupaten", "kota")) for group in grouped for place in group.places]
    for code, kinds in named:
        place = all_places().get(code)
        if place is None or place.kind not in kinds:
            raise CakupanError(
                f"config.toml menyebut '{code}', padahal bukan kode Kemendagri {'/'.join(kinds)}; tulis seperti "
                f"{'16' if kinds == ('provinsi',) else '16.71'}."
            )


def _refuse_doubles(what: str, codes: list[str]) -> None:
    doubled = next((code for code in codes if codes.count(code) > 1), None)
    if doubled:
        raise CakupanError(f"config.toml menyebut {what} '{doubled}' dua kali; sisakan satu.")


def _read_own(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise CakupanError(f"config.toml bukan TOML yang sah: {broken}; perbaiki baris itu.") from broken
