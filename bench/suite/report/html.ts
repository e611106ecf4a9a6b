// The report: one self-contained page.
import type { Figure, MeasureResult, Results, Verdict } from "../model.ts";
import { showTrips } from "../options.ts";
import { spread } from "../statistics.ts";
import { short, showSpread } from "../numbers.ts";
import { bars } from "./bars.ts";
import { curves } from "./curves.ts";
import { growth } from "./growth.ts";
import { gradeMark } from "./marks.ts";
import { overTime } from "./over_time.ts";
import { style } from "./style.ts";
import { Colours, escape } from "./svg.ts";

function list(items: readonly string[]): string {
  return items.length === 0 ? "" : `<ul>${items.map((item) => `<li>${escape(item)}</li>`).join("")}</ul>`;
}

function table(head: readonly string[], rows: readonly string[], kind = "plain"): string {
  return `<div class="wide"><table class="${kind}"><thead><tr>${head.map((cell) => `<th>${escape(cell)}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function verdictRow(measure: string, { what, budget, grade, found, why }: Verdict): string {
  return (
    `<tr><td class="${grade}">${gradeMark(grade)} ${grade}</td><td>${escape(what)}</td><td class="number" data-name="budget">${escape(budget)}</td>` +
    `<td class="number" data-name="found">${escape(found)}</td><td>${escape(why)} <span class="soft">${escape(measure)}</span></td></tr>`
  );
}

function verdictTable(measures: readonly MeasureResult[]): string {
  const rows = measures.flatMap(({ name, verdicts }) => verdicts.map((verdict) => verdictRow(name, verdict)));
  return rows.length === 0 ? "" : table(["", "what", "budget", "median (least - greatest)", "remark"], rows, "verdicts");
}

function figureRow(figure: Figure): string {
  return (
    `<tr><td>${escape(figure.subject)}</td><td>${escape(figure.metric)}</td><td>${escape(showTrips(figure.trips))}</td>` +
    `<td class="number">${escape(showSpread(spread(figure.samples), figure.unit))}</td><td class="number soft">${figure.samples.map(short).join(", ")}</td></tr>`
  );
}

function figureTable(figures: readonly Figure[]): string {
  const rows = figures.filter(({ samples }) => samples.length > 0).map(figureRow);
  return `<details><summary>all numbers, round by round</summary>${table(["subject", "metric", "trips", "median (least - greatest)", "rounds"], rows)}</details>`;
}

function chart(caption: string, drawing: string): string {
  return drawing === "" ? "" : `<figure>${drawing}<figcaption>${escape(caption)}</figcaption></figure>`;
}

function legend(subjects: readonly string[], colours: Colours): string {
  const names = subjects.map((subject) => `<span><i class="${colours.of(subject)}"></i>${escape(subject)}</span>`);
  return names.length > 1 ? `<div class="legend">${names.join("")}</div>` : "";
}

function growthCharts({ figures }: MeasureResult): string {
  const kinds = [...new Set(figures.map(({ subject, metric }) => `${subject}: ${metric}`))];
  return kinds
    .map((kind) => chart(kind, growth(kind, figures.filter(({ subject, metric }) => kind === `${subject}: ${metric}`))))
    .join("");
}

function timeCharts({ name, series }: MeasureResult, colours: Colours): string {
  return series.map((one) => chart(`${one.metric} over time`, overTime(`${name}: ${one.metric} over time`, one, colours))).join("");
}

/** What a chart of bars is drawn of, when a measure has it. */
const barMetrics = ["throughput", "cpu a request", "cpu of PostgreSQL a request", "highest rate", "p99, other replica"];

function measureSection(measure: MeasureResult, colours: Colours): string {
  const { name, what, load, figures, distributions, notes, troubles } = measure;
  const drawn = barMetrics.map((metric) => chart(metric, bars(metric, figures.filter((figure) => figure.metric === metric), colours)));
  drawn.push(chart("latency of all rounds, milliseconds", curves(`latency of ${name}`, distributions, colours)));
  drawn.push(growthCharts(measure), timeCharts(measure, colours));
  return (
    `<section id="${escape(name)}"><h2>${escape(name)}</h2><p>${escape(what)}</p><p class="soft">${escape(load)}; ${escape(showTrips(measure.trips))} trips</p>` +
    `${troubles.length > 0 ? `<div class="warn">not measured as it should be:${list(troubles)}</div>` : ""}` +
    `${verdictTable([measure])}${legend(distributions.map(({ subject }) => subject), colours)}` +
    `<div class="charts">${drawn.join("")}</div>${list(notes)}${figureTable(figures)}</section>`
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
  const colours = new Colours(results.measures.flatMap(({ figures }) => figures.map(({ subject }) => subject)));
  const unfinished = results.complete ? [] : ["The run has not come to its end: what is missing here was not measured."];
  const warnings = [...unfinished, ...results.warnings];
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<title>SafarGo bench ${escape(results.started)}</title><style>${style}</style></head><body><h1>SafarGo, measured</h1>` +
    `<p class="soft">${escape(results.started)}, ${results.seconds} s, <code>${escape(results.command)}</code>, ${escape(results.machine["commit"] ?? "")}</p>` +
    `${warnings.length > 0 ? `<div class="warn">${list(warnings)}</div>` : ""}<h2>Budgets</h2>${verdictTable(results.measures)}` +
    `${results.measures.map((measure) => measureSection(measure, colours)).join("")}${facts(results)}</body></html>\n`
  );
}
