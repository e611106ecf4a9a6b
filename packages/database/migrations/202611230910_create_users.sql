-- Accounts, sign-in and sessions. Identifiers of people that wait for a code are kept as HMAC only.
create table users (
    id uuid constraint users_pkey primary key,
    phone text constraint users_phone_key unique,
    email text constraint users_email_key unique,
    name text not null,
    role text not null default 'user'
        constraint users_role_check check (role in ('user', 'driver', 'moderator', 'admin')),
    status text not null default 'active'
        constraint users_status_check check (status in ('active', 'suspended', 'banned', 'deleted')),
    locale text not null default 'fr' constraint users_locale_check check (locale in ('fr', 'ar', 'en')),
    bio text,
    photo_url text,
    languages text[] not null default '{}',
    smoking boolean,
    pets boolean,
    music boolean,
    talk text constraint users_talk_check check (talk in ('quiet', 'normal', 'chatty')),
    gender text constraint users_gender_check check (gender in ('female', 'male')),
    gender_confirmed_at timestamptz,
    kyc_approved_at timestamptz,
    rating_sum bigint not null default 0,
    rating_count integer not null default 0,
    trips_driven integer not null default 0,
    trips_travelled integer not null default 0,
    late_cancellations integer not null default 0,
    ignored_requests integer not null default 0,
    created_at timestamptz not null,
    deleted_at timestamptz,
    constraint users_reachable_check check (phone is not null or email is not null or status = 'deleted')
);

create table otp_codes (
    id uuid constraint otp_codes_pkey primary key,
    identifier_hmac text not null,
    code_hmac text not null,
    attempts smallint not null default 0,
    expires_at timestamptz not null,
    consumed_at timestamptz,
    created_at timestamptz not null
);
create index idx_otp_codes_identifier on otp_codes (identifier_hmac, created_at);
create index idx_otp_codes_created on otp_codes (created_at);

create table sessions (
    id uuid constraint sessions_pkey primary key,
    user_id uuid not null constraint sessions_user_fkey references users (id),
    user_agent text not null default '',
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    revoked_at timestamptz
);
create index idx_sessions_user on sessions (user_id) where revoked_at is null;

-- A family of refresh tokens is a session; replaced_at starts the 30 s in which the predecessor still works.
create table refresh_tokens (
    token_hash text constraint refresh_tokens_pkey primary key,
    session_id uuid not null constraint refresh_tokens_session_fkey references sessions (id),
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    replaced_at timestamptz
);
create index idx_refresh_tokens_session on refresh_tokens (session_id);

create table consents (
    user_id uuid not null constraint consents_user_fkey references users (id),
    kind text not null,
    granted boolean not null,
    recorded_at timestamptz not null,
    constraint consents_pkey primary key (user_id, kind, recorded_at)
);

-- One row per answer that may be asked for again (kept 24 h), written in the transaction of its effect.
create table idempotency_keys (
    user_id uuid not null constraint idempotency_keys_user_fkey references users (id),
    route text not null,
    key text not null,
    request_hash text not null,
    status smallint not null,
    response text not null,
    -- False while a step after the commit (a payment) may still improve the answer.
    finished boolean not null,
    created_at timestamptz not null,
    constraint idempotency_keys_pkey primary key (user_id, route, key)
);
create index idx_idempotency_keys_created on idempotency_keys (created_at);
