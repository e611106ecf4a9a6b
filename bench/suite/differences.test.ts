// What the comparison must accept, and what it must not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { firstDifference } from "./differences.ts";

const page = (price = 350) => ({
  status: 200,
  body: { items: [{ trip_id: "a", price, at: "2026-12-03T07:00:00Z", driver: { rating: null } }], total: 1 },
});
const health = { status: "ok", version: "1", uptime_s: 3, checks: {} };

for (const [what, one, other, difference] of [
  ["equal answers have none", page(), page(), undefined],
  ["the first field that differs is named with both values", page(), page(400), "body.items[0].price: 350 and 400"],
  ["a missing field", { a: 1 }, {}, "a: 1 and undefined"],
  ["a field too many", {}, { a: null }, "a: undefined and null"],
  ["another order", { a: [1, 2] }, { a: [2, 1] }, "a[0]: 1 and 2"],
  ["another length", { a: [1] }, { a: [1, 2] }, "a: 1 and 2 items"],
  ["another type", { a: "1" }, { a: 1 }, 'a: "1" and 1'],
  ["a list for an object", { a: [] }, { a: {} }, "a: [] and {}"],
  ["another status", { status: 404 }, { status: 200, body: {} }, "status: 404 and 200"],
  ["an instant is the same in any spelling", "2026-12-03T07:00:00Z", "2026-12-03T07:00:00.000Z", undefined],
  ["another instant", "2026-12-03T07:00:00Z", "2026-12-03T07:00:00.001Z", ': "2026-12-03T07:00:00Z" and "2026-12-03T07:00:00.001Z"'],
  ["what is no instant", "7:00", "07:00", ': "7:00" and "07:00"'],
  ["cursors are each server's own", { items: [], next_cursor: "x" }, { items: [] }, undefined],
  ["so is what health says beside the status", health, { ...health, version: "2", uptime_s: 9 }, undefined],
  ["the status of health", health, { ...health, status: "down" }, 'status: "ok" and "down"'],
  ["the version of a trip", { version: 1 }, { version: 2 }, "version: 1 and 2"],
] as const) {
  test(`differences: ${what}`, () => assert.equal(firstDifference(one, other), difference));
}
