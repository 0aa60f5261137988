"""What the outlet adds behind what somebody said: `Two roads have been cut, the mayor said, as crews worked to clear them.`"""

from __future__ import annotations

import re

from copydesk.transforms.facts.clauses import SUBJECT, Clauses

AS = re.compile(r",\s+(?:as|while)\s")
PERFECT = frozenset({"has", "have", "had", "’ve", "'ve"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def outlet_tail(text: str, clauses: Clauses, start: int, at: int, end: int) -> int | None:
    """Where in text[at:end] the outlet tells what went on meanwhile; `None` where it does not. What is said begins at `start`.

    What a speaker gives as a reason keeps the tense of what it is a reason for. So a clause in the plain past behind one in the
    perfect is the outlet's: `Two roads have been cut, as crews worked`, but `growth has been weak, as the trade has shrunk`.
    """
    first, last = clauses.from_to(start, end)
    finite = next((clauses.token(number) for number in range(first, last) if clauses.token(number).tag in FINITE), None)
    if finite is None or finite.text.casefold() not in PERFECT or not finite.relation.startswith("aux"):
        return None
    for found in AS.finditer(text, at, end):
        mark = clauses.at(found.end() - 2)
        if mark is not None and clauses.token(mark).relation == "mark" and _is_plain_past(clauses, clauses.token(mark).head):
            return found.start()
    return None


def _is_plain_past(clauses: Clauses, verb: int) -> bool:
    """Whether a verb with a subject of its own tells what happened or was going on: `crews worked`, `crews were working`."""
    aux = [clauses.token(child) for child in clauses.children(verb, "aux", "aux:pass", "cop")]
    was = bool(aux) and all(one.tag == "VBD" and one.text.casefold() in ("was", "were") for one in aux)
    past = (clauses.token(verb).tag == "VBD" and not aux) or (clauses.token(verb).tag == "VBG" and was)
    return past and bool(clauses.children(verb, *SUBJECT, "nsubj:pass"))
