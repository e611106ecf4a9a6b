import assert from "node:assert/strict";
import { test } from "node:test";
import { figuresOf, type Histogram, merge, outcomeOf } from "./model.ts";
import { median, percentile, ratios, short, showSpread, spread } from "./statistics.ts";

test("a median is the middle sample, or the mean of the two in the middle, and reorders nothing", () => {
  const samples = [9, 1, 5];
  assert.equal(median(samples), 5);
  assert.deepEqual(samples, [9, 1, 5]);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.throws(() => median([]), /no sample/);
  assert.deepEqual(spread([10, 30, 20]), { median: 20, min: 10, max: 30 });
});

test("ratios are taken round by round, without one that a side lacks or did not answer in; percentiles are samples", () => {
  assert.deepEqual(ratios([100, 90], [10, 30]), [10, 3]);
  assert.deepEqual(ratios([100, 90, 80], [10, 0]), [10]);
  const samples = Array.from({ length: 100 }, (_, i) => 100 - i);
  assert.deepEqual([percentile(samples, 0.99), percentile(samples, 0.5), percentile([5], 0.99)], [99, 50, 5]);
});

test("numbers show three significant digits", () => {
  assert.deepEqual([41_234.5, 27.149, 0.04567, 0].map(short), ["41,235", "27.1", "0.0457", "0"]);
  assert.equal(showSpread({ median: 2, min: 2, max: 2 }, "ms"), "2 ms");
  assert.equal(showSpread({ median: 2, min: 1, max: 3.5 }, "ms"), "2 ms (1 - 3.5)");
});

test("rounds line up their samples and add their histograms bucket by bucket, and worlds of different size stay apart", () => {
  const round = (rps: number, histogram: Histogram, trips = 1) =>
    outcomeOf({
      figures: [figuresOf("safargo", trips)("throughput", "req/s", rps)],
      distributions: [{ subject: "safargo", trips, histogram }],
      notes: ["the same note"],
    });
  const all = outcomeOf();
  const first = round(10, [[9, 1]]);
  for (const one of [first, round(20, [[5, 2], [9, 1]]), round(7, [], 2)]) merge(all, one);
  assert.deepEqual(all.figures.map(({ samples }) => samples), [[10, 20], [7]]);
  assert.deepEqual(all.distributions.map(({ histogram }) => histogram), [[[5, 2], [9, 2]], []]);
  assert.deepEqual(all.notes, ["the same note"]);
  assert.deepEqual(first, round(10, [[9, 1]]), "and are not changed by that");
});
