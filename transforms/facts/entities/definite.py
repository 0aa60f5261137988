"""Which body named before a definite noun stands for: `the agency`, `the lender`."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.transforms.facts.entities.things import BodyMention, Entity
from copydesk.transforms.names.folding import folded_name

CLASSES = {
    "agency": "government un_body aid_group health_authority expert",
    "organisation": "aid_group un_body other expert",
    "organization": "aid_group un_body other expert",
    "group": "aid_group armed_group other",
    "movement": "armed_group other",
    "militia": "armed_group",
    "militants": "armed_group",
    "rebels": "armed_group",
    "company": "company",
    "firm": "company",
    "airline": "company",
    "carrier": "company",
    "manufacturer": "company",
    "operator": "company",
    "bank": "company",
    "paper": "media",
    "newspaper": "media",
    "magazine": "media",
    "outlet": "media",
    "broadcaster": "media",
    "channel": "media",
    "station": "media",
    "daily": "media",
    "tabloid": "media",
    "network": "media",
    "website": "media",
    "army": "military",
    "military": "military",
    "forces": "military",
    "charity": "aid_group",
    "ngo": "aid_group",
    "watchdog": "aid_group government other",
    "think tank": "expert",
    "lender": "company un_body",
    **dict.fromkeys(
        "carmaker automaker retailer miner producer insurer refiner utility supplier developer brewer chain conglomerate giant "
        "maker startup start-up shipper builder exporter grower".split(),
        "company",
    ),
    "monitor": "aid_group expert other",
    "regulator": "government",
    "institute": "expert government",
    "university": "expert",
    "hospital": "health_authority",
    "government": "government",
    "police": "police",
    "force": "police military",
}
"""Nouns that stand for a body of those kinds which was named before, also where its name lacks the noun."""

NEAR = 800
"""Characters before a noun in which a body of that noun comes before nearer ones of its kind: `the agency`."""

STATES = frozenset(("government", "military", "army", "forces", "police"))
"""Nouns for which the name of a body of the state must hold the noun, or the table must list it as that."""


def is_class(noun: str) -> bool:
    """Whether a noun stands for bodies that were named before: `lender`."""
    return noun in CLASSES


def is_firm(noun: str) -> bool:
    """Whether a noun stands for companies alone: `carmaker`."""
    return CLASSES.get(noun) == "company"


def named_by(text: str, mentions: Sequence[BodyMention], noun: str, before: int) -> BodyMention | None:
    """The last body with a name before an offset that a noun fits: one whose name holds the noun, else one of its kind."""
    head = noun.casefold().split()[-1]
    head = "think tank" if noun.casefold().endswith("think tank") else head
    kinds = CLASSES.get(head, "company" if head.endswith("maker") else "").split()
    wanted = set(noun.casefold().split())
    fitting: BodyMention | None = None
    for mention in reversed([one for one in mentions if one.start < before]):
        words = set(folded_name(mention.entity.name).split()) | set(folded_name(text[mention.start : mention.end]).split())
        far = fitting is not None and mention.start < before - NEAR
        if not far and (head in words or wanted <= words):
            return mention
        if fitting is None and _is_of_class(mention.entity, head, kinds):
            fitting = mention
    return fitting


def _is_of_class(body: Entity, head: str, kinds: Sequence[str]) -> bool:
    """Whether a noun stands for bodies of the kind, where their names lack it."""
    if body.kind not in kinds:
        return False
    return head != "government" and body.country is not None if head in STATES else not body.entity_id.endswith("-government")
