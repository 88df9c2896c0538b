"""`draft`: what a page uploaded as files of another command, for the account that uploaded it and no other."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data import accounts, staging
from data.accounts import Account
from data.editions import publish
from data.home import Home
from data.importers.run import import_file
from ui.child import child_environment

PROGRAM = Path(__file__).parents[2] / "cakupan.py"
HEADER = b"kode_proyek,nama_proyek,wilayah,pemilik,mulai,selesai\n"
PROJECTS = HEADER + b"N-1,Jalan,16.71,D,2024-06-01,2024-12-31\nN-2,Jalan,16.71,D,x,2024-12-31\n"
FAR = PROJECTS.replace(b"16.71", b"16.04").replace(b"N-1", b"F-1")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two stewards of Palembang; a delivery that only adds, brought in by nobody of them."""
    folder = tmp_path_factory.mktemp("draft")
    home = Home(folder / "home")
    (folder / "jauh.csv").write_bytes(FAR)
    import_file(home, folder / "jauh.csv")
    publish(home)
    (home.root / "config.toml").write_text('[identity]\nmode = "password"\n', "utf-8")
    for name in ("sari", "budi"):
        accounts.add(home, Account(name, name, "steward", places=("16.71",)))
    return home


def run(home, who, *arguments):
    session = accounts.session_id_of(accounts.open_session(home, who, "127.0.0.1", datetime.now(UTC)))
    account = next(account for account in accounts.accounts(home) if account.name == who)
    environment = os.environ | child_environment(account.reader(), session) | {"CAKUPAN_HOME": str(home.root)}
    return subprocess.run(
        [sys.executable, PROGRAM, *arguments], env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_another_account_gets_nothing_of_a_draft(home):
    made = staging.add(home, "sari", [("proyek.csv", PROJECTS)])
    refused = run(home, "budi", "draft", "--recognise", made.token)
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "milik akun lain" in refused.stderr
    assert run(home, "budi", "draft", "--landed", made.token, "--", "import").returncode == 2
    assert staging.draft_of(home, "sari") == made
    staging.discard(home, made)


def test_every_file_is_recognised_by_itself(home):
    made = staging.add(home, "sari", [("proyek.csv", PROJECTS), ("kosong.csv", b"")])
    told = json.loads(run(home, "sari", "draft", "--recognise", made.token).stdout)
    assert [(file["file"], bool(file["problem"])) for file in told] == [("proyek.csv", False), ("kosong.csv", True)]
    assert told[0]["sheets"][0]["kind"] == "proyek"
    staging.discard(home, made)


def test_what_landed_is_no_draft_any_more_and_its_account_sees_what_it_brought_in(home):
    made = staging.add(home, "sari", [("proyek.csv", PROJECTS)])
    told = run(home, "sari", "draft", "--landed", made.token, "--", "import", "--json-lines")
    assert told.returncode == 0, told.stderr
    [result] = json.loads(told.stdout.splitlines()[-1])["results"]
    assert result["rows_accepted"] == 1
    assert staging.draft_of(home, "sari") is None
    seen = {who: json.loads(run(home, who, "status", "--json").stdout)["batches"] for who in ("sari", "budi")}
    assert [batch["batch_id"] for batch in seen["sari"]] == [result["batch"]]
    assert seen["budi"] == []
    back = home.root.parent / "balik.xlsx"
    batch = str(result["batch"])
    assert run(home, "budi", "rejects", batch, f"--out={back}").returncode == 2
    assert run(home, "sari", "rejects", batch, f"--out={back}").returncode == 0
    assert back.read_bytes().startswith(b"PK")


def test_what_is_refused_stays_a_draft(home):
    made = staging.add(home, "sari", [("kosong.csv", b"")])
    refused = run(home, "sari", "draft", "--landed", made.token, "--", "import", "--json-lines")
    assert refused.returncode == 2
    assert "kosong" in json.loads(refused.stdout.splitlines()[-1])["error"]
    assert staging.draft_of(home, "sari") == made
    assert [path.name for path in (home.drafts_dir / made.token).iterdir() if path.name.startswith("open-")] == []
    staging.discard(home, made)
