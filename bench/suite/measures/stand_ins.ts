// For tests: what a measure needs around it, without a database, a world or minutes of load.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { Loaded, LoadReport } from "../load/generator.ts";
import type { Bench } from "../measure.ts";
import { parseOptions } from "../options.ts";
import { readGeography } from "../requests/searches.ts";
import { paceOf } from "../run.ts";
import { LoggedProgram } from "../subjects/program.ts";
import type { Running } from "../subjects/servers.ts";
import type { World } from "../world/world.ts";

const latency_us = { p50: 400, p95: 1_000, p99: 2_000, p999: 3_000, max: 4_000 };

/** Of a load in which all went well, ten requests aside that were dropped with their connection. */
const goodReport: LoadReport = {
  ...{ seconds: 10, sent: 5_000, answered: 4_990, throughput_rps: 500, exhausted: false, dropped: 10, connections: 20, connections_opened: 90, generator_late_us: 0 },
  ...{ errors: { closed: 0 }, statuses: {}, cpu_seconds: 1, latency_us, histogram: [[400, 4_990]], mix: {}, unexpected: [] },
};

export function goodLoad(changes: Partial<LoadReport> = {}, usage: Partial<Loaded["usage"]> = {}): Loaded {
  const taken = { seconds: 10, subject: 5, postgres: 2, others: 0.1, residentMegabytes: 80 };
  return { report: { ...goodReport, ...changes }, usage: { ...taken, ...usage } };
}

/** Gone after the tests of the file that asks for it. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Ends at once with that report, or fails in the load that is named. */
export function generatorThatSays(file: string, changes: Partial<LoadReport> = {}, failsIn = ""): string {
  const words = JSON.stringify(JSON.stringify({ ...goodReport, ...changes }));
  const fails = failsIn === "" ? "" : `if (process.argv[2].includes("${failsIn}/")) { console.error("no luck"); process.exit(3); }\n`;
  writeFileSync(file, `#!${process.execPath}\n${fails}require("fs").writeFileSync(process.argv[3], ${words});\n`, { mode: 0o755 });
  return file;
}

/** A process that does nothing until it is stopped. */
async function idleApi(folder: string): Promise<Running> {
  const command = { program: process.execPath, args: ["-e", "setInterval(() => {}, 1000)"], env: {} };
  const program = new LoggedProgram(command, join(folder, "api.log"));
  return { program, pid: program.pid, origin: "http://127.0.0.1:1", secondsToReady: 0.25 };
}

export function standInBench(folder: string, generator: string, trips: number, ...words: string[]): Bench {
  mkdirSync(folder);
  const dealt = (count: number) => Array.from({ length: Math.min(count, 3) }, () => ({ method: "POST" as const, path: "/" }));
  const options = parseOptions(words);
  return {
    ...{ options, peers: [], secret: "", root: "", logs: folder, pace: paceOf(options), today: "2026-11-26", say: () => undefined },
    world: { trips, url: "", cluster: { pid: process.pid }, someTrips: async () => ["a", "b"] } as unknown as World,
    geography: readGeography(join(import.meta.dirname, "../../../packages/database/data")),
    generator: { binary: generator, folder },
    safargo: { name: "safargo", takesPartIn: () => true, start: () => idleApi(folder) },
    pool: async () => ({ bookings: dealt, publications: dealt, probe: () => ({ method: "POST", path: "/" }) }),
  };
}
