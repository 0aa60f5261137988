"""Where readers' comments begin that nothing marks: the register turns from reporting to argument."""

from __future__ import annotations

import re
from collections.abc import Sequence

QUOTED = re.compile(r"[“\"«„][^”\"»“]{0,600}[”\"»“]")
WORD = re.compile(r"[^\W_]+")
PERSON = frozenset("i me my you your imho imo lol".split())
REPORTING = frozenset(
    "said says told according announced reported added stated official officials spokesman spokeswoman spokesperson "
    "ministry statement minister president police monday tuesday wednesday thursday friday saturday sunday".split()
)
ANSWER = re.compile(
    r"^(?:yes|indeed|nope|yeah|yep|exactly|agreed?|true|sounds|thanks?|thank you|great|excellent|good|quick|lol|"
    r"haha\w*|please|nobody|everyone|no,|so |keep |only )",
    re.IGNORECASE,
)
SHOUT = re.compile(r"!|\b[A-Z]{4,}[!.]|\?\?|(?:ha){2,}|(?:…|\.\.\.)$", re.IGNORECASE)
CLOSED = re.compile(r"[.!?…][\"”’)]*$")
LEAST = 5
"""A thread of fewer comments than this is not told from an article's last paragraphs."""


def heat(text: str) -> float:
    """How much a paragraph reads as a comment (above 0) rather than as reporting (below 0).

    >>> heat("The ministry said on Sunday that two people were hurt.") < 0 < heat("You are wrong, I think!")
    True
    """
    plain = QUOTED.sub(" ", text)
    words = max(8, len(plain.split()))
    tokens = WORD.findall(plain.lower())
    score = (
        1.6 * min(3, sum(map(PERSON.__contains__, tokens))) + 1.5 * bool(ANSWER.match(text)) + 1.5 * bool(SHOUT.search(plain))
    )
    score -= 1.4 * min(3, sum(map(REPORTING.__contains__, tokens)))
    score += 0.4 if len(text.split()) < 12 and CLOSED.search(text) else -0.3
    score += 0.6 * bool(re.match(r"[a-z]", text))
    return score * min(1.0, 14 / words) if score > 0 else score


def comments_begin(texts: Sequence[str]) -> int | None:
    """The index of the first comment among paragraphs; `None` where the register does not turn.

    The cut is where reporting above and argument below add up to most; what stands below must
    be warm throughout and what stands above must be cool, so an opinion piece is left whole.
    """
    if len(texts) < LEAST + 2:
        return None
    heats = [heat(text) if CLOSED.search(text) else 0.0 for text in texts]
    total = sum(heats)
    best, best_gain, above = None, 0.0, 0.0
    for at in range(1, len(heats)):
        above += heats[at - 1]
        if len(heats) - at < LEAST:
            break
        gain = (total - above) - above
        warm = sum(value > 0.5 for value in heats[at:])
        enough = warm >= LEAST and warm > 0.35 * (len(heats) - at)
        if enough and gain > best_gain and above / at < -0.3 and (total - above) / (len(heats) - at) > 0.3:
            best, best_gain = at, gain
    if best is None or max(heats[:best]) > 1.6:
        return None
    return best
