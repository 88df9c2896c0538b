"""One cell of a file: the same value, to the digit, whatever kind of file carries it."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from unicodedata import category, is_normalized, normalize

Cell = str | float | Decimal | date | None

# A spreadsheet runs a cell that begins like this as a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROLS = ("\t", "\r", "\n")
# As many as a share of a hundred million needs to round as on the screen (44,4499999995 is not 44,45), fewer than
# binary fractions show: 45,555555555556 and never 45,55555555555556.
MOST_DECIMALS = Decimal("1e-12")


# Signs that show nothing and turn or break what stands beside them; XML refuses some of them.
UNSEEN = ("Cc", "Cf", "Cs", "Cn", "Co")


def visible(text: str) -> str:
    """The text as one line without control, direction and other unseen signs, for files that people read."""
    if text.isprintable() and is_normalized("NFC", text):
        return text  # most cells of a long register
    kept = (sign for sign in " ".join(text.split()) if category(sign) not in UNSEEN)
    return " ".join(normalize("NFC", "".join(kept)).split())


def defused(text: str) -> str:
    """The text with a leading apostrophe if a spreadsheet would take it for a formula."""
    return "'" + text if text.lstrip().startswith(FORMULA_STARTS) or text.startswith(CONTROLS) else text


def defused_in_csv(text: str, separator: str) -> str:
    """As `defused`, also behind every sign at which a spreadsheet of another country begins a new cell.

    Quotes do not help there: once it splits elsewhere than `separator`, a quote in the middle of a cell is a sign like
    any other.
    """
    text, splits = defused(text), _SPLITS[separator]
    # Most texts have none of these signs, which is known in a tenth of the time.
    return _BEHIND_A_SPLIT[separator].sub(r"\1'", text) if any(sign in text for sign in splits) else text


_STARTS = re.escape("".join(FORMULA_STARTS))
_SPLITS = {",": (";", *CONTROLS), ";": (",", *CONTROLS)}
_BEHIND_A_SPLIT = {own: re.compile(rf'([{"".join(signs)}][\s"]*)(?=[{_STARTS}])') for own, signs in _SPLITS.items()}


def exact(value: float | Decimal) -> Decimal:
    """The number as files carry it: at most twelve decimals, half-up."""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    return number.quantize(MOST_DECIMALS, rounding=ROUND_HALF_UP)


def plain_number(value: float | Decimal) -> str:
    """Whole numbers without a point, others with the decimals they have."""
    text = f"{exact(value):f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
