"""What `copydesk export` writes is what the programs that open it expect, and nothing is written over unasked."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import struct
import zipfile
from contextlib import closing
from pathlib import Path

import duckdb
import feedparser
import jsonschema
import mlcroissant
import openpyxl
import pyarrow.parquet as pq
import pytest

from copydesk.flows.site.exports.rows import xml_text
from tests.conftest import Ingest, copydesk, rows
from tests.homes import folder_of


def exported(home: Path, table: str, target: Path, *options: str) -> str:
    """What the command says of a file that it wrote."""
    done = copydesk("export", table, target, *options, "--home", home)
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


@pytest.mark.parametrize("view", ["figures", "places"])
def test_geojson_is_a_collection_of_points(sample_home: Path, tmp_path: Path, view: str) -> None:
    told = exported(sample_home, view, tmp_path / "map.geojson")
    data = json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))
    assert set(data) == {"type", "features"}
    assert data["type"] == "FeatureCollection"
    located = rows(sample_home, f"SELECT longitude, latitude FROM {view} WHERE latitude IS NOT NULL AND longitude IS NOT NULL")
    points = []
    for feature in data["features"]:
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] == "Point"
        assert isinstance(feature["properties"], dict)
        assert not {"latitude", "longitude"} & set(feature["properties"])
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
        points.append((longitude, latitude))
    assert sorted(points) == sorted(located)
    assert f"{len(located)} rows" in told


def test_places_of_the_gazetteer_lie_where_they_are(take: Ingest, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    text = (
        "At least 11 people died in Texas on Thursday, the Harbour Board said in a note to the members. Five people were killed "
        "in Dallas, and 40 were hurt in Houston.\n\nThe board will meet again on Monday, and the fire at the mill by the river "
        "was put out in the same night of storms.\n"
    )
    (tmp_path / "in" / "storm.txt").write_text(
        f"Storms cross the south\n\nBy Ida Ferrell\nMay 3, 2024\n\n{text}", encoding="utf-8"
    )
    take(tmp_path / "in")
    exported(tmp_path / "home", "figures", tmp_path / "map.geojson")
    features = json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))["features"]
    (feature,) = (feature for feature in features if feature["properties"]["place_name"] == "Houston")
    assert feature["geometry"]["coordinates"] == pytest.approx([-95.4, 29.8], abs=0.2), "longitude comes first"
    assert (feature["properties"]["measure"], feature["properties"]["value_low"]) == ("injured", 40)
    assert feature["id"] == feature["properties"]["fact_id"]


def test_a_feed_of_the_newest_articles_is_read_by_a_feed_reader(sample_home: Path, tmp_path: Path) -> None:
    exported(sample_home, "articles", tmp_path / "news.atom")
    feed = feedparser.parse((tmp_path / "news.atom").read_bytes())
    assert (feed.bozo, feed.version) == (False, "atom10")
    assert feed.feed.title
    assert feed.feed.updated_parsed
    titles = rows(sample_home, "SELECT coalesce(title, 'Without a headline') FROM articles WHERE duplicate_of IS NULL")
    assert sorted(entry.title for entry in feed.entries) == sorted(title for (title,) in titles)
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.updated) and entry.author for entry in feed.entries)
    assert all(entry.published_parsed for entry in feed.entries if "published" in entry)
    told = copydesk("export", "facts", tmp_path / "facts.atom", "--home", sample_home)
    assert (told.returncode, (tmp_path / "facts.atom").exists()) == (1, False)
    assert "copydesk export articles FILE.atom" in told.stderr


def test_what_xml_cannot_hold_is_left_out_of_it() -> None:
    assert xml_text("a\x00b\x0c\ud800c\ufffe\tä😀") == "abc\tä😀"


@pytest.mark.parametrize("view", ["figures", "places"])
def test_geoparquet_is_read_as_points_of_the_globe(sample_home: Path, tmp_path: Path, view: str) -> None:
    told = exported(sample_home, view, tmp_path / "map.geoparquet")
    path = str(tmp_path / "map.geoparquet")
    about = json.loads(pq.read_schema(path).metadata[b"geo"])
    assert (about["version"], about["primary_column"]) == ("1.1.0", "geometry")
    assert about["columns"]["geometry"].keys() <= {"encoding", "geometry_types", "bbox"}
    located = rows(sample_home, f"SELECT longitude, latitude FROM {view} WHERE latitude IS NOT NULL AND longitude IS NOT NULL")
    with closing(duckdb.connect()) as db:
        asked = "SELECT typeof(geometry), geometry, longitude, latitude FROM read_parquet($1)"
        held = db.execute(asked, [path]).fetchall()
        names = [column for column, *_ in db.execute("DESCRIBE FROM read_parquet($1)", [path]).fetchall()]
    assert {kind for kind, *_ in held} <= {"GEOMETRY('OGC:CRS84')"}
    assert sorted(struct.unpack("<BIdd", point)[2:] for _, point, _, _ in held) == sorted(located)
    assert names == [*columns(sample_home, view), *(["pcode"] if view == "figures" else []), "geometry"]
    assert f"{len(located)} rows" in told


def test_maps_have_the_codes_of_the_places_of_the_home(sample_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_home, home, symlinks=True)
    place = "name,latitude,longitude,pcode\nPort Ellery,-3.6,39.8,KE0501\nBrask,1,2,KE0502\n"
    (home / "places.csv").write_text(place, encoding="utf-8")
    assert copydesk("publish", "--home", home).returncode == 0
    for view in ("figures", "places"):
        exported(home, view, tmp_path / f"{view}.geojson")
        features = json.loads((tmp_path / f"{view}.geojson").read_text(encoding="utf-8"))["features"]
        column = "place_name" if view == "figures" else "name"
        codes = {one["properties"]["pcode"] for one in features if one["properties"][column] == "Port Ellery"}
        assert codes == {"KE0501"}


def columns(home: Path, view: str) -> list[str]:
    return [str(row[0]) for row in rows(home, f"DESCRIBE {view}")]


ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "body", "target", "motivation"],
    "properties": {
        "id": {"type": "string", "format": "uri"},
        "type": {"const": "Annotation"},
        "motivation": {"const": "describing"},
        "body": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "value"],
                "properties": {
                    "type": {"const": "TextualBody"},
                    "value": {"type": "string"},
                    "purpose": {"enum": ["describing", "tagging"]},
                    "format": {"type": "string", "pattern": "^[a-z]+/[a-z+.-]+$"},
                },
                "additionalProperties": False,
            },
        },
        "target": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["source", "selector"],
                "properties": {
                    "source": {"anyOf": [{"type": "string", "format": "uri"}, {"type": "object", "required": ["id", "type"]}]},
                    "selector": {
                        "anyOf": [{"$ref": "#/$defs/selector"}, {"type": "array", "items": {"$ref": "#/$defs/selector"}}]
                    },
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
    "$defs": {
        "selector": {
            "oneOf": [
                {
                    "type": "object",
                    "required": ["type", "start", "end"],
                    "properties": {
                        "type": {"const": "TextPositionSelector"},
                        "start": {"type": "integer", "minimum": 0},
                        "end": {"type": "integer", "minimum": 0},
                    },
                    "additionalProperties": False,
                },
                {
                    "type": "object",
                    "required": ["type", "exact"],
                    "properties": {
                        "type": {"const": "TextQuoteSelector"},
                        "exact": {"type": "string"},
                        "prefix": {"type": "string"},
                        "suffix": {"type": "string"},
                    },
                    "additionalProperties": False,
                },
            ]
        }
    },
}
"""What the Web Annotation Data Model asks of an annotation of this kind, as a JSON Schema."""


def test_every_annotation_is_as_the_model_asks(sample_home: Path, tmp_path: Path) -> None:
    exported(sample_home, "facts", tmp_path / "facts.jsonld")
    data = json.loads((tmp_path / "facts.jsonld").read_text(encoding="utf-8"))
    check = jsonschema.Draft202012Validator(ANNOTATION, format_checker=jsonschema.FormatChecker())
    assert [error.message for item in data["first"]["items"] for error in check.iter_errors(item)] == []


def test_annotations_point_at_the_words_of_the_facts(sample_home: Path, tmp_path: Path) -> None:
    exported(sample_home, "facts", tmp_path / "facts.jsonld")
    data = json.loads((tmp_path / "facts.jsonld").read_text(encoding="utf-8"))
    items = data["first"]["items"]
    assert (data["@context"], data["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection")
    assert data["first"]["type"] == "AnnotationPage"
    assert data["total"] == len(items) == rows(sample_home, "SELECT count(*) FROM facts")[0][0]
    texts = dict(rows(sample_home, "SELECT f.fact_id, a.text FROM facts f JOIN articles a USING (article_id)"))
    for item in items:
        assert (item["type"], item["id"][:9]) == ("Annotation", "urn:uuid:")
        place, quote = item["target"][0]["selector"]
        assert (place["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
        told = json.loads(next(body["value"] for body in item["body"] if body["purpose"] == "describing"))
        text = texts[told["fact_id"]]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text[: place["start"]].endswith(quote["prefix"])
        assert text[place["end"] :].startswith(quote["suffix"])
    assert len({item["id"] for item in items}) == len(items)


def test_a_workbook_holds_the_rows_and_says_what_the_columns_are(sample_home: Path, tmp_path: Path) -> None:
    exported(sample_home, "figures", tmp_path / "figures.xlsx")
    book = openpyxl.load_workbook(tmp_path / "figures.xlsx")
    assert book.sheetnames == ["figures", "columns"]
    head, *held = book["figures"].iter_rows(values_only=True)
    place = head.index("value_low")
    expected = rows(sample_home, "SELECT value_low FROM figures")
    assert sorted(row[place] for row in held if row[place] is not None) == sorted(v for (v,) in expected if v is not None)
    assert len(held) == len(expected)
    explained = {row[1]: row[2] for row in book["columns"].iter_rows(values_only=True) if row[0] == "figures"}
    assert set(head) <= set(explained)
    assert explained["measure"].startswith("what a figure counts")


def test_no_text_of_a_workbook_is_a_formula_and_long_texts_are_cut_aloud(take: Ingest, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 1)
    line = "The council met again on the plans for the harbour road, and the mayor said that the work went on as planned. "
    title = '=HYPERLINK("http://harbour.example/")'
    (folder / "long.txt").write_text(f"{title}\n\nBy Ida Ferrell\nMay 3, 2024\n\n{line * 400}\n", encoding="utf-8")
    take(folder)
    told = exported(tmp_path / "home", "articles", tmp_path / "articles.xlsx")
    assert "1 texts were cut at 32767 characters" in told
    with zipfile.ZipFile(tmp_path / "articles.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet]
    head, *held = openpyxl.load_workbook(tmp_path / "articles.xlsx")["articles"].iter_rows(values_only=True)
    texts = {len(row[head.index("text")]) for row in held}
    assert max(texts) == 32767


def test_a_data_package_describes_the_file_of_every_view(sample_home: Path, tmp_path: Path) -> None:
    exported(sample_home, "all", tmp_path / "package")
    package = json.loads((tmp_path / "package" / "datapackage.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"[-a-z0-9._/]+", package["name"])
    types = {"string", "integer", "number", "boolean", "date", "datetime", "array"}
    assert {"articles", "facts", "changes"} <= {resource["name"] for resource in package["resources"]}
    for resource in package["resources"]:
        path = tmp_path / "package" / resource["path"]
        assert re.fullmatch(r"[-a-z0-9._/]+", resource["name"])
        assert resource["bytes"] == path.stat().st_size
        assert resource["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
        fields = resource["schema"]["fields"]
        assert all(field["type"] in types and field["description"] for field in fields)
        held = duckdb.sql(f"SELECT * FROM read_parquet('{path}')")
        assert held.columns == [field["name"] for field in fields]
        assert len(held.fetchall()) == rows(sample_home, f"SELECT count(*) FROM {resource['name']}")[0][0]
    strays = {path.name for path in (tmp_path / "package").iterdir()} - {r["path"] for r in package["resources"]}
    assert strays == {"datapackage.json", "croissant.json"}
    described = mlcroissant.Dataset(jsonld=tmp_path / "package" / "croissant.json")
    assert not described.metadata.ctx.issues.errors
    assert {records.id for records in described.metadata.record_sets} == {r["name"] for r in package["resources"]}
    held_ids = {record["facts/fact_id"].decode() for record in described.records("facts")}
    assert held_ids == {one for (one,) in rows(sample_home, "SELECT fact_id FROM facts")}
    again = copydesk("export", "all", tmp_path / "package", "--home", sample_home)
    assert again.returncode == 1
    assert "--force" in again.stderr


def test_what_is_there_is_written_over_only_by_force(sample_home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("mine", encoding="utf-8")
    told = copydesk("export", "runs", mine, "--home", sample_home)
    assert (told.returncode, mine.read_text(encoding="utf-8")) == (1, "mine")
    assert "is there already" in told.stderr
    assert "--force" in told.stderr
    exported(sample_home, "runs", mine, "--force")
    assert mine.read_text(encoding="utf-8").startswith("run_id,")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]


@pytest.mark.parametrize(
    ("table", "target", "says"),
    [
        ("facts", "nowhere/facts.csv", "Name a file in a folder that is there"),
        ("facts", "nowhere/facts.xlsx", "Name a file in a folder that is there"),
        ("all", "nowhere/deep", "Name a file in a folder that is there"),
        ("all", "all.csv", "to a folder, whose name has no ending, or to .xlsx"),
        ("facts", "folder.csv", "is a folder"),
        ("articles", "map.geojson", "Write figures or places to .geojson"),
        ("articles", "map.geoparquet", "Write figures or places to .geoparquet"),
        ("articles", "notes.jsonld", "Write facts, figures, quotes or statements"),
    ],
)
def test_a_place_or_kind_that_cannot_be_written_is_a_sentence(
    sample_home: Path, tmp_path: Path, table: str, target: str, says: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    told = copydesk("export", table, tmp_path / target, "--home", sample_home)
    assert (told.returncode, told.stdout) == (1, "")
    assert says in told.stderr
    assert "Traceback" not in told.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["folder.csv"], "nothing is left behind"
