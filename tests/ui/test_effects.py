"""What an act would change, in words: before and after, what stands first, what is better, what is escaped."""

from datetime import date

import pytest

from data.preview import Effect, Figure, FileResult, KindChanges, Refused
from ui import effects, upload_words

MAY = date(2025, 5, 31)


def effect(before, after, *, indicator="population_coverage", place="16.71", owner=None, name="Kota Palembang"):
    return Effect(indicator, place, name, owner, MAY, Figure(value=before), Figure(value=after))


@pytest.mark.parametrize(
    ("before", "after", "language", "told"),
    [
        (48.14, 51.36, "id", ("48,1 %", "51,4 %", "+3,2 poin", "better")),
        (51.36, 48.14, "en", ("51.4%", "48.1%", "\N{MINUS SIGN}3.2 points", "concern")),
        (None, 51.36, "id", ("–", "51,4 %", "baru ada", "")),
        (51.36, None, "en", ("51.4%", "–", "gone", "")),
        (50.0, 50.0, "id", ("50,0 %", "50,0 %", "0,0 poin", "")),
    ],
)
def test_a_percentage_is_told_before_and_after_with_its_points(before, after, language, told):
    line = effects._line(effect(before, after), language)
    first, then, moved, tone = told
    assert f"<s>{first}</s>" in line
    assert f"{then}</b>" in line
    assert f'<em class="{tone}">{moved}</em>' in line


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        (46.4588, 46.6208, True),  # 46,5 → 46,6 and +0,2
        (48.14, 51.36, True),  # 48,1 → 51,4 and +3,2
        (43.0, 45.7, False),
        (1234.5, 1235.5, False),
        (None, 45.7, False),
    ],
)
def test_points_that_are_not_the_difference_of_what_is_printed_are_explained(before, after, wrong):
    assert effects.looks_wrong(effect(before, after)) is wrong


def test_a_count_is_told_as_a_count_and_fewer_members_are_a_concern():
    line = effects._line(effect(1500.0, 1200.0, indicator="active_members"), "id")
    assert "1.500" in line
    assert '<em class="concern">\N{MINUS SIGN}300</em>' in line


def test_the_headline_of_the_larger_place_stands_first_and_single_owners_last():
    city, province = effect(1.0, 2.0), effect(1.0, 2.0, place="16", name="Sumatera Selatan")
    other = effect(1.0, 90.0, indicator="project_registration", place="16")
    owner = effect(1.0, 99.0, owner="Dinas PUPR", place="00")
    assert sorted([owner, other, city, province], key=effects._importance) == [province, city, other, owner]


def test_all_of_an_owner_is_told_without_the_country():
    assert "<span>Dinas PUPR<small>" in effects._line(effect(1.0, 2.0, owner="Dinas PUPR", place="00"), "id")
    assert "<span>Dinas PUPR, Kota Palembang<small>" in effects._line(effect(1.0, 2.0, owner="Dinas PUPR"), "id")


def test_a_name_from_a_file_is_harmless():
    line = effects._line(effect(1.0, 2.0, owner="<img src=x>", name="<b>"), "id")
    assert "<img" not in line
    assert "<b>," not in line
    assert "&lt;img src=x&gt;, &lt;b&gt;" in line


def test_reasons_that_are_not_all_told_say_so():
    two = [Refused(row, "nik", "nik_salah", None, "", "") for row in (2, 2, 3)]
    whole = FileResult("a.csv", "tenaga_kerja", True, 10, 8, 2, two)
    cut = FileResult("b.csv", "tenaga_kerja", True, 20_000, 0, 20_000, two)
    assert effects._left_out([whole], "id") is None
    assert effects._left_out([whole, cut], "id") == (
        "Alasan dihitung pada 4 baris pertama dari 20.002 baris yang ditolak."
    )


def test_a_group_of_reasons_says_only_what_holds_for_all_of_its_rows():
    def refused(row, value, hint):
        message = f"Wilayah tidak dikenal atau berarti lebih dari satu{hint}."
        return Refused(row, "wilayah", "wilayah_tidak_dikenal", value, message, "")

    likely = refused(2, "Palembangg", " (mungkin Kota Palembang)")
    assert effects._of_all([likely], "message", 0) == likely.message
    told = effects._of_all([likely, refused(3, "Mars", "")], "message", 0)
    assert told == "Wilayah tidak dikenal atau berarti lebih dari satu."


@pytest.mark.parametrize(("count", "told"), [(0, "0 kB"), (1, "1 kB"), (1024 * 340, "340 kB"), (1024**2 * 2, "2,0 MB")])
def test_only_an_empty_file_has_no_kilobyte(count, told):
    assert upload_words.size(count, "id") == told


def test_a_row_that_has_ended_is_not_counted_among_the_gone_ones_again():
    kind = KindChanges("pendaftaran", new=0, changed=0, gone=30, ended=28, unchanged=170, examples=[])
    shown = {name: effects._count_column(name, name, "id").text(kind) for name in ("ended", "gone", "unchanged")}
    assert shown == {"ended": "28", "gone": "2", "unchanged": "170"}  # 30 − 28
