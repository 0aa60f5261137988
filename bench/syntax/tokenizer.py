"""The tokenizer: spaCy's for English, with the hyphens, numbers and marks of news cut as the treebanks cut them."""

from spacy.language import Language
from spacy.util import compile_infix_regex, compile_suffix_regex

PREFIXES = (
    "anti co counter cross de e ex extra hyper inter intra macro mega meta micro mid mini mis multi neo non over paleo para "
    "post pre pro proto pseudo quasi re semi sub super trans tri ultra un under uni vice"
).split()
"""Beginnings that stay with their word across a hyphen: `pre-war` is one token, `car-bomb` three."""

RANGE = r"(?<=[0-9%])[-–—~](?=[0-9$£€])"
"""Between two numbers: `10–15`, `10%-15%`, `$3-$5`."""

UNITS = r"(?<=[0-9])(?:bn|mn|mln|tn|k|m|b|am|pm|p|C|F)"
"""Letters that follow a number without a blank: `221bn`."""


def set_tokenizer(nlp: Language) -> None:
    """Gives a pipeline the tokenizer."""
    defaults = nlp.Defaults
    hyphen = next(pattern for pattern in defaults.infixes if "(?:-|–" in pattern)
    stays = "".join(rf"(?<!\b{form})" for prefix in PREFIXES for form in {prefix, prefix.capitalize(), prefix.upper()})
    infixes = [pattern if pattern != hyphen else stays + pattern for pattern in defaults.infixes]
    nlp.tokenizer.infix_finditer = compile_infix_regex([*infixes, RANGE]).finditer
    nlp.tokenizer.suffix_search = compile_suffix_regex([*defaults.suffixes, UNITS]).search
