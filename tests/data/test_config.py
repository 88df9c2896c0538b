"""Settings: shipped defaults, replaced part by part, and nothing that is not understood."""

from datetime import date

import pytest

from data.config import current_config, is_loopback, load_config, refuse_open_address
from data.errors import CakupanError
from data.places import all_places

EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 - it is refused, or only named
RULE = (
    '[[rule]]\ncode = "terdaftar"\nkind = "wajib"\ndemand = "registration"\ntext = "Terdaftar."\n'
    'text_en = "Registered."\narticle = "Pasal 1"\neffective_from = 2020-01-01\nassumption = false\n'
)
NOTE = RULE.replace("terdaftar", "names_missing").replace('"wajib"\ndemand = "registration"', '"catatan"')
OIDC = (
    '[identity]\nmode = "oidc"\n[identity.oidc]\nmetadata_url = "https://sso.example.go.id/x"\nclient_id = "x"\n'
    '[server]\npublic_url = "https://cakupan.example.go.id"\n'
)
SCHEDULE = (
    '[[schedule]]\nname = "mingguan-kota"\nevery = "week"\nmeeting = "Rapat mingguan"\naudience = "opd"\n'
    'formats = ["xlsx", "pdf"]\nfolder = "/srv/bahan-rapat"\nscope = { place = "branch:lahat", fund = "APBN" }\n'
)


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
        ('[identity]\nmode = "ldap"', "identity.mode"),
        ('[identity]\nmodus = "local"', "modus"),
        ("[identity]\nsession_hours = 0", "identity.session_hours"),
        ("[identity.oidc]\nclient_secret = 'x'", "client_secret"),
        ("identity = 'password'", "identity"),
        ('[identity]\nmode = "oidc"', "identity.oidc.metadata_url"),
        (OIDC.replace('client_id = "x"', ""), "identity.oidc.client_id"),
        (OIDC.split("[server]", maxsplit=1)[0], "server.public_url"),
        (OIDC.replace("https://sso", "http://sso"), "'http://sso.example.go.id/x'"),
        ('[identity]\nmode = "proxy"', "identity.proxy.header"),
        ('[identity]\nmode = "proxy"\n[identity.proxy]\nheader = "X-Remote-User"', "identity.proxy.addresses"),
        ('[identity.proxy]\naddresses = ["proksi"]', "'proksi'"),
        ('[server]\ntrusted_proxies = ["10.0.0.1/8"]', "'10.0.0.1/8'"),
        ("[server]\nport = 70000", "server.port"),
        ('[server]\npublic_url = "cakupan.example.go.id"', "'cakupan.example.go.id'"),
        ('[server]\npublic_url = "https://cakupan.example.go.id/app"', "/app"),
        ("[retention]\nuploads_days = -1", "retention.uploads_days"),
        (RULE * 2, "'terdaftar' dua kali"),
        (RULE.replace('"terdaftar"', '"Wajib Daftar"'), "'Wajib Daftar'"),
        (RULE.replace('demand = "registration"\n', ""), "perlu demand"),
        (RULE.replace('"registration"', '"certificate"'), "rule[0].demand"),
        (RULE.replace("2020-01-01", '"1 Januari 2020"'), "rule[0].effective_from"),
        (RULE + 'places = ["1671"]', "'1671'"),
        (RULE + 'not_for_payers = ["swasta"]', "'swasta'"),
        (RULE + "threshold = -1", "rule[0].threshold"),
        (NOTE + 'demand = "payment"', "tidak memakai demand"),
        (NOTE + "threshold = 1", "tidak memakai threshold"),
        (NOTE.replace("names_missing", "headcount_low"), "perlu threshold"),
        (NOTE.replace("names_missing", "nama_kurang"), "'nama_kurang'"),
        (SCHEDULE * 2, "jadwal 'mingguan-kota' dua kali"),
        (SCHEDULE.replace("mingguan-kota", "weekly"), "jadwal 'weekly'"),
        (SCHEDULE.replace("mingguan-kota", "../kota"), "jadwal '../kota'"),
        (SCHEDULE.replace('"week"', '"day"'), "schedule[0].every"),
        (SCHEDULE.replace('"opd"', '"bupati"'), "schedule[0].audience"),
        (SCHEDULE.replace('["xlsx", "pdf"]', '["xls"]'), "schedule[0].formats"),
        (SCHEDULE.replace('["xlsx", "pdf"]', "[]"), "schedule[0].formats"),
        (SCHEDULE.replace('"/srv/bahan-rapat"', '"bahan-rapat"'), "folder 'bahan-rapat'"),
        (SCHEDULE.replace('"/srv/bahan-rapat"', '"../../srv"'), "folder '../../srv'"),
        (SCHEDULE.replace("branch:lahat", "branch:bandung"), "'branch:bandung'"),
        (SCHEDULE.replace("fund", "dana"), "dana"),
        (SCHEDULE.replace('"Rapat mingguan"', '" "'), "tanpa nama rapat"),
        (SCHEDULE.replace("Rapat mingguan", "Rapat\\u202emingguan"), "tanpa nama rapat"),
        (SCHEDULE.replace('meeting = "Rapat mingguan"\n', ""), "meeting"),
        (SCHEDULE + SCHEDULE.replace("mingguan-kota", "inggris").replace('"opd"', '"cabang"'), "senama ke /srv/bahan"),
    ],
)
def test_a_wrong_setting_is_refused_and_named(home, text, quoted):
    home.config_path.write_text(text, "utf-8")
    with pytest.raises(CakupanError, match=r"^config\.toml .*") as refused:
        load_config(home)
    assert quoted in str(refused.value)


def test_schedules_of_meeting_packs_are_read_with_what_they_leave_open(home):
    assert load_config(home).schedule == []
    home.config_path.write_text(SCHEDULE, "utf-8")
    [schedule] = load_config(home).schedule
    assert (schedule.name, schedule.every, schedule.formats, schedule.folder, schedule.language) == (
        "mingguan-kota", "week", ["xlsx", "pdf"], "/srv/bahan-rapat", "id"
    )  # fmt: skip
    scope = schedule.scope
    assert (scope.place, scope.owner, scope.fund, scope.sector) == ("branch:lahat", None, "APBN", None)


def test_schedules_of_one_folder_may_differ_in_meeting_scope_or_format(home):
    others = [("bulanan", "Rapat mingguan", "Rapat bulanan"), ("dana", "APBN", "APBD provinsi")]
    others += [("cetak", '["xlsx", "pdf"]', '["docx"]'), ("lain", "/srv/bahan-rapat", "/srv/lain")]
    texts = [SCHEDULE.replace("mingguan-kota", name).replace(old, new) for name, old, new in others]
    home.config_path.write_text(SCHEDULE + "".join(texts), "utf-8")
    assert len(load_config(home).schedule) == 5


def test_own_rules_replace_the_shipped_ones(home):
    home.config_path.write_text(RULE + 'places = ["16"]\n' + NOTE, "utf-8")
    rules = {rule.code: rule for rule in load_config(home).rule}
    assert rules.keys() == {"terdaftar", "names_missing"}
    assert (rules["terdaftar"].places, rules["terdaftar"].effective_from) == (["16"], date(2020, 1, 1))


def test_every_shipped_rule_says_that_nobody_has_confirmed_it(home):
    rules = load_config(home).rule
    assert {rule.kind for rule in rules} == {"wajib", "catatan"}
    assert all(rule.assumption for rule in rules)


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


def test_a_setting_of_a_table_leaves_the_others_of_that_table(home):
    home.config_path.write_text("[identity]\nidle_minutes = 30\n[identity.oidc]\nlabel = 'SSO Pemprov'\n", "utf-8")
    identity = load_config(home).identity
    assert (identity.mode, identity.session_hours, identity.idle_minutes) == ("local", 12, 30)
    assert (identity.oidc.label, identity.oidc.claim) == ("SSO Pemprov", "email")


def test_settings_are_read_again_when_the_file_has_changed(home):
    assert current_config(home).identity.mode == "local"
    home.config_path.write_text('[identity]\nmode = "password"\n', "utf-8")
    assert current_config(home).identity.mode == "password"
    assert current_config(home) is current_config(home)
    home.config_path.unlink()
    assert current_config(home).identity.mode == "local"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_without_sign_in_this_machine_is_served(home, address):
    assert is_loopback(address)
    refuse_open_address(load_config(home), address)


@pytest.mark.parametrize(
    "address", ["", EVERY_ADDRESS, "::", "10.1.2.3", "192.168.1.5", "cakupan.example.go.id", "127.0.0.1.x"]
)
def test_without_sign_in_an_address_that_others_reach_is_refused_with_the_reason(home, address):
    with pytest.raises(CakupanError, match="tidak meminta siapa pun masuk") as refused:
        refuse_open_address(load_config(home), address)
    assert f"'{address}'" in str(refused.value)


@pytest.mark.parametrize("settings", ['[identity]\nmode = "password"\n', OIDC])
def test_with_sign_in_any_address_may_be_served(home, settings):
    home.config_path.write_text(settings, "utf-8")
    refuse_open_address(load_config(home), EVERY_ADDRESS)
