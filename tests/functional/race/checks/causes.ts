// Nothing happens without a request.
import type { BookingFact, Facts } from "../facts.ts";
import { type Operation, verdict, type Wish } from "../history.ts";

type Act = Wish["act"];

/** Which wishes explain a status. A wish whose answer was lost explains it too. */
const causes: Record<string, Act[]> = {
  cancelled_by_passenger: ["cancel"],
  declined: ["decline", "cancel_trip"],
  cancelled_by_driver: ["cancel_trip"],
  expired: ["complete_trip"],
  completed: ["complete_trip"],
  settled: ["complete_trip"],
};

function isPossible({ status, method }: BookingFact, mode: string, acts: Set<Act>, done: Set<Act>): boolean {
  const ended = done.has("complete_trip") || done.has("cancel_trip");
  switch (status) {
    case "requested":
      return mode === "approval" && !ended;
    case "awaiting_payment":
      return method === "sandbox" && !ended && (mode === "instant" || acts.has("accept"));
    case "confirmed":
      return !ended && (mode === "instant" || acts.has("accept"));
    case "completed":
    case "settled":
      return acts.has("complete_trip") && (mode === "instant" || acts.has("accept"));
    default:
      return (causes[status] ?? []).some((act) => acts.has(act));
  }
}

function concerns(wish: Wish, booking: BookingFact): boolean {
  return "booking" in wish ? wish.booking === booking.id : wish.act !== "book" && wish.trip === booking.trip;
}

export function* checkCauses(operations: Operation[], { trips, bookings }: Facts): Iterable<string> {
  const keys = new Set(operations.filter(({ wish }) => wish.act === "book").map(({ key }) => key));
  const modes = new Map(trips.map(({ id, mode }) => [id, mode]));
  const changes = operations.filter(({ wish }) => wish.act !== "book");
  for (const booking of bookings) {
    if (!keys.has(booking.message ?? "")) yield `no request for booking ${booking.id}`;
    const concerning = changes.filter(({ wish }) => concerns(wish, booking));
    const acts = new Set(concerning.map(({ wish }) => wish.act));
    const done = new Set(concerning.filter((operation) => verdict(operation) === "done").map(({ wish }) => wish.act));
    if (!isPossible(booking, modes.get(booking.trip) ?? "", acts, done)) {
      yield `booking ${booking.id} (${booking.method}) is ${booking.status} after ${[...acts].join(", ") || "nothing"}`;
    }
  }
}
