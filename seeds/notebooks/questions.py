"""A marimo notebook on a published warehouse: the questions of the report, to change and to ask on.

COPYDESK_HOME=data marimo edit seeds/notebooks/questions.py
"""

import marimo

app = marimo.App(width="medium", app_title="copydesk")


@app.cell
def opened():
    import marimo as mo

    from copydesk.flows.settings import load_settings
    from copydesk.flows.site.queries import EXAMPLES
    from copydesk.warehouse.published import open_published

    home = load_settings({}).place
    db = open_published(home)
    mo.md(f"# What {home} holds")
    return EXAMPLES, db, mo


@app.cell
def choose(EXAMPLES, mo):
    question = mo.ui.dropdown(dict(EXAMPLES), value=EXAMPLES[0][0], label="A question")
    question
    return (question,)


@app.cell
def edit(mo, question):
    query = mo.ui.code_editor(question.value, language="sql", label="SQL")
    query
    return (query,)


@app.cell
def answer(db, mo, query):
    rows = db.sql(query.value).to_arrow_table()
    mo.ui.table(rows.to_pylist())
    return (rows,)


if __name__ == "__main__":
    app.run()
