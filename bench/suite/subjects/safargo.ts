// SafarGo as it runs in production, on two threads. Only the limits on requests are raised, since all of them come from
// one machine; access logs, metrics, security headers, KYC and the counting of the limits stay on.
import { setTimeout as pause } from "node:timers/promises";
import type { Command } from "./program.ts";
import { plainEnvironment, type Running, startServer, type Subject } from "./subject.ts";

export interface SafargoSettings {
  binary: string;
  dataFolder: string;
  secret: string;
  logs: string;
}

export const threads = 2;
const startSeconds = 180;

/** What differs from the defaults of docs/configuration.md. */
export const raisedLimits = { RATE_LIMIT_IP: "1000000", RATE_LIMIT_USER: "1000000", TRUSTED_PROXIES: "127.0.0.1" };

function command({ binary, dataFolder, secret }: SafargoSettings, databaseUrl: string, port: number, variables: Record<string, string>): Command {
  const env = {
    ...plainEnvironment(),
    SAFARGO_ENV: "production",
    BIND: "127.0.0.1",
    PORT: String(port),
    THREADS: String(threads),
    DATABASE_URL: databaseUrl,
    JWT_SECRET: secret,
    SAFARGO_DATA_DIR: dataFolder,
    DRAIN_DELAY: "0s",
    ...raisedLimits,
    ...variables,
  };
  return { program: binary, args: ["serve"], env };
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(1000) });
  await answer.arrayBuffer();
  return answer.status === 200;
}

export function safargo(settings: SafargoSettings): Subject {
  return {
    name: "safargo",
    takesPartIn: () => true,
    start: (databaseUrl: string, variables: Record<string, string> = {}): Promise<Running> =>
      startServer({
        name: "safargo",
        logs: settings.logs,
        command: (port) => command(settings, databaseUrl, port, variables),
        ready: isReady,
        seconds: startSeconds,
      }),
  };
}

/** Until its index has read everything that was committed before now. */
export async function caughtUp(running: Running, openTrips: number, seconds = 60): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await fetch(`${running.origin}/api/v1/health`);
    const health = (await answer.json()) as { checks: { search_index: { trips: number } } };
    if (health.checks.search_index.trips >= openTrips) return;
    if (performance.now() > deadline) {
      throw new Error(`the index holds ${health.checks.search_index.trips} trips instead of ${openTrips}`);
    }
    await pause(50);
  }
}
