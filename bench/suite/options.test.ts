import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { choose, measures } from "./measures/all.ts";
import { BadOption, parseOptions, parseTrips, showTrips } from "./options.ts";

test("a run without options is a whole one", () => {
  assert.deepEqual(parseOptions([]), {
    ...{ quick: false, json: false, list: false, needs: false, peers: true, only: [] },
    ...{ worlds: [1_000_000, 10_000, 100_000], rounds: 3, soakMinutes: 15, seed: 1 },
  });
});

test("options are read in any order, and a quick soak is short unless it is said how long", () => {
  const words = "--rounds 5 --quick --only trip,search --worlds 3m,10k --seed 7 --no-peers --json".split(" ");
  const { only, worlds, rounds, seed, quick, peers, json, soakMinutes } = parseOptions(words);
  assert.deepEqual([only, worlds], [["trip", "search"], [3_000_000, 10_000]]);
  assert.deepEqual([rounds, seed, quick, peers, json, soakMinutes], [5, 7, true, false, true, 1]);
  assert.equal(parseOptions(["--quick", "--soak-minutes", "3"]).soakMinutes, 3);
});

test("wrong options are refused", () => {
  for (const line of ["--fast", "--rounds", "--rounds 0", "--rounds 1.5", "--soak-minutes 0", "--soak-minutes", "--seed x", "--worlds many", "--worlds 10", "--only", "trip"]) {
    assert.throws(() => parseOptions(line.split(" ")), BadOption, line);
  }
});

test("worlds have short names", () => {
  assert.deepEqual(["10k", "1M", "25000"].map(parseTrips), [10_000, 1_000_000, 25_000]);
  assert.deepEqual([10_000, 1_000_000, 12_345].map(showTrips), ["10 k", "1 M", "12345"]);
});

describe("measures", () => {
  const chosen = (names: string[], quick: boolean): string[] => choose(names, quick).map(({ name }) => name);

  test("have names of their own, and are chosen by name or family", () => {
    assert.equal(new Set(measures.map(({ name }) => name)).size, measures.length);
    assert.deepEqual(chosen(["trip"], false), ["trip"]);
    const searches = chosen(["search"], true);
    assert.ok(searches.includes("search.radius100") && searches.includes("search.cold"));
    assert.ok(searches.every((name) => name.startsWith("search.")));
    assert.throws(() => choose(["sear"], false), /no measure "sear"/);
  });

  test("are fewer with --quick, and without those that take too long for every run", () => {
    assert.deepEqual(choose([], false), measures.filter(({ name }) => name !== "soak"));
    const quick = chosen([], true);
    assert.ok(!quick.includes("engine") && !quick.includes("pictures") && !quick.includes("soak") && quick.includes("mixed"));
    assert.deepEqual(chosen(["soak"], true), ["soak"]);
  });

  test("that write come after those that only read", () => {
    const writing = measures.flatMap(({ kind, name }) => (kind === "writes" ? [name] : []));
    assert.deepEqual(writing, ["mixed", "freshness", "booking", "publish", "rate", "soak"]);
  });
});
