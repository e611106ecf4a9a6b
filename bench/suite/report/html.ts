// The report: one self-contained page.
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { gradeMarks, type MeasureResult, type Results } from "../model.ts";
import { showTrips } from "../options.ts";
import { short, showSpread, spread } from "../statistics.ts";
import { bars, type Colours, coloursOf, type Content, curves, growth, overTime } from "./charts.ts";
import { style } from "./style.ts";

const soft = { class: "soft" };
const spreadHead = "median (least - greatest)";

function list(items: readonly string[]): Content {
  return items.length === 0 ? [] : h("ul", {}, items.map((item) => h("li", {}, item)));
}

function warn(items: readonly string[], title = ""): Content {
  return items.length === 0 ? [] : h("div", { class: "warn" }, title, list(items));
}

/** Cells that are not cells yet become plain ones. */
function table(head: readonly string[], rows: readonly Content[][], kind = "plain"): Content {
  const cells = head.map((cell) => h("th", {}, cell));
  const body = rows.map((row) => h("tr", {}, row.map((cell) => (typeof cell === "string" ? h("td", {}, cell) : cell))));
  const whole = h("table", { class: kind }, h("thead", {}, h("tr", {}, cells)), h("tbody", {}, body));
  return h("div", { class: "wide" }, whole);
}

function verdictTable(measures: readonly MeasureResult[]): Content {
  const number = (text: string, name: string): Content => h("td", { class: "number", "data-name": name }, text);
  const rows = measures.flatMap(({ name, verdicts }) =>
    verdicts.map(({ what, budget, asked, grade, found, why }) => [
      h("td", { class: grade }, `${gradeMarks[grade]} ${grade}`),
      what,
      ...[number(found, "now"), number(budget, "no worse than"), number(asked, "asked")],
      h("td", {}, `${why} `, h("span", soft, name)),
    ]),
  );
  return rows.length === 0 ? [] : table(["", "what", spreadHead, "no worse than", "asked", "remark"], rows, "verdicts");
}

function figureTable({ figures }: MeasureResult): Content {
  const rows = figures
    .filter(({ samples }) => samples.length > 0)
    .map(({ subject, metric, trips, samples, unit }) => [
      ...[subject, metric, showTrips(trips)],
      h("td", { class: "number" }, showSpread(spread(samples), unit)),
      h("td", { class: "number soft" }, samples.map(short).join(", ")),
    ]);
  const head = ["subject", "metric", "trips", spreadHead, "rounds"];
  return h("details", {}, h("summary", {}, "all numbers, round by round"), table(head, rows));
}

function legend(subjects: readonly string[], colours: Colours): Content {
  const names = subjects.map((subject) => h("span", {}, h("i", { style: `background: ${colours(subject)}` }), subject));
  return names.length > 1 ? h("div", { class: "legend" }, names) : [];
}

/** What a chart of bars is drawn of, when a measure has it. */
const barMetrics = ["throughput", "cost", "cpu a request", "cpu of PostgreSQL a request", "highest rate", "p99, other replica"];

function charts({ name, figures, distributions, series }: MeasureResult, colours: Colours): Content {
  const byWorld = Map.groupBy(figures, ({ subject, metric }) => `${subject}: ${metric}`);
  const drawn: [string, Content][] = [
    ...barMetrics.map((metric): [string, Content] => [metric, bars(figures.filter((figure) => figure.metric === metric), colours)]),
    ["latency of all rounds, milliseconds", curves(distributions, colours)],
    ...[...byWorld].map(([kind, found]): [string, Content] => [kind, growth(found, colours)]),
    ...series.map((one): [string, Content] => [`${name}: ${one.metric} over time`, overTime(one, colours)]),
  ];
  const figure = ([caption, chart]: [string, Content]): Content =>
    h("figure", { role: "img", "aria-label": caption }, chart, h("figcaption", {}, caption));
  return h("div", { class: "charts" }, drawn.filter(([, chart]) => !Array.isArray(chart)).map(figure));
}

function section(measure: MeasureResult, colours: Colours): Content {
  const { name, what, load, trips, distributions, notes, troubles } = measure;
  return h(
    "section",
    { id: name },
    ...[h("h2", {}, name), h("p", {}, what), h("p", soft, `${load}; ${showTrips(trips)} trips`)],
    ...[warn(troubles, "not measured as it should be:"), verdictTable([measure]), legend(distributions.map(({ subject }) => subject), colours)],
    ...[charts(measure, colours), list(notes), figureTable(measure)],
  );
}

function facts({ machine, method, worlds, equality }: Results): Content {
  const sizes = worlds.map(
    ({ trips, seed, open, hoursOld, megabytes }) =>
      `${showTrips(trips)} trips asked for, seed ${seed}: ${open.toLocaleString("en-US")} open, ${Math.round(megabytes)} MB in PostgreSQL, made ${hoursOld.toFixed(1)} h before`,
  );
  const equal = equality.map(({ peer, compared, equal: same, said }) =>
    same ? `${peer}: ${compared} requests compared with SafarGo's answers, all equal` : `${peer}: not equal. ${said}`,
  );
  const title = (text: string): Content => h("h3", {}, text);
  return h(
    "section",
    {},
    ...[h("h2", {}, "How it was measured"), list(method), title("Equal answers")],
    equal.length > 0 ? list(equal) : h("p", {}, "No peer was compared."),
    ...[title("Worlds"), list(sizes), title("Machine"), table(["", ""], Object.entries(machine))],
  );
}

export function renderReport(results: Results): string {
  const { started, seconds, command, complete, machine, measures, warnings } = results;
  const colours = coloursOf(measures.flatMap(({ figures }) => figures.map(({ subject }) => subject)));
  const unfinished = complete ? [] : ["The run has not come to its end: what is missing here was not measured."];
  const body = h(
    "body",
    {},
    h("h1", {}, "SafarGo, measured"),
    h("p", soft, `${started}, ${seconds} s, `, h("code", {}, command), `, ${machine["commit"] ?? ""}`),
    ...[warn([...unfinished, ...warnings]), h("h2", {}, "Budgets"), verdictTable(measures)],
    ...[measures.map((measure) => section(measure, colours)), facts(results)],
  );
  const viewport = `<meta name="viewport" content="width=device-width, initial-scale=1">`;
  const head = `<meta charset="utf-8">${viewport}${renderToString(h("title", {}, `SafarGo bench ${started}`))}<style>${style}</style>`;
  return `<!doctype html><html lang="en"><head>${head}</head>${renderToString(body)}</html>\n`;
}
