// A server that is measured.
import { createServer } from "node:net";
import { join } from "node:path";
import { eventually } from "../../../tests/functional/harness/waiting.ts";
import { type Command, LoggedProgram } from "./program.ts";

export interface Subject {
  name: string;
  /** The names of peers.json; SafarGo is in all. */
  takesPartIn(kind: string): boolean;
  /** `variables` are of the environment, for what one measure wants otherwise. */
  start(databaseUrl: string, variables?: Record<string, string>): Promise<Running>;
}

export class Running {
  readonly program: LoggedProgram;
  readonly origin: string;
  readonly secondsToReady: number;

  constructor(program: LoggedProgram, port: number, secondsToReady: number) {
    this.program = program;
    this.origin = `http://127.0.0.1:${port}`;
    this.secondsToReady = secondsToReady;
  }

  get pid(): number {
    return this.program.pid;
  }
}

/** Starts it, works with it, and stops it however the work ends. */
export async function withServer<T>(
  subject: Subject,
  databaseUrl: string,
  work: (running: Running) => Promise<T>,
  variables?: Record<string, string>,
): Promise<T> {
  const running = await subject.start(databaseUrl, variables);
  try {
    return await work(running);
  } finally {
    await running.program.stop();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** PATH and similar variables, but nothing that would redirect a program. */
export function plainEnvironment(): Record<string, string> {
  const kept = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] as string]])));
}

let started = 0;

export interface Start {
  name: string;
  logs: string;
  command: (port: number) => Command;
  ready: (port: number, program: LoggedProgram) => Promise<boolean>;
  seconds: number;
}

export async function startServer({ name, logs, command, ready, seconds }: Start): Promise<Running> {
  const port = await freePort();
  started += 1;
  const began = performance.now();
  const program = new LoggedProgram(command(port), join(logs, `${String(started).padStart(3, "0")}-${name}.log`));
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
  return new Running(program, port, (performance.now() - began) / 1000);
}
