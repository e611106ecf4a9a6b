// The bench: bench/run builds what it needs and starts it. Ends with 0 when everything was measured (a missed budget is a
// finding, not a failure), with 1 when something could not be, with 2 for a wrong option.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { choose } from "./measures/all.ts";
import { methodOf } from "./method.ts";
import type { Results } from "./model.ts";
import { describeMachine, doubts } from "./machine/description.ts";
import { BadOption, type Options, parseOptions, usage } from "./options.ts";
import { listMeasures } from "./report/list.ts";
import { renderTable } from "./report/table.ts";
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
  const folder = new ResultsFolder(join(root, ".safargo/bench/results"), started);
  const results: Results = {
    version: 1,
    started: started.toISOString(),
    seconds: 0,
    command: `./safargo bench ${process.argv.slice(2).join(" ")}`.trim(),
    complete: false,
    machine: describeMachine(root),
    warnings: doubts(root),
    method: methodOf(options),
    worlds: [],
    equality: [],
    measures: [],
  };
  const save = (): void => {
    results.seconds = Math.round((Date.now() - started.getTime()) / 1000);
    folder.save(results);
  };
  const secret = randomBytes(48).toString("hex");
  const dataFolder = join(root, "packages/database/data");
  const peers = options.peers ? readPeers(root, folder.logs) : [];
  if (options.peers && peers.length === 0) results.warnings.push("there are no peers in this checkout (bench/peers)");
  const say = (words: string): void => void process.stderr.write(`  ${String(Math.round((Date.now() - started.getTime()) / 1000)).padStart(4)} s  ${words}\n`);
  const common = {
    options,
    geography: readGeography(dataFolder),
    generator: { binary: fromEnvironment("SAFARGO_LOAD_BIN"), folder: folder.raw },
    safargo: safargo({ binary: fromEnvironment("SAFARGO_API_BIN"), dataFolder, secret, logs: folder.logs }),
    peers,
    secret,
    root,
    logs: folder.logs,
    pace: paceOf(options),
    say,
  };
  return { run: { options, chosen: choose(options.only, options.quick), results, save, common }, folder };
}

/** What was measured until then is kept; the processes are ended by their pids. */
function onInterrupt(run: Run, folder: ResultsFolder): void {
  process.on("exit", killAll);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      killAll();
      run.results.warnings.push("the run was interrupted");
      run.save();
      process.stderr.write(`interrupted; what there is stands in ${folder.path}\n`);
      process.exit(130);
    });
  }
}

async function measureAll(options: Options): Promise<number> {
  const { run, folder } = startRun(options);
  onInterrupt(run, folder);
  for (const warning of run.results.warnings) process.stderr.write(`warning: ${warning}\n`);
  try {
    await runAll(run);
    run.results.complete = true;
  } catch (error) {
    run.results.warnings.push(`the run broke off: ${(error as Error).message}`);
  }
  run.save();
  process.stdout.write(options.json ? `${JSON.stringify(run.results)}\n` : renderTable(run.results, process.stdout.isTTY === true));
  process.stderr.write(`\nreport: ${folder.path}/report.html\n`);
  const whole = run.results.complete && run.results.measures.every(({ troubles }) => troubles.length === 0);
  return whole && run.results.equality.every(({ equal }) => equal) ? 0 : 1;
}

/** For bench/run: what this run wants built. */
function printNeeds(options: Options): void {
  const names = choose(options.only, options.quick).map(({ name }) => name);
  const needs = ["release", ...(names.includes("engine") ? ["engine"] : []), ...(options.peers ? ["peers"] : [])];
  process.stdout.write(`${needs.join("\n")}\n`);
}

async function main(words: readonly string[]): Promise<number> {
  if (words.includes("--help")) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const options = parseOptions(words);
  choose(options.only, options.quick);
  if (options.list) process.stdout.write(listMeasures());
  else if (options.needs) printNeeds(options);
  else return measureAll(options);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`bench: ${(error as Error).message}\n`);
  process.exitCode = error instanceof BadOption ? 2 : 1;
}
