// What was measured on several worlds, a column for each: medians, since a terminal is only so wide.
import type { Figure } from "../model.ts";
import { short } from "../numbers.ts";
import { showTrips } from "../options.ts";
import { median } from "../statistics.ts";

/** Rows of cells; none unless there are two worlds. */
export function growthRows(figures: readonly Figure[]): string[][] {
  const measured = figures.filter(({ samples }) => samples.length > 0);
  const worlds = [...new Set(measured.map(({ trips }) => trips))].sort((a, b) => a - b);
  if (worlds.length < 2) return [];
  const kinds = Map.groupBy(measured, ({ metric, unit }) => `${metric}, ${unit}`);
  const rows = [...kinds].map(([kind, found]) => [
    kind,
    ...worlds.map((trips) => {
      const here = found.find((figure) => figure.trips === trips);
      return here === undefined ? "-" : short(median(here.samples));
    }),
  ]);
  return [["trips", ...worlds.map(showTrips)], ...rows];
}
