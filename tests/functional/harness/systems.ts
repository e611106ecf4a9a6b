// The real systems (scripts/throwaway_system.sh): one of its own for a test that stops, freezes or slows it. What this machine
// cannot have is skipped by name.
import { readFileSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "./api.ts";
import { atEnd } from "./cleanup.ts";
import { root } from "./environment.ts";
import { run } from "./program.ts";
import { TcpProxy } from "./tcp_proxy.ts";
import { eventually } from "./waiting.ts";

export const systemNames = ["redis", "s3", "opensearch"] as const;
export type SystemName = (typeof systemNames)[number];

/** Why the tests of these systems are skipped; false if the run has started all of them. */
export function missing(...names: SystemName[]): string | false {
  const absent = names.filter((name) => sharedHome(name) === undefined);
  return absent.length > 0 && `not on this machine: ${absent.join(", ")}`;
}

/** The folder of the one that all tests of the run share. */
function sharedHome(name: SystemName): string | undefined {
  return process.env[`SAFARGO_TEST_${name.toUpperCase()}_HOME`] || undefined;
}

async function call(verb: string, ...words: string[]): Promise<string> {
  const script = join(root, "scripts/throwaway_system.sh");
  return (await run("bash", [script, verb, ...words], process.env as Record<string, string>)).trim();
}

async function variablesOf(homes: string[]): Promise<Environment> {
  const lines = (await call("env", ...homes)).split("\n").filter((line) => /^[A-Z][A-Z0-9_]*=/.test(line));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

/** Variables of safargo-api for the systems that all tests share: keys, buckets and indexes are the test's own affair. */
export function sharedSystems(...names: SystemName[]): Promise<Environment> {
  return variablesOf(names.map((name) => sharedHome(name) ?? `no ${name}`));
}

/** Processes that work in this folder, or were started with a file of it. */
function processesOf(home: string): number[] {
  const works = (pid: string): boolean => {
    try {
      const folder = readlinkSync(`/proc/${pid}/cwd`);
      return `${folder}/`.startsWith(`${home}/`) || readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`${home}/`);
    } catch {
      return false; // it has ended, or is another user's
    }
  };
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && works(name)).map(Number);
}

export class System {
  readonly name: SystemName;
  readonly home: string;
  readonly variables: Environment;

  private constructor(name: SystemName, home: string, variables: Environment) {
    this.name = name;
    this.home = home;
    this.variables = variables;
  }

  static async create(name: SystemName): Promise<System> {
    const home = (await call("create", name, String(process.pid))).split("\n").at(-1) ?? "";
    atEnd(() => call("remove", home));
    return new System(name, home, await variablesOf([home]));
  }

  /** At the same address as before. */
  async start(): Promise<void> {
    await call("start", this.home);
  }

  async stop(): Promise<void> {
    await call("stop", this.home);
  }

  /** Its processes live, and nothing of them moves: connections stay open without an answer. */
  freeze(): void {
    this.#signal("SIGSTOP");
  }

  thaw(): void {
    this.#signal("SIGCONT");
  }

  #signal(signal: NodeJS.Signals): void {
    const pids = processesOf(this.home);
    if (pids.length === 0) throw new Error(`${this.name} has no process`);
    for (const pid of pids) process.kill(pid, signal);
  }
}

/** The variables of several, of which each has a certification authority of its own. */
export function variablesOfAll(systems: System[]): Promise<Environment> {
  return variablesOf(systems.map((system) => system.home));
}

/** The wires to a system, and the variable that leads over them. */
export interface Wires {
  proxies: TcpProxy[];
  variables: Environment;
}

const addresses: Record<SystemName, string> = { redis: "REDIS_URL", s3: "S3_ENDPOINT", opensearch: "OPENSEARCH_URL" };

export async function wiresTo(system: System): Promise<Wires> {
  const variable = addresses[system.name];
  const address = system.variables[variable];
  if (address === undefined) throw new Error(`${system.name} did not say ${variable}`);
  if (system.name === "redis") return wiresToCluster(system, variable, address);
  const url = new URL(address);
  const proxy = await TcpProxy.to(Number(url.port));
  url.port = String(proxy.port);
  return { proxies: [proxy], variables: { [variable]: url.toString().replace(/\/$/, "") } };
}

/** Each node announces the wire in front of it, so that clients which follow the cluster's map stay on the wires. */
async function wiresToCluster(system: System, variable: string, address: string): Promise<Wires> {
  const [, password = "", hosts = ""] = /^rediss:\/\/[^:]*:([^@]*)@(.*)$/.exec(address) ?? [];
  const ports = hosts.split(",").map((host) => host.slice(host.lastIndexOf(":") + 1));
  const ask = (port: string, ...words: string[]) =>
    run("redis-cli", ["--tls", "--cacert", system.variables["SAFARGO_CA_FILE"] ?? "", "-p", port, ...words], {
      PATH: process.env["PATH"] ?? "",
      REDISCLI_AUTH: decodeURIComponent(password),
    });
  const proxies = await Promise.all(ports.map((port) => TcpProxy.to(Number(port))));
  for (const [index, port] of ports.entries()) await ask(port, "config", "set", "cluster-announce-tls-port", String(proxies[index]?.port));
  const announced = proxies.map((proxy) => `:${proxy.port}@`);
  for (const port of ports) {
    await eventually(`node ${port} knows the wires`, async () => {
      const nodes = await ask(port, "cluster", "nodes");
      return announced.every((place) => nodes.includes(place));
    });
  }
  const url = `rediss://:${password}@${proxies.map((proxy) => `127.0.0.1:${proxy.port}`).join(",")}`;
  return { proxies, variables: { [variable]: url } };
}
