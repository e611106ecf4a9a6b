-- Payments as the passenger sees them, and the double-entry ledger that is the truth about money (whole dinars).
create table payments (
    id uuid constraint payments_pkey primary key,
    booking_id uuid not null constraint payments_booking_key unique
        constraint payments_booking_fkey references bookings (id),
    -- The charge as the booking agreed it; it never changes.
    passenger_id uuid not null constraint payments_passenger_fkey references users (id),
    driver_id uuid not null constraint payments_driver_fkey references users (id),
    method text not null constraint payments_method_check
        check (method in ('cash', 'card', 'edahabia', 'cib', 'sandbox')),
    status text not null constraint payments_status_check
        check (status in ('intent', 'hold', 'captured', 'refunded', 'failed', 'cancelled')),
    price bigint not null,
    service_fee bigint not null,
    amount bigint not null constraint payments_total_check check (amount = price + service_fee),
    captured bigint not null default 0,
    refunded bigint not null default 0,
    -- Of the hold: after a decline the passenger tries again under a new key.
    attempt integer not null default 1,
    -- The provider was asked to capture everything and its answer may not be known yet.
    capturing boolean not null default false,
    provider_reference text constraint payments_provider_reference_key unique,
    checkout_url text,
    version bigint not null default 1,
    created_at timestamptz not null,
    constraint payments_amounts_check check (
        price >= 0 and service_fee >= 0 and 0 <= captured and captured <= amount
        and 0 <= refunded and refunded <= amount)
);
create index idx_payments_open on payments (created_at) where status = 'intent' and method <> 'cash';

-- Money that people of SafarGo decided to give back after its capture.
create table payment_refunds (
    id uuid constraint payment_refunds_pkey primary key,
    payment_id uuid not null constraint payment_refunds_payment_fkey references payments (id),
    amount bigint not null constraint payment_refunds_amount_check check (amount > 0),
    reason text not null,
    decided_by uuid not null constraint payment_refunds_decided_by_fkey references users (id),
    created_at timestamptz not null
);
create index idx_payment_refunds_payment on payment_refunds (payment_id);

create table ledger_transactions (
    id uuid constraint ledger_transactions_pkey primary key,
    kind text not null,
    -- What happened, once: a second posting of the same event is refused by the database.
    event_key text not null constraint ledger_transactions_event_key unique,
    booking_id uuid constraint ledger_transactions_booking_fkey references bookings (id),
    payment_id uuid constraint ledger_transactions_payment_fkey references payments (id),
    created_at timestamptz not null
);
create index idx_ledger_transactions_payment on ledger_transactions (payment_id);

create table ledger_entries (
    id bigint generated always as identity constraint ledger_entries_pkey primary key,
    transaction_id uuid not null constraint ledger_entries_transaction_fkey references ledger_transactions (id),
    account text not null constraint ledger_entries_account_check check (account in (
        'provider_clearing', 'escrow', 'driver_payable', 'platform_revenue', 'provider_fees', 'cash', 'payouts')),
    -- Whose account it is, for driver_payable and payouts.
    user_id uuid constraint ledger_entries_user_fkey references users (id),
    -- Debits are positive, credits negative.
    amount bigint not null constraint ledger_entries_amount_check check (amount <> 0),
    constraint ledger_entries_owner_check check ((user_id is not null) = (account in ('driver_payable', 'payouts')))
);
create index idx_ledger_entries_transaction on ledger_entries (transaction_id);
create index idx_ledger_entries_account on ledger_entries (account, user_id);

create function ledger_must_balance() returns trigger language plpgsql as $$
begin
    if (select coalesce(sum(amount), 0) from ledger_entries where transaction_id = new.transaction_id) <> 0 then
        raise exception 'ledger transaction does not sum to zero'
            using errcode = '23514', constraint = 'ledger_sums_to_zero';
    end if;
    return null;
end
$$;
create constraint trigger ledger_sums_to_zero after insert on ledger_entries
    deferrable initially deferred for each row execute function ledger_must_balance();

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is append-only' using errcode = '23514', constraint = 'ledger_append_only';
end
$$;
create trigger ledger_entries_append_only before update or delete or truncate on ledger_entries
    for each statement execute function ledger_is_append_only();
create trigger ledger_transactions_append_only before update or delete or truncate on ledger_transactions
    for each statement execute function ledger_is_append_only();

-- The built-in payment provider of development: a system of its own that remembers, like a vendor's cloud would.
create table sandbox_charges (
    reference text constraint sandbox_charges_pkey primary key,
    status text not null constraint sandbox_charges_status_check
        check (status in ('declined', 'held', 'captured', 'released', 'refunded')),
    amount bigint not null,
    captured bigint not null default 0,
    refunded bigint not null default 0,
    constraint sandbox_charges_amounts_check check (
        0 <= captured and captured <= amount and 0 <= refunded and refunded <= captured)
);
create table sandbox_operations (
    operation_key text constraint sandbox_operations_pkey primary key,
    operation text not null,
    reference text not null,
    amount bigint not null,
    outcome text not null constraint sandbox_operations_outcome_check check (outcome in ('done', 'declined'))
);
create table sandbox_faults (
    id bigint generated always as identity constraint sandbox_faults_pkey primary key,
    operation text not null constraint sandbox_faults_operation_check
        check (operation in ('hold', 'capture', 'release', 'refund')),
    outcome text not null constraint sandbox_faults_outcome_check
        check (outcome in ('declined', 'unavailable_before', 'lost_answer')),
    remaining integer not null
);
