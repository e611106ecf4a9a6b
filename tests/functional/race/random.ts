// Reproducible randomness: what a run draws depends on its seed alone.
import { randomInt } from "node:crypto";

const variable = "SAFARGO_RACE_SEED";

export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). The generator is mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** 0..limit-1 */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new Error("nothing to pick from");
    return choices[this.below(choices.length)] as T;
  }

  /** An independent source: draws there do not disturb draws here. */
  fork(): Random {
    return new Random(this.below(2 ** 32));
  }
}

/** The seed of this run: SAFARGO_RACE_SEED replays the plans of an earlier run. */
export function seedOfRun(): number {
  const wanted = process.env[variable];
  if (wanted === undefined || wanted === "") return randomInt(2 ** 31);
  const seed = Number(wanted);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) throw new Error(`${variable} is no seed: ${wanted}`);
  return seed;
}

export function replay(seed: number): string {
  return `${variable}=${seed}`;
}
