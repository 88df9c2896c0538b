"""What the address of a sign-in page says: in which language, and where to go afterwards."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from data.texts import LANGUAGES
from identity.addresses import local_page
from identity.asked import Asked

HAS_LEFT = "keluar"


@dataclass(frozen=True)
class Wanted:
    """The language and the page that follows; `has_left`: the reader comes from signing out."""

    language: str
    page: str
    has_left: bool = False

    @classmethod
    def of(cls, asked: Asked) -> "Wanted":
        """Read from the address of a request."""
        return cls.from_query(asked.scope["query_string"].decode("latin-1"))

    @classmethod
    def from_query(cls, text: str) -> "Wanted":
        """Whatever is unknown or leads elsewhere is as if it were not there."""
        query = parse_qs(text, keep_blank_values=True)
        return cls(_language(query), local_page(query.get("next", ["/"])[0]), HAS_LEFT in query)

    def address(self, path: str, *, language: str | None = None, has_left: bool = False) -> str:
        """One of the pages, that leads to the same page afterwards."""
        query = {} if self.page == "/" else {"next": self.page}
        if (language or self.language) != "id":
            query["lang"] = language or self.language
        if has_left:
            query[HAS_LEFT] = "1"
        return path + (f"?{urlencode(query)}" if query else "")


def sign_in_address(path: str, page: str) -> str:
    """The address of `path` (/masuk, /sandi) that leads to `page` afterwards, in the language of that page."""
    return Wanted(_language(parse_qs(urlsplit(page).query)), page).address(path)


def _language(query: dict[str, list[str]]) -> str:
    language = query.get("lang", ["id"])[0]
    return language if language in LANGUAGES else "id"
