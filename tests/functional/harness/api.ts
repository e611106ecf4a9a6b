// One process of the release binary.
import { randomBytes } from "node:crypto";
import type { Database } from "./database.ts";
import { apiBinary, dataFolder } from "./environment.ts";
import { type Answer, type Asked, send } from "./http.ts";
import { type Ending, Program } from "./program.ts";
import { eventually } from "./waiting.ts";

const secret = randomBytes(48).toString("hex"); // replicas of one test share it

export type Environment = Record<string, string>;

const defaults: Environment = {
  SAFARGO_ENV: "development",
  BIND: "127.0.0.1",
  THREADS: "2",
  SAFARGO_DATA_DIR: dataFolder,
  JWT_SECRET: secret,
  // Tests cannot wait as long as people do.
  RATE_LIMIT_USER: "1000000",
  OTP_IP_LIMIT: "1000000",
  DRAIN_DELAY: "0s",
};

export class Api {
  port = 0;
  #program: Program | undefined;
  readonly #environment: Environment;

  constructor(database: Database, environment: Environment = {}) {
    this.#environment = { ...defaults, DATABASE_URL: database.url, ...environment };
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get program(): Program {
    if (!this.#program) throw new Error("the API was never started");
    return this.#program;
  }

  /** On a free port; the same one after a restart. Returns when it is ready. */
  async start(): Promise<this> {
    const before = this.#program?.output ?? "";
    const program = new Program(apiBinary, ["serve"], { ...this.#environment, PORT: String(this.port) });
    this.#program = program;
    try {
      this.port = await eventually("the API listens", async () => this.#listening(program), { seconds: 30 });
      await eventually("the API is ready", async () => (await this.send("GET", "/health/ready")).status === 200, {
        seconds: 30,
      });
    } catch (error) {
      throw new Error(`the API did not start:\n${before.slice(-2000)}${program.output}`, { cause: error });
    }
    return this;
  }

  #listening(program: Program): number | undefined {
    if (program.over) throw new Error("the API ended");
    const line = program.output.split("\n").find((text) => text.includes('"listening"'));
    return line === undefined ? undefined : Number(/"port":(\d+)/.exec(line)?.[1]);
  }

  send(method: string, path: string, asked: Asked = {}): Promise<Answer> {
    return send(this.origin, method, path, asked);
  }

  /** As the kernel kills a process that uses too much memory. */
  async kill(): Promise<void> {
    await this.program.stop("SIGKILL", 10);
  }

  /** As an orchestrator stops a task: by SIGTERM, and it must exit by itself. */
  async stop(seconds = 40): Promise<Ending> {
    if (this.program.over) return this.program.ended;
    return this.program.stop("SIGTERM", seconds);
  }

  /** The last lines of the log, for reading after a failure. */
  get troubles(): string {
    const lines = this.#program?.output.split("\n") ?? [];
    return lines.filter((line) => line !== "" && !line.includes('"level":"info"')).slice(-40).join("\n");
  }
}
