"""A package of views as a Croissant dataset (1.1, JSON-LD): its files, and of every view the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from copydesk.flows.site.exports.rows import ViewColumn

VERSION = "http://mlcommons.org/croissant/1.1"
RIGHTS = "http://rightsstatements.org/vocab/CNE/1.0/"
"""That nobody has looked into the rights: the texts are those of their publishers."""

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
TYPES = {
    "BOOLEAN": "sc:Boolean",
    "DATE": "sc:Date",
    "TIMESTAMP": "sc:DateTime",
    "TIMESTAMP WITH TIME ZONE": "sc:DateTime",
    "BIGINT": "sc:Integer",
    "HUGEINT": "sc:Integer",
    "INTEGER": "sc:Integer",
    "UBIGINT": "sc:Integer",
    "DOUBLE": "sc:Float",
    "FLOAT": "sc:Float",
}
"""Types of DuckDB by their names in Croissant; decimals are `sc:Float`, all else `sc:Text`."""


def dataset(title: str, day: str, resources: Sequence[Mapping[str, Any]], columns: Mapping[str, Sequence[ViewColumn]]) -> Any:
    """The description of a package.

    Args:
        title: its title.
        day: the day of the newest thing in it, by ISO 8601.
        resources: the resources of `datapackage.json`, with the sizes and SHA-256 of their files.
        columns: the columns of each view.
    """
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": "copydesk",
        "description": f"{title}. The rights in the texts are those of their publishers.",
        "conformsTo": VERSION,
        "license": RIGHTS,
        "url": ".",
        "version": "1.0.0",
        "datePublished": day,
        "distribution": [_file(resource) for resource in resources],
        "recordSet": [_records(resource, columns[resource["name"]]) for resource in resources],
    }


def _file(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["path"],
        "description": resource["description"],
        "contentUrl": resource["path"],
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": "application/x-parquet",
        "sha256": str(resource["hash"]).removeprefix("sha256:"),
    }


def _records(resource: Mapping[str, Any], columns: Sequence[ViewColumn]) -> dict[str, Any]:
    view = resource["name"]
    return {
        "@type": "cr:RecordSet",
        "@id": view,
        "name": view,
        "description": resource["description"],
        "field": [_field(view, resource["path"], column) for column in columns],
    }


def _field(view: str, path: str, column: ViewColumn) -> dict[str, Any]:
    field = {
        "@type": "cr:Field",
        "@id": f"{view}/{column.name}",
        "name": column.name,
        "description": column.comment,
        "dataType": type_of(column.kind),
        "source": {"fileObject": {"@id": path}, "extract": {"column": column.name}},
    }
    return {**field, "isArray": True, "arrayShape": "-1"} if column.kind.endswith("[]") else field


def type_of(kind: str) -> str:
    """The type of Croissant for a type of DuckDB, of a list that of its elements.

    >>> type_of("VARCHAR[]"), type_of("DECIMAL(18,3)"), type_of("BIGINT")
    ('sc:Text', 'sc:Float', 'sc:Integer')
    """
    one = kind.removesuffix("[]")
    return "sc:Float" if one.startswith("DECIMAL") else TYPES.get(one, "sc:Text")
