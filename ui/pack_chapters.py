"""The chapters of the memorandum, and those of the inspectorate's monitoring report: computed sentences only."""

from collections.abc import Sequence

from analytics import gate
from data.casework import SETTLED, FindingState
from data.packs import PackRequest
from reports.pack import Chapter, Section
from ui import cached, case_words, casework_tables, formats, new_work_orders, pack_projects, sentences
from ui.pack_asked import Asked, rule_notes
from ui.texts import translator

REPORTING = "inspektorat"
# A report shows them under what is to be done; everything else is a result.
TO_BE_DONE = ("closing", "new_work_orders")
FOUND = ("findings", "exceptions")
# What an inspectorate says of a finding before it recommends something.
CONDITIONS = ("kondisi", "kriteria", "sebab", "akibat")


def is_memorandum(request: PackRequest) -> bool:
    return request.audience != REPORTING


def document_title(request: PackRequest, language: str) -> str:
    _ = translator(language)
    return _("Nota Dinas") if is_memorandum(request) else _("Laporan Hasil Monitoring dan Evaluasi")


def chapters(asked: Asked, request: PackRequest, sections: Sequence[Section]) -> list[Chapter]:
    """Every section stands in one of them."""
    if is_memorandum(request):
        return _memorandum(asked, request, sections)
    return _report(asked, request, sections)


def _memorandum(asked: Asked, request: PackRequest, sections: Sequence[Section]) -> list[Chapter]:
    """Its findings are attached, so that all of them are results: what is to be done is said in sentences."""
    _ = translator(asked.language)
    return [
        Chapter(_("Dasar"), [_occasion(asked, request), *_articles(asked)]),
        Chapter(_("Hasil"), [_position_told(asked)], [section.code for section in sections]),
        Chapter(_("Tindak lanjut"), _recommended(asked) or [_nothing_to_do(asked)]),
    ]


def _report(asked: Asked, request: PackRequest, sections: Sequence[Section]) -> list[Chapter]:
    _ = translator(asked.language)
    findings = casework_tables.findings_of(asked.casework)
    apart = (*FOUND, *TO_BE_DONE)
    results = [section.code for section in sections if section.code not in apart]
    return [
        Chapter(_("Dasar"), [_occasion(asked, request), *_articles(asked)]),
        Chapter(_("Tujuan"), [_aim(asked)]),
        Chapter(_("Ruang lingkup"), _extent(asked)),
        Chapter(_("Metodologi"), _method(asked)),
        Chapter(_("Hasil"), [_position_told(asked)], results),
        Chapter(_("Temuan"), _findings_told(findings, asked), [one.code for one in sections if one.code in FOUND]),
        Chapter(_("Rekomendasi"), [*_of_findings(findings, asked), *_recommended(asked)] or [_nothing_to_do(asked)]),
        Chapter(
            _("Tindak lanjut"), _follow_up(findings, asked), [one.code for one in sections if one.code in TO_BE_DONE]
        ),
    ]


def _occasion(asked: Asked, request: PackRequest) -> str:
    _ = translator(asked.language)
    text = _("Disusun untuk {meeting}, {day}.")
    return text.format(meeting=request.meeting, day=formats.day(request.day, asked.language))


def _articles(asked: Asked) -> list[str]:
    """What the edition's projects are judged by; where it keeps no rules, nothing is cited."""
    return rule_notes(asked.edition, asked.selection, asked.language)


def _position_told(asked: Asked) -> str:
    _ = translator(asked.language)
    text = _("Angka {month}, {where}, menurut edisi {number} dengan posisi data {day}.")
    return text.format(
        month=formats.month(asked.selection.month, asked.language),
        where=asked.selection.where(asked.language),
        number=asked.edition.number,
        day=formats.day(asked.position, asked.language),
    )


def _aim(asked: Asked) -> str:
    _ = translator(asked.language)
    text = _(
        "Menilai apakah proyek konstruksi di {where} terdaftar pada BPJS Ketenagakerjaan, membayar iuran, dan "
        "melindungi pekerjanya tepat waktu; serta apa yang belum dipenuhi dan oleh siapa."
    )
    return text.format(where=asked.selection.where(asked.language))


def _extent(asked: Asked) -> list[str]:
    """How many projects there are, and how many of them could be judged."""
    _ = translator(asked.language)
    if not pack_projects.knows_projects(asked.edition, asked.selection):
        return [_("Proyek tunggal tidak tersedia dalam lingkup atau edisi ini.")]
    counts = cached.counts_by_result(asked.edition.key, asked.selection.scope, tuple(sorted(asked.overlaid.items())))
    total, unknown = sum(counts.values()), counts.get("belum_dapat_dinilai", 0)
    text = _.plural(
        "{where}: {count} proyek dinilai pada posisi {day}; {unknown} di antaranya belum dapat dinilai.", total
    )
    return [
        text.format(
            where=asked.selection.where(asked.language),
            count=formats.number(total, asked.language),
            day=formats.day(asked.position, asked.language),
            unknown=formats.number(unknown, asked.language),
        )
    ]


def _method(asked: Asked) -> list[str]:
    _ = translator(asked.language)
    return [
        _(
            "Data proyek, pendaftaran, pembayaran iuran, kepesertaan dan daftar pekerja dicocokkan per proyek, lalu "
            "dinilai dengan aturan yang mengikatnya. Yang datanya belum lengkap disebut belum dapat dinilai, tidak "
            "dihitung nol."
        ),
        gate.NOT_A_DECISION.in_language(asked.language),
    ]


def _findings_told(findings: Sequence[FindingState], asked: Asked) -> list[str]:
    """Each finding with condition, criterion, cause and effect: its table has room for the first only."""
    _ = translator(asked.language)
    if not findings:
        return [_("Belum ada temuan yang dicatat dalam lingkup ini.")]
    return [_finding_told(finding, asked.language) for finding in findings]


def _finding_told(finding: FindingState, language: str) -> str:
    _ = translator(language)
    content = finding.noted.content
    head = _("Temuan {number}, {owner}.").format(
        number=finding.number, owner=sentences.category_name(content.owner, language)
    )
    parts = [f"{case_words.label(name, language)}: {_closed(getattr(content, name))}" for name in CONDITIONS]
    return " ".join([head, *parts])


def _of_findings(findings: Sequence[FindingState], asked: Asked) -> list[str]:
    """What the findings that are not settled recommend, and until when."""
    _ = translator(asked.language)
    text = _("Temuan {number}, {owner}: {recommendation} Tenggat {day}.")
    return [
        text.format(
            number=finding.number,
            owner=sentences.category_name(finding.noted.content.owner, asked.language),
            recommendation=_closed(finding.noted.content.rekomendasi),
            day=formats.day(finding.noted.content.due, asked.language),
        )
        for finding in findings
        if finding.state not in SETTLED
    ]


def _closed(text: str) -> str:
    """With a full stop, in one line."""
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?")) else line + "."


def _recommended(asked: Asked) -> list[str]:
    """What the register says should be done, most urgent first; nothing where nothing is known to lack."""
    if not pack_projects.knows_projects(asked.edition, asked.selection):
        return []
    return [*_new_orders(asked), *_overdue(asked), *_unknown(asked)]


def _new_orders(asked: Asked) -> list[str]:
    _ = translator(asked.language)
    known, _unknown_ones = new_work_orders.read(asked.edition, asked.selection, asked.overlaid)
    if not known:
        return []
    urgent = sum(line.urgent for line in new_work_orders.by_owner(known))
    text = _.plural("Pemilik proyek dan penyedia mendaftarkan {count} SPK baru sebelum batasnya.", len(known))
    told = text.format(count=formats.number(len(known), asked.language))
    if urgent:
        soon = _.plural("{soon} di antaranya jatuh tempo dalam {days} hari kerja.", urgent)
        count = formats.number(urgent, asked.language)
        told += " " + soon.format(soon=count, days=new_work_orders.URGENT_WORKING_DAYS)
    return [told]


def _overdue(asked: Asked) -> list[str]:
    _ = translator(asked.language)
    count = _count_of("belum_memenuhi", asked)
    text = _.plural(
        "Pemilik proyek menyelesaikan {count} proyek berjalan yang sudah lewat batas dan belum memenuhi.", count
    )
    return [text.format(count=formats.number(count, asked.language))] if count else []


def _unknown(asked: Asked) -> list[str]:
    _ = translator(asked.language)
    count = _count_of("belum_dapat_dinilai", asked)
    text = _.plural("Data dilengkapi untuk {count} proyek yang belum dapat dinilai.", count)
    return [text.format(count=formats.number(count, asked.language))] if count else []


def _count_of(result: str, asked: Asked) -> int:
    overlaid = tuple(sorted(asked.overlaid.items()))
    return cached.counts_by_result(asked.edition.key, asked.selection.scope, overlaid).get(result, 0)


def _nothing_to_do(asked: Asked) -> str:
    return translator(asked.language)("Tidak ada tindak lanjut yang dapat disebut dari data lingkup ini.")


def _follow_up(findings: Sequence[FindingState], asked: Asked) -> list[str]:
    """How far the findings are settled."""
    _ = translator(asked.language)
    if not findings:
        return [_("Belum ada temuan yang perlu ditindaklanjuti.")]
    settled = sum(finding.state in SETTLED for finding in findings)
    overdue = sum(finding.is_overdue(asked.position) for finding in findings)
    text = _.plural(
        "{settled} dari {count} temuan sudah selesai ditindaklanjuti; {overdue} lewat tenggat pada {day}.",
        len(findings),
    )
    return [
        text.format(
            settled=formats.number(settled, asked.language),
            count=formats.number(len(findings), asked.language),
            overdue=formats.number(overdue, asked.language),
            day=formats.day(asked.position, asked.language),
        )
    ]
