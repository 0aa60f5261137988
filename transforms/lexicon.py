"""The reference tables of `seeds/tables`, parsed once and passed in: linguistic data apart from logic."""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, MatchKind

from copydesk.transforms.models.body_model import MARKUP_NAMES, PLAIN_NAMES, BodyModel
from copydesk.transforms.models.headline_model import MARKUP_NAMES as MARKUP_HEADLINE
from copydesk.transforms.models.headline_model import NAMES as HEADLINE_NAMES
from copydesk.transforms.models.headline_model import HeadlineModel
from copydesk.transforms.models.place_model import PlaceModel
from copydesk.transforms.models.register_words import Terms
from copydesk.transforms.names.bodies import Bodies
from copydesk.transforms.names.kinds import ClaimantWords
from copydesk.transforms.names.outlets import Outlets, printed_names
from copydesk.transforms.numbers.currencies import CODES
from copydesk.transforms.numbers.currency_names import Currencies
from copydesk.transforms.numbers.metric import metric_symbols, metric_words
from copydesk.transforms.numbers.small_coins import Coins, as_currencies
from copydesk.transforms.places import Gazetteer
from copydesk.transforms.words import folded

UNSEEN = 0.5
LONGEST_STARTED = 40
LONGEST_FURNITURE = 60
"""In a paragraph of more words than this a phrase of furniture counts only where it opens the paragraph."""


@dataclass(frozen=True)
class Furniture:
    """Phrases that give a block away, by how they match: a whole line, its start, or anywhere in it."""

    lines: Mapping[str, str]
    starts: re.Pattern[str]
    start_roles: Mapping[str, str]
    inside: AhoCorasick
    inside_roles: tuple[tuple[str, str], ...]

    def roles(self, folds: Sequence[str], words: Sequence[int]) -> dict[int, tuple[str, str]]:
        """For each of many folded texts, with its count of words: the role that a phrase gives it and a reason slug.

        Texts that no phrase gives away are left out.
        """
        keys = [fold[:400].lstrip("( ") for fold in folds]
        found = {at: role for at, role in self._inside(keys).items() if words[at] <= LONGEST_FURNITURE}
        for at, key in enumerate(keys):
            if key in self.lines:
                found[at] = (self.lines[key], slug("line", key))
            elif start := self.starts.match(key):
                role = self.start_roles[start.group(1)]
                if words[at] <= LONGEST_STARTED or role in ("credit", "correction", "biography", "teaser"):
                    found[at] = (role, slug("start", start.group(1)))
        return found

    def _inside(self, keys: Sequence[str]) -> dict[int, tuple[str, str]]:
        """The first phrase inside each text."""
        ends = list(accumulate(len(key) + 1 for key in keys))
        found: dict[int, tuple[str, str]] = {}
        for number, start, _ in self.inside.find_matches_as_indexes("\n".join(keys)):
            phrase, role = self.inside_roles[number]
            found.setdefault(bisect_right(ends, start), (role, slug("has", phrase)))
        return found


def slug(prefix: str, phrase: str) -> str:
    """A reason as machines like it: `slug("start", "read more")` is `start:read_more`."""
    return f"{prefix}:{'_'.join(phrase.split())}"


@dataclass(frozen=True)
class Verb:
    """A reporting verb: its dictionary form and the frames it takes (`that`, `of`, `to`, `quote`, `noun`)."""

    lemma: str
    frames: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """The tables that the rules look words up in; `Lexicon.parse` builds it from their text."""

    furniture: Furniture
    months: Mapping[str, int]
    by_word: re.Pattern[str]
    """The word that opens a byline, where it is followed by something that is no letter of it."""
    updated: re.Pattern[str]
    """The words before a date that make it the day of a change."""
    published: re.Pattern[str]
    """The words before a date that make it the day of publication."""
    agencies: Mapping[str, str]
    author_roles: frozenset[str]
    outlets: Outlets
    verbs: Mapping[str, Verb]
    tags: Mapping[str, str]
    """The forms of verbs that may stand beside a quotation, with their dictionary form."""
    measures: Mapping[str, tuple[str, str]]
    confidences: Mapping[tuple[str, str], float]
    """How often a rule was right on annotated articles, 0..1, by (what it tells, its slug)."""
    events: Mapping[tuple[str, str], str]
    """What befell by (lemma, role): `patient`, `subject`, `both`, `state`, `noun`."""
    units: Mapping[str, tuple[str, str]]
    """Units by word in lower case: the unit in the plural and its measure."""
    symbols: Mapping[str, tuple[str, str]]
    """The same by symbol as printed: `MW`, `mW`."""
    money: Currencies
    """Currencies by sign or noun in lower case and country."""
    coins: Coins
    """What is a hundredth or thousandth part of a currency."""
    claimants: ClaimantWords
    """What the words for sources and the names of bodies say of them."""
    given_names: Mapping[str, str]
    """Given names in lower case: `f`, `m`, or `either` where they say nothing of the pronoun."""
    gazetteer: Gazetteer
    terms: Terms
    body: BodyModel | None = None
    markup_body: BodyModel | None = None
    headline: HeadlineModel | None = None
    markup_headline: HeadlineModel | None = None
    places: PlaceModel | None = None

    def country_of(self, adjective: str) -> str | None:
        """The country (ISO 3166 alpha-2) of its adjective or name: `Swiss`, `Hong Kong`; not of the people `Hungarians`."""
        people = None if re.search(r"[^s]s$", adjective) else self.gazetteer.people(adjective)
        nation = people or self.gazetteer.nation(adjective)
        return nation.country_code if nation is not None else None

    def currency(self, printed: str, country: str | None = None) -> str:
        """The ISO 4217 code of a sign, code or noun as printed, in an article of a country (ISO 3166 alpha-2)."""
        word = printed.lower().strip(" .")
        found = self.money.shared.get((word, country or "")) or self.money.shared.get((word, ""))
        return found or (self.units[word][0] if word in self.units else printed.upper())

    @classmethod
    def parse(cls, tables: Mapping[str, str], gazetteer: Gazetteer | None = None) -> Lexicon:
        """The lexicon of tables given as {name without ending: CSV text}; columns as in `seeds/tables`."""
        rows = {name: list(csv.DictReader(io.StringIO(text))) for name, text in tables.items()}
        head: dict[str, set[str]] = defaultdict(set)
        for row in rows.get("head", ()):
            head[row["kind"]].add(row["word"])
        money = _money(rows)
        return cls(
            furniture=_furniture(rows.get("furniture", ())),
            months={name: int(row["number"]) for row in rows.get("months", ()) for name in row["names"].split()},
            by_word=re.compile(rf"(?:{_any(head['by'])})(?=[^\w])", re.IGNORECASE),
            updated=re.compile(
                rf"(?:(?<!\w)|(?<=[^\W_])(?-i:(?<=[a-zß-ÿ])(?=[A-Z])))(?:{_any(head['updated'])})", re.IGNORECASE
            ),
            published=re.compile(rf"(?<!\w)(?:{_any(head['published'])})", re.IGNORECASE),
            agencies={folded(name): name for name in head["agency"]},
            author_roles=frozenset(head["role"]),
            outlets=Outlets.parse(rows.get("outlets", ())),
            verbs=_verbs(row for row in rows.get("verbs", ()) if row["frames"] != "tag"),
            tags={form: verb.lemma for form, verb in _verbs(rows.get("verbs", ())).items() if verb.frames & {"quote", "tag"}},
            measures=_measures(rows.get("measures", ()), rows.get("persons", ())),
            confidences={(row["part"], row["rule"]): float(row["right"]) for row in rows.get("confidence", ())},
            events={(row["lemma"], row["role"]): row["measure"] for row in rows.get("events", ())},
            units=metric_words(rows.get("metric_units", ())) | _units(rows.get("units", ()), rows.get("currencies", ()), money),
            symbols=metric_symbols(rows.get("metric_units", ())),
            money=money,
            coins=Coins.parse(rows.get("small_coins", ())),
            claimants=ClaimantWords.parse(
                rows.get("claimants", ()),
                Bodies.parse([*rows.get("bodies", ()), *printed_names(rows.get("outlets", ()))], rows.get("states", ())),
            ),
            given_names={name: row["gender"] for row in rows.get("given_names", ()) for name in row["names"].split()},
            body=_body(rows, "weights", PLAIN_NAMES, "trees"),
            markup_body=_body(rows, "markup", MARKUP_NAMES, "markup_trees"),
            headline=_headline(rows, "headline", HEADLINE_NAMES),
            markup_headline=_headline(rows, "markup_headline", MARKUP_HEADLINE),
            places=PlaceModel.parse(rows["place_trees"]) if "place_trees" in rows else None,
            terms=Terms.parse(rows.get("terms", ()), rows.get("wording", ())),
            gazetteer=gazetteer or Gazetteer.parse(rows.get("territories", ())),
        )

    def rates(self, part: str, rule: str) -> float:
        """How often a rule is right; one that was never seen is right as often as not."""
        return self.confidences.get((part, rule), UNSEEN)

    def rates_figure(self, measure: str, source: str) -> float:
        """How often a figure is right whose measure and source two rules found.

        Where no annotated page shows the two together, they count as if one told nothing of the other.
        """
        together = self.confidences.get(("figure", f"{measure}:{source}"))
        return together if together is not None else self.rates("measure", measure) * self.rates("source", source)


def _furniture(rows: Iterable[Mapping[str, str]]) -> Furniture:
    by_match: dict[str, dict[str, str]] = {"line": {}, "start": {}, "contains": {}}
    for row in rows:
        by_match[row["match"]][folded(row["phrase"])] = row["role"]
    return Furniture(
        lines={**by_match["line"], **by_match["start"]},
        starts=re.compile(rf"({_any(by_match['start'])})(?=\W|$)"),
        start_roles=by_match["start"],
        inside=AhoCorasick(list(by_match["contains"]), matchkind=MatchKind.LeftmostLongest),
        inside_roles=tuple(by_match["contains"].items()),
    )


def _money(rows: Mapping[str, Sequence[Mapping[str, str]]]) -> Currencies:
    """The currencies of the tables, by the nouns of their small coins too."""
    coins = as_currencies(rows.get("small_coins", ()))
    return Currencies.parse([*rows.get("currencies", ()), *coins], rows.get("currency_names", ()))


def _headline(rows: Mapping[str, Sequence[Mapping[str, str]]], table: str, names: Sequence[str]) -> HeadlineModel | None:
    """The headline model of a table, `None` where there is none."""
    return HeadlineModel.parse(rows[table], names) if table in rows else None


def _units(
    rows: Iterable[Mapping[str, str]], by_hand: Iterable[Mapping[str, str]], money: Currencies
) -> dict[str, tuple[str, str]]:
    """Units by word, the nouns and codes of currencies among them that mean nothing else."""
    units = {code.lower(): (code, "money") for code in CODES if len(code) == 3 and code.isupper()}
    words = {row["word"]: row["currency"] for row in by_hand if not row["countries"] and len(row["word"]) > 2}
    units |= {word: (code, "money") for word, code in words.items() if word not in money.other_things}
    return units | {row["word"]: (row["unit"], row["measure"]) for row in rows}


def _any(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)) or "(?!)"


def _measures(rows: Iterable[Mapping[str, str]], persons: Iterable[Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    """Measure and kind of every word: `person` for the plural of a word for people, `one_person` for its singular."""
    measures = {}
    for row in persons:
        singular, _, plural = row["forms"].partition("|")
        measures[(plural or singular).casefold()] = (row["measure"], "person")
        if plural:
            measures[singular.casefold()] = (row["measure"], "one_person")
    return measures | {row["word"]: (row["measure"], row["kind"]) for row in rows}


def _verbs(rows: Iterable[Mapping[str, str]]) -> dict[str, Verb]:
    """Every form of every verb: `said` and `says` both lead to the verb `say`."""
    verbs = {}
    for row in rows:
        verb = Verb(row["lemma"], frozenset(row["frames"].split()))
        for form in row["forms"].split("|"):
            verbs[form] = verb
    return verbs


def _body(rows: Mapping[str, Sequence[Mapping[str, str]]], weights: str, names: Sequence[str], trees: str) -> BodyModel | None:
    """The body model of a table of weights and one of trees; `None` where there are no weights."""
    return BodyModel.parse(rows[weights], names, rows.get(trees, ())) if weights in rows else None
