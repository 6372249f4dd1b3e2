-- After a backup was put back: every table must hold the rows of the manifest, and every number that is given next must
-- be a new one; else the transaction ends with nothing done. ":expected:" is the JSON object of the tables, each with
-- the number and the sum of its rows; ":sum_of_rows:" is how they are summed.
do $$
declare
  one record;
  rows bigint;
  sum text;
  behind boolean;
begin
  for one in select key as name, value from jsonb_each(:expected:::jsonb) loop
    if to_regclass(format('public.%I', one.name)) is null then
      raise exception 'The table % did not come back.', one.name;
    end if;
    execute replace(:sum_of_rows:, '{table}', format('public.%I', one.name)) into rows, sum;
    if rows <> (one.value ->> 0)::bigint or sum <> one.value ->> 1 then
      raise exception 'The table % came back with % rows, which are not the % that were taken.',
        one.name, rows, one.value ->> 0;
    end if;
  end loop;
  for one in
    select format('%I.%I', 'public', owner.relname) as owner, attribute.attname as attribute,
      format('%I.%I', 'public', sequence.relname) as sequence
    from pg_depend link
    join pg_class sequence on sequence.oid = link.objid and sequence.relkind = 'S'
    join pg_class owner on owner.oid = link.refobjid
    join pg_attribute attribute on attribute.attrelid = owner.oid and attribute.attnum = link.refobjsubid
    where link.deptype in ('a', 'i') and sequence.relnamespace = 'public'::regnamespace
  loop
    execute format('select coalesce(max(%I), 0) > (select last_value from %s) from %s',
      one.attribute, one.sequence, one.owner) into behind;
    if behind then
      raise exception 'The numbers of % did not come back.', one.owner;
    end if;
  end loop;
end $$;
commit;
