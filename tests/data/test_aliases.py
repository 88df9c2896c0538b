"""Aliases: what a person says of names, and that a publish with one is the publish of files written otherwise."""

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import compute
from data import aliases, casework, journal
from data.access import LOCAL, Grant, OutsideScope, Reader
from data.aliases import AliasRefused, aliases_of, confirm, reconsider, reject, withdraw
from data.editions import current_edition, open_edition, publish
from data.errors import FileRefused
from data.home import Home
from data.importers import import_file, import_files
from tests.casework_home import ALFA, BETA, DAY, INSPECTOR, published_home

AS_OF = date(2024, 7, 31)
STEWARD = Reader("petugas", "steward", Grant(None, None), is_authenticated=True)
OWNERS = ("Dinas PUPR", "DPUPR", "Dinas Pekerjaan Umum", "Dinas Kesehatan")
FIRMS = ("CV Maju", "Maju, CV", "CV. MAJU JAYA")
UNITS = ("Cabang Palembang", "Kacab Plg")
# The same facts in the words of alias, delivery and where a file lies.
NOT_COMPARED = ("alias", "delivery", "meta")


def names_of(home: Home, field: str) -> dict[str, str]:
    return dict(aliases_of(home).names[field])


def test_a_confirmed_spelling_counts_as_the_name_and_says_who_said_so(home):
    entry = confirm(home, "pemilik", " DPUPR ", "Dinas PUPR", STEWARD)
    (alias,) = aliases_of(home).in_force
    assert (alias.field, alias.written, alias.name) == ("pemilik", "DPUPR", "Dinas PUPR")
    assert (alias.number, alias.who, alias.role, alias.is_authenticated) == (entry.number, "petugas", "steward", True)
    assert entry.facts == {
        "field": "pemilik", "written": "DPUPR", "name": "Dinas PUPR", "verdict": "same", "demo": False
    }  # fmt: skip


def test_a_chain_of_aliases_ends_at_its_last_name_and_is_cut_where_one_is_withdrawn(home):
    confirm(home, "penyedia", "A", "B", LOCAL)
    confirm(home, "penyedia", "B", "C", LOCAL)
    assert names_of(home, "penyedia") == {"A": "C", "B": "C"}
    withdraw(home, "penyedia", "B", LOCAL)
    assert names_of(home, "penyedia") == {"A": "B"}


@pytest.mark.parametrize("mark", ["*", "?"])
def test_a_mark_that_stands_for_all_owners_is_no_name(home, mark):
    """An edition would count the owner as all of them, and its account would see all of them."""
    with pytest.raises(AliasRefused, match="bukan nama"):
        confirm(home, "pemilik", "Dinas PUPR", mark, LOCAL)
    facts = {"field": "pemilik", "written": "Dinas PUPR", "name": mark, "verdict": "same", "demo": False}
    journal.append(home, "alias", facts, LOCAL)  # as somebody might who writes the journal by other means
    assert names_of(home, "pemilik") == {}


def test_a_circle_is_refused_however_long(home):
    confirm(home, "penyedia", "A", "B", LOCAL)
    confirm(home, "penyedia", "B", "C", LOCAL)
    with pytest.raises(AliasRefused, match=r"^'A' sendiri sudah berlaku sebagai 'C'; tarik dahulu alias itu\.$"):
        confirm(home, "penyedia", "C", "A", LOCAL)
    assert names_of(home, "penyedia") == {"A": "C", "B": "C"}


def test_spellings_of_a_place_that_are_read_alike_have_one_meaning(home):
    """Files are read by letters and digits alone: of two meanings the later one would have won without a word."""
    confirm(home, "wilayah", "Palembangg", "16.71", LOCAL)
    with pytest.raises(AliasRefused, match=r"^'Palembangg' sudah berlaku sebagai '16\.71'; tarik"):
        confirm(home, "wilayah", "PALEM-BANGG", "16.02", LOCAL)
    withdraw(home, "wilayah", "palembangg", LOCAL)
    assert aliases_of(home).in_force == ()


@pytest.mark.parametrize("written", ["16.71", "Kota Palembang"])
def test_a_unit_that_is_a_place_stays_that_place(home, written):
    with pytest.raises(AliasRefused, match=f"^'{written}' sudah dikenal sebagai Kota Palembang; alias hanya untuk"):
        confirm(home, "unit", written, "Cabang Palembang", LOCAL)


def test_one_spelling_has_one_name_until_it_is_withdrawn(home):
    confirm(home, "pemilik", "DPUPR", "Dinas PUPR", LOCAL)
    with pytest.raises(AliasRefused, match=r"^'DPUPR' sudah berlaku sebagai 'Dinas PUPR'; tarik"):
        confirm(home, "pemilik", "DPUPR", "Dinas Lain", LOCAL)
    withdraw(home, "pemilik", "DPUPR", LOCAL)
    confirm(home, "pemilik", "DPUPR", "Dinas Lain", LOCAL)
    assert names_of(home, "pemilik") == {"DPUPR": "Dinas Lain"}
    confirm(home, "penyedia", "DPUPR", "CV X", LOCAL)  # another field is another matter
    assert names_of(home, "pemilik") == {"DPUPR": "Dinas Lain"}


def test_that_two_names_are_of_two_is_remembered_until_it_is_reconsidered_or_confirmed(home):
    reject(home, "pemilik", "Dinas B", "Dinas A", LOCAL)
    assert aliases_of(home).are_different("pemilik", "Dinas A", "Dinas B")
    assert not aliases_of(home).are_different("penyedia", "Dinas A", "Dinas B")
    with pytest.raises(AliasRefused, match="sudah tercatat bukan nama yang sama"):
        reject(home, "pemilik", "Dinas A", "Dinas B", LOCAL)
    reconsider(home, "pemilik", "Dinas A", "Dinas B", LOCAL)
    assert not aliases_of(home).are_different("pemilik", "Dinas A", "Dinas B")
    reject(home, "pemilik", "Dinas A", "Dinas B", LOCAL)
    confirm(home, "pemilik", "Dinas B", "Dinas A", LOCAL)
    assert aliases_of(home).different == ()
    with pytest.raises(AliasRefused, match="sudah berlaku sebagai satu nama"):
        reject(home, "pemilik", "Dinas A", "Dinas B", LOCAL)


@pytest.mark.parametrize(
    ("field", "written", "name", "said"),
    [
        ("pemilik", "Dinas A", "Dinas  A", "'Dinas A' dan 'Dinas A' sudah sama"),
        ("pemilik", " ", "Dinas A", "Nama masih kosong"),
        ("pemilik", "Budi 1671010101900001", "Dinas A", "Nama 'Budi…' bukan nama instansi"),
        ("pemilik", "D" * 201, "Dinas A", "tulis paling banyak 200 huruf"),
        ("wilayah", "Palembank", "Atlantis", "'Atlantis' bukan wilayah yang dikenal"),
        ("wilayah", "Kota Palembang", "16.02", "'Kota Palembang' sudah dikenal sebagai Kota Palembang"),
        ("nama", "A", "B", "Jenis nama 'nama' tidak dikenal; pilih pemilik, penyedia, wilayah, unit"),
    ],
)
def test_what_is_no_alias_is_refused_with_a_sentence_and_not_written(home, field, written, name, said):
    with pytest.raises(AliasRefused, match=re.escape(said)):
        confirm(home, field, written, name, LOCAL)
    assert journal.head(home) == (0, journal.NO_HASH)


def test_what_is_not_in_force_cannot_be_withdrawn(home):
    with pytest.raises(AliasRefused, match=r"^'DPUPR' tidak berlaku sebagai nama lain \(pemilik proyek\)"):
        withdraw(home, "pemilik", "DPUPR", LOCAL)


@pytest.mark.parametrize("role", ["viewer", "branch", "opd", "payer", "inspector"])
def test_only_stewards_and_administrators_say_which_names_are_one(home, role):
    reader = Reader("akun", role, Grant(None, None), is_authenticated=True)
    with pytest.raises(AliasRefused, match=r"tidak boleh menyatukan nama; yang boleh: Petugas data, Pengelola\.$"):
        confirm(home, "pemilik", "DPUPR", "Dinas PUPR", reader)


def test_a_steward_of_some_places_does_not_rename_for_everybody(home):
    reader = Reader("petugas", "steward", Grant(frozenset({"16.71"}), None), is_authenticated=True)
    with pytest.raises(AliasRefused, match="hanya akun tanpa batas lingkup"):
        confirm(home, "pemilik", "DPUPR", "Dinas PUPR", reader)


def test_what_was_confirmed_on_the_demonstration_does_not_count_on_real_data(home, monkeypatch):
    monkeypatch.setattr(aliases, "_shows_demo", lambda _home: True)
    confirm(home, "pemilik", "DPUPR", "Dinas PUPR", LOCAL)
    assert names_of(home, "pemilik") == {"DPUPR": "Dinas PUPR"}
    assert aliases_of(home, is_demo=False).in_force == ()


def test_an_entry_that_this_program_did_not_write_counts_for_nothing(home):
    for facts in (
        {},
        {"field": "pemilik"},
        {"field": "x", "written": "A", "name": "B", "verdict": "same", "demo": False},
    ):
        journal.append(home, "alias", facts, LOCAL)
    assert aliases_of(home) == aliases.Aliases()


def test_equal_aliases_have_equal_tokens_whoever_confirmed_them_and_when(home, tmp_path):
    other = Home(tmp_path / "lain")
    empty = aliases_of(home).token
    confirm(home, "pemilik", "A", "B", LOCAL)
    confirm(home, "penyedia", "C", "D", LOCAL)
    confirm(other, "penyedia", "C", "D", STEWARD)
    assert aliases_of(home).token != aliases_of(other).token
    confirm(other, "pemilik", "A", "B", STEWARD)
    assert aliases_of(home).token == aliases_of(other).token
    withdraw(home, "pemilik", "A", LOCAL)
    withdraw(home, "penyedia", "C", LOCAL)
    assert aliases_of(home).token == empty


NAMES = st.sampled_from("ABCDE")


@given(st.lists(st.tuples(st.sampled_from(("confirm", "withdraw", "reject")), NAMES, NAMES), max_size=12))
@settings(max_examples=25)
def test_whatever_is_said_in_whatever_order_every_spelling_comes_to_a_name_that_is_none(tmp_path_factory, said):
    home = Home(tmp_path_factory.mktemp("urutan"))
    direct: dict[str, str] = {}
    for act, one, other in said:
        try:
            if act == "confirm":
                confirm(home, "pemilik", one, other, LOCAL)
                direct[one] = other
            elif act == "withdraw":
                withdraw(home, "pemilik", one, LOCAL)
                del direct[one]
            else:
                reject(home, "pemilik", one, other, LOCAL)
        except AliasRefused:
            continue
    found = aliases_of(home).names["pemilik"]
    assert found.keys() == direct.keys()
    assert all(found[written] == found.get(name, name) for written, name in direct.items())
    assert not set(found.values()) & set(found)


def files(folder: Path, names: dict[str, str]) -> list[Path]:
    """Projects of four owners by three firms and targets of two units, every name as `names` spells it."""

    def said(name: str) -> str:
        return f'"{names.get(name, name)}"'

    projects = ["kode_proyek,nama_proyek,wilayah,pemilik,penyedia,no_spk,mulai,selesai,tenaga_kerja"] + [
        f"P-{n},Jalan {n},16.71,{said(OWNERS[n % 4])},{said(FIRMS[n % 3])},SPK/{n},2024-05-10,2024-12-31,{10 + n}"
        for n in range(8)
    ]
    targets = ["unit,tahun,indikator,segmen,jenis_hitungan,nilai,satuan,penerbit"] + [
        f"{said(unit)},{year},pendaftaran proyek,jasa konstruksi,proyek,100,proyek,Kanwil"
        for unit, year in zip(UNITS, (2024, 2025), strict=True)
    ]
    folder.mkdir(exist_ok=True)
    paths = [folder / "proyek.csv", folder / "target.csv"]
    for path, lines in zip(paths, (projects, targets), strict=True):
        path.write_text("\n".join(lines) + "\n", "utf-8")
    return paths


def registrations(folder: Path, numbers: list[int]) -> Path:
    lines = ["kode_proyek,tgl_daftar,tgl_bayar,tenaga_kerja"] + [f"P-{n},2024-05-20,2024-05-21,5" for n in numbers]
    path = folder / "pendaftaran.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def tables_of(home: Home) -> dict[str, list]:
    edition = current_edition(home)
    assert edition is not None
    with duckdb.connect(str(edition.path), read_only=True) as opened:
        names = [name for (name,) in opened.execute("select table_name from duckdb_tables() order by 1").fetchall()]
        return {
            name: sorted(opened.execute(f"from {name}").fetchall(), key=repr)
            for name in names
            if name not in NOT_COMPARED
        }


def published(home: Home, folder: Path, names: dict[str, str], owner: str) -> None:
    for path in files(folder, names):
        import_file(home, path, data_as_of=AS_OF)
    numbers = [n for n in range(8) if n % 2 == 0]
    import_files(
        home, [registrations(folder, numbers)], data_as_of=AS_OF, complete_for=names.get(owner, owner),
        period="2024-05..2024-07",
    )  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(OWNERS[1:]), st.just(OWNERS[0])),
    st.dictionaries(st.sampled_from(FIRMS[1:]), st.just(FIRMS[0])),
    st.sampled_from(OWNERS),
)
@settings(max_examples=3)
def test_publishing_with_aliases_is_publishing_files_that_were_written_so(tmp_path_factory, owners, firms, complete):
    folder = tmp_path_factory.mktemp("alias")
    told, rewritten = Home(folder / "alias"), Home(folder / "tulis-ulang")
    units = {UNITS[1]: UNITS[0]} if owners else {}
    published(told, folder / "a", {}, complete)
    for field, names in {"pemilik": owners, "penyedia": firms, "unit": units}.items():
        for written, name in names.items():
            confirm(told, field, written, name, LOCAL)
    published(rewritten, folder / "b", owners | firms | units, complete)
    for home in (told, rewritten):
        publish(home, AS_OF)
    assert tables_of(told) == tables_of(rewritten)


@pytest.fixture(scope="module")
def united(tmp_path_factory) -> Home:
    """Edition 1: eight projects of four owners. Edition 2: DPUPR counts as Dinas PUPR; each had two of them."""
    folder = tmp_path_factory.mktemp("satu-nama")
    home = Home(folder / "home")
    published(home, folder / "a", {}, "DPUPR")
    publish(home, AS_OF)
    confirm(home, "pemilik", "DPUPR", "Dinas PUPR", LOCAL)
    publish(home, AS_OF)
    return home


def owners_of(home: Home, edition: int, grant: Grant | None = None) -> dict[str, int]:
    found = open_edition(home, edition, grant or Grant(None, None))
    return {row["owner"]: row["projects"] for row in compute.owners(found, "16.71")}


def test_an_alias_applies_to_what_is_in_already_and_not_to_editions_of_before(united):
    assert owners_of(united, 1) == dict.fromkeys(OWNERS, 2)
    assert owners_of(united, 2) == {"Dinas PUPR": 2 + 2, "Dinas Pekerjaan Umum": 2, "Dinas Kesehatan": 2}


def test_the_edition_says_which_aliases_it_applied(united):
    edition = current_edition(united)
    assert edition is not None
    assert edition.query("owner_aliases", places=None, owners=None) == [{"written": "DPUPR", "name": "Dinas PUPR"}]
    assert edition.owner_name("DPUPR") == "Dinas PUPR"
    assert open_edition(united, 1).owner_name("DPUPR") == "DPUPR"


@pytest.mark.parametrize("name", ["aliases", "owner_aliases", "target_units", "unread_places"])
def test_who_sees_a_part_may_not_ask_for_the_names_of_all(united, name):
    for grant in (Grant(frozenset({"16.71"}), None), Grant(None, frozenset({"Dinas PUPR"}))):
        with pytest.raises(OutsideScope):
            open_edition(united, 2, grant).query(name, places=None, owners=None)


def test_a_complete_delivery_for_a_spelling_is_complete_for_the_name(united):
    """Registrations are known of DPUPR alone in edition 1, of the united office in edition 2."""
    scope = compute.Scope("16.71", "Dinas PUPR")
    before, after = (
        compute.rows(open_edition(united, number), "project_registration", AS_OF, scope)[0] for number in (1, 2)
    )
    assert (before.status, before.value) == ("no_data", None)
    # Of P-0, P-1, P-4 and P-5 those with an even number are registered.
    assert (after.status, after.numerator, after.denominator) == ("ok", 2, 4)


def test_a_delivery_that_is_complete_for_a_spelling_is_listed_under_the_name(united):
    for number, owner in ((1, "DPUPR"), (2, "Dinas PUPR")):
        deliveries = open_edition(united, number).query("deliveries")
        assert {row["scope_value"] for row in deliveries if row["scope_value"]} == {owner}


def test_who_was_granted_a_spelling_sees_what_stands_under_its_name(united):
    grant = Grant(None, frozenset({"DPUPR"}))
    assert owners_of(united, 1, grant) == {"DPUPR": 2}
    assert owners_of(united, 2, grant) == {"Dinas PUPR": 4}
    with pytest.raises(OutsideScope):
        open_edition(united, 2, grant).refuse_outside(place="16.71", owner="Dinas Kesehatan")


def test_findings_on_an_owner_of_before_the_alias_stand_under_its_name(tmp_path):
    home = published_home(tmp_path)
    edition = current_edition(home)
    assert edition is not None
    whole = casework.Finding(None, BETA, "Belum.", "Perda.", "Lalai.", "Tanpa perlindungan.", "Daftarkan.", DAY)
    casework.record_finding(home, INSPECTOR, edition, whole)
    confirm(home, "pemilik", BETA, ALFA, LOCAL)
    publish(home, DAY)
    for grant in (Grant(None, None), Grant(None, frozenset({BETA})), Grant(None, frozenset({ALFA}))):
        after = current_edition(home, grant)
        assert after is not None
        assert [state.noted.content.owner for state in casework.casework(home, after).findings] == [ALFA]
    assert [state.noted.content.owner for state in casework.casework(home, edition).findings] == [BETA]


def test_a_spelling_can_be_said_to_be_no_spelling_of_a_place_by_its_code_or_name(home):
    reject(home, "wilayah", "Kab. Ogan Komering", "16.01", LOCAL)
    assert aliases_of(home).are_different("wilayah", "Kab. Ogan Komering", "16.01")
    with pytest.raises(AliasRefused, match="sudah tercatat bukan nama yang sama"):
        reject(home, "wilayah", "Kabupaten Ogan Komering Ulu", "Kab. Ogan Komering", LOCAL)
    reconsider(home, "wilayah", "Kab. Ogan Komering", "Kabupaten Ogan Komering Ulu", LOCAL)
    assert not aliases_of(home).are_different("wilayah", "Kab. Ogan Komering", "16.01")


def test_a_confirmed_spelling_of_a_place_is_read_at_import(home, tmp_path):
    path = tmp_path / "proyek.csv"
    path.write_text(
        "kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai\nP-1,Jalan,Wong Kito,Dinas,2024-05-10,2024-12-31\n",
        "utf-8",
    )
    assert [reject.code for reject in import_file(home, path, dry_run=True)[0].rejects] == ["wilayah_tidak_dikenal"]
    confirm(home, "wilayah", "WONG KITO", "Kota Palembang", LOCAL)
    assert import_file(home, path)[0].rows_accepted == 1
    publish(home, AS_OF)
    edition = current_edition(home)
    assert edition is not None
    assert [row["owner"] for row in compute.owners(edition, "16.71")] == ["Dinas"]


def test_a_complete_delivery_may_name_a_place_or_an_owner_by_a_confirmed_spelling(home, tmp_path):
    for path in files(tmp_path / "a", {}):
        import_file(home, path)
    path = registrations(tmp_path, [0])
    with pytest.raises(FileRefused, match="'Kantor PU' bukan wilayah atau pemilik proyek yang dikenal"):
        import_file(home, path, complete_for="Kantor PU")
    confirm(home, "pemilik", "Kantor PU", "Dinas PUPR", LOCAL)
    confirm(home, "wilayah", "Wong Kito", "16.71", LOCAL)
    assert import_file(home, path, complete_for="Kantor PU")[0].rows_accepted == 1
    assert import_file(home, path, complete_for="Wong Kito")[0].rows_accepted == 1
