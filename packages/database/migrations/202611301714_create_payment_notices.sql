-- What payment providers told us by themselves, as they signed it: each event once, whatever is made of it. Kept for a
-- month, since it may name the payer.
create table payment_notices (
    provider text not null,
    event_id text not null,
    kind text not null,
    -- Ours; null if it is about something else. No foreign key: it is what the provider says.
    payment_id uuid,
    body text not null,
    received_at timestamptz not null,
    constraint payment_notices_pkey primary key (provider, event_id)
);
create index idx_payment_notices_received on payment_notices (received_at);
