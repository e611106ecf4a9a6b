// What was answered against what stands there.
import type { BookingFact, Facts } from "../facts.ts";
import { describe, finalAnswer, isFinal, type Operation, type SeenBooking, verdict, type Wish } from "../history.ts";
import { seatsOn } from "./bookings.ts";

type BookWish = Extract<Wish, { act: "book" }>;

/** Refusals that may meet a good request of a race. */
const refusals: Record<Wish["act"], string[]> = {
  book: ["trip_full", "already_booked", "overlapping_booking"],
  cancel: ["illegal_transition"],
  accept: ["illegal_transition"],
  decline: ["illegal_transition"],
  complete_trip: [],
  cancel_trip: [],
};

function* answers(operation: Operation): Iterable<string> {
  const final = operation.attempts.filter(isFinal);
  const different = new Set(final.map(({ status, code, booking }) => `${status} ${code ?? booking?.id}`));
  if (different.size > 1) yield `one key, two answers: ${describe(operation)}`;
  if (final.length === 0 && !operation.givesUp) yield `never a final answer: ${describe(operation)}`;
  for (const { status, code } of operation.attempts) {
    if (status === 500) yield `an answer 500: ${describe(operation)}`;
    if (status === undefined || status < 400 || status >= 500) continue;
    const expected = [...refusals[operation.wish.act], "request_in_progress"];
    if (!expected.includes(code ?? "")) yield `an unexpected refusal: ${describe(operation)}`;
  }
}

/** Were there people enough ahead to make this refusal true at any time? */
function isFounded(code: string | undefined, who: string, wish: BookWish, facts: Facts): boolean {
  const trip = facts.trips.find(({ id }) => id === wish.trip);
  const ever = facts.bookings.filter((booking) => booking.trip === wish.trip);
  if (code === "already_booked") return ever.some(({ passenger }) => passenger === who);
  if (code === "overlapping_booking") {
    return facts.bookings.some(({ passenger, trip: other }) => passenger === who && other !== wish.trip);
  }
  if (code !== "trip_full" || !trip) return false;
  const legs = Array.from({ length: wish.to_stop - wish.from_stop }, (_, index) => wish.from_stop + index);
  return legs.some((leg) => seatsOn(leg, ever) + wish.seats > trip.seats);
}

function sameContent(seen: SeenBooking, found: BookingFact): boolean {
  const said = [seen.trip_id, seen.passenger.id, seen.from_stop, seen.to_stop, seen.seats, seen.price, seen.service_fee];
  const kept = [found.trip, found.passenger, found.from_stop, found.to_stop, found.seats, found.price, found.service_fee];
  const paid = [seen.payment.id, seen.payment.method, seen.payment.amount, seen.total];
  const total = found.price + found.service_fee;
  return JSON.stringify([said, paid]) === JSON.stringify([kept, [found.payment?.id, found.method, total, total]]);
}

function isWished(who: string, wish: BookWish, found: BookingFact): boolean {
  const wished = [who, wish.trip, wish.from_stop, wish.to_stop, wish.seats, wish.payment_method];
  return JSON.stringify(wished) === JSON.stringify([found.passenger, found.trip, found.from_stop, found.to_stop, found.seats, found.method]);
}

function* booked(operation: Operation, wish: BookWish, facts: Facts): Iterable<string> {
  const made = facts.bookings.filter(({ message }) => message === operation.key);
  const kept = facts.keys.find(({ key, user }) => key === operation.key && user === operation.who);
  const [found] = made;
  const answer = finalAnswer(operation);
  if (made.length > 1) yield `one key, ${made.length} bookings: ${describe(operation)}`;
  if (found && !isWished(operation.who, wish, found)) yield `booking ${found.id} is not what was wished: ${describe(operation)}`;
  if (found?.id !== (kept?.booking ?? undefined)) {
    yield `booking ${found?.id}, but the key remembers ${kept?.booking}: ${describe(operation)}`;
  }
  switch (verdict(operation)) {
    case "done":
      if (!found || found.id !== answer?.booking?.id) yield `a booking was lost after its 201: ${describe(operation)}`;
      else if (!sameContent(answer.booking, found)) yield `booking ${found.id} is not what was answered: ${describe(operation)}`;
      break;
    case "refused":
      if (found) yield `refused, but booked as ${found.id}: ${describe(operation)}`;
      if (!isFounded(answer?.code, operation.who, wish, facts)) yield `refused without a reason: ${describe(operation)}`;
  }
}

/** What a change that was answered with 2xx leaves the booking in. */
const lasting = { cancel: ["cancelled_by_passenger"], decline: ["declined"] };

function* changed(operation: Operation, act: "cancel" | "accept" | "decline", id: string, facts: Facts): Iterable<string> {
  if (verdict(operation) !== "done") return;
  const found = facts.bookings.find((booking) => booking.id === id);
  const kept = act === "accept" ? !["requested", "declined"].includes(found?.status ?? "requested") : lasting[act].includes(found?.status ?? "");
  if (!kept) yield `booking ${id} is ${found?.status} after its ${act}: ${describe(operation)}`;
}

function* ended(operation: Operation, act: "complete_trip" | "cancel_trip", id: string, facts: Facts): Iterable<string> {
  const status = facts.trips.find((trip) => trip.id === id)?.status;
  const expected = act === "complete_trip" ? "completed" : "cancelled";
  if (verdict(operation) === "done" && status !== expected) yield `trip ${id} is ${status}: ${describe(operation)}`;
}

function checkOne(operation: Operation, facts: Facts): Iterable<string> {
  const { wish } = operation;
  if (wish.act === "book") return booked(operation, wish, facts);
  if ("booking" in wish) return changed(operation, wish.act, wish.booking, facts);
  return ended(operation, wish.act, wish.trip, facts);
}

/** Every answer against the facts. */
export function* checkPromises(operations: Operation[], facts: Facts): Iterable<string> {
  for (const operation of operations) {
    yield* answers(operation);
    yield* checkOne(operation, facts);
  }
}
