"""Texts from delivered files lose what cannot be seen, and nothing else."""

import pytest

from reports.cells import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Gedung \u202egnp.exe\u202c Arsip", "Gedung gnp.exe Arsip"),
        ("+62 711 \x07 @SUM(1)", "+62 711 @SUM(1)"),
        ("satu\tdua\r\ntiga\u2028empat", "satu dua tiga empat"),
        ("Jembatan 🏗️ Musi", "Jembatan 🏗️ Musi"),
        ("\ud800\ufffe\x00", ""),
        ("Jose\u0301", "Jos\u00e9"),
        ("<b>=1+1</b> & “kutip” – 45,6 %", "<b>=1+1</b> & “kutip” – 45,6 %"),
    ],
)
def test_unseen_signs_go_and_the_rest_stays(text, shown):
    assert visible(text) == shown
