"""What in a migration would fail readers and editors, or web processes of the release before, when it is applied.

The statements come from Django and are read by django-migration-linter's rules for PostgreSQL; what these do not know
stands below. A case that is safe all the same is accepted where it stands, with the reason: `accepted` on the
Migration, from the name of the rule to the words. An acceptance that is not needed is a fault too.
"""

import re
from collections.abc import Iterator
from functools import cache

import sqlparse
from django.db import connection
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.state import ProjectState
from django_migration_linter.migration_linter import MigrationLinter
from django_migration_linter.sql_analyser import PostgresqlAnalyser, analyse_sql_statements

# Of one statement, in capitals and on one line: what it would do.
STATEMENTS = {
    "CONSTRAINT_CHECKED": (
        r"ADD CONSTRAINT (?!.*NOT VALID)(?!.* USING INDEX )",
        "reads the whole table under a lock: add it NOT VALID, validate it in the next migration",
    ),
    "COLUMN_REWRITES": (
        r"ADD COLUMN .*(GENERATED ALWAYS AS \(.*STORED|GENERATED (ALWAYS|BY DEFAULT) AS IDENTITY|\bSERIAL\b|"
        r"DEFAULT [^,]*(RANDOM|GEN_RANDOM_UUID|CLOCK_TIMESTAMP|NEXTVAL|UUIDV[47])\s*\()",
        "writes every row of the table anew under a lock",
    ),
    "LOCK_TABLE": (r"^LOCK( TABLE)? ", "keeps everybody from the table until the migration ends"),
    "TRUNCATE": (r"^TRUNCATE ", "takes what a process of the release before may still read"),
    "TABLE_REWRITTEN": (
        r"^(VACUUM .*FULL|CLUSTER\b|ALTER TABLE .* SET (TABLESPACE|LOGGED|UNLOGGED|ACCESS METHOD))",
        "writes the table anew under a lock",
    ),
    "REFRESH": (r"^REFRESH MATERIALIZED VIEW (?!CONCURRENTLY)", "keeps readers from the view"),
    "WHOLE_TABLE_WRITTEN": (
        r"^(UPDATE|DELETE FROM) (?!.*\bLIMIT\b)",
        "holds every row that it writes until the migration ends: write some hundred at a time, in RunPython",
    ),
    "TRIGGER_DISABLED": (r"^ALTER TABLE .* DISABLE TRIGGER", "lets through what the trigger forbids"),
}
# How functions and variables are called is no question of safety.
NAMES = ("RUNPYTHON_ARGS_NAMING_CONVENTION", "RUNPYTHON_MODEL_VARIABLE_NAME")


def findings(migration: Migration, before: ProjectState) -> dict[str, str]:
    """The rules that a migration breaks, each with what is wrong, but for those that it accepts with a reason.
    `before`: the models as the migrations before it have them."""
    found = dict(_found(migration, before))
    accepted = getattr(migration, "accepted", {})
    left = {rule: words for rule, words in found.items() if rule not in accepted}
    for rule, reason in accepted.items():
        if rule not in found:
            left[f"ACCEPTED_{rule}"] = "is accepted, and nothing of the kind is there"
        elif len(reason.split()) < 4:
            left[f"ACCEPTED_{rule}"] = "is accepted without a reason that says something"
    return left


def _found(migration: Migration, before: ProjectState) -> Iterator[tuple[str, str]]:
    statements = _statements(migration, before)
    linted = ["BEGIN;", *statements, "COMMIT;"] if migration.atomic else statements
    errors, _ignored, warnings = analyse_sql_statements(PostgresqlAnalyser, linted)
    for issue in (*errors, *warnings):
        yield issue.code, issue.message
    new = _made(statements)
    for statement in statements:
        for rule, (pattern, words) in STATEMENTS.items():
            if re.search(pattern, statement) and not any(_is_about(statement, table) for table in new):
                yield rule, words
    yield from _of_operations(migration, statements)


def _of_operations(migration: Migration, statements: list[str]) -> Iterator[tuple[str, str]]:
    for operation in migration.operations:
        if isinstance(operation, RunPython):
            issues = _linter().lint_runpython(operation)
        elif isinstance(operation, RunSQL):
            issues = _linter().lint_runsql(operation)
        else:
            continue
        for issue in (*issues[0], *issues[2]):
            yield issue.code, issue.message
    concurrent = [one for one in statements if "CONCURRENTLY" in one]
    if concurrent and migration.atomic:
        yield "CONCURRENTLY_IN_TRANSACTION", "cannot be done within a transaction: atomic = False"
    if not migration.atomic and len(migration.operations) > 1:
        yield "HALF_DONE", "without a transaction, a migration is one operation: what came before would be done twice"
    if migration.atomic and len(altered := _altered(statements)) > 1:
        yield (
            "TWO_TABLES",
            f"holds {' and '.join(sorted(altered))} at once, and may cross a deed: one migration for each",
        )
    by_python = [one for one in migration.operations if isinstance(one, RunPython)]
    if by_python and migration.atomic and len(migration.operations) > len(by_python):
        yield "DATA_UNDER_LOCK", "rows are written while the tables are locked: a migration of its own"


def _altered(statements: list[str]) -> set[str]:
    """The tables that were there before and are locked by a change."""
    found = {table for one in statements for table in re.findall(r'^ALTER TABLE (?:ONLY )?("?\w+"?)', one)}
    return found - _made(statements)


def _made(statements: list[str]) -> set[str]:
    return {table for one in statements for table in re.findall(r'^CREATE TABLE (?:IF NOT EXISTS )?("?\w+"?)', one)}


def _statements(migration: Migration, before: ProjectState) -> list[str]:
    """What the migration sends, each statement on one line, its words in capitals and without comments."""
    with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
        migration.apply(before.clone(), editor, collect_sql=True)
    found = []
    for text in editor.collected_sql:
        for one in sqlparse.split(sqlparse.format(text, strip_comments=True, keyword_case="upper")):
            line = re.sub(r"\s+", " ", one).strip()
            if line:
                found.append(_in_capitals(line))
    return found


def _in_capitals(statement: str) -> str:
    """Names in quotes stay as they are; those of functions are in capitals too."""
    return "".join(part if part.startswith('"') else part.upper() for part in re.split(r'("[^"]*")', statement))


def _is_about(statement: str, table: str) -> bool:
    return re.search(rf"(TABLE|INTO|ON|UPDATE|FROM) {re.escape(table)}(?!\w)", statement) is not None


@cache
def _linter() -> MigrationLinter:
    return MigrationLinter(no_cache=True, no_output=True, analyser_string="postgresql", exclude_migration_tests=NAMES)
