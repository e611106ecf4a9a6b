// Looks at a process again and again while something else goes on.
import type { Series } from "../model.ts";
import { type Held, heldBy } from "./processes.ts";

export interface Sample extends Held {
  /** Since the observation began. */
  seconds: number;
}

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

  /** Nothing of a process that has ended: whoever runs the load hears of that. */
  look(): void {
    const held = heldBy(this.#pid);
    if (held !== undefined) this.samples.push({ seconds: (performance.now() - this.#began) / 1000, ...held });
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

export function seriesOf(subject: string, trips: number, samples: readonly Sample[]): Series[] {
  const series = (metric: string, unit: Series["unit"], value: (sample: Sample) => number): Series => ({
    subject,
    trips,
    metric,
    unit,
    points: samples.map((sample) => [Number(sample.seconds.toFixed(2)), value(sample)]),
  });
  return [
    series("resident", "MB", ({ megabytes }) => megabytes),
    series("descriptors", "count", ({ descriptors }) => descriptors),
    series("threads", "count", ({ threads }) => threads),
  ];
}
