"""Clauses of the invented sentences: what befell whom and what, money and votes."""

from __future__ import annotations

from collections.abc import Callable

from bench.syntax.invented import words
from bench.syntax.invented.tolls import Tolls
from bench.syntax.invented.trees import Dependent, Tree, tree


class Clauses(Tolls):
    """Makes clauses by chance."""

    def active(self) -> Tree:
        """A bomb killed 26 people and wounded 19 others on Tuesday."""
        second = None
        if self.chance.random() < 0.5:
            more = self.persons("others") if self.chance.random() < 0.6 else self.number()
            verb = self.pick(["wounded", "injured", "hurt", "displaced", "trapped", "left"])
            more_after = [("xcomp", tree(f"{self.pick(['homeless', 'dead', 'injured'])}/JJ/ADJ"))] if verb == "left" else []
            second = ("conj", tree(f"{verb}/VBD/VERB", ("cc", tree("and/CC/CCONJ")), ("obj", more), *more_after, before=1))
        verb = self.pick(words.HARM).split(":")[0]
        whom = ("obj", self.persons() if self.chance.random() < 0.8 else self.counted(self.pick(words.THINGS)))
        return tree(f"{verb}/VBD/VERB", ("nsubj", self.subject(self.cause())), whom, second, *self.where_and_when(), before=1)

    def passive(self) -> Tree:
        """Six men were killed and 19 others wounded in Marn; some were not."""
        no = self.maybe(0.1, "advmod", tree("not/RB/PART"))
        form = self.pick(
            [["were/VBD/AUX"], ["were/VBD/AUX"], ["have/VBP/AUX", "been/VBN/AUX"], ["had/VBD/AUX", "been/VBN/AUX"]]
        )
        auxes: list[Dependent] = [("aux:pass" if at == len(form) - 1 else "aux", tree(one)) for at, one in enumerate(form)]
        parts: list[Dependent | None] = [("nsubj:pass", self.persons()), *auxes[:1], *([no] if no else []), *auxes[1:]]
        second = None
        if self.chance.random() < 0.4:
            verb = self.pick(["wounded", "injured", "missing"])
            tag, relation = ("JJ/ADJ", "nsubj") if verb == "missing" else ("VBN/VERB", "nsubj:pass")
            more = self.persons("others") if self.chance.random() < 0.6 else self.bare_number()
            second = ("conj", tree(f"{verb}/{tag}", ("cc", tree("and/CC/CCONJ")), (relation, more)))
        actor = self.noun(self.pick(["troops", "gunmen", "rebels", "air/strikes", "shelling"]), "NNS", self.case("by"))
        agent = self.maybe(0.25, "obl:agent", actor)
        when = ("advcl", self.when_it()) if self.chance.random() < 0.25 else None
        rest = [second, when] if when else [*self.where_and_when(), second]
        return tree(f"{self.pick(words.HARMED)}/VBN/VERB", *parts, agent, *rest, before=len(parts))

    def when_it(self) -> Tree:
        """`when a bus plunged into a ravine`, `after a fire swept through a factory`."""
        mark = self.pick([("advmod", tree("when/WRB/ADV")), ("mark", tree("after/IN/SCONJ")), ("mark", tree("as/IN/SCONJ"))])
        it = self.pick(words.VEHICLES + words.CAUSES)
        who = self.noun(it, "NN", self.article(it))
        if self.chance.random() < 0.5:
            verb = f"{self.pick(words.HAPPENED)}/VBD/VERB"
            return tree(
                verb,
                mark,
                ("nsubj", who),
                ("obl", self.thing("into", "near", "in", "through")),
                *self.where_and_when(),
                before=2,
            )
        return tree(
            f"{self.pick(words.STRUCK)}/VBD/VERB",
            mark,
            ("nsubj", who),
            ("obj", self.struck()),
            *self.where_and_when(),
            before=2,
        )

    def died(self) -> Tree:
        """Fourteen people have died, of the 52 on board 38 died."""
        have = self.maybe(0.5, "aux", tree("have/VBP/AUX"))
        parts: list[Dependent] = [("nsubj", self.persons()), *([have] if have else [])]
        verbs = [("died", "died"), ("fled", "fled"), ("survived", "survived"), ("drowned", "drowned")]
        verb = self.pick(verbs)[1 if have else 0] + ("/VBN/VERB" if have else "/VBD/VERB")
        home = ("obj", tree("homes/NNS/NOUN", ("nmod:poss", tree("their/PRP$/PRON")))) if verb.startswith("fled") else None
        since = (
            ("obl", tree(f"{self.pick(words.MONTHS)}/NNP/PROPN", self.case("since", "in")))
            if self.chance.random() < 0.2
            else None
        )
        return tree(verb, *parts, home, *self.where_and_when(), since, before=len(parts))

    def shot(self) -> Tree:
        """Soldiers shot dead 13 guerrillas near Marn; troops killed six rebels."""
        actor = tree(f"{self.pick(['soldiers', 'troops', 'gunmen', 'police', 'rebels', 'forces', 'militants'])}/NNS/NOUN")
        verb = self.pick(["shot", "killed", "arrested", "captured", "freed", "rescued", "seized"])
        dead = ("xcomp", tree("dead/JJ/ADJ")) if verb == "shot" else None
        return tree(f"{verb}/VBD/VERB", ("nsubj", actor), dead, ("obj", self.persons()), *self.where_and_when(), before=1)

    def accident(self) -> Tree:
        """A bus carrying 45 passengers plunged into a ravine, killing 17 and injuring 20 others."""
        bus = self.noun(self.pick(words.VEHICLES), "NN", ("det", tree("a/DT/DET")))
        if self.chance.random() < 0.5:
            bus.after.append(("acl", tree("carrying/VBG/VERB", ("obj", self.persons()), before=0)))
        where = ("obl", self.thing("into", "in", "near", "off"))
        tail = [self.comma(), ("advcl", self.killing())] if self.chance.random() < 0.7 else []
        return tree(f"{self.pick(words.HAPPENED)}/VBD/VERB", ("nsubj", bus), where, *self.where_and_when(), *tail, before=1)

    def killing(self) -> Tree:
        """`killing 17 people and injuring 20 others`, `bringing the toll to 31`, `leaving 8,000 homeless`."""
        kind = self.chance.random()
        if kind < 0.25:
            verb = self.pick(["bringing", "raising", "taking", "pushing"])
            to = self.bare_number()
            to.before = [self.case("to")]
            return tree(f"{verb}/VBG/VERB", ("obj", self.toll_noun()), ("obl", to), before=0)
        if kind < 0.4:
            state = self.pick(["homeless/JJ/ADJ", "dead/JJ/ADJ", "wounded/JJ/ADJ", "stranded/JJ/ADJ"])
            return tree("leaving/VBG/VERB", ("obj", self.persons()), ("xcomp", tree(state)), before=0)
        second = self.persons("others") if self.chance.random() < 0.7 else self.number()
        more = tree(f"{self.pick(words.HARM).split(':')[1]}/VBG/VERB", ("cc", tree("and/CC/CCONJ")), ("obj", second), before=1)
        return tree(
            f"{self.pick(words.HARM).split(':')[1]}/VBG/VERB", ("obj", self.persons()), self.maybe(0.6, "conj", more), before=0
        )

    def things(self) -> Tree:
        """The storm destroyed 1,200 homes and left 8,000 people homeless; 19 bridges were damaged."""
        what = self.counted(self.pick(words.THINGS))
        if self.chance.random() < 0.4:
            parts: list[Dependent] = [("nsubj:pass", what), ("aux:pass", tree("were/VBD/AUX"))]
            return tree(
                f"{self.pick(['damaged', 'destroyed', 'burned', 'looted', 'closed'])}/VBN/VERB",
                *parts,
                *self.where_and_when(),
                before=2,
            )
        left = tree(
            "left/VBD/VERB", ("cc", tree("and/CC/CCONJ")), ("obj", self.persons()), ("xcomp", tree("homeless/JJ/ADJ")), before=1
        )
        verb = f"{self.pick(words.STRUCK)}/VBD/VERB"
        return tree(
            verb,
            ("nsubj", self.subject(self.cause())),
            ("obj", what),
            self.maybe(0.5, "conj", left),
            *self.where_and_when(),
            before=1,
        )

    def sheltering(self) -> Tree:
        """Some 300 families were sheltering in schools; 2,000 people remain missing."""
        if self.chance.random() < 0.5:
            verb = self.pick(["sheltering", "living", "waiting", "staying", "demonstrating"])
            return tree(
                f"{verb}/VBG/VERB",
                ("nsubj", self.persons()),
                ("aux", tree("were/VBD/AUX")),
                ("obl", self.thing("in", "at", "outside")),
                *self.where_and_when(),
                before=2,
            )
        state = tree(f"{self.pick(['missing', 'homeless', 'trapped', 'hospitalised'])}/JJ/ADJ")
        verb = self.pick(["remain/VBP/VERB", "remained/VBD/VERB", "were/VBD/AUX"])
        if verb.endswith("AUX"):
            state.before = [("nsubj", self.persons()), ("cop", tree(verb))]
            return state
        return tree(
            verb, ("nsubj", self.persons()), self.maybe(0.4, "advmod", tree("still/RB/ADV")), ("xcomp", state), before=1
        )

    def business(self) -> Tree:
        """The company reported a profit of $1.5 billion; the government allocated 12 million marks for repairs."""
        money = self.money()
        if self.chance.random() < 0.5:
            money.before = [self.case("of"), *money.before]
            what = self.noun(self.pick(["profit", "loss", "net/profit", "revenue", "deficit"]), "NN", ("det", tree("a/DT/DET")))
            what.after.append(("nmod", money))
        else:
            what = money
        aim = self.maybe(
            0.5, "obl", self.noun(self.pick(["repairs", "aid", "schools", "victims"]), "NNS", self.case("for", "to"))
        )
        verb = self.pick(["reported", "allocated", "spent", "pledged", "lost", "raised"])
        return tree(
            f"{verb}/VBD/VERB",
            ("nsubj", self.body()),
            ("obj", what),
            aim,
            self.day() if self.chance.random() < 0.3 else None,
            before=1,
        )

    def vote(self) -> Tree:
        """The party won 64 of the 120 seats in parliament; 52 percent of voters backed the plan."""
        if self.chance.random() < 0.5:
            seats = tree("seats/NNS/NOUN", self.case("of"), self.the(), ("nummod", self.bare_number()))
            return tree(
                "won/VBD/VERB",
                ("nsubj", self.body()),
                ("obj", tree(f"{self.pick(words.NUMBERS)}/CD/NUM", ("nmod", seats), before=0)),
                *self.where_and_when(),
                before=1,
            )
        of = tree(f"{self.pick(['voters', 'households', 'workers', 'children', 'farmers'])}/NNS/NOUN", self.case("of"))
        share = tree("percent/NN/NOUN", ("nummod", self.number()), ("nmod", of), before=1)
        verb = self.pick(["backed", "rejected", "needed", "lacked", "lost"])
        return tree(f"{verb}/VBD/VERB", ("nsubj", share), ("obj", self.noun("plan", "NN", self.the())), before=1)

    def clause(self) -> Tree:
        """Any of them."""
        makers: list[Callable[[], Tree]] = [
            self.active,
            self.active,
            self.passive,
            self.passive,
            self.died,
            self.shot,
            self.accident,
        ]
        makers += [self.toll, self.toll, self.things, self.sheltering, self.business, self.vote]
        made = self.pick(makers)()
        if self.chance.random() < 0.08:  # On Tuesday, ...; in Marn, ...
            relation, first = self.day() if self.chance.random() < 0.5 else ("obl", self.place("in"))
            made.before = [(relation, first), self.comma(), *made.before]
        return made
