// What a measure is: data that says what is measured, on whom and under which load, and the work itself.
import { type Outcome, outcomeOf, merge } from "./model.ts";
import type { Options } from "./options.ts";
import type { Geography } from "./requests/searches.ts";
import type { Request } from "./requests/request.ts";
import type { Subject } from "./subjects/servers.ts";
import type { World } from "./world/world.ts";
import type { Wanted, WritePool } from "./world/writers.ts";

/** Seconds of one load. */
export interface Pace {
  warmup: number;
  measured: number;
}

/** What all measures of a run share. */
export interface Bench {
  options: Options;
  world: World;
  geography: Geography;
  /** safargo-load, and the folder of its plans and reports. */
  generator: { binary: string; folder: string };
  safargo: Subject;
  peers: readonly Subject[];
  secret: string;
  root: string;
  logs: string;
  pace: Pace;
  /** A date: requests ask for the days after it. */
  today: string;
  say: (words: string) => void;
  /** Made when the first measure wants to write. */
  pool: () => Promise<WritePool>;
}

interface Described {
  name: string;
  what: string;
  load: string;
  subjects: string;
  /** Not part of --quick unless asked for by name. */
  slow?: boolean;
  /** Takes too long for a run that did not ask for it by name. */
  byNameOnly?: boolean;
}

/** The same requests to SafarGo and to its peers, in turns. */
export interface Comparison extends Described {
  kind: "comparison";
  /** What peers call it in peers.json; nothing: SafarGo alone. */
  peersCallIt?: string;
  connections: number;
  requests: (bench: Bench) => Promise<Request[]> | Request[];
  order?: "cycle" | "random";
}

/** Anything else. What grows is measured on each world; those that write come last, since they change the world. */
export interface Experiment extends Described {
  kind: "grows" | "reads" | "writes";
  /** What it will deal out of the pool, all rounds together. */
  writes?: (options: Options, pace: Pace) => Wanted;
  run: (bench: Bench) => Promise<Outcome>;
}

export type Measure = Comparison | Experiment;

export async function inRounds({ options, say }: Bench, name: string, work: (round: number) => Promise<Outcome>): Promise<Outcome> {
  const outcome = outcomeOf();
  for (let round = 1; round <= options.rounds; round += 1) {
    say(`${name}  round ${round}`);
    merge(outcome, await work(round));
  }
  return outcome;
}
