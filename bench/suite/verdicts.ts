// A budget and what was found: met, missed, or not measured, and why.
import { type Budget, budgets, budgetText } from "./budgets.ts";
import { disturbedBy } from "./disturbances.ts";
import type { Figure, Outcome, Verdict } from "./model.ts";
import { showSpread } from "./numbers.ts";
import { ratios, spread } from "./statistics.ts";

/** "fastify" means the first subject of that name or family: "fastify", else "fastify-btree". */
export function find(figures: readonly Figure[], subject: string, metric: string): Figure | undefined {
  const named = figures.filter((figure) => figure.metric === metric && figure.samples.length > 0);
  return named.find((f) => f.subject === subject) ?? named.find((f) => f.subject.startsWith(`${subject}-`));
}

function samplesFor(budget: Budget, figures: readonly Figure[]): number[] | string {
  const mine = find(figures, "safargo", budget.metric);
  if (mine === undefined) return `no ${budget.metric} of SafarGo`;
  if (budget.rule.kind !== "ratio") return mine.samples;
  const theirs = find(figures, budget.rule.against, budget.metric);
  if (theirs === undefined) return `${budget.rule.against} was not measured`;
  const found = ratios(mine.samples, theirs.samples);
  return found.length > 0 ? found : `${budget.rule.against} gave no answers`;
}

function keeps(budget: Budget, value: number): boolean {
  if (budget.rule.kind === "ratio") return value >= budget.rule.atLeast;
  return budget.rule.kind === "below" ? value < budget.rule.limit : value <= budget.rule.limit;
}

/** The median decides; a spread that crosses the budget is said. `main` is the size of the world that carries the run;
 * what was measured on the world of the budget itself goes before. */
export function judge(budget: Budget, outcome: Outcome, main: number): Verdict {
  const verdict = { what: budget.what, budget: budgetText(budget) };
  const trips = budget.trips !== undefined && outcome.figures.some((figure) => figure.trips === budget.trips) ? budget.trips : main;
  const unmeasured = budget.told ? "told" : "unmeasured";
  const samples = samplesFor(budget, outcome.figures.filter((figure) => figure.trips === trips));
  if (typeof samples === "string") return { ...verdict, grade: unmeasured, found: "-", why: samples };
  const found = spread(samples);
  const met = keeps(budget, found.median);
  const why: string[] = [];
  if (budget.told) why.push("for comparison");
  else if (keeps(budget, found.min) !== keeps(budget, found.max)) why.push("the rounds disagree");
  if (budget.trips !== undefined && budget.trips !== trips) {
    why.push(`only a hint: ${trips.toLocaleString("en-US")} trips, the budget is for ${budget.trips.toLocaleString("en-US")}`);
  }
  if (outcome.hint !== undefined) why.push(`only a hint: ${outcome.hint}`);
  if (disturbedBy(outcome.figures) !== undefined) why.push("measured on a busy machine");
  if (samples.length < 3) why.push(samples.length === 1 ? "one round" : "two rounds");
  return {
    ...verdict,
    grade: budget.told ? "told" : met ? "met" : "missed",
    found: showSpread(found, budget.rule.kind === "ratio" ? "x" : ""),
    why: why.join("; "),
  };
}

export function judgeMeasure(measure: string, outcome: Outcome, trips: number): Verdict[] {
  return budgets.filter((budget) => budget.measure === measure).map((budget) => judge(budget, outcome, trips));
}
