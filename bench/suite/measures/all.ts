// Everything that can be measured, in the order it is.
import type { Measure } from "../measure.ts";
import { BadOption } from "../options.ts";
import { bookingMeasure } from "./booking.ts";
import { comparisons } from "./comparisons.ts";
import { freshnessMeasure } from "./freshness.ts";
import { coldMeasure, constantMeasure, mixedMeasure, publishMeasure, rateMeasure } from "./loads.ts";
import { memoryMeasure } from "./memory.ts";
import { engineMeasure, picturesMeasure, redisLimitMeasure } from "./programs.ts";
import { soakMeasure } from "./soak.ts";

export const measures: readonly Measure[] = [
  ...comparisons,
  ...[coldMeasure, constantMeasure, memoryMeasure, mixedMeasure, freshnessMeasure],
  ...[bookingMeasure, publishMeasure, rateMeasure, soakMeasure, engineMeasure, picturesMeasure, redisLimitMeasure],
];

/** "search" names all of its kinds; without names all are chosen that do not want to be named, and with --quick the quick ones. */
export function choose(names: readonly string[], quick: boolean): Measure[] {
  const isNamed = (wanted: string, { name }: Measure): boolean => name === wanted || name.startsWith(`${wanted}.`);
  for (const name of names) {
    if (!measures.some((measure) => isNamed(name, measure))) throw new BadOption(`there is no measure "${name}"; --list shows them`);
  }
  if (names.length === 0) return measures.filter((measure) => !measure.byNameOnly && !(quick && measure.slow));
  return measures.filter((measure) => names.some((name) => isNamed(name, measure)));
}
