// Tests of the judge: handmade histories, a good one, and bad ones that each break one rule.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findViolations } from "./checker.ts";
import type { BookingFact, EntryFact, Facts, PaymentFact, TripFact } from "./facts.ts";
import type { Attempt, Operation, SeenBooking, Wish } from "./history.ts";

const noon = 1_800_000_000;
const hour = 3_600;

function trip(id: string, legs_left: number[]): TripFact {
  return { id, status: "open", mode: "instant", seats: 3, legs_left, prices: [0, 700, 1500] };
}

type Journey = Pick<BookingFact, "id" | "trip" | "passenger" | "from_stop" | "to_stop" | "seats">;

function booking(journey: Journey, more: Partial<BookingFact> = {}, paid: Partial<PaymentFact> = {}): BookingFact {
  const prices = [0, 700, 1500];
  const price = ((prices[journey.to_stop] as number) - (prices[journey.from_stop] as number)) * journey.seats;
  const method = more.method ?? "sandbox";
  const service_fee = method === "cash" ? 0 : (price * 5) / 100;
  const payment = { id: `p-${journey.id}`, method, status: "hold", amount: price + service_fee, captured: 0, refunded: 0, ...paid };
  const times = { pickup: noon + journey.from_stop * hour, dropoff: noon + journey.to_stop * hour };
  return { ...journey, ...times, status: "confirmed", price, service_fee, method, message: `key-${journey.id}`, news: 2, payment, ...more };
}

function posted(payment: string, event: string, amounts: Record<string, number>): EntryFact[] {
  const transaction = `${event}-${payment}`;
  return Object.entries(amounts).map(([account, amount]) => ({ transaction, payment, account, amount }));
}

function seen(found: BookingFact): SeenBooking {
  const { id, status, from_stop, to_stop, seats, price, service_fee, method } = found;
  const payment = { id: found.payment?.id ?? "", method, amount: price + service_fee };
  const whole = { id, status, trip_id: found.trip, from_stop, to_stop, seats, price, service_fee, total: price + service_fee };
  return { ...whole, payment, passenger: { id: found.passenger } };
}

function operation(key: string, who: string, wish: Wish, ...answers: Partial<Attempt>[]): Operation {
  return { key, who, wish, givesUp: false, attempts: answers.map((answer) => ({ replica: 0, sent: 0, ended: 1, ...answer })) };
}

function wishOf({ trip, from_stop, to_stop, seats, method }: BookingFact): Wish {
  return { act: "book", trip, from_stop, to_stop, seats, payment_method: method as "cash" | "sandbox" };
}

interface Story {
  operations: Operation[];
  facts: Facts;
}

/** Amina and Karim travel, Lina has cancelled, there was no seat for Omar, and Sara never heard of hers. */
function goodStory(): Story {
  const amina = booking({ id: "a", trip: "t", passenger: "amina", from_stop: 0, to_stop: 2, seats: 1 });
  const karim = booking({ id: "k", trip: "t", passenger: "karim", from_stop: 0, to_stop: 1, seats: 2 }, { method: "cash" }, { status: "intent" });
  const gone = { status: "cancelled_by_passenger" };
  const lina = booking({ id: "l", trip: "t", passenger: "lina", from_stop: 1, to_stop: 2, seats: 1 }, gone, { status: "refunded", refunded: 840 });
  const sara = booking({ id: "s", trip: "t", passenger: "sara", from_stop: 1, to_stop: 2, seats: 1 });
  const bookings = [amina, karim, lina, sara];
  const unavailable = { status: 503, code: "dependency_unavailable" };
  const full = { status: 409, code: "trip_full" };
  return {
    operations: [
      operation("key-a", "amina", wishOf(amina), { trouble: "reset" }, unavailable, { status: 201, booking: seen(amina) }),
      operation("key-k", "karim", wishOf(karim), { status: 201, booking: seen(karim) }, { status: 201, booking: seen(karim) }),
      operation("key-l", "lina", wishOf(lina), { status: 201, booking: seen(lina) }),
      operation("key-c", "lina", { act: "cancel", booking: "l" }, { status: 200 }),
      operation("key-o", "omar", { ...wishOf(amina) }, { status: 409, code: "request_in_progress" }, full),
      { ...operation("key-s", "sara", wishOf(sara), { trouble: "reset" }), givesUp: true },
      { ...operation("key-n", "nobody", wishOf(sara), { trouble: "reset" }), givesUp: true },
    ],
    facts: {
      trips: [trip("t", [0, 1]), trip("u", [3, 3])],
      bookings,
      keys: bookings.map(({ id, passenger }) => ({ key: `key-${id}`, user: passenger, status: 201, booking: id })),
      entries: [
        ...posted("p-a", "hold", { provider_clearing: 1575, escrow: -1575 }),
        ...posted("p-l", "hold", { provider_clearing: 840, escrow: -840 }),
        ...posted("p-l", "release", { escrow: 840, provider_clearing: -840 }),
        ...posted("p-s", "hold", { provider_clearing: 840, escrow: -840 }),
      ],
      books: { total: 0, unbalanced: 0, escrow: 2415, held: 2415 },
    },
  };
}

const find = <T extends { id: string }>(rows: T[], id: string): T => rows.find((row) => row.id === id) as T;
const told = ({ operations }: Story, key: string): Operation => operations.find((one) => one.key === key) as Operation;

/** Another person's booking, consistent in itself. */
function addBooking({ operations, facts }: Story, added: BookingFact): void {
  const key = added.message as string;
  facts.bookings.push(added);
  facts.keys.push({ key, user: added.passenger, status: 201, booking: added.id });
  operations.push(operation(key, added.passenger, wishOf(added), { status: 201, booking: seen(added) }));
}

const inCash = (journey: Journey) => booking(journey, { method: "cash" }, { status: "intent" });

const crimes: [string, RegExp, (story: Story) => void][] = [
  ["a seat sold twice", /^oversold, leg 0 of trip t: 4 taken/, (story) => {
    addBooking(story, inCash({ id: "x", trip: "t", passenger: "xavier", from_stop: 0, to_stop: 1, seats: 1 }));
  }],
  ["a seat that has disappeared", /do not add up, leg 1 of trip t: 2 taken and 0 left/, ({ facts }) => {
    find(facts.trips, "t").legs_left = [0, 0];
  }],
  ["a negative number of seats", /oversold, leg 0 of trip t: 3 taken and -1 left/, ({ facts }) => {
    find(facts.trips, "t").legs_left = [-1, 1];
  }],
  ["a booking lost after its 201", /lost after its 201: key-k/, ({ facts }) => {
    facts.bookings = facts.bookings.filter(({ id }) => id !== "k");
  }],
  ["a booking that differs from its answer", /not what was answered: key-a/, ({ facts }) => {
    (find(facts.bookings, "a").payment as PaymentFact).id = "p-other";
  }],
  ["a booking that differs from its request", /not what was wished: key-s/, ({ facts }) => {
    find(facts.bookings, "s").passenger = "omar";
  }],
  ["two bookings by one key", /one key, 2 bookings: key-s/, (story) => {
    const twin = booking({ id: "s2", trip: "u", passenger: "sara", from_stop: 1, to_stop: 2, seats: 1 });
    story.facts.bookings.push({ ...twin, message: "key-s" });
  }],
  ["two answers by one key", /one key, two answers: key-k/, (story) => {
    (told(story, "key-k").attempts[1] as Attempt).booking = seen(find(story.facts.bookings, "a"));
  }],
  ["a booking that its key does not remember", /booking s, but the key remembers undefined/, ({ facts }) => {
    facts.keys = facts.keys.filter(({ key }) => key !== "key-s");
  }],
  ["a key that remembers a missing booking", /booking undefined, but the key remembers z: key-n/, ({ facts }) => {
    facts.keys.push({ key: "key-n", user: "nobody", status: 201, booking: "z" });
  }],
  ["a refusal that booked anyway", /refused, but booked as s: key-s/, (story) => {
    told(story, "key-s").attempts = [{ replica: 0, sent: 0, status: 409, code: "trip_full" }];
  }],
  ["a refusal of seats that were free", /refused without a reason: key-o/, (story) => {
    told(story, "key-o").wish = { act: "book", trip: "u", from_stop: 0, to_stop: 2, seats: 1, payment_method: "cash" };
  }],
  ["an unexpected refusal", /unexpected refusal: key-o/, (story) => {
    (told(story, "key-o").attempts[1] as Attempt).code = "trip_departed";
  }],
  ["a person without a final answer", /never a final answer: key-n/, (story) => {
    told(story, "key-n").givesUp = false;
  }],
  ["an internal error", /an answer 500: key-n/, (story) => {
    told(story, "key-n").attempts = [{ replica: 0, sent: 0, status: 500, code: "internal" }];
  }],
  ["overlapping bookings of one passenger", /amina has two bookings at the same time: a and b/, (story) => {
    find(story.facts.trips, "u").legs_left = [2, 3];
    addBooking(story, inCash({ id: "b", trip: "u", passenger: "amina", from_stop: 0, to_stop: 1, seats: 1 }));
  }],
  ["two bookings on one trip", /karim has two bookings at the same time: k and b/, (story) => {
    find(story.facts.trips, "t").legs_left = [0, 0];
    addBooking(story, inCash({ id: "b", trip: "t", passenger: "karim", from_stop: 1, to_stop: 2, seats: 1 }));
  }],
  ["a cancellation that was forgotten", /booking l is confirmed after its cancel: key-c/, ({ facts }) => {
    find(facts.bookings, "l").status = "confirmed";
  }],
  ["an unrequested cancellation", /booking l \(sandbox\) is cancelled_by_passenger after nothing/, (story) => {
    story.operations = story.operations.filter(({ key }) => key !== "key-c");
  }],
  ["an unrequested booking", /no request for booking s/, (story) => {
    story.operations = story.operations.filter(({ key }) => key !== "key-s");
  }],
  ["a hold that expired too early", /booking s \(sandbox\) is expired after nothing/, ({ facts }) => {
    find(facts.bookings, "s").status = "expired";
  }],
  ["a confirmation without the driver", /booking k \(cash\) is confirmed after nothing/, ({ facts }) => {
    find(facts.trips, "t").mode = "approval";
  }],
  ["a trip that is open after its end", /trip t is open: key-e/, (story) => {
    story.operations.push(operation("key-e", "driver", { act: "complete_trip", trip: "t" }, { status: 200 }));
  }],
  ["a wrong price", /booking s costs 801 \+ 40 instead of 800 \+ 40/, ({ facts }) => {
    find(facts.bookings, "s").price = 801;
  }],
  ["a booking without its payment", /booking s has no payment/, ({ facts }) => {
    find(facts.bookings, "s").payment = null;
  }],
  ["a booking that was never announced", /booking s was never announced/, ({ facts }) => {
    find(facts.bookings, "s").news = 0;
  }],
  ["a confirmed booking whose money is not held", /booking a is confirmed, its payment intent/, ({ facts }) => {
    (find(facts.bookings, "a").payment as PaymentFact).status = "intent";
  }],
  ["a ledger that does not sum to zero", /^the ledger sums to 5$/, ({ facts }) => {
    facts.books.total = 5;
  }],
  ["a transaction that does not sum to zero", /^transaction hold-p-a sums to 1$/, ({ facts }) => {
    (facts.entries[0] as EntryFact).amount += 1;
  }],
  ["another's transaction that does not sum to zero", /^2 transactions of the ledger do not sum to zero$/, ({ facts }) => {
    facts.books.unbalanced = 2;
  }],
  ["an escrow that differs from the held payments", /^escrow is 2415, held payments are 2416$/, ({ facts }) => {
    facts.books.held = 2416;
  }],
  ["a hold posted twice", /payment p-s \(hold\) has .*1680/, ({ facts }) => {
    facts.entries.push(...posted("p-s", "again", { provider_clearing: 840, escrow: -840 }));
  }],
  ["a refund that is not in the ledger", /payment p-l \(refunded\) has .*840/, ({ facts }) => {
    facts.entries = facts.entries.filter(({ transaction }) => transaction !== "release-p-l");
  }],
];

describe("the judge", () => {
  test("finds nothing in a good history", () => {
    const { operations, facts } = goodStory();
    assert.deepEqual(findViolations(operations, facts), []);
  });

  for (const [crime, sentence, commit] of crimes) {
    test(`finds ${crime}`, () => {
      const story = goodStory();
      commit(story);
      const violations = findViolations(story.operations, story.facts);
      assert.ok(violations.some((violation) => sentence.test(violation)), `only found:\n${violations.join("\n")}`);
    });
  }
});
