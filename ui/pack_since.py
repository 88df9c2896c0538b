"""Since the last meeting: what truly moved, what was only late or wrong, and what became of what was promised."""

from dataclasses import dataclass, replace
from datetime import date

from analytics.indicators import INDICATORS, label_in
from analytics.since import Since
from data.cases import FollowUp
from data.casework import Casework, Noted
from data.packs import Kept
from reports.pack import Chart, Section, Table, Tone
from ui import cached, columns, formats, pack_charts, sentences, since_words, tables, target_columns
from ui.pack_asked import Asked, Made, dated_sources, notes_on, sources_of
from ui.pack_tables import pack_table
from ui.target_columns import day_column, text_column
from ui.texts import translator

REGISTERED = "terdaftar"


@dataclass(frozen=True)
class Promise:
    """What was promised of a project when the last pack was made, and what is known of it now."""

    made: Noted[FollowUp]
    newest: FollowUp
    name: str
    owner: str
    is_registered: bool | None

    @property
    def is_kept(self) -> bool:
        return self.is_registered is True or self.newest.state == REGISTERED

    def is_late(self, on: date) -> bool:
        promised = self.newest.promised_on
        return not self.is_kept and promised is not None and promised < on


def since(asked: Asked) -> Made:
    """The bars from the last meeting's figure to the present one, and the promises of then."""
    _ = translator(asked.language)
    former, language = asked.since, asked.language
    assert former is not None, asked.selection
    found = _found(asked, former)
    title, name = since_words.title(found, language), _("Sejak rapat terakhir")
    promised = _promised(asked, former)
    if found.reason:
        empty = "" if promised else title
        return Made(Section("since", name, title, _subtitle(asked, former), tables=promised, why_empty=empty))
    told = "; ".join([title, *(table.title for table in promised)])
    section = Section(
        "since", name, told, _subtitle(asked, former), _chart(asked, found, former, title),
        [_table(asked, found, former, title), *promised], asides=since_words.explained(found, language),
        notes=notes_on(found.indicator, language), source=sources_of([found.then, found.now], language),
    )  # fmt: skip
    return Made(section, [found.indicator], dated_sources([found.now], language))


def _found(asked: Asked, former: Kept) -> Since:
    root, _number, grant = asked.edition.key
    then = ((root, former.facts.edition, grant), former.request.month)
    now = (asked.edition.key, asked.selection.month)
    return cached.since(then, now, asked.selection.scope, asked.selection.vintage)


def _subtitle(asked: Asked, former: Kept) -> str:
    _ = translator(asked.language)
    text = _("Rapat terakhir {day}: {month} menurut edisi {number}.")
    return text.format(
        day=formats.day(former.request.day, asked.language),
        month=formats.month(former.request.month, asked.language),
        number=former.facts.edition,
    )


def _chart(asked: Asked, found: Since, former: Kept, title: str) -> Chart:
    editions = (former.facts.edition, asked.edition.number)
    bars = [since_words.step_label(step, found, editions, asked.language) for step in found.steps]
    series = label_in(INDICATORS[found.indicator], asked.selection.scope.sector).in_language(asked.language)
    return pack_charts.waterfall_chart(found.steps, bars, (series, f"{title}."), asked.language)


def _table(asked: Asked, found: Since, former: Kept, title: str) -> Table:
    _ = translator(asked.language)
    editions = (former.facts.edition, asked.edition.number)

    def named(step) -> str:
        return since_words.step_label(step, found, editions, asked.language)

    months, counts = (former.request.month, asked.selection.month), found.unit == "persons"
    first, *others = columns.change_columns(months, found.now, asked.language, counts=counts)
    at_start = columns.change_columns(months, found.then, asked.language, counts=counts)[1:]
    shown = [replace(first, text=named, raw=named), *map(_told_of_each, at_start, others)]
    return pack_table("sejak", (_("Sejak rapat terakhir"), title), shown, found.steps, asked.language)


def _told_of_each(of_then: tables.Column, of_now: tables.Column) -> tables.Column:
    """The column, whose first bar has the source and the estimate of then."""
    return replace(of_now, raw=lambda step: (of_then if step.kind == "start" else of_now).raw(step))


def promises(asked: Asked, former: Kept) -> list[Promise]:
    """The promises that stood when the last pack was made, the earliest first; one withdrawn since was never made."""
    then = Casework(tuple(noted for noted in asked.casework.history if noted.number <= former.facts.casework))
    made = [noted for code, noted in then.follow_ups.items() if code in asked.casework.follow_ups]
    made = [noted for noted in made if noted.content.promised_on]
    made.sort(key=lambda noted: (noted.content.promised_on, noted.number))
    return [_promise(asked, noted) for noted in made]


def _promise(asked: Asked, noted: Noted[FollowUp]) -> Promise:
    code = noted.content.kode_proyek
    dossier, newest = cached.dossier(asked.edition.key, code), asked.casework.follow_ups[code]
    assert dossier is not None, noted  # casework is narrowed to projects that may be seen
    project = dossier.project
    return Promise(noted, newest.content, project.nama_proyek, project.owner, project.is_registered)


def _promised(asked: Asked, former: Kept) -> list[Table]:
    _ = translator(asked.language)
    rows, language = promises(asked, former), asked.language
    if not rows:
        return []
    text = _.plural("{kept} dari {count} janji pendaftaran sudah ditepati", len(rows))
    kept = formats.number(sum(row.is_kept for row in rows), language)
    title = text.format(kept=kept, count=formats.number(len(rows), language))
    shown = _promise_columns(asked)
    return [
        pack_table(
            "janji", (_("Janji"), title), shown, rows, language,
            brief=(1, 2, 3, 4, 5), status=len(shown) - 1, tone=lambda row: _tone(row, asked.position),
        )
    ]  # fmt: skip


def _promise_columns(asked: Asked) -> list[tables.Column]:
    _ = translator(asked.language)
    language = asked.language
    return [
        text_column(_("Kode proyek"), lambda row: row.made.content.kode_proyek),
        text_column(_("Proyek"), lambda row: row.name),
        text_column(_("Pemilik proyek"), lambda row: sentences.category_name(row.owner, language)),
        day_column(_("Janji"), lambda row: row.made.content.promised_on, language),
        text_column(_("Tindak lanjut"), lambda row: target_columns.state_told(row.newest, language)),
        text_column(_("Hasil"), lambda row: _outcome(row, asked)),
    ]


def _outcome(row: Promise, asked: Asked) -> str:
    _ = translator(asked.language)
    if row.is_kept:
        return _("ditepati")
    return _("lewat janji") if row.is_late(asked.position) else _("belum jatuh tempo")


def _tone(row: Promise, position: date) -> Tone:
    if row.is_kept:
        return "better"
    return "concern" if row.is_late(position) else "context"
