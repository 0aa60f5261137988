"""Trees of words, from which sentences are made: a word with what hangs on it, before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.syntax.conllu import Mention, Sentence, Word

Dependent = tuple[str, "Tree"]
"""A relation and the word that hangs by it."""

OPENING, CLOSING = "``", "''"
"""Penn tags of the two quotation marks."""
CLOSE_TO_THE_LAST = frozenset([",", ".", ":", ";", ")", "'s", "%"])
CLOSE_TO_THE_NEXT = frozenset(["(", "$"])


@dataclass(eq=False)
class Tree:
    """A word with what hangs on it.

    `name` is the name that it is a word of; `glued`, where it is known, says whether no blank stands before it.
    """

    text: str
    tag: str
    pos: str
    before: list[Dependent] = field(default_factory=list)
    after: list[Dependent] = field(default_factory=list)
    name: Name | None = None
    glued: bool | None = None


@dataclass(eq=False)
class Name:
    """A name of a person, an organization or a place: `kind` as in the treebank's mentions."""

    kind: str


Row = tuple[Tree, Tree, str]
"""A word, its head and its relation."""


def tree(word: str, *others: Dependent | None, before: int = 99) -> Tree:
    """Returns a word, written `text/TAG/POS`, with those that hang on it: the first `before` of them stand before it."""
    text, tag, pos = word.rsplit("/", 2)
    made = [one for one in others[:before] if one], [one for one in others[before:] if one]
    return Tree(text, tag, pos, *made)


def named(kind: str, root: Tree) -> Tree:
    """Returns the tree with its words marked as one name."""
    name = Name(kind)
    for node, _, _ in flat(root):
        node.name = name
    return root


def flat(root: Tree) -> list[Row]:
    """Returns the words in their order, each with its head and relation."""
    out: list[Row] = []

    def walk(node: Tree, head: Tree, relation: str) -> None:
        for name, child in node.before:
            walk(child, node, name)
        out.append((node, head, relation))
        for name, child in node.after:
            walk(child, node, name)

    walk(root, root, "root")
    return out


def planted(sentence: Sentence) -> Tree | None:
    """Returns a sentence of a treebank as a tree, or `None` where its branches cross."""
    words = sentence.words
    nodes = [Tree(word.text, word.tag, word.pos) for word in words]
    for at, (word, node) in enumerate(zip(words, nodes, strict=True)):
        node.glued = at > 0 and words[at - 1].end == word.start
        if word.head != at:
            side = nodes[word.head].before if at < word.head else nodes[word.head].after
            side.append((word.relation, node))
    roots = [node for at, node in enumerate(nodes) if words[at].head == at]
    in_order = len(roots) == 1 and [row[0] for row in flat(roots[0])] == nodes
    return roots[0] if in_order else None


def sentence(root: Tree, number: str, *, names: bool = True) -> Sentence:
    """Returns a tree as a sentence; `names` says whether all its names are marked."""
    rows = printed(flat(root))
    order = {id(node): at for at, (node, _, _) in enumerate(rows)}
    text, words, last = "", [], ""
    for at, (node, head, relation) in enumerate(rows):
        gap = "" if at == 0 or close(node, last) else " "
        form = node.text[0].upper() + node.text[1:] if begins(rows, at) else node.text
        start = len(text) + len(gap)
        text += gap + form
        last = OPENING if node.tag == OPENING else node.text
        place = {"start": start, "end": start + len(form), "head": order[id(head)]}
        words.append(Word(text=form, lemma="_", pos=node.pos, tag=node.tag, relation=relation, **place))
    return Sentence(id=number, text=text, words=tuple(words), mentions=tuple(mentions(rows)) if names else None)


def printed(rows: list[Row]) -> list[Row]:
    """Returns the words without commas that no text has: before a stop, another comma or the sentence's first word."""
    kept: list[Row] = []
    for row in reversed(rows):
        follows = kept[-1][0] if kept else None
        if row[0].text == "," and (follows is None or follows.text in (",", ".", ":", ";", ")")):
            continue
        kept.append(row)
    kept.reverse()
    return kept[1:] if kept[0][0].text == "," else kept


def begins(rows: list[Row], at: int) -> bool:
    """Says whether a word stands at the beginning of the sentence or of a quotation's sentence."""
    return (
        at == 0
        or (at == 1 and rows[0][0].tag == OPENING)
        or (at > 1 and rows[at - 1][0].tag == OPENING and rows[at - 2][0].text in (",", ":"))
    )


def close(node: Tree, last: str) -> bool:
    """Says whether no blank stands between a word and the one before it."""
    if node.tag == CLOSING or node.text in CLOSE_TO_THE_LAST or last == OPENING or last in CLOSE_TO_THE_NEXT:
        return True
    return bool(node.glued)


def mentions(rows: list[Row]) -> Iterable[Mention]:
    """Yields the names among the words."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    kinds: dict[int, str] = {}
    for at, (node, _, _) in enumerate(rows):
        if node.name is not None:
            key = id(node.name)
            first.setdefault(key, at)
            last[key] = at
            kinds[key] = node.name.kind
    for key, kind in kinds.items():
        yield Mention(first=first[key], last=last[key], kind=kind)


def stopped(root: Tree) -> Tree:
    """Returns the tree with a stop behind it, where neither a stop nor a mark ends it already."""
    if flat(root)[-1][0].text not in (".", '"'):
        root.after.append(("punct", tree("././PUNCT")))
    return root
