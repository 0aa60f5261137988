"""The closed vocabularies: every value that a column with a fixed set of values may hold, each with its meaning.

A member is a string: `Measure.KILLED == "killed"`. Table comments, expectations and documentation are made from
these classes, so a new value is one line here, and a value that no class has fails a test.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A string with a meaning in words: `Scope.NEW.meaning`."""

    meaning: str

    def __new__(cls, value: str, meaning: str) -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.meaning = meaning
        return term


class Role(Term):
    """What a block of a source document is."""

    TITLE = "title", "the headline"
    SUBTITLE = "subtitle", "the standfirst: a sentence between headline and body"
    BYLINE = "byline", "who wrote it"
    DATELINE = "dateline", "the printed date, or the place that opens the text"
    BODY = "body", "running text of the article"
    HEADING = "heading", "a heading inside the article"
    LIST = "list", "an item of a list in the article"
    TABLE = "table", "a row of a table in the article"
    CAPTION = "caption", "the words below a picture"
    CREDIT = "credit", "who took or owns a picture"
    BIOGRAPHY = "biography", "a line about the author"
    CORRECTION = "correction", "a note that corrects or dates the article"
    FOOTER = "footer", "the foot of the page: rights, addresses, contact"
    NAVIGATION = "navigation", "menus, buttons, section names, lines that repeat over the site"
    TEASER = "teaser", "a pointer to another article"
    CONSENT = "consent", "a notice about cookies or terms"
    PAYWALL = "paywall", "a request to pay or to sign in"
    COMMENT_PROMPT = "comment_prompt", "the line that opens the readers' comments"
    COMMENT = "comment", "what a reader wrote"
    OTHER = "other", "what no rule has named"


ARTICLE_ROLES = frozenset({Role.BODY, Role.HEADING, Role.LIST, Role.TABLE})
"""The roles of blocks that make up `Article.text`."""


class FactKind(Term):
    """What sort of claim a fact is."""

    FIGURE = "figure", "a number that the text states of the world"
    QUOTE = "quote", "a direct quotation with its speaker"
    STATEMENT = "statement", "a clause that somebody is reported to have said"


class Measure(Term):
    """What a figure counts."""

    KILLED = "killed", "persons who died"
    INJURED = "injured", "persons who were hurt"
    MISSING = "missing", "persons whose whereabouts are unknown"
    DISPLACED = "displaced", "persons who left or lost their homes"
    SHELTERING = "sheltering", "persons in shelters"
    DETAINED = "detained", "persons arrested or in prison"
    HELD = "held", "persons held as hostages"
    FREED = "freed", "persons released or rescued"
    AFFECTED = "affected", "persons who lack or suffer something"
    PERSONNEL = "personnel", "persons in a role or a place: soldiers, students, members"
    MILITARY_UNITS = "military_units", "battalions, brigades and other formations"
    ATTACKS = "attacks", "attacks, strikes and raids"
    WEAPONS = "weapons", "weapons, munitions and military vehicles"
    BUILDINGS = "buildings", "houses, schools, hospitals and other buildings"
    AID = "aid", "loads and goods of relief"
    MONEY = "money", "an amount in a currency"
    SHARE = "share", "a part of a whole, in percent"
    DURATION = "duration", "a length of time"
    MEASUREMENT = "measurement", "a length, a weight, a temperature or another physical quantity"
    OTHER = "other", "anything else that is counted"


PERSON_MEASURES = frozenset(
    {
        Measure.KILLED,
        Measure.INJURED,
        Measure.MISSING,
        Measure.DISPLACED,
        Measure.SHELTERING,
        Measure.DETAINED,
        Measure.HELD,
        Measure.FREED,
        Measure.AFFECTED,
        Measure.PERSONNEL,
    }
)
"""The measures that count persons, alive or dead."""


class Qualifier(Term):
    """How the bounds of a figure are meant."""

    EXACT = "exact", "the number as stated"
    AT_LEAST = "at_least", "the number or more; the upper bound is open"
    AT_MOST = "at_most", "the number or less; the lower bound is open"
    ABOUT = "about", "near the number"
    RANGE = "range", "from the lower bound to the upper"


class Modality(Term):
    """Whether what a figure counts is said to be so."""

    ACTUAL = "actual", "it is or was so"
    NEEDED = "needed", "it is required or demanded"
    PLANNED = "planned", "it is intended or announced"
    POSSIBLE = "possible", "it may be so, or is feared"
    DENIED = "denied", "it is said not to be so"


class Scope(Term):
    """Whether a figure counts all or what has been added."""

    TOTAL = "total", "a running total"
    NEW = "new", "an increment: what was added lately"


class Rate(Term):
    """The time that a figure is counted by."""

    HOUR = "hour", "an hour"
    DAY = "day", "a day"
    WEEK = "week", "a week"
    MONTH = "month", "a month"
    YEAR = "year", "a year"


class PlaceFrom(Term):
    """Where the place of a figure was read."""

    SENTENCE = "sentence", "the sentence of the figure"
    BEFORE = "before", "the sentence before, in the same paragraph"
    ARTICLE = "article", "the article as a whole, where no sentence in reach names a place"
    CLAIMANT = "claimant", "the name of a local claimant, where no sentence in reach names a place"
    TITLE = "title", "the headline (by rules of earlier versions)"
    DATELINE = "dateline", "the place that opens the article (by rules of earlier versions)"


class PlaceKind(Term):
    """What kind of place a figure's place is, and so how exactly its point is known."""

    TOWN = "town", "a town, or a part of one"
    DISTRICT = "district", "a district or county"
    REGION = "region", "a state, a province or a region"
    COUNTRY = "country", "a country"


class ClaimantKind(Term):
    """What sort of source makes a claim."""

    GOVERNMENT = "government", "a government, a ministry or an official"
    MILITARY = "military", "an army and its officers"
    ARMED_GROUP = "armed_group", "a group that fights and is no state's army"
    HEALTH_AUTHORITY = "health_authority", "a health ministry, a hospital, a medical service"
    UN_BODY = "un_body", "the United Nations and their agencies"
    AID_GROUP = "aid_group", "a relief organisation"
    MEDIA = "media", "a newspaper, a broadcaster, an agency"
    WITNESS = "witness", "somebody who was there"
    EXPERT = "expert", "a scholar, an analyst, an institute"
    POLICE = "police", "a police force"
    COMPANY = "company", "a firm"
    OTHER = "other", "a source whose name says none of this"


class FactSupport(Term):
    """Whether facts are looked for in an article."""

    SUPPORTED = "supported", "the article's language has the tables that facts are found by"
    UNSUPPORTED = "unsupported", "its language has none: it has no facts, whatever it states"


class NumberReason(Term):
    """Why a numeral of a body is no figure."""

    DATE = "date", "a day, a month, a year or a range of years"
    AGE = "age", "somebody's age"
    ORDINAL = "ordinal", "a place in an order: 3rd"
    NAME = "name", "part of a name: Channel 4"
    CLOCK = "clock", "a time of day"
    IDENTIFIER = "identifier", "a long number or a sign: 2015/16"
    IDIOM = "idiom", "a fixed phrase: at sixes and sevens"
    SCORE = "score", "a result or a ratio: 3-1"
    DURATION = "duration", "time that passes: in two weeks"
    LANGUAGE = "language", "the language of the article has no tables of facts"
    NO_NOUN = "no_noun", "no noun that it counts is in reach"
    REJECTED = "rejected", "its fact broke an expectation"


def values(vocabulary: type[StrEnum]) -> list[str]:
    """The values of a vocabulary as plain strings, in order.

    >>> values(Scope)
    ['total', 'new']
    """
    return [str(term) for term in vocabulary]


def listed(vocabulary: type[StrEnum], separator: str = ", ") -> str:
    """The values of a vocabulary in one line, as table comments print them.

    >>> listed(Qualifier)
    'exact, at_least, at_most, about, range'
    """
    return separator.join(values(vocabulary))
