"""Every number in every table of a pack's files is what the shell says of the same scope, in both languages.

The files are made by the shell and read back by openpyxl, python-docx, python-pptx and pypdf. What no command says is
listed in UNTOLD, each with where it is tested instead.
"""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, partial
from operator import itemgetter
from re import fullmatch
from typing import Any

import pytest
from babel.messages.pofile import read_po

from analytics.gate import RESULTS
from analytics.indicators import INDICATORS
from analytics.ladder import RUNGS
from data.demo import make_demo
from data.home import Home
from tests import pack_answers
from tests.pack_answers import Shell
from tests.pack_files import SHAPES, flattened, number_in, of_document, of_slides, of_workbook, text_of, unpacked
from tests.shell import landed
from ui.texts import LOCALE_FOLDER

SLICE = 0.05
MONTH, COMPARED = "2025-06", "2024-06"
OWNER, FUND = "Dinas PUPR Kota Palembang", "APBN"
PROJECTS = "ladder,new_work_orders,findings,exceptions,projects"
WHOLE = "trend,change,place,owner,fund,targets,closing," + PROJECTS
ALL_FORMATS = {"xlsx", "pptx", "docx", "pdf", "png"}
# Their language, place, owner, fund and sections.
PACKS = {
    "provinsi": ("id", "16", None, None, WHOLE),
    "province": ("en", "16", None, None, WHOLE),
    "city": ("en", "16.71", None, None, WHOLE.replace("place,", "")),
    "dinas": ("id", "16.71", OWNER, None, f"trend,change,{PROJECTS}"),
    "fund": ("en", "16", None, FUND, f"trend,change,place,owner,{PROJECTS}"),
}
# No command says them: intervals by chance (tests/analytics/test_compare.py), and rungs of the ladder other than those
# registered (tests/analytics/test_ladder.py).
UNTOLD = {"Rentang dari, %", "Rentang sampai, %", "Hilang", "Belum jatuh tempo", "Belum dapat dinilai"}
RUNG_NAMES = {name for rung in RUNGS.values() for name in (rung.id, rung.en)}
NO_AMOUNTS = {"Entri", "No", "No. temuan", "Versi", "Version", "Tahun", "Kode", "Kode wilayah"}
GROUPS = {"Kabupaten/kota": "place", "Pemilik proyek": "owner", "Sumber dana": "fund"}
# Where one English word stands for several Indonesian ones, that by which a table is known.
PLAIN = {
    "Bulan", "Unsur", "No", "Sisa hari kerja", "Anak tangga", "SPK baru", "Hasil", "Proyek", "Pemilik proyek",
    "Kekurangan", "Masih kurang", "Sumber dana", "Kabupaten/kota", "Hari tanpa perlindungan", "Wajib didaftarkan",
    "Dokumen", "Nilai", "Kode proyek", "Pembilang (n)", "Mengapa tidak sebanding", "JUMLAH",
}  # fmt: skip
# The first three letters of each month, in both languages.
MONTHS = ["jan", "feb", "mar", "apr", "mei may", "jun", "jul", "agu aug", "sep", "okt oct", "nov", "des dec"]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("bahan") / "home")
    make_demo(home, share=SLICE)
    return home


@pytest.fixture(scope="module", params=PACKS)
def pack(request, home, tmp_path_factory):
    """(language, the shell's answers for the scope, the pack's files by format)."""
    language, place, owner, fund, sections = PACKS[request.param]
    out = tmp_path_factory.mktemp("bahan") / "pack.zip"
    scope = ["--place", place, *(["--owner", owner] if owner else []), *(["--fund", fund] if fund else [])]
    wanted = ["--month", MONTH, "--compare", COMPARED, "--language", language, "--meeting", request.param]
    landed(home, "export", *scope, *wanted, "--day", "2025-07-01", "--sections", sections, "--out", out)
    files = unpacked(out.read_bytes())
    assert files.keys() == ALL_FORMATS
    return language, Shell(home, MONTH, COMPARED, place, owner, fund), files


def answers_for(table, shell):
    """(what the shell says by row and header, the key of a row) of a table; of one in words, nothing."""
    headers, first = table.headers, table.headers[0]
    by: Any = GROUPS.get((headers[1] if first == "No" else first).capitalize())
    known = {
        "Bulan": lambda: (pack_answers.trend(shell, [str(month_of(row[0])) for row in table.rows]), month_of_row),
        "Unsur": lambda: (pack_answers.change(shell, months_after(COMPARED, MONTH)), month_or_name),
        "No": lambda: (pack_answers.recap(shell, by), itemgetter(1)),
        "Sisa hari kerja": lambda: with_code(pack_answers.new_work_orders(shell), headers, shell),
        "Anak tangga": lambda: ({name: {} for name in RUNG_NAMES} | pack_answers.ladder(shell), itemgetter(0)),
    }
    if first in known:
        return known[first]()
    telling = {
        "Hasil": lambda: (pack_answers.results(shell), itemgetter(0)),
        "Pembilang (n)": lambda: (pack_answers.comparison(shell, by, measure_in(headers)), itemgetter(0)),
        "SPK baru": lambda: (pack_answers.new_work_orders_by_owner(shell), itemgetter(0)),
        "Menambah, orang": lambda: with_code(pack_answers.closing(shell), headers, shell),
        "Hari tanpa perlindungan": lambda: with_code(pack_answers.register(shell), headers, shell),
        "Capaian, %": lambda: only_one(pack_answers.targets(shell)),
        "Masih kurang": lambda: only_one(pack_answers.paces(shell)),
        "Mengapa tidak sebanding": lambda: (pack_answers.other_targets(shell), itemgetter(headers.index("Dokumen"))),
        "Wajib didaftarkan": lambda: (pack_answers.ladder_by(shell, by), itemgetter(0)),
    }
    # The last that it has: what stands first is in several tables.
    found = next((telling[header] for header in reversed(telling) if header in headers), None)
    return found() if found else ({}, None)


def only_one(answers):
    """One target of the year can be compared in the places of these packs."""
    [name] = answers
    return answers, lambda _row: name


def measure_in(headers):
    return next(header for header in headers[1:] if header.endswith(", %") and not header.startswith("Rentang"))


def month_of_row(row):
    return month_of(row[0])


def month_or_name(row):
    return month_of(row[0]) or row[0]


def with_code(answers, headers, shell):
    return answers, partial(code_in, answers, headers, shell)


def code_in(answers, headers, shell, row):
    """The code of a row's project: a cell of its own, or before its name; of a name alone the project so called."""
    if "Kode proyek" in headers:
        return row[headers.index("Kode proyek")]
    first, _, name = row[headers.index("Proyek")].partition(" · ")
    company = row[headers.index("Penyedia")].partition(" · ")[0]
    named = (first, row[headers.index("Pemilik proyek")], None if company == "–" else company)
    facts = ("nama_proyek", "owner", "penyedia")
    so_called = [code for code in answers if tuple(shell.projects[code][fact] for fact in facts) == named]
    return first if name else next(iter(so_called), None)


def month_of(text):
    """2025-06 of '2025-06', 'Juni 2025', 'Jun 2025' or 'June 2025'; None of what is no month."""
    if fullmatch(r"\d{4}-\d{2}", str(text)):
        return text
    found = fullmatch(r"(\w{3})\w* (\d{4})", str(text))
    number = next((at for at, names in enumerate(MONTHS, start=1) if found and found[1].lower() in names.split()), None)
    return f"{found[2]}-{number:02}" if found and number else None


def months_after(first, last):
    """2024-07 … 2025-06, of 2024-06 and 2025-06."""
    begin, end = (12 * int(month[:4]) + int(month[5:]) for month in (first, last))
    return [f"{(month - 1) // 12}-{(month - 1) % 12 + 1:02}" for month in range(begin + 1, end + 1)]


def in_indonesian(table, known):
    """The table under the Indonesian headers, with the Indonesian names of its own words."""
    headers = [known.get(header, header) for header in table.headers]
    rows = [[worded(cell, known) if isinstance(cell, str) else cell for cell in row] for row in table.rows]
    return replace(table, headers=headers, rows=rows)


def worded(cell, known):
    """Without the shape of a status."""
    text = cell.lstrip(SHAPES + " ")
    return known.get(text, text)


@cache
def indonesian_of(language):
    """Indonesian by English, of the texts that these tables say; of several the one that the tables are known by."""
    if language == "id":
        return {}
    told = {english: texts[0] for english, texts in of_one_english().items()}
    told |= {english[:1].upper() + english[1:]: text[:1].upper() + text[1:] for english, text in told.items()} | told
    told |= {result.label.en: result.label.id for result in RESULTS.values()}
    told |= {measure.label.en + ", %": measure.label.id + ", %" for measure in INDICATORS.values()}
    told["Due in ≤ 3 working days"] = "Jatuh tempo ≤ 3 hari kerja"  # the catalogue has it without its number
    return told | {rung.en: rung.id for rung in RUNGS.values()}


@cache
def of_one_english():
    """Indonesian texts by their English one."""
    found = {}
    with (LOCALE_FOLDER / "en" / "LC_MESSAGES" / "cakupan.po").open("rb") as source:
        for message in read_po(source, locale="en"):
            # A text of a count is the same in Indonesian, of one as of several.
            text = message.id[0] if message.pluralizable else message.id
            for english in dict.fromkeys(message.string if isinstance(message.string, tuple) else [message.string]):
                found.setdefault(english, []).append(text)
    return {english: sorted(texts, key=lambda text: text not in PLAIN) for english, texts in found.items() if english}


def named_alike(header, language):
    """The header, and in English those that are called as it is."""
    groups = of_one_english().values() if language == "en" else ()
    return next((texts for texts in groups if header in texts), [header])


def assert_answered(tables, language, shell, *, whole=False):
    """Every number in the tables is the shell's; where they are `whole`, they leave out nothing that it says."""
    compared = 0
    for table in (in_indonesian(table, indonesian_of(language)) for table in tables):
        found, key = answers_for(table, shell)
        if whole and key:
            told = {name for name, answer in found.items() if any(answer.values())}
            assert told <= {key(row) for row in table.rows}, table.where
        for row in table.rows:
            assert key is None or key(row) in found, (table.where, key(row), row)
            answer = found[key(row)] if key else {}
            for header, cell in zip(table.headers, row, strict=False):
                compared += assert_cell((header, cell), row, answer, language, table.where)
    return compared


def assert_cell(header_and_cell, row, answer, language, where):
    """1 where the cell was compared. A number that the shell does not tell fails, but for UNTOLD."""
    header, cell = header_and_cell
    header = next((name for name in named_alike(header, language) if name in answer), header)
    told = number_of(cell, language)
    if header not in answer:
        is_rung = header.partition(":")[0] in RUNG_NAMES or {header, row[0]} & RUNG_NAMES
        assert told is None or is_rung or header in UNTOLD | NO_AMOUNTS, (where, header, row)
        return 0
    expected = answer[header]
    if expected is None:
        assert cell in (None, "", "–"), (where, header, row)
        return 1
    assert told is not None, (where, header, row, expected)
    value, decimals = told
    if isinstance(cell, str):
        assert decimals == (1 if header.endswith("%") else decimals), (where, header, row)
        shown = Decimal(expected).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        assert value == shown, (where, header, row, expected)
    else:
        # A workbook keeps twelve decimals of a share.
        assert abs(value - Decimal(expected)) <= Decimal("1e-12") * max(1, abs(value)), (where, header, row, expected)
    return 1


def number_of(cell, language):
    if isinstance(cell, str):
        return number_in(cell, language)
    return (Decimal(str(cell)), 0) if isinstance(cell, int | float) else None


def test_every_number_of_the_workbook_is_the_shell_s(pack):
    language, shell, files = pack
    tables = of_workbook(files["xlsx"])
    assert assert_answered([table for table in tables if not is_of_charts(table)], language, shell, whole=True) > 500


def is_of_charts(table):
    return table.headers[0] in ("Kategori", "Category")


def test_every_number_of_the_document_is_the_shell_s(pack):
    language, shell, files = pack
    assert assert_answered(of_document(files["docx"]), language, shell) > 50


def test_every_number_of_the_slides_is_the_shell_s(pack):
    language, shell, files = pack
    tables, charts = of_slides(files["pptx"])
    assert assert_answered(tables, language, shell) > 20
    months, drawn = next((months, series) for months, series in charts if month_of(months[0]))
    for month, value in zip(map(month_of, months), next(iter(drawn.values())), strict=True):
        expected = shell.row(shell.measure, month)["value"]
        assert (value is None) == (expected is None), (month, value, expected)
        assert value == pytest.approx(expected), month


def test_the_handout_says_every_row_of_the_document(pack):
    language, _shell, files = pack
    said = text_of(files["pdf"])
    rows = [row for table in of_document(files["docx"]) for row in table.rows]
    assert len(rows) > 20
    lacking = [row for row in rows if flattened(" ".join(row)) not in said]
    assert lacking == [], language


def test_the_headline_is_the_shell_s_in_every_text(pack):
    language, shell, files = pack
    row = shell.row(shell.measure)
    thousands, mark = {"id": (".", ","), "en": (",", ".")}[language]
    counts = [f"{row[name]:,}".replace(",", thousands) for name in ("numerator", "denominator")]
    share = str(Decimal(str(row["value"])).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)).replace(".", mark)
    said = text_of(files["pdf"])
    assert f"{counts[0]} {'of' if language == 'en' else 'dari'} {counts[1]}" in said
    assert f"{share}%" in said.replace(" %", "%")
