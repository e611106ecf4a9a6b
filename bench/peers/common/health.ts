// GET /health: as SafarGo does it, the database is asked in the background and not by each request.
const started = performance.now();

export class HealthMonitor {
  #database: { status: string; latency_ms: number | null } = { status: "down", latency_ms: null };
  readonly #ping: () => Promise<unknown>;

  constructor(ping: () => Promise<unknown>) {
    this.#ping = ping;
  }

  async watch(): Promise<void> {
    const before = performance.now();
    try {
      await this.#ping();
      this.#database = { status: "ok", latency_ms: performance.now() - before };
    } catch {
      this.#database = { status: "down", latency_ms: null };
    }
    setTimeout(() => this.watch(), 500).unref();
  }

  now() {
    return {
      status: this.#database.status,
      version: "peer",
      uptime_s: Math.floor((performance.now() - started) / 1000),
      checks: { database: this.#database },
    };
  }
}
