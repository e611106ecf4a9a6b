import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { addHistograms, emptyOutcome, merge } from "./model.ts";
import { median, percentile, quantile, ratios, spread } from "./statistics.ts";

describe("medians", () => {
  test("are the middle sample, or the mean of the two in the middle", () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.equal(median([7]), 7);
  });

  test("do not reorder what they are given", () => {
    const samples = [3, 1, 2];
    median(samples);
    assert.deepEqual(samples, [3, 1, 2]);
  });

  test("of nothing are refused", () => {
    assert.throws(() => median([]), /no sample/);
  });

  test("come with the least and the greatest", () => {
    assert.deepEqual(spread([10, 30, 20]), { median: 20, min: 10, max: 30 });
  });
});

describe("ratios", () => {
  test("are taken round by round", () => {
    assert.deepEqual(ratios([100, 90], [10, 30]), [10, 3]);
  });

  test("leave out a round that one side lacks or did not answer in", () => {
    assert.deepEqual(ratios([100, 90, 80], [10, 0]), [10]);
  });
});

describe("percentiles", () => {
  test("of a histogram are upper bounds of buckets", () => {
    const histogram: [number, number][] = [
      [10, 98],
      [20, 1],
      [1000, 1],
    ];
    assert.equal(quantile(histogram, 0.5), 10);
    assert.equal(quantile(histogram, 0.98), 10);
    assert.equal(quantile(histogram, 0.99), 20);
    assert.equal(quantile(histogram, 1), 1000);
    assert.throws(() => quantile([], 0.5), /no answers/);
  });

  test("of samples are samples", () => {
    const samples = Array.from({ length: 100 }, (_, i) => 100 - i);
    assert.equal(percentile(samples, 0.99), 99);
    assert.equal(percentile(samples, 0.5), 50);
    assert.equal(percentile([5], 0.99), 5);
  });
});

describe("rounds", () => {
  const round = (rps: number, histogram: [number, number][]) => ({
    ...emptyOutcome(),
    figures: [{ subject: "safargo", metric: "throughput", unit: "req/s" as const, trips: 1, samples: [rps] }],
    distributions: [{ subject: "safargo", trips: 1, histogram }],
    notes: ["the same note"],
  });

  test("line up their samples and add their histograms", () => {
    const all = emptyOutcome();
    merge(all, round(10, [[5, 1]]));
    merge(all, round(20, [[5, 2], [9, 1]]));
    assert.deepEqual(all.figures[0]?.samples, [10, 20]);
    assert.deepEqual(all.distributions[0]?.histogram, [[5, 3], [9, 1]]);
    assert.deepEqual(all.notes, ["the same note"]);
  });

  test("keep worlds of different size apart", () => {
    const all = emptyOutcome();
    const one = round(10, []);
    merge(all, one);
    merge(all, { ...one, figures: one.figures.map((figure) => ({ ...figure, trips: 2 })) });
    assert.deepEqual(all.figures.map(({ samples }) => samples), [[10], [10]]);
  });

  test("do not change what they are made of", () => {
    const first = round(10, [[5, 1]]);
    const all = emptyOutcome();
    merge(all, first);
    merge(all, round(20, [[5, 1]]));
    assert.deepEqual(first.figures[0]?.samples, [10]);
  });

  test("give histograms in the order of their buckets", () => {
    assert.deepEqual(addHistograms([[9, 1]], [[3, 1], [9, 1]]), [[3, 1], [9, 2]]);
  });
});
