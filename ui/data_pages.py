"""The parts of Data & Definisi, each computed only when it is the one on the screen."""

from collections.abc import Callable

from data.access import Reader
from ui import (
    claims_box,
    count_pairs,
    glossary,
    names,
    provenance,
    publishing,
    quality,
    reconciliation,
    revisions,
    sent,
    upload,
)
from ui.cached import ServedEdition

Show = Callable[[ServedEdition | None, Reader, str], None]


PARTS: dict[str, Show] = {
    "kirim": upload.show,
    "kiriman": sent.show,
    "terbit": publishing.show,
    "temuan": quality.show_findings,
    "nama": names.show,
    "rekonsiliasi": reconciliation.show,
    "banding": count_pairs.show,
    "indikator": glossary.show_indicators,
    "asal": provenance.show_origin,
    "klaim": claims_box.show,
    "revisi": revisions.show_revisions,
}
