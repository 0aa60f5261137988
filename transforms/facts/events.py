"""What befell the persons that a number counts: asked of the clause that the number stands in."""

from __future__ import annotations

from collections.abc import Mapping

from copydesk.transforms.facts.clauses import Clauses

TRANSPARENT = frozenset(
    "number total group crowd handful batch lot part rest half majority third quarter percent per cent proportion score dozen hundred "
    "thousand million billion toll series string estimate figure count tally".split()
)
"""Nouns that stand for what is counted: `a group of 12 miners`."""

NEUTRAL = frozenset(
    "be remain leave report confirm count include put reach record say estimate bring rise total exceed find become get have take go "
    "list climb stand pass top hit surpass number fall drop see make".split()
)
"""Verbs that say nothing of what befell their subject or object, but may be joined with a word that does."""

PASSIVE = frozenset({"nsubj:pass"})
STEPS = 8


class EventReader:
    """Reads what befell by the verbs, states and nouns of the events table: {(lemma, role): measure}."""

    def __init__(self, events: Mapping[tuple[str, str], str]) -> None:
        self._events = events

    def befell(self, clauses: Clauses, number: int) -> str | None:
        """The measure of what befell the persons that a token counts, `None` where its clause does not say."""
        for _ in range(STEPS):
            own = self._modifier(clauses, number)
            if own is not None:
                return own
            token = clauses.token(number)
            head = token.head
            if head == number:
                return self._predicate(clauses, number)
            relation = token.relation
            governor = clauses.token(head)
            if relation in ("conj", "appos", "flat", "list", "dep", "nummod", "compound"):
                if governor.pos in ("VERB", "AUX") and relation == "conj":
                    return None
                number = head
                continue
            if relation in ("nmod", "obl", "nmod:of") or relation.startswith(("nmod", "obl")):
                if governor.pos in ("NOUN", "PROPN", "NUM", "PRON", "ADJ"):
                    noun = self._events.get((governor.lemma.casefold(), "noun"))
                    if noun is not None and clauses.cased(number, "of", "to", "among"):
                        return noun
                    if governor.lemma.casefold() in TRANSPARENT or clauses.cased(number, "including", "of", "among"):
                        number = head
                        continue
                return None
            if relation in ("nsubj", "nsubj:pass", "obj", "iobj", "nsubj:outer"):
                return self._role(clauses, head, relation)
            if relation in ("acl", "advcl") and token.pos in ("NOUN", "NUM", "PROPN"):
                number = head
                continue
            return None
        return None

    def _modifier(self, clauses: Clauses, number: int) -> str | None:
        """Of the words that describe the counted ones: `12 wounded miners`, `12 miners killed in the blast`, `12 who died`."""
        for child in clauses.children(number):
            token = clauses.token(child)
            lemma = token.lemma.casefold()
            if token.relation in ("amod", "acl", "xcomp", "advcl", "dep") and token.tag not in ("VBG",):
                found = self._get(lemma, "state", "patient", "both") or self._get(token.text.casefold(), "state")
                if found is not None:
                    return found
                if token.relation == "acl" and (said := self._role(clauses, child, "nsubj:pass")) is not None:
                    return said
            if token.relation in ("amod", "acl") and token.tag == "VBG":
                found = self._get(lemma, "subject", "both")
                if found is not None:
                    return found
            if token.relation == "acl:relcl":
                passive = bool(clauses.children(child, "aux:pass", "nsubj:pass"))
                found = self._role(clauses, child, "nsubj:pass" if passive else "nsubj")
                if found is not None:
                    return found
        return None

    def _predicate(self, clauses: Clauses, number: int) -> str | None:
        """Of a counted word that is the predicate itself: `the dead were 12`; the subject may tell."""
        for child in clauses.children(number, "nsubj"):
            found = self._get(clauses.token(child).lemma.casefold(), "noun", "state")
            if found is not None:
                return found
        return None

    def _role(self, clauses: Clauses, verb: int, relation: str) -> str | None:
        """Of a verb whose subject or object the counted ones are, or of a word that goes with it: `left 12 dead`."""
        token = clauses.token(verb)
        lemma = token.lemma.casefold()
        for child in clauses.children(verb):
            beside = clauses.token(child)
            if beside.relation in ("xcomp", "obj", "obl", "advmod", "advcl", "ccomp", "conj", "dep"):
                state = self._get(beside.lemma.casefold(), "state") or self._get(beside.text.casefold(), "state")
                if state is not None and child != verb:
                    return state
        if lemma == "lose" and relation in ("nsubj", "obj"):
            lost = [clauses.token(child).lemma for child in clauses.children(verb, "obj")]
            if "life" in lost:
                return self._events.get(("life", "noun"))
            if "home" in lost and relation == "nsubj":
                return self._events.get(("displace", "patient"))
        patient = relation in ("nsubj:pass", "obj") or bool(relation == "nsubj" and clauses.children(verb, "aux:pass"))
        found = self._get(lemma, "patient", "both") if patient else self._get(lemma, "subject", "both")
        if found is not None:
            return found
        if token.pos in ("ADJ", "NOUN") and relation == "nsubj":
            return self._get(lemma, "state")
        for child in clauses.children(verb, "xcomp", "conj"):
            below = clauses.token(child)
            passive = bool(clauses.children(child, "aux:pass")) or below.tag == "VBN"
            found = self._get(below.lemma.casefold(), *(("patient", "both") if passive else ("subject", "both")))
            if found is not None and relation != "obj" and (below.relation == "xcomp" or not clauses.children(child, *("nsubj", "nsubj:pass"))):
                return found
        return None

    def _get(self, lemma: str, *roles: str) -> str | None:
        return next((found for role in roles if (found := self._events.get((lemma, role))) is not None), None)
