"""The pages for signing in and out and for a new password, as HTML. No script, nothing fetched, nothing of the data."""

import base64
import hashlib
from html import escape
from pathlib import Path
from string import Template

from data.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD, Account, Weakness
from data.texts import translator
from identity.addresses import PASSWORD_PATH, PROVIDER_START_PATH, SIGN_IN_PATH, SIGN_OUT_PATH
from identity.wanted import Wanted

HERE = Path(__file__).parent
STYLE = (HERE / "sign_in_page.css").read_text("utf-8")
TEMPLATE = Template((HERE / "sign_in_page.html").read_text("utf-8"))
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
}
OTHER_LANGUAGE = {"id": ("en", "English"), "en": ("id", "Bahasa Indonesia")}


def sign_in(wanted: Wanted, token: str, *, name: str = "", error: str | None = None, notice: str | None = None) -> str:
    """The form for name and password. `error` says why an attempt failed, never whether there is such an account."""
    _ = translator(wanted.language)
    fields = [
        _field(_("Nama akun"), "nama", "username", value=name, is_first=not name, is_wrong=error is not None),
        _field(_("Kata sandi"), "sandi", "current-password", is_first=bool(name), is_wrong=error is not None),
    ]
    form = _form(wanted.address(SIGN_IN_PATH), token, fields, _("Masuk"))
    content = _told(wanted.language, error=error, notice=notice) + form
    return _page(wanted, SIGN_IN_PATH, _("Masuk"), content, has_failed=error is not None)


def through_provider(wanted: Wanted, label: str, *, error: str | None = None, notice: str | None = None) -> str:
    """The way to the provider that knows the reader's password; `label` is its name on the button."""
    _ = translator(wanted.language)
    button = _("Masuk dengan {provider}").format(provider=label)
    address = escape(wanted.address(PROVIDER_START_PATH))
    way = f'<p class="way"><a class="button" href="{address}">{escape(button)}</a></p>'
    content = _told(wanted.language, error=error, notice=notice) + way
    return _page(wanted, SIGN_IN_PATH, _("Masuk"), content, has_failed=error is not None)


def refusal(reason: str | None, claimed: str | None, language: str) -> str:
    """Why somebody who came back from the provider is not signed in, told to that person only."""
    _ = translator(language)
    told = {
        "not_verified": _("{name} belum diverifikasi pada penyedia identitas; verifikasi di sana, lalu coba lagi."),
        "unknown_account": _("Belum ada akun Cakupan untuk {name}; minta pengelola Cakupan membuatkannya."),
        "disabled": _("Akun {name} dinonaktifkan; hubungi pengelola Cakupan."),
    }
    refused = _("Penyedia identitas tidak mengizinkan, atau halamannya terlalu lama terbuka. Coba sekali lagi.")
    return told.get(reason or "", refused).format(name=claimed)


def through_proxy(wanted: Wanted) -> str:
    """Nobody signs in here: the office's proxy has to say who asks."""
    _ = translator(wanted.language)
    told = _(
        "Cakupan di kantor ini dibuka lewat portal kantor. Bila Anda sudah masuk di sana, minta pengelola Cakupan "
        "membuatkan akun untuk Anda."
    )
    return _page(wanted, wanted.page, _("Belum dikenal"), f"<p>{escape(told)}</p>")


def sign_out(wanted: Wanted, account: Account, token: str) -> str:
    """One button: a link alone ends no session, for any page of any site can hold one."""
    _ = translator(wanted.language)
    who = _("Anda masuk sebagai {name}.").format(name=account.full_name)
    form = _form(wanted.address(SIGN_OUT_PATH), token, [], _("Keluar"))
    content = f"<p>{escape(who)}</p>" + form + _other(wanted.page, _("Kembali"))
    return _page(wanted, SIGN_OUT_PATH, _("Keluar dari Cakupan?"), content)


def change_password(wanted: Wanted, account: Account, token: str, *, error: str | None = None) -> str:
    """The form for another password; without a way round it when an administrator chose the present one."""
    _ = translator(wanted.language)
    hint = _("Paling sedikit {count} karakter, mis. empat kata acak.").format(count=SHORTEST_PASSWORD)
    fields = [
        # Not shown as a field to fill in, but password managers look here for whose password it is.
        f'<input type="text" name="nama" value="{escape(account.name)}" autocomplete="username" readonly hidden>',
        _field(_("Kata sandi sekarang"), "sandi", "current-password", is_first=True, is_wrong=error is not None),
        _field(_("Kata sandi baru"), "baru", "new-password", hint=hint, is_wrong=error is not None),
        _field(_("Ulangi kata sandi baru"), "ulang", "new-password", is_wrong=error is not None),
    ]
    who = _("Untuk akun {name}.").format(name=account.name)
    if account.must_change_password:
        who = _("Kata sandi akun {name} dipilih oleh pengelola. Pilih kata sandi sendiri untuk melanjutkan.")
        who = who.format(name=account.name)
    form = _form(wanted.address(PASSWORD_PATH), token, fields, _("Simpan"))
    way_back = (SIGN_OUT_PATH, _("Keluar")) if account.must_change_password else (wanted.page, _("Batal"))
    content = f"<p>{escape(who)}</p>{_told(wanted.language, error=error)}{form}{_other(*way_back)}"
    return _page(wanted, PASSWORD_PATH, _("Ganti kata sandi"), content, has_failed=error is not None)


def weakness(reason: Weakness, language: str) -> str:
    """Why a new password does not do."""
    _ = translator(language)
    told = {
        "short": _("Kata sandi baru terlalu pendek; pakai paling sedikit {shortest} karakter, mis. empat kata acak."),
        "long": _("Kata sandi baru terlalu panjang; pakai paling banyak {longest} karakter."),
        "plain": _("Kata sandi baru sama dengan nama akun atau mengulang karakter yang sama; pilih yang lain."),
    }
    return told[reason].format(shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD)


def too_many_attempts(seconds: int, language: str) -> str:
    """How long to wait after too many failures."""
    _ = translator(language)
    return _("Terlalu banyak percobaan. Coba lagi dalam {duration}.").format(duration=duration(seconds, language))


def duration(seconds: int, language: str) -> str:
    """A waiting time in words, never shorter than it is."""
    _ = translator(language)
    if seconds <= 90:
        return _.plural("{count} detik", seconds).format(count=seconds)
    minutes = -(-seconds // 60)
    if minutes <= 90:
        return _.plural("{count} menit", minutes).format(count=minutes)
    hours = -(-minutes // 60)
    return _.plural("{count} jam", hours).format(count=hours)


def _page(wanted: Wanted, path: str, heading: str, content: str, *, has_failed: bool = False) -> str:
    _ = translator(wanted.language)
    code, name = OTHER_LANGUAGE[wanted.language]
    address = wanted.address(path, language=code)
    title = f"{heading} – Cakupan"
    return TEMPLATE.substitute(
        language=wanted.language,
        # A screen reader says the title first.
        title=escape(_("Belum berhasil: {title}").format(title=title) if has_failed else title),
        style=STYLE,
        heading=escape(heading),
        content=content,
        footer=f'<a href="{escape(address)}" hreflang="{code}" lang="{code}">{escape(name)}</a>',
    )


def _form(address: str, token: str, fields: list[str], button: str) -> str:
    kept = f'<input type="hidden" name="token" value="{escape(token)}">'
    inside = kept + "".join(fields) + f"<button>{escape(button)}</button>"
    return f'<form method="post" action="{escape(address)}">{inside}</form>'


def _field(
    label: str,
    name: str,
    autocomplete: str,
    *,
    value: str = "",
    hint: str | None = None,
    is_first: bool = False,
    is_wrong: bool = False,
) -> str:
    # An account's name is no word to be corrected or capitalised.
    kind = 'type="password"' if name != "nama" else 'type="text" autocapitalize="none" spellcheck="false"'
    described = [id_ for id_, is_there in (("salah", is_wrong), (f"ket-{name}", hint is not None)) if is_there]
    attributes = [
        kind,
        f'id="{name}" name="{name}" autocomplete="{autocomplete}" maxlength="256" required',
        f'value="{escape(value)}"' if value else "",
        f'aria-describedby="{" ".join(described)}"' if described else "",
        'aria-invalid="true"' if is_wrong else "",
        "autofocus" if is_first else "",
    ]
    told = f'<p class="hint" id="ket-{name}">{escape(hint)}</p>' if hint else ""
    inside = " ".join(filter(None, attributes))
    return f'<div class="field"><label for="{name}">{escape(label)}</label><input {inside}>{told}</div>'


def _told(language: str, *, error: str | None = None, notice: str | None = None) -> str:
    _ = translator(language)
    if error:
        failed = _("Belum berhasil.")
        return f'<p class="told error" id="salah" role="alert"><b>{escape(failed)}</b> {escape(error)}</p>'
    return f'<p class="told" role="status">{escape(notice)}</p>' if notice else ""


def _other(address: str, name: str) -> str:
    return f'<p class="other"><a href="{escape(address)}">{escape(name)}</a></p>'
