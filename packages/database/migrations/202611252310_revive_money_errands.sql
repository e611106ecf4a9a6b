-- Errands to the payment provider are never given up; those that were, while that was not so, are taken up again.
update outbox set dead_at = null, leased_until = null where dead_at is not null and kind like 'payment.%';
