-- Sealed messages that were given up kept their payload, which may hold a code.
update outbox set payload = '' where dead_at is not null and kind = 'notification.deliver';
