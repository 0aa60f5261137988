"""What two spellings of a name share, and the ids that are made of names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from copydesk.transforms.names.transliteration import plain_words

ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
OWNER = re.compile(r"[’'](?:s\b|(?=\s|$))")
SIDED = r"[-‑–](?:run|led|backed|controlled|affiliated|aligned|installed|appointed|linked|owned|based|allied|supported)\b"
SIDE = re.compile(rf"\b[\w’'.]+{SIDED}\s*")
"""What says whose a body is, and is no part of its name: `the Hamas-run health ministry`."""

HONOURS = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|prof|professor|sir|dame|lord|lady|hon|rev|madam|sheikh|imam|ambassador)\.?\s+", re.IGNORECASE
)

LINKS = frozenset(("al", "el"))
PERSON = "person"
"""What stands in the id of a person where that of a body has its kind."""


@lru_cache(16384)
def folded_name(name: str) -> str:
    """A name without accents, marks, leading article and possessives, in lower case.

    >>> folded_name("the Israel Defense Forces"), folded_name("Gaza’s Ministry of Health"), folded_name("U.N.")
    ('israel defense forces', 'gaza ministry of health', 'un')
    """
    own = SIDE.sub("", ARTICLE.sub("", name)).strip()
    return folded_whole(own if len(own.split()) > 1 else name)


def run_by(name: str) -> str:
    """A name with one word for whose a body is: `the Front-controlled ministry` and `the Front-run ministry` are one.

    >>> run_by("the Front-affiliated health ministry")
    'the Front-run health ministry'
    """
    return re.sub(SIDED, "-run", name)


@lru_cache(16384)
def folded_whole(name: str) -> str:
    """A folded name with the word that says whose it is: `hamas run health ministry`."""
    plain = OWNER.sub("", ARTICLE.sub("", name).replace("’", "'"))
    plain = unicodedata.normalize("NFKD", plain).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b)|(?<=\b\w)\.(?=\s|$)", "", plain)
    return " ".join(re.sub(r"[^\w&]+", " ", re.sub(r"['`ʿ]", "", plain)).replace("&", "and").split())


def slug_of(name: str) -> str:
    """A folded name as it stands in ids.

    >>> slug_of("World Food Programme")
    'world-food-programme'
    """
    return folded_name(name).replace(" ", "-")


def entity_id_of(name: str, kind: str, country: str | None = None, text: str = "") -> str:
    """The id of a body that no table lists: its folded name, its kind and, where it is known, its country.

    A name of one word alone may be many things': with the `text` of its article it has an id of that article.

    >>> entity_id_of("Tourist Board", "government", "GB"), entity_id_of("Harbour Board", "other")
    ('tourist-board.government.gb', 'harbour-board.other')
    >>> entity_id_of("Orlan", "company", None, "Orlan said so.")
    'orlan.company.~fabbbbed'
    """
    slug = slug_of(name)
    mark = [f"~{hashlib.sha256(text.encode()).hexdigest()[:8]}"] if text and "-" not in slug else []
    return ".".join([slug, kind, *([country.lower()] if country else []), *mark])


def person_id_of(name: str, text: str = "") -> str:
    """The id of a person: the folded full name alone, for one article calls a minister what another calls a candidate.

    Initials inside the name and an Arabic article do not count: papers print both forms.

    Nor does the way in which a name of another script is spelt. A surname alone has an id of its article, given its `text`.

    >>> person_id_of("Ida R. Ferrell"), person_id_of("Samir al-Karam"), person_id_of("Ferrell", "Ferrell said so.")
    ('ida-ferrell.person', 'samir-karam.person', 'ferrell.person.~178e5ad3')
    >>> person_id_of("Khaled Abdel-Karim"), person_id_of("Khalid Abdulkareem")
    ('khalid-abdkarim.person', 'khalid-abdkarim.person')
    """
    return entity_id_of(" ".join(_told(folded_name(name).split() or [name])), PERSON, None, text)


def person_id_from(earlier: str) -> str | None:
    """The id that a person of an earlier id has now, `None` where it is one of now, or no id.

    Until version 6 of the names a person's id had the kind of the office, and often the country; until version 7 it had the
    name as it was spelt.

    >>> person_id_from("ida-r-ferrell.government.ke"), person_id_from("moss.other.~178e5ad3"), person_id_from("ida-moss.person")
    ('ida-ferrell.person', 'moss.person.~178e5ad3', None)
    >>> person_id_from("khaled-youssef.person")
    'khalid-yusuf.person'
    """
    slug, *rest = earlier.split(".")
    if not slug or not rest:
        return None
    marks = [part for part in rest if part.startswith("~")]
    now = ".".join(["-".join(_told(slug.split("-"))), PERSON, *marks])
    return now if now != earlier else None


def _told(words: Sequence[str]) -> list[str]:
    """The words of a person's name that tell who it is."""
    first, *inner = words
    return plain_words([first, *(word for word in inner if (len(word) > 1 or len(first) == 1) and word not in LINKS)])
