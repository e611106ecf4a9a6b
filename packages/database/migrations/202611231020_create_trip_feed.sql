-- When a change may be forgotten: only long after its transaction has ended. A horizon is the oldest transaction that
-- was still running at a moment; what is older than a horizon of ten minutes ago was visible to every reader by then.
create table trip_feed_horizons (
    recorded_at timestamptz constraint trip_feed_horizons_pkey primary key,
    oldest_running xid8 not null
);

-- A reader whose cursor is older than this must load again.
create table trip_feed (
    only_row boolean constraint trip_feed_pkey primary key default true constraint trip_feed_one_row check (only_row),
    pruned_before xid8 not null
);
insert into trip_feed (pruned_before) values ('0');
