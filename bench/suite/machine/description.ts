// The machine and the versions: figures are worthless without them.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { join } from "node:path";

function say(command: string, ...args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "unknown";
  }
}

function isDirty(root: string): boolean {
  return say("git", "-C", root, "status", "--porcelain") !== "";
}

/** "fastify 5.1.0": what the peers are built of, as their manifests pin it. */
function peerVersions(root: string): string {
  const pinned = ["fastify", "nestjs"].flatMap((peer) => {
    const manifest = readFileSync(join(root, "bench/peers", peer, "package.json"), "utf8");
    const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
    return Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
  });
  return [...new Set(pinned)].join(", ");
}

export function describeMachine(root: string): Record<string, string> {
  const [minute = 0, five = 0] = loadavg();
  const distribution = /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "unknown";
  return {
    CPU: `${cpus()[0]?.model.trim() ?? "unknown"}, ${cpus().length} cores`,
    memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    system: `${distribution}, Linux ${release()}`,
    compiler: say("clang++-19", "--version").split("\n")[0] ?? "unknown",
    Node: process.version,
    peers: peerVersions(root),
    pgbench: say("pgbench", "--version"),
    commit: `${say("git", "-C", root, "rev-parse", "HEAD")}${isDirty(root) ? " (with uncommitted changes)" : ""}`,
    "load average at the start": `${minute.toFixed(2)} ${five.toFixed(2)}`,
  };
}

/** What makes the figures of this run doubtful from the start. */
export function doubts(root: string, busyAbove = 0.5): string[] {
  const [minute = 0] = loadavg();
  return [
    ...(minute > busyAbove ? [`the machine was busy when the run began (load ${minute.toFixed(2)}): expect worse and wider numbers`] : []),
    ...(isDirty(root) ? ["the checkout has uncommitted changes"] : []),
  ];
}
