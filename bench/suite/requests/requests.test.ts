import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { Random } from "../../../tests/functional/race/random.ts";
import { byWeight, dayAfter, pairSource, readGeography, searches, type SearchPlan } from "./searches.ts";
import { linesOf, placeLists, suggestions, tripsById } from "./request.ts";

const geography = readGeography(join(import.meta.dirname, "../../../packages/database/data"));

function queriesOf(plan: SearchPlan): URLSearchParams[] {
  const found = searches({ geography, options: { seed: 3 }, today: "2026-11-26" }, { count: 200, ...plan });
  return found.map(({ path }) => new URL(path, "http://x").searchParams);
}

describe("geography", () => {
  test("holds every pair of wilayas in both directions, the busiest first", () => {
    assert.equal(geography.pairs.length, 69 * 68);
    assert.equal(geography.capitals.length, 69);
    const weights = geography.pairs.map(({ weight }) => weight);
    assert.deepEqual(weights, weights.toSorted((a, b) => b - a));
  });

  test("draws pairs by their weight", () => {
    const point = { lat: 30, lng: 3 };
    const draw = byWeight([{ from: point, to: point, weight: 9, km: 1 }, { from: point, to: point, weight: 1, km: 2 }]);
    const random = new Random(1);
    const often = Array.from({ length: 10_000 }, () => draw(random).km).filter((km) => km === 1).length;
    assert.ok(often > 8_800 && often < 9_200, `${often}`);
  });
});

test("requests are the same for the same seed, byte for byte", () => {
  const all = (seed: number): string => {
    const asked = searches({ geography, options: { seed }, today: "2026-11-26" }, { count: 50 });
    return linesOf([...asked, ...placeLists(50, seed), ...suggestions(geography, 50, seed), ...tripsById(["a", "b"], seed)], "http://127.0.0.1:1");
  };
  assert.equal(all(1), all(1));
  assert.notEqual(all(1), all(2));
});

describe("searches", () => {
  test("start near towns of Algeria, at the radius that was asked for, on days ahead, within the world's thirty", () => {
    for (const query of queriesOf({ radiusKm: 50 })) {
      const [lat = 0, lng = 0] = (query.get("from") ?? "").split(",").map(Number);
      assert.ok(lat > 18.9 && lat < 37.2 && lng > -8.8 && lng < 12.1, `${query}`);
      assert.equal(query.get("radius_km"), "50");
      const date = query.get("date") ?? "";
      assert.ok(date > "2026-11-26" && date <= "2026-12-23", date);
    }
    assert.equal(dayAfter("2026-11-26", 6), "2026-12-02");
  });

  test("name a day as often as wanted", () => {
    const dated = (share: number): number => queriesOf({ dated: share }).filter((query) => query.has("date")).length;
    assert.deepEqual([dated(0), dated(1)], [0, 200]);
  });

  test("of hot pairs are busier than those of the desert", () => {
    const weight = (kind: "hot" | "desert"): number => {
      const [source, random] = [pairSource(geography, kind), new Random(1)];
      return Array.from({ length: 500 }, () => source(random).weight).reduce((a, b) => a + b, 0);
    };
    assert.ok(weight("hot") > 100 * weight("desert"));
  });
});

test("suggestions type at least two letters of a town", () => {
  for (const { path } of suggestions(geography, 200, 5)) {
    const typed = new URL(path, "http://x").searchParams.get("q") ?? "";
    assert.ok(typed.length >= 2 && geography.capitals.some((name) => name.startsWith(typed)), typed);
  }
});

test("readings come from many addresses", () => {
  const addresses = new Set(placeLists(200, 1).map(({ headers }) => headers?.["X-Forwarded-For"]));
  assert.ok(addresses.size > 150, `${addresses.size}`);
});
