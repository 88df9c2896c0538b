"""Settings: shipped defaults, replaced part by part, and nothing that is not understood."""

import pytest

from data.config import load_config
from data.errors import CakupanError
from data.places import all_places


def test_without_a_file_the_shipped_settings_hold(home):
    config = load_config(home)
    assert (config.home_province, config.personal_covers_project, config.report_sources) == ("16", True, [])


def test_every_kabupaten_of_the_home_province_belongs_to_one_branch(home):
    members = sorted(place for branch in load_config(home).branch for place in branch.places)
    assert members == sorted(code for code, place in all_places().items() if place.parent == "16")


def test_a_part_replaces_the_default_and_leaves_the_others(home):
    home.config_path.write_text('report_sources = ["Kanwil"]\n', "utf-8")
    config = load_config(home)
    assert (config.report_sources, config.home_province, len(config.branch)) == (["Kanwil"], "16", 6)


def test_own_branches_replace_the_shipped_ones(home):
    home.config_path.write_text('[[branch]]\ncode = "satu"\nname = "Cabang Satu"\nplaces = ["16.71"]\n', "utf-8")
    assert [branch.name for branch in load_config(home).branch] == ["Cabang Satu"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('home_provinse = "16"', "home_provinse"),
        ("personal_covers_project = 'ya'", "personal_covers_project"),
        ('report_sources = "Kanwil"', "report_sources"),
        ('[[branch]]\ncode = "satu"\nplaces = []', "name"),
        ('[[branch]]\ncode = "satu"\nname = "Satu"\nplaces = []\nkepala = "A"', "kepala"),
        ("report_sources = []\nhome_province = \n", "line 2"),
        ('home_province = "16"\nhome_province = "17"', "overwrite"),
        ('home_province = "99"', "'99'"),
        ('[[branch]]\ncode = "satu"\nname = "Satu"\nplaces = ["16.71", "1674"]', "'1674'"),
        ('[[branch]]\ncode = "satu"\nname = "Satu"\nplaces = ["16"]', "'16'"),
    ],
)
def test_a_wrong_setting_is_refused_and_named(home, text, quoted):
    home.config_path.write_text(text, "utf-8")
    with pytest.raises(CakupanError, match=r"^config\.toml .*") as refused:
        load_config(home)
    assert quoted in str(refused.value)


def test_a_file_in_another_encoding_is_refused(home):
    home.config_path.write_bytes(b'home_province = "\xff"')
    with pytest.raises(CakupanError, match="bukan TOML yang sah"):
        load_config(home)


def test_a_place_twice_in_a_branch_is_refused(home):
    home.root.mkdir(parents=True, exist_ok=True)
    home.config_path.write_text('[[branch]]\ncode = "x"\nname = "X"\nplaces = ["16.71", "16.71"]\n')
    with pytest.raises(CakupanError, match=r"'16\.71' dua kali"):
        load_config(home)


def test_a_branch_code_used_twice_is_refused(home):
    home.root.mkdir(parents=True, exist_ok=True)
    branch = '[[branch]]\ncode = "x"\nname = "X"\nplaces = ["16.71"]\n'
    home.config_path.write_text(branch * 2)
    with pytest.raises(CakupanError, match="cabang 'x' dua kali"):
        load_config(home)
