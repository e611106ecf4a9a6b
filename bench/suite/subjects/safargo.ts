// SafarGo as it runs in production, on two threads. Only the limits on requests are raised, since all of them come from
// one machine; access logs, metrics, security headers, KYC and the counting of the limits stay on.
import { plainEnvironment, startServer, type Subject } from "./subject.ts";

export interface SafargoSettings {
  binary: string;
  dataFolder: string;
  secret: string;
  logs: string;
}

export const threads = 2;

/** What differs from the defaults of docs/configuration.md. */
export const raisedLimits = {
  RATE_LIMIT_IP: "1000000",
  RATE_LIMIT_USER: "1000000",
  PUBLICATIONS_PER_DAY: "1000000",
  TRUSTED_PROXIES: "127.0.0.1",
};

function environment({ dataFolder, secret }: SafargoSettings, databaseUrl: string, port: number): Record<string, string> {
  return {
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
  };
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
    start: (databaseUrl, variables = {}) =>
      startServer({
        name: "safargo",
        logs: settings.logs,
        command: (port) => ({ program: settings.binary, args: ["serve"], env: { ...environment(settings, databaseUrl, port), ...variables } }),
        ready: isReady,
        seconds: 180,
      }),
  };
}
