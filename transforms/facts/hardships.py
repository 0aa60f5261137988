"""What a general verb tells of persons with its goal or object: `crossed over, seeking safety`, `driven from their homes`."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.transforms.facts.clauses import Clauses
from copydesk.transforms.vocabulary import Measure

MOVING = frozenset(
    "cross escape move pour stream flock arrive head go run leave swim walk trek spill travel come hide seek".split()
)
SAFETY = frozenset("safety refuge asylum sanctuary protection".split())
"""What persons move for who are displaced: `crossed the river in search of safety`."""

SAFE = frozenset("safe safer high".split())
GROUND = frozenset("place area ground village town country land zone".split())
"""Where they move: `moved to safer places`, `moved to higher ground`."""

PURPOSES = ("obl", "advcl", "acl", "xcomp", "obj", "conj")
"""Relations of what tells where or why persons move."""

DRIVING = frozenset("drive force push chase hound turn throw burn bomb shell flush clear oust move".split())
HOMES = frozenset("home house village dwelling farm land neighbourhood neighborhood homeland".split())
"""Verbs and nouns of what persons are driven from."""

HUNGER = frozenset("hunger starvation famine malnutrition".split())
SCARCE = frozenset("insecurity shortage crisis scarcity".split())
"""What persons face who are hungry: the second with `food` before it."""

FACING = frozenset("face suffer experience endure confront risk".split())
STRUGGLING = frozenset("struggle unable fail fight battle afford".split())
FOOD = frozenset("food meal".split())
NEEDING = frozenset("need lack require want".split())
DOING = frozenset("find get afford buy access obtain secure put have".split())
"""What persons struggle to do with food who are hungry."""

HOSPITALS = frozenset("hospital clinic scene infirmary injury wound burn".split())
"""Where, or for what, who was hurt is treated."""

FINDING = frozenset("find dig pull bring recover locate".split())


def hardship(clauses: Clauses, verb: int, relation: str) -> str | None:
    """The measure that a verb tells of the persons that have a relation to it; `None` where it tells none."""
    lemma = _lemma(clauses, verb)
    subject = relation.startswith("nsubj")
    if subject and lemma in MOVING and _to_safety(clauses, verb):
        return Measure.DISPLACED
    if relation in ("obj", "nsubj:pass"):
        if lemma in DRIVING and any(_home(clauses, child) for child in clauses.children(verb, "obl", "nmod")):
            return Measure.DISPLACED
        if lemma == "treat" and _hurt(clauses, verb):
            return Measure.INJURED
        alive = {_lemma(clauses, child) for child in clauses.children(verb, "xcomp", "advmod", "advcl", "amod")}
        if lemma in FINDING and "alive" in alive:
            return Measure.FREED
    return Measure.AFFECTED if subject and _hungry(clauses, verb) else None


def _hurt(clauses: Clauses, verb: int) -> bool:
    """Whether who is treated was hurt: at a hospital or a scene, or beside others who died and are told of before."""
    where = _lemmas(clauses, (one for one in clauses.children(verb, "obl") if clauses.token(one).pos == "NOUN"))
    token = clauses.token(verb)
    beside = token.relation == "conj" and _lemma(clauses, token.head) in ("die", "kill", "injure", "wound")
    return not where.isdisjoint(HOSPITALS) or (beside and not where)


def _to_safety(clauses: Clauses, verb: int) -> bool:
    """Whether persons move for their safety, by what the verb or, where a parser hung it there, its subject governs."""
    above = [clauses.token(verb).head] if clauses.token(verb).relation.startswith("acl") else []
    goals = [child for one in (verb, *above) for child in clauses.children(one, *PURPOSES)]
    within = [*goals, *(child for goal in goals for child in clauses.children(goal, "obj", "nmod", "obl"))]
    return any(_lemma(clauses, one) in SAFETY or _safe_ground(clauses, one) for one in within)


def _safe_ground(clauses: Clauses, number: int) -> bool:
    """Whether a noun is where somebody is safe: `safer places`, `higher ground`."""
    return _lemma(clauses, number) in GROUND and not SAFE.isdisjoint(_lemmas(clauses, clauses.children(number, "amod")))


def _home(clauses: Clauses, number: int) -> bool:
    """Whether a noun is the home that persons are driven from: `from their homes`, `out of their villages`."""
    own = bool(clauses.children(number, "nmod:poss", "det"))
    return own and _lemma(clauses, number) in HOMES and clauses.cased(number, "from", "out", "off")


def _hungry(clauses: Clauses, verb: int) -> bool:
    """Whether a verb or an adjective tells that its subject lacks food."""
    lemma = _lemma(clauses, verb)
    if lemma == "insecure":
        return "food" in _lemmas(clauses, clauses.children(verb))
    if lemma in FACING:
        return any(_scarce(clauses, child) for child in clauses.children(verb, "obj", "obl", "nmod"))
    if lemma in NEEDING:
        things = [child for child in clauses.children(verb, "obj") if "no" not in _lemmas(clauses, clauses.children(child))]
        return not clauses.negated(verb) and any(_food(clauses, child) for child in things)
    if lemma in STRUGGLING or (lemma in DOING and clauses.negated(verb)):
        doing = [verb, *clauses.children(verb, "xcomp")]
        return any(_lacks(clauses, one) for one in doing if one == verb or _lemma(clauses, one) in DOING | {"eat", "feed"})
    return False


def _lacks(clauses: Clauses, verb: int) -> bool:
    """Whether a verb has food for its object, enough to eat, or those themselves whom it feeds."""
    things = clauses.children(verb, "obj")
    if _lemma(clauses, verb) == "feed":
        selves = [one for one in things if clauses.token(one).text.casefold() == "themselves"]
        return bool(selves) or any(clauses.children(one, "nmod:poss") for one in things)
    below = [*clauses.children(verb, "xcomp", "advcl", "acl"), *(one for thing in things for one in clauses.children(thing))]
    return any(_lemma(clauses, one) in FOOD for one in things) or "eat" in _lemmas(clauses, [verb, *below])


def _food(clauses: Clauses, number: int) -> bool:
    """Whether a noun is food or the aid that is food."""
    return _lemma(clauses, number) in FOOD or (
        _lemma(clauses, number) in ("aid", "assistance", "ration") and "food" in _lemmas(clauses, clauses.children(number))
    )


def _scarce(clauses: Clauses, number: int) -> bool:
    """Whether a noun is hunger: `acute hunger`, `levels of food insecurity`."""
    with_of = [number, *(child for child in clauses.children(number, "nmod") if clauses.cased(child, "of"))]
    return any(
        _lemma(clauses, one) in HUNGER
        or (_lemma(clauses, one) in SCARCE and "food" in _lemmas(clauses, clauses.children(one, "compound", "amod")))
        for one in with_of
    )


def _lemmas(clauses: Clauses, numbers: Iterable[int]) -> set[str]:
    return {_lemma(clauses, number) for number in numbers}


def _lemma(clauses: Clauses, number: int) -> str:
    return clauses.token(number).lemma.casefold()
