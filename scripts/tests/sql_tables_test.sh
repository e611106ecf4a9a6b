# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
ensure_node

# named_in SQL: "reads a, writes b"
named_in() {
    # shellcheck disable=SC2016  # a program of node
    node --input-type=module -e '
        const { sqlTables } = await import(process.argv[1]);
        const names = sqlTables(process.argv[2]).found.map((each) => (each.writes ? "writes " : "reads ") + each.table);
        console.log(names.join(", "));' "$SAFARGO_ROOT/scripts/lib/sql_tables.mjs" "$1"
}

test_the_names_of_a_with_are_no_tables() {
    expect "$(named_in "with a as (select * from t), b (x) as not materialized (select 1 from a) select from a join b using (x)")" "reads t"
    expect "$(named_in "with recursive r as (select 1 from t union all select n from r) delete from u using r")" "reads t, writes u"
}

test_writes_are_told_from_reads() {
    expect "$(named_in "insert into t (a) select b from u cross join unnest(\$1) v on conflict do update set a = 1")" "writes t, reads u"
    expect "$(named_in "update only t x set a = (select c, d from u), b = e from v, lateral (select f, g from w) y")" "writes t, reads u, reads v, reads w"
    expect "$(named_in "delete from t where id = any(array(select id from u limit \$2))")" "writes t, reads u"
    expect "$(named_in "copy t (a) from stdin; copy (select a from u) to stdout; alter table v disable trigger all")" "writes t, reads stdin, reads u, writes v"
}

test_other_words_from_and_update_name_no_table() {
    expect "$(named_in "select extract(epoch from a), substring(b from 'c'), trim(both from d) from t, u where e in (values (v, w)) for update of t")" "reads t, reads u"
    expect "$(named_in "delete from t using u, v where t.a is not distinct from w for no key update")" "writes t, reads u, reads v"
    expect "$(named_in "select 'from a' -- from b
        from public.t left join (u join v on true) on true group by x, y order by z, w")" "reads t, reads u, reads v"
    expect "$(named_in "select distinct from t, only u where exists (select from v)")" "reads t, reads u, reads v"
}
