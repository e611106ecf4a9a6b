-- Answers about places are kept in memory and shared between requests. The version tells whether they are still right:
-- it grows with every commit that changes what they show.
create table places_version (
    only_row boolean constraint places_version_pkey primary key default true
        constraint places_version_one_row check (only_row),
    version bigint not null,
    changed_by xid8 not null
);
insert into places_version (version, changed_by) values (0, '0');

-- Once in each transaction.
create function count_place_changes() returns trigger language plpgsql as $$
begin
    update places_version set version = version + 1, changed_by = pg_current_xact_id()
    where changed_by <> pg_current_xact_id();
    return null;
end
$$;

-- Deferred: the row is locked last and only for the commit, so versions grow in the order in which changes become
-- visible, and edits of different places wait for nothing else.
create constraint trigger places_counted after insert or update or delete on places
    deferrable initially deferred for each row execute function count_place_changes();
-- The name of its wilaya is shown with each place.
create constraint trigger wilayas_counted after insert or update or delete on wilayas
    deferrable initially deferred for each row execute function count_place_changes();
