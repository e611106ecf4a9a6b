// The bench: bench/run builds what it needs and starts it. Exits with 0 if everything was measured (a missed budget is
// a finding, not a failure), with 1 if something could not be measured, with 2 for a wrong option.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { describeMachine, doubts } from "./machine/description.ts";
import { choose } from "./measures/all.ts";
import { methodOf } from "./method.ts";
import type { Results } from "./model.ts";
import { BadOption, type Options, parseOptions, usage } from "./options.ts";
import { listMeasures, renderTable } from "./report/table.ts";
import { readGeography } from "./requests/geography.ts";
import { ResultsFolder } from "./results.ts";
import { paceOf, type Run, runAll } from "./run.ts";
import { readPeers } from "./subjects/peers.ts";
import { killAll } from "./subjects/program.ts";
import { safargo } from "./subjects/safargo.ts";

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run ./safargo bench`);
  return value;
}

function startRun(options: Options): { run: Run; folder: ResultsFolder } {
  const root = fromEnvironment("SAFARGO_ROOT");
  const started = new Date();
  const age = (): number => Math.round((Date.now() - started.getTime()) / 1000);
  const folder = new ResultsFolder(join(root, ".safargo/bench/results"), started);
  const results: Results = {
    ...{ version: 2, started: started.toISOString(), seconds: 0, complete: false },
    command: `./safargo bench ${process.argv.slice(2).join(" ")}`.trim(),
    machine: describeMachine(root),
    warnings: doubts(root),
    method: methodOf(options),
    ...{ worlds: [], equality: [], measures: [] },
  };
  const secret = randomBytes(48).toString("hex");
  const dataFolder = join(root, "packages/database/data");
  const { logs } = folder;
  const common = {
    ...{ options, secret, root, logs },
    geography: readGeography(dataFolder),
    generator: { binary: fromEnvironment("SAFARGO_LOAD_BIN"), folder: folder.raw },
    safargo: safargo({ binary: fromEnvironment("SAFARGO_API_BIN"), dataFolder, secret, logs }),
    peers: options.peers ? readPeers(root, logs) : [],
    pace: paceOf(options),
    say: (words: string): void => void process.stderr.write(`  ${String(age()).padStart(4)} s  ${words}\n`),
  };
  const save = (): void => folder.save(Object.assign(results, { seconds: age() }));
  return { run: { options, chosen: choose(options.only, options.quick), results, save, common }, folder };
}

/** Results so far are kept; the processes are stopped by their pids. */
function onInterrupt(run: Run, folder: ResultsFolder): void {
  process.on("exit", killAll);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      killAll();
      run.results.warnings.push("the run was interrupted");
      run.save();
      process.stderr.write(`interrupted; the results so far are in ${folder.path}\n`);
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
  process.stderr.write(`\nreport: ${folder.path}/report.html\n`);
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
