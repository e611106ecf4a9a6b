// A quarter of an hour of reads and writes while connections are dropped at random: does anything break, leak or pile up?
import { loadOutcome, type LoadReport, runLoad } from "../load/generator.ts";
import { driftFigures, observe, seriesOf } from "../machine/processes.ts";
import type { Bench, Experiment } from "../measure.ts";
import { type Figure, figuresOf, merge, type Outcome, outcomeOf } from "../model.ts";
import { fullSoakMinutes, type Options } from "../options.ts";
import { type Running, withServer } from "../subjects/servers.ts";
import { tokenLife } from "../token.ts";
import { trafficParts, trafficText, trafficWrites } from "./loads.ts";

const soakRate = 500; // a fifth of the highest rate of docs/performance.md: nothing may hide behind a full machine
const dropsPerSecond = 10;
const lookEverySeconds = 2;

interface Legs {
  count: number;
  seconds: number;
}

/** The tokens that requests carry live a quarter of an hour, so a long soak is several loads on one process. */
export function legsOf({ soakMinutes }: Pick<Options, "soakMinutes">): Legs {
  const whole = soakMinutes * 60;
  const count = Math.ceil(whole / (tokenLife / 3));
  return { count, seconds: whole / count };
}

async function runLeg(bench: Bench, running: Running, number: number, { count, seconds }: Legs): Promise<{ outcome: Outcome; report: LoadReport }> {
  bench.say(`soak  ${number} of ${count}: ${soakRate} req/s for ${seconds} s, ${dropsPerSecond} connections dropped a second`);
  const loaded = await runLoad(bench, running, `soak-${number}`, {
    load: { kind: "open", rate: soakRate },
    warmupSeconds: 0, // its errors would not count
    seconds,
    seed: bench.options.seed + number,
    dropsPerSecond,
    mix: await trafficParts(bench, soakRate, seconds),
  });
  return { outcome: loadOutcome("safargo", bench.world.trips, loaded), report: loaded.report };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/** A single error is too many, in any leg: a median of the legs would hide it. */
export function sumErrors(outcome: Outcome): void {
  for (const figure of outcome.figures) if (figure.metric === "errors") figure.samples = [sum(figure.samples)];
}

export function dropFigures(trips: number, reports: readonly LoadReport[]): Figure[] {
  const figure = figuresOf("safargo", trips);
  return [
    figure("requests dropped with their connection", "count", sum(reports.map(({ dropped }) => dropped))),
    figure("connections opened", "count", sum(reports.map((report) => report.connections_opened))),
  ];
}

/** What the plan asked for and did not get makes this no soak. */
export function soakShortcomings(reports: readonly LoadReport[], { count }: Legs, alive: boolean): string[] {
  const troubles: string[] = [];
  if (!alive) troubles.push("SafarGo ended before the load did");
  if (reports.length < count) troubles.push(`${reports.length} of ${count} loads came to their end`);
  if (reports.some(({ exhausted }) => exhausted)) troubles.push("the prepared requests ran out");
  if (reports.some(({ connections, connections_opened: opened }) => opened <= connections)) troubles.push("no connection was dropped");
  return troubles;
}

async function soak(bench: Bench, running: Running): Promise<Outcome> {
  const legs = legsOf(bench.options);
  const outcome = outcomeOf();
  const reports: LoadReport[] = [];
  const observer = observe(running.pid, lookEverySeconds);
  try {
    for (let number = 1; number <= legs.count; number += 1) {
      const leg = await runLeg(bench, running, number, legs);
      merge(outcome, leg.outcome);
      reports.push(leg.report);
    }
  } catch (error) {
    outcome.troubles.push((error as Error).message); // what was seen until then tells why
  } finally {
    observer.stop();
  }
  sumErrors(outcome);
  const { trips } = bench.world;
  const series = seriesOf("safargo", trips, observer.samples);
  const figures = [...dropFigures(trips, reports), ...series.flatMap(driftFigures)];
  merge(outcome, outcomeOf({ series, figures, troubles: soakShortcomings(reports, legs, !running.program.over) }));
  return outcome;
}

export const soakMeasure: Experiment = {
  kind: "writes",
  name: "soak",
  what: `mixed traffic in percent: ${trafficText}; memory, descriptors and threads of the API every ${lookEverySeconds} s`,
  load: `${soakRate} req/s, open loop, ${dropsPerSecond} connections dropped a second at random, ${fullSoakMinutes} minutes (--soak-minutes)`,
  subjects: "SafarGo",
  byNameOnly: true,
  writes: (options) => {
    const { count, seconds } = legsOf(options);
    return trafficWrites(soakRate, seconds, count);
  },
  run: async (bench) => {
    const { soakMinutes } = bench.options;
    const outcome = await withServer(bench.safargo, bench.world.url, (running) => soak(bench, running));
    if (soakMinutes < fullSoakMinutes) outcome.hint = `${soakMinutes} of ${fullSoakMinutes} minutes`;
    outcome.notes.push(
      "growth compares the median of the second fifth of the time with that of the last; the trips and bookings that the load itself makes are part of it",
    );
    return outcome;
  },
};
