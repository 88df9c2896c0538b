"""Importing a roster as one would with openpyxl and pandas: the same rules, vectorised, into the same tables."""

import hmac
from datetime import date
from pathlib import Path

import pandas as pd

from data.home import Home
from data.importers.rules import nik_regions
from data.keys import KEY_BYTES
from data.ledger import open_ledger

KEY = ["nik", "kode_proyek", "mulai"]


def import_with_pandas(root: str, path: str, data_as_of: str) -> None:
    """Good rows and reasons into the ledger of the home at `root`. The original is not kept, encrypted or hashed."""
    home = Home(Path(root))
    with open_ledger(home) as ledger:
        rows = _read(path)
        values, reasons = judge(rows)
        good = values[~values["row_number"].isin(reasons["row_number"])]
        secret = (home.keys_dir / "person.key").read_bytes()
        assert len(secret) == KEY_BYTES
        persons = pd.DataFrame({"nik": list(dict.fromkeys(good["nik"]))})
        persons["person_id"] = persons.index + 1
        persons["nik_hmac"] = [hmac.digest(secret, nik.encode(), "sha256") for nik in persons["nik"]]
        good = good.merge(persons.drop(columns="nik_hmac"), on="nik").assign(data_as_of=date.fromisoformat(data_as_of))
        _land(ledger, good, persons, reasons)


def _read(path: str) -> pd.DataFrame:
    """Every cell as text, blank as ''; the name is dropped."""
    if path.endswith(".csv"):
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    else:
        rows = pd.read_excel(path, dtype=str, keep_default_na=False, engine="openpyxl")
    rows = rows.drop(columns="nama").apply(lambda column: column.str.strip())
    return rows.assign(row_number=rows.index + 2)


def judge(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values by row, and (row_number, code) for every reason."""
    nik = rows["nik"]
    has_16_digits = nik.str.fullmatch(r"\d{16}")
    born = has_16_digits & _is_birth_date(nik)
    values = rows.assign(
        nik=nik.where(nik.str.fullmatch(r"[1-9]\d{15}")), mulai=_days(rows["mulai"]), selesai=_days(rows["selesai"])
    )
    filled = values["nik"].notna() & (rows["kode_proyek"] != "") & values["mulai"].notna()
    found = {
        "wajib_kosong": (rows[["nik", "kode_proyek", "mulai"]] == "").any(axis=1),
        "nik_bukan_16_digit": (nik != "") & ~has_16_digits,
        "nik_wilayah": has_16_digits & ~nik.str[:4].isin(nik_regions()),
        "nik_tanggal_lahir": has_16_digits & ~born,
        "nik_nomor_urut": has_16_digits & nik.str.endswith("0000"),
        "bentuk_kpj": (rows["kpj"] != "") & ~rows["kpj"].str.fullmatch(r"\d{11}"),
        "terlalu_panjang": rows["kode_proyek"].str.len() > 100,
        "bukan_tanggal": _is_no_date(rows["mulai"]) | _is_no_date(rows["selesai"]),
        "tanggal_mustahil": _is_impossible(rows["mulai"], values["mulai"])
        | _is_impossible(rows["selesai"], values["selesai"]),
        "tanggal_terlalu_lampau": (values[["mulai", "selesai"]] < pd.Timestamp(1945, 8, 17)).any(axis=1),
        "tanggal_terlalu_jauh": (values[["mulai", "selesai"]] > pd.Timestamp.now() + pd.DateOffset(years=10)).any(
            axis=1
        ),
        "selesai_sebelum_mulai": values["selesai"] < values["mulai"],
        "kunci_ganda": filled & values.where(filled).duplicated(KEY, keep=False),
    }
    reasons = [pd.DataFrame({"row_number": rows["row_number"][wrong], "code": code}) for code, wrong in found.items()]
    return values, pd.concat(reasons)


def _is_birth_date(nik):
    # A woman's day has 40 added: its first digit is 4 to 7.
    first_digit = nik.str[6:7].replace({"4": "0", "5": "1", "6": "2", "7": "3"})
    rest = first_digit + nik.str[7:10]
    centuries = (
        pd.to_datetime(rest + century + nik.str[10:12], format="%d%m%Y", errors="coerce") for century in ("19", "20")
    )
    old, young = (days.notna() for days in centuries)
    return old | young


def _days(texts):
    days = pd.to_datetime(texts, format="%d/%m/%Y", errors="coerce")
    return days.fillna(pd.to_datetime(texts.str[:10], format="%Y-%m-%d", errors="coerce"))


def _is_no_date(texts):
    return (texts != "") & ~texts.str.match(r"\d{1,2}/\d{1,2}/\d{4}$|\d{4}-\d{1,2}-\d{1,2}")


def _is_impossible(texts, days):
    return (texts != "") & ~_is_no_date(texts) & days.isna()


def _land(ledger, good: pd.DataFrame, persons: pd.DataFrame, reasons: pd.DataFrame) -> None:
    ledger.register("good", good)
    ledger.register("persons", persons)
    ledger.register("reasons", reasons)
    ledger.execute("begin")
    ledger.execute("insert into person select person_id, nik_hmac from persons")
    ledger.execute(
        "insert into tenaga_kerja select 1, row_number, data_as_of, person_id, kode_proyek, mulai, selesai from good"
    )
    ledger.execute("insert into reject select 1, row_number, null, code, null, '', '' from reasons")
    ledger.execute("commit")
