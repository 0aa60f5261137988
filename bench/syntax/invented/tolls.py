"""Tolls of the invented sentences: a number that rose, stands or was put at something, and what stands behind a subject."""

from __future__ import annotations

from bench.syntax.invented import words
from bench.syntax.invented.phrases import Phrases
from bench.syntax.invented.trees import Dependent, Tree, tree


class Tolls(Phrases):
    """Makes subjects with what is told of them, and clauses of tolls, by chance."""

    def subject(self, noun: Tree) -> Tree:
        """A subject, some with what stands between it and its verb: `, which struck Marn on Tuesday,`."""
        kind = self.chance.random()
        if kind < 0.18:
            struck = tree(
                f"{self.pick(words.STRUCK)}/VBD/VERB",
                ("nsubj", tree("which/WDT/PRON")),
                ("obj", self.struck()),
                *self.where_and_when(),
                before=1,
            )
            noun.after += [self.comma(), ("acl:relcl", struck), self.comma()]
        elif kind < 0.24:
            worst = tree(
                "deadliest/JJS/ADJ",
                self.the(),
                ("nmod", tree("years/NNS/NOUN", self.case("in"), ("nummod", self.bare_number()))),
                before=1,
            )
            noun.after += [self.comma(), ("appos", worst), self.comma()]
        elif kind < 0.3:
            caused = tree(
                "caused/VBN/VERB",
                ("obl:agent", self.noun("rain", "NN", self.case("by"), ("amod", tree("heavy/JJ/ADJ")))),
                before=0,
            )
            noun.after += [self.comma(), ("acl", caused), self.comma()]
        elif kind < 0.36:
            noun.after.append(("nmod", self.place("in", "near", "at")))
        return noun

    def struck(self) -> Tree:
        return self.name_of_place() if self.chance.random() < 0.4 else self.thing()

    def toll_noun(self) -> Tree:
        """`the death toll`, `the number of injured`, `the number of confirmed cases`."""
        if self.chance.random() < 0.5:
            return self.noun(self.pick(["toll", "death/toll", "official/toll", "casualty/count"]), "NN", self.the())
        sick = self.maybe(0.4, "amod", tree(f"{self.pick(['confirmed', 'suspected', 'new'])}/JJ/ADJ"))
        of = self.noun(
            self.pick(["dead", "injured", "cases", "deaths", "refugees", "victims", "displaced"]), "NNS", self.case("of"), sick
        )
        return tree("number/NN/NOUN", self.the(), ("nmod", of), before=1)

    def toll(self) -> Tree:
        """The death toll rose by three to 15 from 12 on Friday; the toll stood at 31."""
        amounts: list[Dependent | None] = []
        for share, case in ((0.35, "by"), (0.9, "to"), (0.25, "from")):
            if self.chance.random() < share:
                amount = self.number() if case == "to" else self.bare_number()
                amount.before = [self.case(case), *amount.before]
                amounts.append(("obl", amount))
        has = self.maybe(0.3, "aux", tree("has/VBZ/AUX"))
        verb = self.pick(
            [("rose", "risen"), ("climbed", "climbed"), ("jumped", "jumped"), ("fell", "fallen"), ("grew", "grown")]
        )
        parts: list[Dependent] = [("nsubj", self.subject(self.toll_noun())), *([has] if has else [])]
        word = f"{verb[1]}/VBN/VERB" if has else f"{verb[0]}/VBD/VERB"
        missing = None
        if self.chance.random() < 0.2:
            still = tree(
                "missing/JJ/ADJ",
                ("mark", tree("with/IN/SCONJ")),
                ("nsubj", self.persons()),
                self.maybe(0.4, "advmod", tree("still/RB/ADV")),
            )
            missing = ("advcl", still)
        when = self.day() if self.chance.random() < 0.4 else None
        return tree(word, *parts, *amounts, when, self.comma() if missing else None, missing, before=len(parts))

    def put(self) -> Tree:
        """The ministry put the toll at 437."""
        at = self.number()
        at.before = [self.case("at"), *at.before]
        return tree(
            f"{self.pick(['put', 'estimated'])}/VBD/VERB",
            ("nsubj", self.source()),
            ("obj", self.toll_noun()),
            ("obl", at),
            before=1,
        )
