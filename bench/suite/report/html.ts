// The report: one self-contained page.
import { type Figure, gradeMarks, type MeasureResult, type Results, type Verdict } from "../model.ts";
import { showTrips } from "../options.ts";
import { short, showSpread, spread } from "../statistics.ts";
import { bars, curves, growth, overTime } from "./charts.ts";
import { style } from "./style.ts";
import { Colours, escape } from "./svg.ts";

function list(items: readonly string[]): string {
  return items.length === 0 ? "" : `<ul>${items.map((item) => `<li>${escape(item)}</li>`).join("")}</ul>`;
}

function table(head: readonly string[], rows: readonly string[], kind = "plain"): string {
  const cells = head.map((cell) => `<th>${escape(cell)}</th>`).join("");
  return `<div class="wide"><table class="${kind}"><thead><tr>${cells}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function number(text: string, name: string): string {
  return `<td class="number" data-name="${name}">${escape(text)}</td>`;
}

function verdictTable(measures: readonly MeasureResult[]): string {
  const row = (name: string, { what, budget, asked, grade, found, why }: Verdict): string =>
    `<tr><td class="${grade}">${gradeMarks[grade]} ${grade}</td><td>${escape(what)}</td>` +
    number(found, "now") + number(budget, "no worse than") + number(asked, "asked") +
    `<td>${escape(why)} <span class="soft">${escape(name)}</span></td></tr>`;
  const rows = measures.flatMap(({ name, verdicts }) => verdicts.map((verdict) => row(name, verdict)));
  return rows.length === 0 ? "" : table(["", "what", "median (least - greatest)", "no worse than", "asked", "remark"], rows, "verdicts");
}

function figureTable(figures: readonly Figure[]): string {
  const rows = figures
    .filter(({ samples }) => samples.length > 0)
    .map(
      ({ subject, metric, trips, samples, unit }) =>
        `<tr><td>${escape(subject)}</td><td>${escape(metric)}</td><td>${escape(showTrips(trips))}</td>` +
        `<td class="number">${escape(showSpread(spread(samples), unit))}</td><td class="number soft">${samples.map(short).join(", ")}</td></tr>`,
    );
  return `<details><summary>all numbers, round by round</summary>${table(["subject", "metric", "trips", "median (least - greatest)", "rounds"], rows)}</details>`;
}

function chart(caption: string, drawing: string): string {
  return drawing === "" ? "" : `<figure>${drawing}<figcaption>${escape(caption)}</figcaption></figure>`;
}

function legend(subjects: readonly string[], colours: Colours): string {
  const names = subjects.map((subject) => `<span><i class="${colours.of(subject)}"></i>${escape(subject)}</span>`);
  return names.length > 1 ? `<div class="legend">${names.join("")}</div>` : "";
}

/** What a chart of bars is drawn of, when a measure has it. */
const barMetrics = ["throughput", "cost", "cpu a request", "cpu of PostgreSQL a request", "highest rate", "p99, other replica"];

function charts({ name, figures, distributions, series }: MeasureResult, colours: Colours): string {
  const byWorld = Map.groupBy(figures, ({ subject, metric }) => `${subject}: ${metric}`);
  return [
    ...barMetrics.map((metric) => chart(metric, bars(metric, figures.filter((figure) => figure.metric === metric), colours))),
    chart("latency of all rounds, milliseconds", curves(`latency of ${name}`, distributions, colours)),
    ...[...byWorld].map(([kind, found]) => chart(kind, growth(kind, found))),
    ...series.map((one) => chart(`${one.metric} over time`, overTime(`${name}: ${one.metric} over time`, one, colours))),
  ].join("");
}

function section(measure: MeasureResult, colours: Colours): string {
  const { name, what, load, trips, figures, distributions, notes, troubles } = measure;
  return (
    `<section id="${escape(name)}"><h2>${escape(name)}</h2><p>${escape(what)}</p><p class="soft">${escape(load)}; ${escape(showTrips(trips))} trips</p>` +
    `${troubles.length > 0 ? `<div class="warn">not measured as it should be:${list(troubles)}</div>` : ""}` +
    `${verdictTable([measure])}${legend(distributions.map(({ subject }) => subject), colours)}` +
    `<div class="charts">${charts(measure, colours)}</div>${list(notes)}${figureTable(figures)}</section>`
  );
}

function facts(results: Results): string {
  const machine = Object.entries(results.machine).map(([name, value]) => `<tr><td>${escape(name)}</td><td>${escape(value)}</td></tr>`);
  const worlds = results.worlds.map(
    ({ trips, seed, open, hoursOld, megabytes }) =>
      `${showTrips(trips)} trips asked for, seed ${seed}: ${open.toLocaleString("en-US")} open, ${Math.round(megabytes)} MB in PostgreSQL, made ${hoursOld.toFixed(1)} h before`,
  );
  const equal = results.equality.map(({ peer, compared, equal: same, said }) =>
    same ? `${peer}: ${compared} requests compared with SafarGo's answers, all equal` : `${peer}: not equal. ${said}`,
  );
  return (
    `<section><h2>How it was measured</h2>${list(results.method)}<h3>Equal answers</h3>${equal.length > 0 ? list(equal) : "<p>No peer was compared.</p>"}` +
    `<h3>Worlds</h3>${list(worlds)}<h3>Machine</h3>${table(["", ""], machine)}</section>`
  );
}

export function renderReport(results: Results): string {
  const { started, seconds, command, machine, measures } = results;
  const colours = new Colours(measures.flatMap(({ figures }) => figures.map(({ subject }) => subject)));
  const unfinished = results.complete ? [] : ["The run has not come to its end: what is missing here was not measured."];
  const warnings = [...unfinished, ...results.warnings];
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<title>SafarGo bench ${escape(started)}</title><style>${style}</style></head><body><h1>SafarGo, measured</h1>` +
    `<p class="soft">${escape(started)}, ${seconds} s, <code>${escape(command)}</code>, ${escape(machine["commit"] ?? "")}</p>` +
    `${warnings.length > 0 ? `<div class="warn">${list(warnings)}</div>` : ""}<h2>Budgets</h2>${verdictTable(measures)}` +
    `${measures.map((measure) => section(measure, colours)).join("")}${facts(results)}</body></html>\n`
  );
}
