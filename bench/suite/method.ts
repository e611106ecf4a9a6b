// What a reader has to know to believe a number; it stands in every report.
import type { Options } from "./options.ts";
import { raisedLimits, threads } from "./subjects/safargo.ts";

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
