"""Lines of progress: each change at once, and the last one again while a stage takes its time."""

import json
from threading import Event

import pytest

from commands import telling


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_last_line_comes_again_while_a_stage_takes_its_time(capsys, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(telling, "REPEAT_SECONDS", 0.01)
    again = Event()
    tell = telling.line_of_progress

    def heard(stage: str, done: int, total: int | None) -> None:
        tell(stage, done, total)
        if stage == "memeriksa" and lines_told.append(stage) is None and len(lines_told) == 3:
            again.set()

    lines_told: list[str] = []
    monkeypatch.setattr(telling, "line_of_progress", heard)
    with telling.progress_told(as_lines=True) as progress:
        progress("memeriksa", 0, 5)
        assert again.wait(10)
    told = lines_of(capsys)
    assert told[0] == {"stage": "membaca", "done": 0, "total": None}
    assert told[-1] == {"stage": "memeriksa", "done": 0, "total": 5}


def test_nothing_comes_after_the_end(capsys, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(telling, "REPEAT_SECONDS", 0.001)
    with telling.progress_told(as_lines=True):
        pass
    lines_of(capsys)
    assert not Event().wait(0.05)
    assert lines_of(capsys) == []


def test_a_person_is_told_no_lines(capsys):
    with telling.progress_told(as_lines=False) as progress:
        progress("membaca", 1, 2)
    assert lines_of(capsys) == []


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (("Menyusun work", 11, 55), "Langkah 12 dari 55: Menyusun work"),
        (("Menghitung orang, bagian 2 dari 3", 16, 55), "Langkah 17 dari 55: Menghitung orang, bagian 2 dari 3"),
        (("menyalin", 25, 100), "menyalin 25 %"),
        (("membaca", 1200, None), "membaca"),
    ],
)
def test_steps_are_counted_and_bytes_are_a_share_where_somebody_watches(capsys, monkeypatch, told, shown):
    monkeypatch.setattr(telling.sys.stderr, "isatty", lambda: True, raising=False)
    telling.show_progress(*told)
    assert capsys.readouterr().err == f"\r\x1b[K{shown}"
