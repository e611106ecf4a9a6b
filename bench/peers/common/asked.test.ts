import assert from "node:assert/strict";
import { test } from "node:test";
import { BadQuestion, boxAround, days, question } from "./asked.ts";

const ends = { from: "36.75,3.05", to: "35.7,-0.63" };

test("a day is one of Algiers: from 23 h to 23 h of UTC", () => {
  const asked = question({ ...ends, date: "2026-12-03" });
  assert.equal(asked.begins.toISOString(), "2026-12-02T23:00:00.000Z");
  assert.equal(asked.ends.toISOString(), "2026-12-03T23:00:00.000Z");
  assert.deepEqual(days(asked), ["2026-12-03"]);
});

test("the defaults are 20 km, one seat, and the next thirty days, in the 31 local days that they touch", () => {
  const asked = question(ends);
  assert.deepEqual([asked.radius, asked.seats], [20_000, 1]);
  assert.equal(asked.ends.getTime() - asked.now.getTime(), 30 * 86_400_000);
  assert.equal(days(asked).length, 31);
  assert.equal(new Set(days(asked)).size, 31);
});

test("an invalid value is refused by its name", () => {
  const wrong = { from: "36.75", to: "91,0", date: "2026-02-30", radius_km: "101", seats: "0" };
  for (const [name, value] of Object.entries(wrong)) {
    assert.throws(() => question({ ...ends, [name]: value }), new BadQuestion(name), name);
  }
  assert.throws(() => question({ to: ends.to }), new BadQuestion("from"));
});

test("the box around a circle holds it, and little more", () => {
  const [south, north, west, east] = boxAround({ lat: 36, lng: 3 }, 20_000);
  const degree = 111_195; // metres of latitude
  const wide = (east - west) * degree * Math.cos((36 * Math.PI) / 180);
  assert.ok(Math.abs((north - south) * degree - 40_000) < 1);
  assert.ok(wide > 40_000 && wide < 40_010);
});
