// Cleans up after the tests of a file, newest first, even if something fails.
import { after } from "node:test";

const work: (() => Promise<unknown>)[] = [];

export function atEnd(clear: () => Promise<unknown>): void {
  work.push(clear);
}

after(async () => {
  const troubles: unknown[] = [];
  for (let clear = work.pop(); clear !== undefined; clear = work.pop()) {
    await clear().catch((trouble: unknown) => troubles.push(trouble));
  }
  if (troubles.length > 0) throw new AggregateError(troubles, "not everything could be cleared away");
});
