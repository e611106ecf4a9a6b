// A budget and what was found: kept, worse, or not measured, and why; and what makes figures look worse than the subject is.
import { askedText, type Budget, budgets, budgetText, isAsGood, limitOf } from "./budgets.ts";
import type { Figure, Outcome, Verdict } from "./model.ts";
import { ratios, short, showSpread, spread } from "./statistics.ts";

function samplesOf(figures: readonly Figure[], subject: string, metric: string): number[] {
  return figures.find((figure) => figure.subject === subject && figure.metric === metric)?.samples ?? [];
}

/** How many times SafarGo is better than a peer: faster, or cheaper by what a request costs. */
export function advantages(figures: readonly Figure[], peer: string, metric: string): number[] {
  const [ours, theirs] = [samplesOf(figures, "safargo", metric), samplesOf(figures, peer, metric)];
  return metric === "throughput" ? ratios(ours, theirs) : ratios(theirs, ours);
}

function samplesFor({ metric, against }: Budget, figures: readonly Figure[]): number[] | string {
  const ours = samplesOf(figures, "safargo", metric);
  if (ours.length === 0) return `no ${metric} of SafarGo`;
  if (against === undefined) return ours;
  if (samplesOf(figures, against, metric).length === 0) return `${against} was not measured`;
  const found = advantages(figures, against, metric);
  return found.length > 0 ? found : `${against} gave no answers`;
}

function doubtsOf(budget: Budget, outcome: Outcome, trips: number, rounds: number): string[] {
  const why: string[] = [];
  if (budget.trips !== undefined && budget.trips !== trips) {
    why.push(`only a hint: ${trips.toLocaleString("en-US")} trips, the budget is for ${budget.trips.toLocaleString("en-US")}`);
  }
  if (outcome.hint !== undefined) why.push(`only a hint: ${outcome.hint}`);
  if (disturbedBy(outcome.figures) > 0) why.push("measured on a busy machine");
  if (rounds < 3) why.push(rounds === 1 ? "one round" : "two rounds");
  return why;
}

/** The median decides; a spread that crosses the budget is said. `main` is the size of the world that carries the run;
 * what was measured on the world of the budget itself goes before. */
export function judge(budget: Budget, outcome: Outcome, main: number): Verdict {
  const limit = limitOf(budget);
  const verdict = { what: budget.what, budget: budgetText(budget), asked: askedText(budget) };
  const trips = budget.trips !== undefined && outcome.figures.some((figure) => figure.trips === budget.trips) ? budget.trips : main;
  const samples = samplesFor(budget, outcome.figures.filter((figure) => figure.trips === trips));
  if (typeof samples === "string") return { ...verdict, grade: limit === undefined ? "told" : "unmeasured", found: "-", why: samples };
  const found = spread(samples);
  const keeps = (value: number): boolean => limit === undefined || isAsGood(budget, value, limit);
  const why = keeps(found.min) === keeps(found.max) ? [] : ["the rounds disagree"];
  if (budget.asked !== undefined) why.push(isAsGood(budget, found.median, budget.asked) ? "as asked" : "not yet as asked");
  return {
    ...verdict,
    grade: limit === undefined ? "told" : keeps(found.median) ? "kept" : "worse",
    found: showSpread(found, budget.unit),
    why: [...why, ...doubtsOf(budget, outcome, trips, samples.length)].join("; "),
  };
}

/** A world larger than the run's own says nothing unless it was asked for. */
export function judgeMeasure(measure: string, outcome: Outcome, main: number): Verdict[] {
  const sizes = new Set(outcome.figures.map(({ trips }) => trips));
  return budgets
    .filter((budget) => budget.measure === measure && (budget.trips ?? 0) <= Math.max(1_000_000, main, ...sizes))
    .map((budget) => judge(budget, outcome, main));
}

const generatorIsFull = 0.9; // of the one core that its one thread can have
const disturbing = 0.25; // cores
const lateMilliseconds = 5;

function greatest(figures: readonly Figure[], metric: string, above: number): { subject: string; most: number }[] {
  const found = figures.filter((figure) => figure.metric === metric);
  return found.map(({ subject, samples }) => ({ subject, most: Math.max(0, ...samples) })).filter(({ most }) => most > above);
}

/** The most that other programs took while one of these was measured: 0 when it does not matter. */
function disturbedBy(figures: readonly Figure[]): number {
  return Math.max(0, ...greatest(figures, "cpu of others", disturbing).map(({ most }) => most));
}

export function disturbances(figures: readonly Figure[]): string[] {
  const others = disturbedBy(figures);
  const late = greatest(figures, "generator late, at most", lateMilliseconds);
  return [
    ...(others === 0 ? [] : [`other programs took up to ${short(others)} cores meanwhile: these numbers are worse than they would be alone`]),
    ...greatest(figures, "cpu of the generator", generatorIsFull).map(
      ({ subject, most }) => `${subject} may be faster: the generator was at its limit (${short(most)} cores)`,
    ),
    ...late.map(({ subject, most }) => `the load on ${subject} was late itself, by up to ${short(most)} ms, which is part of these latencies`),
  ];
}
