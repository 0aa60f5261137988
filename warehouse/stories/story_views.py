"""The view of stories: the articles about one event, with what they are about and how many origins they have."""

from __future__ import annotations

from copydesk.warehouse.series import HOST, View

MOST = 10
"""Names that a story shows of places and of entities, the most frequent first."""

STORY_ARTICLES = f"""\
SELECT a.story_id, a.article_id, a.title, coalesce(a.outlet, {HOST}, a.source) AS outlet, a.duplicate_of, a.output_id,
    coalesce(a.published_on, a.received_at::DATE) AS day, a.published_at, a.received_at, o.origin_id, o.origin
  FROM articles a JOIN origins o USING (article_id) WHERE a.story_id IS NOT NULL"""
"""What stories are summed up from of each article."""

STORIES = f"""
WITH told AS (
  {STORY_ARTICLES}
), counted AS (
  SELECT story_id, min_by(title,
      (duplicate_of IS NOT NULL, day, published_at, article_id <> story_id, received_at, article_id)) AS title,
    min(day) AS first_on, max(day) AS last_on, count(*) AS articles, count(*) FILTER (duplicate_of IS NOT NULL) AS copies,
    list_sort(list(DISTINCT outlet)) AS outlets, count(DISTINCT origin_id) AS origins,
    list_sort(list(DISTINCT origin)) AS origin_names
  FROM told GROUP BY story_id
), named AS (
  SELECT story_id, list(name ORDER BY articles DESC, mentions DESC, name)[:{MOST}] AS entities FROM (
    SELECT t.story_id, any_value(m.name) AS name, count(DISTINCT m.article_id) AS articles, count(*) AS mentions
    FROM mentions m JOIN told t USING (article_id) GROUP BY t.story_id, m.entity_id
  ) GROUP BY story_id
), measured AS (
  SELECT f.story_id, f.place_name, f.measure, f.article_id FROM internal.told_figures f
), placed AS (
  SELECT story_id, list(place_name ORDER BY articles DESC, place_name)[:{MOST}] AS places FROM (
    SELECT story_id, place_name, count(DISTINCT article_id) AS articles FROM measured WHERE place_name IS NOT NULL
    GROUP BY story_id, place_name
  ) GROUP BY story_id
), reckoned AS (
  SELECT story_id, list_sort(list(DISTINCT measure)) AS measures FROM measured WHERE measure IS NOT NULL GROUP BY story_id
)
SELECT c.story_id, c.title, c.first_on, c.last_on, c.articles, c.copies, c.outlets, c.origins, c.origin_names, p.places,
  n.entities, r.measures
FROM counted c LEFT JOIN named n USING (story_id) LEFT JOIN placed p USING (story_id) LEFT JOIN reckoned r USING (story_id)
"""
STORY_VIEWS = (
    View(
        "stories",
        "Articles about one event, over outlets and days, whatever their headlines.",
        STORIES,
        {
            "story_id": "the story: the article_id of the article that began it",
            "title": "the headline of its first article",
            "first_on": "day of its first article",
            "last_on": "day of its last article",
            "articles": "its articles, near copies among them",
            "copies": "how many of these are near copies of another",
            "outlets": "who printed them",
            "origins": "how many independent origins their texts have: agencies, owners, outlets; near copies have one",
            "origin_names": "these",
            "places": "places that its figures are about, those of most articles first; ten at most",
            "entities": "persons and bodies that it names, those of most articles first; ten at most",
            "measures": "what its figures count",
        },
    ),
)
