// What makes numbers worse than the subject is: a generator at its limit, other programs on the machine.
import type { Figure } from "./model.ts";
import { short } from "./numbers.ts";

const generatorIsFull = 0.9; // of the one core that its one thread can have
const disturbing = 0.25; // cores
const lateMilliseconds = 5;

function greatest(figures: readonly Figure[], metric: string): { subject: string; most: number }[] {
  return figures
    .filter((figure) => figure.metric === metric && figure.samples.length > 0)
    .map(({ subject, samples }) => ({ subject, most: Math.max(...samples) }));
}

/** The most that other programs took while one of these was measured, when it matters. */
export function disturbedBy(figures: readonly Figure[]): number | undefined {
  const most = Math.max(0, ...greatest(figures, "cpu of others").map((one) => one.most));
  return most > disturbing ? most : undefined;
}

export function disturbances(figures: readonly Figure[]): string[] {
  const found: string[] = [];
  const others = disturbedBy(figures);
  if (others !== undefined) found.push(`other programs took up to ${short(others)} cores meanwhile: these numbers are worse than they would be alone`);
  for (const { subject, most } of greatest(figures, "cpu of the generator")) {
    if (most > generatorIsFull) found.push(`${subject} may be faster: the generator was at its limit (${short(most)} cores)`);
  }
  for (const { subject, most } of greatest(figures, "generator late, at most")) {
    if (most > lateMilliseconds) found.push(`the load on ${subject} was late itself, by up to ${short(most)} ms, which is part of these latencies`);
  }
  return found;
}
