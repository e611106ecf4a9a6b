// The machine and the versions: a number without them is worth nothing.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cpus, loadavg, release, totalmem } from "node:os";
import { execFileSync } from "node:child_process";

function say(command: string, ...args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "unknown";
  }
}

function distribution(): string {
  return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "unknown";
}

export interface Checkout {
  commit: string;
  dirty: boolean;
}

export function checkout(root: string): Checkout {
  const commit = say("git", "-C", root, "rev-parse", "HEAD");
  return { commit, dirty: say("git", "-C", root, "status", "--porcelain") !== "" };
}

/** "fastify 5.1.0": what the peers of this checkout are built of, as their manifests pin it. */
export function peerVersions(root: string): string {
  const folder = join(root, "bench/peers");
  if (!existsSync(folder)) return "none";
  const files = readdirSync(folder).sort().map((name) => join(name, "package.json"));
  const manifests = files.filter((file) => existsSync(join(folder, file)));
  const pinned = manifests.flatMap((file) => {
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, file), "utf8")) as { dependencies?: Record<string, string> };
    return Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
  });
  return [...new Set(pinned)].join(", ");
}

export function describeMachine(root: string): Record<string, string> {
  const { commit, dirty } = checkout(root);
  const [minute = 0, five = 0] = loadavg();
  return {
    CPU: `${cpus()[0]?.model.trim() ?? "unknown"}, ${cpus().length} cores`,
    memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    system: `${distribution()}, Linux ${release()}`,
    compiler: say("clang++-19", "--version").split("\n")[0] ?? "unknown",
    Node: process.version,
    peers: peerVersions(root),
    pgbench: say("pgbench", "--version"),
    commit: `${commit}${dirty ? " (with changes that are not committed)" : ""}`,
    "load average at the start": `${minute.toFixed(2)} ${five.toFixed(2)}`,
  };
}

/** What makes the numbers of this run doubtful before it has begun. */
export function doubts(root: string, busyAbove = 0.5): string[] {
  const found: string[] = [];
  const [minute = 0] = loadavg();
  if (minute > busyAbove) found.push(`the machine was busy when the run began (load ${minute.toFixed(2)}): expect worse and wider numbers`);
  if (checkout(root).dirty) found.push("the checkout holds changes that are not committed");
  return found;
}
