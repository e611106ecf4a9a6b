// The tables for the terminal, which is only so wide: what was measured, and what can be (--list).
import { askedText, budgets, budgetText } from "../budgets.ts";
import { measures } from "../measures/all.ts";
import { type Figure, gradeMarks, type MeasureResult, type Results, type Verdict } from "../model.ts";
import { showTrips } from "../options.ts";
import { median, short, showSpread, spread } from "../statistics.ts";
import { advantages } from "../verdicts.ts";

/** Of the first ones the spread is shown, of the others the median. */
const columns = ["throughput", "p99", "p50", "cpu a request", "cpu of PostgreSQL a request", "resident"] as const;
const withSpread = new Set<string>(["throughput", "p99"]);
const headings = ["", "req/s", "p99 ms", "p50 ms", "CPU us", "PostgreSQL us", "MB", "SafarGo costs"];
const inReportOnly = ["p95", "p99.9", "errors", "cpu", "cost", "cpu of PostgreSQL", "cpu of the generator", "cpu of others", "generator late, at most"];

/** Lines of cells, each column as wide as its widest cell; the first to the left, the others to the right. */
export function align(rows: readonly (readonly string[])[]): string[] {
  const width = (i: number): number => Math.max(...rows.map((row) => row[i]?.length ?? 0));
  return rows.map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(width(i)) : cell.padStart(width(i)))).join("  ").trimEnd());
}

function cell(figures: readonly Figure[], subject: string, metric: string): string {
  const samples = figures.find((one) => one.subject === subject && one.metric === metric)?.samples ?? [];
  if (samples.length === 0) return "-";
  return withSpread.has(metric) ? showSpread(spread(samples)) : short(median(samples));
}

/** Of pgbench only the speed can be compared: what its own processes cost is no part of a service. */
function advantage(figures: readonly Figure[], subject: string): string {
  if (subject === "safargo") return "";
  const [cheaper, faster] = [advantages(figures, subject, "cost"), advantages(figures, subject, "throughput")];
  if (cheaper.length > 0) return `${showSpread(spread(cheaper))} x less`;
  return faster.length > 0 ? `is ${showSpread(spread(faster))} x as fast` : "";
}

function loadTable(figures: readonly Figure[]): string[] {
  const subjects = [...new Set(figures.filter(({ metric }) => metric === "throughput").map(({ subject }) => subject))];
  const rows = subjects.map((subject) => [subject, ...columns.map((metric) => cell(figures, subject, metric)), advantage(figures, subject)]);
  return rows.length === 0 ? [] : align([headings, ...rows]);
}

/** What was measured on several worlds, a column for each; no rows unless there are two. */
export function growthRows(figures: readonly Figure[]): string[][] {
  const measured = figures.filter(({ samples }) => samples.length > 0);
  const worlds = [...new Set(measured.map(({ trips }) => trips))].sort((a, b) => a - b);
  if (worlds.length < 2) return [];
  const kinds = Map.groupBy(measured, ({ metric, unit }) => `${metric}, ${unit}`);
  const rows = [...kinds].map(([kind, found]) => {
    const here = worlds.map((trips) => found.find((figure) => figure.trips === trips));
    return [kind, ...here.map((figure) => (figure === undefined ? "-" : short(median(figure.samples))))];
  });
  return [["trips", ...worlds.map(showTrips)], ...rows];
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
const colours = { kept: 32, worse: 31, unmeasured: 33, told: 33 };

function verdictLine({ what, budget, asked, grade, found, why }: Verdict, paint: Paint): string {
  return `${paint(gradeMarks[grade], colours[grade])} ${what}: ${[found, ...limits(budget, asked), ...(why === "" ? [] : [why])].join("; ")}`;
}

function limits(budget: string, asked: string): string[] {
  return [...(budget === "" ? [] : [`no worse than ${budget}`]), ...(asked === "" ? [] : [`asked ${asked}`])];
}

function measureLines({ name, what, load, trips, figures, notes, troubles, verdicts }: MeasureResult, paint: Paint): string[] {
  const growth = growthRows(figures);
  const inner = [
    what,
    `${load}; ${showTrips(trips)} trips`,
    ...loadTable(figures),
    ...(growth.length > 0 ? align(growth) : otherFigures(figures)),
    ...verdicts.map((verdict) => verdictLine(verdict, paint)),
    ...notes.map((note) => `note: ${note}`),
    ...troubles.map((trouble) => paint(`could not be measured: ${trouble}`, 31)),
  ];
  return ["", paint(name, 1), ...inner.map((line) => `  ${line}`)];
}

export function renderTable(results: Results, inColour: boolean): string {
  const paint: Paint = (text, code) => (inColour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const verdicts = results.measures.flatMap((measure) => measure.verdicts);
  const count = (grade: Verdict["grade"]): number => verdicts.filter((verdict) => verdict.grade === grade).length;
  const lines = [
    ...results.measures.flatMap((measure) => measureLines(measure, paint)),
    "",
    ...results.equality.map(({ peer, compared, equal }) => `equal answers, ${peer}: ${equal ? `${compared} compared` : "NO"}`),
    ...results.warnings.map((warning) => `warning: ${warning}`),
    `budgets: ${count("kept")} kept, ${count("worse")} worse, ${count("unmeasured")} not measured; ${results.seconds} s`,
  ];
  return `${lines.join("\n")}\n`;
}

export function listMeasures(): string {
  const lines = measures.flatMap(({ name, what, load, subjects, slow, byNameOnly }) => [
    `${name}${byNameOnly ? "  (only when it is named)" : slow ? "  (not with --quick)" : ""}`,
    `    ${what}`,
    `    ${subjects}; ${load}`,
    ...budgets
      .filter(({ measure }) => measure === name)
      .map((budget) => `    budget: ${[budget.what, ...limits(budgetText(budget), askedText(budget))].join("; ")}`),
  ]);
  return `${lines.join("\n")}\n`;
}
