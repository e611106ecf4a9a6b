import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { Random } from "../../../tests/functional/race/random.ts";
import { csvCells, GravityPairs, readGeography } from "./geography.ts";
import { placeLists, suggestions, tripsById } from "./readings.ts";
import { linesOf, type Request } from "./request.ts";
import { dayAfter, pairSource, searches, type SearchPlan } from "./searches.ts";

const geography = readGeography(join(import.meta.dirname, "../../../packages/database/data"));
const plan: SearchPlan = { kind: "gravity", count: 200, seed: 3, today: "2026-11-26" };

const jsonLines = (requests: readonly Request[]): string => linesOf(requests, "http://127.0.0.1:1");

function queryOf(path: string): URLSearchParams {
  return new URL(path, "http://x").searchParams;
}

describe("geography", () => {
  test("reads quoted cells", () => {
    assert.deepEqual(csvCells('1,"a, b","say ""so""",,x'), ["1", "a, b", 'say "so"', "", "x"]);
  });

  test("holds every pair of wilayas in both directions, the busiest first", () => {
    assert.equal(geography.pairs.length, 69 * 68);
    assert.equal(geography.capitals.length, 69);
    const weights = geography.pairs.map(({ weight }) => weight);
    assert.deepEqual(weights, [...weights].sort((a, b) => b - a));
  });

  test("draws pairs by their weight", () => {
    const point = { lat: 30, lng: 3 };
    const [often, seldom] = [{ from: point, to: point, weight: 9, km: 1 }, { from: point, to: point, weight: 1, km: 2 }];
    const source = new GravityPairs([often, seldom]);
    const random = new Random(1);
    const drawn = Array.from({ length: 10_000 }, () => source.draw(random).km);
    const share = drawn.filter((km) => km === 1).length / drawn.length;
    assert.ok(share > 0.88 && share < 0.92, `${share}`);
  });
});

describe("searches", () => {
  test("are the same for the same seed and day, byte for byte", () => {
    assert.equal(jsonLines(searches(geography, plan)), jsonLines(searches(geography, plan)));
    assert.notEqual(jsonLines(searches(geography, plan)), jsonLines(searches(geography, { ...plan, seed: 4 })));
  });

  test("ask for days ahead, within the world's thirty", () => {
    for (const { path } of searches(geography, plan)) {
      const date = queryOf(path).get("date") ?? "";
      assert.ok(date > "2026-11-26" && date <= "2026-12-23", date);
    }
    assert.equal(dayAfter("2026-11-26", 6), "2026-12-02");
  });

  test("name a day as often as wanted", () => {
    const dated = (share: number) => searches(geography, { ...plan, dated: share }).filter(({ path }) => queryOf(path).has("date")).length;
    assert.equal(dated(0), 0);
    assert.equal(dated(1), plan.count);
  });

  test("carry the radius", () => {
    const radii = new Set(searches(geography, { ...plan, radiusKm: 50 }).map(({ path }) => queryOf(path).get("radius_km")));
    assert.deepEqual([...radii], ["50"]);
  });

  test("stay in Algeria, near the capitals of their pair", () => {
    for (const { path } of searches(geography, plan)) {
      const [lat = 0, lng = 0] = (queryOf(path).get("from") ?? "").split(",").map(Number);
      assert.ok(lat > 18.9 && lat < 37.2 && lng > -8.8 && lng < 12.1, path);
    }
  });

  test("of hot pairs are busier than those of the desert", () => {
    const mean = (kind: "hot" | "desert") => {
      const source = pairSource(geography, kind);
      const random = new Random(1);
      return Array.from({ length: 500 }, () => source(random).weight).reduce((a, b) => a + b, 0) / 500;
    };
    assert.ok(mean("hot") > 100 * mean("desert"));
  });
});

describe("readings", () => {
  test("are the same for the same seed", () => {
    const all = (seed: number) => jsonLines([...placeLists(50, seed), ...suggestions(geography, 50, seed), ...tripsById(["a", "b"], seed)]);
    assert.equal(all(1), all(1));
    assert.notEqual(all(1), all(2));
  });

  test("type at least two letters of a town", () => {
    for (const { path } of suggestions(geography, 200, 5)) {
      const typed = queryOf(path).get("q") ?? "";
      assert.ok(typed.length >= 2 && geography.capitals.some((name) => name.startsWith(typed)), typed);
    }
  });

  test("come from many addresses", () => {
    const addresses = new Set(placeLists(200, 1).map(({ headers }) => headers?.["X-Forwarded-For"]));
    assert.ok(addresses.size > 150, `${addresses.size}`);
  });
});
