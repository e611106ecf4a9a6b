// The judge: reads the history and the database, and reports every violation.
import { checkBookings } from "./checks/bookings.ts";
import { checkCauses } from "./checks/causes.ts";
import { checkMoney } from "./checks/money.ts";
import { checkPromises } from "./checks/promises.ts";
import type { Facts } from "./facts.ts";
import type { Operation } from "./history.ts";

/** What must hold at every moment. */
export function findBrokenRules(facts: Facts): string[] {
  return [...checkBookings(facts), ...checkMoney(facts)];
}

/** What must hold once a history is over; the facts are those of its trips. */
export function findViolations(operations: Operation[], facts: Facts): string[] {
  return [...findBrokenRules(facts), ...checkPromises(operations, facts), ...checkCauses(operations, facts)];
}
