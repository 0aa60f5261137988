"""The parser over the shipped pipeline: spans, trees, what is chosen, the same parse however it is asked, and its errors."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path

import numpy
import pytest

from copydesk.flows.parsing import spacy_parser
from copydesk.flows.parsing.cutting import Cutter
from copydesk.flows.parsing.greedy import annotated
from copydesk.flows.parsing.pipelines import pipeline
from copydesk.flows.parsing.repairs import repair
from copydesk.flows.parsing.spacy_parser import load_parser
from copydesk.flows.parsing.word_vectors import remember_words
from copydesk.flows.settings import load_settings
from copydesk.flows.wiring import parser, rule_set, rules
from copydesk.flows.workers.guard import load_rules
from copydesk.transforms.facts.syntax import Parse
from copydesk.transforms.pipeline import outdated
from copydesk.warehouse.errors import PermanentError

DOCUMENTS = (
    (
        "A car bomb killed 26 people and wounded 19 others on Tuesday, police told Velna Radio.",
        "At least 14 people were not hurt.",
    ),
    ("“We closed the road in time,” said Ada Lund of the fire service.",),
    (
        "TORVIK — Two boats sank.",
        "The board of the harbour said seven bridges fell in the district of Marn.",
        "Nobody was seen.",
        "300 cars an hour cross it.",
    ),
)
"""The sentences of three invented documents."""

SHIPPED = Path(str(files("copydesk.seeds") / "pipeline"))


def parsed(texts: tuple[str, ...]) -> list[Parse]:
    return parser().parse(texts)


def test_a_cut_that_is_remembered_is_the_tokenizers_own() -> None:
    import spacy

    nlp = spacy.load(SHIPPED)
    cutter = Cutter(nlp, remembered=4)
    texts = [
        "They don't, can't and won't: it's $5.3bn (or 10km) — said U.S.-based Lund.",
        "Two\r\nmen  at 5p.m., “No!”",
        ":) a.m. :)",
        "",
    ]
    for text in [*texts, *texts]:
        own, (doc, starts) = nlp.tokenizer(text.replace("“", '"').replace("”", '"').replace("\n", " ")), cutter.cut(text)
        kept = [token for token in own if not token.is_space]
        assert [(token.text, token.norm_, bool(token.whitespace_)) for token in doc] == [
            (token.text, token.norm_, bool(token.whitespace_)) for token in kept
        ]
        assert starts == [token.idx for token in kept]
        assert not any(token.is_sent_start for token in list(doc)[1:])


def test_sentences_are_annotated_as_the_pipeline_itself_does() -> None:
    import spacy

    nlp, own = spacy.load(SHIPPED), spacy.load(SHIPPED)
    remember_words(nlp, most=16)  # fewer than the words of some documents: the table is emptied, and left out
    cutter, theirs = Cutter(nlp, remembered=100), Cutter(own, remembered=100)
    said = ["TAG", "POS", "HEAD", "DEP", "ENT_TYPE", "ENT_IOB"]
    for document in [*DOCUMENTS, ("", "It can't fall."), (" ",), *DOCUMENTS]:
        ours = annotated(nlp, [cutter.cut(text)[0] for text in document])
        piped = own.pipe([theirs.cut(text)[0] for text in document])
        assert [doc.to_array(said).tolist() for doc in ours] == [doc.to_array(said).tolist() for doc in piped]


def test_a_remembered_vector_is_the_layers_own() -> None:
    import spacy

    nlp, own = spacy.load(SHIPPED), spacy.load(SHIPPED)
    remember_words(nlp, most=50)
    layers = [pipe.get_pipe("tok2vec").model.layers[0] for pipe in (nlp, own)]
    assert layers[0].name != layers[1].name
    cutter = Cutter(nlp, remembered=100)
    for document in [*DOCUMENTS, ("They can't, it's 5p.m.", ""), *DOCUMENTS]:
        docs = [cutter.cut(text)[0] for text in document]
        for kept, made in zip(*(layer.predict(docs) for layer in layers), strict=True):
            assert numpy.array_equal(kept, made)


def test_tokens_point_at_their_text_and_every_sentence_is_one_tree() -> None:
    texts = [
        *(text for document in DOCUMENTS for text in document),
        "  Two\nmen \u00a0 said  so\u2009. ",
        "?",
        "Ö, naïve — 10–15km!",
    ]
    for text, parse in zip(texts, parser().parse(texts), strict=True):
        assert [text[token.start : token.end] for token in parse] == [token.text for token in parse]
        assert "".join(token.text for token in parse) == "".join(text.split())
        roots = [number for number, token in enumerate(parse) if token.head == number]
        assert [parse[number].relation for number in roots] == ["root"]
        for number in range(len(parse)):
            assert root_of(parse, number) == roots[0]


def root_of(parse: Parse, number: int) -> int:
    """The root above a token; an error where the heads go round in a circle."""
    for _ in parse:
        if parse[number].head == number:
            return number
        number = parse[number].head
    raise AssertionError("a circle")


def test_a_text_without_words_has_no_tokens() -> None:
    assert parser().parse(["", " \n", "It fell."])[:2] == [(), ()]
    assert parser().parse([]) == []


def test_a_plain_sentence_is_read_right() -> None:
    (parse,) = parsed(("The army killed 26 people in the town, officials said.",))
    by_text = {token.text: token for token in parse}

    def head(word: str) -> str:
        return parse[by_text[word].head].text

    assert (head("army"), by_text["army"].relation) == ("killed", "nsubj")
    assert (head("people"), by_text["people"].relation) == ("killed", "obj")
    assert (head("26"), by_text["26"].relation) == ("people", "nummod")
    assert (head("officials"), by_text["officials"].relation) == ("said", "nsubj")
    assert (by_text["killed"].lemma, by_text["killed"].pos, by_text["killed"].tag) == ("kill", "VERB", "VBD")
    assert (by_text["officials"].lemma, by_text["said"].lemma) == ("official", "say")


@pytest.mark.parametrize(
    ("text", "arcs"),
    [
        (
            "A car bomb killed 26 people and wounded 19 others on Tuesday, police and hospital sources told Velna Radio.",
            "bomb<nsubj<killed people<obj<killed wounded<conj<killed others<obj<wounded Tuesday<obl<killed killed<ccomp<told police<nsubj<told",
        ),
        (
            "Soldiers shot dead 13 guerrillas near the town of Marn, the army said in a statement.",
            "Soldiers<nsubj<shot guerrillas<obj<shot town<obl<shot Marn<nmod<town army<nsubj<said shot<ccomp<said",
        ),
        (
            "The death toll rose by three to 15, a spokesman for the governor said on Friday.",
            "toll<nsubj<rose three<obl<rose 15<obl<rose spokesman<nsubj<said governor<nmod<spokesman Friday<obl<said",
        ),
        (
            "At least 14 people were not killed, the ministry said.",
            "14<nummod<people people<nsubj:pass<killed not<advmod<killed killed<ccomp<said ministry<nsubj<said",
        ),
        (
            "The strike destroyed 40 houses and damaged more than 100 others, according to the mayor.",
            "houses<obj<destroyed damaged<conj<destroyed others<obj<damaged mayor<obl<destroyed according<case<mayor",
        ),
    ],
)
def test_what_a_claim_needs_of_a_sentence_of_news(text: str, arcs: str) -> None:
    (parse,) = parsed((text,))
    found = {f"{token.text}<{token.relation}<{parse[token.head].text}" for token in parse}
    assert set(arcs.split()) - found == set()


@pytest.mark.parametrize("marks", [("“", "”", "’"), ("„", "“", "’"), ("«", "»", "'")])
def test_kinds_of_marks_are_read_alike(marks: tuple[str, str, str]) -> None:
    opened, closed, apostrophe = marks
    plain = '"We don\'t know," said Ada Lund\xa0of Torvik.'
    other = plain.replace('"', opened, 1).replace('"', closed, 1).replace("'", apostrophe).replace("\xa0", " ")

    def shape(text: str) -> list[tuple[object, ...]]:
        return [(t.start, t.end, t.head, t.relation, t.pos, t.tag, t.name) for t in parsed((text,))[0]]

    assert shape(plain) == shape(other)


def test_a_documents_parses_do_not_depend_on_what_was_read_before_or_where() -> None:
    alone = [parsed(document) for document in DOCUMENTS]
    assert [parsed(document) for document in reversed(DOCUMENTS)] == alone[::-1]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(parsed, DOCUMENTS * 2)) == alone * 2


def test_new_words_are_forgotten_once_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_parser, "REMEMBERED", 100)
    reader = load_parser(pipeline())
    vocabulary = reader._nlp.vocab
    reader.parse(["Ada Lund said 14 boats of Torvik sank."])
    for part in range(4):
        reader.parse([f"Zarquon{part}x{number} of Plimsk{part}x{number} sank." for number in range(60)])
        met = {lexeme.text for lexeme in vocabulary if lexeme.text.startswith("Zarquon")}
        assert met == {f"Zarquon{part}x{number}" for number in range(60)}


def test_the_name_of_the_rules_tells_one_pipeline_from_another(tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(SHIPPED, other)
    assert rules(str(other)) == rules()
    with (other / "tok2vec" / "model").open("ab") as file:
        file.write(b"\0")
    pipeline.cache_clear()
    rules.cache_clear()
    changed = rules(str(other))
    assert changed != rules()
    assert changed.split("pipeline-")[0] == rules().split("pipeline-")[0]
    assert outdated(changed, rules(), "facts")
    assert not outdated(changed, rules(), "clean")


def test_a_pipeline_of_the_users_own_is_named_in_the_settings(tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(SHIPPED, own)
    meta = json.loads((own / "meta.json").read_text())
    (own / "meta.json").write_text(json.dumps({**meta, "name": "mine", "version": "2.1"}))
    (tmp_path / "copydesk.toml").write_text('pipeline = "./own"\n')
    settings = load_settings({}, {}, tmp_path / "copydesk.toml")
    assert settings.pipeline == str(own)
    assert load_settings({}, {"COPYDESK_PIPELINE": str(own)}, tmp_path / "none.toml").pipeline == str(own)
    chosen = rule_set(settings.pipeline)
    assert " pipeline-en_mine_2.1_" in chosen.name
    assert chosen == rule_set(str(own))
    assert hash(chosen) == hash(rule_set(str(own)))
    assert parser(str(own)).name == pipeline(str(own)).name
    assert parser(str(own)).parse(DOCUMENTS[0]) == parsed(DOCUMENTS[0])


def test_without_a_setting_the_shipped_pipeline_is_used() -> None:
    assert rule_set(None) == rule_set("") == rule_set()
    assert f"pipeline-{parser().name}" in rule_set().name.split()


@pytest.mark.parametrize("name", ["en_core_web_of_torvik", "json", "/no/such/folder", "a.b", "./x"])
def test_a_pipeline_that_is_not_there_is_named_with_the_remedy(name: str) -> None:
    with pytest.raises(PermanentError, match="neither an installed package nor a folder") as caught:
        _ = rule_set(name).name
    assert repr(name) in str(caught.value)
    assert "take pipeline out of the settings" in str(caught.value)


def test_a_pipeline_that_cannot_be_loaded_is_named_with_the_remedy(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(SHIPPED, broken)
    config = (broken / "config.cfg").read_text()
    (broken / "config.cfg").write_text(config.replace('factory = "tagger"', 'factory = "curated_transformer"'))
    with pytest.raises(PermanentError, match="cannot be loaded") as caught:
        load_parser(pipeline(str(broken)))
    assert str(broken) in str(caught.value)
    assert "Install what it needs" in str(caught.value)


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(PermanentError, match="has no parser"):
        load_parser(pipeline(str(tmp_path / "blank")))


def test_it_is_loaded_before_a_document_is_begun() -> None:
    load_rules(rule_set())
    assert parser.cache_info().currsize >= 1


def test_help_and_the_commands_module_load_no_parser() -> None:
    asks = "import sys, contextlib\nfrom copydesk.flows.cli import main\nsys.argv = ['copydesk', '--help']\n"
    asks += "with contextlib.suppress(SystemExit): main()\nprint('loaded', {'spacy', 'thinc', 'simplemma'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("loaded set()")


def test_the_card_names_sources_licences_scores_and_the_command() -> None:
    card = (SHIPPED / "README.md").read_text(encoding="utf-8")
    for word in ("English Web Treebank", "CC BY-SA 4.0", "GUM", "CC BY", "seed", "LAS", "bench.syntax.train"):
        assert word in card


def test_a_participle_that_a_finite_verb_is_joined_to_is_the_verb_of_its_sentence() -> None:
    words = "The minister promised houses and left .".split()
    poses, tags = "DET NOUN VERB NOUN CCONJ VERB PUNCT".split(), "DT NN VBN NNS CC VBD .".split()
    heads, relations = [1, 1, 1, 2, 5, 2, 1], "det ROOT acl obj cc conj punct".split()
    repair(words, poses, tags, heads, relations)
    assert (heads, relations) == ([1, 2, 2, 2, 5, 2, 2], "det nsubj ROOT obj cc conj punct".split())
    assert tags[2] == "VBD"


def test_what_has_a_subject_and_an_object_is_a_verb_but_not_what_has_a_copula() -> None:
    poses, tags = "NOUN ADJ NOUN PUNCT".split(), "NNS JJ NNS .".split()
    repair("Workers sustained injuries .".split(), poses, tags, [1, 1, 1, 1], "nsubj ROOT obj punct".split())
    assert (poses[1], tags[1]) == ("VERB", "VBD")
    poses, tags = "NOUN AUX ADJ PUNCT".split(), "NNS VBD JJ .".split()
    repair("Workers were tired .".split(), poses, tags, [2, 2, 2, 2], "nsubj cop ROOT punct".split())
    assert (poses[2], tags[2]) == ("ADJ", "JJ")


def test_a_capital_inside_a_sentence_makes_a_name_and_in_a_headline_none() -> None:
    poses, tags = "NOUN VERB ADP NOUN PUNCT".split(), "NNS VBD IN NN .".split()
    repair("People fled into Sellin .".split(), poses, tags, [1, 1, 3, 1, 1], "nsubj ROOT case obl punct".split())
    assert (poses[3], tags[3]) == ("PROPN", "NNP")
    poses, tags = "NOUN VERB ADP NOUN".split(), "NNS VBD IN NN".split()
    repair("People Fled Over Bridge".split(), poses, tags, [1, 1, 3, 1], "nsubj ROOT case obl".split())
    assert poses[3] == "NOUN"
