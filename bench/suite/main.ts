// The bench: bench/run builds what it needs and starts it. Exits with 0 if everything was measured (a missed budget is
// a finding, not a failure), with 1 if something could not be measured, with 2 for a wrong option.
import { randomBytes } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeMachine, doubts, methodOf } from "./machine/description.ts";
import { choose } from "./measures/all.ts";
import type { Results } from "./model.ts";
import { BadOption, type Options, parseOptions, usage } from "./options.ts";
import { renderReport } from "./report/html.ts";
import { listMeasures, renderTable } from "./report/table.ts";
import { readGeography } from "./requests/searches.ts";
import { paceOf, type Run, runAll } from "./run.ts";
import { killAll } from "./subjects/program.ts";
import { readPeers, safargo } from "./subjects/servers.ts";

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run ./safargo bench`);
  return value;
}

/** Whole or not at all: a reader never sees half a file. */
function put(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

/** Its files are written again and again while the run goes on. */
function startRun(options: Options): { run: Run; folder: string } {
  const root = fromEnvironment("SAFARGO_ROOT");
  const began = Date.now();
  const started = new Date(began).toISOString();
  const age = (): number => Math.round((Date.now() - began) / 1000);
  const folder = join(root, ".safargo/bench/results", started.slice(0, 19).replaceAll(":", "-"));
  const [raw, logs] = [join(folder, "raw"), join(folder, "logs")];
  for (const path of [raw, logs]) mkdirSync(path, { recursive: true });
  const results: Results = {
    ...{ version: 2, started, seconds: 0, complete: false, worlds: [], equality: [], measures: [] },
    command: `./safargo bench ${process.argv.slice(2).join(" ")}`.trim(),
    ...{ machine: describeMachine(root), warnings: doubts(root), method: methodOf(options) },
  };
  const secret = randomBytes(48).toString("hex");
  const dataFolder = join(root, "packages/database/data");
  const common = {
    ...{ options, secret, root, logs, pace: paceOf(options) },
    geography: readGeography(dataFolder),
    generator: { binary: fromEnvironment("SAFARGO_LOAD_BIN"), folder: raw },
    safargo: safargo(fromEnvironment("SAFARGO_API_BIN"), dataFolder, secret, logs),
    peers: options.peers ? readPeers(root, logs) : [],
    say: (words: string): void => void process.stderr.write(`  ${String(age()).padStart(4)} s  ${words}\n`),
  };
  const save = (): void => {
    results.seconds = age();
    put(join(folder, "results.json"), `${JSON.stringify(results, null, 1)}\n`);
    put(join(folder, "report.html"), renderReport(results));
  };
  return { run: { options, chosen: choose(options.only, options.quick), results, save, common }, folder };
}

/** Results so far are kept; the processes are stopped by their pids. */
function onInterrupt({ results, save }: Run, folder: string): void {
  process.on("exit", killAll);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      killAll();
      results.warnings.push("the run was interrupted");
      save();
      process.stderr.write(`interrupted; the results so far are in ${folder}\n`);
      process.exit(130);
    });
  }
}

async function measureAll(options: Options): Promise<number> {
  const { run, folder } = startRun(options);
  const { results } = run;
  onInterrupt(run, folder);
  for (const warning of results.warnings) process.stderr.write(`warning: ${warning}\n`);
  try {
    await runAll(run);
    results.complete = true;
  } catch (error) {
    results.warnings.push(`the run broke off: ${(error as Error).message}`);
  }
  run.save();
  process.stdout.write(options.json ? `${JSON.stringify(results)}\n` : renderTable(results, process.stdout.isTTY === true));
  process.stderr.write(`\nreport: ${folder}/report.html\n`);
  const whole = results.complete && results.measures.every(({ troubles }) => troubles.length === 0);
  return whole && results.equality.every(({ equal }) => equal) ? 0 : 1;
}

/** For bench/run: what this run wants built. */
function needsOf(options: Options): string {
  const chosen = choose(options.only, options.quick).map(({ name }) => name);
  const programs = [...(chosen.includes("engine") || chosen.includes("pictures") ? ["engine"] : []), ...(chosen.includes("redis.limit") ? ["redis"] : [])];
  return ["release", ...programs, ...(options.peers ? ["peers"] : []), ""].join("\n");
}

async function main(words: readonly string[]): Promise<number> {
  const help = words.includes("--help");
  const options = parseOptions(help ? [] : words);
  choose(options.only, options.quick);
  const said = help ? `${usage}\n` : options.list ? listMeasures() : options.needs ? needsOf(options) : undefined;
  if (said === undefined) return measureAll(options);
  process.stdout.write(said);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`bench: ${(error as Error).message}\n`);
  process.exitCode = error instanceof BadOption ? 2 : 1;
}
