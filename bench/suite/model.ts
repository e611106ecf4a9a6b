// What a run finds, as it stands in results.json: numbers with their unit and all their samples, one sample a round.
type Unit = "req/s" | "ms" | "us" | "s" | "MB" | "CPU" | "count" | "/s" | "%";

interface Found {
  subject: string;
  /** Open trips of the world it was measured on. */
  trips: number;
}

export interface Figure extends Found {
  metric: string;
  unit: Unit;
  samples: number[];
}

/** Upper bound of a bucket in microseconds, and how many answers fell into it. */
export type Histogram = [number, number][];

export interface Distribution extends Found {
  histogram: Histogram;
}

/** What was looked at again and again while a load ran: seconds since it began, and what was seen then. */
export interface Series extends Found {
  metric: string;
  unit: Unit;
  points: [number, number][];
}

/** "told": shown for comparison and not judged. */
type Grade = "kept" | "worse" | "unmeasured" | "told";

/** One sign for each, the same on the terminal and in the report. */
export const gradeMarks: Record<Grade, string> = { kept: "✓", worse: "✗", unmeasured: "·", told: "–" };

export interface Verdict {
  what: string;
  /** What may not get worse, and what is asked for, written out. */
  budget: string;
  asked: string;
  grade: Grade;
  /** What this run found, written out: "27.1 x (26.0 - 28.3)". */
  found: string;
  why: string;
}

export interface Outcome {
  figures: Figure[];
  distributions: Distribution[];
  series: Series[];
  notes: string[];
  /** Why something could not be measured: each of them makes the run end with 1. */
  troubles: string[];
  /** Why its verdicts settle nothing, such as a load that was shortened. */
  hint?: string;
}

export interface MeasureResult extends Outcome {
  name: string;
  what: string;
  load: string;
  trips: number;
  verdicts: Verdict[];
}

export interface Equality {
  peer: string;
  compared: number;
  equal: boolean;
  said: string;
}

export interface WorldFacts {
  trips: number;
  seed: number;
  open: number;
  hoursOld: number;
  megabytes: number;
}

export interface Results {
  version: 2;
  started: string;
  seconds: number;
  command: string;
  complete: boolean;
  machine: Record<string, string>;
  warnings: string[];
  method: string[];
  worlds: WorldFacts[];
  equality: Equality[];
  measures: MeasureResult[];
}

/** Writes down figures of one subject on one world. */
export function figuresOf(subject: string, trips: number) {
  return (metric: string, unit: Unit, ...samples: number[]): Figure => ({ subject, trips, metric, unit, samples });
}

export function outcomeOf(parts: Partial<Outcome> = {}): Outcome {
  return { figures: [], distributions: [], series: [], notes: [], troubles: [], ...parts };
}

/** Joins what several rounds found: samples of the same figure line up in the order of the rounds. */
export function merge(into: Outcome, from: Outcome): void {
  for (const figure of from.figures) {
    const known = into.figures.find((f) => f.subject === figure.subject && f.metric === figure.metric && f.trips === figure.trips);
    if (known === undefined) into.figures.push({ ...figure, samples: [...figure.samples] });
    else known.samples.push(...figure.samples);
  }
  for (const one of from.distributions) {
    const known = into.distributions.find((d) => d.subject === one.subject && d.trips === one.trips);
    if (known === undefined) into.distributions.push({ ...one });
    else known.histogram = addHistograms(known.histogram, one.histogram);
  }
  into.series.push(...from.series);
  if (from.hint !== undefined) into.hint = from.hint;
  into.notes = [...new Set([...into.notes, ...from.notes])];
  into.troubles = [...new Set([...into.troubles, ...from.troubles])];
}

function addHistograms(one: Histogram, other: Histogram): Histogram {
  const counts = new Map(one);
  for (const [upper, count] of other) counts.set(upper, (counts.get(upper) ?? 0) + count);
  return [...counts].sort((a, b) => a[0] - b[0]);
}
