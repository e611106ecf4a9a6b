// Tests of the comparison: what it must accept, and what it must not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { firstDifference } from "./comparing.ts";

const page = () => ({
  status: 200,
  body: { items: [{ trip_id: "a", price: 350, at: "2026-12-03T07:00:00Z", driver: { rating: null } }], total: 1 },
});

test("equal answers have no difference", () => {
  assert.equal(firstDifference(page(), page()), undefined);
});

test("the first field that differs is named with both values", () => {
  const other = page();
  (other.body.items[0] as { price: number }).price = 400;
  assert.equal(firstDifference(page(), other), "body.items[0].price: 350 and 400");
});

test("a missing field, another order, another length and another type are differences", () => {
  assert.equal(firstDifference({ a: 1 }, {}), "a: 1 and undefined");
  assert.equal(firstDifference({}, { a: null }), "a: undefined and null");
  assert.equal(firstDifference({ a: [1, 2] }, { a: [2, 1] }), "a[0]: 1 and 2");
  assert.equal(firstDifference({ a: [1] }, { a: [1, 2] }), "a: 1 and 2 items");
  assert.equal(firstDifference({ a: "1" }, { a: 1 }), 'a: "1" and 1');
  assert.equal(firstDifference({ a: [] }, { a: {} }), "a: [] and {}");
});

test("another status is a difference", () => {
  assert.equal(firstDifference({ status: 404 }, { status: 200, body: {} }), "status: 404 and 200");
});

test("an instant is the same in any spelling, another instant is not", () => {
  assert.equal(firstDifference("2026-12-03T07:00:00Z", "2026-12-03T07:00:00.000Z"), undefined);
  assert.notEqual(firstDifference("2026-12-03T07:00:00Z", "2026-12-03T07:00:00.001Z"), undefined);
  assert.notEqual(firstDifference("7:00", "07:00"), undefined);
});

test("cursors are each server's own, and so is what health says beside the status", () => {
  assert.equal(firstDifference({ items: [], next_cursor: "x" }, { items: [] }), undefined);
  const health = { status: "ok", version: "1", uptime_s: 3, checks: {} };
  assert.equal(firstDifference(health, { ...health, version: "2", uptime_s: 9 }), undefined);
  assert.notEqual(firstDifference(health, { ...health, status: "down" }), undefined);
  assert.notEqual(firstDifference({ version: 1 }, { version: 2 }), undefined); // of a trip
});
