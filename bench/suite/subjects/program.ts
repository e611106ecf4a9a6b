// Programs that are measured, or that measure: each writes to a file, since a pipe to this process would cost it, and the
// machine, processor time. All that still run are ended by their pid when the run ends, however it ends.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, readSync, statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { within } from "../../../tests/functional/harness/waiting.ts";
import { tree } from "../machine/processes.ts";

const running = new Set<LoggedProgram>();

export interface Command {
  program: string;
  args: string[];
  env: Record<string, string>;
  folder?: string;
}

export class LoggedProgram {
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly log: string;
  readonly #child: ChildProcess;

  constructor({ program, args, env, folder }: Command, log: string) {
    const file = openSync(log, "w");
    this.log = log;
    this.#child = spawn(program, args, { env, stdio: ["ignore", file, file], ...(folder === undefined ? {} : { cwd: folder }) });
    closeSync(file);
    running.add(this);
    this.ended = new Promise((resolve, reject) => {
      this.#child.once("error", reject);
      this.#child.once("exit", (code, signal) => {
        running.delete(this);
        resolve({ code, signal });
      });
    });
    this.ended.catch(() => running.delete(this)); // callers that wait see the error
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`it did not start; see ${this.log}`);
    return this.#child.pid;
  }

  get over(): boolean {
    return !running.has(this);
  }

  get output(): string {
    return readFileSync(this.log, "utf8");
  }

  /** Asks it to exit, and kills it and its children if it does not. Of a long log, the end is kept. */
  async stop(seconds = 15): Promise<void> {
    if (!this.over) {
      const pids = tree(this.pid);
      this.#child.kill("SIGTERM");
      await within(seconds, `process ${this.pid} ends`, this.ended).catch(() => {
        pids.forEach(kill);
        return this.ended;
      });
    }
    keepEnd(this.log);
  }
}

/** Access logs of a fast server fill a disk in a day of measuring. */
function keepEnd(file: string, bytes = 200_000): void {
  const { size } = statSync(file);
  if (size <= bytes) return;
  const end = Buffer.alloc(bytes);
  const descriptor = openSync(file, "r");
  readSync(descriptor, end, 0, bytes, size - bytes);
  closeSync(descriptor);
  writeFileSync(file, end);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it has ended by itself
  }
}

export function killAll(): void {
  for (const program of running) tree(program.pid).forEach(kill);
}

/** PATH and similar variables, but nothing that would redirect a program. */
export function plainEnvironment(): Record<string, string> {
  const kept = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] as string]])));
}

/** Runs a program to its end; its output, or an error with the end of it. */
export async function runLogged(command: Command, log: string): Promise<string> {
  const program = new LoggedProgram(command, log);
  const { code, signal } = await program.ended;
  if (code === 0) return program.output;
  throw new Error(`${basename(command.program)} ended with ${code ?? signal}: ${program.output.slice(-800)}`);
}
