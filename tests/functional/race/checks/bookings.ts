// What must be true of seats and passengers, whatever was asked.
import type { BookingFact, Facts, TripFact } from "../facts.ts";

const active = new Set(["requested", "awaiting_payment", "confirmed", "boarded"]);

export function isActive(booking: BookingFact): boolean {
  return active.has(booking.status);
}

/** Seats that these bookings take on a leg. */
export function seatsOn(leg: number, bookings: BookingFact[]): number {
  const there = bookings.filter(({ from_stop, to_stop }) => from_stop <= leg && leg < to_stop);
  return there.reduce((sum, { seats }) => sum + seats, 0);
}

/** Bookings that had their ride took their seats until its end; the trip gives none back. */
function takesSeats(booking: BookingFact): boolean {
  return isActive(booking) || booking.status === "completed" || booking.status === "settled";
}

function* seatsOfTrip(trip: TripFact, bookings: BookingFact[]): Iterable<string> {
  const taking = bookings.filter((booking) => booking.trip === trip.id && takesSeats(booking));
  for (const [leg, left] of trip.legs_left.entries()) {
    const taken = seatsOn(leg, taking);
    const sum = `leg ${leg} of trip ${trip.id}: ${taken} taken and ${left} left of ${trip.seats}`;
    if (taken > trip.seats || left < 0) yield `oversold, ${sum}`;
    else if (taken + left !== trip.seats) yield `seats that do not add up, ${sum}`;
  }
}

function overlap(one: BookingFact, other: BookingFact): boolean {
  return one.trip === other.trip || (one.pickup < other.dropoff && other.pickup < one.dropoff);
}

function* overlaps(bookings: BookingFact[]): Iterable<string> {
  const byPassenger = Map.groupBy(bookings.filter(isActive), ({ passenger }) => passenger);
  for (const [passenger, own] of byPassenger) {
    for (const [index, one] of own.entries()) {
      const other = own.slice(index + 1).find((later) => overlap(one, later));
      if (other) yield `${passenger} has two bookings at the same time: ${one.id} and ${other.id}`;
    }
  }
}

function* whole(booking: BookingFact, trips: Map<string, TripFact>): Iterable<string> {
  const trip = trips.get(booking.trip);
  if (!trip) return void (yield `booking ${booking.id} is of no known trip`);
  const seat = (trip.prices[booking.to_stop] ?? Number.NaN) - (trip.prices[booking.from_stop] ?? Number.NaN);
  const price = seat * booking.seats;
  const fee = booking.method === "cash" ? 0 : Math.floor((price * 5 + 50) / 100);
  if (booking.price !== price || booking.service_fee !== fee) {
    yield `booking ${booking.id} costs ${booking.price} + ${booking.service_fee} instead of ${price} + ${fee}`;
  }
  if (booking.news === 0) yield `booking ${booking.id} was never announced`;
}

export function* checkBookings({ trips, bookings }: Facts): Iterable<string> {
  const byId = new Map(trips.map((trip) => [trip.id, trip]));
  for (const trip of trips) yield* seatsOfTrip(trip, bookings);
  for (const booking of bookings) yield* whole(booking, byId);
  yield* overlaps(bookings);
}
