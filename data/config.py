"""Settings of an installation: shipped defaults, replaced part by part by config.toml in the home."""

import re
import tomllib
from datetime import date
from functools import lru_cache
from ipaddress import ip_address, ip_network
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from data.categories import PAYERS
from data.errors import CakupanError
from data.home import Home
from data.pack_kinds import Audience, Format
from data.places import all_places

DEFAULTS = Path(__file__).parent / "reference" / "config.toml"
# The notes that a rule may ask for, and whether one needs a threshold.
NOTES_WITH_RULE = {
    "headcount_low": True,
    "registered_at_payment": True,
    "contribution_short": True,
    "names_missing": False,
    "headcount_below_declared": True,
}
# A file beside config.toml, never one elsewhere on the machine; the extension says how Office files hold it.
EMBLEM_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,80}\.(png|jpg|jpeg)", re.IGNORECASE)
MOST = 10**15  # rupiah, persons or per cent: no threshold is larger
# How --schedule asks for all packs of a kind at once; no schedule may be called so.
HOW_OFTEN = {"weekly": "week", "monthly": "month"}
Days = Annotated[int, Meta(ge=0, le=36_500)]
Wording = Annotated[str, Meta(max_length=200)]


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


class ScheduledScope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a pack is of; not named: the home province, all owners, all funds."""

    place: str | None = None
    owner: str | None = None
    fund: str | None = None
    sector: str | None = None


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Meeting packs that cron makes: cakupan.py export --schedule asks for them by name or by how often they come."""

    name: str
    every: Literal["week", "month"]
    meeting: str
    audience: Audience
    formats: Annotated[list[Format], Meta(min_length=1)]
    folder: str
    scope: ScheduledScope = ScheduledScope()
    sections: list[str] = []
    language: Literal["id", "en"] = "id"


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is judged, or told beside a judgement, of projects whose work order is dated from `effective_from` on."""

    code: str
    kind: Literal["wajib", "catatan"]
    text: str
    text_en: str
    article: str
    effective_from: date
    assumption: bool
    demand: Literal["registration", "payment"] | None = None
    places: list[str] = []
    not_for_payers: list[str] = []
    threshold: Annotated[int, Meta(ge=0, le=MOST)] | Annotated[float, Meta(ge=0, le=MOST)] | None = None


class Oidc(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The office's OpenID Connect provider; its client secret lies in keys/."""

    metadata_url: str
    client_id: str
    label: str
    claim: str


class Proxy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A proxy that names the account in a header, believed from these addresses and with the shared key only."""

    header: str
    secret_header: str
    addresses: list[str]


class Identity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a reader proves a name, and how long that lasts."""

    mode: Literal["local", "password", "oidc", "proxy"]
    session_hours: Annotated[int, Meta(ge=1, le=24 * 31)]
    idle_minutes: Annotated[int, Meta(ge=1, le=60 * 24 * 31)]
    oidc: Oidc
    proxy: Proxy


class Server(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where this program listens, and what readers type."""

    address: str
    port: Annotated[int, Meta(ge=1, le=65_535)]
    public_url: str
    trusted_proxies: list[str]

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")


class Retention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many days things are kept; 0: for good."""

    uploads_days: Days
    logs_days: Days
    evidence_days: Days = 0


class LetterheadWording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who writes letters, who signs them and who gets a copy; `emblem` names a file of the home. Empty: left out."""

    government: Wording
    office: Wording
    address: Wording
    emblem: Wording
    city: Wording
    signer_office: Wording
    signer_name: Wording
    signer_number: Wording
    recipient: Wording
    copies: Annotated[list[Wording], Meta(max_length=20)]


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See data/reference/config.toml for what each setting means."""

    home_province: str
    personal_covers_project: bool
    registration_deadline_working_days: int
    denominator_sources: list[str]
    report_sources: list[str]
    branch: list[Branch]
    place_group: list[PlaceGroup]
    schedule: list[Schedule]
    rule: list[Rule]
    identity: Identity
    server: Server
    retention: Retention
    letterhead: LetterheadWording


def current_config(home: Home) -> Config:
    """The same as load_config, read again only when the file has changed: cheap enough for every request."""
    try:
        stat = home.config_path.stat()
    except FileNotFoundError:
        return _config_as_of(home, None)
    return _config_as_of(home, (stat.st_mtime_ns, stat.st_size, stat.st_ino))


@lru_cache(maxsize=32)
def _config_as_of(home: Home, _state: tuple[int, int, int] | None) -> Config:
    return load_config(home)


def refuse_open_address(config: Config, address: str) -> None:
    """CakupanError when the server would listen to others than this machine although nobody has to sign in."""
    if config.identity.mode != "local" or is_loopback(address):
        return
    raise CakupanError(
        f"Alamat '{address}' terbuka bagi komputer lain, padahal identity.mode = \"local\" tidak meminta siapa pun "
        "masuk; atur identity.mode ke password, oidc atau proxy di config.toml, atau pakai alamat 127.0.0.1."
    )


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches the address. An empty one means every address: no."""
    if address.lower() == "localhost":
        return True
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def load_config(home: Home) -> Config:
    """Validated settings; CakupanError names what config.toml has wrong."""
    settings = tomllib.loads(DEFAULTS.read_text("utf-8"))
    if home.config_path.exists():
        settings = _merged(settings, _read_own(home.config_path))
    try:
        config = msgspec.convert(settings, Config)
    except msgspec.ValidationError as wrong:
        raise CakupanError(f"config.toml tidak dapat dipakai: {wrong}; perbaiki atau hapus bagian itu.") from wrong
    _refuse_unknown_places(config)
    _refuse_doubles("cabang", [branch.code for branch in config.branch])
    for branch in config.branch:
        _refuse_doubles(f"wilayah cabang {branch.code}", branch.places)
    _refuse_doubles("aturan", [rule.code for rule in config.rule])
    for rule in config.rule:
        _refuse_bad_rule(rule)
    _refuse_doubles("jadwal", [schedule.name for schedule in config.schedule])
    for schedule in config.schedule:
        _refuse_bad_schedule(config, schedule)
    _refuse_same_files(config.schedule)
    _refuse_half_identity(config)
    _refuse_bad_addresses(config)
    _refuse_bad_letterhead(config.letterhead)
    return config


def _merged(defaults: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Tables key by key; lists and values are replaced whole."""
    both_tables = {
        key: _merged(defaults[key], value)
        for key, value in own.items()
        if isinstance(value, dict) and isinstance(defaults.get(key), dict)
    }
    return defaults | own | both_tables


def _refuse_half_identity(config: Config) -> None:
    mode, oidc, proxy = config.identity.mode, config.identity.oidc, config.identity.proxy
    needed = {
        "oidc": {
            "identity.oidc.metadata_url": oidc.metadata_url,
            "identity.oidc.client_id": oidc.client_id,
            "identity.oidc.claim": oidc.claim,
            "server.public_url": config.server.public_url,
        },
        "proxy": {
            "identity.proxy.header": proxy.header,
            "identity.proxy.secret_header": proxy.secret_header,
            "identity.proxy.addresses": proxy.addresses,
        },
    }
    for setting, value in needed.get(mode, {}).items():
        if not value:
            raise CakupanError(f'config.toml memilih identity.mode "{mode}" tanpa {setting}; isi dahulu.')
    metadata = urlsplit(oidc.metadata_url)
    if mode == "oidc" and metadata.scheme != "https" and not is_loopback(metadata.hostname or ""):
        raise CakupanError(f"config.toml menyebut metadata_url '{oidc.metadata_url}'; alamat penyedia harus https.")


def _refuse_bad_addresses(config: Config) -> None:
    url = urlsplit(config.server.public_url)
    is_whole = url.scheme in ("http", "https") and url.hostname and url.path in ("", "/") and not url.query
    if config.server.public_url and not is_whole:
        raise CakupanError(
            f"config.toml menyebut public_url '{config.server.public_url}'; tulis seperti https://cakupan.contoh.go.id."
        )
    for address in (*config.server.trusted_proxies, *config.identity.proxy.addresses):
        try:
            ip_network(address)
        except ValueError as wrong:
            raise CakupanError(
                f"config.toml menyebut '{address}', padahal bukan alamat IP; tulis seperti 10.1.2.3 atau 10.1.2.0/24."
            ) from wrong


def _refuse_bad_letterhead(wording: LetterheadWording) -> None:
    if wording.emblem and EMBLEM_NAME.fullmatch(wording.emblem) is None:
        raise CakupanError(
            f"config.toml menyebut emblem '{wording.emblem}'; tulis nama berkas PNG atau JPG di CAKUPAN_HOME tanpa "
            'folder, seperti "lambang.png".'
        )
    texts = [getattr(wording, field) for field in wording.__struct_fields__ if field != "copies"]
    for text in (*texts, *wording.copies):
        if not text.isprintable():
            raise CakupanError(
                f"config.toml menyebut {text!r} pada [letterhead], padahal memuat ganti baris atau tanda tersembunyi; "
                "tulis sebaris teks biasa."
            )


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


def _refuse_bad_rule(rule: Rule) -> None:
    if re.fullmatch(r"[a-z0-9_]+", rule.code) is None:
        raise CakupanError(f"config.toml menyebut aturan '{rule.code}'; pakai huruf kecil, angka dan garis bawah.")
    if (rule.kind == "wajib") != (rule.demand is not None):
        needed = 'perlu demand = "registration" atau "payment"' if rule.kind == "wajib" else "tidak memakai demand"
        raise CakupanError(f"config.toml tidak dapat dipakai: aturan '{rule.code}' ({rule.kind}) {needed}.")
    if rule.kind == "catatan":
        _refuse_bad_note(rule)
    for place in rule.places:
        if place not in all_places():
            raise CakupanError(
                f"config.toml menyebut '{place}' pada aturan '{rule.code}', bukan kode Kemendagri; tulis seperti 16."
            )
    for payer in rule.not_for_payers:
        if payer not in PAYERS:
            raise CakupanError(
                f"config.toml menyebut pembayar '{payer}' pada aturan '{rule.code}'; pilih: {', '.join(PAYERS)}."
            )


def _refuse_bad_schedule(config: Config, schedule: Schedule) -> None:
    told = f"jadwal '{schedule.name}'"
    if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", schedule.name) is None or schedule.name in HOW_OFTEN:
        raise CakupanError(
            f"config.toml menyebut {told}; pakai huruf kecil, angka dan tanda hubung, selain {' dan '.join(HOW_OFTEN)}."
        )
    if not schedule.meeting.strip() or not schedule.meeting.isprintable():
        raise CakupanError(f"config.toml menyebut {told} tanpa nama rapat yang dapat dibaca; isi meeting.")
    if not Path(schedule.folder).is_absolute():
        raise CakupanError(
            f"config.toml menyebut folder '{schedule.folder}' pada {told}; tulis utuh, seperti /srv/bahan-rapat."
        )
    groups = [f"branch:{branch.code}" for branch in config.branch]
    groups += [f"group:{group.code}" for group in config.place_group]
    place = schedule.scope.place
    if place is not None and place not in all_places() and place not in groups:
        raise CakupanError(
            f"config.toml menyebut '{place}' pada {told}, padahal bukan kode Kemendagri, cabang atau kelompok yang "
            "dikenal; tulis seperti 16.71 atau branch:palembang."
        )


def _refuse_same_files(schedules: list[Schedule]) -> None:
    """Files are named after meeting, day and scope: of two schedules the later would overwrite what the first wrote."""
    for one, other in combinations(schedules, 2):
        if _named_after(one) == _named_after(other) and {*one.formats} & {*other.formats}:
            raise CakupanError(
                f"config.toml menyebut jadwal '{one.name}' dan '{other.name}' yang menulis berkas senama ke "
                f"{one.folder}; bedakan meeting, folder atau formats."
            )


def _named_after(schedule: Schedule) -> tuple[str | None, ...]:
    scope = schedule.scope
    return schedule.folder, schedule.meeting.casefold(), scope.place, scope.owner, scope.fund


def _refuse_bad_note(rule: Rule) -> None:
    if rule.code not in NOTES_WITH_RULE:
        raise CakupanError(
            f"config.toml menyebut catatan '{rule.code}', padahal tidak dikenal; pilih: {', '.join(NOTES_WITH_RULE)}."
        )
    if NOTES_WITH_RULE[rule.code] != (rule.threshold is not None):
        needed = "perlu threshold" if NOTES_WITH_RULE[rule.code] else "tidak memakai threshold"
        raise CakupanError(f"config.toml tidak dapat dipakai: catatan '{rule.code}' {needed}.")


def _refuse_doubles(what: str, codes: list[str]) -> None:
    doubled = next((code for code in codes if codes.count(code) > 1), None)
    if doubled:
        raise CakupanError(f"config.toml menyebut {what} '{doubled}' dua kali; sisakan satu.")


def _read_own(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise CakupanError(f"config.toml bukan TOML yang sah: {broken}; perbaiki baris itu.") from broken
