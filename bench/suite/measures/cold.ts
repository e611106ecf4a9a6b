// The first searches of a process that has just become ready, one after the other, without any warm-up.
import { runLoad } from "../load/generator.ts";
import { outcomeOf } from "../load/report.ts";
import type { Bench, Experiment } from "../measure.ts";
import { emptyOutcome, merge, type Outcome } from "../model.ts";
import { searches } from "../requests/searches.ts";
import type { Subject } from "../subjects/subject.ts";

const first = 200;
const mostSeconds = 20;

async function firstSearches(bench: Bench, subject: Subject, round: number): Promise<Outcome> {
  const { geography, options, today, world } = bench;
  const requests = searches(geography, { kind: "gravity", count: first, seed: options.seed + round, today });
  const running = await subject.start(world.url);
  try {
    const loaded = await runLoad(bench.generator, `search-cold-${subject.name}-${round}`, running, world.cluster.pid, {
      load: { kind: "closed", connections: 1 },
      warmupSeconds: 0,
      seconds: mostSeconds,
      seed: options.seed,
      mix: [{ name: "search", weight: 1, requests, order: "once" }],
    });
    const outcome = outcomeOf(subject.name, world.trips, loaded);
    // The requests are meant to run out, and so few of them say nothing of a rate.
    return { ...outcome, notes: [], figures: outcome.figures.filter(({ metric }) => /^(p\d|errors)/.test(metric)) };
  } finally {
    await running.stop();
  }
}

export const coldMeasure: Experiment = {
  kind: "experiment",
  name: "search.cold",
  what: `the first ${first} searches after the start of the process; PostgreSQL stays warm`,
  load: "1 connection, closed loop, no warm-up",
  subjects: "SafarGo, peers",
  writes: false,
  slow: true,
  run: async (bench) => {
    const outcome = emptyOutcome();
    for (let round = 1; round <= bench.options.rounds; round += 1) {
      for (const subject of [bench.safargo, ...bench.peers.filter((peer) => peer.takesPartIn("search"))]) {
        bench.say(`search.cold  round ${round}  ${subject.name}`);
        merge(outcome, await firstSearches(bench, subject, round));
      }
    }
    return outcome;
  },
};
