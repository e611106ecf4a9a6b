// The table for the terminal.
import type { Figure, MeasureResult, Results, Verdict } from "../model.ts";
import { showTrips } from "../options.ts";
import { ratios, spread } from "../statistics.ts";
import { short, showSpread } from "../numbers.ts";
import { growthRows } from "./growth_table.ts";
import { gradeMark } from "./marks.ts";
import { overTimeRows } from "./over_time_table.ts";

/** Of the first ones the spread is shown, of the others the median: a terminal is only so wide. */
const columns = ["throughput", "p99", "p50", "cpu a request", "cpu of PostgreSQL a request", "resident"] as const;
const withSpread = new Set<string>(["throughput", "p99"]);
const inReportOnly = ["p95", "p99.9", "errors", "cpu", "cpu of PostgreSQL", "cpu of the generator", "cpu of others", "generator late, at most"];
const headings = ["", "req/s", "p99 ms", "p50 ms", "CPU us", "PostgreSQL us", "MB", "SafarGo is"];

/** Lines of cells, each column as wide as its widest cell; the first to the left, the others to the right. */
export function align(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number))).join("  ").trimEnd(),
  );
}

function cell(figures: readonly Figure[], subject: string, metric: string): string {
  const figure = figures.find((one) => one.subject === subject && one.metric === metric);
  if (figure === undefined || figure.samples.length === 0) return "-";
  const found = spread(figure.samples);
  return withSpread.has(metric) ? showSpread(found) : short(found.median);
}

function advantage(figures: readonly Figure[], subject: string): string {
  const of = (name: string): number[] => figures.find((one) => one.subject === name && one.metric === "throughput")?.samples ?? [];
  const found = subject === "safargo" ? [] : ratios(of("safargo"), of(subject));
  return found.length === 0 ? "" : `${showSpread(spread(found))} x`;
}

function loadTable(figures: readonly Figure[]): string[] {
  const subjects = [...new Set(figures.filter(({ metric }) => metric === "throughput").map(({ subject }) => subject))];
  if (subjects.length === 0) return [];
  const rows = subjects.map((subject) => [subject, ...columns.map((metric) => cell(figures, subject, metric)), advantage(figures, subject)]);
  return align([headings, ...rows]);
}

function otherFigures(figures: readonly Figure[]): string[] {
  const covered = figures.some(({ metric }) => metric === "throughput");
  const known = new Set<string>([...columns, ...inReportOnly]);
  const rows = figures
    .filter(({ metric, samples }) => samples.length > 0 && !(covered && known.has(metric)))
    .map((figure) => [`${figure.metric} (${figure.subject}, ${showTrips(figure.trips)} trips)`, showSpread(spread(figure.samples), figure.unit)]);
  return align(rows);
}

type Paint = (text: string, code: number) => string;

function verdictLine({ what, budget, grade, found, why }: Verdict, paint: Paint): string {
  const mark = paint(`${gradeMark(grade)}`, grade === "met" ? 32 : grade === "missed" ? 31 : 33);
  return `${mark} ${what}: ${found}, budget ${budget}${why === "" ? "" : ` (${why})`}`;
}

function measureLines(measure: MeasureResult, paint: Paint): string[] {
  const { name, what, load, trips, figures, series, notes, troubles, verdicts } = measure;
  const growth = growthRows(figures);
  const inner = [
    `${what}`,
    `${load}; ${showTrips(trips)} trips`,
    ...loadTable(figures),
    ...(growth.length > 0 ? align(growth) : otherFigures(figures)),
    ...align(overTimeRows(series)),
    ...verdicts.map((verdict) => verdictLine(verdict, paint)),
    ...notes.map((note) => `note: ${note}`),
    ...troubles.map((trouble) => paint(`could not be measured: ${trouble}`, 31)),
  ];
  return ["", paint(name, 1), ...inner.map((line) => `  ${line}`)];
}

export function renderTable(results: Results, colours: boolean): string {
  const paint: Paint = (text, code) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  const verdicts = results.measures.flatMap((measure) => measure.verdicts);
  const count = (grade: Verdict["grade"]): number => verdicts.filter((verdict) => verdict.grade === grade).length;
  const equal = results.equality.map(({ peer, compared, equal: same }) => `equal answers, ${peer}: ${same ? `${compared} compared` : "NO"}`);
  const lines = [
    ...results.measures.flatMap((measure) => measureLines(measure, paint)),
    "",
    ...equal,
    ...results.warnings.map((warning) => `warning: ${warning}`),
    `budgets: ${count("met")} met, ${count("missed")} missed, ${count("unmeasured")} not measured; ${results.seconds} s`,
  ];
  return `${lines.join("\n")}\n`;
}
