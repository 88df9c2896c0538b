"""How work is carried out (by a contractor, by the owner, as an emergency), and whom to call about it."""

from dataclasses import replace
from functools import cache

import numpy as np

from data.demo.projects import Projects, contractor_words, order_numbers
from data.demo.scenario import AS_OF, Scenario, day_number

CONTRACTED, OWN_HANDS, EMERGENCY = "penyedia", "swakelola", "darurat"
LEGAL_FORMS = ("PT", "CV")
EMERGENCY_KINDS = ("tanggul_darurat",)


def ways_of(scenario: Scenario, projects: Projects) -> np.ndarray:
    """Per project one of the three words, '' where its owner did not tell."""
    by_kind = np.array([_way(kind.code, kind.work_type) for kind in scenario.kinds])
    random = scenario.draws("ways")
    untold = random.random(len(projects.kind)) * 100 < scenario.settings["tanpa_cara_pct"]
    return np.where(untold, "", by_kind[projects.kind])


def with_emergency_orders(scenario: Scenario, projects: Projects) -> Projects:
    """Emergency work begins first and has its work order some days later."""
    random = scenario.draws("emergency orders")
    is_emergency = np.isin(projects.kind, [i for i, kind in enumerate(scenario.kinds) if kind.code in EMERGENCY_KINDS])
    most_days = scenario.settings["spk_darurat_sesudah_mulai_hari"]
    signed = projects.start + random.integers(1, most_days + 1, len(projects.start))
    order_day = np.where(is_emergency & (signed <= day_number(AS_OF)), signed, projects.order_day)
    return replace(projects, order_day=order_day, order_number=order_numbers(scenario, projects.owner, order_day))


def phone_of(contractor: str) -> str:
    """A number that no telephone can have: behind an area code no Indonesian number begins with 0.

    A firm has one number wherever it works, no other firm has it; of a joint operation it is the lead firm's.
    """
    form, *words = contractor.split(" - ")[0].split(" ")
    if form not in LEGAL_FORMS:
        return ""
    number = LEGAL_FORMS.index(form)
    for word in words[1:]:
        number = number * len(_word_numbers()) + _word_numbers()[word]
    return f"(0711) 000-{number:04d}"


@cache
def _word_numbers() -> dict[str, int]:
    return {word: number for number, word in enumerate(contractor_words())}


def _way(code: str, work_type: str) -> str:
    if code in EMERGENCY_KINDS:
        return EMERGENCY
    return OWN_HANDS if work_type.startswith("Swakelola") else CONTRACTED
