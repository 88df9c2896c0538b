"""What the demonstration's registrations paid."""

import numpy as np

from data.demo.scenario import AS_OF
from data.tariffs import tariff_on

NO_LIMIT_RP = 10**14


def contribution_rp(value_rp: np.ndarray, vat_pct: np.ndarray) -> np.ndarray:
    """Contribution of projects with unknown wages: marginal brackets on the contract value without VAT, whole rupiah.

    vat_pct: the VAT inside each value, 0 where it holds none. The same as analytics.tariff for many values at once, by
    the tariff of the demonstration's position; its contracts of January 2021 forgo the relief of that month. Reckoned
    in 1/((100 + VAT) × 10.000) rupiah, so that nothing is rounded but the total, half up.
    """
    per_cent = 100 + vat_pct
    due = np.zeros(len(value_rp), dtype=np.int64)
    for bracket in tariff_on(AS_OF).brackets:
        width_rp = (bracket.upper_rp or NO_LIMIT_RP) - bracket.lower_rp
        part = np.clip(value_rp * 100 - bracket.lower_rp * per_cent, 0, width_rp * per_cent)
        due += part * int(100 * (bracket.jkk_pct + bracket.jkm_pct))
    return (2 * due + per_cent * 10_000) // (2 * per_cent * 10_000)
