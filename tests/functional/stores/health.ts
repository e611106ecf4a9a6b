// What a replica says about itself.
import assert from "node:assert/strict";
import type { Api } from "../harness/api.ts";

export const checkNames = ["database", "redis", "s3", "opensearch"] as const;

export interface Health {
  status: "ok" | "degraded" | "down";
  checks: Partial<Record<(typeof checkNames)[number], { status: string }>>;
}

export async function healthOf(api: Api): Promise<Health> {
  const answer = await api.send("GET", "/api/v1/health");
  assert.equal(answer.status, 200, answer.brief);
  return answer.json<Health>();
}

/** The sum of a metric's series whose labels hold `labels`. */
export async function metricOf(api: Api, name: string, labels = ""): Promise<number> {
  const lines = (await api.send("GET", "/metrics")).text.split("\n");
  const own = lines.filter((line) => line.startsWith(name) && /[{ ]/.test(line[name.length] ?? "") && line.includes(labels));
  return own.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}
