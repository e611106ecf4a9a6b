// The first searches of a process that has just become ready, one after the other, without any warm-up.
import { only, runLoad } from "../load/generator.ts";
import { loadOutcome } from "../load/report.ts";
import { type Bench, type Experiment, inRounds } from "../measure.ts";
import { merge, type Outcome, outcomeOf } from "../model.ts";
import { searches } from "../requests/searches.ts";
import { type Subject, withServer } from "../subjects/subject.ts";

const first = 200;

async function firstSearches(bench: Bench, subject: Subject, round: number): Promise<Outcome> {
  const { geography, options, today, world } = bench;
  const requests = searches(geography, { kind: "gravity", count: first, seed: options.seed + round, today });
  const mix = only("search", requests, "once");
  const loaded = await withServer(subject, world.url, (running) =>
    runLoad(bench, running, `search-cold-${subject.name}-${round}`, { load: { kind: "closed", connections: 1 }, warmupSeconds: 0, seconds: 20, mix }),
  );
  const outcome = loadOutcome(subject.name, world.trips, loaded);
  // The requests are meant to run out, and so few of them say nothing of a rate.
  return { ...outcome, notes: [], figures: outcome.figures.filter(({ metric }) => /^(p\d|errors)/.test(metric)) };
}

export const coldMeasure: Experiment = {
  kind: "reads",
  name: "search.cold",
  what: `the first ${first} searches after the start of the process; PostgreSQL stays warm`,
  load: "1 connection, closed loop, no warm-up",
  subjects: "SafarGo, peers",
  slow: true,
  run: (bench) =>
    inRounds(bench, "search.cold", async (round) => {
      const outcome = outcomeOf();
      for (const subject of [bench.safargo, ...bench.peers.filter((peer) => peer.takesPartIn("search"))]) {
        merge(outcome, await firstSearches(bench, subject, round));
      }
      return outcome;
    }),
};
