"""What came, went or changed, as SQL: how the facts of two outputs are paired, and the view that tells every change."""

from __future__ import annotations

from copydesk.warehouse.schemas import TABLES
from copydesk.warehouse.series import View

PAIRS = """same AS (
  SELECT o.fact_id AS one, n.fact_id AS other FROM o JOIN n USING (step, kind, text, nth)
), lost AS (
  SELECT *, {turn} AS turn FROM o WHERE fact_id NOT IN (SELECT one FROM same)
), gained AS (
  SELECT *, {turn} AS turn FROM n WHERE fact_id NOT IN (SELECT other FROM same)
), revised AS (
  -- Another number of the same thing, in the same turn of the document, is the figure changed and no new one.
  SELECT l.fact_id AS one, g.fact_id AS other FROM lost l JOIN gained g
    ON l.step = g.step AND l.measure = g.measure AND l.unit = g.unit AND l.turn = g.turn
   AND l.place_name IS NOT DISTINCT FROM g.place_name AND l.kind = 'figure' AND g.kind = 'figure'
), pairs AS (
  FROM same UNION ALL FROM revised
  UNION ALL SELECT fact_id, NULL FROM lost WHERE fact_id NOT IN (SELECT one FROM revised)
  UNION ALL SELECT NULL, fact_id FROM gained WHERE fact_id NOT IN (SELECT other FROM revised)
)""".format(turn="row_number() OVER (PARTITION BY step, kind, measure, unit, place_name ORDER BY span_start, fact_id)")
"""Facts `one` of the table `o` with facts `other` of the table `n` of the same `step`; what has no fellow stands alone.

Their `turn` is which of the figures of one thing they are."""

NTH = "row_number() OVER (PARTITION BY {step}, f.kind, f.text ORDER BY f.span_start, f.fact_id) AS nth"
"""What a document states in the same words, for the same time, is the same fact of another revision."""

_PLACES = {"span_start", "span_end", "raw_start", "raw_end"}
_IDENTITY = {"fact_id", "claim_id", "article_id", "sentence_id", "output_id", "part_of", "extractor_version", "kind", "text"}
_TOLD = [column.name for column in TABLES["facts"].columns if column.name not in _IDENTITY | _PLACES]
_SAID = ("measure", "attributed_to")
"""What of a fact is printed with its words."""


def _row(side: str) -> str:
    return f"row({', '.join(f'{side}.{name}' for name in _TOLD)})"


DIFFER = f"(o.text <> n.text OR {_row('o')} IS DISTINCT FROM {_row('n')})"
"""Whether what is told of a fact `o` and a fact `n` differs; where they stand and which outputs hold them is not told."""


def words_of(side: str) -> str:
    """A fact in one line: its words, what they count, on whose word."""
    return f"{side}.text || coalesce(' [' || {side}.measure || ']', '') || coalesce(', ' || {side}.attributed_to, '')"


def beside(side: str) -> str:
    """That line of the fact `o` or the fact `n`, and, where their words are the same, the fields in which they differ."""
    fields = ", ".join(
        f"CASE WHEN o.{name} IS DISTINCT FROM n.{name} THEN '{name} ' || coalesce({side}.{name}::VARCHAR, 'none') END"
        for name in _TOLD
        if name not in _SAID
    )
    more = f"coalesce('; ' || nullif(concat_ws(', ', {fields}), ''), '')"
    return f"{words_of(side)} || CASE WHEN o.text = n.text THEN {more} ELSE '' END"


def either(side: str) -> str:
    """A fact that came or went in one line, or one of two that are paired; None where that side has none."""
    return f"CASE WHEN o.fact_id IS NULL OR n.fact_id IS NULL THEN {words_of(side)} ELSE {beside(side)} END"


ARTICLE = "CASE WHEN o.title <> n.title THEN {side}.title || ', ' ELSE '' END || {side}.words || ' words'"
"""An article in a few words: how long it is, and its headline where the other side has another."""

STEPS = """
told AS MATERIALIZED (
  SELECT position, time, type, subject AS document_id, data->>'output_id' AS output_id, data->>'who' AS who,
    data->>'why' AS words, CASE WHEN type NOT IN ('document.withdrawn', 'document.purged') THEN data->>'sha256' END AS sha256
  FROM (SELECT position, time, type, subject, data::JSON AS data FROM internal.events_rows WHERE type IN (
    'document.ingested', 'document.duplicate', 'document.rejected', 'document.withdrawn', 'document.purged'))
), moves AS (
  -- A document that is rejected keeps the content that it had before, unless it is that content.
  SELECT *, nullif(last_value(CASE WHEN type <> 'document.rejected' THEN coalesce(sha256, '') END IGNORE NULLS) OVER w, '')
      AS earlier, lag(type) OVER d AS last_type, lag(sha256) OVER d AS last_sha256
  FROM told WINDOW d AS (PARTITION BY document_id ORDER BY position),
    w AS (PARTITION BY document_id ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), made AS (
  SELECT sha256, position, output_id, document_id FROM told WHERE type = 'document.ingested'
), entered AS (
  -- What an output takes the place of: the last one made of the content that the document had, where that still stood.
  SELECT m.*, CASE WHEN x.died_at IS NULL OR x.died_at >= m.time THEN b.output_id END AS old
  FROM moves m ASOF LEFT JOIN made b ON b.sha256 = m.earlier AND b.position < m.position
    LEFT JOIN internal.dead x ON x.output_id = b.output_id
  WHERE m.type = 'document.ingested'
), steps AS (
  SELECT position, time, CASE WHEN old IS NULL THEN 'came' ELSE 'changed' END AS change,
    CASE WHEN old IS NULL AND last_type = 'document.withdrawn' THEN 'restored'
         WHEN coalesce(earlier, last_sha256) IS DISTINCT FROM sha256 THEN 'source' ELSE 'rules' END AS why,
    NULL AS who, NULL AS words, document_id, old, output_id AS new
  FROM entered
  UNION ALL
  SELECT max(m.position), x.died_at, 'went',
    CASE WHEN max(m.type) = 'document.purged' THEN 'purged' ELSE any_value(x.cause) END,
    arg_max(m.who, m.position), arg_max(m.words, m.position),
    coalesce(arg_max(m.document_id, m.position), any_value(b.document_id)), x.output_id, NULL
  FROM internal.dead x JOIN made b USING (output_id)
    LEFT JOIN moves m ON m.time = x.died_at AND m.earlier = b.sha256 AND m.type <> 'document.ingested'
  WHERE NOT EXISTS (SELECT 1 FROM entered e WHERE e.old = x.output_id AND e.time = x.died_at)
  GROUP BY x.output_id, x.died_at
)"""
"""The table `steps`: for each article that came, went or changed its output before (`old`) and after (`new`)."""

STEP = "s.position, s.time, {kind} AS kind, s.change, s.why, s.who, s.words"
SIDE = "{side} AS (SELECT s.position AS step, f.*, {nth} FROM steps s JOIN internal.facts_all f ON f.output_id = s.{output} "
SIDE += "WHERE s.old IS NOT NULL AND s.new IS NOT NULL)"
SENTENCES = (
    "(SELECT list(a.text ORDER BY a.ordinal) FROM internal.sentences_all a "
    "WHERE s.change = 'changed' AND a.output_id = s.{one} AND NOT EXISTS "
    "(SELECT 1 FROM internal.sentences_all b WHERE b.output_id = s.{other} AND b.text = a.text))"
)

ADDED = f"""added AS (
  SELECT e.position, e.time, e.data->>'kind' AS kind, 'came' AS change, 'review' AS why, e.data->>'who' AS who,
    e.data->>'why' AS words, m.document_id, e.article_id, m.output_id || '-a' || left(e.claim_id, 10) AS fact_id, e.claim_id,
    NULL::VARCHAR AS before, {words_of("e")} AS after, NULL::VARCHAR[] AS sentences_gone, NULL::VARCHAR[] AS sentences_new
  FROM (
    SELECT *, data->>'article_id' AS article_id, data->>'text' AS text, data->'fields'->>'measure' AS measure,
      data->'fields'->>'attributed_to' AS attributed_to
    FROM (SELECT position, time, subject AS claim_id, data::JSON AS data FROM internal.events_rows WHERE type = 'claim.added')
  ) e ASOF LEFT JOIN (
    SELECT a.article_id, d.position, d.output_id, d.document_id FROM made d JOIN internal.articles_all a USING (output_id)
  ) m ON m.article_id = e.article_id AND m.position < e.position
)"""
"""The table `added`: claims that people added, each with the fact that it was in the article of then."""

REVIEWED = """reviewed_claims AS (
  SELECT *, count(*) FILTER (verdict = 'undone') OVER (PARTITION BY claim_id ORDER BY position) AS era FROM reviews
), claims AS (
  -- The fact that stood when it was reviewed: of the last output before that.
  SELECT r.position AS review, arg_max(f, m.position) AS f, arg_max(m.document_id, m.position) AS document_id
  FROM reviewed_claims r JOIN internal.facts_all f USING (claim_id) JOIN made m ON m.output_id = f.output_id
  WHERE m.position < r.position GROUP BY r.position
), fields AS (
  SELECT claim_id, position, era, unnest(json_keys(corrections)) AS field, corrections, false AS ended
  FROM reviewed_claims WHERE verdict <> 'undone' AND corrections IS NOT NULL
  UNION ALL SELECT claim_id, position, era, unnest(taken_back), NULL, true FROM reviewed_claims WHERE verdict <> 'undone'
), field_values AS (
  SELECT r.*, CASE WHEN NOT ended THEN coalesce(json_extract_string(corrections, '$.' || field), 'none') END AS corrected,
    coalesce(json_extract_string(to_json(c.f), '$.' || field), 'none') AS found
  FROM fields r LEFT JOIN claims c ON c.review = r.position
), corrected AS (
  SELECT position, string_agg(field || ' ' || after, ', ' ORDER BY field) AS after,
    string_agg(field || ' ' || before, ', ' ORDER BY field) AS before
  FROM (SELECT position, field, coalesce(corrected, found) AS after,
          coalesce(lag(corrected) OVER (PARTITION BY claim_id, era, field ORDER BY position), found) AS before
        FROM field_values)
  GROUP BY position
), verdicts AS (
  SELECT *, lag(nullif(verdict, 'undone')) OVER (PARTITION BY claim_id ORDER BY position) AS earlier FROM reviewed_claims
), reviewed AS (
  SELECT v.position, v.reviewed_at AS time, coalesce(c.f.kind, d.kind) AS kind, 'changed' AS change, 'review' AS why, v.who,
    v.why AS words, coalesce(c.document_id, d.document_id) AS document_id, coalesce(c.f.article_id, d.article_id) AS article_id,
    coalesce(c.f.fact_id, d.fact_id) AS fact_id, v.claim_id,
    nullif(concat_ws(': ', v.earlier, k.before), '') AS before,
    nullif(concat_ws(': ', nullif(v.verdict, 'undone'), k.after), '') AS after,
    NULL::VARCHAR[] AS sentences_gone, NULL::VARCHAR[] AS sentences_new
  FROM verdicts v LEFT JOIN claims c ON c.review = v.position LEFT JOIN corrected k ON k.position = v.position
    LEFT JOIN added d ON d.claim_id = v.claim_id
)"""

ROWS = f"""
WITH {STEPS}, {SIDE.format(side="o", output="old", nth=NTH.format(step="s.position"))},
{SIDE.format(side="n", output="new", nth=NTH.format(step="s.position"))}, {PAIRS}, {ADDED}, {REVIEWED}, told_changes AS (
  SELECT {STEP.format(kind="'article'")}, s.document_id, coalesce(n.article_id, o.article_id) AS article_id,
    NULL AS fact_id, NULL AS claim_id, {ARTICLE.format(side="o")} AS before, {ARTICLE.format(side="n")} AS after,
    {SENTENCES.format(one="old", other="new")} AS sentences_gone, {SENTENCES.format(one="new", other="old")} AS sentences_new
  FROM steps s LEFT JOIN internal.articles_all o ON o.output_id = s.old
    LEFT JOIN internal.articles_all n ON n.output_id = s.new
  UNION ALL
  SELECT {STEP.format(kind="f.kind")}, s.document_id, f.article_id, f.fact_id, f.claim_id,
    CASE WHEN s.new IS NULL THEN {words_of("f")} END, CASE WHEN s.old IS NULL THEN {words_of("f")} END, NULL, NULL
  FROM steps s JOIN internal.facts_all f ON f.output_id = coalesce(s.new, s.old) WHERE s.old IS NULL OR s.new IS NULL
  UNION ALL
  SELECT s.position, s.time, coalesce(n.kind, o.kind), CASE WHEN o.fact_id IS NULL THEN 'came'
      WHEN n.fact_id IS NULL THEN 'went' ELSE 'changed' END, s.why, s.who, s.words, s.document_id,
    coalesce(n.article_id, o.article_id), coalesce(n.fact_id, o.fact_id), coalesce(n.claim_id, o.claim_id),
    {either("o")}, {either("n")}, NULL, NULL
  FROM pairs LEFT JOIN o ON o.fact_id = one LEFT JOIN n ON n.fact_id = other
    JOIN steps s ON s.position = coalesce(n.step, o.step)
  WHERE o.fact_id IS NULL OR n.fact_id IS NULL OR {DIFFER}
  UNION ALL
  FROM reviewed
  UNION ALL
  FROM added
)
SELECT r.position, r.time, r.kind, r.change, r.why, r.who, r.words AS note, a.outlet, coalesce(a.title, d.source_uri) AS title,
  r.before, r.after, r.sentences_gone, r.sentences_new, r.article_id, r.fact_id, r.claim_id, r.document_id, d.source_uri
FROM told_changes r LEFT JOIN internal.documents_rows d USING (document_id)
  LEFT JOIN (SELECT article_id, arg_max(outlet, current_from) AS outlet, arg_max(title, current_from) AS title
             FROM articles_history GROUP BY article_id) a ON a.article_id = r.article_id
"""

CHANGES = View(
    "changes",
    "Everything that came, went or changed, and why, a row a change; `copydesk diff` tells the same between two times.",
    ROWS,
    {
        "position": "the position in the log of the event that brought it",
        "time": "when",
        "kind": "what changed: article, figure, quote or statement",
        "change": "came, went, changed",
        "why": "source where the document changed, rules where ours did, review where a person judged the claim or added it, "
        "withdrawn, purged, restored",
        "who": "the person, where one did it",
        "note": "why, in the person's own words",
        "outlet": "who published the article, where known",
        "title": "the article's headline, else where it was received from",
        "before": "an article's length, a fact's words, or what people had said of it; null for what came. "
        "Where the words stayed: the fields that differ",
        "after": "the same as it is since then; null for what went, and for a review that was undone",
        "sentences_gone": "of an article that changed: the sentences that it no longer has",
        "sentences_new": "of an article that changed: the sentences that it did not have",
        "article_id": "the article as it is after the change, else as it was",
        "fact_id": "the fact; null for an article",
        "claim_id": "the claim; null for an article",
        "document_id": "the document",
        "source_uri": "where it was received from",
    },
)
