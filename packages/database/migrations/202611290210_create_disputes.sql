-- What two people of a booking do not agree about: one dispute a booking, decided by an admin. While it is undecided the
-- booking is `disputed` and its money stays where it is.
create table disputes (
    id uuid constraint disputes_pkey primary key,
    booking_id uuid not null constraint disputes_booking_key unique
        constraint disputes_booking_fkey references bookings (id),
    opened_by uuid not null constraint disputes_opened_by_fkey references users (id),
    side text not null constraint disputes_side_check check (side in ('passenger', 'driver')),
    -- Of the booking when the dispute was opened: what is disputed.
    disputed_status text not null constraint disputes_disputed_status_check
        check (disputed_status in ('completed', 'settled', 'no_show_passenger', 'no_show_driver')),
    reason text not null constraint disputes_reason_check check (reason in (
        'no_show', 'left_behind', 'unreachable', 'pickup_not_agreed', 'late_arrival', 'unsafe_driving',
        'uncomfortable_vehicle', 'route_change', 'payment_issue', 'inappropriate_behavior', 'other')),
    status text not null default 'open' constraint disputes_status_check
        check (status in ('open', 'in_review', 'resolved', 'closed')),
    -- The words of both; null once their writer has left.
    text text,
    answer text,
    answered_at timestamptz,
    due_at timestamptz not null,
    -- The decision: who took it, and what goes back to the passenger (whole dinars).
    refund bigint constraint disputes_refund_check check (refund >= 0),
    note text,
    resolved_by uuid constraint disputes_resolved_by_fkey references users (id),
    resolved_at timestamptz,
    created_at timestamptz not null,
    constraint disputes_decision_check check (
        (status = 'resolved') = (resolved_at is not null and resolved_by is not null and refund is not null
                                 and note is not null))
);
create index idx_disputes_opened_by on disputes (opened_by);
