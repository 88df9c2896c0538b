"""What is left to read of a number that could be a NIK or KPJ: its first six digits.

Digits of every script: what a keyboard or a converted document gives reads as a number to people.
"""

import re

# Eleven digits are a KPJ, sixteen a NIK; dots, spaces and dashes group them. As the ledger's database writes patterns.
DIGIT_RUN = r"(\p{Nd}(?:[ .-]*\p{Nd}){5})(?:[ .-]*\p{Nd}){5,}"
# In joined procurement records no column holds a KPJ, and the code of a package has eleven digits: it is what tells a
# left-out row from another.
NIK_RUN = r"(\p{Nd}(?:[ .-]*\p{Nd}){5})(?:[ .-]*\p{Nd}){10,}"
RUN = re.compile(DIGIT_RUN.replace(r"\p{Nd}", r"\d"))  # the same, as Python writes it


def masked(text: str) -> str:
    """The text with every run of eleven digits or more cut to its first six."""
    return RUN.sub(r"\1…", text)
