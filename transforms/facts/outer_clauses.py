"""Where what is said ends that a subordinate clause tells of: before the clause around it begins or goes on.

`Growers who agree that the mill should close were paid late`; `After the firm asked workers to leave, 300 went home.`
"""

from __future__ import annotations

import re

from copydesk.transforms.facts.clauses import SUBJECT, Clauses

AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
"""What goes on with the clause of a subject before its predicate."""

OPENER = re.compile(
    r"""
    (?:(?:but|and|so|yet)\s+)?
    (?:(?:in|on|by|last|early|late)\s[^,]{2,25},\s+)?                             # In June 2001,
    (?:(?:even|just|soon|shortly|ever|(?:\w+\s+)?(?:hours|days|weeks|months|years))\s+)?  # two days
    (?:after|before|when|while|because|since|although|though|if|as|once|until|unless|whereas)\b  # after the firm
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What opens a sentence whose first clause is not its main one."""

COMMA = re.compile(r",\s+(?!(?:and|or|but|who|which|that|whose|whom|where|when|while|as|if)\b)(?=\w)")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def clause_around(text: str, clauses: Clauses, cue: int, source: int, start: int, end: int) -> int:
    """Where text[start:end], said behind the verb at `cue`, ends before the clause around the report; `end` where it does not.

    `source` is where the source begins.
    """
    verb = clauses.at(cue)
    cue_end = clauses.token(verb).end + clauses.offset if verb is not None else cue
    if verb is None or "," in text[cue_end:start] or not cue < start:
        return end
    found = _by_parse(clauses, verb, start)
    if found is None:
        found = _behind_opener(text, clauses, source, start, end)
    return len(text[:found].rstrip(" ,")) if found is not None and start < found < end else end


def _by_parse(clauses: Clauses, verb: int, start: int) -> int | None:
    """Where the clause goes on that the clause of the verb is hung on; `None` where it goes before it, or there is none."""
    first, _ = clauses.from_to(start, start)
    hung = False
    below = verb
    for number in list(clauses.up(verb))[1:]:
        hung = hung or clauses.token(below).relation.startswith(("acl", "advcl"))
        if hung and number > first:
            found = _edge(clauses, number, below, first)
            if found is not None:
                return clauses.span([found])[0]
        below = number
    return None


def _edge(clauses: Clauses, verb: int, below: int, first: int) -> int | None:
    """Where the clause of a verb begins or goes on behind `first`; `below` is its token that holds the report."""
    own = [child for child in clauses.children(verb) if child > first and child > below]
    if clauses.token(below).relation in SUBJECT:
        return min([verb, *(child for child in own if clauses.token(child).relation in AUXILIARIES)])
    subjects = [_lead(clauses, child) for child in own if clauses.token(child).relation in SUBJECT | {"expl"}]
    subjects = [token for token in subjects if token > first and clauses.token(token - 1).text == ","]
    return min(subjects) if subjects else None


def _lead(clauses: Clauses, head: int) -> int:
    """The first word of what depends on a token, without a comma before it."""
    return next((number for number in clauses.subtree(head) if clauses.token(number).pos != "PUNCT"), head)


def _behind_opener(text: str, clauses: Clauses, source: int, start: int, end: int) -> int | None:
    """Where the main clause begins behind a clause that opens the sentence and holds the report, whatever it is hung on."""
    opener = OPENER.match(text, clauses.offset)
    if opener is None or not opener.end() <= source or "," in text[opener.end() : source]:
        return None
    for comma in COMMA.finditer(text, start, end):
        token = clauses.at(comma.end())
        if token is not None and _opens_clause(clauses, token):
            return comma.start()
    return None


def _opens_clause(clauses: Clauses, first: int) -> bool:
    """Whether a token is the first of a subject whose finite verb follows."""
    for number in clauses.up(first):
        token = clauses.token(number)
        if _lead(clauses, number) != first:
            return False
        if token.relation in SUBJECT:
            verb = token.head
            aux = clauses.children(verb, "aux", "aux:pass", "cop")
            return verb > number and (clauses.token(verb).tag in FINITE | {"VBN"} or bool(aux))
    return False
