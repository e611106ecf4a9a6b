-- What a provider was asked for a payment and what it answered. Stored before it is used: the reference before any
-- money is asked for under it, the address before a customer is sent there.
alter table payments
    -- The last attempt that the provider was asked to open: its answer may have been lost.
    add column asked_attempt integer not null default 0,
    -- The attempt that provider_reference names.
    add column reference_attempt integer,
    add column checkout_qr text,
    add column checkout_expires_at timestamptz,
    add column return_url text,
    -- Held money lapses then, unless it is captured before.
    add column capture_before timestamptz;

-- The sandbox learns to wait for its customers. Its own terms of a charge stand beside it.
alter table sandbox_charges
    add column pay_until timestamptz,
    add column take_at_once boolean not null default false,
    add column attempt integer not null default 1,
    drop constraint sandbox_charges_status_check,
    add constraint sandbox_charges_status_check check (status in (
        'declined', 'held', 'captured', 'released', 'refunded', 'started', 'waiting', 'expired')) not valid;
alter table sandbox_faults
    drop constraint sandbox_faults_operation_check,
    add constraint sandbox_faults_operation_check
        check (operation in ('hold', 'capture', 'release', 'refund', 'open')) not valid,
    drop constraint sandbox_faults_outcome_check,
    add constraint sandbox_faults_outcome_check
        check (outcome in ('declined', 'unavailable_before', 'lost_answer', 'needs_action')) not valid;
