"""Words by which a sentence says where something is: prepositions, nouns of places, verbs and nouns of what happens there."""

from __future__ import annotations

import re

FIRM = frozenset(
    "in at near inside across throughout around outside within along off on amid over beside beyond between by".split()
)
"""Prepositions that say where something is."""

SURE = frozenset({"in", "near", "across", "throughout", "inside", "outside"})
"""Of these, prepositions behind which a name is a place whatever else it looks like."""

UNSURE = frozenset({"on", "over", "between", "by"})
"""Of these, prepositions that a place follows only where its name is known for one."""

LOOSE = frozenset({"of", "from", "to", "into", "toward", "towards", "for", "by", "against", "via"})
"""Prepositions that lead to a place only where the name is known for one."""

PLACE_NOUNS = frozenset(
    "city town village district province region state county area neighbourhood neighborhood suburb port island peninsula "
    "camp valley municipality settlement hamlet governorate prefecture capital outskirts centre center part parts north "
    "south east west northeast northwest southeast southwest coast border enclave strip territory department oblast "
    "township borough parish".split()
)
"""Nouns that stand before, behind or in place of a place's name: `the hill city of Sarn`, `Kolm village`, `in the capital`."""

OF_THEMSELVES = frozenset(
    "capital enclave territory region province strip island north south east west northeast northwest southeast southwest "
    "border".split()
)
"""Nouns that with `the` are a place without a name."""

INHABITANTS = frozenset("resident inhabitant people villager native citizen mayor governor population streets".split())
"""Nouns that lead to a place with `of`: `residents of Sarn`."""

POINTS = frozenset(
    "north south east west northeast northwest southeast southwest km kilometre kilometer mile metre meter".split()
)
"""Words that point away from the place behind them."""

HIT = frozenset(
    "invade liberate assault "
    "hit strike bomb shell attack raid batter devastate ravage destroy flood engulf reach enter leave capture seize besiege "
    "pound storm target rattle rock shake sweep lash pummel overrun retake occupy evacuate".split()
)
"""Verbs whose object, a known name or a place noun, is where it happened."""

HAPPENED = frozenset(
    "fire wildfire blaze flood quake earthquake attack shooting bombing blast explosion crash massacre siege strike raid "
    "airstrike landslide protest outbreak election".split()
)
"""Nouns of what happens in a place: `the Sarn fire`."""

SITES = frozenset(
    "hospital clinic school university college market mall prison jail mosque church temple synagogue court "
    "courthouse airport station "
    "hotel restaurant nightclub bar cafe stadium factory plant mine refinery warehouse farm suburb neighbourhood "
    "neighborhood slum street "
    "district barracks base checkpoint shelter hostel dormitory orphanage theatre theater cinema park zoo museum "
    "supermarket shop "
    "mortuary morgue cemetery apartment building tower block home house hall club gym bakery depot".split()
)
"""Nouns of sites before which the name of their town stands: `a Sarn hospital`."""

HAVING = frozenset(
    "have see record report count register suffer lose house host produce import export need spend owe account draw "
    "experience endure "
    "face expect total number boast hold share lead lag add gain rise fall grow shrink drop contract expand receive "
    "get consume generate "
    "log tally confirm post average hit reach top pass exceed contain harbour shelter mine pump refine earn borrow".split()
)
"""Verbs whose subject, a state or a town, is where it holds: `Tarvia recorded 12 cases`, `Idaho had a rise of 14 percent`."""

ACTORS = frozenset(
    "minister president premier chancellor government administration army military navy force forces troop troops "
    "soldier police "
    "parliament leader ambassador official authorities ministry embassy minority opposition regime republic "
    "representative envoy "
    "spokesman spokeswoman spokesperson general commander intelligence senate congress court king queen prince side "
    "attack offensive "
    "airstrike strike decision claim demand response refusal war".split()
)
"""Nouns of who acts or what he does: `the forces of Tarvia`, `Tarvia’s minister` are where Tarvia sends them."""

SAINTS = re.compile(
    r"(?:(?:St|Ste|Mt|Ft)\b\.?|Saint|Sainte|Santa|San|Santo|São|Mount|Fort|Port|Lake|Cape|El|Los|Las)\s+(?=[A-Z])"
)
"""What opens the name of a place whatever person it is called after: `St. James`."""
