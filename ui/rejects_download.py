"""The workbook of refused rows that goes back to its sender: made by a child when somebody takes it."""

from functools import partial
from pathlib import Path

from data.access import Reader
from ui import child, downloads, tables
from ui import reader as readers
from ui.cached import ServedEdition
from ui.texts import translator

LONGEST_SECONDS = 5 * 60


def offer(batch: int, file_name: str, edition: ServedEdition | None, language: str) -> None:
    """A download of the refused rows of one delivery; the child journals it."""
    _ = translator(language)
    looking = readers.of_this_run()
    read = partial(_made, batch, looking, downloads.session_of_this_run(looking))
    demo = "DATA-CONTOH-" if edition and edition.is_demo else ""
    name = f"{demo}ditolak-{batch}-{Path(file_name).stem[:60]}.xlsx"
    text = _("Unduh baris yang ditolak dari kiriman {number} (XLSX)").format(number=batch)
    downloads.offer(text, read, name, tables.XLSX, key=f"rejects-{batch}")


def _made(batch: int, reader: Reader, session: str | None) -> bytes:
    """Through a pipe: in a file it would lie in clear."""
    arguments = ["rejects", str(batch), "--out=-"]
    return child.answer_bytes(arguments, child.child_environment(reader, session), LONGEST_SECONDS)
