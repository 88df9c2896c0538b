"""What a month says otherwise in a later edition, a second time: project by project. See tests/naive.py."""

from collections import Counter

from tests import naive, naive_projects


def revision(then, now, m, place, owner, fund):
    """How covered placements of month `m` differ, by kind: late, correction or revised. Worlds then and now."""
    then, now = naive.settled(then), naive.settled(now)
    had, have = naive.MonthEnd(then, m), naive.MonthEnd(now, m)
    changed = Counter()
    for code in had.projects.keys() | have.projects.keys():
        before, after = (_covered(state, code, place, owner, fund) for state in (had, have))
        changed[_kind(then, now, had, have, code, (place, owner, fund))] += (after or 0) - (before or 0)
    return {kind: moved for kind, moved in changed.items() if moved}


def _covered(state, code, place, owner, fund):
    """None where the project does not run in the scope then."""
    return state.covered_placements(code) if _runs(state, code, place, owner, fund) else None


def _runs(state, code, place, owner, fund):
    project = state.projects.get(code)
    if project is None or code not in state.running or not state.lies_in(project["wilayah"], place):
        return False
    return owner in (None, project["pemilik"]) and fund in (None, project["sumber_dana"] or naive.UNKNOWN)


def _kind(then, now, had, have, code, scope):
    was_known = code in had.projects and naive.in_register(then, had.projects[code])
    if not was_known and not _runs(had, code, *scope):
        return "late"
    if not _runs(had, code, *scope) or not _runs(have, code, *scope):
        return "correction"
    before, after = (_dated(state, code) for state in (had, have))
    if len(after) > len(before) or _paid(after, have.m) > _paid(before, had.m):
        return "late"
    if _stated(had, code, before) != _stated(have, code, after):
        return "correction"
    return kind_of_deliveries(then, now, scope[0], ("kepesertaan", "tenaga_kerja"))


def _dated(state, code):
    """Its registrations with a date, or a payment, by the month end."""
    rows = [row for (of, _), row in naive_projects.registrations(state.world).items() if of == code]
    return [row for row in rows if row["tgl_daftar"] <= state.m or (row["tgl_bayar"] and row["tgl_bayar"] <= state.m)]


def _paid(rows, m):
    return sum(row["tgl_bayar"] is not None and row["tgl_bayar"] <= m for row in rows)


def _stated(state, code, rows):
    m, found = state.m, Counter()
    for row in rows:
        paid = row["tgl_bayar"] if row["tgl_bayar"] and row["tgl_bayar"] <= m else None
        in_force = row["cover_from"] is not None and row["cover_from"] <= m <= row["cover_to"]
        found[row["tgl_daftar"], paid, row["tenaga_kerja"], in_force] += 1
    return state.projects[code]["tenaga_kerja"], found


def kind_of_deliveries(then, now, place, kinds):
    had, have = (
        {b["batch_id"]: b for kind in kinds for b in naive.live_batches(w, kind).values()} for w in (then, now)
    )
    changed = {number: batch for number, batch in (had | have).items() if (number in had) != (number in have)}
    near = {number for number, batch in changed.items() if _may_speak_of(now, batch, place)} or set(changed)
    if {number for number in near if number in have} and {number for number in near if number in had}:
        return "revised"
    return "late" if any(number in have for number in near) else "correction"


def _may_speak_of(world, batch, place):
    if batch["scope_kind"] != "wilayah":
        return True
    declared = batch["scope_value"]
    return any(
        naive.within(world, one, declared) or naive.within(world, declared, one)
        for one in world["branches"].get(place, [place])
    )
