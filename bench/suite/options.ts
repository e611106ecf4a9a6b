// The command line.
export interface Options {
  quick: boolean;
  only: string[];
  worlds: number[];
  rounds: number;
  soakMinutes: number;
  seed: number;
  peers: boolean;
  json: boolean;
  list: boolean;
  needs: boolean;
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

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least || value > 1_000_000) throw new BadOption(`${name} wants a whole number from ${least} on, not "${text}"`);
  return value;
}

export function parseOptions(words: readonly string[]): Options {
  const options: Options = { quick: false, only: [], worlds: [], rounds: 0, soakMinutes: 0, seed: 1, peers: true, json: false, list: false, needs: false };
  const rest = [...words];
  const value = (name: string): string => {
    const next = rest.shift();
    if (next === undefined || next.startsWith("--")) throw new BadOption(`${name} wants a value`);
    return next;
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--quick") options.quick = true;
    else if (word === "--no-peers") options.peers = false;
    else if (word === "--json") options.json = true;
    else if (word === "--list") options.list = true;
    else if (word === "--needs") options.needs = true;
    else if (word === "--only") options.only = value(word).split(",").filter((name) => name !== "");
    else if (word === "--worlds") options.worlds = value(word).split(",").map(parseTrips);
    else if (word === "--rounds") options.rounds = wholeNumber(word, value(word), 1);
    else if (word === "--soak-minutes") options.soakMinutes = wholeNumber(word, value(word), 1);
    else if (word === "--seed") options.seed = wholeNumber(word, value(word), 0);
    else throw new BadOption(`there is no option ${word}`);
  }
  if (options.worlds.length === 0) options.worlds = options.quick ? [100_000, 10_000] : [1_000_000, 10_000, 100_000];
  if (options.rounds === 0) options.rounds = options.quick ? 2 : 3;
  if (options.soakMinutes === 0) options.soakMinutes = options.quick ? 1 : fullSoakMinutes;
  return options;
}
