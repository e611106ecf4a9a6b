// What the database holds at one moment.
import type { Database } from "../harness/database.ts";

export interface TripFact {
  id: string;
  status: string;
  mode: string;
  seats: number;
  legs_left: number[];
  prices: number[]; // a seat from the first stop to each
}

export interface PaymentFact {
  id: string;
  method: string;
  status: string;
  amount: number;
  captured: number;
  refunded: number;
}

export interface BookingFact {
  id: string;
  trip: string;
  passenger: string;
  from_stop: number;
  to_stop: number;
  seats: number;
  status: string;
  price: number;
  service_fee: number;
  method: string;
  message: string | null;
  pickup: number; // seconds since 1970
  dropoff: number;
  payment: PaymentFact | null;
  news: number; // outbox rows of its changes, as published: deliveries to subscribers have other kinds
}

/** A stored answer. It is sealed, so its owner has to request it (Round). */
export interface KeyFact {
  key: string;
  user: string;
  status: number | null;
  booking: string | null;
}

export interface EntryFact {
  transaction: string;
  payment: string | null;
  account: string;
  amount: number;
}

/** Of all money, not only of these trips'. */
export interface BooksFact {
  total: number;
  unbalanced: number; // transactions
  escrow: number; // what we owe
  held: number; // payments on hold
}

export interface Facts {
  trips: TripFact[];
  bookings: BookingFact[];
  keys: KeyFact[];
  entries: EntryFact[];
  books: BooksFact;
}

// One statement, so one snapshot. $1: the trips, or null for all. $2: how the keys of the answers begin.
const everything = `
  with wanted as (select * from trips where $1::uuid[] is null or id = any($1)),
  booked as (select b.* from bookings b join wanted t on t.id = b.trip_id),
  paid as (select p.* from payments p join booked b on b.id = p.booking_id),
  news as (select ordering_key, count(*) as count from outbox where kind = 'booking.changed' group by ordering_key)
  select json_build_object(
    'trips', (select coalesce(json_agg(json_build_object('id', id, 'status', status, 'mode', booking_mode, 'seats', seats,
        'legs_left', leg_seats_left, 'prices', stop_prices)), '[]') from wanted),
    'bookings', (select coalesce(json_agg(json_build_object('id', b.id, 'trip', b.trip_id, 'passenger', b.user_id,
        'from_stop', from_stop, 'to_stop', to_stop, 'seats', seats, 'status', b.status, 'price', b.price,
        'service_fee', b.service_fee, 'method', payment_method, 'message', message,
        'pickup', extract(epoch from pickup_at), 'dropoff', extract(epoch from dropoff_at),
        'payment', case when p.id is not null then json_build_object('id', p.id, 'method', p.method, 'status', p.status,
            'amount', p.amount, 'captured', p.captured, 'refunded', p.refunded) end,
        'news', coalesce(n.count, 0))), '[]')
      from booked b left join paid p on p.booking_id = b.id left join news n on n.ordering_key = 'booking:' || b.id),
    'keys', (select coalesce(json_agg(json_build_object('key', key, 'user', user_id, 'status', null, 'booking', null)), '[]')
      from idempotency_keys where route = 'POST /bookings' and starts_with(key, $2)),
    'entries', (select coalesce(json_agg(json_build_object('transaction', t.id, 'payment', t.payment_id,
        'account', e.account, 'amount', e.amount)), '[]')
      from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
      where t.payment_id in (select id from paid)),
    'books', (select json_build_object('total', coalesce(sum(amount), 0),
        'unbalanced', (select count(*) from (
            select from ledger_entries group by transaction_id having sum(amount) <> 0) unbalanced),
        'escrow', coalesce(-sum(amount) filter (where account = 'escrow'), 0),
        'held', (select coalesce(sum(amount), 0) from payments where status = 'hold')) from ledger_entries))`;

/** Of these trips and the operations of their round, or of all. */
export function readFacts(database: Database, trips: string[] | null, keys = ""): Promise<Facts> {
  return database.value<Facts>(everything, trips, keys);
}
