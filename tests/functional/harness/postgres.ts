// A PostgreSQL server that tests may stop and crash (scripts/throwaway_postgres.sh); it is removed when the tests are over.
import { join } from "node:path";
import { atEnd } from "./cleanup.ts";
import { root } from "./environment.ts";
import { run } from "./program.ts";

const script = join(root, "scripts/throwaway_postgres.sh");

async function call(action: string, argument: string): Promise<string> {
  const output = await run("bash", [script, action, argument], process.env as Record<string, string>);
  return output.trim().split("\n").at(-1) ?? "";
}

export class ThrowawayPostgres {
  readonly url: string;
  readonly #folder: string;

  private constructor(folder: string, url: string) {
    this.#folder = folder;
    this.url = url;
  }

  /** Keeps every commit when it crashes; without that, a trip cancelled just before the crash is open again after it. */
  static async create(): Promise<ThrowawayPostgres> {
    const folder = await call("survivor", String(process.pid));
    const server = new ThrowawayPostgres(folder, await call("url", folder));
    atEnd(() => call("remove", folder));
    return server;
  }

  async start(): Promise<void> {
    await call("start", this.#folder);
    const url = await call("url", this.#folder);
    if (url !== this.url) throw new Error(`PostgreSQL came back at ${url} instead of ${this.url}`);
  }

  /** Ends its sessions and writes everything to disk. */
  async stop(): Promise<void> {
    await call("stop", this.#folder);
  }

  /** As after a power cut: the next start recovers from the log. */
  async crash(): Promise<void> {
    await call("crash", this.#folder);
  }
}
