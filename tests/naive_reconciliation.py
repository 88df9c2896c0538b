"""What must be told of projects, of rows without one and of pairs of counts, a second time: with loops and lists.

It is given the months of the edition and what tests/naive_gate.py judges. Nothing is taken from data/ or analytics/.
"""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from tests import naive, naive_gate

ONE_RUPIAH = Decimal(1)
TOLERATED_PCT = 25
FIRST_TARIFF = naive_gate.NOTES_FROM
PERSONS = ("tenaga_kerja", "kepesertaan")
FACTS = (
    "same_order", "is_registered", "registrations", "registered_on", "contribution_rp", "owed_rp", "owed_most_rp",
    "owed_before_rp", "headcount", "expected_workers", "roster_persons", "payments", "first_paid_on", "paid_rp",
    "payable_rp",
)  # fmt: skip


def projects(world, first_and_last, months, judged):
    """{kode_proyek: {cause, causes and FACTS}} of the register; `judged` are naive_gate.judgements of that world."""
    world = naive.settled(world)
    kept = [row for row in world["winners"]["proyek"] if naive.in_register(world, row)]
    at_work = [naive.MonthEnd(world, m) for m in months]
    return {row["kode_proyek"]: _project(world, row, kept, (first_and_last, at_work), judged) for row in kept}


def _project(world, row, kept, times, judged):
    code, (first_and_last, at_work) = row["kode_proyek"], times
    position = judged[code, 0]
    listed = naive_gate.registrations(world, row, first_and_last)
    payments = naive_gate.payments(world, code)
    paid = [(number, one) for number, one in enumerate(payments, start=1) if one["tgl_bayar"]]
    others = [one["kode_proyek"] for one in kept if one is not row and _same_number(one["no_spk"], row["no_spk"])]
    rosters = [len(at.roster[code]) for at in at_work if at.roster[code]]
    signed = row["tgl_spk"] or row["mulai"]
    owed, most = _owed(row["nilai_kontrak"], signed, row["termasuk_ppn"])
    known = {
        "same_order": min(others, default=None),
        "is_registered": position["is_registered"],
        "registrations": len(listed),
        "registered_on": min((one["tgl_daftar"] for one in listed), default=None),
        "contribution_rp": _contribution(listed),
        "owed_rp": owed,
        "owed_most_rp": most,
        "headcount": _at_once(listed, row),
        "roster_persons": max(rosters, default=None),
        "expected_workers": row["tenaga_kerja"] if row["tenaga_kerja"] is not None else max(rosters, default=None),
        "payments": len(paid),
        "first_paid_on": min((one["tgl_bayar"] for _, one in paid), default=None),
        "paid_rp": _sum([one["jumlah"] for _, one in paid if one["jumlah"] is not None]),
        "payable_rp": _payable(row, signed),
    }
    known["owed_before_rp"] = _former(world, row, known, len(listed))
    was_registered = judged[code, paid[0][0]]["is_registered"] if paid else None
    causes = _causes(known, position["result"] == "belum_jatuh_tempo", was_registered)
    return known | {"causes": ",".join(causes), "cause": _cause(causes, known, position["result"])}


def _causes(known, is_open, was_registered):
    found = []
    rounding = max(1, known["registrations"]) * ONE_RUPIAH
    if known["same_order"]:
        found.append("spk_ganda")
    if known["is_registered"] is False and not is_open:
        found.append("daftar_pekerja_saja" if known["roster_persons"] else "belum_terdaftar")
    if was_registered is False and known["registrations"]:
        found.append("daftar_sesudah_bayar")
    if None not in (known["paid_rp"], known["payable_rp"]) and known["paid_rp"] > known["payable_rp"] + ONE_RUPIAH:
        found.append("bayar_melebihi_kontrak")
    given, owed, most = (known[name] for name in ("contribution_rp", "owed_rp", "owed_most_rp"))
    if given is not None and owed is not None:
        if given == 0:
            found += ["iuran_belum_dibayar"] if owed > rounding and not is_open else []
            # What is owed nothing for cannot be too little or too much.
        elif given < owed - rounding:
            found.append("iuran_kurang" if known["owed_before_rp"] is None else "iuran_sebelum_adendum")
        elif given > most + rounding:
            found.append("iuran_lebih")
    registered, expected = known["headcount"], known["expected_workers"]
    if None not in (registered, expected) and 100 * abs(registered - expected) > TOLERATED_PCT * expected:
        found.append("tenaga_kerja_beda")
    return found


def _cause(causes, known, result):
    if causes:
        return causes[0]
    if known["is_registered"] is None:
        return "belum_diketahui"
    is_waiting = not known["is_registered"] or known["contribution_rp"] == 0
    return "belum_jatuh_tempo" if result == "belum_jatuh_tempo" and is_waiting else "cocok"


def _same_number(one, other):
    return one is not None and other is not None and _plain(one) == _plain(other) != []


def _plain(number):
    """The parts between marks, whole numbers without leading zeros."""
    letters = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in number.lower())
    return [part.lstrip("0") if part.lstrip("0")[:1].isdigit() else part for part in letters.split()]


def _contribution(listed):
    if not listed:
        return None
    for one in listed:
        if one["iuran_dibayar"] is None and (one["tgl_bayar"] or one["no_sertifikat"]):
            return None
    return sum((one["iuran_dibayar"] for one in listed if one["iuran_dibayar"] is not None), Decimal(0))


def _owed(value, signed, includes_vat):
    """(least, most) by what the contract leaves open, in whole rupiah."""
    if value is None or signed < FIRST_TARIFF:
        return None, None
    in_relief = naive_gate.RELIEF[0] <= signed <= naive_gate.RELIEF[1]
    after = naive_gate.RELIEF[1] + timedelta(days=1)
    least = naive_gate.contribution(value, signed, includes_vat)
    most = naive_gate.contribution(value, after if in_relief else signed, bool(includes_vat))
    return tuple(amount.quantize(ONE_RUPIAH, rounding=ROUND_HALF_UP) for amount in (least, most))


def _former(world, row, known, registrations):
    """What an earlier value of the contract owed, if that is what was paid."""
    given, rounding, found = known["contribution_rp"], max(1, registrations), []
    for version, _replaced in naive_gate.Moment(world, row, [], 0, world["as_of"])._versions():
        value = version["nilai_kontrak"]
        if value is None or row["nilai_kontrak"] is None or value == row["nilai_kontrak"] or not given:
            continue
        owed, most = _owed(value, row["tgl_spk"] or row["mulai"], row["termasuk_ppn"])
        if owed is not None and most is not None and owed - rounding <= given <= most + rounding:
            found.append(owed)
    return max(found, default=None)


def _at_once(listed, row):
    """The most workers registered at one time, counted on the first day of each cover."""
    paid = [one for one in listed if one["tgl_bayar"]]
    covers = [(_covered_from(one, row), one["cover_to"], one["tenaga_kerja"]) for one in paid]
    sums = []
    for day, last, _ in covers:
        together = [workers for begins, ends, workers in covers if begins <= day <= ends]
        if day <= last:
            sums.append(None if None in together else sum(together))
    return None if None in sums else max(sums, default=None)


def _covered_from(one, row):
    return max(one["tgl_bayar"], one["mulai"] or row["mulai"])


def _payable(row, signed):
    if row["nilai_kontrak"] is None:
        return None
    vat = 0 if row["termasuk_ppn"] else 11 if signed >= naive_gate.date(2022, 4, 1) else 10
    return (row["nilai_kontrak"] * (100 + vat) / 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _sum(amounts):
    return sum(amounts, Decimal(0)) if amounts else None


def unmatched(world):
    """Sorted (kind, reason, kode_proyek, no_spk, rows) of what belongs to no project of the register."""
    world = naive.settled(world)
    known = world["winners"]["proyek"]
    register = {row["kode_proyek"] for row in known if naive.in_register(world, row)}
    found = []
    for row in _newest(world, "pendaftaran", _registration_key):
        code = naive.project_of_registration(world, row)
        if row["tgl_daftar"] <= world["as_of"] and code not in register:
            found.append(("pendaftaran", _reason(known, code, row["no_spk"]), row["kode_proyek"], row["no_spk"], 1))
    for row in _newest(world, "pembayaran", _payment_key):
        day = row["tgl_bayar"] or row["tgl_permohonan"]
        if day <= world["as_of"] and row["kode_proyek"] not in register:
            found.append(("pembayaran", _reason(known, row["kode_proyek"], None), row["kode_proyek"], None, 1))
    return sorted(found + _of_persons(world, known, register), key=repr)


def _of_persons(world, known, register):
    counted = {}
    for kind in PERSONS:
        live = naive.live_batches(world, kind)
        for row in world["rows"][kind]:
            is_of_project = kind == "tenaga_kerja" or row["segmen"] == "JAKON"
            if row["batch_id"] in live and is_of_project and row["kode_proyek"] not in register:
                key = (kind, row["batch_id"], row["kode_proyek"])
                counted[key] = counted.get(key, 0) + 1
    return [(kind, _reason(known, code, None), code, None, rows) for (kind, _, code), rows in counted.items()]


def _reason(known, code, order):
    if code is not None:
        return "dihapus" if code in {row["kode_proyek"] for row in known} else "tidak_dikenal"
    return "spk_ganda" if sum(row["no_spk"] == order for row in known) > 1 else "tidak_dikenal"


def _newest(world, kind, key_of):
    live, best = naive.live_batches(world, kind), {}
    rows = [row for row in world["rows"][kind] if row["batch_id"] in live]
    for row in rows:
        if kind == "pendaftaran" and row["tgl_daftar"] > world["as_of"]:
            continue
        key = key_of(row)
        if key not in best or naive.precedence(row) > naive.precedence(best[key]):
            best[key] = row
    return list(best.values())


def _registration_key(row):
    return row["no_proyek_bpjs"] or (row["kode_proyek"], row["no_spk"], row["tgl_daftar"])


def _payment_key(row):
    return tuple(row[name] for name in ("kode_proyek", "tgl_permohonan", "termin", "tgl_bayar"))


def pairs(world, months):
    """{(place, month): (persons, named, unnamed, persons_as_of, reported, half_unit, source, as_of)}."""
    world, found = naive.settled(world), {}
    for m in months:
        at = naive.MonthEnd(world, m)
        for place in world["places"]:
            figure, report = at.population(place), at.report(place)
            if figure and figure["origin"] == "persons" and report:
                persons = (figure["numerator"], figure["named_persons"], figure["unnamed_headcount"])
                found[place, m] = (*persons, _persons_as_of(world, place, m), *report)
    return found


def _persons_as_of(world, place, m):
    """The newest position of the complete deliveries for the place, what holds it, or what lies in it."""
    return max(
        batch["data_as_of"]
        for batch in naive.live_batches(world, "kepesertaan").values()
        if batch["delivery"] == "lengkap"
        and batch["scope_kind"] == "wilayah"
        and batch["period"][0] <= m <= batch["period"][1]
        and (naive.within(world, place, batch["scope_value"]) or naive.within(world, batch["scope_value"], place))
    )
