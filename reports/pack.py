"""The meeting pack: what every file of it says, worded and counted once, before any of them is laid out.

A pack is made by ui.pack from the rows of the screen. The writers (workbook, slides, document, handout) read nothing
else, compute nothing and word nothing: so every file shows the same numbers, to the digit.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reports.cells import Cell

# What a colour stands for, everywhere: status cells, bars, the slides (design section 6).
Tone = Literal["main", "context", "better", "concern", "unmet", "target"]
Kind = Literal["line", "dots", "waterfall", "bullets", "ladder"]
Unit = Literal["percent", "points", "persons", "projects", "rupiah", "days"]


@dataclass(frozen=True)
class Column:
    """One column: its header, how many decimals its numbers show in a workbook, and whether they are numbers.

    `is_brief` columns stand where there is little room: on a slide and on an upright page, which takes those that are
    `is_on_paper` besides; the workbook has all.
    `is_wide`: texts that wrap, such as names of projects. `is_detail`: the screen does not show it either; a workbook
    folds such columns where all together are too wide for a page.
    """

    text: str
    decimals: int = 0
    is_numeric: bool = True
    is_brief: bool = True
    is_on_paper: bool = False
    is_wide: bool = False
    is_detail: bool = False


@dataclass(frozen=True)
class Line:
    """One row: `cells` as values for a workbook, None where nothing is known; `texts` as the screen words the same.

    `tone` colours the cell of the table's `status_column`. `decimals` are those that its numbers show in a workbook,
    None: those of the columns.
    """

    cells: Sequence[Cell]
    texts: Sequence[str]
    tone: Tone | None = None
    decimals: Sequence[int] | None = None


@dataclass(frozen=True)
class Table:
    """One table of the screen, all of its rows. `code` is unique within a pack, `name` short enough for a sheet's tab.

    `lines` may be read from the edition piece by piece: walk through it once, with `len` known beforehand. `total` is
    the true total, which `total_note` explains where it is not the sum of the lines. `status_column` is the number of
    the column that carries a status word, None where there is none. `empty` is the sentence in place of no lines.
    `only_in_workbook`: too long for a page or a slide, such as the register of all projects.
    """

    code: str
    name: str
    title: str
    columns: Sequence[Column]
    lines: Collection[Line]
    total: Line | None = None
    total_note: str = ""
    status_column: int | None = None
    empty: str = ""
    only_in_workbook: bool = False


@dataclass(frozen=True)
class Point:
    """One value of a series: None leaves a gap. `text` is the value as the screen words it.

    `low` and `high` are the ends of its interval, None without one. `is_marked`: it carries its text on the chart.
    `base` is where a bar of a waterfall begins; everywhere else bars begin at 0. `tone` overrides that of its series.
    """

    value: float | None
    text: str
    low: float | None = None
    high: float | None = None
    base: float = 0.0
    is_marked: bool = False
    tone: Tone | None = None


@dataclass(frozen=True)
class Series:
    """One value for every category of its chart."""

    name: str
    points: Sequence[Point]
    tone: Tone = "main"


@dataclass(frozen=True)
class Chart:
    """A picture with the numbers behind it; `alt` says in words what it shows.

    `ticks` are (value, text) of the axis of values, from the least to the greatest. A line breaks where the source
    changes (`breaks`: the numbers of the categories that begin a new source) and where a point has no value.

    Of dots and bullets the first series is the groups' own. The others are what it is laid beside: a series of context
    with one value for all dots is a line through them, such as the average of the scope; of a target each category has
    its own mark, where it has one.
    """

    kind: Kind
    unit: Unit
    categories: Sequence[str]
    series: Sequence[Series]
    ticks: Sequence[tuple[float, str]]
    alt: str
    breaks: Sequence[int] = ()

    def is_level(self, series: Series) -> bool:
        """Whether a series only says what the whole has, such as the average: a line through all dots, no marks."""
        values = {point.value for point in series.points}
        is_beside = self.kind == "dots" and series is not self.series[0] and series.tone == "context"
        return is_beside and len(values) == 1 and None not in values


@dataclass(frozen=True)
class Headline:
    """45,6 % with its anatomy: `figure`, what its rounding allows, the parts of the line below, and the parts of it."""

    name: str
    figure: str
    band: str
    anatomy: Sequence[str]
    asides: Sequence[str]
    is_flagged: bool = False


@dataclass(frozen=True)
class Section:
    """One finding: `title` is a sentence, the same as on the screen; the first table is the chart's.

    `notes` are definition, exclusions and limits, for who is asked about it; `source` where the numbers come from.
    `why_empty` stands in place of everything else where there is nothing to show.
    """

    code: str
    name: str
    title: str
    subtitle: str = ""
    chart: Chart | None = None
    tables: Sequence[Table] = ()
    asides: Sequence[str] = ()
    notes: Sequence[str] = ()
    source: str = ""
    why_empty: str = ""


@dataclass(frozen=True)
class Definition:
    """One measure used in the pack, in words; `version` is its indicator's, `limits` what it cannot say."""

    name: str
    formula: str
    exclusions: str
    source: str
    version: int
    limits: str = ""


@dataclass(frozen=True)
class Chapter:
    """One chapter of a report or memorandum: its heading, its paragraphs, and the codes of sections shown in it."""

    title: str
    paragraphs: Sequence[str] = ()
    sections: Sequence[str] = ()


@dataclass(frozen=True)
class Letterhead:
    """Who writes, from config.toml: capital lines above the double rule, and who signs at the end.

    `emblem` is the content of a PNG or JPG of the home, None where there is none; what is unknown is empty.
    """

    government: str = ""
    office: str = ""
    address: str = ""
    emblem: bytes | None = None
    city: str = ""
    signer_office: str = ""
    signer_name: str = ""
    signer_number: str = ""
    recipient: str = ""
    copies: Sequence[str] = ()


@dataclass(frozen=True)
class Pack:
    """All that a meeting's files say, in one language.

    `facts` are (name, value) pairs of the cover: meeting, day, audience, scope, position, edition. `summary` is five
    lines for a message. `document_title` and `chapters` are those of the memorandum (`is_memorandum`: it begins with
    the lines to, from, copies, date and subject) or of the monitoring report. `warning` is DATA CONTOH on demonstration
    data, None on real data. `day` is that of the meeting, `as_of` the position of the edition. `content_hash` is that
    of everything said here but the letterhead, which is whose it is; `origin` names edition and hash in a line.
    """

    language: str
    meeting: str
    day: date
    as_of: date
    edition: int
    title: str
    where: str
    facts: Sequence[tuple[str, Cell]]
    headline: Headline | None
    summary: Sequence[str]
    sections: Sequence[Section]
    definitions: Sequence[Definition]
    sources: Sequence[str]
    document_title: str
    chapters: Sequence[Chapter]
    letterhead: Letterhead
    origin: str
    content_hash: str
    warning: str | None = None
    is_memorandum: bool = True
