-- Effects that leave after commit: written with the change that causes them, sent by the dispatcher.
-- Rows of one ordering_key are sent in the order of their id; leased_until keeps two dispatchers apart.
create table outbox (
    id bigint generated always as identity constraint outbox_pkey primary key,
    ordering_key text not null,
    kind text not null,
    payload text not null,
    created_at timestamptz not null,
    available_at timestamptz not null,
    leased_until timestamptz,
    attempts integer not null default 0,
    last_error text,
    sent_at timestamptz,
    dead_at timestamptz
);
create index idx_outbox_unsent on outbox (ordering_key, id) where sent_at is null and dead_at is null;
-- What a dispatcher may send now, of the kinds that it knows; other kinds wait without being looked at.
create index idx_outbox_due on outbox (kind, available_at) where sent_at is null and dead_at is null;
create index idx_outbox_sent on outbox (sent_at) where sent_at is not null;

-- The local outbox of development (/dev/outbox): what mail and SMS vendors would have delivered.
create table dev_messages (
    id uuid constraint dev_messages_pkey primary key,
    -- The outbox row that was delivered, so that a repeated delivery shows once.
    delivery_key text not null constraint dev_messages_delivery_key unique,
    channel text not null,
    recipient text not null,
    template text not null,
    locale text not null,
    subject text not null,
    text text not null,
    created_at timestamptz not null
);
create index idx_dev_messages_recipient on dev_messages (recipient, created_at);
