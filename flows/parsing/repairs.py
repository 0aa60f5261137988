"""What a parse cannot be by its own tags and relations, made what it can be."""

from __future__ import annotations

from collections.abc import Sequence

PAST_AND_PRESENT = ("VBD", "VBZ", "VBP")
"""Penn tags of finite verbs."""

MOST_CAPITALS = 0.6
"""The share of words with a capital from which a sentence is a headline, whose capitals say nothing."""


def repair(words: Sequence[str], poses: list[str], tags: list[str], heads: list[int], relations: list[str]) -> None:
    """Changes the columns of a sentence's parse in place; `heads` are numbers of words, a root's is its own.

    A parser tells tags and relations apart, so that they may gainsay each other. Where they do, the relations of a whole
    phrase say more than the tag of a word.
    """
    _main_verb(poses, tags, heads, relations)
    for number in _verbs(words, poses, heads, relations):
        poses[number], tags[number] = "VERB", "VBD"
    for number in _names(words, poses):
        poses[number], tags[number] = "PROPN", "NNP"


def _main_verb(poses: Sequence[str], tags: list[str], heads: list[int], relations: list[str]) -> None:
    """Makes a participle on the noun of a sentence its verb, where a finite verb is joined to it.

    `The minister promised to build houses and warned that …` is no promised minister.
    """
    joined = {
        head
        for head, relation, tag in zip(heads, relations, tags, strict=True)
        if relation == "conj" and tag in PAST_AND_PRESENT
    }
    for verb in sorted(joined):
        noun = heads[verb]
        if relations[verb] != "acl" or tags[verb] != "VBN" or heads[noun] != noun or poses[noun] not in ("NOUN", "PROPN"):
            continue
        tags[verb], heads[verb], relations[verb] = "VBD", verb, relations[noun]
        heads[noun], relations[noun] = verb, "nsubj"
        for other in range(verb + 1, len(heads)):
            if heads[other] == noun:
                heads[other] = verb


def _verbs(words: Sequence[str], poses: Sequence[str], heads: Sequence[int], relations: Sequence[str]) -> list[int]:
    """The words tagged as adjectives or nouns that stand as verbs: with a subject, no copula, and an object or an -ed."""
    having: dict[str, set[int]] = {"nsubj": set(), "cop": set(), "obj": set()}
    for head, relation in zip(heads, relations, strict=True):
        if relation in having:
            having[relation].add(head)
    return [
        number
        for number in sorted(having["nsubj"] - having["cop"])
        if poses[number] in ("ADJ", "NOUN") and (number in having["obj"] or words[number].endswith("ed"))
    ]


def _names(words: Sequence[str], poses: Sequence[str]) -> list[int]:
    """The words tagged as nouns that are names by their capital inside a sentence: the Rafah of `crammed into Rafah`."""
    letters = [word for word in words if word[:1].isalpha()]
    capitals = sum(word[0].isupper() for word in letters)
    if capitals > MOST_CAPITALS * len(letters):
        return []
    return [
        number
        for number in range(1, len(words))
        if poses[number] == "NOUN" and words[number][:1].isupper() and words[number - 1][-1:].isalpha()
    ]
