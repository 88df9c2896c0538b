"""Which figure of a text is said to be the result of two others: the percentage of a share, the size of a change.

The closest that can be one is tried. Where it contradicts the two it is taken for their result only if the text binds
it to them (`is_said`): by a word or mark of equality right before it, as in '12 dari 17, atau 70,6 persen', and by
nothing around it that speaks of something else. '12 dari 17 kabupaten sudah di atas 50 persen' says no share.
"""

import re

from analytics.claim_figures import MONTH, Text
from analytics.claim_places import END, FAR, before, ends, gap

UNBOUND = 10 * FAR  # so loose belongs to nothing
# 'lebih dari 270 ribu' widens a figure and relates nothing.
OF = re.compile(
    r"(?<!lebih )(?<!kurang )\b(?:dari|of|terhadap|dibagi|divided by|per(?= ?$))\b|^ ?[/:÷] ?$", re.IGNORECASE
)
# After such a word another figure begins: 'Rp5 miliar dari APBD dan Rp2 miliar', '12 dari Palembang, 3 dari Lahat'.
ANOTHER = re.compile(r";|\b(?:dan|serta|and|sedangkan|sementara|while)\b|, ?(?:rp\.? ?)?$", re.IGNORECASE)
TO = re.compile(r"\b(?:menjadi|ke|to|become|becoming)\b", re.IGNORECASE)
# 'peningkatan cakupan sebesar 3,8 poin' tells a change, though the word of a level stands in it.
OF_LEVEL = r"(?: (?:in )?(?:cakupan|capaian|kepesertaan|coverage|attainment))?"
UP = re.compile(
    r"\b(?:naik|meningkat|bertambah|tumbuh|melonjak|rose|grew|grown|climbed|jumped|improved|up|gain(?:ed|ing)?|adding"
    rf"|(?:kenaikan|peningkatan|pertumbuhan|(?:per)?tambahan|penambahan|rises?|increased?|growth)(?:nya)?{OF_LEVEL})\b",
    re.IGNORECASE,
)
DOWN = re.compile(
    r"\b(?:turun|menurun|berkurang|merosot|anjlok|menyusut|susut|hilang|shrank|slipped|fell|falls?|dropped|declined|down|lost|losing"
    rf"|(?:penurunan|pengurangan|decreased?|decline|drop|loss|reduction)(?:nya)?{OF_LEVEL})\b",
    re.IGNORECASE,
)
SAME = re.compile(r"\(|=|\b(?:atau|yaitu|yakni|or|namely|setara|sebesar|equals?|adalah|i\.e\.)", re.IGNORECASE)
APART = re.compile(r"\b(?:dan|sedangkan|sementara|and|while|serta)\b|\)[^(]*$", re.IGNORECASE)
OTHER = re.compile(r"\b(?:target|sasaran|goal|tahun lalu|sebelumnya|last year|previous(?:ly)?)\b", re.IGNORECASE)
LEVEL = re.compile(
    r"\b(?:cakupan|coverage|capaian|attainment|kepesertaan (?:pekerja )?(?:jasa )?konstruksi|kepesertaan jakon)\b",
    re.IGNORECASE,
)
SET_OFF = re.compile(rf"[,:]|{SAME.pattern}", re.IGNORECASE)
# What may stand between the word or mark of equality and the percentage that it leads to.
SAID = re.compile(
    r"(?:[(=:,-]|\b(?:atau|yaitu|yakni|artinya|berarti|jadi|or|namely|that is|i\.e\.|setara|sebesar|adalah|equals?"
    r"|means|mencapai|reach(?:es|ed)?))"
    r"(?: |\b(?:atau|or|yaitu|yakni|artinya|berarti|jadi|setara|sebesar|adalah|mencapai|dengan|hanya|baru|only|just"
    r"|sudah|sekitar|kira-kira|kisaran|kurang|lebih|hampir|mendekati|about|around|approximately|roughly|some|nearly|almost"
    r"|dari|di (?:atas|bawah)|sedikitnya|setidaknya|more|less|than|over|above|under|below|at (?:least|most)|up to"
    r"|tingkat|cakupan(?:nya)?|capaian(?:nya)?|persentase(?:nya)?|kepesertaan(?:nya)?|coverage|attainment|sama|rasio"
    r"|naik|turun|meningkat|menurun|up|down|±|~)\b|[±~(])*$",
    re.IGNORECASE,
)
# Only these words stand between: '123 ribu dari 270 ribu pekerja 45,6 persen'.
COUNTED = re.compile(
    r"^(?: |(?:pekerja|tenaga kerja|peserta|orang|jiwa|jasa|konstruksi|proyek|paket|workers?|members?|people|persons?"
    r"|construction|projects?)\b)*$",
    re.IGNORECASE,
)
# Each of these has a percentage of its own: '12 dari 17 kabupaten, dengan cakupan 45,6 persen'.
HOLDERS = re.compile(
    r"\b(?:kab|kabupaten|kota|provinsi|kecamatan|daerah|wilayah|opd|skpd|dinas|cabang|pemilik|regenc(?:y|ies)|cit(?:y|ies)"
    r"|districts?|provinces?|regions?|agenc(?:y|ies)|branch(?:es)?|owners?)\b",
    re.IGNORECASE,
)
OF_HOLDERS = re.compile(r"\b(?:cakupan|capaian|coverage|attainment|dengan|with|mencapai|reach)", re.IGNORECASE)
# Behind a percentage such a word says that it is one of something else.
OF_ELSE_AFTER = re.compile(
    r"^[^.;,)]{0,30}?\b(?:di antara\w*|among|of (?:them|which|whom)|laki|perempuan|wanita|pria|wom[ae]n|m[ae]n"
    r"|(?:fe)?males?|per (?:tahun|bulan)|setahun|sebulan|a year|per year|annually|setiap tahun)\b",
    re.IGNORECASE,
)
OF_ELSE_BEFORE = re.compile(
    r"\b(?:di antara\w*|among|rata-rata|average|nasional|national\w*|provinsi lain)\b", re.IGNORECASE
)
PROJECTS = re.compile(r"\b(?:proyek|paket|projects?)\b", re.IGNORECASE)
# A word of moving that leads to the size of it: 'bertambah bersih 4.975', 'an increase of 21,912'.
MOVED_BY = (
    rf"(?:{UP.pattern}|{DOWN.pattern}|\b(?:selisih(?:nya)?|difference|lebih(?= banyak))\b)"
    r"(?: |\b(?:bersih|lagi|banyak|net|of|by|is|was|sebesar|sebanyak|sejumlah|mencapai|adalah|yaitu|sekitar|kira-kira"
    r"|kisaran|kurang|lebih|dari|hampir|mendekati|about|around|approximately|roughly|some|nearly|almost|more|less|than"
    r"|over|above|under)(?= )|rp\.?|±|~)*$"
)
MOVES = re.compile(MOVED_BY, re.IGNORECASE)
PERSONS = r"pekerja|tenaga kerja|peserta|orang|jiwa|aktif|workers?|members?|people|persons?|active"
# Between the two and such a word stands nothing that names another thing or, behind the comma, another time; in the
# next sentence it must point back.
MOVES_ON = re.compile(
    rf"^(?: [^\W\d]+(?=,))?(?:[ ()]|[0-9]|\b{MONTH}|\b(?:{PERSONS}|jasa|konstruksi|construction|pada|per|in|by|as of"
    r"|tahun)\b)*[,:=-]?(?:[ (]|\b(?:atau|dengan|berarti|artinya|jadi|sehingga|yaitu|yakni|ada|terdapat|or|an?|the|with"
    r"|that is|which is)\b)*"
    r"(?:[.;] (?:(?=\w+nya\b)|(?:artinya|berarti|jadi|(?:ini|itu) berarti|thus|so),? "
    r"|(?:the|this|that)(?: (?:is|was|means|an?))* ))?" + MOVED_BY,
    re.IGNORECASE,
)
# Behind a figure such a word makes it the size of a change as well: 'a 20.3 percent increase', '300 lebih banyak'.
MORE_BEHIND = re.compile(
    rf"^(?: (?:{PERSONS}))? (?:increase|rise|growth|gain|jump|higher|more(?! than)|lebih (?:tinggi|banyak|besar))\b",
    re.IGNORECASE,
)
LESS_BEHIND = re.compile(
    rf"^(?: (?:{PERSONS}))? (?:decrease|drop|decline|fall|loss|lower|fewer|less(?! than)"
    r"|lebih (?:rendah|sedikit|kecil))\b",
    re.IGNORECASE,
)
# Behind the size of a change such a word says that it is of another time or place than the two.
MOVES_ELSE = re.compile(
    r"^[^.;,)]{0,30}?\b(?:dibanding\w*|daripada|than|compared|dari|from|terhadap|di|pada|selama|dalam|sejak|sepanjang"
    r"|saja|alone|in|at|on|during|since|within|target|hari|pekan|minggu|bulan\w*|triwulan|kuartal|semester|tahun\w*"
    r"|terakhir|kemarin|week\w*|month\w*|quarter\w*|year\w*|y-?o-?y|m-?o-?m)\b",
    re.IGNORECASE,
)
# '6 poin di atas rata-rata nasional' compares with something else than the first of the two.
COMPARED = re.compile(
    r"^[^.;,)]{0,30}?\b(?:daripada|than|di (?:atas|bawah)|above|below|short of|target|nasional|national|average"
    r"|rata-rata)\b",
    re.IGNORECASE,
)
COUNTS_SAME = re.compile(rf"^ ?(?:$|[.;,:()]|(?:{PERSONS}|atau|or)\b)", re.IGNORECASE)
# How many times, or what part: 'naik tiga kali lipat', 'fell by half'; these are not read as figures.
MULTIPLE = re.compile(
    r"\bkali lipat\b|\bberlipat\b|(?<!pertama )\bkali\b(?! (?:ini|pertama))|\b(?:se)?paruh(?:nya)?\b"
    r"|\bsetengah(?:nya)?\b(?! (?:tahun|bulan|hari|jam|juta|ribu|miliar))|\bseper(?:tiga|empat|lima)\b"
    r"|(?<!first )(?<!second )\b(?:half|halved|halving)\b(?! an? )|\b(?:doubl|tripl|quadrupl)(?:ed?|ing)\b"
    r"|\b\w+-?fold\b|\b(?:times|twice|thrice)\b|\b(?:a|one|two)[ -](?:third|quarter)s?\b",
    re.IGNORECASE,
)
# Words behind a further part that are no noun of what it counts.
REST = r"sisa(?:nya)?|belum|tidak|tanpa|lainnya|sudah|telah|not|remain|others?"
# Beside a further part such a word, or a name, says that it may be one of another whole: 'di Palembang 34.670'.
ELSEWHERE = re.compile(
    r"\b(?:di|pada|dari|untuk|among|of|in|at|for)\b|(?-i:\b(?!BPJS|Ketenagakerjaan|Jamsostek|JKK|JKM)[A-Z])",
    re.IGNORECASE,
)
NOT, ALREADY = re.compile(r"\b(?:belum|tidak|tanpa|not|without)\b", re.IGNORECASE), re.compile(r"^ (?:sudah|telah)\b")


def leads_to_whole(between: str) -> bool:
    """Whether a word for 'of' leads to the figure behind it, and not to something else that is told before."""
    return any(not ANOTHER.search(between, found.end()) for found in OF.finditer(between))


def result_of(text: Text, pair: tuple[int, int], free: set[int], kind: str) -> int | None:
    """The free figure that stands closest to the pair and can be its result."""
    first, last = min(pair), max(pair)
    fitting = [place for place in free if _can_be_result(text, pair, place, kind)]
    between = [place for place in fitting if first < place < last]
    if between:
        return between[0]
    beside = [place for place in (first - 1, last + 1) if place in fitting]
    loosest = {place: _looseness(text, place, first, last) for place in beside}
    bound = [place for place in beside if loosest[place] < UNBOUND]
    return min(bound, key=lambda place: (loosest[place], -place), default=None)


def other_result(text: Text, pair: tuple[int, int], result: int, free: set[int]) -> int | None:
    """'bertambah 10.297 orang (8,8 persen)': the same change told a second time, in the other unit."""
    if result < max(pair) or text.figures[pair[0]].kind == "percent":
        return None
    other = result_of(text, (pair[0], result), free, "change")
    if other is None or other < result or text.figures[other].kind == text.figures[result].kind:
        return None
    return other if is_said(text, (pair[0], result), other, "change") else None


def _can_be_result(text: Text, pair: tuple[int, int], place: int, kind: str) -> bool:
    figure, first = text.figures[place], text.figures[pair[0]]
    if kind == "share":
        return figure.kind == "percent" and not is_of_another(text, place)
    if figure.kind not in ({"percent", "points"} if first.kind == "percent" else {"percent", first.kind}):
        return False
    if place > max(pair) and _is_opposite(text, pair, place):
        return False
    return min(pair) < place < max(pair) or _says_change(text, place, is_after=place > max(pair))


def _is_opposite(text: Text, pair: tuple[int, int], place: int) -> bool:
    """'naik dari A menjadi B, berkurang C'."""
    told, up = before(text, place), text.figures[pair[0]].value < text.figures[pair[1]].value
    moved = MOVES.search(told)
    return bool(moved and (DOWN if up else UP).search(moved[0]) and not (UP if up else DOWN).search(told))


def is_of_another(text: Text, place: int) -> bool:
    """'naik 3,2 persen', 'target 50 %': no part of a whole and no level; but 'naik menjadi 45,6 %' is."""
    told = before(text, place)
    moved = UP.search(told) or DOWN.search(told)
    return bool(OTHER.search(told) or (moved and not TO.search(told)))


def _says_change(text: Text, place: int, *, is_after: bool) -> bool:
    """A word of moving or of equality leads to it: after a change there stand many other figures, as the coverage."""
    told = before(text, place)
    if not is_after:
        told = told[max((found.end() for found in END.finditer(told)), default=0) :]
    if OTHER.search(told) or (text.figures[place].kind != "points" and _says_level(told)):
        return False
    if is_after and leads_to_whole(told) and not MOVES.search(told):
        return False
    if is_after and place + 1 < len(text.figures) and leads_to_whole(gap(text, place)):
        return False
    return bool(UP.search(told) or DOWN.search(told) or SAME.search(told) or (is_after and len(told) <= 3))


def _says_level(told: str) -> bool:
    """'dengan cakupan 45,6 %', 'naik menjadi 45,6 %'; but 'cakupan naik 3,2 %' tells a change."""
    moves = [*UP.finditer(told), *DOWN.finditer(told)]
    since = told[max((move.end() for move in moves), default=0) :]
    return bool(LEVEL.search(since) or (moves and TO.search(since)))


def _looseness(text: Text, place: int, first: int, last: int) -> int:
    between = gap(text, place) if place < first else gap(text, last)
    loose = len(between) + (0 if SAME.search(between) else FAR)
    if APART.search(between):
        loose += 2 * FAR
    if ends(between) and not (len(between) <= 2 * FAR and MOVES_ON.search(between)):
        # In the next sentence only what cannot belong to anything else.
        percents = sum(figure.kind in ("percent", "points") for figure in text.figures)
        loose += 3 * FAR if percents == 1 else UNBOUND
    return loose


def next_part(text: Text, last: int, kind: str, free: set[int]) -> tuple[int, int] | None:
    """(part, its percentage) right behind a part and its percentage: 'dan 146.703 (53,5 persen) belum'."""
    part, result = last + 1, last + 2
    if not {part, result} <= free or text.figures[part].kind != kind or text.figures[result].kind != "percent":
        return None
    told, behind = before(text, part), gap(text, part)
    if (
        text.figures[part].start - text.figures[last].end > 2 * FAR
        or OTHER.search(told)
        or UP.search(told)
        or DOWN.search(told)
        or ends(behind)
    ):
        return None
    is_bound = len(behind) <= FAR // 3 and (SAID.search(behind) or COUNTED.match(behind))
    return (part, result) if is_bound and not ANOTHER.search(behind.rstrip(" ,(")) else None


def may_be_elsewhere(text: Text, pair: tuple[int, int], part: int, result: int) -> bool:
    """Whether the words around a further part may name another whole, or other things, than the part before it."""
    counted = gap(text, part)
    end = text.figures[result + 1].start if result + 1 < len(text.figures) else len(text.text)
    behind = END.split(text.text[text.figures[result].end : end][:FAR])[0]
    noun, nouns = _noun(text, part), {_noun(text, one) for one in pair}
    is_other = noun and noun not in nouns and not re.fullmatch(rf"{PERSONS}|atau|yaitu|yakni|{REST}", noun)
    is_other = is_other or PROJECTS.search(counted) or HOLDERS.search(counted)
    return bool(is_other or ELSEWHERE.search(before(text, part)) or ELSEWHERE.search(behind))


def is_said(text: Text, pair: tuple[int, int], place: int, kind: str) -> bool:
    """Whether the text binds a figure to the two before, behind or around it as their result."""
    figures, (first, last) = text.figures, (min(pair), max(pair))
    behind = text.text[figures[place].end : figures[place].end + FAR]
    if OF_ELSE_AFTER.search(behind) or (kind == "change" and place > last and COMPARED.search(behind)):
        return False
    if first < place < last:
        return True
    if place < first:
        return _leads(text, place, pair)
    between = text.text[figures[last].end : figures[place].start]
    told = text.text[figures[first].end : figures[place].start]
    if OF_ELSE_BEFORE.search(between) or (NOT.search(between) and ALREADY.search(behind)):
        return False
    if PROJECTS.search(behind[:10]) and not PROJECTS.search(told):
        return False
    if MOVES_ON.search(between):
        return _is_size(text, pair, place)
    led = SAID.search(between[-FAR:])
    if led is None or (APART.search(between) and not SAME.search(led[0])):
        return bool(COUNTED.match(between)) and not HOLDERS.search(told)
    return not (HOLDERS.search(told) and OF_HOLDERS.search(led[0]))


def _is_size(text: Text, pair: tuple[int, int], place: int) -> bool:
    """Whether what a word of moving leads to behind the two is all of their change: no part, no other thing or time."""
    figures, behind = text.figures, text.text[text.figures[place].end : text.figures[place].end + FAR]
    told = before(text, place)
    if MOVES_ELSE.search(behind) or (UP.search(told) and DOWN.search(told)):
        return False
    is_listed = place + 1 < len(figures) and figures[place + 1].kind == figures[place].kind
    if is_listed and re.search(r",|\b(?:dan|and|serta|plus)\b", gap(text, place)) and not ends(gap(text, place)):
        return False
    nouns = {_noun(text, one) for one in pair} - {""}
    return figures[place].kind != "count" or bool(COUNTS_SAME.search(behind)) or _noun(text, place) in nouns


def _noun(text: Text, place: int) -> str:
    found = re.match(r" ([^\W\d]{3,})", text.text[text.figures[place].end :])
    return found[1].lower() if found else ""


def sizes_said(text: Text, pair: tuple[int, int], free: set[int]) -> list[tuple[int, int]]:
    """Free figures behind a pair that may be the size of its change, with the direction of the word that leads there.

    Only of its sentence, or of the next one where that points back.
    """
    first = text.figures[pair[0]]
    kinds = {"percent", "points" if first.kind == "percent" else first.kind}
    found = []
    for place in sorted(place for place in free if place > pair[1] and text.figures[place].kind in kinds):
        between, told = text.text[text.figures[pair[1]].end : text.figures[place].start], before(text, place)
        behind = text.text[text.figures[place].end : text.figures[place].end + FAR]
        more, less = MORE_BEHIND.match(behind), LESS_BEHIND.match(behind)
        is_size = more or less or told.endswith("+") or MOVES.search(told)
        if len(between) <= 2 * FAR and is_size and (not ends(between) or MOVES_ON.search(between)):
            found.append((place, bool(more or UP.search(told)) - bool(less or DOWN.search(told))))
    return found


def tells_multiple(text: Text, pair: tuple[int, int]) -> bool:
    """'naik tiga kali lipat dari A menjadi B': in the sentence of the two, outside their figures."""
    start = max((found.end() for found in END.finditer(text.text, 0, text.figures[pair[0]].start)), default=0)
    following = END.search(text.text, text.figures[pair[1]].end)
    end = following.start() if following else len(text.text)
    spans = [(figure.start, figure.end) for figure in text.figures]
    return any(
        not any(first <= found.start() < last for first, last in spans)
        for found in MULTIPLE.finditer(text.text, start, end)
    )


def _leads(text: Text, place: int, pair: tuple[int, int]) -> bool:
    """Of a figure before the two: '50,88 %: 935.079 dari 1.873.899', '45,6 persen dari 270 ribu, atau 123 ribu'."""
    figures, first = text.figures, min(pair)
    between = text.text[figures[place].end : figures[first].start]
    is_listed = place > 0 and figures[place - 1].kind == figures[place].kind and APART.search(gap(text, place - 1))
    if ends(between) and not SAME.search(between):
        return False
    if leads_to_whole(between) and pair[1] == first and not SET_OFF.search(gap(text, first)):
        return False  # '45,6 persen dari 270 ribu pekerja di 17 kabupaten' names no part
    if leads_to_whole(between) or UP.search(between) or DOWN.search(between):
        return not is_listed
    if APART.search(between):
        return False
    told = text.text[figures[first].end : figures[max(pair)].end + FAR]
    return not between.strip() or bool(SAME.search(between) or ":" in between or not HOLDERS.search(told))
