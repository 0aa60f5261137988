"""An article's page: its blocks in their order, what was stripped folded, facts marked, each with its particulars."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from copydesk.flows.site.data import Row
from copydesk.transforms.vocabulary import ARTICLE_ROLES

FIELDS = {
    "what": "what",
    "bounds": "bounds",
    "hedge": "hedge",
    "word": "on whose word",
    "place": "place",
    "as_of": "as of",
    "sure": "confidence, rule",
    "raw": "raw text",
    "review": "review",
}
"""What is shown of a fact, and the heads of the columns."""


def number_text(value: float) -> str:
    """A number as people read it.

    >>> number_text(1.2e11), number_text(33.5), number_text(4.0)
    ('120,000,000,000', '33.5', '4')
    """
    return f"{value:,.0f}" if math.isfinite(value) and value == int(value) else f"{value:,.10g}"


def bounds(fact: Row) -> str:
    """What a figure's bounds say.

    >>> bounds({"value_low": 14.0, "value_high": None}), bounds({"value_low": 3.0, "value_high": 3.0})
    ('14 or more', '3')
    """
    low, high = fact["value_low"], fact["value_high"]
    if low is None and high is None:
        return ""
    if high is None:
        return f"{number_text(low)} or more"
    if low is None:
        return f"{number_text(high)} or fewer"
    return number_text(low) if low == high else f"{number_text(low)} to {number_text(high)}"


def particulars(fact: Row) -> dict[str, str]:
    """What is known of a fact, as people read it."""
    figure = fact["kind"] == "figure"
    first, last = fact["as_of_start"], fact["as_of_end"]
    unusual = fact["modality"] if fact["modality"] != "actual" else None
    counted = fact["item"] or fact["unit"]
    who = fact["attributed_to"] or ("the outlet itself" if figure else "")
    kind = (fact["claimant_kind"] or "").replace("_", " ")
    return {
        "what": _joined(fact["kind"], (fact["measure"] or "").replace("_", " "), unusual, fact["scope"], fact["rate"]),
        "bounds": " ".join(filter(None, [bounds(fact), counted if figure else ""])),
        "hedge": (fact["hedge"] or "none") if figure else "",
        "word": _joined(who, kind, f"“{fact['cue']}”" if fact["cue"] else ""),
        "place": fact["place_name"] or fact["place"] or "",
        "as_of": f"{first or '…'} to {last or '…'}" if first != last else str(first or ""),
        "sure": f"{fact['confidence']:.2f}, {fact['extractor']}-{fact['extractor_version']}",
        "raw": f"{fact['raw_start']}–{fact['raw_end']}" if fact["raw_start"] is not None else "",
        "review": fact["review"] or "",
    }


def _joined(*parts: str | None) -> str:
    return ", ".join(filter(None, parts))


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "article"), counted(1200, "article"), counted(2, "copy", "copies")
    ('1 article', '1,200 articles', '2 copies')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def anchor(fact_id: str) -> str:
    """A fact's anchor in its article's page.

    >>> anchor("0864ebfeb89c5a1c6fef5a79-f0")
    'f0'
    """
    return fact_id.rpartition("-")[2]


def body_html(text: str, sentences: Sequence[Row], facts: Sequence[Row], start: int, end: int) -> Markup:
    """A stretch of the body as HTML: sentences with anchors, facts as links to their particulars, the innermost first."""
    out: list[str] = []
    held = [s for s in sentences if s["span_start"] < end and s["span_end"] > start]
    inside = [f for f in facts if f["span_start"] < end and f["span_end"] > start]
    at = start
    for sentence in held:
        first, last = max(start, sentence["span_start"]), min(end, sentence["span_end"])
        out.append(str(escape(text[at:first])))
        raw = f"{sentence['raw_start']}–{sentence['raw_end']}" if sentence["raw_start"] is not None else ""
        out.append(f'<span class="s" id="s{sentence["ordinal"]}" data-raw="{raw}">')
        out += _marked(text, first, last, [f for f in inside if f["span_start"] < last and f["span_end"] > first])
        out.append("</span>")
        at = last
    out.append(str(escape(text[at:end])))
    return Markup("".join(out))  # noqa: S704  # every part of the text went through escape


def _marked(text: str, start: int, end: int, facts: Sequence[Row]) -> Iterator[str]:
    edges = sorted({start, end, *(min(end, max(start, f[edge])) for f in facts for edge in ("span_start", "span_end"))})
    for first, last in pairwise(edges):
        over = [f for f in facts if f["span_start"] <= first and f["span_end"] >= last]
        piece = str(escape(text[first:last]))
        if not over:
            yield piece
            continue
        inner = min(over, key=lambda f: (f["span_end"] - f["span_start"], f["kind"] != "figure"))
        kinds = " ".join(sorted({str(f["kind"]) for f in over}))
        yield f'<a class="m {kinds}" href="#{anchor(inner["fact_id"])}">{piece}</a>'


def parts(article: Row, sentences: Sequence[Row], facts: Sequence[Row], blocks: Sequence[Row]) -> list[dict[str, Any]]:
    """The page from top to bottom: stripped blocks, and paragraphs of the body where the blocks that gave them stand."""
    text = article["text"]
    pieces: list[dict[str, Any]] = []
    end_before = 0
    for block in blocks:
        if block["role"] not in ARTICLE_ROLES:
            pieces.append({"role": block["role"], "reason": block["reason"], "text": block["text"], "raw": _raw(block)})
            continue
        start = text.find(block["text"], end_before)
        if start < 0:
            continue
        end = start + len(block["text"])
        if pieces and pieces[-1].get("paragraph") == block["paragraph"]:
            pieces[-1]["end"] = end
        else:
            pieces.append(
                {"role": block["role"], "paragraph": block["paragraph"], "start": end_before, "end": end, "raw": _raw(block)}
            )
        end_before = end
    if text[end_before:].strip():
        pieces.append({"role": "body", "paragraph": -1, "start": end_before, "end": len(text), "raw": ""})
    for part in pieces:
        if "paragraph" in part:
            part["html"] = body_html(text, sentences, facts, part["start"], part["end"]).strip()
    return pieces


def folded(pieces: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parts of a page with those that were stripped and stand in a row as one part, `cut`, that says what they are.

    >>> cut = [{"role": role, "text": "x"} for role in ("navigation", "teaser", "navigation")]
    >>> [part.get("told") for part in folded([*cut, {"role": "body", "html": "y"}])]
    ['3 pieces cut: 2 navigation, 1 teaser', None]
    """
    out: list[dict[str, Any]] = []
    for piece in pieces:
        if "html" in piece:
            out.append(piece)
        elif out and "cut" in out[-1]:
            out[-1]["cut"].append(piece)
        else:
            out.append({"cut": [piece]})
    for part in out:
        if "cut" in part:
            roles = Counter(str(piece["role"]).replace("_", " ") for piece in part["cut"])
            count = len(part["cut"])
            said = ", ".join(f"{number} {role}" for role, number in roles.most_common())
            part["told"] = f"{counted(count, 'piece')} cut: {said}"
    return out


def _raw(block: Row) -> str:
    return f"{block['raw_start']}–{block['raw_end']}" if block["raw_start"] is not None else ""


def cited(article: Row) -> str:
    """Where a quotation of the article comes from, in a line."""
    where = article["url"] or article["source_uri"]
    named = [article["outlet"] or article["source"], article["title"], str(article["published_on"] or ""), where]
    return ", ".join(filter(None, named)) + f" (SHA-256 {article['content_sha256'][:16]}…)"
