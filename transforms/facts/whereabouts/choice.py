"""Where a figure holds: of the places that its article names the likeliest, by what the rules and all else say for each."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.transforms.facts.context import Reading
from copydesk.transforms.facts.whereabouts import Whereabouts
from copydesk.transforms.facts.whereabouts.candidates import Candidate, Candidates
from copydesk.transforms.facts.whereabouts.narrower import Where
from copydesk.transforms.facts.whereabouts.traits import Figure, Traits
from copydesk.transforms.vocabulary import PlaceFrom

NONE_HOLDS = 8.0
"""Where the rules find no place, one must be so many times as likely as none.

Readers who were asked for the place of every figure hardly ever say that it has none, and the model learnt that from them: by
its shares alone .53 of the figures without a place in annotated articles that it had not seen were left without one, so .81.
"""


SURE = 0.94
"""What a share is worth: on two readings of pages that nobody had looked at .84 of those above .9 were right, in rotations over
annotated pages more than nine in ten of those above .96."""


class Choice(NamedTuple):
    """Where a figure holds, and how likely that is, 0..1; `None` where no model is given that knows."""

    where: Where
    likely: float | None


class PlaceChoice:
    """Where the figures of one article hold."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._rules = Whereabouts(reading)
        self._candidates: Candidates | None = None
        self._traits: tuple[int, Traits] | None = None

    def of(self, figure: Figure) -> Choice:
        """The place of a figure."""
        rule = self.ruled(figure)
        model = self.reading.lexicon.places
        if model is None:
            return Choice(rule, None)
        candidates, rows = self.rows(figure, rule)
        likely = model.shares(rows)
        best = int(likely.argmax())
        none = next(at for at, one in enumerate(candidates) if one.place is None)
        if rule.meant is None and likely[best] < NONE_HOLDS * likely[none]:
            best = none
        return Choice(self._where(candidates[best], figure, rule), round(SURE * float(likely[best]), 2))

    def ruled(self, figure: Figure) -> Where:
        """What the rules say of a figure."""
        return self._rules.of(figure.start, figure.end, figure.sentence, figure.measure)

    def rows(self, figure: Figure, rule: Where) -> tuple[list[Candidate], list[list[float]]]:
        """The candidates for a figure and their traits; `rule` is what the rules say of it."""
        scenes = self._rules.scenes
        if self._candidates is None:
            self._candidates = Candidates(self.reading, scenes)
        if self._traits is None or self._traits[0] != figure.sentence:
            self._traits = figure.sentence, Traits(self.reading, scenes, figure.sentence)
        candidates = self._candidates.near(figure.start, figure.sentence, rule.meant)
        return candidates, self._traits[1].rows(figure, candidates, rule)

    def _where(self, one: Candidate, figure: Figure, rule: Where) -> Where:
        """A candidate as the place of a figure, as its sentence prints it, or that before; what the rules found as they did."""
        if one.is_of(rule.meant):
            return rule
        if one.place is None:
            return Where(None, None, None)
        known = one.place if one.place.country_code is not None else None
        for sentence, source in ((figure.sentence, PlaceFrom.SENTENCE), (figure.sentence - 1, PlaceFrom.BEFORE)):
            named = min(one.named_in(sentence), key=lambda found: abs(found.start - figure.start), default=None)
            if named is not None:
                return Where(self.reading.text[named.start : named.end], known, source)
        return Where(None, one.place, PlaceFrom.ARTICLE)
