"""The sentences that the pipeline is trained on beside the treebanks: each is one tree over its text."""

import pytest

from bench.syntax.conllu import Sentence, read_sentences
from bench.syntax.invented import enriched, invented
from bench.syntax.invented.trees import planted, sentence

ROWS = """\
# sent_id = one
# text = The old bridge isn't safe, and "we" saw it fall.
1 The the DET DT _ 3 det
2 old old ADJ JJ _ 3 amod
3 bridge bridge NOUN NN _ 6 nsubj
4 is be AUX VBZ _ 6 cop
5 n't not PART RB _ 6 advmod
6 safe safe ADJ JJ _ 0 root
7 , , PUNCT , _ 12 punct
8 and and CCONJ CC _ 12 cc
9 " " PUNCT `` _ 10 punct
10 we we PRON PRP _ 12 nsubj
11 " " PUNCT '' _ 10 punct
12 saw see VERB VBD _ 6 conj
13 it it PRON PRP _ 12 obj
14 fall fall VERB VB _ 12 xcomp
15 . . PUNCT . _ 6 punct

# sent_id = two
# text = The miners of Torvik left the shaft before noon.
1 The the DET DT _ 2 det
2 miners miner NOUN NNS _ 5 nsubj
3 of of ADP IN _ 4 case
4 Torvik Torvik PROPN NNP _ 2 nmod
5 left leave VERB VBD _ 0 root
6 the the DET DT _ 7 det
7 shaft shaft NOUN NN _ 5 obj
8 before before ADP IN _ 9 case
9 noon noon NOUN NN _ 5 obl
10 . . PUNCT . _ 5 punct
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Sentence]:
    """Two sentences of our own as a treebank holds them."""
    path = tmp_path_factory.mktemp("treebank") / "own.conllu"
    path.write_text(
        "\n".join(line if line.startswith("#") else line.replace(" ", "\t") for line in ROWS.splitlines()) + "\n\n", "utf-8"
    )
    return list(read_sentences(path))


def check(one: Sentence) -> None:
    """Fails where the words do not lie in the text one after another under one root, or the text is not one that is printed."""
    assert all(one.text[word.start : word.end] == word.text for word in one.words)
    assert all(before.end <= after.start for before, after in zip(one.words, one.words[1:], strict=False))
    assert sum(word.head == at for at, word in enumerate(one.words)) == 1
    assert planted(one) is not None, "branches cross"
    assert one.text.endswith((".", '."'))
    assert one.text[0] in '"0123456789' or one.text[0].isupper()
    assert not any(wrong in one.text for wrong in (" ,", ",,", ", .", " .", ",.", "..", '" ,'))


def test_every_invented_sentence_is_one_tree_over_its_text() -> None:
    made = list(invented(600, 5))
    for one in made:
        check(one)
    assert len({one.text for one in made}) == 600


def test_the_same_seed_makes_the_same_sentences_and_another_others() -> None:
    assert list(invented(20, 5)) == list(invented(20, 5))
    assert list(invented(20, 5)) != list(invented(20, 6))


def test_names_are_marked_on_proper_nouns_and_what_joins_them() -> None:
    named = [(one, mention) for one in invented(300, 5) for mention in one.mentions or ()]
    assert {mention.kind for _, mention in named} == {"person", "place", "organization"}
    for one, mention in named:
        assert {word.pos for word in one.words[mention.first : mention.last + 1]} <= {"PROPN", "ADP"}
        assert one.words[mention.first].pos == one.words[mention.last].pos == "PROPN"


def test_a_sentence_of_a_treebank_comes_back_from_its_tree(written: list[Sentence]) -> None:
    for one in written:
        root = planted(one)
        assert root is not None
        again = sentence(root, one.id)
        assert again.text == one.text
        assert [(word.text, word.head, word.relation) for word in again.words] == [
            (word.text, word.head, word.relation) for word in one.words
        ]


def test_what_is_put_into_a_sentence_leaves_its_words_in_their_order(written: list[Sentence]) -> None:
    made = list(enriched(written[1:], 100, 5))
    for one in made:
        check(one)
        words = iter(word.text.lower() for word in one.words)
        assert all(word.text.lower() in words for word in written[1].words[:-1]), one.text
        assert one.mentions is None
    assert any(" said" in one.text for one in made) and any("which" in one.text for one in made)


def test_only_sentences_that_state_something_are_enriched(written: list[Sentence]) -> None:
    assert {"miners" in one.text for one in enriched(written, 40, 5)} == {True}
    with pytest.raises(ValueError, match="none of 1 sentences"):
        next(enriched(written[:1], 1, 5))
