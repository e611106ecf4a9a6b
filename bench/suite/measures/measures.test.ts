import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { busySecondsIn, megabytesIn, secondsOfStat } from "../machine/processes.ts";
import { parsePgbench } from "./booking.ts";
import { parseOptions } from "../options.ts";
import { writingNeeds } from "../run.ts";
import { choose } from "./all.ts";
import { lonelyStops, shortcomings } from "./freshness.ts";
import { highestRate, shares, trafficWrites } from "./loads.ts";
import { parseBenchmarks, parsePictures } from "./programs.ts";

describe("the highest rate", () => {
  const below = async (limit: number) => {
    const asked: number[] = [];
    const rate = await highestRate(async (wanted) => asked.push(wanted) > 0 && wanted <= limit);
    return { rate, asked };
  };

  test("is found near the limit in few steps", async () => {
    for (const limit of [55, 700, 1_000, 5_300, 90_000]) {
      const { rate, asked } = await below(limit);
      assert.ok(rate <= limit && rate * 1.08 >= limit * 0.999, `${rate}`);
      assert.ok(asked.length <= 16, `${asked}`);
    }
  });

  test("is none when not even the lowest holds", async () => {
    assert.equal((await below(10)).rate, 0);
  });
});

test("freshness without its load is no freshness", () => {
  assert.deepEqual(shortcomings(300, 499), []);
  assert.match(shortcomings(300, 400)[0] ?? "", /400 of 500 writes/);
  assert.match(shortcomings(9, 500)[0] ?? "", /9 probes/);
});

test("probes are apart from each other, further than they search", () => {
  const first = Array.from({ length: 1_000 }, (_, i) => lonelyStops(i)[0]);
  const seen = new Set(first.map((stop) => `${stop?.lat} ${stop?.lng}`));
  assert.equal(seen.size, 1_000);
  const [one, two] = first;
  assert.ok(Math.abs((one?.lat ?? 0) - (two?.lat ?? 0)) * 111 > 2);
});

test("the shares of the traffic add up to 100 percent, and a run prepares for the writes of its measures only", () => {
  assert.equal(Object.values(shares).reduce((sum, share) => sum + share, 0), 100);
  const needs = (...only: string[]) => writingNeeds(choose(only, false), parseOptions([]), { warmup: 1, measured: 5 });
  assert.deepEqual(needs("publish"), { bookings: 1_000, publications: 1_000 + 4_000 * 6 * 3 });
  assert.ok(needs("mixed").bookings < needs("mixed", "freshness").bookings);
  assert.equal(needs("soak").bookings, 1_000 + trafficWrites(500, 300, 3).bookings);
});

describe("other programs' words", () => {
  test("pgbench", () => {
    const output = "latency average = 6.812 ms\ninitial connection time = 30 ms\ntps = 2348.7 (without initial connection time)\nnumber of failed transactions: 3 (0.1%)\n";
    assert.deepEqual(parsePgbench(output), { tps: 2348.7, latency: 6.812, failed: 3 });
    assert.throws(() => parsePgbench("pgbench: error: no"), /no tps: pgbench: error/);
  });

  test("Google Benchmark: repetitions are samples, in microseconds", () => {
    const line = (name: string, real_time: number, run_type = "iteration") => ({ name, run_type, real_time, time_unit: "ns" });
    const text = JSON.stringify({ benchmarks: [line("one_day/jitter:0/repeats:2", 13_000), line("one_day/jitter:0/repeats:2", 15_000), line("one_day_mean", 14_000, "aggregate")] });
    assert.deepEqual(parseBenchmarks(text, 5), [{ subject: "safargo", metric: "one_day/jitter:0", unit: "us", samples: [13, 15], trips: 5 }]);
  });

  test("Google Benchmark: what a photo takes", () => {
    const line = (real_time: number, more = {}) => ({ name: "twelve_megapixels", run_type: "iteration", real_time, time_unit: "ms", resident_mb: 50, ...more });
    const text = (...benchmarks: unknown[]) => JSON.stringify({ benchmarks });
    assert.deepEqual(parsePictures(text(line(270), line(280), line(275, { run_type: "aggregate" })), 5), [
      { subject: "safargo", metric: "cpu", unit: "ms", samples: [270, 280], trips: 5 },
      { subject: "safargo", metric: "resident", unit: "MB", samples: [50, 50], trips: 5 },
    ]);
    assert.throws(() => parsePictures(text(line(0, { error_occurred: true, error_message: "no pictures were made" })), 5), /no pictures/);
    assert.throws(() => parsePictures(text(line(270, { time_unit: "us" })), 5), /milliseconds/);
  });

  test("the kernel, also of a program with an odd name", () => {
    assert.equal(secondsOfStat("7 (a) b (c) S 1 7 7 0 -1 4194560 9 0 0 0 150 50 30 20 20 0 1 0 1 1 1"), 2.5);
    assert.equal(busySecondsIn("cpu  100 20 30 9999 9999 7 7 50 0 0\ncpu0 1 1 1 1\n"), 2);
    assert.equal(megabytesIn("VmHWM:\t    9 kB\nVmRSS:\t  1000 kB\n", "VmRSS"), 1.024);
  });
});
