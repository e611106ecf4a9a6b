// What makes figures look worse than the subject is: a generator at its limit, other programs on the machine.
import type { Figure } from "./model.ts";
import { short } from "./statistics.ts";

const generatorIsFull = 0.9; // of the one core that its one thread can have
const disturbing = 0.25; // cores
const lateMilliseconds = 5;

function greatest(figures: readonly Figure[], metric: string, above: number): { subject: string; most: number }[] {
  return figures
    .filter((figure) => figure.metric === metric)
    .map(({ subject, samples }) => ({ subject, most: Math.max(0, ...samples) }))
    .filter(({ most }) => most > above);
}

/** The most that other programs took while one of these was measured, when it matters. */
export function disturbedBy(figures: readonly Figure[]): number | undefined {
  const found = greatest(figures, "cpu of others", disturbing).map(({ most }) => most);
  return found.length > 0 ? Math.max(...found) : undefined;
}

export function disturbances(figures: readonly Figure[]): string[] {
  const others = disturbedBy(figures);
  return [
    ...(others === undefined ? [] : [`other programs took up to ${short(others)} cores meanwhile: these numbers are worse than they would be alone`]),
    ...greatest(figures, "cpu of the generator", generatorIsFull).map(
      ({ subject, most }) => `${subject} may be faster: the generator was at its limit (${short(most)} cores)`,
    ),
    ...greatest(figures, "generator late, at most", lateMilliseconds).map(
      ({ subject, most }) => `the load on ${subject} was late itself, by up to ${short(most)} ms, which is part of these latencies`,
    ),
  ];
}
