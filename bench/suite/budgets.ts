// The budgets of the design, once. A ratio is measured in one run, on one machine, on the same database.
export type Rule =
  | { kind: "ratio"; against: string; atLeast: number }
  | { kind: "below"; limit: number }
  | { kind: "atMost"; limit: number };

export interface Budget {
  measure: string;
  metric: string;
  what: string;
  rule: Rule;
  /** The world it is stated for; elsewhere a verdict is only a hint. */
  trips?: number;
  /** Shown, not judged. */
  told?: boolean;
}

const million = 1_000_000;

/** What is no leak yet. Memory: the nine thousand trips that fifteen minutes publish are indexed, and the heap keeps room for
 * its busiest moment. Descriptors: how many connections are open depends on how many requests last met; of the five thousand
 * that are dropped between the two medians, one leaked in three hundred would be seen. */
const soakGrowth = { residentPercent: 5, descriptors: 16 };

export const budgets: readonly Budget[] = [
  // The design says "Fastify" and not in how many processes: the verdict takes the stricter reading, all cores as we have.
  ratio("health", "GET /api/v1/health against Fastify in two processes (cluster)", "fastify-btree", 2.5),
  { ...ratio("health", "GET /api/v1/health against Fastify in one process (node server.js)", "fastify-one-process", 2.5), told: true },
  ratio("trip", "GET /trips/{id} against NestJS + Prisma", "nestjs", 20),
  ratio("trip", "GET /trips/{id} against Fastify + pg", "fastify", 4),
  { ...ratio("search.gravity", "search against NestJS + Prisma", "nestjs", 50), trips: million },
  { ...ratio("search.gravity", "search against PostGIS", "fastify-gist", 40), trips: million },
  below("search.gravity", "p99", 5, "search p99 at 64 connections (ms)", million),
  below("engine", "one_day/jitter:0", 25, "one search in the engine (us)"),
  ratio("booking", "booking against the same statements under pgbench", "pgbench", 0.7),
  below("mixed", "p95", 10, "mixed traffic at 1,000 req/s, p95 (ms)", million),
  below("mixed", "p99", 25, "mixed traffic at 1,000 req/s, p99 (ms)", million),
  { measure: "mixed", metric: "errors", what: "mixed traffic at 1,000 req/s, errors", rule: { kind: "atMost", limit: 0 }, trips: million },
  { measure: "mixed", metric: "cpu", what: "mixed traffic at 1,000 req/s, CPU of the API", rule: { kind: "atMost", limit: 0.5 }, trips: million },
  below("memory", "resident, loaded", 300, "resident memory after loading (MB)", million),
  below("memory", "resident, after searches", 300, "resident memory after 10 s of searches (MB)", million),
  below("memory", "start", 3, "start to ready (s)", million),
  below("freshness", "p99, other replica", 50, "commit to visible in search on two replicas, p99 (ms)", million),
  { measure: "soak", metric: "errors", what: "soak: errors but for the dropped connections", rule: { kind: "atMost", limit: 0 } },
  { measure: "soak", metric: "resident, growth", what: "soak: growth of resident memory (%)", rule: { kind: "atMost", limit: soakGrowth.residentPercent }, trips: million },
  { measure: "soak", metric: "descriptors, growth", what: "soak: growth of open descriptors", rule: { kind: "atMost", limit: soakGrowth.descriptors } },
  { measure: "soak", metric: "threads, growth", what: "soak: growth of threads", rule: { kind: "atMost", limit: 0 } },
];

/** mixed traffic keeps this p95 at the highest rate that is reported (ms) */
export const rateLimitP95 = 50;

function ratio(measure: string, what: string, against: string, atLeast: number): Budget {
  return { measure, metric: "throughput", what, rule: { kind: "ratio", against, atLeast } };
}

function below(measure: string, metric: string, limit: number, what: string, trips?: number): Budget {
  return { measure, metric, what, rule: { kind: "below", limit }, ...(trips === undefined ? {} : { trips }) };
}

export function budgetText({ rule, told }: Budget): string {
  if (told) return "none";
  if (rule.kind === "ratio") return `>= ${rule.atLeast} x ${rule.against}`;
  return `${rule.kind === "below" ? "<" : "<="} ${rule.limit}`;
}
