"""A meeting pack says what the pages of the same scope say, in both languages, and nothing beyond its scope."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest

from data.access import EVERYTHING, LOCAL, Grant
from data.cases import Finding, FollowUp, Waiver
from data.casework import record_finding, record_follow_up, record_waiver, record_withdrawal
from data.editions import current_edition
from data.errors import CakupanError
from data.packs import Kept, PackFacts, PackRequest
from reports.pack import Letterhead
from tests.pages.conftest import text_of
from tests.pages.targets_home import AS_OF, LARGE, NOW, OTHER_OWNER, OWNER, make_targets_home
from ui import cached, formats, pack, pack_sections, project_columns, scope_bar

LANGUAGES = ("id", "en")
MEETING, DAY = "Rapat koordinasi", date(2025, 7, 7)
# Of each section, the page of the screen that shows the same and the parameters of its address.
PAGES = {
    "trend": ("ringkasan", {}),
    "change": ("ringkasan", {}),
    "owner": ("perbandingan", {"tab": "pemilik"}),
    "targets": ("capaian_target", {}),
    "closing": ("capaian_target", {}),
    "new_work_orders": ("proyek", {"bagian": "spk"}),
    "ladder": ("proyek", {"bagian": "tangga"}),
    "findings": ("proyek", {"bagian": "temuan"}),
}
WITHOUT_PAGE = {"place", "exceptions", "projects"}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """With a promise, a finding and an exception on projects of two owners."""
    home = make_targets_home(tmp_path_factory.mktemp("pack"))
    edition = current_edition(home)
    assert edition is not None
    record_follow_up(home, LOCAL, edition, FollowUp("A", "berjanji", "Bidang kepesertaan", date(2025, 6, 20)))
    parts = dict.fromkeys(("kondisi", "kriteria", "sebab", "akibat", "rekomendasi"), "Belum terdaftar")
    record_finding(home, LOCAL, edition, Finding("B", OTHER_OWNER, **parts, due=date(2025, 6, 1)))
    waiver = Waiver("C", "Kantor layanan terkena banjir", "Sekretaris Daerah", expires_on=date(2025, 6, 15))
    record_waiver(home, LOCAL, edition, waiver)
    mistaken = record_follow_up(home, LOCAL, edition, FollowUp("D", "berjanji", "Bidang kepesertaan", AS_OF))
    record_withdrawal(home, LOCAL, edition, mistaken.number, "Proyek keliru.")
    return home


@pytest.fixture
def edition(home, monkeypatch):
    monkeypatch.setenv("CAKUPAN_HOME", str(home.root))
    served = cached.served_edition(EVERYTHING)
    assert served is not None
    return served


def asked(audience="pimpinan", **changes):
    return PackRequest(
        **{"meeting": MEETING, "day": DAY, "audience": audience, "month": AS_OF, "place": "16"} | changes
    )


def everything(edition, **changes):
    """A request for every section that the scope can fill."""
    request = asked(**changes)
    selection = pack.selection_of(edition, request, "id")
    offers = pack.sections_for("pimpinan", edition, selection, "id")
    return asked(**changes, sections=tuple(offer.code for offer in offers))


def kept(casework):
    """The pack of a meeting a year ago, made from the same edition when the journal had so many entries."""
    facts = PackFacts(1, False, "0" * 64, casework, ("trend",))
    former = asked(month=date(2024, 6, 30), day=date(2024, 7, 7))
    return Kept(casework, datetime(2024, 7, 7, tzinfo=UTC), "lokal", False, former, facts, ())


def first_entry(edition):
    """The number of the first entry of casework: the promise."""
    return pack.casework_of(edition, asked()).history[0].number


def said(built):
    """All that a pack says, as one text."""
    return msgspec.json.encode(built, enc_hook=list).decode()


def section_of(built, code):
    return next(section for section in built.sections if section.code == code)


def points_of(built, code):
    """Of the first series of a section's chart: (text, base, value) of each point, None for a gap."""
    chart = section_of(built, code).chart
    assert chart is not None, code
    return [(point.text, point.base, point.value) for point in chart.series[0].points]


def words(text):
    """The text as a browser shows it, which joins what white space parts."""
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_has_the_sentence_of_its_page(home, edition, look, language):
    built = pack.build(edition, everything(edition), language)
    assert {section.code for section in built.sections} == PAGES.keys() | WITHOUT_PAGE
    seen = {}
    for section in built.sections:
        if section.code in PAGES:
            page, params = PAGES[section.code]
            known = (page, *params.values())
            seen[known] = seen.get(known) or words(text_of(look(home, page=page, lang=language, **params)))
            assert words(section.title) in seen[known]
            assert words(section.subtitle) in seen[known]
            assert all(words(table.title) in seen[known] for table in section.tables if table.code.startswith("rekap-"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headline_is_that_of_ringkasan(home, edition, look, language):
    headline = pack.build(edition, asked(), language).headline
    assert headline is not None
    text = words(text_of(look(home, lang=language)))
    for part in (headline.name, headline.figure, *headline.anatomy, *headline.asides):
        assert words(part) in text


@pytest.mark.parametrize("audience", pack.AUDIENCES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_audience_has_a_whole_pack_in_both_languages(edition, audience, language):
    built = pack.build(edition, asked(audience), language)
    codes = [section.code for section in built.sections]
    offered = pack.sections_for(audience, edition, pack.selection_of(edition, asked(), language), language)
    assert codes == [offer.code for offer in offered if offer.is_usual]
    assert set(codes) <= set(pack.AUDIENCES[audience])
    told = [code for chapter in built.chapters for code in chapter.sections]
    assert sorted(told) == sorted(codes)
    tables = [table for section in built.sections for table in section.tables]
    assert len({table.code for table in tables}) == len({table.name for table in tables}) == len(tables)
    for table in tables:
        widths = {(len(line.cells), len(line.texts)) for line in (*table.lines, *filter(None, [table.total]))}
        assert widths == {(len(table.columns), len(table.columns))}
        assert len(list(table.lines)) == len(table.lines)
    charts = [section.chart for section in built.sections if section.chart]
    for chart in charts:
        assert {len(series.points) for series in chart.series} == {len(chart.categories)}
        values = [point.value for series in chart.series for point in series.points if point.value is not None]
        assert chart.ticks[0][0] <= min(values) and max(values) <= chart.ticks[-1][0]
    assert 2 <= len(built.summary) <= 5
    assert not [line for line in built.summary if not line.endswith(".") or line.endswith("..")]


def test_numbers_are_those_that_can_be_counted_on_paper(edition):
    built = pack.build(edition, everything(edition), "id")
    assert built.headline is not None and built.headline.figure == "60,0 %"
    last = list(section_of(built, "trend").tables[0].lines)[-1]
    assert (last.cells[1], last.texts[1]) == (100 * NOW / 100, "60,0")
    [closing, _unknown] = section_of(built, "closing").tables
    assert [line.cells[7] for line in closing.lines] == [LARGE]
    start, *moves, end = points_of(built, "change")
    assert end[2] == start[2] + sum(reached - begun for _text, begun, reached in moves)
    recap = section_of(built, "owner").tables[1]
    projects = [column.text for column in recap.columns].index("Proyek berjalan")
    assert {line.cells[1]: line.cells[projects] for line in recap.lines} == {OTHER_OWNER: 2, OWNER: 2}
    assert recap.total is not None and recap.total.cells[projects] == 2 + 2


def test_the_register_has_names_that_wrap_and_folds_what_the_screen_does_not_show(edition):
    register = section_of(pack.build(edition, everything(edition), "id"), "projects").tables[1]
    shown = {column.header for column in project_columns.register_columns("id") if not column.only_in_file}
    assert {column.text for column in register.columns if not column.is_detail} == shown
    assert {column.text for column in register.columns if column.is_brief} == shown
    wide = {column.text for column in register.columns if column.is_wide}
    assert {"Proyek", "Pemilik proyek", "Penyedia"} <= wide <= {"Proyek", "Pemilik proyek", "Penyedia", "Keterangan"}
    assert not [column.text for column in register.columns if column.is_on_paper]


@pytest.mark.parametrize("place", ["16", "branch:kota"])
def test_a_workbook_shows_the_digits_of_the_screen(edition, place):
    """Also where the targets of a table are in several units; money the screen shortens: Rp13,95 M."""
    built = pack.build(edition, everything(edition, place=place), "id")
    for table in (table for section in built.sections for table in section.tables):
        for line in table.lines:
            decimals = line.decimals or [column.decimals for column in table.columns]
            for cell, text, shown in zip(line.cells, line.texts, decimals, strict=True):
                if isinstance(cell, int | float | Decimal) and not text.startswith("Rp"):
                    assert formats.number(cell, "id", shown) in text, (table.code, line)


def test_a_value_that_nobody_knows_is_an_empty_cell_and_a_gap(edition, monkeypatch):
    monkeypatch.setattr(pack_sections, "MOST_MONTHS_WITHOUT_DATA", 36)
    built = pack.build(edition, asked(), "id")
    lines = list(section_of(built, "trend").tables[0].lines)
    values = [line.cells[1] for line in lines]
    assert None in values
    assert [value for _text, _base, value in points_of(built, "trend")] == values
    assert {line.texts[1] for line in lines if line.cells[1] is None} == {"–"}


@pytest.mark.parametrize("audience", pack.AUDIENCES)
def test_where_no_project_was_delivered_nothing_is_said_of_projects(official_home, monkeypatch, audience):
    """That no work order waits for registration would be taken for good news."""
    monkeypatch.setenv("CAKUPAN_HOME", str(official_home.root))
    served = cached.served_edition(EVERYTHING)
    assert served is not None
    built = pack.build(served, asked(audience, month=date(2024, 7, 31)), "id")
    assert {"trend"} <= {section.code for section in built.sections} <= {"trend", "place"}
    assert "SPK" not in " ".join(built.summary)


def test_the_summary_says_what_is_asked_first_in_the_order_of_the_pack(edition):
    built = pack.build(edition, everything(edition), "id")
    title = {section.code: section.title for section in built.sections}
    assert built.summary[1:-1] == [f"{title[code]}." for code in title if code in pack.FIRST_ASKED][:3]
    assert title["change"] not in " ".join(built.summary)


def test_a_report_tells_condition_criterion_cause_and_effect_of_each_finding(edition):
    built = pack.build(edition, asked("inspektorat"), "id")
    [told] = [chapter.paragraphs for chapter in built.chapters if chapter.title == "Temuan"]
    parts = "Kondisi: Belum terdaftar. Kriteria: Belum terdaftar. Sebab: Belum terdaftar. Akibat: Belum terdaftar."
    assert [text.partition(". ")[2] for text in told] == [parts]


def test_years_without_data_are_a_gap_in_the_chart_and_no_lines_of_the_table(edition):
    built = pack.build(edition, asked(), "id")
    section, drawn = section_of(built, "trend"), [value for _text, _base, value in points_of(built, "trend")]
    assert drawn.count(None) > 12
    assert [line.cells[1] for line in section.tables[0].lines] == [value for value in drawn if value is not None]
    assert f"{drawn.count(None)} bulan tanpa data tidak ditulis dalam tabel." in section.asides


def test_the_same_request_is_the_same_content(edition):
    first, again = (pack.build(edition, everything(edition), "id") for _ in range(2))
    assert first.content_hash == again.content_hash
    assert first.content_hash[:8] in first.origin
    signed = pack.build(edition, everything(edition), "id", letterhead=Letterhead(signer_name="Pejabat Baru"))
    assert signed.content_hash == first.content_hash


@pytest.mark.parametrize("changes", [{"meeting": "Rapat lain"}, {"place": "16.71"}, {"audience": "cabang"}])
def test_another_request_is_other_content(edition, changes):
    assert pack.build(edition, asked(**changes), "id").content_hash != pack.build(edition, asked(), "id").content_hash


def test_another_language_is_other_content_and_the_same_numbers(edition):
    one, other = (pack.build(edition, everything(edition), language) for language in LANGUAGES)
    assert one.content_hash != other.content_hash
    drawn = [section.code for section in one.sections if section.chart]
    assert drawn == [section.code for section in other.sections if section.chart]
    for code in drawn:
        mine, others = ([value for _text, _base, value in points_of(built, code)] for built in (one, other))
        assert mine == others


def test_what_officials_added_counts_as_it_stood_then(edition):
    then = pack.casework_of(edition, asked(), until=first_entry(edition))
    before = pack.build(edition, everything(edition), "id", casework=then)
    after = pack.build(edition, everything(edition), "id")
    assert section_of(before, "findings").why_empty == section_of(before, "findings").title
    assert len(section_of(after, "findings").tables[0].lines) == 1
    assert before.content_hash != after.content_hash


def test_a_pack_begins_with_what_moved_since_the_last_one(edition):
    built = pack.build(edition, asked(), "id", since=kept(first_entry(edition)))
    first = built.sections[0]
    assert first.code == "since"
    assert first.title == (
        "Sejak rapat terakhir naik 10,0 poin: perubahan nyata menambah 10,0 poin; "
        "0 dari 1 janji pendaftaran sudah ditepati"
    )
    assert [text for text, _base, _value in points_of(built, "since")] == ["50,0 %", "+10,0", "60,0 %"]
    [promise] = first.tables[1].lines
    # Promised for 20 June, the position is 30 June, and A is not registered.
    assert (promise.cells[0], promise.texts[-1], promise.tone) == ("A", "lewat janji", "concern")


def test_the_bar_of_then_names_the_estimate_of_then(edition, monkeypatch):
    measured = cached.since

    def with_an_older_estimate(*asked_for):
        found = measured(*asked_for)
        return replace(found, then=replace(found.then, denominator_as_of=date(2020, 8, 31)))

    monkeypatch.setattr(cached, "since", with_an_older_estimate)
    table = pack.build(edition, asked(), "id", since=kept(first_entry(edition))).sections[0].tables[0]
    dated = [column.text for column in table.columns].index("Tanggal penyebut")
    assert [line.cells[dated] for line in table.lines] == [date(2020, 8, 31), *[date(2021, 1, 1)] * 2]


def test_what_was_promised_after_the_last_pack_was_not_promised_then(edition):
    first = pack.build(edition, asked(), "id", since=kept(first_entry(edition) - 1)).sections[0]
    assert [table.code for table in first.tables] == ["sejak"]


@pytest.mark.parametrize("entries_before", [0, 1])
def test_a_promise_that_was_withdrawn_is_owed_by_nobody(edition, entries_before):
    """Whether it was withdrawn before the last pack was made, or after."""
    last = pack.casework_of(edition, asked()).history[-1].number
    first = pack.build(edition, asked(), "id", since=kept(last - entries_before)).sections[0]
    assert [line.cells[0] for line in first.tables[1].lines] == ["A"]


def test_of_one_fund_counts_what_was_noted_on_its_projects(edition):
    whole = pack.casework_of(edition, asked()).history
    assert {noted.kind for noted in whole} == {"follow_up", "finding", "exception"}
    assert pack.casework_of(edition, asked(fund="APBD kabupaten/kota")).history == whole
    assert pack.casework_of(edition, asked(fund="APBN")).history == ()


def test_a_pack_of_one_owner_says_nothing_of_another(edition):
    built = pack.build(edition, everything(edition, owner=OWNER), "id")
    assert OTHER_OWNER not in said(built)
    assert OTHER_OWNER in said(pack.build(edition, everything(edition), "id"))
    assert {"owner", "targets", "closing"}.isdisjoint(section.code for section in built.sections)


@pytest.mark.parametrize(
    ("grant", "changes"),
    [
        (Grant(None, frozenset({OWNER})), {"owner": OWNER}),
        (Grant(frozenset({"16.71"}), None), {"place": "16.71"}),
        (Grant(frozenset({"branch:kota"}), None), {"place": "branch:kota"}),
        (Grant(frozenset({"16.71"}), frozenset({OTHER_OWNER})), {"place": "16.71", "owner": OTHER_OWNER}),
    ],
)
def test_who_may_see_no_more_than_the_scope_has_the_same_pack(edition, grant, changes):
    """So nothing of what lies beyond the scope can be in it."""
    narrow = cached.served_edition(grant)
    assert narrow is not None
    own, whole = (pack.build(served, everything(served, **changes), "id") for served in (narrow, edition))
    assert own.content_hash == whole.content_hash
    assert own.sections


def test_a_pack_of_one_kabupaten_lays_it_beside_no_other(edition):
    assert "place" not in [
        section.code for section in pack.build(edition, everything(edition, place="16.71"), "id").sections
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"place": "99"}, "Wilayah “99”"), ({"owner": "Dinas X"}, "Dinas X"), ({"month": date(1999, 1, 31)}, "1999-01")],
)
def test_what_the_edition_does_not_know_is_quoted(edition, changes, told):
    with pytest.raises(CakupanError, match=told):
        pack.build(edition, asked(**changes), "id")


def test_a_section_that_has_nothing_to_say_is_refused_with_those_that_have(edition):
    with pytest.raises(CakupanError, match=r"Bagian “place” tidak ada.*trend"):
        pack.build(edition, asked(place="16.71", sections=("place",)), "id")


def test_the_screen_of_a_request_is_that_of_its_address(edition):
    selection = scope_bar.read({"place": "16.71", "owner": OWNER, "month": "2025-06"}, edition, "id")
    request = asked(place="16.71", owner=OWNER)
    assert pack.selection_of(edition, request, "id") == selection
    assert pack.params_of(selection)["owner"] == OWNER
