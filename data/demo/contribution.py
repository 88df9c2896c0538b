"""What the demonstration's registrations paid."""

import numpy as np

from data.demo.scenario import read_table

NO_LIMIT_RP = 10**14


def contribution_rp(value_rp: np.ndarray, vat_pct: np.ndarray) -> np.ndarray:
    """Contribution of projects with unknown wages: marginal brackets on the contract value without VAT, whole rupiah.

    vat_pct: the VAT inside each value, 0 where it holds none. Reckoned in 1/((100 + VAT) × 10.000) rupiah, so that
    nothing is rounded but the total, half up. Brackets: data/reference/demo_contribution.csv (Permenaker 44/2015).
    """
    per_cent = 100 + vat_pct
    lower_rp, due = 0, np.zeros(len(value_rp), dtype=np.int64)
    for bracket in read_table("contribution"):
        upper_rp = int(bracket["batas_atas_rp"] or NO_LIMIT_RP)
        part = np.clip(value_rp * 100 - lower_rp * per_cent, 0, (upper_rp - lower_rp) * per_cent)
        due += part * int(bracket["jkk_jkm_per_sepuluh_ribu"])
        lower_rp = upper_rp
    return (2 * due + per_cent * 10_000) // (2 * per_cent * 10_000)
