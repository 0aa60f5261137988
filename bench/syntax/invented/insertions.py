"""What news puts into a sentence, put into sentences of the treebanks: reports, relative clauses, offices, consequences.

A report around a sentence that somebody wrote teaches where a report begins and ends whatever the words are; a
made sentence of a few hundred words does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.syntax.conllu import Sentence
from bench.syntax.invented.reports import Reports
from bench.syntax.invented.trees import Tree, planted, sentence, stopped

LONGEST = 30
"""Words of a sentence that something is put into."""
FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])


def enriched(sentences: list[Sentence], count: int, seed: int) -> Iterator[Sentence]:
    """Yields so many sentences of the treebanks with something put into each. Their names are not marked.

    `ValueError` where none of the sentences states something.
    """
    reports = Reports(seed)
    stating = [one for one in sentences if told(one)]
    if not stating:
        raise ValueError(f"none of {len(sentences)} sentences states something that could be reported")
    roots = filter(None, map(told, reports.chance.choices(stating, k=count)))
    for made, root in enumerate(roots):
        put_in(reports, root)
        whole = reports.report(root) if reports.chance.random() < 0.6 else root
        yield sentence(stopped(whole), f"enriched-{made}", names=False)


def told(one: Sentence) -> Tree | None:
    """Returns the tree of a sentence that states something, without its stop, or `None` where it does not."""
    words = one.words
    if not 4 <= len(words) <= LONGEST or words[-1].text != "." or any(word.text in '"()“”:;' for word in words):
        return None
    root = planted(one)
    if root is None or root.pos != "VERB" or not root.after or root.after[-1][1].text != ".":
        return None
    subjects = [node for relation, node in root.before if relation in ("nsubj", "nsubj:pass")]
    finite = root.tag in FINITE or any(node.tag in FINITE for relation, node in root.before if relation.startswith("aux"))
    if not subjects or not finite or any(relation in ("cc", "discourse", "parataxis") for relation, _ in root.before):
        return None
    root.after.pop()
    first = first_word(root)
    if first.pos != "PROPN" and first.text != "I":
        first.text = first.text[0].lower() + first.text[1:]
    return root


def first_word(root: Tree) -> Tree:
    while root.before:
        root = root.before[0][1]
    return root


def put_in(reports: Reports, root: Tree) -> None:
    """Puts into it, by chance, a relative clause or an office behind its subject, a place, a day, or a consequence."""
    kind = reports.chance.random()
    for relation, node in root.before:
        if relation in ("nsubj", "nsubj:pass") and not any(name.startswith(("acl", "appos", "conj")) for name, _ in node.after):
            if node.pos == "NOUN" and kind < 0.4:
                reports.subject(node)
            elif node.pos == "PROPN" and kind < 0.3:
                office = reports.office()
                node.after += [reports.comma(), ("appos", office), reports.comma()]
    if kind < 0.15:
        root.after += [reports.comma(), ("advcl", reports.killing())]
    elif kind > 0.8:
        root.after += [one for one in reports.where_and_when() if one]
    elif kind > 0.7:
        root.after.append(("advcl", reports.when_it()))
