"""What befell the persons that a number counts: asked of the clause that the number stands in."""

from __future__ import annotations

from collections.abc import Mapping

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.facts.event_words import (
    AWAY,
    CARRIED,
    COMPRISING,
    GOALS,
    GOING,
    HUNGER,
    LEAVING,
    NEEDING,
    NOMINAL,
    ORDERING,
    REFUGE,
    SAFE_FROM,
    STEPS,
    TAKEN,
    TRANSPARENT,
    UNTRACED,
    URGING,
    asked_to,
    out_of,
)
from copydesk.transforms.facts.hardships import hardship
from copydesk.transforms.facts.plights import met, plight, sought, whereabouts
from copydesk.transforms.vocabulary import Measure

ASKED = (hardship, met, plight)
"""Who is asked of a verb before the table, in order."""


class EventReader:
    """Reads what befell by the verbs, states and nouns of the events table: {(lemma, role): measure}."""

    def __init__(self, events: Mapping[tuple[str, str], str]) -> None:
        self._events = events

    def befell(self, clauses: Clauses, number: int) -> str | None:
        """The measure of what befell the persons that a token names, `None` where its clause does not say."""
        return self._clause(clauses, number) or self._described(clauses, number)

    def _clause(self, clauses: Clauses, number: int) -> str | None:
        """What the clause says, by the role that the counted have in it."""
        for _ in range(STEPS):
            own = self._modifier(clauses, number)
            if own is not None:
                return own
            if clauses.token(number).head == number:
                return self._predicate(clauses, number)
            relation = self._relation(clauses, number)
            found = self._governed(clauses, number, relation)
            if found is not None or not self._passes(clauses, number, relation):
                return found
            number = clauses.token(number).head
        return None

    def _governed(self, clauses: Clauses, number: int, relation: str) -> str | None:
        """What the head of a word says befell it."""
        head = clauses.token(number).head
        governor = clauses.token(head)
        if relation == "conj" and governor.pos in ("VERB", "AUX"):
            # A list of objects of which a parser took the second for a verb: `killed two guards, six cooks`.
            return self._role(clauses, head, "obj")
        if (told := sought(clauses, number)) is not None:
            return told
        if relation.startswith(("nmod", "obl")) and governor.pos in NOMINAL and clauses.cased(number, "of", "to", "among"):
            return self._events.get((governor.lemma.casefold(), "noun"))
        if relation.startswith("nsubj") and (event := self._of_the_noun_before(clauses, number)) is not None:
            return event
        if relation in ("nsubj", "nsubj:pass", "obj", "iobj", "nsubj:outer"):
            return self._role(clauses, head, relation)
        return None

    def _passes(self, clauses: Clauses, number: int, relation: str) -> bool:
        """Whether what befell the head befell the word too: joined nouns, `a group of 12`, `including 12`."""
        token = clauses.token(number)
        governor = clauses.token(token.head)
        if relation in ("conj", "appos", "flat", "list", "dep", "nummod", "compound"):
            return relation != "conj" or governor.pos not in ("VERB", "AUX")
        if relation.startswith(("nmod", "obl")):
            part = governor.pos == "NUM" and clauses.cased(number, "of")
            whole = governor.lemma.casefold() in TRANSPARENT or clauses.cased(number, "including", "among")
            return (whole or part) and governor.pos in NOMINAL
        return relation in ("acl", "advcl") and token.pos in ("NOUN", "NUM", "PROPN")

    def _relation(self, clauses: Clauses, number: int) -> str:
        """The relation of a counted word to its head, with what parsers often miss put right.

        `killed two, six guards` has the guards as an object; `killed along with 12 guards` has them as what was killed.
        """
        token = clauses.token(number)
        relation = token.relation
        if relation.startswith(("obl", "nmod")) and clauses.token(token.head).pos == "VERB":
            cases = [clauses.token(child).text.casefold() for child in clauses.children(number, "case", "mark")]
            if not cases:
                return "nsubj:pass" if number < token.head and clauses.children(token.head, "aux:pass") else "obj"
            beside = clauses.token(max(0, clauses.children(number, "case")[0] - 1)).text.casefold() if cases == ["with"] else ""
            if "along" in cases or "together" in cases or beside in ("along", "together"):
                return next((clauses.token(c).relation for c in clauses.children(token.head, "nsubj:pass", "nsubj")), relation)
        return relation

    def _of_the_noun_before(self, clauses: Clauses, number: int) -> str | None:
        """Of a noun of an event before an `of` that a parser hung on the verb: `the abduction of four nurses was condemned`."""
        case = next(iter(clauses.children(number, "case")), 0)
        if case == 0 or clauses.token(case).text.casefold() != "of":
            return None
        return self._events.get((clauses.token(case - 1).lemma.casefold(), "noun"))

    def _modifier(self, clauses: Clauses, number: int) -> str | None:
        """Of what hangs on the counted noun: `12 miners killed in the blast`, `12 who died`."""
        for child in clauses.children(number):
            token = clauses.token(child)
            lemma = token.lemma.casefold()
            if token.relation in ("acl", "xcomp", "advcl", "dep") and token.tag not in ("VBG",):
                found = self._get(lemma, "state", "patient", "both") or self._get(token.text.casefold(), "state")
                if found is not None:
                    return found
                if token.relation == "acl" and (said := self._role(clauses, child, "nsubj:pass")) is not None:
                    return said
            if token.relation == "acl" and token.tag == "VBG":
                found = self._get(lemma, "subject", "both") or hardship(clauses, child, "nsubj")
                if found is not None:
                    return found
            if token.relation == "conj" and (shared := self._behind(clauses, child)) is not None:
                return shared
            if token.relation == "acl:relcl":
                passive = bool(clauses.children(child, "aux:pass", "nsubj:pass"))
                found = self._role(clauses, child, "nsubj:pass" if passive else "nsubj")
                if found is not None:
                    return found
        return None

    def _behind(self, clauses: Clauses, number: int) -> str | None:
        """Of a state behind the last of joined nouns: `left 17 guards and two cooks dead`."""
        behind = [child for child in clauses.children(number, "amod") if child > number]
        return next((found for child in behind if (found := self._get(clauses.token(child).lemma.casefold(), "state"))), None)

    def acts(self, clauses: Clauses, number: int) -> bool:
        """Whether the counted do what their verb says: `two gunmen killed a guard`."""
        token = clauses.token(number)
        passive = clauses.children(token.head, "aux:pass") or clauses.token(token.head).lemma.casefold() in NEEDING
        return token.relation == "nsubj" and not passive and bool(clauses.children(token.head, "obj"))

    def owned(self, clauses: Clauses, number: int) -> bool:
        """Whether somebody has what is counted and no more is said of it: `the town has 12 schools`."""
        for token in clauses.up(number):
            one = clauses.token(token)
            head = clauses.token(one.head)
            if one.relation == "obj":
                return head.lemma.casefold() == "have" and not clauses.children(token, "acl", "acl:relcl")
            through = one.relation == "nmod" and head.lemma.casefold() in TRANSPARENT
            if not through and one.relation not in ("conj", "nummod", "compound", "vocative", "list"):
                return False
            if one.relation == "vocative":
                return head.lemma.casefold() == "have"
        return False

    def _described(self, clauses: Clauses, number: int) -> str | None:
        """Of an adjective before the counted noun, where the clause says nothing: `12 wounded miners`."""
        for child in clauses.children(number, "amod"):
            token = clauses.token(child)
            participle = ("patient", "both") if token.tag in ("VBN", "VBD") or token.text.casefold().endswith("ed") else ()
            roles = ("subject", "both") if token.tag == "VBG" else ("state", *participle)
            found = self._get(token.lemma.casefold(), *roles) or self._get(token.text.casefold(), "state")
            if found is not None:
                return found
        return next((found for child in clauses.children(number, "nmod") if (found := whereabouts(clauses, child))), None)

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
        if lemma in COMPRISING and relation == "obj" and (whole := self._of_whole(clauses, verb)) is not None:
            return whole
        told = next((told for ask in ASKED if (told := ask(clauses, verb, relation)) is not None), None)
        if told := told or self._left(clauses, verb):
            return told
        asked = self._idiom(clauses, verb, relation)
        if asked is not None:
            return asked or None
        patient = relation in ("nsubj:pass", "obj") or bool(relation == "nsubj" and clauses.children(verb, "aux:pass"))
        found = self._get(lemma, "patient", "both") if patient else self._get(lemma, "subject", "both")
        if found is not None:
            under = any(clauses.cased(child, "under", "beneath") for child in clauses.children(verb, "obl"))
            return Measure.MISSING if under and found == Measure.SHELTERING else found
        if token.pos in ("ADJ", "NOUN") and relation == "nsubj":
            rid = any(clauses.cased(child, "of", "from") for child in clauses.children(verb, "obl", "nmod"))
            return self._get(lemma, "state", *(() if rid else ("predicate",)))
        reported = ("ccomp",) if relation == "nsubj:pass" else ()  # two were reported killed
        for child in clauses.children(verb, "xcomp", "conj", *reported):
            below = clauses.token(child)
            passive = bool(clauses.children(child, "aux:pass")) or below.tag == "VBN"
            found = self._get(below.lemma.casefold(), *(("patient", "both") if passive else ("subject", "both")))
            shared = below.relation == "xcomp" or not clauses.children(child, "nsubj", "nsubj:pass")
            if found is not None and relation != "obj" and shared:
                return found
        return None

    def _left(self, clauses: Clauses, verb: int) -> str | None:
        """Of a state that goes with a verb: `left 12 dead`."""
        for child in clauses.children(verb, "xcomp", "obj", "obl", "advmod", "dep"):
            beside = clauses.token(child)
            state = self._get(beside.lemma.casefold(), "state", "predicate") or self._get(beside.text.casefold(), "state")
            if state is not None:
                return state
        return None

    def _idiom(self, clauses: Clauses, verb: int, relation: str) -> str | None:
        """Of verbs that tell it with their object or goal: `lost their lives`, `were taken hostage`.

        Empty where they tell nothing, `None` where the verb is none of these.
        """
        lemma = clauses.token(verb).lemma.casefold()
        things = {clauses.token(child).lemma.casefold() for child in clauses.children(verb, "obj")}
        if (state := self._left_in(clauses, verb, relation)) is not None:
            return state
        told: str | None = None
        if lemma == "lose" and relation in ("nsubj", "obj") and "life" in things:
            told = self._events.get(("life", "noun"))
        elif lemma == "lose" and relation == "nsubj" and "home" in things:
            told = self._events.get(("displace", "patient"))
        elif lemma == "have" and relation == "nsubj":
            told = self._done_to(clauses, verb)
        elif lemma in ORDERING and relation in ("nsubj:pass", "obj"):
            asked = asked_to(clauses, verb)
            told = self._events.get(("displace", "patient")) if not LEAVING.isdisjoint(asked) else "" if asked else None
        elif lemma in COMPRISING and relation == "obj":
            told = ""
        elif lemma == "take" and relation in ("nsubj:pass", "obj"):
            told = self._taken(clauses, verb, passive=relation == "nsubj:pass") or ""
        elif lemma in CARRIED and relation in ("nsubj:pass", "obj"):
            away = lemma == "airlift" or out_of(clauses, verb)
            told = self._goal(clauses, verb) or (Measure.DISPLACED if away else None)
        elif lemma in ("seek", "take", "find") and relation == "nsubj":
            told = "" if things.isdisjoint(REFUGE) else Measure.SHELTERING
        return told

    def _left_in(self, clauses: Clauses, verb: int, relation: str) -> str | None:
        """Of who escaped, is yet to be traced, fell into hunger, was led to flee; empty where an escape was from harm."""
        lemma, subject = clauses.token(verb).lemma.casefold(), relation.startswith("nsubj")
        beside = {clauses.token(child).lemma.casefold() for child in clauses.children(verb)}
        below = asked_to(clauses, verb)
        if lemma == "escape" and subject:
            return "" if not beside.isdisjoint(SAFE_FROM) or clauses.children(verb, "obj") else None
        if subject and "yet" in beside and not UNTRACED.isdisjoint({lemma, *below}):
            return Measure.MISSING
        if lemma in ("fall", "sink", "slip", "plunge") and subject and not beside.isdisjoint(HUNGER):
            return Measure.AFFECTED
        if lemma in URGING and relation in ("obj", "nsubj:pass") and not LEAVING.isdisjoint(below):
            return Measure.DISPLACED
        return self._afterwards(clauses, verb) if relation == "obj" else None

    def _afterwards(self, clauses: Clauses, verb: int) -> str | None:
        """Of what befell an object before: `received 24 students after they were released`."""
        for child in clauses.children(verb, "advcl"):
            subjects = clauses.children(child, "nsubj:pass", "nsubj")
            they = any(clauses.token(one).text.casefold() == "they" for one in subjects)
            if they and any(clauses.token(one).text.casefold() == "after" for one in clauses.children(child, "mark")):
                return self._role(clauses, child, clauses.token(subjects[0]).relation)
        return None

    def _of_whole(self, clauses: Clauses, verb: int) -> str | None:
        """Of the subject of `include`: `the dead included 12 nurses`, `those arrested included 12 nurses`."""
        for child in clauses.children(verb, "nsubj"):
            below = [child, *clauses.children(child, "acl")]
            tokens = [clauses.token(one) for one in below]
            found = next((state for one in tokens if (state := self._get(one.lemma.casefold(), "state", "patient"))), None)
            if found is not None:
                return found
        above = clauses.token(verb).head
        those = [clauses.token(child).text.casefold() for child in clauses.children(above, "nsubj", "nsubj:pass")]
        some = above != verb and ("those" in those or bool(clauses.children(above, "det")))
        return self._get(clauses.token(above).lemma.casefold(), "patient", "both") if some else None

    def _taken(self, clauses: Clauses, verb: int, passive: bool) -> str | None:
        """Of who was taken: to hospital, into custody, to a shelter; who was taken and no more is said is held."""
        told = self._goal(clauses, verb)
        if told is not None:
            return told
        goals = clauses.children(verb, *GOALS)
        lemmas = {clauses.token(goal).lemma.casefold() for goal in goals}
        going = any(clauses.cased(goal, *GOING) for goal in goals)
        return Measure.HELD if passive and not going and lemmas <= AWAY else None

    def _goal(self, clauses: Clauses, verb: int) -> str | None:
        """What becomes of who is brought to a hospital, a shelter, a prison."""
        lemmas = {clauses.token(goal).lemma.casefold() for goal in clauses.children(verb, *GOALS)}
        return next((measure for measure, words in TAKEN.items() if not words.isdisjoint(lemmas)), None)

    def _done_to(self, clauses: Clauses, verb: int) -> str | None:
        """Of what somebody had done to him: `two prisoners had their legs amputated`."""
        things = clauses.children(verb, "obj", "ccomp", "xcomp")
        below = [child for thing in things for child in (thing, *clauses.children(thing, "acl", "amod", "xcomp"))]
        participles = [clauses.token(child) for child in below if clauses.token(child).tag == "VBN"]
        return next((found for token in participles if (found := self._get(token.lemma.casefold(), "patient"))), None)

    def _get(self, lemma: str, *roles: str) -> str | None:
        return next((found for role in roles if (found := self._events.get((lemma, role))) is not None), None)
