-- What became of each message that left by a vendor, kept for 90 days. Nobody is named: `recipient` is a pseudonym of a
-- phone number or an email address, which only the service can form.
create table message_deliveries (
    key text constraint message_deliveries_pkey primary key,
    channel text not null,
    recipient text not null,
    template text not null,
    -- sending: handed over, without an answer yet; withheld: not sent, since the recipient's address is closed.
    state text not null,
    provider_id text not null,
    reason text not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    constraint message_deliveries_channel_check check (channel in ('sms', 'email')),
    constraint message_deliveries_state_check check (
        state in ('sending', 'accepted', 'delivered', 'unknown_recipient', 'unsubscribed', 'rejected', 'withheld'))
);
create index message_deliveries_created_at_idx on message_deliveries (created_at);

-- Addresses that a vendor refuses for good: they get nothing but sign-in codes until one of those arrives.
create table closed_addresses (
    recipient text not null,
    channel text not null,
    why text not null,
    since timestamptz not null,
    constraint closed_addresses_pkey primary key (recipient, channel),
    constraint closed_addresses_why_check check (why in ('unknown_recipient', 'unsubscribed'))
);
create index closed_addresses_since_idx on closed_addresses (since);
