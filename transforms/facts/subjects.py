"""The subject of a reporting verb: where in a sentence the noun phrase stands that says something.

Every function takes the sentence with its quotations and brackets blanked, letter for letter.
"""

from __future__ import annotations

import re

ADVERB = r"""
    (?: has|have|had|is|was|were|are|be|been|would|will|could|did|does|do         # the harbour master has said
      | also|first|long|since|at\ last|later|then|again|further|not|never|once    # the mayor has long said
      | previously|earlier|recently|already|even|still|now|both|all|often|always|sometimes|instead|soon|just
      | himself|herself|themselves                                               # the mayor himself said
      | [a-z]+ly                                                                 # the mayor repeatedly said
    )"""
ASIDE = r"""
    (?:,?\s+on\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z][a-z]+\s\d{1,2})(?:,\s\d{4})?,  # the mayor, on Monday,
      |,\s+                                                                      # the mayor, for her part, said
      (?:however|meanwhile|instead|too|though|for\ example|for\ instance|in\ turn
        |for\ (?:his|her|their|its)\ part|in\ (?:his|her|their|its)\ \w+|in\ particular|by\ contrast)
    ,)"""
TRAIL = re.compile(
    rf"""
    {ASIDE}?
    (?:\s+{ADVERB})*
    \s*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What stands between a subject and its verb."""

RELATIVE_CLAUSE = re.compile(r",?\s+(?:who|which|whose)\b")
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
TIME_LEAD = re.compile(
    rf"^(?:(?:early|late|earlier|later)\s+)?(?:on\s+|last\s+)?(?:{DAY}|week|month|year|night|yesterday|today)\s+"
    r"|^(?:but|and|even|so|yet|now|then|meanwhile|still|indeed|instead|also|however|earlier|later)\s+",
    re.IGNORECASE,
)
TIME_TAIL = re.compile(
    rf"\s+(?:(?:early|late|earlier|later)\s+)?(?:(?:on\s+|last\s+)?(?:{DAY})(?:\s+(?:morning|evening|night|afternoon))?"
    r"|on\s+(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8})(?:,?\s\d{4})?)$"
)
FULL_STOP = (
    r"(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bCol)(?<!\bMaj)(?<!\bCapt)(?<!\bSgt)(?<!\bLt)(?<!\bDr)(?<!\bMr)"
    r"(?<!\bMrs)(?<!\bMs)(?<!\bSt)(?<!\bProf)(?<!\bRev)(?<!\b[A-Z])(?<!\b[ap]\.m)(?<!\bNo)"
    r"(?<!\bCo)(?<!\bCos)(?<!\bInc)(?<!\bCorp)(?<!\bLtd)(?<!\bBros)(?<!\bJr)(?<!\bSr)\."
)
BOUNDARY = re.compile(
    rf"""
      [;:—–“”\"«»()\[\]\n\x00]
    | ,(?!\d)                                                                    # not: 1,200
    | [!?]\s
    | {FULL_STOP}\s                                                              # not: Sen. Fisk
    | \b(?-i:(?![A-Z]{{2}}))                                                      # not: the WHO
      (?:but|as|while|when|that|because|if|although|though|after|before|since|where|whereas|which|who|than|so|until|unless
        |what|how|why|whether)\b                                                # when the river rose, the mayor said
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What no subject reaches across."""
AND = re.compile(r"\band\b")
DETERMINER = (
    r"(?:the|a|an|another|other|some|one|two|three|several|many|most|his|her|their|its|our|this|these|those|that|both|no|"
    r"local|senior)"
)
NOUN_START = re.compile(rf"(?:(?<=\s)|^)(?:(?i:{DETERMINER})\b|[“‘]?[A-Z])")
PRONOUN = re.compile(r"(?:he|she|they|it|i|we|you|who)$", re.IGNORECASE)
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|did|does|do)\b", re.IGNORECASE
)
FINITE_OR_PAST = re.compile(
    rf"{FINITE.pattern}|\b(?:\w{{3,}}ed|spoke|knew|saw|met|took|left|fled|wrote|read|work|live|speak)\b"
)
MADE_KNOWN = re.compile(r"\s+(?:released|published|issued|conducted|obtained|posted|polled|surveyed|interviewed|contacted)$")
"""The participle that is left of `a poll released on Friday`."""

OCCASION_TAIL = re.compile(
    r"\s+in\s+(?:an?|its|his|her|their)\s+(?:[a-z]+\s+){0,2}(?:statement|interview|briefing|post|email|speech|letter|video|message)$"
)
"""On what occasion a source speaks, before the verb: `the board in a statement said`."""

NAMED = re.compile(
    r"""
    ,\s+[A-Z](?:\.|[\w’'-]+)                                            # , Lena
    (?:\s+(?:[A-Z]\.|(?:de|da|di|la|van|von|al|el|bin|ibn)\b|[A-Z][\w’'-]+)){1,4}   # R. van Orr
    (?=[,;\x00]|\.?\s*$|\.\s|\s+(?:on|in|at|as|after|during|while)\s)
    """,
    re.VERBOSE,
)
"""The name of who holds an office, behind it and a comma: `the agency’s deputy head, Lena Orr`."""

APPOSITIVE_END = re.compile(r",\s*$")
MAIN_VERB = re.compile(
    r"(?<=[\w’'.,) ]) (?:is|was|were|are|has|have|had|will|would|said|says|went|came|met|gave|told|made|took|left|held|spoke"
    r"|shook|stood|sat|ran|won|lost|fell|rose|began|spent|sent|paid|wrote|drew|kept|got|brought|bought|did|does|[a-z]\w+ed)\b"
)
TITLED = re.compile(
    r"(?:[a-z][\w-]*\s+){1,4}(?:(?:[A-Z][\w’'.-]*(?:\s+|$))+"
    r"|(?:[A-Z][\w’'.-]*\s+){2,4}(?:of|from|at|for|with)\s+(?:the\s+)?(?:[A-Z][\w’'.&-]*(?:\s+|$))+)$"
)
"""A person with a small title, and the body behind the name: `information officer Jane Holt of the Wildfire Service`."""

BARE_PLURAL = re.compile(r"(?:[a-z-]+\s+){0,4}(?:[a-z]+s|police|people|media|radio|television)$")
"""A source without a name or article: `police and hospital sources`."""

NAME_BETWEEN = re.compile(r"(?<=[a-z]),\s+(?P<name>(?:[A-Z][\w’'-]+\.?\s+){1,3}[A-Z][\w’'-]+),$")
"""A name between two commas, behind who it is: `the board’s director for the harbour and the mills, Ida Fisk, said`."""

SHORT_STATE = re.compile(r"(?:[A-Z]\.\s?)+|[A-Z][a-z]{1,4}\.")
"""A part of a country cut short, which a name does not end with: `Ida Fisk, 30, of Marlow, N.C., said`."""

OPEN_APPOSITIVE = re.compile(r"(?:^|[,;—\x00]\s+|\b(?:and|but)\s+)(?P<name>[A-Z][\w’'-]*\.?(?:\s+[A-Z][\w’'-]*\.?){1,3}),\s+$")
"""A name before an office whose comma is missing behind: `Ida Fisk, head of the Harbour Board said`."""

OFFICE_OPENS = re.compile(
    r"(?:the\s+|an?\s+)?(?:[a-z-]+\s+){0,2}(?:head|leader|chief|director|president|chair(?:man|woman|person)?|spokes(?:man|woman|person)|secretary|minister"
    r"|founder|owner|manager|member|mayor|governor|professor|coordinator)\s+(?:of|for|at)\b"
)

BRACKET_END = re.compile(r"\w\s{3,}$")
"""A bracket, blanked, before a comma that parts the subject from its verb: `The Harbour Union (HU), said, it will strike`."""

DOING = re.compile(
    r"""
    ,\s+(?:
      (?: [a-z]+ing | [a-z]+(?:ed|en|wn) )\s+                                    # Ida Fisk, hoping to
      (?:to|in|on|at|by|with|from|for|of|about|after|before|under|against|as|into|the|an?|his|her|its|their)\s
      | (?:citing|quoting)\s                                                     # the Post, citing officials
    )
    """,
    re.VERBOSE,
)
"""What a source does or suffers, between commas behind it; it does not tell who it is as `the managing director` does."""

LEADING_AND = re.compile(r"\s*(?:and|but|while)\s+")
FARTHEST = 600
"""Characters before a verb in which its subject is looked for."""

NOBODY = re.compile(r"(?:nobody|no one|everyone|everybody|anyone|any|neither|those|there|nothing|what)\b", re.IGNORECASE)
PRONOUN_LAST = re.compile(
    r"\s*(?:with|after|before|despite|given|in|on|at|by|during|for|from|under|since)\s.*\s(?P<pronoun>he|she|they|it)\s*$",
    re.IGNORECASE | re.DOTALL,
)
"""A pronoun behind what opens the sentence without a comma: `With this backdrop he expects`."""

RELATIVE = re.compile(r"(?:a|an|the)\s+[a-z]+\s+(?=(?:[A-Z][\w’'.-]*\s+)+[A-Z][\w’'.-]*$)")
BLANK = " " * 4
BRACKET_LEAD = re.compile(r"\s*[A-Z][\w’' -]*?\s{4,}(?=(?:The|An?)\s)")
"""A dateline and its bracket, blanked, before a subject: `Sollm (Harbour Wire) A clerk said`."""

PREPOSITION_HEAD = re.compile(
    r"^(?:in|on|at(?!\s+(?:least|most)\b)|by|with|for|from|during|after|amid|despite|under|of|to|about|like|such|having)\b",
    re.IGNORECASE,
)


def verb_end(masked: str, at: int) -> int:
    """Where the words before the verb at `at` end: without adverbs, auxiliaries and asides between them and it."""
    low = max(0, at - FARTHEST)
    return low + len(TRAIL.sub("", masked[low:at]))


def main_subject(masked: str, stop: int) -> tuple[int, int] | None:
    """The subject of the sentence: what stands before its first verb."""
    main = MAIN_VERB.search(masked, 0, stop)
    return subject(masked, verb_end(masked, main.start())) if main else None


def in_small_letters(word: str) -> str:
    """A word in small letters, but for one in capitals alone, which is a name of its own: `WHO` is no `who`.

    >>> in_small_letters("Who"), in_small_letters("WHO"), in_small_letters("I")
    ('who', 'WHO', 'i')
    """
    return word if len(word) > 1 and word.isupper() else word.lower()


def subject(masked: str, stop: int) -> tuple[int, int] | None:
    """The noun phrase that ends at `stop`: bounds in the sentence, `None` where none stands there."""
    end = stop
    if APPOSITIVE_END.search(masked[max(0, stop - FARTHEST) : stop]):
        comma = masked.rfind(",", 0, stop)
        opened = _appositive_start(masked, comma)
        if opened is not None:
            start, end = opened, _appositive_end(masked, opened, comma)
        elif (named := NAME_BETWEEN.search(masked, max(0, comma - FARTHEST), comma + 1)) is not None:
            start, end = named.span("name")
        elif BRACKET_END.search(masked, 0, comma) is not None and MAIN_VERB.search(masked, 0, comma) is None:
            start, end = _segment(masked, comma)
        else:
            return None
    else:
        start, end = _segment(masked, stop)
    start = _behind_leads(masked, start, end)
    end = _phrase_end(masked, start, end)
    start = _noun_start(masked, start, end)
    if (relative := RELATIVE.match(masked[start:end])) is not None:
        start += relative.end()
    if (pronoun := PRONOUN_LAST.match(masked[start:end])) is not None:
        start += pronoun.start("pronoun")
    phrase = masked[start:end].strip()
    if not phrase or len(phrase) > 160 or "\x00" in phrase or PREPOSITION_HEAD.match(phrase) or NOBODY.match(phrase):
        return None
    if not any(shape.match(phrase) for shape in (PRONOUN, NOUN_START, TITLED, BARE_PLURAL)):
        return None
    end = start + len(masked[start:end].rstrip())
    if OFFICE_OPENS.match(masked, start) and (before := OPEN_APPOSITIVE.search(masked, 0, start)) is not None:
        start = before.start("name")
    return start, end


def _behind_leads(masked: str, start: int, end: int) -> int:
    """Where a phrase begins behind a time or a word that opens its sentence, and a dateline with its bracket."""
    while (lead := TIME_LEAD.match(masked[start:end].lstrip())) is not None:
        start += len(masked[start:end]) - len(masked[start:end].lstrip()) + lead.end()
    bracket = BRACKET_LEAD.match(masked, start, end) if BLANK in masked[start:end] else None
    return bracket.end() if bracket is not None else start


def _phrase_end(masked: str, start: int, end: int) -> int:
    """Where a noun phrase ends before what is only told of it: a relative clause, a time, an occasion, what it does."""
    clause = RELATIVE_CLAUSE.search(masked, start, end)
    end = clause.start() if clause else end
    tail = TIME_TAIL.search(masked[start:end])
    end = start + tail.start() if tail else end
    for tail_of in (MADE_KNOWN, OCCASION_TAIL):
        told = tail_of.search(masked[start:end].rstrip())
        end = start + told.start() if told else end
    doing = DOING.search(masked, start, end)
    end = doing.start() if doing is not None else end
    return end


def _segment(masked: str, stop: int) -> tuple[int, int]:
    """From the last boundary before `stop`, or from the one before where that is a relative clause of the subject itself."""
    low = max(0, stop - FARTHEST)
    boundaries = [low, *(found.end() for found in BOUNDARY.finditer(masked, low, stop))]
    start = boundaries[-1]
    if masked[:start].endswith((" who", " which")) and FINITE_OR_PAST.search(masked, start, stop):
        relative = start - 4 if masked[:start].endswith(" who") else start - 6
        if len(boundaries) > 1 and masked[:relative].rstrip()[-1:].isalpha():
            return boundaries[-2], relative
    return start, stop


def _appositive_start(masked: str, comma: int) -> int | None:
    """Where `X` begins in `X, head of Y,` whose last comma stands at `comma`."""
    before = masked.rfind(",", 0, comma)
    while before > 0:
        low = max(0, before - FARTHEST)
        start = max((m.end() for m in BOUNDARY.finditer(masked, low, before)), default=low)
        if (joint := LEADING_AND.match(masked, start, before)) is not None:
            start = joint.end()
        name = masked[start:before].strip()
        named = re.search(r"[A-Z]", name[:1]) is not None and SHORT_STATE.fullmatch(name) is None
        if named and len(name.split()) <= 8 and not PREPOSITION_HEAD.match(name):
            return start + len(masked[start:before]) - len(masked[start:before].lstrip())
        before = masked.rfind(",", 0, before)
    return None


def _appositive_end(masked: str, start: int, comma: int) -> int:
    """The end of a name with its first appositive.

    `Ida Ferrell, head of the port, who came in May,`: the second appositive is left out, since the first says who it is.
    """
    first = masked.find(",", start, comma)
    second = masked.find(",", first + 1, comma) if first >= 0 else -1
    return second if second >= 0 and comma - start > 60 else comma


def _noun_start(masked: str, start: int, end: int) -> int:
    """The start of the last noun phrase of the segment: past a verb, a preposition's object, a joined clause."""
    segment = masked[start:end]
    skip = len(segment) - len(segment.lstrip())
    for found in AND.finditer(segment):
        left, right = segment[: found.start()], segment[found.end() :].strip()
        joins_names = re.search(r"[A-Z][\w’'.-]*\s*$", left) and re.match(r"[A-Z]", right) and not FINITE.search(left)
        if not joins_names and (FINITE.search(left) or ("," not in left and re.search(r"\b\w+(?:ed|ing)\b", left))):
            skip = found.end() + len(segment[found.end() :]) - len(segment[found.end() :].lstrip())
    for found in FINITE.finditer(segment, skip):
        rest = segment[found.end() :]
        again = NOUN_START.search(rest)
        if again and again.start() < len(rest.strip()):
            skip = found.end() + again.start()
    if PREPOSITION_HEAD.match(segment[skip:]):
        again = re.search(rf"\s(?:{DAY}|year|week|month|day|morning|night)\s+(?=\S)", segment[skip:])
        if again:
            skip += again.end()
    return start + skip
