// The servers that are measured: SafarGo as it runs in production, on two threads, and the peers of bench/peers on the same
// database, with as many processes as SafarGo has threads unless peers.json says otherwise.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import getPort from "get-port";
import { eventually } from "../../../tests/functional/harness/waiting.ts";
import { type Command, LoggedProgram, plainEnvironment } from "./program.ts";

export interface Subject {
  name: string;
  /** The names of peers.json; SafarGo is in all. */
  takesPartIn(kind: string): boolean;
  /** `variables` are of the environment, for what one measure wants otherwise. */
  start(databaseUrl: string, variables?: Record<string, string>): Promise<Running>;
}

export interface Running {
  program: LoggedProgram;
  pid: number;
  origin: string;
  secondsToReady: number;
}

type Work<T> = (running: Running) => Promise<T>;

/** Starts it, works with it, and stops it however the work ends. */
export async function withServer<T>(subject: Subject, databaseUrl: string, work: Work<T>, variables?: Record<string, string>): Promise<T> {
  const running = await subject.start(databaseUrl, variables);
  try {
    return await work(running);
  } finally {
    await running.program.stop();
  }
}

interface Start extends Omit<Command, "env"> {
  name: string;
  logs: string;
  variables: Record<string, string>;
  ready: (port: number, program: LoggedProgram) => Promise<boolean>;
  seconds: number;
}

let started = 0;

async function startServer({ name, logs, variables, ready, seconds, ...command }: Start): Promise<Running> {
  const port = await getPort({ host: "127.0.0.1" });
  started += 1;
  const began = performance.now();
  const env = { ...plainEnvironment(), PORT: String(port), ...variables };
  const program = new LoggedProgram({ ...command, env }, join(logs, `${String(started).padStart(3, "0")}-${name}.log`));
  program.ended.catch(() => undefined);
  try {
    // asking every 2 ms took a third of a second of the two cores from SafarGo's start
    await eventually(`${name} is ready`, async () => program.over || (await ready(port, program)), { seconds, every: 20 });
    if (program.over) throw new Error(`${name} ended`);
  } catch (error) {
    const words = program.output.slice(-1500);
    await program.stop();
    throw new Error(`${name} did not start (${(error as Error).message}); its last words:\n${words}`, { cause: error });
  }
  const secondsToReady = (performance.now() - began) / 1000;
  return { program, pid: program.pid, origin: `http://127.0.0.1:${port}`, secondsToReady };
}

export const threads = 2;

/** What differs from the defaults of docs/configuration.md, since all requests come from one machine; access logs, metrics,
 * security headers, KYC and the counting of the limits stay on. */
export const raisedLimits = {
  RATE_LIMIT_IP: "1000000",
  RATE_LIMIT_USER: "1000000",
  PUBLICATIONS_PER_DAY: "1000000",
  TRUSTED_PROXIES: "127.0.0.1",
};

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(1000) });
  await answer.arrayBuffer();
  return answer.status === 200;
}

export function safargo(binary: string, dataFolder: string, secret: string, logs: string): Subject {
  const common = {
    ...{ SAFARGO_ENV: "production", BIND: "127.0.0.1", THREADS: String(threads), DRAIN_DELAY: "0s" },
    ...{ JWT_SECRET: secret, SAFARGO_DATA_DIR: dataFolder, ...raisedLimits },
  };
  const command = { name: "safargo", logs, program: binary, args: ["serve"], ready: isReady, seconds: 180 };
  return {
    name: "safargo",
    takesPartIn: () => true,
    start: (url, variables = {}) => startServer({ ...command, variables: { ...common, DATABASE_URL: url, ...variables } }),
  };
}

interface Peer {
  name: string;
  command: [string, ...string[]];
  env: Record<string, string>;
  measures: string[];
}

/** Paths of a command are relative to `root`; "node" is the Node that runs this. */
export function readPeers(root: string, logs: string): Subject[] {
  const peers = JSON.parse(readFileSync(join(root, "bench/peers/peers.json"), "utf8")) as Peer[];
  return peers.map(({ name, command: [first, ...args], env, measures }) => {
    const common = { NODE_ENV: "production", WORKERS: String(threads), ...env };
    const program = first === "node" ? process.execPath : first;
    const ready = async (port: number, { output }: LoggedProgram): Promise<boolean> => new RegExp(`^listening ${port}$`, "m").test(output);
    const start = (url: string): Promise<Running> =>
      startServer({ name, logs, program, args, folder: root, ready, seconds: 60, variables: { DATABASE_URL: url, ...common } });
    return { name, takesPartIn: (kind) => measures.includes(kind), start };
  });
}
