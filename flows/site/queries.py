"""The questions behind every chart and table of the report; each is shown beside what it answers."""

from __future__ import annotations

MOST_FIGURES = 8_000
MOST_PAIRS = 300

QUERIES = {
    "totals": """SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM articles) AS articles,
  (SELECT count(*) FROM sentences) AS sentences, (SELECT count(*) FROM facts) AS facts, (SELECT count(*) FROM rejects) AS rejects""",
    "by_day": """SELECT published_on AS day, coalesce(outlet, source) AS outlet, count(*) AS articles
FROM articles GROUP BY ALL ORDER BY day, outlet""",
    "by_source": """SELECT source, count(*) AS documents, count(*) FILTER (article_id IS NOT NULL) AS articles,
  count(*) FILTER (status = 'rejected') AS rejected, count(*) FILTER (status = 'duplicate') AS duplicates,
  max(received_at)::DATE AS last_received
FROM documents GROUP BY source ORDER BY documents DESC, source""",
    "facts_by_measure": """SELECT coalesce(measure, kind) AS measure, count(*) AS facts
FROM facts GROUP BY ALL ORDER BY facts DESC, measure LIMIT 20""",
    "articles": """SELECT article_id, title, coalesce(outlet, source) AS outlet, published_on, words, ingested_at,
  (SELECT count(*) FROM facts f WHERE f.article_id = a.article_id) AS facts
FROM articles a ORDER BY published_on DESC NULLS LAST, title, article_id LIMIT 2000""",
    "series": f"""SELECT measure, unit, place_name, as_of, coalesce(f.outlet, a.source) AS outlet, claimant, claimant_kind,
  value_low, value_high, qualifier, hedge, f.text, sentence, fact_id, article_id
FROM figure_series f JOIN articles a USING (article_id) WHERE measure IS NOT NULL
QUALIFY row_number() OVER (ORDER BY as_of DESC NULLS LAST, fact_id) <= {MOST_FIGURES}
ORDER BY measure = 'other', count(*) OVER (PARTITION BY measure) DESC, measure, count(*) OVER (PARTITION BY measure, place_name) DESC,
  place_name, as_of, fact_id""",
    "most_reported": """SELECT measure, place_name, count(*) AS figures, count(DISTINCT coalesce(f.outlet, a.source)) AS outlets
FROM figure_series f JOIN articles a USING (article_id) WHERE place_name IS NOT NULL AND measure <> 'other' AND value_low IS NOT NULL
GROUP BY ALL HAVING count(*) > 1 ORDER BY outlets DESC, figures DESC, measure, place_name LIMIT 10""",
    "conflicts": f"""SELECT relation, measure, unit, place_name, coalesce(outlet_a, a.source) AS outlet_a,
  coalesce(outlet_b, b.source) AS outlet_b, claimant_a, claimant_b, text_a, text_b, hedge_a, hedge_b,
  as_of_a, as_of_b, sentence_a, sentence_b, fact_id_a, fact_id_b, article_id_a, article_id_b
FROM figure_conflicts JOIN articles a ON a.article_id = article_id_a JOIN articles b ON b.article_id = article_id_b
QUALIFY row_number() OVER (PARTITION BY relation ORDER BY measure, place_name, fact_id_a, fact_id_b) <= {MOST_PAIRS}
ORDER BY measure, place_name, text_a, text_b, fact_id_a, fact_id_b""",
    "copies": """SELECT o.title AS original, coalesce(o.outlet, o.source) AS original_outlet, o.article_id AS original_id,
  coalesce(c.outlet, c.source) AS outlet, c.title, c.article_id, c.similarity
FROM articles c JOIN articles o ON o.article_id = c.duplicate_of ORDER BY original, outlet LIMIT 500""",
    "claimants": """SELECT coalesce(claimant_name, speaker, attributed_to) AS claimant, any_value(claimant_kind) AS kind,
  count(*) FILTER (f.kind = 'figure') AS figures, count(*) FILTER (f.kind = 'quote') AS quotations,
  count(*) FILTER (f.kind = 'statement') AS statements,
  string_agg(DISTINCT coalesce(a.outlet, a.source), ', ' ORDER BY coalesce(a.outlet, a.source)) AS outlets
FROM facts f JOIN articles a USING (article_id) WHERE coalesce(speaker, attributed_to) IS NOT NULL
GROUP BY claimant ORDER BY count(*) DESC, claimant LIMIT 1000""",
    "said": """SELECT coalesce(f.claimant_name, f.speaker, f.attributed_to) AS claimant, f.kind, f.text, f.cue,
  coalesce(a.outlet, a.source) AS outlet, f.fact_id, f.article_id
FROM facts f JOIN articles a USING (article_id) WHERE coalesce(f.speaker, f.attributed_to) IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY claimant ORDER BY f.kind, f.fact_id) <= 12
ORDER BY claimant, f.kind, f.fact_id""",
    "expectations": """SELECT validated_at::DATE AS day, suite || '.' || expectation AS expectation, sum(failed)::BIGINT AS failed
FROM validations GROUP BY ALL HAVING sum(failed) > 0 ORDER BY day, expectation""",
    "validations": """SELECT suite, expectation, sum(evaluated)::BIGINT AS rows_judged, sum(failed)::BIGINT AS failed
FROM validations GROUP BY ALL ORDER BY failed DESC, suite, expectation""",
    "rejects": """SELECT reason, coalesce(expectation, '') AS expectation, count(*) AS rejects FROM rejects
GROUP BY ALL ORDER BY rejects DESC, reason""",
    "reject_samples": """SELECT reason, source_uri, detail, size FROM rejects
QUALIFY row_number() OVER (PARTITION BY reason ORDER BY source_uri) <= 5 ORDER BY reason, source_uri""",
    "numerals": """SELECT coalesce(reason, 'is a figure') AS what, count(*) AS numerals FROM numbers
GROUP BY ALL ORDER BY numerals DESC, what""",
    "health": """SELECT source, documents, articles, rejected, last_success_at, last_new_document_at,
  round(usual_gap_hours, 1) AS usual_gap_hours, overdue FROM source_health ORDER BY overdue DESC, source""",
}

EXAMPLES = (
    (
        "What each outlet printed, on whose word",
        "SELECT published_on, outlet, text, claimant FROM figure_series ORDER BY as_of, outlet",
    ),
    (
        "Figures that cannot both hold",
        "SELECT measure, place_name, outlet_a, text_a, claimant_a, outlet_b, text_b, claimant_b FROM figure_conflicts WHERE relation = 'contradicts'",
    ),
    (
        "Who is quoted most",
        "SELECT speaker, count(*) AS quotations FROM quotes GROUP BY speaker ORDER BY quotations DESC LIMIT 20",
    ),
    (
        "What was cut, and by which rule",
        "SELECT role, reason, count(*) AS blocks FROM blocks WHERE role <> 'body' GROUP BY ALL ORDER BY blocks DESC",
    ),
    ("Why numerals are no figures", QUERIES["numerals"]),
    ("What was turned away", QUERIES["rejects"]),
    ("Sources that are silent", QUERIES["health"]),
    ("Copies of one text", QUERIES["copies"]),
)
"""What the prompt of `copydesk sql` and the notebook offer to begin with."""
