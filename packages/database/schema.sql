CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

CREATE FUNCTION public.audit_log_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'the audit log is append-only' using errcode = '23514', constraint = 'audit_log_append_only';
end
$$;

CREATE FUNCTION public.count_place_changes() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    update places_version set version = version + 1, changed_by = pg_current_xact_id()
    where changed_by <> pg_current_xact_id();
    return null;
end
$$;

CREATE FUNCTION public.fan_out_behind_old_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into outbox (ordering_key, kind, payload, created_at, available_at, expires_at, event_id)
    select old.ordering_key || '>' || subscriber, old.kind || '>' || subscriber, old.payload, old.created_at,
           coalesce(new.sent_at, new.dead_at), old.expires_at, old.id
    from outbox_subscriptions where kind = old.kind and since > 0 and since <= old.id order by subscriber;
    return new;
end $$;

CREATE FUNCTION public.ledger_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'the ledger is append-only' using errcode = '23514', constraint = 'ledger_append_only';
end
$$;

CREATE FUNCTION public.ledger_must_balance() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if (select coalesce(sum(amount), 0) from ledger_entries where transaction_id = new.transaction_id) <> 0 then
        raise exception 'ledger transaction does not sum to zero'
            using errcode = '23514', constraint = 'ledger_sums_to_zero';
    end if;
    return null;
end
$$;

CREATE FUNCTION public.number_user_events(people uuid[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
    waiting uuid[];
begin
    -- Locked in one order, so that two callers do not wait for each other.
    select array_agg(locked.user_id) into waiting from (
        select c.user_id from user_event_counts c
        where c.user_id = any (people)
          and exists (select from user_events e where e.user_id = c.user_id and e.position is null)
        order by c.user_id for update) locked;
    if waiting is null then
        return;
    end if;
    -- A statement of its own: it sees what another caller has numbered while this one waited.
    with fresh as (
        select e.id, c.numbered + row_number() over (partition by e.user_id order by e.id) as position
        from user_event_counts c join user_events e on e.user_id = c.user_id and e.position is null
        where c.user_id = any (waiting))
    update user_events e set position = fresh.position from fresh where e.id = fresh.id;
    update user_event_counts c set numbered = last.position
    from (select user_id, max(position) as position from user_events where user_id = any (waiting) group by user_id) last
    where c.user_id = last.user_id and last.position > c.numbered;
end
$$;

CREATE FUNCTION public.record_driver_changes() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into trip_changes (trip_id) select id from trips where driver_id = new.id and status = 'open';
    return null;
end
$$;

CREATE FUNCTION public.record_trip_changes() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into trip_changes (trip_id) select id from changed;
    return null;
end
$$;

CREATE FUNCTION public.record_vehicle_changes() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into trip_changes (trip_id)
    select id from trips where driver_id = new.driver_id and vehicle_id = new.id and status = 'open';
    return null;
end
$$;

CREATE FUNCTION public.refuse_ride_beside_own_trip() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform pg_advisory_xact_lock(uuid_hash_extended(new.user_id, 7));
    if exists (select from trips where driver_id = new.user_id and status in ('open', 'in_progress')
               and tstzrange(date_time, arrival_at) && tstzrange(new.pickup_at, new.dropoff_at)) then
        raise exception 'the passenger drives at that time'
            using errcode = '23P01', constraint = 'bookings_beside_own_trip';
    end if;
    return null;
end
$$;

CREATE FUNCTION public.refuse_trip_beside_own_ride() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
    business_time constant timestamptz := nullif(current_setting('safargo.business_time', true), '')::timestamptz;
begin
    perform pg_advisory_xact_lock(uuid_hash_extended(new.driver_id, 7));
    if exists (select from bookings where user_id = new.driver_id
               and status in ('requested', 'awaiting_payment', 'confirmed', 'boarded')
               and (expires_at is null or business_time is null or expires_at > business_time)
               and tstzrange(pickup_at, dropoff_at) && tstzrange(new.date_time, new.arrival_at)) then
        raise exception 'the driver rides at that time'
            using errcode = '23P01', constraint = 'trips_beside_own_ride';
    end if;
    return null;
end
$$;

CREATE TABLE public.audit_log (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb NOT NULL
);

CREATE TABLE public.bookings (
    id uuid NOT NULL,
    trip_id uuid NOT NULL,
    user_id uuid NOT NULL,
    driver_id uuid NOT NULL,
    from_stop smallint NOT NULL,
    to_stop smallint NOT NULL,
    seats smallint NOT NULL,
    status text NOT NULL,
    price bigint NOT NULL,
    service_fee bigint NOT NULL,
    payment_method text NOT NULL,
    message text,
    pickup_at timestamp with time zone NOT NULL,
    dropoff_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    accepted_at timestamp with time zone,
    confirmed_at timestamp with time zone,
    boarded_at timestamp with time zone,
    completed_at timestamp with time zone,
    settle_after timestamp with time zone,
    settled_at timestamp with time zone,
    ended_at timestamp with time zone,
    pin_attempts smallint DEFAULT 0 NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    agreed_pickup_at timestamp with time zone,
    pickup_lat double precision,
    pickup_lng double precision,
    dropoff_lat double precision,
    dropoff_lng double precision,
    agreed_dropoff_at timestamp with time zone,
    CONSTRAINT bookings_legs_check CHECK (((0 <= from_stop) AND (from_stop < to_stop) AND (to_stop <= 9))),
    CONSTRAINT bookings_money_check CHECK (((price >= 0) AND (service_fee >= 0))),
    CONSTRAINT bookings_payment_method_check CHECK ((payment_method = ANY (ARRAY['cash'::text, 'card'::text, 'edahabia'::text, 'cib'::text, 'sandbox'::text]))),
    CONSTRAINT bookings_seats_check CHECK (((seats >= 1) AND (seats <= 8))),
    CONSTRAINT bookings_status_check CHECK ((status = ANY (ARRAY['requested'::text, 'awaiting_payment'::text, 'confirmed'::text, 'boarded'::text, 'completed'::text, 'settled'::text, 'disputed'::text, 'declined'::text, 'expired'::text, 'cancelled_by_passenger'::text, 'cancelled_by_driver'::text, 'cancelled_by_admin'::text, 'no_show_passenger'::text, 'no_show_driver'::text]))),
    CONSTRAINT bookings_times_check CHECK ((pickup_at < dropoff_at))
);

CREATE TABLE public.cancellation_policies (
    effective_from date NOT NULL,
    free_until_hours integer NOT NULL,
    late_refund_basis_points integer NOT NULL,
    grace_minutes integer NOT NULL
);

CREATE TABLE public.closed_addresses (
    recipient text NOT NULL,
    channel text NOT NULL,
    why text NOT NULL,
    since timestamp with time zone NOT NULL,
    CONSTRAINT closed_addresses_why_check CHECK ((why = ANY (ARRAY['unknown_recipient'::text, 'unsubscribed'::text])))
);

CREATE TABLE public.communes (
    code text NOT NULL,
    wilaya_code smallint NOT NULL,
    name_fr text NOT NULL,
    name_ar text NOT NULL,
    lat double precision NOT NULL,
    lng double precision NOT NULL
);

CREATE TABLE public.consents (
    user_id uuid NOT NULL,
    kind text NOT NULL,
    granted boolean NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

CREATE TABLE public.data_loads (
    name text NOT NULL,
    sha256 text NOT NULL,
    loaded_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.dev_messages (
    id uuid NOT NULL,
    delivery_key text NOT NULL,
    channel text NOT NULL,
    recipient text NOT NULL,
    template text NOT NULL,
    locale text NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.disputes (
    id uuid NOT NULL,
    booking_id uuid NOT NULL,
    opened_by uuid NOT NULL,
    side text NOT NULL,
    disputed_status text NOT NULL,
    reason text NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    text text,
    answer text,
    answered_at timestamp with time zone,
    due_at timestamp with time zone NOT NULL,
    refund bigint,
    note text,
    resolved_by uuid,
    resolved_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT disputes_decision_check CHECK (((status = 'resolved'::text) = ((resolved_at IS NOT NULL) AND (resolved_by IS NOT NULL) AND (refund IS NOT NULL) AND (note IS NOT NULL)))),
    CONSTRAINT disputes_disputed_status_check CHECK ((disputed_status = ANY (ARRAY['completed'::text, 'settled'::text, 'no_show_passenger'::text, 'no_show_driver'::text]))),
    CONSTRAINT disputes_reason_check CHECK ((reason = ANY (ARRAY['no_show'::text, 'left_behind'::text, 'unreachable'::text, 'pickup_not_agreed'::text, 'late_arrival'::text, 'unsafe_driving'::text, 'uncomfortable_vehicle'::text, 'route_change'::text, 'payment_issue'::text, 'inappropriate_behavior'::text, 'other'::text]))),
    CONSTRAINT disputes_refund_check CHECK ((refund >= 0)),
    CONSTRAINT disputes_side_check CHECK ((side = ANY (ARRAY['passenger'::text, 'driver'::text]))),
    CONSTRAINT disputes_status_check CHECK ((status = ANY (ARRAY['open'::text, 'in_review'::text, 'resolved'::text, 'closed'::text])))
);

CREATE TABLE public.drivers (
    user_id uuid NOT NULL,
    licence_number text NOT NULL,
    licence_expires_on date NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.fare_policies (
    fuel text NOT NULL,
    effective_from date NOT NULL,
    recommended_centimes integer NOT NULL,
    cap_centimes integer NOT NULL,
    CONSTRAINT fare_policies_fuel_check CHECK ((fuel = ANY (ARRAY['petrol'::text, 'diesel'::text, 'lpg'::text, 'electric'::text]))),
    CONSTRAINT fare_policies_rates_check CHECK (((0 < recommended_centimes) AND (recommended_centimes <= cap_centimes)))
);

CREATE TABLE public.flags (
    id uuid NOT NULL,
    kind text NOT NULL,
    booking_id uuid,
    trip_id uuid,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.idempotency_keys (
    user_id uuid NOT NULL,
    route text NOT NULL,
    key text NOT NULL,
    request_hash text NOT NULL,
    status smallint NOT NULL,
    response text NOT NULL,
    finished boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    etag text DEFAULT ''::text NOT NULL,
    sealed text DEFAULT ''::text NOT NULL
);

CREATE TABLE public.kyc_documents (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    type text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    picture_id uuid,
    expires_on date,
    reason text,
    note text,
    reviewed_by uuid,
    reviewed_at timestamp with time zone,
    decided_by uuid,
    decided_at timestamp with time zone,
    replaced_at timestamp with time zone,
    reminded_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT kyc_documents_decision_check CHECK (((status = ANY (ARRAY['approved'::text, 'rejected'::text])) = ((decided_at IS NOT NULL) AND (decided_by IS NOT NULL)))),
    CONSTRAINT kyc_documents_reason_check CHECK ((reason = ANY (ARRAY['unreadable'::text, 'incomplete'::text, 'expired'::text, 'wrong_document'::text, 'other_person'::text, 'other_expiry'::text, 'altered'::text, 'other'::text]))),
    CONSTRAINT kyc_documents_rejection_check CHECK (((status = 'rejected'::text) = (reason IS NOT NULL))),
    CONSTRAINT kyc_documents_replaced_check CHECK (((replaced_at IS NULL) OR (picture_id IS NULL))),
    CONSTRAINT kyc_documents_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'under_review'::text, 'approved'::text, 'rejected'::text]))),
    CONSTRAINT kyc_documents_type_check CHECK ((type = ANY (ARRAY['id_card'::text, 'driver_license'::text, 'vehicle_registration'::text, 'insurance'::text, 'profile_photo'::text])))
);

CREATE TABLE public.ledger_entries (
    id bigint NOT NULL,
    transaction_id uuid NOT NULL,
    account text NOT NULL,
    user_id uuid,
    amount bigint NOT NULL,
    CONSTRAINT ledger_entries_account_check CHECK ((account = ANY (ARRAY['provider_clearing'::text, 'escrow'::text, 'driver_payable'::text, 'platform_revenue'::text, 'provider_fees'::text, 'cash'::text, 'payouts'::text]))),
    CONSTRAINT ledger_entries_amount_check CHECK ((amount <> 0)),
    CONSTRAINT ledger_entries_owner_check CHECK (((user_id IS NOT NULL) = (account = ANY (ARRAY['driver_payable'::text, 'payouts'::text]))))
);

ALTER TABLE public.ledger_entries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ledger_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_transactions (
    id uuid NOT NULL,
    kind text NOT NULL,
    event_key text NOT NULL,
    booking_id uuid,
    payment_id uuid,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.message_choices (
    user_id uuid NOT NULL,
    switched_off text[] NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    quiet_from integer,
    quiet_until integer,
    CONSTRAINT message_choices_quiet_check CHECK ((((quiet_from IS NULL) = (quiet_until IS NULL)) AND ((quiet_from >= 0) AND (quiet_from <= 1439)) AND ((quiet_until >= 0) AND (quiet_until <= 1439)) AND (quiet_from <> quiet_until))),
    CONSTRAINT message_choices_switched_off_check CHECK ((cardinality(switched_off) <= 200))
);

CREATE TABLE public.message_deliveries (
    key text NOT NULL,
    channel text NOT NULL,
    recipient text NOT NULL,
    template text NOT NULL,
    state text NOT NULL,
    provider_id text NOT NULL,
    reason text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT message_deliveries_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text, 'push'::text]))),
    CONSTRAINT message_deliveries_state_check CHECK ((state = ANY (ARRAY['sending'::text, 'accepted'::text, 'delivered'::text, 'unknown_recipient'::text, 'unsubscribed'::text, 'rejected'::text, 'withheld'::text])))
);

CREATE SEQUENCE public.named_places_version
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.named_places (
    kind text NOT NULL,
    code text NOT NULL,
    type text,
    wilaya_code smallint NOT NULL,
    lat double precision NOT NULL,
    lng double precision NOT NULL,
    weight smallint NOT NULL,
    names text[] NOT NULL,
    folded_names text[] NOT NULL,
    words text NOT NULL,
    sounds text NOT NULL,
    bones text NOT NULL,
    place_version bigint DEFAULT 0 NOT NULL,
    version bigint DEFAULT nextval('public.named_places_version'::regclass) NOT NULL,
    CONSTRAINT named_places_kind_check CHECK ((kind = ANY (ARRAY['place'::text, 'commune'::text, 'locality'::text, 'meeting_point'::text])))
);

CREATE TABLE public.no_shows (
    booking_id uuid NOT NULL,
    reported_at timestamp with time zone NOT NULL,
    contest_until timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT no_shows_times_check CHECK ((reported_at <= contest_until))
);

CREATE TABLE public.otp_codes (
    id uuid NOT NULL,
    identifier_hmac text NOT NULL,
    code_hmac text NOT NULL,
    attempts smallint DEFAULT 0 NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    consumed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.otp_guesses (
    day date NOT NULL,
    identifier_hmac text NOT NULL,
    wrong integer NOT NULL,
    closed_at integer,
    CONSTRAINT otp_guesses_wrong_check CHECK ((wrong >= 0))
);

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    ordering_key text NOT NULL,
    kind text NOT NULL,
    payload text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    available_at timestamp with time zone NOT NULL,
    leased_until timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    last_error text,
    sent_at timestamp with time zone,
    dead_at timestamp with time zone,
    expires_at timestamp with time zone,
    dedupe_key text,
    lost_leases integer DEFAULT 0 NOT NULL,
    event_id bigint,
    reaches_all boolean DEFAULT false NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outbox_subscriptions (
    kind text NOT NULL,
    subscriber text NOT NULL,
    since bigint NOT NULL,
    shared boolean DEFAULT false NOT NULL
);

CREATE TABLE public.payment_notices (
    provider text NOT NULL,
    event_id text NOT NULL,
    kind text NOT NULL,
    payment_id uuid,
    body text NOT NULL,
    received_at timestamp with time zone NOT NULL
);

CREATE TABLE public.payment_refunds (
    id uuid NOT NULL,
    payment_id uuid NOT NULL,
    amount bigint NOT NULL,
    reason text NOT NULL,
    decided_by uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT payment_refunds_amount_check CHECK ((amount > 0))
);

CREATE TABLE public.payments (
    id uuid NOT NULL,
    booking_id uuid NOT NULL,
    passenger_id uuid NOT NULL,
    driver_id uuid NOT NULL,
    method text NOT NULL,
    status text NOT NULL,
    price bigint NOT NULL,
    service_fee bigint NOT NULL,
    amount bigint NOT NULL,
    captured bigint DEFAULT 0 NOT NULL,
    refunded bigint DEFAULT 0 NOT NULL,
    attempt integer DEFAULT 1 NOT NULL,
    capturing boolean DEFAULT false NOT NULL,
    provider_reference text,
    checkout_url text,
    version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    price_back bigint DEFAULT 0 NOT NULL,
    fee_back bigint DEFAULT 0 NOT NULL,
    driver_share bigint DEFAULT 0 NOT NULL,
    asked_attempt integer DEFAULT 0 NOT NULL,
    reference_attempt integer,
    checkout_qr text,
    checkout_expires_at timestamp with time zone,
    return_url text,
    capture_before timestamp with time zone,
    CONSTRAINT payments_amounts_check CHECK (((price >= 0) AND (service_fee >= 0) AND (0 <= captured) AND (captured <= amount) AND (0 <= refunded) AND (refunded <= amount))),
    CONSTRAINT payments_back_check CHECK (((0 <= price_back) AND (0 <= driver_share) AND ((price_back + driver_share) <= price) AND (0 <= fee_back) AND (fee_back <= service_fee))),
    CONSTRAINT payments_method_check CHECK ((method = ANY (ARRAY['cash'::text, 'card'::text, 'edahabia'::text, 'cib'::text, 'sandbox'::text]))),
    CONSTRAINT payments_status_check CHECK ((status = ANY (ARRAY['intent'::text, 'hold'::text, 'captured'::text, 'refunded'::text, 'failed'::text, 'cancelled'::text]))),
    CONSTRAINT payments_total_check CHECK ((amount = (price + service_fee)))
);

CREATE TABLE public.pictures (
    id uuid NOT NULL,
    owner_id uuid,
    purpose text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    claimed_at timestamp with time zone,
    discarded_at timestamp with time zone,
    CONSTRAINT pictures_purpose_check CHECK ((purpose = ANY (ARRAY['profile_photo'::text, 'vehicle_photo'::text, 'place_photo'::text, 'kyc_document'::text]))),
    CONSTRAINT pictures_size_check CHECK ((((width >= 1) AND (width <= 1280)) AND ((height >= 1) AND (height <= 1280))))
);

CREATE TABLE public.places (
    id uuid NOT NULL,
    slug text NOT NULL,
    name_fr text NOT NULL,
    name_ar text NOT NULL,
    name_en text NOT NULL,
    type text NOT NULL,
    wilaya_code smallint NOT NULL,
    lat double precision NOT NULL,
    lng double precision NOT NULL,
    unesco boolean DEFAULT false NOT NULL,
    description_fr text NOT NULL,
    description_ar text NOT NULL,
    description_en text NOT NULL,
    folded_names text NOT NULL,
    rating_sum bigint DEFAULT 0 NOT NULL,
    rating_count integer DEFAULT 0 NOT NULL,
    popularity integer DEFAULT 0 NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    photo_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    other_names text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT places_photos_check CHECK ((cardinality(photo_ids) <= 20)),
    CONSTRAINT places_type_check CHECK ((type = ANY (ARRAY['beach'::text, 'waterfall'::text, 'mountain'::text, 'desert'::text, 'heritage'::text, 'museum'::text, 'food'::text, 'viewpoint'::text, 'park'::text, 'oasis'::text, 'medina'::text, 'lake'::text, 'thermal_spring'::text, 'religious'::text, 'cave'::text, 'canyon'::text, 'island'::text])))
);

CREATE TABLE public.places_version (
    only_row boolean DEFAULT true NOT NULL,
    version bigint NOT NULL,
    changed_by xid8 NOT NULL,
    CONSTRAINT places_version_one_row CHECK (only_row)
);

CREATE TABLE public.push_subscriptions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    session_id uuid NOT NULL,
    endpoint text NOT NULL,
    browser_key text NOT NULL,
    browser_secret text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.quiet_letters (
    id bigint NOT NULL,
    line text NOT NULL,
    user_id uuid NOT NULL,
    subject_id uuid,
    payload text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    released_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.refresh_tokens (
    token_hash text NOT NULL,
    session_id uuid NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    replaced_at timestamp with time zone,
    replaced_by text,
    successor text
);

CREATE TABLE public.sandbox_charges (
    reference text NOT NULL,
    status text NOT NULL,
    amount bigint NOT NULL,
    captured bigint DEFAULT 0 NOT NULL,
    refunded bigint DEFAULT 0 NOT NULL,
    pay_until timestamp with time zone,
    take_at_once boolean DEFAULT false NOT NULL,
    attempt integer DEFAULT 1 NOT NULL,
    CONSTRAINT sandbox_charges_amounts_check CHECK (((0 <= captured) AND (captured <= amount) AND (0 <= refunded) AND (refunded <= captured))),
    CONSTRAINT sandbox_charges_status_check CHECK ((status = ANY (ARRAY['declined'::text, 'held'::text, 'captured'::text, 'released'::text, 'refunded'::text, 'started'::text, 'waiting'::text, 'expired'::text])))
);

CREATE TABLE public.sandbox_faults (
    id bigint NOT NULL,
    operation text NOT NULL,
    outcome text NOT NULL,
    remaining integer NOT NULL,
    CONSTRAINT sandbox_faults_operation_check CHECK ((operation = ANY (ARRAY['hold'::text, 'capture'::text, 'release'::text, 'refund'::text, 'open'::text]))),
    CONSTRAINT sandbox_faults_outcome_check CHECK ((outcome = ANY (ARRAY['declined'::text, 'unavailable_before'::text, 'lost_answer'::text, 'needs_action'::text])))
);

ALTER TABLE public.sandbox_faults ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sandbox_faults_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sandbox_operations (
    operation_key text NOT NULL,
    operation text NOT NULL,
    reference text NOT NULL,
    amount bigint NOT NULL,
    outcome text NOT NULL,
    CONSTRAINT sandbox_operations_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'declined'::text])))
);

CREATE TABLE public.schema_migrations (
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    user_agent text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone
);

CREATE TABLE public.trip_changes (
    trip_id uuid NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.trip_feed (
    only_row boolean DEFAULT true NOT NULL,
    pruned_before xid8 NOT NULL,
    CONSTRAINT trip_feed_one_row CHECK (only_row)
);

CREATE TABLE public.trip_feed_horizons (
    recorded_at timestamp with time zone NOT NULL,
    oldest_running xid8 NOT NULL
);

CREATE TABLE public.trips (
    id uuid NOT NULL,
    driver_id uuid NOT NULL,
    vehicle_id uuid NOT NULL,
    plate text NOT NULL,
    status text NOT NULL,
    origin_lat double precision NOT NULL,
    origin_lng double precision NOT NULL,
    destination_lat double precision NOT NULL,
    destination_lng double precision NOT NULL,
    date_time timestamp with time zone NOT NULL,
    arrival_at timestamp with time zone NOT NULL,
    local_day date NOT NULL,
    stop_lats double precision[] NOT NULL,
    stop_lngs double precision[] NOT NULL,
    stop_labels text[] NOT NULL,
    stop_communes text[] NOT NULL,
    stop_times timestamp with time zone[] NOT NULL,
    stop_prices bigint[] NOT NULL,
    seats smallint NOT NULL,
    leg_seats_left smallint[] NOT NULL,
    booking_mode text NOT NULL,
    smoking boolean NOT NULL,
    pets boolean NOT NULL,
    music boolean NOT NULL,
    talk text NOT NULL,
    luggage text NOT NULL,
    max_two_back boolean NOT NULL,
    women_only boolean NOT NULL,
    note text,
    place_id uuid,
    itinerary_id uuid,
    return_trip_id uuid,
    distance_m integer NOT NULL,
    duration_s integer NOT NULL,
    polyline text NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    started_at timestamp with time zone,
    completed_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    CONSTRAINT trips_booking_mode_check CHECK ((booking_mode = ANY (ARRAY['instant'::text, 'approval'::text]))),
    CONSTRAINT trips_luggage_check CHECK ((luggage = ANY (ARRAY['none'::text, 'small'::text, 'medium'::text, 'large'::text]))),
    CONSTRAINT trips_never_oversold CHECK (((0 <= ALL (leg_seats_left)) AND (seats >= ALL (leg_seats_left)))),
    CONSTRAINT trips_seats_check CHECK (((seats >= 1) AND (seats <= 8))),
    CONSTRAINT trips_shape_check CHECK ((((cardinality(stop_lats) >= 2) AND (cardinality(stop_lats) <= 10)) AND (cardinality(stop_lngs) = cardinality(stop_lats)) AND (cardinality(stop_labels) = cardinality(stop_lats)) AND (cardinality(stop_communes) = cardinality(stop_lats)) AND (cardinality(stop_times) = cardinality(stop_lats)) AND (cardinality(stop_prices) = cardinality(stop_lats)) AND (cardinality(leg_seats_left) = (cardinality(stop_lats) - 1)) AND (date_time < arrival_at))),
    CONSTRAINT trips_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'open'::text, 'in_progress'::text, 'completed'::text, 'cancelled'::text]))),
    CONSTRAINT trips_talk_check CHECK ((talk = ANY (ARRAY['quiet'::text, 'normal'::text, 'chatty'::text])))
)
WITH (fillfactor='90');

CREATE TABLE public.uploads (
    id uuid NOT NULL,
    user_id uuid,
    purpose text NOT NULL,
    content_type text NOT NULL,
    bytes bigint NOT NULL,
    state text DEFAULT 'permitted'::text NOT NULL,
    refusal text,
    refusal_values text[] DEFAULT '{}'::text[] NOT NULL,
    busy_until timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    swept_at timestamp with time zone,
    CONSTRAINT uploads_bytes_check CHECK (((bytes >= 1) AND (bytes <= 12000000))),
    CONSTRAINT uploads_content_type_check CHECK ((content_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text]))),
    CONSTRAINT uploads_purpose_check CHECK ((purpose = ANY (ARRAY['profile_photo'::text, 'vehicle_photo'::text, 'place_photo'::text, 'kyc_document'::text]))),
    CONSTRAINT uploads_refusal_check CHECK (((state = 'refused'::text) = (refusal IS NOT NULL))),
    CONSTRAINT uploads_state_check CHECK ((state = ANY (ARRAY['permitted'::text, 'finished'::text, 'refused'::text, 'expired'::text])))
);

CREATE TABLE public.user_event_counts (
    user_id uuid NOT NULL,
    numbered bigint NOT NULL,
    CONSTRAINT user_event_counts_numbered_check CHECK ((numbered >= 0))
);

CREATE TABLE public.user_events (
    id bigint NOT NULL,
    user_id uuid NOT NULL,
    "position" bigint,
    event text NOT NULL,
    subject_id uuid NOT NULL,
    what text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT user_events_event_check CHECK ((event = ANY (ARRAY['booking'::text, 'trip'::text, 'notification'::text, 'message'::text])))
);

ALTER TABLE public.user_events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.user_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.users (
    id uuid NOT NULL,
    phone text,
    email text,
    name text NOT NULL,
    role text DEFAULT 'user'::text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    locale text DEFAULT 'fr'::text NOT NULL,
    bio text,
    photo_url text,
    languages text[] DEFAULT '{}'::text[] NOT NULL,
    smoking boolean,
    pets boolean,
    music boolean,
    talk text,
    gender text,
    gender_confirmed_at timestamp with time zone,
    kyc_approved_at timestamp with time zone,
    rating_sum bigint DEFAULT 0 NOT NULL,
    rating_count integer DEFAULT 0 NOT NULL,
    trips_driven integer DEFAULT 0 NOT NULL,
    trips_travelled integer DEFAULT 0 NOT NULL,
    late_cancellations integer DEFAULT 0 NOT NULL,
    ignored_requests integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    response_seconds_sum bigint DEFAULT 0 NOT NULL,
    response_count integer DEFAULT 0 NOT NULL,
    photo_id uuid,
    documents_valid_until date,
    CONSTRAINT users_gender_check CHECK ((gender = ANY (ARRAY['female'::text, 'male'::text]))),
    CONSTRAINT users_locale_check CHECK ((locale = ANY (ARRAY['fr'::text, 'ar'::text, 'en'::text]))),
    CONSTRAINT users_reachable_check CHECK (((phone IS NOT NULL) OR (email IS NOT NULL) OR (status = 'deleted'::text))),
    CONSTRAINT users_role_check CHECK ((role = ANY (ARRAY['user'::text, 'driver'::text, 'moderator'::text, 'admin'::text]))),
    CONSTRAINT users_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'banned'::text, 'deleted'::text]))),
    CONSTRAINT users_talk_check CHECK ((talk = ANY (ARRAY['quiet'::text, 'normal'::text, 'chatty'::text])))
);

CREATE TABLE public.vehicles (
    id uuid NOT NULL,
    driver_id uuid NOT NULL,
    make text NOT NULL,
    model text NOT NULL,
    year smallint NOT NULL,
    colour text NOT NULL,
    seats smallint NOT NULL,
    plate text NOT NULL,
    fuel text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    photo_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT vehicles_colour_check CHECK ((colour = ANY (ARRAY['white'::text, 'black'::text, 'grey'::text, 'silver'::text, 'blue'::text, 'red'::text, 'green'::text, 'yellow'::text, 'orange'::text, 'brown'::text, 'beige'::text, 'gold'::text]))),
    CONSTRAINT vehicles_fuel_check CHECK ((fuel = ANY (ARRAY['petrol'::text, 'diesel'::text, 'lpg'::text, 'electric'::text]))),
    CONSTRAINT vehicles_photos_check CHECK ((cardinality(photo_ids) <= 6)),
    CONSTRAINT vehicles_seats_check CHECK (((seats >= 1) AND (seats <= 8)))
);

CREATE TABLE public.wilayas (
    code smallint NOT NULL,
    name_fr text NOT NULL,
    name_ar text NOT NULL,
    name_en text NOT NULL,
    capital text NOT NULL,
    lat double precision NOT NULL,
    lng double precision NOT NULL,
    mother_code smallint,
    powers_from date NOT NULL
);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_no_overlap EXCLUDE USING gist (user_id WITH =, tstzrange(pickup_at, dropoff_at) WITH &&) WHERE ((status = ANY (ARRAY['requested'::text, 'awaiting_payment'::text, 'confirmed'::text, 'boarded'::text])));

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cancellation_policies
    ADD CONSTRAINT cancellation_policies_pkey PRIMARY KEY (effective_from);

ALTER TABLE ONLY public.closed_addresses
    ADD CONSTRAINT closed_addresses_pkey PRIMARY KEY (recipient, channel);

ALTER TABLE ONLY public.communes
    ADD CONSTRAINT communes_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_pkey PRIMARY KEY (user_id, kind, recorded_at);

ALTER TABLE ONLY public.data_loads
    ADD CONSTRAINT data_loads_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.dev_messages
    ADD CONSTRAINT dev_messages_delivery_key UNIQUE (delivery_key);

ALTER TABLE ONLY public.dev_messages
    ADD CONSTRAINT dev_messages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.disputes
    ADD CONSTRAINT disputes_booking_key UNIQUE (booking_id);

ALTER TABLE ONLY public.disputes
    ADD CONSTRAINT disputes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.drivers
    ADD CONSTRAINT drivers_licence_number_key UNIQUE (licence_number);

ALTER TABLE ONLY public.drivers
    ADD CONSTRAINT drivers_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.fare_policies
    ADD CONSTRAINT fare_policies_pkey PRIMARY KEY (fuel, effective_from);

ALTER TABLE ONLY public.flags
    ADD CONSTRAINT flags_one_a_booking UNIQUE (kind, booking_id);

ALTER TABLE ONLY public.flags
    ADD CONSTRAINT flags_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, route, key);

ALTER TABLE ONLY public.kyc_documents
    ADD CONSTRAINT kyc_documents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_transactions
    ADD CONSTRAINT ledger_transactions_event_key UNIQUE (event_key);

ALTER TABLE ONLY public.ledger_transactions
    ADD CONSTRAINT ledger_transactions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.message_choices
    ADD CONSTRAINT message_choices_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.message_deliveries
    ADD CONSTRAINT message_deliveries_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.named_places
    ADD CONSTRAINT named_places_pkey PRIMARY KEY (kind, code);

ALTER TABLE ONLY public.no_shows
    ADD CONSTRAINT no_shows_pkey PRIMARY KEY (booking_id);

ALTER TABLE ONLY public.otp_codes
    ADD CONSTRAINT otp_codes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.otp_guesses
    ADD CONSTRAINT otp_guesses_pkey PRIMARY KEY (day, identifier_hmac);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outbox_subscriptions
    ADD CONSTRAINT outbox_subscriptions_pkey PRIMARY KEY (kind, subscriber);

ALTER TABLE ONLY public.payment_notices
    ADD CONSTRAINT payment_notices_pkey PRIMARY KEY (provider, event_id);

ALTER TABLE ONLY public.payment_refunds
    ADD CONSTRAINT payment_refunds_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_booking_key UNIQUE (booking_id);

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_provider_reference_key UNIQUE (provider_reference);

ALTER TABLE ONLY public.pictures
    ADD CONSTRAINT pictures_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.places
    ADD CONSTRAINT places_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.places
    ADD CONSTRAINT places_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.places_version
    ADD CONSTRAINT places_version_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_endpoint_key UNIQUE (endpoint);

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quiet_letters
    ADD CONSTRAINT quiet_letters_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT refresh_tokens_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.sandbox_charges
    ADD CONSTRAINT sandbox_charges_pkey PRIMARY KEY (reference);

ALTER TABLE ONLY public.sandbox_faults
    ADD CONSTRAINT sandbox_faults_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sandbox_operations
    ADD CONSTRAINT sandbox_operations_pkey PRIMARY KEY (operation_key);

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.trip_feed_horizons
    ADD CONSTRAINT trip_feed_horizons_pkey PRIMARY KEY (recorded_at);

ALTER TABLE ONLY public.trip_feed
    ADD CONSTRAINT trip_feed_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.trips
    ADD CONSTRAINT trips_no_overlap EXCLUDE USING gist (driver_id WITH =, tstzrange(date_time, arrival_at) WITH &&) WHERE ((status = ANY (ARRAY['open'::text, 'in_progress'::text])));

ALTER TABLE ONLY public.trips
    ADD CONSTRAINT trips_one_driver_per_plate EXCLUDE USING gist (hashtextextended(plate, (0)::bigint) WITH =, local_day WITH =, uuid_hash_extended(driver_id, (0)::bigint) WITH <>) WHERE ((status = ANY (ARRAY['open'::text, 'in_progress'::text, 'completed'::text])));

ALTER TABLE ONLY public.trips
    ADD CONSTRAINT trips_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.user_event_counts
    ADD CONSTRAINT user_event_counts_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.user_events
    ADD CONSTRAINT user_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.user_events
    ADD CONSTRAINT user_events_position_key UNIQUE (user_id, "position");

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_key UNIQUE (email);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_phone_key UNIQUE (phone);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.vehicles
    ADD CONSTRAINT vehicles_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wilayas
    ADD CONSTRAINT wilayas_pkey PRIMARY KEY (code);

CREATE UNIQUE INDEX bookings_active_trip_key ON public.bookings USING btree (trip_id, user_id) WHERE (status = ANY (ARRAY['requested'::text, 'awaiting_payment'::text, 'confirmed'::text, 'boarded'::text]));

CREATE INDEX closed_addresses_since_idx ON public.closed_addresses USING btree (since);

CREATE INDEX idx_audit_log_subject ON public.audit_log USING btree (subject, at);

CREATE INDEX idx_bookings_driver_page ON public.bookings USING btree (driver_id, id);

CREATE INDEX idx_bookings_expiring ON public.bookings USING btree (expires_at) WHERE (status = ANY (ARRAY['requested'::text, 'awaiting_payment'::text]));

CREATE INDEX idx_bookings_passenger_page ON public.bookings USING btree (user_id, id);

CREATE INDEX idx_bookings_trip ON public.bookings USING btree (trip_id, id);

CREATE INDEX idx_bookings_user ON public.bookings USING btree (user_id, status);

CREATE INDEX idx_dev_messages_recipient ON public.dev_messages USING btree (recipient, created_at);

CREATE INDEX idx_disputes_opened_by ON public.disputes USING btree (opened_by);

CREATE INDEX idx_flags_kind ON public.flags USING btree (kind, id);

CREATE INDEX idx_idempotency_keys_created ON public.idempotency_keys USING btree (created_at);

CREATE INDEX idx_kyc_documents_decided ON public.kyc_documents USING btree (status, id) WHERE ((replaced_at IS NULL) AND (decided_at IS NOT NULL));

CREATE INDEX idx_kyc_documents_expiry ON public.kyc_documents USING btree (expires_on, id) WHERE ((replaced_at IS NULL) AND (reminded_at IS NULL) AND (status = 'approved'::text));

CREATE INDEX idx_kyc_documents_purge ON public.kyc_documents USING btree (decided_at, id) WHERE (picture_id IS NOT NULL);

CREATE INDEX idx_kyc_documents_queue ON public.kyc_documents USING btree (id) WHERE ((replaced_at IS NULL) AND (decided_at IS NULL));

CREATE INDEX idx_kyc_documents_replaced ON public.kyc_documents USING btree (replaced_at) WHERE (replaced_at IS NOT NULL);

CREATE INDEX idx_kyc_documents_user ON public.kyc_documents USING btree (user_id, created_at);

CREATE INDEX idx_ledger_entries_account ON public.ledger_entries USING btree (account, user_id);

CREATE INDEX idx_ledger_entries_transaction ON public.ledger_entries USING btree (transaction_id);

CREATE INDEX idx_ledger_transactions_payment ON public.ledger_transactions USING btree (payment_id);

CREATE INDEX idx_otp_codes_created ON public.otp_codes USING btree (created_at);

CREATE INDEX idx_otp_codes_identifier ON public.otp_codes USING btree (identifier_hmac, created_at);

CREATE INDEX idx_outbox_dead ON public.outbox USING btree (dead_at) WHERE (dead_at IS NOT NULL);

CREATE INDEX idx_outbox_next ON public.outbox USING btree (kind, available_at, id) WHERE ((sent_at IS NULL) AND (dead_at IS NULL));

CREATE INDEX idx_outbox_sent ON public.outbox USING btree (sent_at) WHERE (sent_at IS NOT NULL);

CREATE INDEX idx_outbox_unsent ON public.outbox USING btree (ordering_key, id) WHERE ((sent_at IS NULL) AND (dead_at IS NULL));

CREATE INDEX idx_payment_notices_received ON public.payment_notices USING btree (received_at);

CREATE INDEX idx_payment_refunds_payment ON public.payment_refunds USING btree (payment_id);

CREATE INDEX idx_payments_capture_before ON public.payments USING btree (capture_before) WHERE ((status = 'hold'::text) AND (capture_before IS NOT NULL));

CREATE INDEX idx_payments_open ON public.payments USING btree (created_at) WHERE ((status = 'intent'::text) AND (method <> 'cash'::text));

CREATE INDEX idx_pictures_discarded ON public.pictures USING btree (discarded_at) WHERE (discarded_at IS NOT NULL);

CREATE INDEX idx_pictures_owner ON public.pictures USING btree (owner_id);

CREATE INDEX idx_pictures_unclaimed ON public.pictures USING btree (created_at) WHERE ((claimed_at IS NULL) AND (discarded_at IS NULL));

CREATE INDEX idx_places_geo ON public.places USING gist (point(lat, lng));

CREATE INDEX idx_places_names ON public.places USING gin (folded_names public.gin_trgm_ops);

CREATE INDEX idx_places_type ON public.places USING btree (type, wilaya_code);

CREATE INDEX idx_refresh_tokens_expires ON public.refresh_tokens USING btree (expires_at);

CREATE INDEX idx_refresh_tokens_session ON public.refresh_tokens USING btree (session_id);

CREATE INDEX idx_refresh_tokens_successor ON public.refresh_tokens USING btree (replaced_at) WHERE (successor IS NOT NULL);

CREATE INDEX idx_sessions_last_used ON public.sessions USING btree (last_used_at);

CREATE INDEX idx_sessions_revoked ON public.sessions USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);

CREATE INDEX idx_sessions_user ON public.sessions USING btree (user_id) WHERE (revoked_at IS NULL);

CREATE INDEX idx_trip_changes_changed ON public.trip_changes USING btree (changed_at);

CREATE INDEX idx_trip_changes_xid ON public.trip_changes USING btree (xid);

CREATE INDEX idx_trips_driver ON public.trips USING btree (driver_id, date_time);

CREATE INDEX idx_trips_due ON public.trips USING btree (arrival_at) WHERE (status = ANY (ARRAY['open'::text, 'in_progress'::text]));

CREATE INDEX idx_trips_place ON public.trips USING btree (place_id, date_time) WHERE (place_id IS NOT NULL);

CREATE INDEX idx_trips_search ON public.trips USING btree (origin_lat, origin_lng, destination_lat, destination_lng, date_time, status);

CREATE INDEX idx_uploads_swept ON public.uploads USING btree (swept_at) WHERE (swept_at IS NOT NULL);

CREATE INDEX idx_uploads_unswept ON public.uploads USING btree (expires_at) WHERE (swept_at IS NULL);

CREATE INDEX idx_uploads_user ON public.uploads USING btree (user_id, created_at);

CREATE INDEX idx_users_inactive ON public.users USING btree (id) WHERE (status <> 'active'::text);

CREATE INDEX idx_vehicles_driver ON public.vehicles USING btree (driver_id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX kyc_documents_approved_key ON public.kyc_documents USING btree (user_id, type) WHERE ((replaced_at IS NULL) AND (status = 'approved'::text));

CREATE UNIQUE INDEX kyc_documents_other_key ON public.kyc_documents USING btree (user_id, type) WHERE ((replaced_at IS NULL) AND (status <> 'approved'::text));

CREATE INDEX message_deliveries_created_at_idx ON public.message_deliveries USING btree (created_at);

CREATE INDEX named_places_bones ON public.named_places USING gin (bones public.gin_trgm_ops);

CREATE INDEX named_places_sounds ON public.named_places USING gin (sounds public.gin_trgm_ops);

CREATE INDEX named_places_words ON public.named_places USING gin (words public.gin_trgm_ops);

CREATE UNIQUE INDEX outbox_dedupe_key ON public.outbox USING btree (dedupe_key) WHERE (dedupe_key IS NOT NULL);

CREATE INDEX places_descriptions ON public.places USING gin ((((to_tsvector('french'::regconfig, description_fr) || to_tsvector('arabic'::regconfig, description_ar)) || to_tsvector('english'::regconfig, description_en))));

CREATE INDEX push_subscriptions_created_at_idx ON public.push_subscriptions USING btree (created_at);

CREATE INDEX push_subscriptions_user_id_idx ON public.push_subscriptions USING btree (user_id);

CREATE INDEX quiet_letters_due_at_idx ON public.quiet_letters USING btree (due_at, id);

CREATE INDEX quiet_letters_line_idx ON public.quiet_letters USING btree (line, id);

CREATE INDEX quiet_letters_user_id_idx ON public.quiet_letters USING btree (user_id);

CREATE UNIQUE INDEX vehicles_plate_key ON public.vehicles USING btree (plate) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION public.audit_log_is_append_only();

CREATE TRIGGER bookings_made_beside_own_trip AFTER INSERT ON public.bookings FOR EACH ROW WHEN ((new.status = ANY (ARRAY['requested'::text, 'awaiting_payment'::text, 'confirmed'::text, 'boarded'::text]))) EXECUTE FUNCTION public.refuse_ride_beside_own_trip();

CREATE TRIGGER bookings_moved_beside_own_trip AFTER UPDATE OF status, pickup_at, dropoff_at ON public.bookings FOR EACH ROW WHEN (((new.status = ANY (ARRAY['requested'::text, 'awaiting_payment'::text, 'confirmed'::text, 'boarded'::text])) AND ((old.status <> ALL (ARRAY['requested'::text, 'awaiting_payment'::text, 'confirmed'::text, 'boarded'::text])) OR ((old.expires_at IS NOT NULL) AND (new.expires_at IS NULL)) OR ((old.pickup_at IS DISTINCT FROM new.pickup_at) OR (old.dropoff_at IS DISTINCT FROM new.dropoff_at))))) EXECUTE FUNCTION public.refuse_ride_beside_own_trip();

CREATE TRIGGER ledger_entries_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_is_append_only();

CREATE CONSTRAINT TRIGGER ledger_sums_to_zero AFTER INSERT ON public.ledger_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.ledger_must_balance();

CREATE TRIGGER ledger_transactions_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ledger_transactions FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_is_append_only();

CREATE CONSTRAINT TRIGGER named_places_counted AFTER INSERT OR DELETE OR UPDATE ON public.named_places DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.count_place_changes();

CREATE TRIGGER outbox_fan_out BEFORE UPDATE OF sent_at, dead_at ON public.outbox FOR EACH ROW WHEN (((NOT new.reaches_all) AND (old.event_id IS NULL) AND (old.sent_at IS NULL) AND (old.dead_at IS NULL) AND ((new.sent_at IS NOT NULL) OR (new.dead_at IS NOT NULL)))) EXECUTE FUNCTION public.fan_out_behind_old_version();

CREATE CONSTRAINT TRIGGER places_counted AFTER INSERT OR DELETE OR UPDATE ON public.places DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.count_place_changes();

CREATE TRIGGER trips_inserted AFTER INSERT ON public.trips REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.record_trip_changes();

CREATE TRIGGER trips_made_beside_own_ride AFTER INSERT ON public.trips FOR EACH ROW WHEN ((new.status = ANY (ARRAY['open'::text, 'in_progress'::text]))) EXECUTE FUNCTION public.refuse_trip_beside_own_ride();

CREATE TRIGGER trips_moved_beside_own_ride AFTER UPDATE OF status, date_time, arrival_at ON public.trips FOR EACH ROW WHEN (((new.status = ANY (ARRAY['open'::text, 'in_progress'::text])) AND ((old.status <> ALL (ARRAY['open'::text, 'in_progress'::text])) OR ((old.date_time IS DISTINCT FROM new.date_time) OR (old.arrival_at IS DISTINCT FROM new.arrival_at))))) EXECUTE FUNCTION public.refuse_trip_beside_own_ride();

CREATE TRIGGER trips_updated AFTER UPDATE ON public.trips REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.record_trip_changes();

CREATE CONSTRAINT TRIGGER users_photo_shown_on_trips AFTER UPDATE OF photo_id ON public.users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.photo_id IS DISTINCT FROM new.photo_id)) EXECUTE FUNCTION public.record_driver_changes();

CREATE CONSTRAINT TRIGGER users_shown_on_trips AFTER UPDATE OF name, status, kyc_approved_at, rating_sum, rating_count, response_seconds_sum, response_count ON public.users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((((((((old.name IS DISTINCT FROM new.name) OR (old.status IS DISTINCT FROM new.status)) OR (old.kyc_approved_at IS DISTINCT FROM new.kyc_approved_at)) OR (old.rating_sum IS DISTINCT FROM new.rating_sum)) OR (old.rating_count IS DISTINCT FROM new.rating_count)) OR (old.response_seconds_sum IS DISTINCT FROM new.response_seconds_sum)) OR (old.response_count IS DISTINCT FROM new.response_count))) EXECUTE FUNCTION public.record_driver_changes();

CREATE CONSTRAINT TRIGGER vehicles_photos_shown_on_trips AFTER UPDATE OF photo_ids ON public.vehicles DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.photo_ids IS DISTINCT FROM new.photo_ids)) EXECUTE FUNCTION public.record_vehicle_changes();

CREATE CONSTRAINT TRIGGER vehicles_shown_on_trips AFTER UPDATE OF make, model, year, colour, seats, fuel ON public.vehicles DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((((((old.make IS DISTINCT FROM new.make) OR (old.model IS DISTINCT FROM new.model)) OR (old.year IS DISTINCT FROM new.year)) OR (old.colour IS DISTINCT FROM new.colour)) OR (old.seats IS DISTINCT FROM new.seats)) OR (old.fuel IS DISTINCT FROM new.fuel))) EXECUTE FUNCTION public.record_vehicle_changes();

CREATE CONSTRAINT TRIGGER wilayas_counted AFTER INSERT OR DELETE OR UPDATE ON public.wilayas DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.count_place_changes();

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_driver_fkey FOREIGN KEY (driver_id) REFERENCES public.drivers(user_id);

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_trip_fkey FOREIGN KEY (trip_id) REFERENCES public.trips(id);

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.communes
    ADD CONSTRAINT communes_wilaya_fkey FOREIGN KEY (wilaya_code) REFERENCES public.wilayas(code);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.disputes
    ADD CONSTRAINT disputes_booking_fkey FOREIGN KEY (booking_id) REFERENCES public.bookings(id);

ALTER TABLE ONLY public.disputes
    ADD CONSTRAINT disputes_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.disputes
    ADD CONSTRAINT disputes_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.drivers
    ADD CONSTRAINT drivers_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.flags
    ADD CONSTRAINT flags_booking_fkey FOREIGN KEY (booking_id) REFERENCES public.bookings(id);

ALTER TABLE ONLY public.flags
    ADD CONSTRAINT flags_trip_fkey FOREIGN KEY (trip_id) REFERENCES public.trips(id);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.kyc_documents
    ADD CONSTRAINT kyc_documents_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.kyc_documents
    ADD CONSTRAINT kyc_documents_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.kyc_documents
    ADD CONSTRAINT kyc_documents_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_transaction_fkey FOREIGN KEY (transaction_id) REFERENCES public.ledger_transactions(id);

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.ledger_transactions
    ADD CONSTRAINT ledger_transactions_booking_fkey FOREIGN KEY (booking_id) REFERENCES public.bookings(id);

ALTER TABLE ONLY public.ledger_transactions
    ADD CONSTRAINT ledger_transactions_payment_fkey FOREIGN KEY (payment_id) REFERENCES public.payments(id);

ALTER TABLE ONLY public.message_choices
    ADD CONSTRAINT message_choices_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.named_places
    ADD CONSTRAINT named_places_wilaya_fkey FOREIGN KEY (wilaya_code) REFERENCES public.wilayas(code);

ALTER TABLE ONLY public.no_shows
    ADD CONSTRAINT no_shows_booking_fkey FOREIGN KEY (booking_id) REFERENCES public.bookings(id);

ALTER TABLE ONLY public.payment_refunds
    ADD CONSTRAINT payment_refunds_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.payment_refunds
    ADD CONSTRAINT payment_refunds_payment_fkey FOREIGN KEY (payment_id) REFERENCES public.payments(id);

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_booking_fkey FOREIGN KEY (booking_id) REFERENCES public.bookings(id);

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_driver_fkey FOREIGN KEY (driver_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_passenger_fkey FOREIGN KEY (passenger_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.pictures
    ADD CONSTRAINT pictures_owner_fkey FOREIGN KEY (owner_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.places
    ADD CONSTRAINT places_wilaya_fkey FOREIGN KEY (wilaya_code) REFERENCES public.wilayas(code);

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT refresh_tokens_session_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.trips
    ADD CONSTRAINT trips_driver_fkey FOREIGN KEY (driver_id) REFERENCES public.drivers(user_id);

ALTER TABLE ONLY public.trips
    ADD CONSTRAINT trips_place_fkey FOREIGN KEY (place_id) REFERENCES public.places(id);

ALTER TABLE ONLY public.trips
    ADD CONSTRAINT trips_return_trip_fkey FOREIGN KEY (return_trip_id) REFERENCES public.trips(id);

ALTER TABLE ONLY public.trips
    ADD CONSTRAINT trips_vehicle_fkey FOREIGN KEY (vehicle_id) REFERENCES public.vehicles(id);

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.vehicles
    ADD CONSTRAINT vehicles_driver_fkey FOREIGN KEY (driver_id) REFERENCES public.drivers(user_id);

