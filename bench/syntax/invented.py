"""Invented sentences of news with their trees: tolls, reports and changes of a number, which the treebanks hardly have.

The treebanks are weblogs, reviews and talks. What a toll of news is made of (`wounded 19 others`, `the toll rose by
three`) stands in them a handful of times. A small grammar of our own makes such sentences; each word has its head and
relation by the guidelines of the treebanks.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.syntax.conllu import Sentence, Word


@dataclass
class Tree:
    """A word with what hangs on it, before and after."""

    text: str
    tag: str
    pos: str
    before: list[tuple[str, Tree]] = field(default_factory=list)
    after: list[tuple[str, Tree]] = field(default_factory=list)


def tree(word: str, *others: tuple[str, Tree] | None, before: int = 99) -> Tree:
    """Returns a word, written `text/TAG/POS`, with those that hang on it: the first `before` of them stand before it."""
    text, tag, pos = word.rsplit("/", 2)
    made = [one for one in others[:before] if one], [one for one in others[before:] if one]
    return Tree(text, tag, pos, *made)


def flat(root: Tree) -> list[tuple[Tree, Tree, str]]:
    """Returns the words in their order, each with its head and relation."""
    out: list[tuple[Tree, Tree, str]] = []

    def walk(node: Tree, head: Tree, relation: str) -> None:
        for name, child in node.before:
            walk(child, node, name)
        out.append((node, head, relation))
        for name, child in node.after:
            walk(child, node, name)

    walk(root, root, "root")
    return out


PLACES = "Torvik Marn Karst Velna Dalmir Kolm Sarn Tarvia Ellery Belgrove Nuro Quarrin Hestow Lundmark".split()
PEOPLE = (
    "people civilians soldiers police/officers children women villagers workers miners passengers rebels militants guerrillas"
).split()
NUMBERS = ("two three four five six seven eight nine ten eleven twelve 13 14 15 19 26 37 48 120 460 1,200 8,000 92,706").split()
HARMED = "killed wounded injured hurt arrested displaced evacuated kidnapped rescued detained".split()
CAUSES = (
    "bomb/blast flood landslide earthquake shell drone/strike explosion car/bomb air/strike fire storm avalanche gunman"
).split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
OFFICES = "police officials authorities rescuers doctors witnesses residents".split()
BODIES = "army ministry governor mayor hospital agency government company union".split()


class Grammar:
    """Makes sentences by chance; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.pick = self.chance.choice

    def maybe(self, share: float, relation: str, made: Tree) -> tuple[str, Tree] | None:
        """Returns a dependent or none, by chance."""
        return (relation, made) if self.chance.random() < share else None

    def number(self) -> Tree:
        """A number, some with `at least` or `more than`."""
        word = f"{self.pick(NUMBERS)}/CD/NUM"
        kind = self.chance.random()
        if kind < 0.2:
            return tree(word, ("nmod", tree("least/JJS/ADJ", ("case", tree("at/IN/ADP")))))
        if kind < 0.3:
            return tree(word, ("advmod", tree("more/JJR/ADJ", ("fixed", tree("than/IN/ADP")), before=0)))
        if kind < 0.4:
            return tree(word, ("advmod", tree(f"{self.pick(['about', 'around', 'nearly', 'almost'])}/RB/ADV")))
        return tree(word)

    def noun(self, words: str, tag: str, *others: tuple[str, Tree] | None) -> Tree:
        """A noun with the words before it: `car/bomb` is a bomb."""
        *firsts, last = words.split("/")
        return tree(f"{last}/{tag}/NOUN", *others, *[("compound", tree(f"{one}/NN/NOUN")) for one in firsts])

    def persons(self, word: str | None = None) -> Tree:
        """People in a number."""
        made = self.noun(word or self.pick(PEOPLE), "NNS", ("nummod", self.number()))
        if word is None and self.chance.random() < 0.1:  # , including nine children,
            part = self.noun(self.pick(PEOPLE), "NNS", ("nummod", tree(f"{self.pick(NUMBERS)}/CD/NUM")))
            marks = [("punct", tree(",/,/PUNCT")), ("case", tree("including/VBG/VERB"))]
            part.before = [*marks, *part.before]
            part.after.append(("punct", tree(",/,/PUNCT")))
            made.after.append(("nmod", part))
        return made

    def day(self) -> Tree:
        return tree(f"{self.pick(DAYS)}/NNP/PROPN", ("case", tree("on/IN/ADP")))

    def place(self) -> Tree:
        """In a place: `in Marn`, `in the northern town of Marn`."""
        name = f"{self.pick(PLACES)}/NNP/PROPN"
        case = ("case", tree(f"{self.pick(['in', 'near', 'outside'])}/IN/ADP"))
        if self.chance.random() < 0.5:
            return tree(name, case)
        side = self.maybe(0.6, "amod", tree(f"{self.pick('northern southern eastern western coastal'.split())}/JJ/ADJ"))
        of = ("nmod", tree(name, ("case", tree("of/IN/ADP"))))
        town = f"{self.pick('town city village district province region'.split())}/NN/NOUN"
        parts = [case, ("det", tree("the/DT/DET")), *([side] if side else [])]
        return tree(town, *parts, of, before=len(parts))

    def source(self) -> Tree:
        """Who says it."""
        if self.chance.random() < 0.4:
            first, second = self.chance.sample(OFFICES, 2)
            more = self.maybe(0.3, "conj", tree(f"{second}/NNS/NOUN", ("cc", tree("and/CC/CCONJ"))))
            return tree(f"{first}/NNS/NOUN", more, before=0)
        body = tree(f"{self.pick(BODIES)}/NN/NOUN", ("det", tree("the/DT/DET")))
        if self.chance.random() < 0.4:
            of = ("nmod", tree(f"{body.text}/NN/NOUN", ("case", tree(f"{self.pick(['for', 'of'])}/IN/ADP")), body.before[0]))
            office = self.pick(["spokesman", "spokeswoman", "head", "chief"])
            return tree(f"{office}/NN/NOUN", ("det", tree("a/DT/DET")), of, before=1)
        return body

    def cause(self) -> Tree:
        word = self.pick(CAUSES)
        article = "an" if word[0] in "aeiou" else "a"
        return self.noun(word, "NN", ("det", tree(f"{article}/DT/DET")))

    def where_and_when(self) -> list[tuple[str, Tree] | None]:
        return [self.maybe(0.6, "obl", self.place()), self.maybe(0.6, "obl", self.day())]

    def active(self) -> Tree:
        """A bomb killed 26 people and wounded 19 others on Tuesday."""
        second = None
        if self.chance.random() < 0.6:
            more = self.persons("others") if self.chance.random() < 0.6 else tree(f"{self.pick(NUMBERS)}/CD/NUM")
            verb = self.pick(["wounded", "injured", "hurt", "displaced", "trapped"])
            second = ("conj", tree(f"{verb}/VBD/VERB", ("cc", tree("and/CC/CCONJ")), ("obj", more), before=1))
        parts = [("obj", self.persons()), second, *self.where_and_when()]
        return tree(
            f"{self.pick(['killed', 'wounded', 'injured', 'buried'])}/VBD/VERB", ("nsubj", self.cause()), *parts, before=1
        )

    def passive(self) -> Tree:
        """Six men were killed and 19 others wounded in Marn; some were not."""
        no = self.maybe(0.15, "advmod", tree("not/RB/PART"))
        subject = ("nsubj:pass", self.persons())
        parts: list[tuple[str, Tree] | None] = [subject, ("aux:pass", tree("were/VBD/AUX")), *([no] if no else [])]
        second = None
        if self.chance.random() < 0.5:
            more = ("nsubj:pass", self.persons("others"))
            verb = self.pick(["wounded", "injured", "missing"])
            tag = "JJ/ADJ" if verb == "missing" else "VBN/VERB"
            other = ("nsubj", more[1]) if verb == "missing" else more
            second = ("conj", tree(f"{verb}/{tag}", ("cc", tree("and/CC/CCONJ")), other))
        actor = self.pick(["troops", "gunmen", "rebels"])
        agent = self.maybe(0.25, "obl:agent", tree(f"{actor}/NNS/NOUN", ("case", tree("by/IN/ADP"))))
        return tree(f"{self.pick(HARMED)}/VBN/VERB", *parts, agent, *self.where_and_when(), second, before=len(parts))

    def died(self) -> Tree:
        """Fourteen people have died, 120 are missing."""
        have = self.maybe(0.5, "aux", tree("have/VBP/AUX"))
        parts = [("nsubj", self.persons()), *([have] if have else [])]
        verb = f"died/{'VBN' if have else 'VBD'}/VERB"
        return tree(verb, *parts, *self.where_and_when(), before=len(parts))

    def shot(self) -> Tree:
        """Soldiers shot dead 13 guerrillas near Marn."""
        actor = tree(f"{self.pick(['soldiers', 'troops', 'gunmen', 'police', 'rebels'])}/NNS/NOUN")
        parts = [("xcomp", tree("dead/JJ/ADJ")), ("obj", self.persons()), *self.where_and_when()]
        return tree("shot/VBD/VERB", ("nsubj", actor), *parts, before=1)

    def toll(self) -> Tree:
        """The death toll rose by three to 15 on Friday."""
        before = self.maybe(0.6, "compound", tree("death/NN/NOUN"))
        toll = self.noun("toll", "NN", ("det", tree("the/DT/DET")), before)
        by = self.maybe(0.4, "obl", tree(f"{self.pick(NUMBERS)}/CD/NUM", ("case", tree("by/IN/ADP"))))
        to = ("obl", tree(f"{self.pick(NUMBERS)}/CD/NUM", ("case", tree("to/IN/ADP"))))
        has = self.maybe(0.3, "aux", tree("has/VBZ/AUX"))
        verb = self.pick([("rose", "risen"), ("climbed", "climbed"), ("jumped", "jumped"), ("fell", "fallen")])
        parts = [("nsubj", toll), *([has] if has else [])]
        word = f"{verb[1]}/VBN/VERB" if has else f"{verb[0]}/VBD/VERB"
        return tree(word, *parts, by, to, self.maybe(0.4, "obl", self.day()), before=len(parts))

    def sentence(self) -> Tree:
        """A clause, alone or in a report."""
        clause = self.pick([self.active, self.active, self.passive, self.died, self.shot, self.toll])()
        verb = f"{self.pick(['said', 'said', 'said', 'reported', 'confirmed', 'announced'])}/VBD/VERB"
        kind = self.chance.random()
        if kind < 0.35:  # ..., the army said on Friday.
            clause.after.append(("punct", tree(",/,/PUNCT")))
            root = tree(verb, ("ccomp", clause), ("nsubj", self.source()), self.maybe(0.4, "obl", self.day()), before=2)
        elif kind < 0.45:  # ..., police told Velna Radio.
            clause.after.append(("punct", tree(",/,/PUNCT")))
            whom = tree(f"{self.pick(PLACES)}/NNP/PROPN")
            radio = tree(f"{self.pick(['Radio', 'News', 'Times'])}/NNP/PROPN", ("compound", whom))
            root = tree("told/VBD/VERB", ("ccomp", clause), ("nsubj", self.source()), ("iobj", radio), before=2)
        elif kind < 0.65:  # The army said that ...
            that = self.maybe(0.5, "mark", tree("that/IN/SCONJ"))
            clause.before = [*([that] if that else []), *clause.before]
            root = tree(verb, ("nsubj", self.source()), ("ccomp", clause), before=1)
        elif kind < 0.75:  # ..., according to the army.
            marks = [("punct", tree(",/,/PUNCT")), ("case", tree("according/VBG/VERB", ("fixed", tree("to/IN/ADP")), before=0))]
            told = self.source()
            told.before = [*marks, *told.before]
            clause.after.append(("obl", told))
            root = clause
        else:
            root = clause
        root.after.append(("punct", tree("././PUNCT")))
        return root


def invented(count: int, seed: int) -> Iterator[Sentence]:
    """Yields sentences of the grammar with their trees."""
    grammar = Grammar(seed)
    for number in range(count):
        made = flat(grammar.sentence())
        following = [node.text for node, _, _ in made[1:]] + [""]
        rows = [row for row, after in zip(made, following, strict=True) if row[0].text != "," or after not in (",", ".")]
        order = {id(node): at for at, (node, _, _) in enumerate(rows)}
        text, words = "", []
        for at, (node, head, relation) in enumerate(rows):
            gap = "" if at == 0 or node.text in ",." else " "
            form = node.text[0].upper() + node.text[1:] if at == 0 else node.text
            start = len(text) + len(gap)
            text += gap + form
            words.append(
                Word(
                    text=form,
                    start=start,
                    end=start + len(form),
                    lemma="_",
                    pos=node.pos,
                    tag=node.tag,
                    head=order[id(head)],
                    relation=relation,
                )
            )
        yield Sentence(id=f"invented-{number}", text=text, words=tuple(words), mentions=None)
