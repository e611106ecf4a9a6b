// Searches at a constant rate, whatever SafarGo does: how long independent users wait.
import { only, runLoad } from "../load/generator.ts";
import { loadOutcome } from "../load/report.ts";
import { type Experiment, inRounds } from "../measure.ts";
import { searches } from "../requests/searches.ts";
import { withServer } from "../subjects/subject.ts";

const rate = 8_000;

export const constantMeasure: Experiment = {
  kind: "reads",
  name: "search.constant",
  what: "GET /trips/search: pairs of wilayas by how much they travel, a day, 20 km around both ends",
  load: `${rate.toLocaleString("en-US")} req/s, open loop`,
  subjects: "SafarGo",
  slow: true,
  run: (bench) =>
    inRounds(bench, "search.constant", (round) =>
      withServer(bench.safargo, bench.world.url, async (running) => {
        const { geography, options, today, world } = bench;
        const requests = searches(geography, { kind: "gravity", count: 5_000, seed: options.seed, today });
        const mix = only("search", requests, "cycle");
        return loadOutcome("safargo", world.trips, await runLoad(bench, running, `constant-${round}`, { load: { kind: "open", rate }, mix }));
      }),
    ),
};
