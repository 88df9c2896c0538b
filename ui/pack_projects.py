"""The sections of a pack that Proyek & Syarat Pencairan shows: ladder, new work orders, casework, every project."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from analytics import gate
from analytics.projects import PROJECT_SOURCE
from data.casework import SETTLED, FindingState
from data.categories import CONSTRUCTION
from reports.pack import Line, Section, Table, Tone
from ui import (
    cached,
    casework_tables,
    findings,
    formats,
    ladder,
    new_work_orders,
    pack_charts,
    project_columns,
    register,
    results,
    sentences,
    tables,
    waivers,
)
from ui.cached import ServedEdition
from ui.pack_asked import Asked, Made, rule_notes
from ui.pack_tables import head, long_line, pack_table
from ui.project_view import RegisterView
from ui.register import Found
from ui.scope_bar import Selection
from ui.texts import translator

# A longer list of projects is worked through in the workbook; on paper its owners stand for it.
LONGEST_ON_PAPER = 60
TONES: dict[str, Tone] = {"better": "better", "concern": "concern", "unmet": "unmet"}


def knows_projects(edition: ServedEdition, selection: Selection) -> bool:
    """Projects are construction alone, and not known one by one to old editions.

    Where none was delivered, nothing may be said of them: that none waits for registration would pass for good news.
    """
    if selection.scope.sector != CONSTRUCTION or not cached.has_register(edition.key):
        return False
    return bool(cached.counts_by_result(edition.key, selection.scope, ()))


def has_ladder(edition: ServedEdition, selection: Selection) -> bool:
    rungs = cached.ladder(edition.key, selection.month, selection.scope) if knows_projects(edition, selection) else []
    return bool(rungs and rungs[0].projects)


def steps_of_protection(asked: Asked) -> Made:
    """How many projects each step loses, and by whom."""
    _ = translator(asked.language)
    name, selection, language = _("Tangga perlindungan"), asked.selection, asked.language
    rungs = cached.ladder(asked.edition.key, selection.month, selection.scope)
    if not rungs or not rungs[0].projects:
        return Made(Section("ladder", name, ladder.why_none(language), why_empty=ladder.why_none(language)))
    title = ladder.title(rungs, selection, language)
    made = [pack_table("tangga", (_("Tangga"), title), ladder.rung_columns(language), rungs, language)]
    made += [_groups(asked, by) for by in ladder.fitting_breakdowns(selection)]
    section = Section(
        "ladder", name, title, ladder.subtitle(selection, language),
        pack_charts.ladder_chart(rungs, title, language), made,
        notes=[*rule_notes(asked.edition, selection, language), gate.NOT_A_DECISION.in_language(language)],
        source=sentences.source_name(PROJECT_SOURCE, language),
    )  # fmt: skip
    return Made(section, [], _sources(asked))


def _groups(asked: Asked, by: ladder.Breakdown) -> Table:
    _ = translator(asked.language)
    groups = ladder.by_group(cached.ladder(asked.edition.key, asked.selection.month, asked.selection.scope, by))
    name = {"owner": _("Tangga per pemilik"), "fund": _("Tangga per dana")}[by]
    title = ladder.groups_title(groups[0], asked.language)
    return pack_table(f"tangga-{by}", (name, title), ladder.group_columns(by, asked.language), groups, asked.language)


def _sources(asked: Asked) -> list[str]:
    _ = translator(asked.language)
    name, day = sentences.source_name(PROJECT_SOURCE, asked.language), formats.day(asked.position, asked.language)
    return [_("{source}, posisi {day}").format(source=name, day=day)]


def orders(asked: Asked) -> Made:
    """What can still be registered in time."""
    _ = translator(asked.language)
    edition, selection, language = asked.edition, asked.selection, asked.language
    known, unknown = new_work_orders.read(edition, selection, asked.overlaid)
    title = new_work_orders.title(known, selection, language, known_to=new_work_orders.known_until(edition))
    columns = project_columns.new_order_columns(asked.casework.follow_ups, language)
    brief = (0, 1, 3, 4, 7, 9, 11)
    made, lines = [], new_work_orders.by_owner(known)
    if known:
        names = (_("SPK baru"), _("SPK baru tanpa pendaftaran"))
        is_long = len(known) > LONGEST_ON_PAPER and len(lines) > 1
        made.append(pack_table("spk-baru", names, columns, known, language, brief=brief, only_in_workbook=is_long))
    if len(lines) > 1:
        names = (_("SPK baru per pemilik"), _("SPK baru per pemilik proyek"))
        made.insert(
            0, pack_table("spk-baru-per-pemilik", names, new_work_orders.owner_columns(language), lines, language)
        )
    asides = [new_work_orders.overdue_told(edition, selection, asked.overlaid, language)]
    if unknown:
        asides.append(new_work_orders.unknown_told(unknown, language))
        names = (_("SPK belum dinilai"), _("SPK baru yang belum dapat dinilai"))
        made.append(
            pack_table("spk-baru-belum-dinilai", names, columns, unknown, language, brief=brief, only_in_workbook=True)
        )
    section = Section(
        "new_work_orders", _("SPK baru"), title, new_work_orders.subtitle(edition, language), None, made,
        asides=[aside for aside in asides if aside], notes=rule_notes(edition, selection, language),
        source=sentences.source_name(PROJECT_SOURCE, language),
    )  # fmt: skip
    return Made(section, [], _sources(asked))


def found(asked: Asked) -> Made:
    """The monev table of the scope's findings."""
    _ = translator(asked.language)
    name, language = _("Temuan"), asked.language
    rows = casework_tables.findings_of(asked.casework)
    title, subtitle = findings.title(asked.edition, rows, language), findings.subtitle(asked.edition, language)
    if not rows:
        return Made(Section("findings", name, title, subtitle, why_empty=title))
    columns = casework_tables.finding_columns(asked.position, language)
    table = pack_table(
        "temuan", (name, _("Temuan monitoring dan evaluasi")), columns, rows, language,
        brief=(0, 2, 3, 7, 9, 10), status=len(columns) - 1, tone=lambda one: _tone_of(one, asked),
    )  # fmt: skip
    return Made(Section("findings", name, title, subtitle, None, [table], source=_recorded(language)))


def _tone_of(one: FindingState, asked: Asked) -> Tone:
    if one.is_overdue(asked.position):
        return "concern"
    return "better" if one.state in SETTLED else "context"


def _recorded(language: str) -> str:
    return translator(language)("Catatan petugas dalam jurnal Cakupan")


def allowed(asked: Asked) -> Made:
    """The exceptions that offices allowed, those in force first."""
    _ = translator(asked.language)
    name, language = _("Pengecualian"), asked.language
    rows = waivers.read(asked.edition, asked.casework)
    title = waivers.title(rows, asked.position, language)
    if not rows:
        return Made(Section("exceptions", name, title, why_empty=title))
    columns = waivers.columns(asked.position, language)
    table = pack_table(
        "pengecualian", (name, title), columns, rows, language,
        brief=(2, 3, 4, 5, 6, 7), status=len(columns) - 1,
        tone=lambda row: "concern" if row.is_expired(asked.position) else "context",
    )  # fmt: skip
    return Made(Section("exceptions", name, title, chart=None, tables=[table], source=_recorded(language)))


class RegisterLines(Collection[Line]):
    """The projects of the scope, read from the edition while one walks through them: never all of them in memory."""

    def __init__(self, found: Found, columns: Sequence[tables.Column], language: str) -> None:
        self.found, self.columns, self.language = found, columns, language

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Line]:
        for row in self.found:
            yield long_line(self.columns, row, self.language, TONES.get(results.tone(row.result), "context"))

    def __contains__(self, wanted: object) -> bool:
        return any(one == wanted for one in self)

    @property
    def identity(self) -> dict[str, Any]:
        """What an edition, which never changes, always answers with the same lines."""
        return {"edition": self.found.edition.number, "asked": self.found.asked, "lines": len(self)}


def every_project(asked: Asked) -> Made:
    """How many projects have which result, and the whole register for the workbook."""
    _ = translator(asked.language)
    edition, language = asked.edition, asked.language
    question = register.question(asked.selection.scope, RegisterView(), asked.overlaid)
    total = cached.register_page(edition.key, **question, limit=1, offset=0).total
    title = register.title(total, asked.selection, RegisterView(), language)
    if not total:
        return Made(Section("projects", _("Semua proyek"), title, why_empty=title))
    section = Section(
        "projects", _("Semua proyek"), _judged_title(asked) or title, _judged(asked),
        tables=[_by_result(asked), _register(asked, Found(edition, question, total), title)],
        notes=[*rule_notes(edition, asked.selection, language), gate.NOT_A_DECISION.in_language(language)],
        source=sentences.source_name(PROJECT_SOURCE, language),
    )  # fmt: skip
    return Made(section, [], _sources(asked))


def _judged_title(asked: Asked) -> str:
    """How many met the conditions in time, late, or not; nothing where the edition does not judge projects."""
    _ = translator(asked.language)
    counts = cached.counts_by_result(asked.edition.key, asked.selection.scope, tuple(sorted(asked.overlaid.items())))
    if not any(code in counts for code in results.SHAPES):
        return ""
    said = {code: formats.number(counts.get(code, 0), asked.language) for code in results.SHAPES}
    text = _.plural(
        "{where}: dari {count} proyek, {memenuhi} memenuhi syarat tepat waktu, {terlambat} terlambat, "
        "{belum_memenuhi} belum memenuhi, {tidak_dapat_dipulihkan} tidak dapat dipulihkan",
        sum(counts.values()),
    )
    count = formats.number(sum(counts.values()), asked.language)
    return text.format(where=asked.selection.where(asked.language), count=count, **said)


def _judged(asked: Asked) -> str:
    _ = translator(asked.language)
    return _("Dinilai pada posisi {day}.").format(day=formats.day(asked.position, asked.language))


def _by_result(asked: Asked) -> Table:
    """One line a result, what needs somebody first; results without a project are left out."""
    _ = translator(asked.language)
    language, overlaid = asked.language, tuple(sorted(asked.overlaid.items()))
    counts = cached.counts_by_result(asked.edition.key, asked.selection.scope, overlaid)
    rows = [(code, counts[code]) for code in results.SHAPES if counts.get(code)]
    columns = [
        tables.Column(
            _("Hasil"),
            lambda row: results.marked(row[0], language),
            lambda row: results.name(row[0], language),
            numeric=False,
        ),
        tables.Column(_("Proyek"), lambda row: formats.number(row[1], language), lambda row: row[1]),
    ]
    total = Line([_("JUMLAH"), sum(counts.values())], [_("JUMLAH"), formats.number(sum(counts.values()), language)])
    return pack_table(
        "hasil", (_("Hasil pemeriksaan"), _("Proyek menurut hasil pemeriksaan")), columns, rows, language,
        status=0, tone=lambda row: TONES.get(results.tone(row[0]), "context"), total=total,
    )  # fmt: skip


def _register(asked: Asked, lines: Found, title: str) -> Table:
    _ = translator(asked.language)
    columns = project_columns.register_columns(asked.language)
    wide = (_("Proyek"), _("Keterangan"), _("Pemilik proyek"), _("Penyedia"))
    heads = [head(column, is_wide=column.header in wide) for column in columns]
    status = [column.header for column in columns].index(_("Hasil"))
    return Table(
        "proyek", _("Semua proyek"), title, heads, RegisterLines(lines, columns, asked.language),
        status_column=status, only_in_workbook=True,
    )  # fmt: skip
