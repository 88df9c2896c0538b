"""Every address there is, and what may be asked of it. What is not named here is not there, whoever asks."""

import re
from enum import Enum, auto
from urllib.parse import SplitResult, urlsplit

LONGEST_ADDRESS = 2000
READ = ("GET", "HEAD")


class Kind(Enum):
    """What lies at an address."""

    PAGE = auto()
    STATIC = auto()
    HOST_CONFIG = auto()
    APP_HEALTH = auto()
    HEALTH = auto()
    READINESS = auto()
    MEDIA = auto()
    UPLOAD = auto()
    STREAM = auto()
    SIGN_IN = auto()
    SIGN_OUT = auto()
    PASSWORD = auto()
    DEPARTURE = auto()
    RETURN = auto()


METHODS = {
    Kind.UPLOAD: ("PUT", "DELETE"),
    Kind.SIGN_IN: (*READ, "POST"),
    Kind.SIGN_OUT: (*READ, "POST"),
    Kind.PASSWORD: (*READ, "POST"),
}
SIGN_IN_PATH, SIGN_OUT_PATH, PASSWORD_PATH = "/masuk", "/keluar", "/sandi"
PROVIDER_START_PATH, PROVIDER_RETURN_PATH = "/masuk/penyedia", "/masuk/kembali"
NAMED = {
    "/": Kind.PAGE,
    "/favicon.png": Kind.STATIC,
    "/_stcore/health": Kind.APP_HEALTH,
    "/_stcore/host-config": Kind.HOST_CONFIG,
    "/_stcore/stream": Kind.STREAM,
    "/healthz": Kind.HEALTH,
    "/readyz": Kind.READINESS,
}
# Where somebody signs in here; in another mode these are unknown pages as any other.
OF_PASSWORD = {SIGN_IN_PATH: Kind.SIGN_IN, SIGN_OUT_PATH: Kind.SIGN_OUT, PASSWORD_PATH: Kind.PASSWORD}
OF_PROVIDER = {
    SIGN_IN_PATH: Kind.SIGN_IN,
    SIGN_OUT_PATH: Kind.SIGN_OUT,
    PROVIDER_START_PATH: Kind.DEPARTURE,
    PROVIDER_RETURN_PATH: Kind.RETURN,
}
ALL_NAMED = {mode: NAMED | own for mode, own in (("password", OF_PASSWORD), ("oidc", OF_PROVIDER))}
PATTERNS = {
    Kind.STATIC: re.compile(r"/static(/[\w@+~-][\w@+~.-]*)+", re.ASCII),
    Kind.MEDIA: re.compile(r"/media/(?P<file>[0-9a-f]{16,128})(\.[a-zA-Z0-9]{1,10})?", re.ASCII),
    Kind.UPLOAD: re.compile(r"/_stcore/upload_file/(?P<session>[0-9a-f-]{36})/(?P<file>[0-9a-f-]{36})", re.ASCII),
    # One word: the app asks for its files beside the page, so that a deeper address could draw nothing. Streamlit sends
    # who adds a slash to the address without it.
    Kind.PAGE: re.compile(r"/(?P<word>[a-zA-Z0-9][\w-]{0,79})/?", re.ASCII),
}
# Streamlit's own doors that look like the address of a page.
NO_PAGES = frozenset({"app", "auth", "component", "media", "oauth2callback", "static"})


def kind_of(path: str, raw_path: bytes | None, mode: str) -> Kind | None:
    """What lies at this path in this mode of identity; None: nothing.

    No address of the app needs an escape, so that one which has any is none of them: no %2e, %2f, %5c or %00 is read.
    """
    if len(path) > LONGEST_ADDRESS or (raw_path is not None and raw_path.split(b"?")[0] != path.encode()):
        return None
    named = ALL_NAMED.get(mode, NAMED)
    if path in named:
        return named[path]
    kind = next((kind for kind, pattern in PATTERNS.items() if pattern.fullmatch(path)), None)
    # Neither in other letters nor with a slash behind it is a named address a page.
    taken = NO_PAGES | {other[1:] for other in named}
    return None if kind is Kind.PAGE and part(Kind.PAGE, path, "word").lower() in taken else kind


def part(kind: Kind, path: str, name: str) -> str:
    """A named part of a path of this kind."""
    found = PATTERNS[kind].fullmatch(path)
    assert found is not None, (kind, path)
    return found[name]


def allows(kind: Kind, method: str) -> bool:
    """Whether an address of this kind answers to this method. OPTIONS none does: nobody else's page may ask."""
    return method in METHODS.get(kind, READ)


def local_page(address: str) -> str:
    """The address when it is a page of this app with its parameters, else '/'. Whatever leads elsewhere is '/'."""
    if len(address) > LONGEST_ADDRESS or not address.isascii() or re.search(r"[\x00-\x20\x7f\\]", address):
        return "/"
    parts = _split(address)
    if parts is None or parts.scheme or parts.netloc or parts.fragment or address.startswith("//"):
        return "/"
    # A page in every mode: nobody is sent back to a sign-in page.
    is_page = all(kind_of(parts.path, None, mode) is Kind.PAGE for mode in ALL_NAMED)
    return address if is_page else "/"


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None
