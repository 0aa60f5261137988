"""Phrases of the invented sentences: numbers, people, places, days, and those who say a thing."""

from __future__ import annotations

import random

from bench.syntax.invented import words
from bench.syntax.invented.trees import Dependent, Tree, named, tree


class Phrases:
    """Makes phrases by chance; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.pick = self.chance.choice

    def maybe(self, share: float, relation: str, made: Tree) -> Dependent | None:
        """Returns a dependent or none, by chance."""
        return (relation, made) if self.chance.random() < share else None

    def case(self, *choices: str) -> Dependent:
        """A preposition before its noun."""
        return ("case", tree(f"{self.pick(choices)}/IN/ADP"))

    def the(self) -> Dependent:
        return ("det", tree("the/DT/DET"))

    def article(self, noun: str) -> Dependent:
        """`the`, or `a` or `an` by the noun's first letter."""
        return ("det", tree(self.pick(["the", "an" if noun[0] in "aeiou" else "a"]) + "/DT/DET"))

    def comma(self) -> Dependent:
        return ("punct", tree(",/,/PUNCT"))

    def proper(self, word: str, *others: Dependent | None) -> Tree:
        return tree(f"{word}/NNP/PROPN", *others)

    # Numbers and who or what is counted.

    def bare_number(self) -> Tree:
        return tree(f"{self.pick(words.NUMBERS)}/CD/NUM")

    def number(self) -> Tree:
        """A number, some with `at least`, `more than`, `as many as` or `up to`."""
        word = f"{self.pick(words.NUMBERS)}/CD/NUM"
        kind = self.chance.random()
        if kind < 0.15:
            return tree(word, ("nmod", tree("least/JJS/ADJ", self.case("at"))))
        if kind < 0.25:
            size = self.pick(["more", "fewer", "less"])
            return tree(word, ("advmod", tree(f"{size}/JJR/ADJ", ("fixed", tree("than/IN/ADP")), before=0)))
        if kind < 0.3:
            as_many = [("fixed", tree("many/JJ/ADJ")), ("fixed", tree("as/IN/ADP"))]
            return tree(word, ("advmod", tree("as/RB/ADV", *as_many, before=0)))
        if kind < 0.35:
            return tree(word, ("advmod", tree("up/IN/ADP", ("fixed", tree("to/IN/ADP")), before=0)))
        if kind < 0.5:
            return tree(word, ("advmod", tree(f"{self.pick(['about', 'around', 'nearly', 'almost', 'some', 'only'])}/RB/ADV")))
        return tree(word)

    def noun(self, parts: str, tag: str, *others: Dependent | None) -> Tree:
        """A noun with the words before it: `car/bomb` is a bomb."""
        *firsts, last = parts.split("/")
        return tree(f"{last}/{tag}/NOUN", *others, *[("compound", tree(f"{one}/NN/NOUN")) for one in firsts])

    def counted(self, noun: str | None = None) -> Tree:
        """People or things in a number: `at least 26 young people`, `hundreds of families`, `two of the 14 miners`."""
        word = noun or self.pick(words.PEOPLE)
        kind = self.chance.random()
        if noun is None and kind < 0.06:
            return tree(f"{self.pick(words.MANY)}/NNS/NOUN", ("nmod", self.noun(word, "NNS", self.case("of"))), before=0)
        if noun is None and kind < 0.12:
            whole = self.noun(word, "NNS", self.case("of"), self.the(), self.maybe(0.5, "nummod", self.bare_number()))
            return tree(f"{self.pick(words.NUMBERS[:12])}/CD/NUM", ("nmod", whole), before=0)
        kind_of = self.maybe(0.15, "amod", tree(f"{self.pick(words.ADJECTIVES)}/JJ/ADJ")) if noun is None else None
        before = self.maybe(0.08, "det", tree("an/DT/DET"))
        if before:
            return self.noun(word, "NNS", before, ("amod", tree("estimated/VBN/ADJ")), ("nummod", self.bare_number()))
        return self.noun(word, "NNS", ("nummod", self.number()), kind_of)

    def persons(self, noun: str | None = None) -> Tree:
        """People in a number, some with a part, a whole's share or who they are."""
        made = self.counted(noun)
        kind = self.chance.random()
        if noun is None and kind < 0.1:
            made.after.append(("nmod", self.part("including")))
        elif noun is None and kind < 0.16:
            made.after += [self.comma(), ("parataxis", self.most_of_them()), self.comma()]
        elif noun is None and kind < 0.2:
            among = tree("them/PRP/PRON", self.case("among"))
            part = self.noun(self.pick(words.PEOPLE), "NNS", ("nummod", self.bare_number()))
            part.before = [self.comma(), ("nmod", among), *part.before]
            made.after += [("appos", part), self.comma()]
        return made

    def part(self, including: str) -> Tree:
        """`, including nine children,`."""
        part = self.noun(self.pick(words.PEOPLE), "NNS", ("nummod", self.bare_number()))
        part.before = [self.comma(), ("case", tree(f"{including}/VBG/VERB")), *part.before]
        part.after.append(self.comma())
        return part

    def most_of_them(self) -> Tree:
        """`most of them women and children`."""
        them = tree("them/PRP/PRON", self.case("of"))
        share = self.pick(["most/JJS/ADJ", "many/JJ/ADJ", "some/DT/DET", "all/DT/DET", "two/CD/NUM", "several/JJ/ADJ"])
        most = tree(share, ("nmod", them), before=0)
        more = tree("children/NNS/NOUN", ("cc", tree("and/CC/CCONJ")))
        return tree(
            f"{self.pick(['women', 'civilians', 'students'])}/NNS/NOUN",
            ("nsubj", most),
            self.maybe(0.5, "conj", more),
            before=1,
        )

    # Where and when.

    def name_of_place(self) -> Tree:
        return named("place", self.proper(words.made_up(self.chance)))

    def place(self, *cases: str) -> Tree:
        """In a place: `in Marn`, `in Marn, Tarvia`, `in the northern town of Marn`, `in Marn province`."""
        case = self.case(*(cases or ("in", "near", "outside", "in", "across")))
        kind = self.chance.random()
        name = self.name_of_place()
        if kind < 0.35:
            name.before = [case]
            return name
        if kind < 0.45:
            name.before = [case]
            name.after = [self.comma(), ("appos", self.name_of_place()), self.comma()]
            return name
        side = self.maybe(0.6, "amod", tree(f"{self.pick(words.SIDES)}/JJ/ADJ"))
        area = f"{self.pick(words.AREAS)}/NN/NOUN"
        if kind < 0.6:
            return tree(area, case, self.the() if self.chance.random() < 0.6 else None, side, ("compound", name))
        if kind < 0.7:
            name.after = [("case", tree("'s/POS/PART"))]
            return tree(area, case, ("nmod:poss", name), side)
        parts = [one for one in (case, self.the(), side) if one]
        name.before = [self.case("of")]
        return tree(area, *parts, ("nmod", name), before=len(parts))

    def day(self) -> Dependent:
        """`on Tuesday`, `late Tuesday`, `Tuesday morning`, `on 3 March`, `a day earlier`."""
        kind, day = self.chance.random(), f"{self.pick(words.DAYS)}/NNP/PROPN"
        if kind < 0.55:
            return ("obl", tree(day, self.case("on")))
        if kind < 0.65:
            return ("obl:unmarked", tree(day))
        if kind < 0.75:
            return ("obl:unmarked", tree(day, ("amod", tree(f"{self.pick(['late', 'early'])}/JJ/ADJ"))))
        if kind < 0.83:
            return ("obl:unmarked", tree(f"{self.pick(['morning', 'night', 'evening'])}/NN/NOUN", ("compound", tree(day))))
        date = tree(f"{self.chance.randint(1, 31)}/CD/NUM", self.case("on"), ("compound", self.proper(self.pick(words.MONTHS))))
        if kind < 0.92:
            return ("obl", date)
        date.after += [self.comma(), ("nmod:unmarked", tree(f"{self.chance.randint(1988, 2026)}/CD/NUM")), self.comma()]
        return ("obl", date)

    def where_and_when(self) -> list[Dependent | None]:
        where = self.maybe(0.55, "obl", self.place())
        when = self.day() if self.chance.random() < 0.5 else None
        return [where, when]

    # Who says it.

    def person(self) -> Tree:
        """A name of a person: `Anna Reyes`."""
        last = self.proper(words.made_up(self.chance))
        return named("person", tree(f"{self.pick(words.NAMES)}/NNP/PROPN", ("flat", last), before=0))

    def body(self) -> Tree:
        """A body: `the health ministry`, `the Marn Institute for Public Health`, `the Ministry of Health`."""
        kind = self.chance.random()
        if kind < 0.5:
            return self.noun(self.pick(words.BODIES), "NN", self.the())
        if kind < 0.65:
            of = self.proper(self.pick(words.FIELDS), self.case("of"))
            made = named("organization", self.proper("Ministry"))
            made.after = [("nmod", named("organization", of))]
            of_name = made.name
            of.name = of_name
            of.before[0][1].name = of_name
        elif kind < 0.9:
            *firsts, last = self.pick(words.SUBJECTS).split("/")
            subject = self.proper(
                last, self.case(self.pick(["for", "of", "on"])), *[("compound", self.proper(one)) for one in firsts]
            )
            made = self.proper(self.pick(words.HOUSES))
            made.after = [("nmod", subject)]
            named("organization", made)
        else:
            made = named(
                "organization", self.proper(self.pick(words.PRESS), ("compound", self.proper(words.made_up(self.chance))))
            )
        country = self.maybe(0.3, "compound", self.proper(words.made_up(self.chance)))
        made.before = [self.the(), *([country] if country else []), *made.before]
        return made

    def office(self) -> Tree:
        """`a spokesman for the ministry`, `the head of the Institute for Public Health`, `the mayor of Marn`."""
        if self.chance.random() < 0.2:
            where = self.name_of_place()
            where.before = [self.case("of", "in")]
            office = self.pick(["mayor", "governor", "resident", "teacher", "farmer"])
            return tree(f"{office}/NN/NOUN", self.article(office), ("nmod", where), before=1)
        body = self.body()
        body.before = [self.case("of", "for", "at", "with"), *body.before]
        office = self.pick(words.CHIEFS)
        return tree(f"{office}/NN/NOUN", self.article(office), ("nmod", body), before=1)

    def person_with_office(self) -> Tree:
        """`Anna Reyes, the head of the agency,`, `Interior Minister Jon Varga`, `police spokesman Tomas Lind`."""
        person, kind = self.person(), self.chance.random()
        if kind < 0.45:
            office = self.office()
            if self.chance.random() < 0.4:
                office.before = [one for one in office.before if one[0] != "det"]
            person.after += [self.comma(), ("appos", office), self.comma()]
        elif kind < 0.75:
            title = tree(self.pick(words.TITLES) + "/PROPN", self.maybe(0.5, "compound", self.proper(self.pick(words.FIRSTS))))
            person.before = [("nmod:desc", title)]
        else:
            title = self.noun(f"{self.pick(words.BODIES)}/{self.pick(words.CHIEFS)}", "NN")
            person.before = [("nmod:desc", title)]
        return person

    def source(self) -> Tree:
        """Who says it: offices, a body, a person with an office, a surname, a pronoun."""
        kind = self.chance.random()
        if kind < 0.25:
            first, second = self.chance.sample(words.OFFICES, 2)
            made = self.noun(first, "NNS", self.maybe(0.15, "amod", tree("local/JJ/ADJ")))
            if self.chance.random() < 0.25:
                made.after.append(("conj", self.noun(second, "NNS", ("cc", tree("and/CC/CCONJ")))))
            return made
        if kind < 0.5:
            return self.body()
        if kind < 0.6:
            return self.office()
        if kind < 0.66:
            return tree(f"{self.pick(['he', 'she', 'they', 'it'])}/PRP/PRON")
        if kind < 0.74:
            return named("person", self.proper(words.made_up(self.chance)))
        return self.person_with_office()

    def cause(self) -> Tree:
        """`a car bomb`, `the quake`, `an air strike on a hospital`."""
        word = self.pick(words.CAUSES)
        made = self.noun(word, "NN", self.article(word))
        if self.chance.random() < 0.2:
            made.after.append(("nmod", self.thing("on", "at", "near", "in")))
        return made

    def thing(self, *cases: str) -> Tree:
        """`at a hospital`, `in a market in Marn`."""
        case = [self.case(*cases)] if cases else []
        thing = self.pick(words.THING)
        made = self.noun(thing, "NN", *case, self.article(thing))
        if self.chance.random() < 0.3:
            made.after.append(("nmod", self.place("in", "near")))
        return made

    def money(self) -> Tree:
        """`$1.5 billion`, `12 million marks`."""
        million = tree(
            f"{self.pick(['million', 'billion'])}/CD/NUM",
            ("compound", tree(f"{self.pick(['2', '12', '1.5', '40', '3.2'])}/CD/NUM")),
        )
        if self.chance.random() < 0.5:
            return tree("$/$/SYM", ("nummod", million), before=0)
        return tree(f"{self.pick(words.MONEY)}/NNS/NOUN", ("nummod", million))
