"""Signing in and out, and changing the own password: what the pages of the gate do."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive

from data import accounts, journal
from data.access import NOTHING, Reader
from data.accounts import Account
from data.attempts import wait_seconds
from data.config import Config
from data.errors import CakupanError
from data.home import Home
from data.keys import ensure_secret
from data.texts import translator
from identity import sign_in_page
from identity.addresses import SIGN_IN_PATH, Kind
from identity.asked import Asked, Refused, client_address, out_of_order
from identity.cookies import Cookies
from identity.forms import form_token, new_page_value, page_is_fresh, read_form, token_fits
from identity.sessions import Sessions
from identity.wanted import Wanted

if TYPE_CHECKING:
    from identity.oidc import Provider

# A guess costs 32 MiB and a tenth of a second of a core: two at a time leave the pages of others alone.
GUESSES_AT_ONCE = 2
GUESSES_WAITING = 100
# What somebody typed as a name may be a password; only a name that an account has is written down.
UNKNOWN = Reader("tidak dikenal", "", NOTHING, is_authenticated=False)


@dataclass(frozen=True)
class Caller:
    """Who asks for one of the pages: the account when signed in, the address that the throttle counts."""

    asked: Asked
    wanted: Wanted
    address: str
    owner: str | None
    account: Account | None


@dataclass(frozen=True)
class Guess:
    """What became of a name and a password: seconds to wait, or the account when they fit and its password's mark."""

    wait: int
    account: Account | None = None
    mark: str | None = None


class SignIn:
    """Answers /masuk, /keluar, /sandi and the way to the provider and back. `app` is what lies behind the gate."""

    def __init__(self, app: ASGIApp, home: Home, config: Config, sessions: Sessions, cookies: Cookies) -> None:
        self._home = home
        self._config = config
        self._sessions = sessions
        self._cookies = cookies
        self._guesses = CapacityLimiter(GUESSES_AT_ONCE)
        self._provider = _provider(app, home, config) if config.identity.mode == "oidc" else None

    async def answer(self, kind: Kind, asked: Asked, receive: Receive, owner: str | None) -> Response:
        """The page, or what follows from its form. `owner` is the id of the session of who asks."""
        try:
            account = self._sessions.account(owner) if owner else None
            address = client_address(asked, self._config)
            caller = Caller(asked, Wanted.of(asked), address, owner if account else None, account)
            if kind is Kind.SIGN_IN:
                return await (self._to_provider(caller) if self._provider else self._sign_in(caller, receive))
            if kind in (Kind.DEPARTURE, Kind.RETURN):
                return await (self._depart(caller) if kind is Kind.DEPARTURE else self._come_back(caller))
            if caller.account is None:
                return RedirectResponse(caller.wanted.address(SIGN_IN_PATH), 303, {"Cache-Control": "no-store"})
            if kind is Kind.SIGN_OUT:
                return await self._sign_out(caller, caller.account, receive)
            return await self._change_password(caller, caller.account, receive)
        except CakupanError as failed:
            raise out_of_order(failed) from failed

    async def _sign_in(self, caller: Caller, receive: Receive) -> Response:
        _ = translator(caller.wanted.language)
        if caller.asked.method != "POST":
            if caller.account is not None:
                return _go(caller.wanted.page)
            return self._sign_in_form(caller, notice=self._why_here(caller))
        form = await read_form(caller.asked, receive)
        name, password = form.get("nama", "").strip(), form.get("sandi", "")
        if not self._is_from_our_page(caller, "masuk", form):
            told = _("Halaman ini terlalu lama terbuka; masuk sekali lagi.")
            if caller.asked.cookie(self._cookies.page) is None:
                told = _("Halaman ini terlalu lama terbuka, atau peramban menolak kuki. Izinkan kuki, lalu masuk lagi.")
            return self._sign_in_form(caller, 400, name, told)
        guess = await self._guess(name, password, caller.address)
        if guess.wait:
            told = sign_in_page.too_many_attempts(guess.wait, caller.wanted.language)
            return self._sign_in_form(caller, 429, name, told, {"Retry-After": str(guess.wait)})
        if guess.account is None:
            await self._in_thread(self._note_refusal, name, caller.address)
            told = _("Nama akun atau kata sandi tidak cocok. Periksa lagi, atau hubungi pengelola Cakupan.")
            return self._sign_in_form(caller, 401, name, told)
        return await self._begin(guess.account, caller, "sign_in", guess.mark)

    async def _to_provider(self, caller: Caller) -> Response:
        if caller.asked.method == "POST":
            raise Refused(405, "Di sini orang masuk lewat penyedia identitas.")
        if caller.account is not None:
            return _go(caller.wanted.page)
        return self._provider_page(caller, 200, notice=self._why_here(caller))

    def _why_here(self, caller: Caller) -> str | None:
        """Who has left, or whose session has ended meanwhile, is told; who comes for the first time is not."""
        _ = translator(caller.wanted.language)
        if caller.wanted.has_left:
            return _("Anda sudah keluar.")
        if caller.asked.cookie(self._cookies.session):
            return _("Sesi Anda sudah berakhir; masuk lagi.")
        return None

    async def _depart(self, caller: Caller) -> Response:
        assert self._provider is not None
        try:
            response = await self._provider.depart(caller.asked.scope)
        except CakupanError as unreachable:
            return self._provider_page(caller, 503, error=str(unreachable))
        self._cookies.give_destination(response, caller.wanted.address("/"))
        return response

    async def _come_back(self, caller: Caller) -> Response:
        assert self._provider is not None
        kept = urlsplit(unquote(caller.asked.cookie(self._cookies.destination) or ""))
        caller = replace(caller, wanted=Wanted.from_query(kept.query))
        answer = await self._provider.come_back(caller.asked.scope)
        if answer.account is not None:
            response = await self._begin(answer.account, caller, "sign_in")
        else:
            known = answer.claimed if answer.refusal == "disabled" else None
            await self._in_thread(self._note_refusal, known or "", caller.address, reason=answer.refusal)
            error = sign_in_page.refusal(answer.refusal, answer.claimed, caller.wanted.language)
            response = self._provider_page(caller, 403, error=error)
        self._cookies.take(response, self._cookies.destination)
        self._provider.forget(response)
        return response

    def only_through_proxy(self, asked: Asked) -> Response:
        """What somebody sees whom the office's proxy does not name."""
        return self._page(sign_in_page.through_proxy(Wanted.of(asked)), 403)

    async def _sign_out(self, caller: Caller, account: Account, receive: Receive) -> Response:
        assert caller.owner is not None
        if caller.asked.method != "POST":
            token = form_token(self._form_key(), "keluar", caller.owner)
            return self._page(sign_in_page.sign_out(caller.wanted, account, token), 200)
        form = await read_form(caller.asked, receive)
        if not token_fits(self._form_key(), "keluar", caller.owner, form.get("token", "")):
            raise Refused(403, "Formulir tidak berasal dari halaman ini; muat ulang halaman.")
        await self._in_thread(self._close, caller.owner, account, caller.address)
        self._sessions.end(caller.owner)
        left = Wanted(caller.wanted.language, "/").address(SIGN_IN_PATH, has_left=True)
        response = _go(left)
        self._cookies.take(response, self._cookies.session)
        return response

    async def _change_password(self, caller: Caller, account: Account, receive: Receive) -> Response:
        assert caller.owner is not None
        if not account.has_password:
            raise Refused(404, "Akun ini masuk tanpa kata sandi Cakupan.")
        if caller.asked.method != "POST":
            return self._password_form(caller, account)
        _ = translator(caller.wanted.language)
        form = await read_form(caller.asked, receive)
        if not token_fits(self._form_key(), "sandi", caller.owner, form.get("token", "")):
            raise Refused(403, "Formulir tidak berasal dari halaman ini; muat ulang halaman.")
        old, new = form.get("sandi", ""), form.get("baru", "")
        if new != form.get("ulang", ""):
            return self._password_form(caller, account, 400, _("Kata sandi baru dan ulangannya berbeda."))
        if new == old:
            return self._password_form(
                caller, account, 400, _("Kata sandi baru sama dengan yang lama; pilih yang lain.")
            )
        if weakness := accounts.weakness_of(account.name, new):
            return self._password_form(caller, account, 400, sign_in_page.weakness(weakness, caller.wanted.language))
        guess = await self._guess(account.name, old, caller.address)
        if guess.wait:
            told = sign_in_page.too_many_attempts(guess.wait, caller.wanted.language)
            return self._password_form(caller, account, 429, told, {"Retry-After": str(guess.wait)})
        if guess.account is None:
            return self._password_form(caller, account, 401, _("Kata sandi sekarang tidak cocok."))
        mark = await self._in_thread(self._set_password, account.name, new, guess.mark, limiter=self._guesses)
        self._sessions.end_all_of(account.name)
        return await self._begin(guess.account, caller, "password_changed", mark)

    async def _guess(self, name: str, password: str, address: str) -> Guess:
        # Who has to wait anyway must not stand in the way of those who do not.
        if wait := await self._in_thread(wait_seconds, self._home, name, address, _now()):
            return Guess(wait)
        if self._guesses.statistics().tasks_waiting >= GUESSES_WAITING:
            raise Refused(503, "Terlalu banyak orang masuk pada saat yang sama; coba lagi sebentar lagi.")
        return await self._in_thread(self._compare, name, password, address, limiter=self._guesses)

    def _compare(self, name: str, password: str, address: str) -> Guess:
        """Counted when its turn comes: an office that signs in at nine behind one address has not guessed."""
        if wait := accounts.begin_attempt(self._home, name, address, _now()):
            return Guess(wait)
        mark = accounts.password_mark(self._home, name)
        account = accounts.password_fits(self._home, name, password)
        if account is not None:
            accounts.note_success(self._home, account.name, address, _now())
        return Guess(0, account, mark)

    def _set_password(self, name: str, new: str, mark: str | None) -> str:
        journal.require(self._home)
        return accounts.set_password(self._home, name, new, password_mark=mark)

    def _note_refusal(self, name: str, address: str, reason: str | None = None) -> None:
        account = accounts.find(self._home, name)
        who = UNKNOWN if account is None else Reader(account.name, account.role, NOTHING, is_authenticated=False)
        facts = self._facts(address) | ({"reason": reason} if reason else {})
        journal.append(self._home, "sign_in_refused", facts, who)

    def _open(self, account: Account, caller: Caller, kind: str, mark: str | None) -> str:
        """A new session and what belongs to it; the browser's former one, whoever's it was, is over."""
        if caller.owner is not None:
            accounts.end_session(self._home, caller.owner)
        journal.append(self._home, kind, self._facts(caller.address), account.reader())
        return accounts.open_session(self._home, account.name, caller.address, _now(), password_mark=mark)

    def _close(self, owner: str, account: Account, address: str) -> None:
        accounts.end_session(self._home, owner)
        journal.append(self._home, "sign_out", self._facts(address), account.reader())

    def _facts(self, address: str) -> dict[str, Any]:
        return {"address": address, "mode": self._config.identity.mode}

    def _is_from_our_page(self, caller: Caller, purpose: str, form: dict[str, str]) -> bool:
        page = caller.asked.cookie(self._cookies.page) or ""
        return page_is_fresh(page) and token_fits(self._form_key(), purpose, page, form.get("token", ""))

    def _sign_in_form(
        self,
        caller: Caller,
        status: int = 200,
        name: str = "",
        error: str | None = None,
        headers: dict[str, str] | None = None,
        *,
        notice: str | None = None,
    ) -> Response:
        page = caller.asked.cookie(self._cookies.page) or ""
        page = page if page_is_fresh(page) and status != 400 else new_page_value()
        token = form_token(self._form_key(), "masuk", page)
        body = sign_in_page.sign_in(caller.wanted, token, name=name, error=error, notice=notice)
        response = self._page(body, status, headers)
        self._cookies.give_page(response, page)
        return response

    def _provider_page(
        self, caller: Caller, status: int, *, error: str | None = None, notice: str | None = None
    ) -> Response:
        label = self._config.identity.oidc.label
        return self._page(sign_in_page.through_provider(caller.wanted, label, error=error, notice=notice), status)

    def _password_form(
        self,
        caller: Caller,
        account: Account,
        status: int = 200,
        error: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Response:
        assert caller.owner is not None
        token = form_token(self._form_key(), "sandi", caller.owner)
        return self._page(sign_in_page.change_password(caller.wanted, account, token, error=error), status, headers)

    def _page(self, body: str, status: int, headers: dict[str, str] | None = None) -> Response:
        return Response(body, status, {**sign_in_page.HEADERS, **(headers or {})}, "text/html; charset=utf-8")

    async def _begin(self, account: Account, caller: Caller, kind: str, mark: str | None = None) -> Response:
        token = await self._in_thread(self._open, account, caller, kind, mark)
        if caller.owner is not None:
            self._sessions.end(caller.owner)
        response = _go(caller.wanted.page)
        self._cookies.give_session(response, token)
        self._cookies.take(response, self._cookies.page)
        return response

    def _form_key(self) -> bytes:
        """Kept in the home, so that a form still fits after a restart and at another web server."""
        return ensure_secret(self._home, "forms.key")

    async def _in_thread(self, act: Any, *arguments: Any, limiter: CapacityLimiter | None = None, **named: Any) -> Any:
        """Off the loop: whatever waits for the disk or counts for long must not hold up everybody's pages."""
        return await to_thread.run_sync(partial(act, *arguments, **named), limiter=limiter)


def _provider(app: ASGIApp, home: Home, config: Config) -> "Provider":
    # Brings Streamlit's machinery of st.login along, which no other mode needs.
    from identity.oidc import Provider

    return Provider(app, home, config)


def _go(page: str) -> Response:
    return RedirectResponse(page, 303, {"Cache-Control": "no-store"})


def _now() -> datetime:
    return datetime.now(UTC)
