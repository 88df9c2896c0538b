"""cakupan.py user: who may sign in, with what role and scope. The shell is the only place where accounts are made."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from difflib import get_close_matches
from getpass import getpass
from typing import Annotated, Any

import typer

from commands.reader import acting
from data.access import Reader
from data.errors import CakupanError
from data.home import JAKARTA, Home

app = typer.Typer(help="Akun: siapa boleh masuk, dengan peran dan lingkup apa.", no_args_is_help=True)

Name = Annotated[
    str, typer.Argument(metavar="NAMA", help="Nama akun, huruf kecil, mis. siti.aminah atau alamat surel.")
]
FullName = Annotated[str | None, typer.Option(help="Nama lengkap orangnya, paling banyak 100 huruf.")]
Places = Annotated[
    list[str] | None, typer.Option("--place", help="Kode Kemendagri (16.71; 00: nasional) atau nama; boleh berulang.")
]
Branches = Annotated[list[str] | None, typer.Option("--branch", help="Kode cabang di config.toml; boleh berulang.")]
Owners = Annotated[list[str] | None, typer.Option("--owner", help="Nama pemilik proyek; boleh berulang.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Baca kata sandi dari masukan standar.")]
Permanent = Annotated[
    bool, typer.Option("--permanent", help="Kata sandi ini boleh dipakai terus; bawaan: diganti saat masuk pertama.")
]
ROLE_HELP = "viewer, steward, branch, opd, payer, inspector atau admin."
START_HELP = "Halaman awal: pimpinan, cabang, asisten, opd, pembayar, inspektorat, petugas, pengelola."
# The word of --start for "as the role does".
AS_THE_ROLE = "peran"


@app.command()
def add(
    name: Name,
    role: Annotated[str, typer.Option(help=ROLE_HELP)],
    full_name: FullName = None,
    places: Places = None,
    branches: Branches = None,
    owners: Owners = None,
    start: Annotated[str | None, typer.Option(help=f"{START_HELP} Bawaan: menurut peran.")] = None,
    from_stdin: FromStdin = False,
    without_password: Annotated[
        bool, typer.Option("--no-password", help="Tanpa kata sandi: masuk lewat penyedia identitas atau proksi.")
    ] = False,
    permanent: Permanent = False,
) -> None:
    """Buat akun. Tanpa wilayah, cabang atau pemilik ia belum melihat angka apa pun."""
    from data import accounts

    home, reader = _begin()
    account = accounts.Account(
        name=accounts.account_key(name),
        full_name=full_name or name,
        role=role,
        places=_codes(places),
        branches=tuple(branches or ()),
        owners=tuple(owners or ()),
        start=_start(start),
        must_change_password=not (permanent or without_password),
    )
    accounts.refuse_wrong(home, account)
    password = None if without_password else _password(account.name, from_stdin=from_stdin)
    with _journaled(home, reader, "add", account.name, **_facts(account)):
        accounts.add(home, account, password)
    typer.echo(f"Akun '{account.name}' dibuat, peran {account.role}, {_scope_in_words(account)}.")
    _warn_of(home, account)


@app.command()
def change(
    name: Name,
    role: Annotated[str | None, typer.Option(help=ROLE_HELP)] = None,
    full_name: FullName = None,
    places: Places = None,
    branches: Branches = None,
    owners: Owners = None,
    start: Annotated[str | None, typer.Option(help=f"{START_HELP} {AS_THE_ROLE}: menurut peran.")] = None,
    clear_scope: Annotated[
        bool, typer.Option("--clear-scope", help="Kosongkan wilayah, cabang dan pemilik yang tidak disebut di sini.")
    ] = False,
) -> None:
    """Ubah peran, nama lengkap, lingkup atau awal. Wilayah, cabang, pemilik yang disebut menggantikan yang lama."""
    from data import accounts

    home, reader = _begin()
    before = _known(home, name)
    given: dict[str, Any] = {"places": _codes(places), "branches": branches, "owners": owners}
    fields: dict[str, Any] = {kind: tuple(codes or ()) for kind, codes in given.items() if codes or clear_scope}
    fields |= {key: value for key, value in (("role", role), ("full_name", full_name)) if value is not None}
    if start is not None:
        fields["start"] = _start(start)
    if not fields:
        raise CakupanError(f"Tidak ada yang diubah pada akun '{before.name}'; sebutkan --role, --place, --owner, …")
    with _journaled(home, reader, "change", before.name, **_changes(before, fields)):
        after = accounts.change(home, before.name, **fields)
    typer.echo(f"Akun '{after.name}' diubah: peran {after.role}, {_scope_in_words(after)}. Berlaku sekarang juga.")
    _warn_of(home, after)


@app.command()
def passwd(name: Name, from_stdin: FromStdin = False, permanent: Permanent = False) -> None:
    """Ganti kata sandi yang lupa atau bocor; sesi yang sedang terbuka berakhir."""
    from data import accounts

    home, reader = _begin()
    account = _known(home, name)
    password = _password(account.name, from_stdin=from_stdin)
    with _journaled(home, reader, "passwd", account.name):
        accounts.set_password(home, account.name, password, must_change=not permanent)
    typer.echo(f"Kata sandi akun '{account.name}' diganti; semua sesinya berakhir.")


@app.command()
def disable(name: Name) -> None:
    """Nonaktifkan akun: ia keluar sekarang juga dan tidak dapat masuk lagi. Akun tidak dihapus, jurnal menyebutnya."""
    from data import accounts

    home, reader = _begin()
    account = _known(home, name)
    with _journaled(home, reader, "disable", account.name):
        accounts.disable(home, account.name)
    typer.echo(f"Akun '{account.name}' dinonaktifkan; semua sesinya berakhir.")


@app.command()
def enable(name: Name) -> None:
    """Aktifkan lagi akun yang dinonaktifkan."""
    from data import accounts

    home, reader = _begin()
    account = _known(home, name)
    with _journaled(home, reader, "enable", account.name):
        accounts.enable(home, account.name)
    typer.echo(f"Akun '{account.name}' aktif lagi, peran {account.role}, {_scope_in_words(account)}.")


@app.command("list")
def list_accounts(as_json: Annotated[bool, typer.Option("--json", help="Keluaran JSON.")] = False) -> None:
    """Semua akun: peran, lingkup, keadaan, kapan terakhir masuk."""
    from data import accounts

    home, _ = _begin()
    found = accounts.accounts(home) if home.accounts_path.exists() else []
    if as_json:
        typer.echo(json.dumps([asdict(account) for account in found], ensure_ascii=False, indent=1, default=str))
        return
    if not found:
        typer.echo("Belum ada akun; buat dengan user add.")
    for account in found:
        typer.echo(
            f"{account.name:<24} {account.role:<10} {account.full_name:<28} {_scope_in_words(account)}  "
            f"{_state(account)}"
        )


@app.command("oidc-secret")
def oidc_secret() -> None:
    """Simpan rahasia klien dari penyedia OpenID Connect, dibaca dari masukan standar atau diketik tersembunyi."""
    from data.keys import keep_text_secret

    home, reader = _begin()
    secret = _typed("Rahasia klien: ")
    if not secret:
        raise CakupanError("Rahasia klien kosong; salin dari halaman pendaftaran aplikasi di penyedia identitas.")
    with _journaled(home, reader, "oidc_secret"):
        path = keep_text_secret(home, "oidc.secret", secret)
    typer.echo(f"Rahasia klien disimpan di {path}; berlaku sejak program dijalankan ulang.")


@app.command("proxy-key")
def proxy_key() -> None:
    """Buat kunci bersama bagi proksi tepercaya; kunci yang lama tidak berlaku lagi."""
    from secrets import token_urlsafe

    from data.keys import keep_text_secret

    home, reader = _begin()
    with _journaled(home, reader, "proxy_key"):
        path = keep_text_secret(home, "proxy.key", token_urlsafe(32))
    typer.echo(f"Kunci proksi ada di {path}; salin isinya ke pengaturan proksi, jangan ke surat atau pesan.")


def _begin() -> tuple[Home, Reader]:
    """Before anything is answered: whoever may not keep accounts learns nothing of them."""
    home = Home.from_environment()
    return home, acting(home, "keep_accounts")


def _known(home: Home, name: str) -> Any:
    from data import accounts

    account = accounts.find(home, name) if home.accounts_path.exists() else None
    if account is not None:
        return account
    names = [account.name for account in accounts.accounts(home)] if home.accounts_path.exists() else []
    near = get_close_matches(name.lower(), names)
    hint = f"mungkin {' / '.join(near)}" if near else "lihat nama akun dengan user list"
    raise CakupanError(f"Akun '{name}' tidak ada; {hint}.")


def _password(name: str, *, from_stdin: bool) -> str:
    """Typed twice, or the first line of standard input; never an argument, which others on the machine can read."""
    from data.accounts import refuse_weak_password

    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        password = getpass(f"Kata sandi baru untuk {name}: ")
        if password and getpass("Sekali lagi: ") != password:
            raise CakupanError("Kedua kata sandi tidak sama; ulangi perintahnya.")
    else:
        raise CakupanError("Tidak ada layar untuk mengetik kata sandi; pakai --password-stdin atau --no-password.")
    refuse_weak_password(name, password)
    return password


def _typed(prompt: str) -> str:
    return (getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()).strip()


def _codes(places: list[str] | None) -> tuple[str, ...]:
    """Places may be named; what is not known stays as it was typed, to be refused by that."""
    from data.places import resolve_place

    return tuple(found.code if (found := resolve_place(place)) else place for place in places or ())


def _start(text: str | None) -> str | None:
    return None if text == AS_THE_ROLE else text


@contextmanager
def _journaled(home: Home, reader: Reader, act: str, name: str | None = None, **facts: Any) -> Iterator[None]:
    """Nothing is done that cannot be written down; what failed is not."""
    from data import journal

    journal.require(home)
    yield
    named = {"account": name} if name else {}
    journal.append_done(home, "account", {"act": act} | named | facts, reader)


def _facts(account: Any) -> dict[str, Any]:
    """What the journal keeps of an account; never the full name, nor anything of the password."""
    kept = {key: list(getattr(account, key)) for key in ("places", "branches", "owners") if getattr(account, key)}
    return {"role": account.role, **kept, **({"start": account.start} if account.start else {})}


def _changes(before: Any, fields: dict[str, Any]) -> dict[str, Any]:
    """Old and new of what differs; of the full name only that it does."""
    changed = {key: value for key, value in fields.items() if getattr(before, key) != value}
    shown = {key: [getattr(before, key), value] for key, value in changed.items() if key != "full_name"}
    return {"changed": sorted(changed), **shown}


def _scope_in_words(account: Any) -> str:
    parts = (("wilayah", account.places), ("cabang", account.branches), ("pemilik", account.owners))
    named = [f"{kind} {', '.join(codes)}" for kind, codes in parts if codes]
    return "; ".join(named) if named else "tanpa lingkup"


def _state(account: Any) -> str:
    words = ["NONAKTIF"] if account.is_disabled else []
    words += [] if account.has_password else ["tanpa kata sandi"]
    seen = account.last_sign_in_at
    words.append(f"terakhir masuk {seen.astimezone(JAKARTA):%Y-%m-%d %H.%M} WIB" if seen else "belum pernah masuk")
    return ", ".join(words)


def _warn_of(home: Home, account: Any) -> None:
    """What is allowed and yet probably not meant."""
    from data.access import NOTHING
    from data.config import load_config

    if account.grant == NOTHING:
        typer.echo(
            f"Akun '{account.name}' belum punya lingkup, jadi tidak melihat angka apa pun; beri dengan user change "
            f"{account.name} --place, --branch atau --owner.",
            err=True,
        )
    if load_config(home).identity.mode == "local":
        typer.echo('Belum ada yang diminta masuk: identity.mode di config.toml masih "local".', err=True)
    for owner, near in _unknown_owners(home, account.owners):
        hint = f"mungkin {' / '.join(near)}" if near else "periksa ejaannya"
        typer.echo(f"Pemilik '{owner}' tidak punya proyek di edisi sekarang; {hint}.", err=True)


def _unknown_owners(home: Home, owners: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    from analytics import compute
    from data.editions import current_edition

    edition = current_edition(home) if owners else None
    if edition is None:
        return []
    known = [row["owner"] for row in compute.owners(edition, compute.NATION)]
    return [(owner, get_close_matches(owner, known)) for owner in owners if owner not in known]
