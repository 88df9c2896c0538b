"""Forms of the sign-in pages: small bodies, read in time, and only from a page that this server gave this browser."""

import asyncio
import hashlib
import hmac
import secrets
import time
from urllib.parse import parse_qsl

from starlette.types import Receive

from identity.asked import Asked, Refused
from identity.cookies import PAGE_SECONDS

LARGEST_BODY_BYTES = 8 * 1024
LONGEST_PASSWORD_BYTES = 1024
BODY_SECONDS = 10.0
MOST_FIELDS = 8
FORM = "application/x-www-form-urlencoded"


async def read_form(asked: Asked, receive: Receive) -> dict[str, str]:
    """The fields of a form, each once. Refused when it is large, slow, of another kind, or says a field twice."""
    if (asked.said("content-type") or "").split(";")[0].strip().lower() != FORM:
        raise Refused(415, "Formulir tidak dikirim seperti dari halaman ini.")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await _body(asked, receive)
    except TimeoutError:
        raise Refused(408, "Formulir tidak selesai terkirim; coba lagi.") from None
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise Refused(400, "Formulir tidak dapat dibaca; coba lagi.") from None
    fields = dict(pairs)
    if len(fields) < len(pairs) or any(len(value.encode()) > LONGEST_PASSWORD_BYTES for value in fields.values()):
        raise Refused(400, "Formulir memuat isian ganda atau terlalu panjang; coba lagi.")
    return fields


async def _body(asked: Asked, receive: Receive) -> bytes:
    length = asked.said("content-length") or "0"
    if not (length.isascii() and length.isdigit()) or int(length[:9]) > LARGEST_BODY_BYTES or len(length) > 9:
        raise Refused(413, "Formulir terlalu besar.")
    body, has_more = b"", True
    while has_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "Formulir tidak selesai terkirim; coba lagi.")
        body += message.get("body", b"")
        has_more = message.get("more_body", False)
        if len(body) > LARGEST_BODY_BYTES:
            raise Refused(413, "Formulir terlalu besar.")
    return body


def new_page_value() -> str:
    """A value for the cookie that a browser's forms belong to: when it was given, and 128 random bits."""
    return f"{int(time.time())}.{secrets.token_urlsafe(16)}"


def form_token(key: bytes, purpose: str, belongs_to: str) -> str:
    """What a form carries to show that it came from a page of this server for this browser."""
    return hmac.new(key, f"{purpose}\0{belongs_to}".encode(errors="replace"), hashlib.sha256).hexdigest()


def token_fits(key: bytes, purpose: str, belongs_to: str, token: str) -> bool:
    """Whether `form_token` gave this token."""
    return hmac.compare_digest(form_token(key, purpose, belongs_to).encode(), token.encode(errors="replace"))


def page_is_fresh(value: str) -> bool:
    """Whether the cookie was given within the last hour."""
    given_at, _, _ = value.partition(".")
    # isdigit alone: a superscript two is one as well, and no number.
    return (
        given_at.isascii()
        and given_at.isdigit()
        and len(given_at) < 12
        and 0 <= time.time() - int(given_at) <= PAGE_SECONDS
    )
