// Waits for what another process does: polls up to a deadline.
import { setTimeout as pause } from "node:timers/promises";

/** The probe's first answer that is neither undefined nor false. A probe that throws is repeated as well. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  { seconds = 10, every = 20 } = {},
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    let trouble: unknown;
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      trouble = error;
    }
    if (performance.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`, { cause: trouble });
    await pause(every);
  }
}

/** The answer and how many seconds it took. */
export async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const began = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - began) / 1000 };
}

/** Fails when the work is not done in time; the work itself goes on. */
export async function within<T>(seconds: number, what: string, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const limit = pause(seconds * 1000, undefined, { signal: over.signal }).then(
    () => {
      throw new Error(`not within ${seconds} s: ${what}`);
    },
    () => undefined as never,
  );
  try {
    return await Promise.race([work, limit]);
  } finally {
    over.abort();
  }
}
