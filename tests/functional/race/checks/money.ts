// The books, and each payment against its booking and its entries.
import type { BookingFact, EntryFact, Facts, PaymentFact } from "../facts.ts";

const unpaid = ["cancelled"];
const undone = ["cancelled", "refunded"];

/** By the booking's status: what its payment may be, paid online or in cash. */
const legal: Record<string, { sandbox: string[]; cash: string[] }> = {
  requested: { sandbox: ["intent"], cash: ["intent"] },
  awaiting_payment: { sandbox: ["intent", "failed"], cash: [] },
  confirmed: { sandbox: ["hold"], cash: ["intent"] },
  boarded: { sandbox: ["hold"], cash: ["intent"] },
  completed: { sandbox: ["hold"], cash: [] },
  settled: { sandbox: ["captured"], cash: ["captured"] },
  declined: { sandbox: undone, cash: unpaid },
  expired: { sandbox: undone, cash: unpaid },
  cancelled_by_passenger: { sandbox: undone, cash: unpaid },
  cancelled_by_driver: { sandbox: undone, cash: unpaid },
};

function sumOf(entries: EntryFact[], ...accounts: string[]): number {
  return entries.reduce((sum, { account, amount }) => (accounts.includes(account) ? sum + amount : sum), 0);
}

interface Sums {
  escrow: number; // what we owe for a ride to come
  clearing: number; // what is with the provider
  shares: number; // the driver's and the platform's
  cash: number;
}

function sumsOf(entries: EntryFact[]): Sums {
  return {
    escrow: -sumOf(entries, "escrow"),
    clearing: sumOf(entries, "provider_clearing"),
    shares: -sumOf(entries, "driver_payable", "platform_revenue"),
    cash: sumOf(entries, "cash"),
  };
}

function expectedSums({ method, status, amount, refunded }: PaymentFact): Sums {
  const nothing = { escrow: 0, clearing: 0, shares: 0, cash: 0 };
  if (method === "cash") return status === "captured" ? { ...nothing, cash: amount } : nothing;
  if (status === "hold") return { ...nothing, escrow: amount, clearing: amount };
  if (status === "captured" || status === "refunded") return { ...nothing, clearing: amount - refunded, shares: amount - refunded };
  return nothing;
}

function* payment(booking: BookingFact, entries: EntryFact[]): Iterable<string> {
  const paid = booking.payment;
  if (!paid) return void (yield `booking ${booking.id} has no payment`);
  if (paid.method !== booking.method || paid.amount !== booking.price + booking.service_fee) {
    yield `payment ${paid.id} is not that of booking ${booking.id}`;
  }
  const statuses = legal[booking.status]?.[booking.method as "cash" | "sandbox"] ?? [];
  if (!statuses.includes(paid.status)) yield `booking ${booking.id} is ${booking.status}, its payment ${paid.status}`;
  const found = JSON.stringify(sumsOf(entries));
  const expected = JSON.stringify(expectedSums(paid));
  if (found !== expected) yield `payment ${paid.id} (${paid.status}) has ${found} in the ledger instead of ${expected}`;
}

export function* checkMoney({ bookings, entries, books }: Facts): Iterable<string> {
  if (books.total !== 0) yield `the ledger sums to ${books.total}`;
  if (books.unbalanced !== 0) yield `${books.unbalanced} transactions of the ledger do not sum to zero`;
  if (books.escrow !== books.held) yield `escrow is ${books.escrow}, held payments are ${books.held}`;
  for (const [id, own] of Map.groupBy(entries, ({ transaction }) => transaction)) {
    const sum = own.reduce((total, { amount }) => total + amount, 0);
    if (sum !== 0) yield `transaction ${id} sums to ${sum}`;
  }
  const byPayment = Map.groupBy(entries, (entry) => entry.payment);
  for (const booking of bookings) yield* payment(booking, byPayment.get(booking.payment?.id ?? "") ?? []);
}
