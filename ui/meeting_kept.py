"""Packs of earlier meetings: a list, and one of them opened again, with its files as they were made."""

from collections.abc import Sequence
from functools import partial
from html import escape
from urllib.parse import urlencode

import streamlit as st

from data.access import Reader
from data.errors import CakupanError
from data.home import JAKARTA, Home
from data.packs import Kept, PackRequest
from ui import (
    cached,
    cards,
    formats,
    frame,
    journal_words,
    meeting,
    meeting_files,
    pack,
    pack_files,
    scope_bar,
    sentences,
)
from ui.cached import ServedEdition
from ui.tables import Column, html_table
from ui.texts import translator

OPENED = "arsip"  # in the address: the number of the entry of the pack that is looked at
SHOWN = 12
SHOWN_HASH = 12


def opened(every: Sequence[Kept], named: str, language: str) -> Kept | str:
    """The pack that the address names, else a sentence: it is not there, or not for this reader."""
    _ = translator(language)
    found = next((one for one in every if str(one.number) == named), None)
    text = _("Bahan rapat “{value}” tidak ada dalam lingkup akun ini; yang tampil bahan baru.")
    shown = named if len(named) <= scope_bar.LONGEST_SHOWN else named[: scope_bar.LONGEST_SHOWN - 1] + "…"
    return found or text.format(value=shown)


def show_list(every: Sequence[Kept], edition: ServedEdition, language: str) -> None:
    """The latest ones, each with the way to it."""
    _ = translator(language)
    if not every:
        return
    count = formats.number(len(every), language)
    title = _("{count} bahan rapat tersimpan").format(count=count)
    told = [_("Berkasnya tetap seperti saat dibuat, walau datanya kemudian bertambah.")]
    if len(every) > SHOWN:
        told.append(_("Ditampilkan {shown} yang terbaru.").format(shown=SHOWN))
    cards.show_title(title, " ".join(told))
    with st.container(key="kept-packs"):
        st.html(html_table(_columns(edition, language), every[:SHOWN], title))


def _columns(edition: ServedEdition, language: str) -> list[Column]:
    _ = translator(language)

    def address(kept: Kept) -> str:
        return "?" + urlencode(frame.url_with(**{OPENED: str(kept.number)}))

    def column(header: str, text: partial[str], *, is_link: bool = False) -> Column:
        return Column(header, text, text, numeric=False, link=address if is_link else None)

    return [
        column(_("Rapat"), partial(_meeting), is_link=True),
        column(_("Tanggal"), partial(_day, language=language)),
        column(_("Untuk"), partial(_audience, language=language)),
        column(_("Lingkup"), partial(where, edition=edition, language=language)),
        column(_("Edisi"), partial(_edition)),
        column(_("Dibuat"), partial(_made, language=language)),
    ]


def _meeting(kept: Kept) -> str:
    return kept.request.meeting


def _day(kept: Kept, language: str) -> str:
    return formats.day(kept.request.day, language)


def _audience(kept: Kept, language: str) -> str:
    return pack.audience_name(kept.request.audience, language)


def _edition(kept: Kept) -> str:
    return str(kept.facts.edition)


def _made(kept: Kept, language: str) -> str:
    return f"{formats.day(kept.at.astimezone(JAKARTA).date(), language)}, {_who(kept, language)}"


def _who(kept: Kept, language: str) -> str:
    """The account; beside a name that nobody has proved, that nobody did."""
    _ = translator(language)
    unproved = _("tanpa autentikasi")
    return kept.who if kept.is_authenticated else f"{kept.who} ({unproved})"


def where(kept: Kept, edition: ServedEdition, language: str) -> str:
    """Place, owner, fund, sector and month of a pack, in words."""
    request = kept.request
    place = cached.known_places(edition.key).get(request.place)
    sector = None if request.sector == "konstruksi" else sentences.sector_name(request.sector, language)
    parts = [
        request.owner and sentences.category_name(request.owner, language),
        request.fund and sentences.category_name(request.fund, language),
        sector,
        place.name if place else request.place,
        formats.month(request.month, language),
    ]
    return ", ".join(filter(None, parts))


def show_one(kept: Kept, edition: ServedEdition, reader: Reader, language: str) -> None:
    """What it was made for, from and by whom; its files, as they were; the check, and the way to the next one."""
    _ = translator(language)
    way_back = "?" + urlencode(frame.url_with(**{OPENED: None}))
    back = escape(_("‹ Kembali ke bahan baru"))
    st.html(f'<p class="ck-back"><a href="{escape(way_back)}">{back}</a></p>')
    request = kept.request
    title = f"{request.meeting}, {formats.day(request.day, language)}"
    made = _("Dibuat {when} WIB oleh {who} dari edisi {edition}; entri jurnal {number}.").format(
        when=journal_words.moment(kept.at, language),
        who=_who(kept, language),
        edition=kept.facts.edition,
        number=kept.number,
    )
    cards.show_title(title, f"{where(kept, edition, language)}. {made}")
    files, facts = st.columns([3, 7], gap="large")
    with files:
        meeting_files.show_files(kept, edition, language)
    with facts:
        st.html(_hashes(kept, language))
        _offer_check(kept, reader, language)
        st.html(_way_to_next(kept.request, language))


def _hashes(kept: Kept, language: str) -> str:
    _ = translator(language)
    columns = [
        Column(_("Berkas"), lambda file: file.format.upper(), lambda file: file.format, numeric=False),
        Column(_("Ukuran, kB"), lambda file: formats.number(-(-file.bytes // 1000), language), lambda file: file.bytes),
        Column(_("Sidik (SHA-256)"), lambda file: file.sha256, lambda file: file.sha256, numeric=False),
    ]
    name = _("Sidik berkas")
    return f'<div class="ck-hashes">{html_table(columns, kept.files, name)}</div>'


def _offer_check(kept: Kept, reader: Reader, language: str) -> None:
    """Whether the edition still says the same: computed anew when somebody asks."""
    _ = translator(language)
    if not st.button(_("Bangun ulang dan bandingkan"), key="pack-check"):
        return
    try:
        again = pack_files.rebuild(Home.from_environment(), reader, kept.number)
    except CakupanError as refused:
        cards.show_notice(str(refused), concern=True)
        return
    if again.is_same is None:
        text = _("○ Edisi {edition} tidak ada lagi, jadi isinya tidak dapat dibangun ulang; berkasnya tetap utuh.")
    elif again.is_same:
        text = _("● Sama: dibangun ulang dari edisi {edition}, isinya tidak berbeda satu angka pun.")
    else:
        text = _(
            "▲ Berbeda: dibangun ulang dari edisi {edition}, isinya lain. Kata-kata dapat berubah sesudah program "
            "dimutakhirkan; bila belum dimutakhirkan sejak bahan ini dibuat, beri tahu pengelola program."
        )
    cards.show_notice(text.format(edition=kept.facts.edition), concern=again.is_same is False)


def _way_to_next(request: PackRequest, language: str) -> str:
    _ = translator(language)
    text = _("Siapkan rapat berikutnya dengan nama dan lingkup yang sama ›")
    return f'<p class="ck-aside"><a href="{escape(_next_address(request))}">{escape(text)}</a></p>'


def _next_address(request: PackRequest) -> str:
    """The form with the same series: what the meeting before promised is then told first."""
    asked = {
        "rapat": request.meeting,
        "untuk": request.audience,
        "place": request.place,
        "owner": request.owner,
        "fund": request.fund,
        "sector": None if request.sector == "konstruksi" else request.sector,
        "isi": meeting.SEPARATOR.join(request.sections) or None,
        "lang": None if request.language == "id" else request.language,
    }
    return "?" + urlencode({name: value for name, value in asked.items() if value})
