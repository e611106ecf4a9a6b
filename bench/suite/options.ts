// The command line.
import { parseArgs } from "node:util";

export interface Options extends Record<"quick" | "peers" | "json" | "list" | "needs", boolean> {
  only: string[];
  worlds: number[];
  rounds: number;
  soakMinutes: number;
  seed: number;
}

/** What the budgets of the soak are stated for. */
export const fullSoakMinutes = 15;

export class BadOption extends Error {}

export const usage = `./safargo bench [--quick] [--only MEASURE,...] [--worlds 10k,100k,1m,3m] [--rounds N] [--seed S]
                [--soak-minutes N] [--no-peers] [--list] [--json]

  --quick          less than five minutes on a built tree: 100,000 trips, short rounds, few kinds of search
  --only           these measures, or families of them: --only search,trip
  --worlds         open trips; the first one carries all measures, the others show how memory and times grow
  --rounds         how often each subject is measured in turn (3; quick: 2)
  --soak-minutes   how long "--only soak" lasts (15; quick: 1); a run without --only has no soak
  --seed           of the world and of all requests (1)
  --no-peers       SafarGo and pgbench alone
  --list           what is measured, and the budgets
  --json           print the results as JSON

Results go to .safargo/bench/results/<time>/: results.json, report.html and what each load reported.`;

const flag = { type: "boolean", default: false } as const;
const value = { type: "string" } as const;
const known = {
  ...{ quick: flag, "no-peers": flag, json: flag, list: flag, needs: flag },
  ...{ only: value, worlds: value, rounds: value, "soak-minutes": value, seed: value },
};
const units: Record<string, number> = { "": 1, k: 1_000, m: 1_000_000 };

export function parseTrips(text: string): number {
  const [, digits = "", unit = ""] = /^(\d+)([km]?)$/i.exec(text) ?? [];
  const trips = Number(digits) * (units[unit.toLowerCase()] ?? 0);
  if (digits === "" || trips < 1_000) throw new BadOption(`"${text}" is no world: write 10k, 100k, 1m or 3m`);
  return trips;
}

export function showTrips(trips: number): string {
  if (trips % 1_000_000 === 0) return `${trips / 1_000_000} M`;
  return trips % 1_000 === 0 ? `${trips / 1_000} k` : String(trips);
}

function wholeNumber(name: string, text: string | undefined, least: number, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least || value > 1_000_000) throw new BadOption(`${name} wants a whole number from ${least} on, not "${text}"`);
  return value;
}

function parseWords(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: known }).values;
  } catch (error) {
    throw new BadOption((error as Error).message);
  }
}

export function parseOptions(words: readonly string[]): Options {
  const { quick, json, list, needs, "no-peers": alone, "soak-minutes": minutes, ...said } = parseWords(words);
  return {
    ...{ quick, json, list, needs, peers: !alone },
    only: (said.only ?? "").split(",").filter((name) => name !== ""),
    worlds: (said.worlds ?? (quick ? "100k,10k" : "1m,10k,100k")).split(",").map(parseTrips),
    rounds: wholeNumber("--rounds", said.rounds, 1, quick ? 2 : 3),
    soakMinutes: wholeNumber("--soak-minutes", minutes, 1, quick ? 1 : fullSoakMinutes),
    seed: wholeNumber("--seed", said.seed, 0, 1),
  };
}
