import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { choose, measures } from "./measures/all.ts";
import { BadOption, parseOptions, parseTrips, showTrips } from "./options.ts";

describe("options", () => {
  test("have the defaults of a whole run", () => {
    const options = parseOptions([]);
    assert.deepEqual(options.worlds, [1_000_000, 10_000, 100_000]);
    assert.equal(options.rounds, 3);
    assert.equal(options.peers, true);
    assert.equal(options.soakMinutes, 15);
  });

  test("make a quick soak short, unless it is said how long", () => {
    assert.equal(parseOptions(["--quick"]).soakMinutes, 1);
    assert.equal(parseOptions(["--quick", "--soak-minutes", "3"]).soakMinutes, 3);
  });

  test("are read in any order", () => {
    const options = parseOptions(["--rounds", "5", "--quick", "--only", "trip,search", "--worlds", "3m,10k", "--seed", "7", "--no-peers", "--json"]);
    assert.deepEqual(options.only, ["trip", "search"]);
    assert.deepEqual(options.worlds, [3_000_000, 10_000]);
    assert.deepEqual([options.rounds, options.seed, options.quick, options.peers, options.json], [5, 7, true, false, true]);
  });

  for (const words of [["--fast"], ["--rounds"], ["--rounds", "0"], ["--rounds", "1.5"], ["--soak-minutes", "0"], ["--soak-minutes"], ["--seed", "x"], ["--worlds", "many"], ["--worlds", "10"], ["--only"]]) {
    test(`refuse ${words.join(" ")}`, () => {
      assert.throws(() => parseOptions(words), BadOption);
    });
  }

  test("know worlds by their short names", () => {
    assert.equal(parseTrips("10k"), 10_000);
    assert.equal(parseTrips("1M"), 1_000_000);
    assert.equal(parseTrips("25000"), 25_000);
    assert.deepEqual([10_000, 1_000_000, 12_345].map(showTrips), ["10 k", "1 M", "12345"]);
  });
});

describe("measures", () => {
  test("have names of their own and say what they do", () => {
    assert.equal(new Set(measures.map(({ name }) => name)).size, measures.length);
    for (const { name, what, load, subjects } of measures) assert.ok(what && load && subjects, name);
  });

  test("are chosen by name or family", () => {
    assert.deepEqual(choose(["trip"], false).map(({ name }) => name), ["trip"]);
    const searches = choose(["search"], true).map(({ name }) => name);
    assert.ok(searches.includes("search.radius100") && searches.includes("search.cold"));
    assert.ok(searches.every((name) => name.startsWith("search.")));
    assert.throws(() => choose(["sear"], false), /no measure "sear"/);
  });

  test("are fewer with --quick", () => {
    assert.deepEqual(choose([], false), measures.filter(({ name }) => name !== "soak"));
    const quick = choose([], true).map(({ name }) => name);
    assert.ok(!quick.includes("engine") && quick.includes("mixed"));
  });

  test("that take too long for every run want to be named", () => {
    for (const quick of [false, true]) {
      assert.ok(!choose([], quick).some(({ name }) => name === "soak"));
      assert.deepEqual(choose(["soak"], quick).map(({ name }) => name), ["soak"]);
    }
  });

  test("that write come after those that only read", () => {
    const writing = measures.flatMap((measure) => (measure.kind === "experiment" && measure.writes ? [measure.name] : []));
    assert.deepEqual(writing, ["mixed", "freshness", "booking", "publish", "rate", "soak"]);
  });
});
