"""Where readers' comments begin that nothing marks: a thread is told by several signs at once, never by its tone alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

QUOTED = re.compile(r"[“\"«„][^”\"»“]{0,600}[”\"»“]")
WORD = re.compile(r"[^\W_]+")
PERSON = frozenset("i me my you your imho imo lol".split())
ADDRESS = frozenset("you your yours yourself".split())
REPORTING = frozenset(
    "said says told according announced reported added stated official officials spokesman spokeswoman spokesperson "
    "ministry statement minister president police monday tuesday wednesday thursday friday saturday sunday".split()
)
ANSWER = re.compile(
    r"^(?:@\w|yes|indeed|nope|yeah|yep|exactly|agreed?\b|true\b|sounds|thanks?|thank you|great|excellent|good|quick|lol|"
    r"haha\w*|please|nobody|everyone|no,|well,|so |keep |only |nonsense|rubbish|you )",
    re.IGNORECASE,
)
SHOUT = re.compile(r"!|\b[A-Z]{4,}[!.]|\?\?|\b(?:[Hh]a|HA){2,}|(?:…|\.\.\.)$")
MAY_BE_WARM = re.compile(
    r"^[a-z]|!|\?\?|…|\.\.\.|\b[A-Z]{4,}\.|\b(?:[Hh]a|HA){2,}|İ|(?<![^\W_])(?i:i|me|my|you|your|imho|imo|lol)(?![^\W_])"
)
"""What is in every paragraph that reads as a comment, and in many that do not."""

CLOSED = re.compile(r"[.!?…][\"”’)]*$")
UNTIDY = re.compile(
    r"^[a-z]|[!?]{2,}|(?:…|\.\.\.)$|\w,[a-z]|\b(?:i|im|dont|cant|wont|didnt|isnt|u|ur)\b|"
    r"^[-–~]\s?[A-Z]\w+|\b[A-Z]{3,} ?!"
)
"""What an editor would have mended: no capital, no blank after a comma, doubled marks, dots that trail off, a signature."""

LABEL = re.compile(r"^(?:[QA]|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})\s?:\s")
"""Who speaks in a transcript or an interview."""

SIGNED = re.compile(
    r"^(?:.{2,40}\b(?:ago|says:?|wrote:?)$|.{0,40}\b(?:at\s)?\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?$|"
    r"(?:reply|report|like|share|flag|permalink|\d+ (?:likes?|repl(?:y|ies)|points?))(?:\W+\w+){0,2}$)",
    re.IGNORECASE,
)
"""A line that says who wrote a comment and when, or that lets it be answered."""

LEAST = 5
"""A thread of fewer comments than this is not told from an article's last paragraphs."""

LEAST_OF_SIGN, SHARE_OF_SIGN = 3, 0.1
"""A sign speaks for a thread where so many of its paragraphs carry it, and so great a share of them."""

LEAST_SIGNS = 2
MOST_LABELS, MOSTLY = 0.25, 0.5
REPEATED_HEAT = 1.0
LEAST_REPEATED = 8
"""A sentence of fewer words is not taken for one that is quoted from the article."""


def heat(text: str) -> float:
    """How much a paragraph reads as a comment (above 0) rather than as reporting (below 0).

    >>> heat("The ministry said on Sunday that two people were hurt.") < 0 < heat("You are wrong, I think!")
    True
    >>> heat("Four boats lay idle near the fish dock.") < 0
    True
    """
    plain = QUOTED.sub(" ", text)
    words = max(8, len(plain.split()))
    tokens = WORD.findall(plain.lower())
    score = (
        1.6 * min(3, sum(map(PERSON.__contains__, tokens))) + 1.5 * bool(ANSWER.match(text)) + 1.5 * bool(SHOUT.search(plain))
    )
    score -= 1.4 * min(3, sum(map(REPORTING.__contains__, tokens)))
    score += 0.4 if len(text.split()) < 12 and CLOSED.search(text) and score > 0 else -0.3
    score += 0.6 * bool(re.match(r"[a-z]", text))
    return score * min(1.0, 14 / words) if score > 0 else score


def comments_begin(texts: Sequence[str]) -> int | None:
    """The index of the first comment among paragraphs; `None` where no thread is sure.

    The cut is where reporting above and argument below add up to most: what stands above must be cool, so an opinion piece
    is left whole, and below enough must be warm. Tone alone is no proof: two more kinds of signs must be there, of which
    one is not an address to others, so an interview, a letter or a transcript stays too.
    """
    if len(texts) < LEAST + 2 or sum(map(_may_be_warm, texts)) + len(texts) - len(set(texts)) < LEAST:
        return None
    heats = _heats(texts)
    total = sum(heats)
    best, best_gain, above = None, 0.0, 0.0
    for at in range(1, len(heats)):
        above += heats[at - 1]
        if len(heats) - at < LEAST:
            break
        gain = (total - above) - above
        warm = sum(value > 0.5 for value in heats[at:])
        enough = warm >= LEAST and warm > 0.3 * (len(heats) - at)
        if enough and gain > best_gain and above / at < -0.3 and (total - above) / (len(heats) - at) > 0.1:
            best, best_gain = at, gain
    if best is None or max(heats[:best]) > 1.6 or not _is_thread(texts[:best], texts[best:]):
        return None
    return best


def _may_be_warm(text: str) -> bool:
    """Whether a paragraph has anything that makes `heat` rise: looking for it is much the faster."""
    return MAY_BE_WARM.search(text) is not None or ANSWER.match(text) is not None


def _heats(texts: Sequence[str]) -> list[float]:
    """The heat of every paragraph; one that is printed above already is quoted by a reader."""
    heats: list[float] = []
    above: set[str] = set()
    for text in texts:
        quoted = text in above and len(text.split()) >= LEAST_REPEATED
        heats.append(REPEATED_HEAT if quoted else heat(text) if CLOSED.search(text) else 0.0)
        above.add(text)
    return heats


def _is_thread(article: Sequence[str], thread: Sequence[str]) -> bool:
    """Whether two kinds of signs say that paragraphs are a thread of comments, one of them not the address to others."""
    if sum(LABEL.match(text) is not None for text in thread) > MOST_LABELS * len(thread):
        return False
    least = max(LEAST_OF_SIGN, SHARE_OF_SIGN * len(thread))
    plain = [QUOTED.sub(" ", text) for text in thread]
    addressed = sum(bool(ANSWER.match(text)) or not ADDRESS.isdisjoint(WORD.findall(text.lower())) for text in plain)
    untidy = sum(UNTIDY.search(bare) is not None or not CLOSED.search(text) for bare, text in zip(plain, thread, strict=True))
    signed = sum(SIGNED.match(text) is not None for text in thread)
    loud = sum(SHOUT.search(text) is not None for text in plain)
    whole = "\n".join(article)
    repeated = sum(len(text.split()) >= LEAST_REPEATED and text.strip("“”\"'> ") in whole for text in thread)
    others = (untidy >= least) + (signed >= least) + (repeated > 0) + (loud >= max(LEAST_OF_SIGN, MOSTLY * len(thread)))
    return others + (addressed >= least) >= LEAST_SIGNS and others > 0
