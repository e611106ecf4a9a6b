// Samples a process while something else runs.
import type { Series } from "../model.ts";
import { type Held, heldBy } from "./processes.ts";

/** With the seconds since the observation began. */
export type Sample = Held & { seconds: number };

export class Observer {
  readonly samples: Sample[] = [];
  readonly #pid: number;
  readonly #began = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(pid: number) {
    this.#pid = pid;
  }

  watchEvery(seconds: number): void {
    this.look();
    this.#timer = setInterval(() => this.look(), seconds * 1000);
  }

  /** Records nothing of a process that has ended: the load reports that. */
  look(): void {
    const held = heldBy(this.#pid);
    if (held !== undefined) this.samples.push({ seconds: (performance.now() - this.#began) / 1000, ...held });
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

export function seriesOf(subject: string, trips: number, samples: readonly Sample[]): Series[] {
  const series = (metric: string, unit: Series["unit"], name: keyof Held): Series => {
    const points = samples.map((sample): [number, number] => [Number(sample.seconds.toFixed(2)), sample[name]]);
    return { subject, trips, metric, unit, points };
  };
  return [series("resident", "MB", "megabytes"), series("descriptors", "count", "descriptors"), series("threads", "count", "threads")];
}
