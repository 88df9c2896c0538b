"""What is left to read of a number that could be a NIK or KPJ: its first six digits."""

import re

# Eleven digits are a KPJ, sixteen a NIK; dots, spaces and dashes group them.
DIGIT_RUN = r"([0-9](?:[ .-]*[0-9]){5})(?:[ .-]*[0-9]){5,}"
# In joined procurement records no column holds a KPJ, and the code of a package has eleven digits: it is what tells a
# left-out row from another.
NIK_RUN = r"([0-9](?:[ .-]*[0-9]){5})(?:[ .-]*[0-9]){10,}"


def masked(text: str) -> str:
    """The text with every run of eleven digits or more cut to its first six."""
    return re.sub(DIGIT_RUN, r"\1…", text)
