"""docs/definitions.md from the declarations: python -m analytics.glossary writes it, a test compares it."""

from pathlib import Path

from analytics.history import history
from analytics.indicators import DECLARED, Indicator

DOCUMENT = Path(__file__).parents[1] / "docs" / "definitions.md"

HEAD = """# Definisi indikator · Indicator definitions

Dibuat dari `analytics/indicators.py` dengan `make docs`; jangan disunting di sini.
Made from `analytics/indicators.py` by `make docs`; not to be edited here.

| status | |
|---|---|
| `ok` | |
| `implausible` | di luar rentang wajar: ditampilkan dan ditandai · outside the plausible range: shown and flagged |
| `no_data` | belum ada data, bukan nol · not known, which is not zero |
| `no_denominator` | tidak ada penyebut · no estimate of workers |
| `zero_denominator` | penyebut nol · nobody to cover |
| `mixed_sources` | jumlah dari sumber berbeda, tanpa persen · a sum over different sources, no percentage |
"""

UNITS = {
    "percent": "persen · percent",
    "persons": "orang · persons",
    "projects": "proyek · projects",
    "days": "hari · days",
    "rupiah": "rupiah",
}
KINDS = {"stock": "keadaan akhir bulan · state at month end", "flow": "gerak selama bulan · movement during the month"}
BETTER = {
    "higher": "naik lebih baik · higher is better",
    "lower": "turun lebih baik · lower is better",
    "neither": "tidak dinilai · not judged",
}


def definitions() -> str:
    """The whole document as Markdown."""
    return "\n".join([HEAD, *(_section(indicator) for indicator in DECLARED)])


def _section(indicator: Indicator) -> str:
    least, most = ("tanpa batas" if bound is None else f"{bound:g}" for bound in indicator.plausible)
    texts = {
        "Definisi · Definition": indicator.definition,
        "Tidak termasuk · Excluded": indicator.exclusions,
        "Batasan · Limits": indicator.limits,
    }
    lines = [f"## {indicator.label.id} · {indicator.label.en}", ""]
    lines.append(f"`{indicator.code}`, versi {indicator.version}. {UNITS[indicator.unit]}; {KINDS[indicator.kind]}; "
                 f"{BETTER[indicator.better]}. Rentang wajar · plausible: {least} – {most}. "
                 f"Rincian · split by: {', '.join(indicator.split_by)}.")  # fmt: skip
    for heading, text in texts.items():
        lines += ["", f"**{heading}.** {text.id}", "", f"*{text.en}*"]
    lines += ["", f"**Sumber · Source.** {indicator.source.id}", "", f"*{indicator.source.en}*"]
    lines += ["", "**Riwayat · History.**"]
    changes = [
        f"- versi {one.version}, {one.since}: {one.what.id} · *{one.what.en}*" for one in history(indicator.code)
    ]
    return "\n".join([*lines, "", *changes, ""])


def main() -> None:
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(definitions(), "utf-8")


if __name__ == "__main__":
    main()
