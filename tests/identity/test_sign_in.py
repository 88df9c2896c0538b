"""The pages for signing in and out and for a new password, as a browser meets them."""

import asyncio
import base64
import hashlib
import re
import threading
from typing import Any

import pytest

from data import accounts, journal
from data.accounts import Account
from data.attempts import ADDRESS, PAIR
from data.home import Home
from identity import forms, sign_in
from identity.gate import Gate
from tests.identity.asgi import HTML, Answer, ask, asked, form
from tests.identity.conftest import PASSWORD

SESSION, PAGE = "cakupan_sesi", "cakupan_formulir"


def token_of(answer: Answer) -> str:
    found = re.search(r'name="token" value="([0-9a-f]{64})"', answer.body)
    assert found, answer.body
    return found[1]


def fill_in(front: Gate, name: str, password: str, path: str = "/masuk", cookie: str = "", **more: Any) -> Answer:
    """Open the sign-in page as a new browser and send its form."""
    page = ask(front, path)
    cookies = f"{PAGE}={page.cookie(PAGE)}" + (f"; {cookie}" if cookie else "")
    return ask(front, path, **form({"token": token_of(page), "nama": name, "sandi": password}, cookies, **more))


def journaled(home: Home, kind: str) -> list[tuple[str, bool, dict[str, Any]]]:
    return [(entry.who, entry.is_authenticated, entry.facts) for entry in journal.entries(home, kind=kind)]


@pytest.fixture
def fresh(gated: Any, tmp_path: Any) -> tuple[Home, Gate]:
    """An own home with siti in it, for what counts attempts or changes the account."""
    home = Home(tmp_path)
    accounts.add(home, Account("siti", "Siti Aminah", "viewer", places=("16",)), PASSWORD)
    return home, gated(home, '[identity]\nmode = "password"\n')[0]


def test_name_and_password_open_a_session_and_lead_to_the_page_that_was_asked_for(fresh: Any) -> None:
    home, front = fresh
    answer = fill_in(front, " Siti ", PASSWORD, "/masuk?next=%2Fperbandingan%3Fplace%3D16.71")
    assert (answer.status, answer.said("location")) == (303, "/perbandingan?place=16.71")
    (set_session,) = [line for line in answer.all_said("set-cookie") if line.startswith(SESSION)]
    assert set(set_session.split("; ")[1:]) == {"HttpOnly", "Path=/", "SameSite=lax"}
    cookie = {"cookie": f"{SESSION}={answer.cookie(SESSION)}"}
    assert ask(front, "/", headers=cookie).status == 200
    assert journaled(home, "sign_in") == [("siti", True, {"address": "127.0.0.1", "mode": "password"})]


def test_under_https_the_cookies_are_bound_to_the_host(gated: Any, shared_home: Any) -> None:
    settings = '[identity]\nmode = "password"\n[server]\npublic_url = "https://cakupan.contoh.go.id"\n'
    front, _ = gated(shared_home, settings)
    (line,) = ask(front, "/masuk", headers={"host": "cakupan.contoh.go.id"}).all_said("set-cookie")
    assert line.startswith("__Host-cakupan_formulir=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(line.split("; "))
    assert "Domain" not in line


def test_a_wrong_password_and_an_unknown_name_are_told_alike(fresh: Any) -> None:
    home, front = fresh
    wrong, unknown = fill_in(front, "siti", "salah salah salah"), fill_in(front, "bukan siti", "salah salah salah")
    assert wrong.status == unknown.status == 401
    assert "Nama akun atau kata sandi tidak cocok." in wrong.body
    assert scrubbed(wrong.body, "siti") == scrubbed(unknown.body, "bukan siti")
    assert wrong.cookie(SESSION) == unknown.cookie(SESSION) == ""
    # What was typed as a name may be a password: it is not written down.
    facts = {"address": "127.0.0.1", "mode": "password"}
    assert journaled(home, "sign_in_refused") == [("tidak dikenal", False, facts), ("siti", False, facts)]
    assert "bukan siti" not in home.journal_path.read_bytes().decode("latin-1")


def scrubbed(body: str, name: str) -> str:
    return re.sub(r'value="[0-9a-f]{64}"', "", body).replace(f'value="{name}"', "")


def test_a_disabled_account_is_told_the_same(fresh: Any) -> None:
    home, front = fresh
    accounts.disable(home, "siti")
    answer = fill_in(front, "siti", PASSWORD)
    assert answer.status == 401
    assert "Nama akun atau kata sandi tidak cocok." in answer.body


def test_after_some_failures_even_the_right_password_has_to_wait(fresh: Any) -> None:
    _, front = fresh
    statuses = [fill_in(front, "siti", "salah salah salah").status for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    answer = fill_in(front, "siti", PASSWORD, "/masuk?lang=en")
    assert answer.status == 429
    assert 0 < int(answer.said("retry-after")) <= 60
    assert re.search(r"Too many attempts\. Try again in \d+ seconds\.", answer.body)
    assert answer.cookie(SESSION) == ""


def test_a_form_from_nowhere_and_a_form_of_another_browser_sign_nobody_in(fresh: Any) -> None:
    _, front = fresh
    page, other = ask(front, "/masuk"), ask(front, "/masuk")
    fields = {"nama": "siti", "sandi": PASSWORD}
    for token, cookie in (
        ("", f"{PAGE}={page.cookie(PAGE)}"),
        ("0" * 64, f"{PAGE}={page.cookie(PAGE)}"),
        (token_of(page), ""),
        (token_of(page), f"{PAGE}={other.cookie(PAGE)}"),
        (token_of(page), f"{PAGE}={page.cookie(PAGE)}; {PAGE}={other.cookie(PAGE)}"),
    ):
        answer = ask(front, "/masuk", **form(fields | {"token": token}, cookie))
        assert (answer.status, answer.cookie(SESSION)) == (400, "")
        assert "Halaman ini terlalu lama terbuka" in answer.body


def test_a_page_that_lay_open_for_hours_asks_once_more(fresh: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _, front = fresh
    page = ask(front, "/masuk")
    monkeypatch.setattr(forms, "PAGE_SECONDS", -1)
    fields = {"token": token_of(page), "nama": "siti", "sandi": PASSWORD}
    assert ask(front, "/masuk", **form(fields, f"{PAGE}={page.cookie(PAGE)}")).status == 400


@pytest.mark.parametrize("cookie", ["\xb2.abc", "1.2.3", ".", "\u0661".encode().decode("latin-1"), "9" * 20])
def test_a_page_cookie_that_nobody_gave_is_replaced(fresh: Any, cookie: str) -> None:
    answer = ask(fresh[1], "/masuk", headers={"cookie": f"{PAGE}={cookie}"})
    assert (answer.status, len(answer.cookie(PAGE).partition(".")[2])) == (200, 22)


def test_a_browser_without_cookies_is_told_so(fresh: Any) -> None:
    _, front = fresh
    fields = {"token": token_of(ask(front, "/masuk")), "nama": "siti", "sandi": PASSWORD}
    assert "peramban menolak kuki" in ask(front, "/masuk", **form(fields)).body


def test_a_stranger_is_not_told_where_the_files_lie(fresh: Any, caplog: pytest.LogCaptureFixture) -> None:
    home, front = fresh
    for path in home.root.glob("accounts.sqlite*"):
        path.unlink()
    home.accounts_path.write_bytes(b"no database at all" * 100)
    answer = ask(front, "/", headers={"cookie": f"{SESSION}=anything"})
    assert answer.status == 503
    assert str(home.root) not in answer.body
    assert f"{home.accounts_path} tidak dapat dibaca; pulihkan dari cadangan." in caplog.text


def test_another_sites_form_signs_nobody_in(fresh: Any) -> None:
    _, front = fresh
    assert fill_in_status(front, origin="http://evil.example") == 403
    assert fill_in_status(front, origin="null") == 403


def fill_in_status(front: Gate, **headers: str) -> int:
    return fill_in(front, "siti", PASSWORD, **headers).status


def test_a_session_that_somebody_put_into_the_browser_is_not_taken_up(fresh: Any) -> None:
    _, front = fresh
    planted = "planted" * 6
    answer = fill_in(front, "siti", PASSWORD, cookie=f"{SESSION}={planted}")
    assert answer.cookie(SESSION) not in ("", planted)
    assert ask(front, "/", headers={"cookie": f"{SESSION}={planted}"}).status == 401


def test_signing_in_again_ends_the_session_before(fresh: Any) -> None:
    _, front = fresh
    before = f"{SESSION}={fill_in(front, 'siti', PASSWORD).cookie(SESSION)}"
    page = ask(front, "/masuk")
    fields = {"token": token_of(page), "nama": "siti", "sandi": PASSWORD}
    again = ask(front, "/masuk", **form(fields, f"{PAGE}={page.cookie(PAGE)}; {before}"))
    assert again.cookie(SESSION) not in ("", before)
    assert ask(front, "/", headers={"cookie": before}).status == 401


def test_who_is_signed_in_is_not_asked_again(password_gate: Any, signed_in: Any) -> None:
    answer = ask(password_gate[0], "/masuk?next=%2Fperbandingan", headers=signed_in("siti"))
    assert (answer.status, answer.said("location")) == (303, "/perbandingan")


@pytest.mark.parametrize(
    "wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "/masuk", "%0d%0aX: y"]
)
def test_nobody_is_led_elsewhere_afterwards(password_gate: Any, wanted: str) -> None:
    answer = fill_in(password_gate[0], "siti", PASSWORD, f"/masuk?next={wanted}")
    assert answer.said("location") == "/"


def test_a_name_that_looks_like_html_stays_a_name(password_gate: Any) -> None:
    answer = fill_in(password_gate[0], '"><script>alert(1)</script>', "x" * 12)
    assert "<script>" not in answer.body
    assert "&lt;script&gt;" in answer.body


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"nama=siti&sandi=" + b"x" * 1025, {}, 400),
        (b"nama=siti&sandi=" + b"x" * 9000, {}, 413),
        (b"nama=siti", {"content-length": "9000"}, 413),
        (b"nama=siti", {"content-length": "999999999999999999999"}, 413),
        (b"nama=siti", {"content-length": "-1"}, 413),
        (b"nama=siti", {"content-length": "abc"}, 413),
        (b"nama=siti&nama=tono", {}, 400),
        (b"nama=%ff%fe", {}, 400),
        (b"nama=\xff", {}, 400),
        (b"&".join(b"a%d=1" % count for count in range(9)), {}, 400),
        (b'{"nama": "siti"}', {"content-type": "application/json"}, 415),
        (b"", {"content-type": "multipart/form-data; boundary=x"}, 415),
        (b"", {"content-type": "text/plain"}, 415),
    ],
)
def test_a_form_that_no_page_of_ours_sends_is_refused_early(
    password_gate: Any, body: bytes, headers: dict[str, str], status: int
) -> None:
    said = form({})["headers"] | {"content-length": str(len(body))} | headers
    assert ask(password_gate[0], "/masuk", "POST", said, body).status == status


def test_the_pages_run_no_script_and_are_kept_in_no_cache(password_gate: Any, signed_in: Any) -> None:
    for path, cookie in (("/masuk", {}), ("/keluar", signed_in("siti")), ("/sandi", signed_in("dewi"))):
        answer = ask(password_gate[0], path, headers=cookie)
        assert answer.status == 200
        assert answer.said("cache-control") == "no-store"
        policy = answer.said("content-security-policy")
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "script" not in answer.body + policy


def test_the_style_is_the_one_that_the_policy_allows(password_gate: Any) -> None:
    answer = ask(password_gate[0], "/masuk")
    found = re.search(r"<style>(.*?)</style>", answer.body, re.DOTALL)
    assert found
    digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.said("content-security-policy")


def test_every_field_has_a_label_and_says_what_belongs_into_it(password_gate: Any, signed_in: Any) -> None:
    for path, cookie in (("/masuk", {}), ("/sandi", signed_in("siti"))):
        body = ask(password_gate[0], path, headers=cookie).body
        fields = re.findall(r'<input type="(?:text|password)"[^>]* id="(\w+)"[^>]* autocomplete="([\w-]+)"', body)
        assert [f'<label for="{name}">' in body for name, _ in fields] == [True] * len(fields)
        assert {kind for _, kind in fields} <= {"username", "current-password", "new-password"}
        assert fields


def test_the_page_speaks_english_on_request_and_indonesian_otherwise(password_gate: Any) -> None:
    front, _ = password_gate
    english, other = ask(front, "/masuk?lang=en"), ask(front, "/masuk?lang=fr")
    assert '<html lang="en">' in english.body
    assert "Account name" in english.body
    assert '<html lang="id">' in other.body
    assert "Nama akun" in other.body
    assert 'href="/masuk" hreflang="id"' in english.body
    assert 'href="/masuk?lang=en" hreflang="en"' in other.body


def test_a_link_ends_no_session_but_the_button_behind_it_does(fresh: Any) -> None:
    home, front = fresh
    cookie = f"{SESSION}={fill_in(front, 'siti', PASSWORD).cookie(SESSION)}"
    page = ask(front, "/keluar", headers={"cookie": cookie})
    assert "Anda masuk sebagai Siti Aminah." in page.body
    assert ask(front, "/", headers={"cookie": cookie}).status == 200
    for token in ("", "0" * 64):
        assert ask(front, "/keluar", **form({"token": token}, cookie)).status == 403
    answer = ask(front, "/keluar", **form({"token": token_of(page)}, cookie))
    assert (answer.status, answer.said("location")) == (303, "/masuk?keluar=1")
    assert "Max-Age=0" in answer.said("set-cookie")
    assert ask(front, "/", headers={"cookie": cookie}).status == 401
    assert journaled(home, "sign_out") == [("siti", True, {"address": "127.0.0.1", "mode": "password"})]
    assert "Anda sudah keluar." in ask(front, "/masuk?keluar=1").body


def test_whose_session_has_ended_is_told_so_and_who_comes_for_the_first_time_is_not(fresh: Any) -> None:
    _, front = fresh
    told = "Sesi Anda sudah berakhir; masuk lagi."
    ended = ask(front, "/masuk", headers={"cookie": f"{SESSION}={'0' * 64}"})
    assert (told in ended.body, told in ask(front, "/masuk").body) == (True, False)


def test_who_is_not_signed_in_is_led_to_sign_in_from_the_other_two_pages(password_gate: Any) -> None:
    front, _ = password_gate
    assert [ask(front, path, headers=HTML).said("location") for path in ("/keluar", "/sandi")] == ["/masuk"] * 2


def new_password(front: Gate, cookie: str, old: str, new: str, again: str, path: str = "/sandi") -> Answer:
    page = ask(front, path, headers={"cookie": cookie})
    fields = {"token": token_of(page), "nama": "siti", "sandi": old, "baru": new, "ulang": again}
    return ask(front, path, **form(fields, cookie))


def test_a_new_password_ends_every_session_and_begins_one(fresh: Any) -> None:
    home, front = fresh
    here = f"{SESSION}={fill_in(front, 'siti', PASSWORD).cookie(SESSION)}"
    elsewhere = f"{SESSION}={fill_in(front, 'siti', PASSWORD).cookie(SESSION)}"
    answer = new_password(front, here, PASSWORD, "lima kata acak lain", "lima kata acak lain")
    assert (answer.status, answer.said("location")) == (303, "/")
    after = f"{SESSION}={answer.cookie(SESSION)}"
    assert [ask(front, "/", headers={"cookie": cookie}).status for cookie in (here, elsewhere, after)] == [
        401,
        401,
        200,
    ]
    assert fill_in(front, "siti", PASSWORD).status == 401
    assert fill_in(front, "siti", "lima kata acak lain").status == 303
    assert [who for who, _, _ in journaled(home, "password_changed")] == ["siti"]


@pytest.mark.parametrize(
    ("old", "new", "again", "status", "told"),
    [
        ("salah salah salah", "lima kata acak lain", "lima kata acak lain", 401, "Kata sandi sekarang tidak cocok."),
        (PASSWORD, "lima kata acak lain", "lima kata acak beda", 400, "Kata sandi baru dan ulangannya berbeda."),
        (PASSWORD, PASSWORD, PASSWORD, 400, "Kata sandi baru sama dengan yang lama"),
        (PASSWORD, "pendek", "pendek", 400, "pakai paling sedikit 12 karakter"),
        (PASSWORD, "a" * 257, "a" * 257, 400, "pakai paling banyak 256"),
    ],
)
def test_a_password_that_does_not_do_is_told_and_changes_nothing(
    password_gate: Any, signed_in: Any, old: str, new: str, again: str, status: int, told: str
) -> None:
    front, _ = password_gate
    cookie = signed_in("siti")["cookie"]
    answer = new_password(front, cookie, old, new, again)
    assert answer.status == status
    assert told in answer.body
    assert ask(front, "/", headers={"cookie": cookie}).status == 200


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("short", "The new password is too short; use at least 12 characters"),
        ("a" * 257, "The new password is too long; use at most 256 characters"),
        ("a" * 12, "repeats the same characters; choose another one"),
    ],
)
def test_a_password_that_does_not_do_is_told_in_english_on_the_english_page(
    password_gate: Any, signed_in: Any, new: str, told: str
) -> None:
    answer = new_password(password_gate[0], signed_in("siti")["cookie"], PASSWORD, new, new, "/sandi?lang=en")
    assert told in answer.body
    assert "Kata sandi" not in answer.body


def test_a_password_is_not_changed_unless_the_journal_can_say_so(fresh: Any) -> None:
    home, front = fresh
    cookie = f"{SESSION}={fill_in(front, 'siti', PASSWORD).cookie(SESSION)}"
    journal_file = home.journal_path
    for path in journal_file.parent.glob("journal.sqlite-*"):
        path.unlink()
    journal_file.write_bytes(b"no database at all" * 100)
    assert new_password(front, cookie, PASSWORD, "lima kata acak lain", "lima kata acak lain").status == 503
    assert accounts.password_fits(home, "siti", PASSWORD) is not None
    assert ask(front, "/", headers={"cookie": cookie}).status == 200


def test_whoever_knew_the_former_password_is_not_in_when_it_is_replaced_meanwhile(
    fresh: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, front = fresh
    cookie = f"{SESSION}={fill_in(front, 'siti', PASSWORD).cookie(SESSION)}"
    real = accounts.password_fits

    def replaced_meanwhile(home: Home, name: str, password: str) -> Account | None:
        fits = real(home, name, password)
        accounts.set_password(home, "siti", "dipilih oleh pengelola")
        return fits

    monkeypatch.setattr(sign_in.accounts, "password_fits", replaced_meanwhile)
    assert fill_in(front, "siti", PASSWORD).status == 503
    monkeypatch.setattr(sign_in.accounts, "password_fits", real)
    accounts.set_password(home, "siti", PASSWORD)
    cookie = f"{SESSION}={fill_in(front, 'siti', PASSWORD).cookie(SESSION)}"
    monkeypatch.setattr(sign_in.accounts, "password_fits", replaced_meanwhile)
    assert new_password(front, cookie, PASSWORD, "dipilih oleh pencuri", "dipilih oleh pencuri").status == 503
    assert real(home, "siti", "dipilih oleh pengelola") is not None


def test_an_office_that_signs_in_at_once_behind_one_address_is_not_kept_waiting(fresh: Any) -> None:
    home, front = fresh
    people = 60
    assert people > ADDRESS.at_once
    for count in range(people):
        accounts.add(home, Account(f"orang{count}", "Orang", "viewer", places=("16",)), PASSWORD)

    async def together() -> list[int]:
        page = await asked(front, "/masuk")
        cookie, token = f"{PAGE}={page.cookie(PAGE)}", token_of(page)
        sent = [form({"token": token, "nama": f"orang{count}", "sandi": PASSWORD}, cookie) for count in range(people)]
        return [answer.status for answer in await asyncio.gather(*(asked(front, "/masuk", **one) for one in sent))]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sign_in, "GUESSES_WAITING", people)
        assert asyncio.run(together()) == [303] * people


def test_who_waits_in_vain_has_not_guessed(fresh: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _, front = fresh
    monkeypatch.setattr(sign_in, "GUESSES_WAITING", 0)
    assert [fill_in(front, "siti", PASSWORD).status for _ in range(2 * PAIR.at_once)] == [503] * 10
    monkeypatch.undo()
    assert fill_in(front, "siti", PASSWORD).status == 303


def test_guesses_at_the_own_password_are_throttled_as_well(fresh: Any) -> None:
    _, front = fresh
    cookie = f"{SESSION}={fill_in(front, 'siti', PASSWORD).cookie(SESSION)}"
    guesses = [
        new_password(front, cookie, f"salah {count} salah", "lima kata acak lain", "lima kata acak lain").status
        for count in range(6)
    ]
    assert guesses == [401] * 5 + [429]


def test_another_readers_form_changes_nobodys_password(password_gate: Any, signed_in: Any) -> None:
    front, _ = password_gate
    siti, tono = signed_in("siti")["cookie"], signed_in("tono")["cookie"]
    token = token_of(ask(front, "/sandi", headers={"cookie": tono}))
    fields = {"token": token, "sandi": PASSWORD, "baru": "lima kata acak lain", "ulang": "lima kata acak lain"}
    assert ask(front, "/sandi", **form(fields, siti)).status == 403


def test_who_has_to_choose_a_password_may_choose_it_or_leave(password_gate: Any, signed_in: Any) -> None:
    page = ask(password_gate[0], "/sandi", headers=signed_in("dewi"))
    assert "dipilih oleh pengelola" in page.body
    assert 'href="/keluar"' in page.body
    assert ask(password_gate[0], "/keluar", headers=signed_in("dewi")).status == 200


def test_when_the_journal_cannot_be_written_nobody_gets_in(fresh: Any) -> None:
    home, front = fresh
    page = ask(front, "/masuk")
    home.journal_path.write_bytes(b"no database at all" * 100)
    fields = {"token": token_of(page), "nama": "siti", "sandi": PASSWORD}
    answer = ask(front, "/masuk", **form(fields, f"{PAGE}={page.cookie(PAGE)}"))
    assert (answer.status, answer.cookie(SESSION)) == (503, "")


def test_of_many_guesses_at_once_two_are_counted_and_the_others_wait(
    fresh: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, front = fresh
    may_go_on, real = threading.Event(), accounts.password_fits
    guesses = front._sign_in._guesses

    def held_up(*arguments: Any) -> Any:
        assert may_go_on.wait(20)
        return real(*arguments)

    monkeypatch.setattr(sign_in.accounts, "password_fits", held_up)

    async def together() -> tuple[tuple[int, int], list[int]]:
        page = await asked(front, "/masuk")
        cookie, token = f"{PAGE}={page.cookie(PAGE)}", token_of(page)
        sent = [form({"token": token, "nama": f"nama{count}", "sandi": "x" * 12}, cookie) for count in range(6)]
        all_sent = [asyncio.create_task(asked(front, "/masuk", **one)) for one in sent]
        async with asyncio.timeout(20):
            while guesses.statistics().borrowed_tokens + guesses.statistics().tasks_waiting < len(all_sent):
                await asyncio.sleep(0.01)
        counted, waiting = guesses.statistics().borrowed_tokens, guesses.statistics().tasks_waiting
        may_go_on.set()
        return (counted, waiting), [answer.status for answer in await asyncio.gather(*all_sent)]

    assert asyncio.run(together()) == ((2, 4), [401] * 6)
