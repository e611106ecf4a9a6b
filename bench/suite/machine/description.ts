// The machine, the versions and the method: figures are worthless without them.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { join } from "node:path";
import type { Options } from "../options.ts";
import { raisedLimits, threads } from "../subjects/servers.ts";

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

/** What a reader has to know to believe a number; it stands in every report. */
export function methodOf({ rounds, quick }: Options): string[] {
  const raised = Object.entries(raisedLimits).map((pair) => pair.join("=")).join(", ");
  return [
    "Load generator, subject and PostgreSQL share this machine's cores; only one subject runs at a time. Ratios compare what one and the same machine did in one run; absolute numbers are of this machine.",
    `Subjects take turns on the same database and the same requests: A B C, A B C, for ${rounds} rounds; each is started anew, warmed up and then measured. Tables show the median of the rounds with the least and the greatest; ratios are taken round by round.`,
    `SafarGo runs as in production with THREADS=${threads}; peers run with WORKERS=${threads} processes, but for fastify-one-process. Raised for SafarGo because all requests come from one machine: ${raised}. Nothing of it is switched off: access logs (to a file), metrics, security headers, KYC, and the counting of the limits stay on. The peers have no logs, metrics, limits or logins, which favours them.`,
    "Requests carry X-Forwarded-For of 4,096 addresses, as behind a load balancer.",
    "Latency in an open loop counts from the moment the request was due, so a server that stalls is charged for all that waited. In a closed loop it counts from sending.",
    "What a request costs is the processor time of the service and of PostgreSQL together. CPU is read from /proc for the subject's processes and for PostgreSQL's apart, over the measured part only; the generator's is in the raw reports. Memory of one process is VmRSS; of several, the sum of their shares (Pss).",
    "PostgreSQL is durable (fsync, synchronous_commit and full_page_writes are on) and each run works on a fresh copy of its world. Trips and people that write are added when the reading measures are over.",
    ...(quick ? ["This was a --quick run: short rounds on a small world. It shows that things work and roughly where they stand; it does not settle a budget."] : []),
  ];
}
