"""What the ledger holds as far as an account may see it, for every command that tells, gives or undoes some of it."""

from typing import Any

from data.access import EVERYTHING, Reader
from data.acts import imported_by
from data.editions import current_edition
from data.errors import CakupanError
from data.home import Home
from data.places import name_key, resolve_place
from data.status import status


def seen_status(home: Home, reader: Reader) -> dict[str, Any]:
    """data.status, with the served `edition`.

    Whoever sees a part only, sees of the deliveries those of the edition that were declared complete for it, and what
    the account brought in itself.
    """
    facts, edition = status(home), current_edition(home, reader.grant)
    if reader.grant != EVERYTHING:
        seen = {row["batch_id"] for row in edition.query("deliveries")} if edition else set()
        own = imported_by(home, reader.name)
        facts["batches"] = [
            batch
            for batch in facts["batches"]
            if batch["batch_id"] in seen or (batch["batch_id"], batch["file_sha256"]) in own
        ]
        facts["waiting"] = []
    return facts | {"edition": edition.meta if edition else None}


def refuse_beyond_grant(home: Home, reader: Reader, batch: int) -> None:
    """Whoever sees a part only, gets or undoes of the deliveries those that status tells of."""
    if reader.grant == EVERYTHING:
        return
    if batch not in {one["batch_id"] for one in seen_status(home, reader)["batches"]}:
        raise CakupanError(f"Batch {batch} tidak ada dalam lingkup akun '{reader.name}'; lihat perintah status.")


def refuse_complete_beyond(home: Home, reader: Reader, complete_for: str | None) -> None:
    """Whoever sees a part only, declares nothing complete for a place or owner whose rows it would end unseen."""
    from data.importers.masking import masked  # with all that reads files, which most commands do without

    if reader.grant == EVERYTHING or complete_for is None:
        return
    place, edition = resolve_place(complete_for), current_edition(home, reader.grant)
    owners = edition.grant.owners if edition else reader.grant.owners
    is_owned = owners is None or name_key(complete_for) in map(name_key, owners)
    is_seen = owners is None and (edition is None or place.code in edition.visible_places) if place else is_owned
    if not is_seen:
        raise CakupanError(
            f"Kiriman lengkap untuk '{masked(complete_for)}' di luar lingkup akun ini; pilih yang di dalam lingkupnya, "
            "atau kirim sebagai tambahan."
        )
