// Programs started by the tests. Each is stopped by its pid, at the latest when the test process exits.
import { type ChildProcess, spawn } from "node:child_process";
import { within } from "./waiting.ts";

const keptOutput = 400_000; // characters
const running = new Set<ChildProcess>();

function endAll(): void {
  for (const child of running) child.kill("SIGKILL");
}
process.on("exit", endAll);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    endAll();
    process.exit(1);
  });
}

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export class Program {
  readonly ended: Promise<Ending>;
  readonly #child: ChildProcess;
  #output = "";
  #over = false;

  constructor(command: string, args: string[], environment: Record<string, string>) {
    const child = spawn(command, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => {
        this.#output = (this.#output + text).slice(-keptOutput);
      });
    }
    this.ended = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        running.delete(child);
        this.#over = true;
        resolve({ code, signal });
      });
    });
    this.ended.catch(() => undefined); // callers that wait see the error
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  get over(): boolean {
    return this.#over;
  }

  /** The newest part of its output so far. */
  get output(): string {
    return this.#output;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Asks it to exit and waits. */
  async stop(signal: NodeJS.Signals, seconds: number): Promise<Ending> {
    this.signal(signal);
    return within(seconds, `process ${this.pid} ends on ${signal}`, this.ended);
  }
}

/** Runs a program to its end; its output, or an error that contains it. */
export async function run(command: string, args: string[], environment: Record<string, string>): Promise<string> {
  const program = new Program(command, args, environment);
  const { code, signal } = await program.ended;
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code ?? signal}:\n${program.output}`);
  return program.output;
}
