"""Single projects of a world, a second time: their months and registrations. See tests/naive.py."""

from datetime import date

from tests import naive


def project_months(world):
    """{(code, month): row of the edition's `project_month`} of the running projects."""
    world = naive.settled(world)
    at = {m: naive.MonthEnd(world, m) for m in naive.months(world)}
    return {(code, m): _month_of(world, at, code, m) for m in at for code in at[m].running}


def _month_of(world, at, code, m):
    state, project = at[m], at[m].projects[code]
    is_judged, is_sized = state.is_judged(code), not state.is_unsized(code)
    return {
        "place": project["wilayah"],
        "owner": project["pemilik"],
        "owner_type": project["jenis_pemilik"] or naive.UNKNOWN,
        "fund": project["sumber_dana"] or naive.UNKNOWN,
        "workers": state.workers(code) if is_sized else None,
        "is_judged": is_judged,
        "covered_named": len(state.covered(code)) if is_judged and is_sized else None,
        "covered_unnamed": state.covered_unnamed(code) if is_judged and is_sized else None,
    } | _flags_of(world, at, code, m)


def _flags_of(world, at, code, m):
    state, project = at[m], at[m].projects[code]
    if not state.registrations_known(code):
        return dict.fromkeys(("is_registered", "is_paid", "is_on_time", "is_named", "is_active"))
    standing = [row for row in naive.registrations_of(world, code) if not state.is_withdrawn("pendaftaran", row, code)]
    dated = [row for row in standing if row["tgl_daftar"] <= m]
    own_hands = project["cara_pelaksanaan"] == "swakelola"
    begins = project["tgl_spk"] or (project["mulai"] if own_hands else None)
    due = naive.deadline(begins) if begins else None
    in_time = [row for row in dated if due and row["tgl_daftar"] <= due]
    is_decided = due is not None and (bool(in_time) or due <= m)
    return {
        "is_registered": bool(dated),
        "is_paid": any(row["tgl_bayar"] and row["tgl_bayar"] <= m for row in dated),
        "is_on_time": bool(in_time) if is_decided else None,
        "is_named": _is_named(at, code, m) if dated else False,
        "is_active": any(_cover(row, project)[0] <= m <= _cover(row, project)[1] for row in standing),
    }


def _is_named(at, code, m):
    """At the last month end with a registered headcount in force: whether members were named as many."""
    if not at[m].complete_for_project("kepesertaan", code):
        return None
    in_force = [end for end in at if end <= m and at[end].headcounts(code)]
    if not in_force:
        return None
    last = at[in_force[-1]]
    if len(last.jakon.get(code, ())) >= last.headcount(code):
        return True
    return False if code in last.running and last.complete_for_project("kepesertaan", code) else None


def _cover(row, project):
    """First and last day; nothing before it is paid."""
    if row["tgl_bayar"] is None:
        return date.max, date.min
    return max(row["tgl_bayar"], row["mulai"] or project["mulai"]), row["selesai"] or project["selesai"]


def registrations(world):
    """{(code, number): row of the edition's `registration`}, numbered by date within the project."""
    world, as_of = naive.settled(world), world["as_of"]
    last = max(naive.months(world), default=None)
    found = {}
    for project in world["winners"]["proyek"]:
        code = project["kode_proyek"]
        rows = [
            row
            for row in naive.registrations_of(world, code)
            if row["tgl_daftar"] <= as_of and not _is_gone(world, row, project, last)
        ]
        rows.sort(key=lambda row: (row["tgl_daftar"], row["no_proyek_bpjs"] is None, row["no_proyek_bpjs"]))
        for number, row in enumerate(rows if naive.in_register(world, project) else [], 1):
            found[code, number] = _registration_of(row, project, as_of)
    return found


def project_flows(world):
    """{(code, month): row of the edition's `project_flow`} of the months that the years shown look at."""
    world, found = naive.settled(world), {}
    for project, state, row, column, m in _dated(world):
        code = project["kode_proyek"]
        if naive.in_register(world, project) and not state.is_withdrawn("pendaftaran", row, code):
            place = {"place": project["wilayah"], "owner": project["pemilik"]}
            empty = place | {"fund": project["sumber_dana"] or naive.UNKNOWN, "tgl_daftar": [], "tgl_bayar": []}
            found.setdefault((code, m), empty)[column].append(row)
    return {key: _flow_of(**parts) for key, parts in found.items()}


def _dated(world):
    """(project, state of the month, registration, column, month) of every day that a registration states."""
    shown = naive.months(world)
    first = shown and shown[0].replace(year=shown[0].year - 1, day=1)
    states = {}
    for project in world["winners"]["proyek"]:
        for row in naive.registrations_of(world, project["kode_proyek"]):
            for column in ("tgl_daftar", "tgl_bayar"):
                m = row[column] and naive.month_end(row[column])
                if shown and m and naive.month_end(first) < m <= shown[-1]:
                    state = states.setdefault(m, naive.MonthEnd(world, m))
                    yield project, state, row, column, m


def _flow_of(tgl_daftar, tgl_bayar, **of_project):
    headcounts = [row["tenaga_kerja"] for row in tgl_daftar if row["tenaga_kerja"] is not None]
    amounts = [row["iuran_dibayar"] for row in tgl_bayar if row["iuran_dibayar"] is not None]
    return of_project | {
        "registrations": len(tgl_daftar),
        "workers_registered": sum(headcounts) if headcounts else None,
        "payments": len(tgl_bayar),
        "contributions_rp": sum(amounts) if amounts else None,
    }


def on_time(world):
    """{code: is_on_time of the edition's `project`} of those whose deadline falls in a month shown."""
    world = naive.settled(world)
    at, found = {m: naive.MonthEnd(world, m) for m in naive.months(world)}, {}
    for project in world["winners"]["proyek"]:
        code, due = project["kode_proyek"], project["tgl_spk"] and naive.deadline(project["tgl_spk"])
        then = due and at.get(naive.month_end(due))
        if then and naive.in_register(world, project):
            standing = [
                row for row in naive.registrations_of(world, code) if not then.is_withdrawn("pendaftaran", row, code)
            ]
            found[code] = then.registrations_known(code) and any(row["tgl_daftar"] <= due for row in standing)
    return found


def _is_gone(world, row, project, last):
    """Whether a later complete delivery leaves it out: for the month of its date, or the last one while cover lasts."""
    months = [naive.month_end(row["tgl_daftar"])]
    if last and (row["selesai"] or project["selesai"]) >= last.replace(day=1):
        months.append(last)
    return any(
        naive.is_ended(world, "pendaftaran", row, project["wilayah"], project["pemilik"], month) for month in months
    )


def _registration_of(row, project, as_of):
    is_paid = row["tgl_bayar"] is not None and row["tgl_bayar"] <= as_of
    is_future = row["tgl_bayar"] is not None and not is_paid
    first, last = _cover(row, project) if is_paid else (None, None)
    return {
        "place": project["wilayah"],
        "owner": project["pemilik"],
        "fund": project["sumber_dana"] or naive.UNKNOWN,
        "no_proyek_bpjs": row["no_proyek_bpjs"],
        "tgl_daftar": row["tgl_daftar"],
        "tgl_bayar": row["tgl_bayar"] if is_paid else None,
        "iuran_dibayar": None if is_future else row["iuran_dibayar"],
        "tenaga_kerja": row["tenaga_kerja"],
        "cover_from": first,
        "cover_to": last,
        "no_sertifikat": None if is_future else row["no_sertifikat"],
    }
