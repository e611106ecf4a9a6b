-- no-transaction
-- Held money is captured before its hold lapses: few rows at a time have a date.
create index concurrently idx_payments_capture_before on payments (capture_before)
    where status = 'hold' and capture_before is not null;
