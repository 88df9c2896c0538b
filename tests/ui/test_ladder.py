"""The ladder in words and bars: what is left, lost, not due, unknown; who loses most stands first."""

import re

from analytics.ladder import RUNGS, Rung
from ui import ladder


def rungs(*counts, group="16"):
    """One ladder of six rungs from (projects, lost, unknown, not_due)."""
    return [Rung(group, group, code, *count) for code, count in zip(RUNGS, counts, strict=True)]


LOSING = rungs((100, 0, 0, 7), (60, 25, 5, 10), (60, 0, 0, 0), (40, 20, 0, 0), (40, 0, 0, 0), (30, 10, 0, 0))


def test_every_bar_is_to_the_scale_of_the_first_rung():
    rows = ladder.ladder_html(LOSING, "Tangga", "id").split("<li>")[1:]
    widths = [dict(re.findall(r'class="(\w+)" style="width:([\d.]+)%', row)) for row in rows]
    assert widths[0] == {"kept": "100.00"}  # the seven that no rule binds are beside the ladder
    assert widths[1] == {"kept": "60.00", "lost": "25.00", "unknown": "5.00", "waiting": "10.00"}
    assert sum(map(float, widths[1].values())) == 60 + 25 + 5 + 10


def test_losses_are_told_with_what_is_not_due_and_not_known():
    assert ladder.losses(LOSING[1], "id") == "−25 · 10 belum jatuh tempo · 5 belum dapat dinilai"
    assert ladder.losses(LOSING[0], "id") == "7 lain tidak terikat aturan"
    assert ladder.losses(LOSING[2], "id") == ""


def test_who_loses_most_on_all_rungs_together_comes_first():
    few = rungs((9, 0, 0, 0), (4, 5, 0, 0), (4, 0, 0, 0), (4, 0, 0, 0), (4, 0, 0, 0), (4, 0, 0, 0), group="Sedikit")
    groups = ladder.by_group([*few, *LOSING])
    assert [one.group for one in groups] == ["16", "Sedikit"]
    assert groups[0].largest_loss.rung == "terdaftar"
    title = ladder.groups_title(groups[0], "id")
    assert title == "16 kehilangan terbanyak: 55 proyek, di antaranya 25 pada “Terdaftar”"  # 25 + 20 + 10
