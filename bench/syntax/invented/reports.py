"""Reports of the invented sentences: who says a clause, in which order, with which marks, when and to whom."""

from __future__ import annotations

from bench.syntax.invented import words
from bench.syntax.invented.clauses import Clauses
from bench.syntax.invented.trees import CLOSING, OPENING, Dependent, Tree, tree


class Reports(Clauses):
    """Makes reports of a clause by chance. The clause may come from a treebank."""

    def said(self, *choices: str) -> str:
        return f"{self.pick(choices or words.SAID)}/VBD/VERB"

    def speaker(self) -> Dependent:
        """Who says it; some have a participle behind them: `, citing a source in the ministry,`."""
        who = self.source()
        if who.pos == "NOUN" and self.chance.random() < 0.1:
            source = tree("source/NN/NOUN", ("det", tree("a/DT/DET")), ("nmod", self.thing("in", "at")), before=1)
            who.after += [self.comma(), ("acl", tree("citing/VBG/VERB", ("obj", source), before=0)), self.comma()]
        return ("nsubj", who)

    def circumstances(self) -> list[Dependent | None]:
        """When, how and where it was said: `on Monday`, `in a statement`, `by phone`, `at a news conference in Marn`."""
        out: list[Dependent | None] = [self.day()] if self.chance.random() < 0.35 else []
        kind = self.chance.random()
        if kind < 0.12:
            noun = self.pick(["statement", "report", "post", "letter", "interview", "message"])
            out.append(("obl", self.noun(noun, "NN", self.case("in"), self.article(noun))))
        elif kind < 0.18:
            meeting = self.noun(
                self.pick(["news/conference", "briefing", "press/conference"]), "NN", self.case("at"), ("det", tree("a/DT/DET"))
            )
            meeting.after = [("nmod", self.place("in"))] if self.chance.random() < 0.4 else []
            out.append(("obl", meeting))
        elif kind < 0.24:
            out.append(("advmod", tree(f"{self.pick(['earlier', 'later', 'separately', 'repeatedly', 'recently'])}/RB/ADV")))
        return out

    def told(self) -> tuple[str, Dependent]:
        """`told` with whom: `told reporters`, `told Velna Radio`, `told a news agency`."""
        kind = self.chance.random()
        if kind < 0.4:
            whom = tree(f"{self.pick(['reporters', 'journalists', 'lawmakers', 'parliament', 'us'])}/NNS/NOUN")
        elif kind < 0.8:
            whom = self.proper(self.pick(words.PRESS), ("compound", self.proper(words.made_up(self.chance))))
        else:
            whom = self.proper(self.pick(["AFP", "Reuters", "DW", "AP", "CNN"]))
        return "told/VBD/VERB", ("iobj", whom)

    def report(self, clause: Tree) -> Tree:
        """Returns the clause in a report of one of many forms."""
        kind = self.chance.random()
        if kind < 0.3:
            return self.behind(clause)
        if kind < 0.55:
            return self.in_front(clause)
        if kind < 0.65:
            return self.according(clause)
        if kind < 0.85:
            return self.quoted(clause)
        return self.in_the_middle(clause)

    def behind(self, clause: Tree) -> Tree:
        """`..., the army said on Friday`, `..., said Anna Reyes, head of the agency`, `..., police told Velna Radio`."""
        clause.after.append(self.comma())
        if self.chance.random() < 0.25:
            verb, whom = self.told()
            return tree(verb, ("ccomp", clause), self.speaker(), whom, *self.circumstances(), before=2)
        return self.speech(clause)

    def speech(self, clause: Tree) -> Tree:
        """A verb of saying behind what is said, its subject before or behind it."""
        verb = self.said()
        if self.chance.random() < 0.4:
            relation, who = self.speaker()
            if who.pos != "PRON":
                return tree(verb, ("ccomp", clause), (relation, who), *self.circumstances(), before=1)
            return tree(verb, ("ccomp", clause), (relation, who), before=2)
        return tree(verb, ("ccomp", clause), self.speaker(), *self.circumstances(), before=2)

    def in_front(self, clause: Tree) -> Tree:
        """`The army said on Monday that ...`, `police told reporters ...`, `she denied that ... and said that ...`."""
        that = self.maybe(0.6, "mark", tree("that/IN/SCONJ"))
        clause.before = [*([that] if that else []), *clause.before]
        clause.after = [one for one in clause.after if one[1].text != "."]
        if self.chance.random() < 0.1:
            second = self.clause()
            second.before = [("cc", tree("and/CC/CCONJ")), ("mark", tree("that/IN/SCONJ")), *second.before]
            clause.after.append(("conj", second))
        if self.chance.random() < 0.25:
            verb, whom = self.told()
            return tree(verb, self.speaker(), whom, *self.circumstances(), ("ccomp", clause), before=1)
        verb = self.said(*words.SAID, *words.CLAIMED)
        early = self.maybe(0.08, "advmod", tree(f"{self.pick(['earlier', 'later', 'also', 'previously'])}/RB/ADV"))
        first = [self.speaker(), *([early] if early else [])]
        return tree(verb, *first, *self.circumstances(), ("ccomp", clause), before=len(first))

    def according(self, clause: Tree) -> Tree:
        """`..., according to the army`; `According to police, ...`."""
        to = ("case", tree("according/VBG/VERB", ("fixed", tree("to/IN/ADP")), before=0))
        told = self.source()
        if told.pos == "PRON":
            told = self.body()
        if self.chance.random() < 0.4:
            told.before = [to, *told.before]
            clause.before = [("obl", told), self.comma(), *clause.before]
            return clause
        told.before = [self.comma(), to, *told.before]
        clause.after.append(("obl", told))
        return clause

    def quoted(self, clause: Tree) -> Tree:
        """`"...," said Anna Reyes, a teacher`; `Anna Reyes said: "..."`; `"...," she told AFP`."""
        opening: Dependent = ("punct", tree(f'"/{OPENING}/PUNCT'))
        closing: Dependent = ("punct", tree(f'"/{CLOSING}/PUNCT'))
        clause.before = [opening, *clause.before]
        if self.chance.random() < 0.25:
            clause.after = [*clause.after, ("punct", tree("././PUNCT")), closing]
            mark = ("punct", tree(self.pick([":/:/PUNCT", ",/,/PUNCT"])))
            clause.before = [mark, *clause.before]
            return tree(self.said(), self.speaker(), *self.circumstances(), ("ccomp", clause), before=1)
        clause.after += [("punct", Tree(",", ",", "PUNCT", glued=True)), closing]
        if self.chance.random() < 0.2:
            verb, whom = self.told()
            return tree(verb, ("ccomp", clause), self.speaker(), whom, *self.circumstances(), before=2)
        return self.speech(clause)

    def in_the_middle(self, clause: Tree) -> Tree:
        """`The blast, police said, killed 17 people`: the report stands behind the clause's subject."""
        places = [
            at
            for at, (relation, node) in enumerate(clause.before)
            if relation in ("nsubj", "nsubj:pass") and node.pos in ("NOUN", "PROPN")
        ]
        if not places:
            return self.behind(clause)
        said = tree(self.said("said", "added", "reported"), ("nsubj", self.source()), before=1)
        said.before = [self.comma(), *said.before]
        said.after.append(self.comma())
        at = places[-1] + 1
        clause.before = [*clause.before[:at], ("parataxis", said), *clause.before[at:]]
        return clause
