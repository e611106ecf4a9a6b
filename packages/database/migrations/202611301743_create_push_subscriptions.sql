-- Browsers that show messages (Web Push). An endpoint is a secret: whoever knows it may write to the browser. Each was
-- subscribed in a session, and gets nothing once that has ended.
create table push_subscriptions (
    id uuid constraint push_subscriptions_pkey primary key,
    user_id uuid not null constraint push_subscriptions_user_id_fkey references users (id),
    session_id uuid not null,
    endpoint text not null constraint push_subscriptions_endpoint_key unique,
    browser_key text not null,     -- base64url
    browser_secret text not null,  -- base64url
    created_at timestamptz not null
);
create index push_subscriptions_user_id_idx on push_subscriptions (user_id);
create index push_subscriptions_created_at_idx on push_subscriptions (created_at);

alter table message_deliveries
    drop constraint message_deliveries_channel_check,
    add constraint message_deliveries_channel_check check (channel in ('sms', 'email', 'push'));
