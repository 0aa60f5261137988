"""Which SQL only reads: decided on DuckDB's own parse of it, part by part."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from copydesk.warehouse.errors import PermanentError

if TYPE_CHECKING:
    import duckdb

READING_NODES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
"""The kinds of query that read. Since DuckDB 2.0 a WITH clause may hold others: `WITH x AS (COPY … TO …) SELECT …`."""

READING_TABLE_FUNCTIONS = frozenset(
    (
        "range generate_series unnest repeat repeat_row json_each json_tree summary histogram histogram_values query_table "
        "read_parquet parquet_scan parquet_schema parquet_metadata parquet_file_metadata parquet_full_metadata "
        "parquet_kv_metadata parquet_bloom_probe pragma_table_info pragma_show pragma_version pragma_platform "
        "pragma_user_agent pragma_database_size pragma_storage_info pragma_metadata_info pragma_collations duckdb_columns "
        "duckdb_views "
        "duckdb_tables duckdb_functions duckdb_keywords duckdb_types duckdb_settings duckdb_schemas duckdb_databases "
        "duckdb_constraints duckdb_indexes duckdb_sequences duckdb_dependencies duckdb_memory duckdb_optimizers "
        "duckdb_extensions duckdb_variables duckdb_temporary_files duckdb_coordinate_systems icu_calendar_names "
        "pg_timezone_names test_all_types test_vector_types search"
    ).split()
)
"""Functions in a FROM clause that read: those that run text as SQL, open other files, log or checkpoint are not among them.

`search` is ours: see `warehouse.search_sql`.
"""

HARMLESS = frozenset(
    "random uuid uuidv4 uuidv7 gen_random_uuid current_query current_query_id current_transaction_id current_connection_id "
    "currval setseed error stats vector_type sleep_ms".split()
)
"""Functions that DuckDB lists as having an effect beside their value, and whose effect is nothing that stays."""

EFFECTS = "SELECT DISTINCT function_name FROM duckdb_functions() WHERE has_side_effects AND function_type = 'scalar'"

REMEDIES = {"MULTI": " Name the values of a PIVOT: PIVOT articles ON language IN ('en', 'de') USING count(*)"}


def questions(db: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    """The statements of a query, each as SQL.

    Raises PermanentError where there is none, or where one of them does more than read; duckdb.Error where it cannot be parsed.
    """
    found = [_question(db, statement) for statement in db.extract_statements(query)]
    if not found:
        raise PermanentError('Nothing was asked. A query is such as: copydesk sql "select * from articles"')
    return found


def _question(db: duckdb.DuckDBPyConnection, statement: duckdb.Statement) -> str:
    kind = statement.type.name
    if kind == "EXPLAIN":
        return _explained(db, statement.query)
    if kind != "SELECT":
        raise PermanentError(f"Only questions are taken here, no {kind} statement: nothing is written.{REMEDIES.get(kind, '')}")
    _check(db, statement.query)
    return str(statement.query)


def _explained(db: duckdb.DuckDBPyConnection, query: str) -> str:
    """EXPLAIN or EXPLAIN ANALYZE of one question; ANALYZE runs what follows it."""
    head, start = _head(query)
    inner = db.extract_statements(query.encode()[start:].decode())
    if len(inner) != 1 or inner[0].type.name != "SELECT":
        raise PermanentError("EXPLAIN and EXPLAIN ANALYZE take one SELECT here, and no options: nothing is written.")
    return f"{head} {_question(db, inner[0])}"


def _head(query: str) -> tuple[str, int]:
    """The words before what is explained, and the byte at which that begins."""
    import duckdb

    text = query.encode()
    starts = [start for start, kind in duckdb.tokenize(query) if kind != duckdb.token_type.comment] + [len(text)] * 2
    analyze = text[starts[1] : starts[1] + len("analyze")].lower() == b"analyze"
    return ("EXPLAIN ANALYZE", starts[2]) if analyze else ("EXPLAIN", starts[1])


def _check(db: duckdb.DuckDBPyConnection, query: str) -> None:
    """Raises PermanentError where a SELECT does more than read."""
    row = db.execute("SELECT json_serialize_sql($1)", [query]).fetchone()
    tree = json.loads(row[0]) if row else {"error": True}
    if tree["error"]:
        raise PermanentError(f"Only questions are taken here: {tree.get('error_message', 'this cannot be read')}")
    effects = {str(name[0]) for name in db.execute(EFFECTS).fetchall()} - HARMLESS
    for node in _nodes(tree["statements"]):
        kind = str(node.get("type", ""))
        if (kind.endswith("_NODE") and kind not in READING_NODES) or "info_type" in node:
            raise PermanentError(
                f"Only questions are taken here, no {kind.partition('_')[0] or 'other'} in one: nothing is written."
            )
        name = str(node.get("function_name", "")).casefold()
        if kind == "TABLE_FUNCTION":
            called = str((node.get("function") or {}).get("function_name", "")).casefold()
            if called not in READING_TABLE_FUNCTIONS:
                raise PermanentError(f"Only questions are taken here: {called}() does more than read what is published.")
        elif name in effects:
            raise PermanentError(f"Only questions are taken here: {name}() does more than read.")


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object in a tree of JSON, itself among them."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
