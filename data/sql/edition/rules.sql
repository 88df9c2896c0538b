select code as rule, kind, demand, text, text_en, article, effective_from, is_assumption, threshold, places, not_for_payers
from rule
order by kind desc, effective_from, rule
