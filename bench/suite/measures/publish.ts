// Drivers publish: the route is planned, the price checked, the trip written, search notified.
import { only, runLoad } from "../load/generator.ts";
import { loadOutcome } from "../load/report.ts";
import { type Experiment, inRounds } from "../measure.ts";
import { withServer } from "../subjects/subject.ts";

const connections = 16;
export const mostPublicationsPerSecond = 4_000;

export const publishMeasure: Experiment = {
  kind: "writes",
  name: "publish",
  what: "POST /trips with publish, by prepared drivers",
  load: `${connections} connections, closed loop`,
  subjects: "SafarGo",
  run: (bench) =>
    inRounds(bench, "publish", async (round) => {
      const { pace, world } = bench;
      const pool = await bench.pool();
      const requests = pool.publications(Math.ceil(mostPublicationsPerSecond * (pace.warmup + pace.measured)));
      const mix = only("publish", requests, "once");
      return withServer(bench.safargo, world.url, async (running) =>
        loadOutcome("safargo", world.trips, await runLoad(bench, running, `publish-${round}`, { load: { kind: "closed", connections }, mix })),
      );
    }),
};
