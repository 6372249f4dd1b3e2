"""Backups of everything the tracker keeps: taken, kept, tried and restored (docs/backup.md).

One file: an uncompressed tar of what PostgreSQL's own pg_dump wrote, a manifest of what must come back, and the sums of
both. Taken in one snapshot of the database; put back in one transaction, which ends only if every row of every table is
what the manifest says.
"""
