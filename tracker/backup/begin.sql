-- Before a backup is put back: opens the transaction, looks again that nothing would be lost, and takes away the
-- empty tables that migrations made. Run by psql; ":spare:" is the JSON list of the tables whose rows may go.
\set VERBOSITY terse
begin;
set local lock_timeout = '10s';
set local statement_timeout = 0;
set local client_min_messages = warning;

do $$
declare
  one record;
  holds boolean;
begin
  for one in
    select relation.relname as name, format('%I.%I', 'public', relation.relname) as whole
    from pg_class relation
    where relation.relnamespace = 'public'::regnamespace and relation.relkind = 'r' and not exists (
      select from pg_depend where classid = 'pg_class'::regclass and objid = relation.oid and deptype = 'e')
  loop
    execute format('lock table %s in access exclusive mode', one.whole);
    if not (:spare:::jsonb) ? one.name then
      execute format('select exists (select from %s)', one.whole) into holds;
      if holds then
        raise exception 'The database is not empty: the table % holds rows.', one.name;
      end if;
    end if;
  end loop;
  for one in
    select format('%I.%I', 'public', relation.relname) as whole
    from pg_class relation
    where relation.relnamespace = 'public'::regnamespace and relation.relkind = 'r' and not exists (
      select from pg_depend where classid = 'pg_class'::regclass and objid = relation.oid and deptype = 'e')
  loop
    execute format('drop table %s cascade', one.whole);
  end loop;
  for one in
    select oid::regprocedure as whole from pg_proc
    where pronamespace = 'public'::regnamespace and proname like 'tracker\_%'
  loop
    execute format('drop function %s', one.whole);
  end loop;
end $$;
