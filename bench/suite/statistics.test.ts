import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { addHistograms, figuresOf, type Histogram, merge, outcomeOf } from "./model.ts";
import { median, percentile, ratios, short, showSpread, spread } from "./statistics.ts";

test("a median is the middle sample, or the mean of the two in the middle, and reorders nothing", () => {
  const samples = [9, 1, 5];
  assert.equal(median(samples), 5);
  assert.deepEqual(samples, [9, 1, 5]);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.throws(() => median([]), /no sample/);
  assert.deepEqual(spread([10, 30, 20]), { median: 20, min: 10, max: 30 });
});

test("ratios are taken round by round, without one that a side lacks or did not answer in", () => {
  assert.deepEqual(ratios([100, 90], [10, 30]), [10, 3]);
  assert.deepEqual(ratios([100, 90, 80], [10, 0]), [10]);
});

test("percentiles are samples", () => {
  const samples = Array.from({ length: 100 }, (_, i) => 100 - i);
  assert.deepEqual([percentile(samples, 0.99), percentile(samples, 0.5), percentile([5], 0.99)], [99, 50, 5]);
});

test("numbers show three significant digits", () => {
  assert.deepEqual([41_234.5, 27.149, 0.04567, 0].map(short), ["41,235", "27.1", "0.0457", "0"]);
  assert.equal(showSpread({ median: 2, min: 2, max: 2 }, "ms"), "2 ms");
  assert.equal(showSpread({ median: 2, min: 1, max: 3.5 }, "ms"), "2 ms (1 - 3.5)");
});

describe("rounds", () => {
  const round = (rps: number, histogram: Histogram, trips = 1) =>
    outcomeOf({
      figures: [figuresOf("safargo", trips)("throughput", "req/s", rps)],
      distributions: [{ subject: "safargo", trips, histogram }],
      notes: ["the same note"],
    });

  test("line up their samples and add their histograms, and are not changed by that", () => {
    const all = outcomeOf();
    const first = round(10, [[5, 1]]);
    merge(all, first);
    merge(all, round(20, [[5, 2], [9, 1]]));
    assert.deepEqual(all.figures[0]?.samples, [10, 20]);
    assert.deepEqual(all.distributions[0]?.histogram, [[5, 3], [9, 1]]);
    assert.deepEqual(all.notes, ["the same note"]);
    assert.deepEqual(first, round(10, [[5, 1]]));
  });

  test("keep worlds of different size apart", () => {
    const all = outcomeOf();
    merge(all, round(10, []));
    merge(all, round(10, [], 2));
    assert.deepEqual(all.figures.map(({ samples }) => samples), [[10], [10]]);
  });

  test("give histograms in the order of their buckets", () => {
    assert.deepEqual(addHistograms([[9, 1]], [[3, 1], [9, 1]]), [[3, 1], [9, 2]]);
  });
});
