// The folder of one run: results.json and report.html, written again and again while the run goes on.
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Results } from "./model.ts";
import { renderReport } from "./report/html.ts";

export class ResultsFolder {
  readonly path: string;
  readonly raw: string;
  readonly logs: string;

  constructor(parent: string, started: Date) {
    this.path = join(parent, started.toISOString().slice(0, 19).replaceAll(":", "-"));
    this.raw = join(this.path, "raw");
    this.logs = join(this.path, "logs");
    mkdirSync(this.raw, { recursive: true });
    mkdirSync(this.logs, { recursive: true });
  }

  /** Whole or not at all: a reader never sees half a file. */
  save(results: Results): void {
    this.#put("results.json", `${JSON.stringify(results, null, 1)}\n`);
    this.#put("report.html", renderReport(results));
  }

  #put(name: string, text: string): void {
    const file = join(this.path, name);
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
}
