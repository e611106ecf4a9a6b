// The report: one self-contained page.
import { gradeMarks, type MeasureResult, type Results } from "../model.ts";
import { showTrips } from "../options.ts";
import { short, showSpread, spread } from "../statistics.ts";
import { bars, curves, growth, overTime } from "./charts.ts";
import { type Colours, coloursOf, type Content, type Element, element, escape } from "./markup.ts";
import { style } from "./style.ts";

const soft = { class: "soft" };
const spreadHead = "median (least - greatest)";

function list(items: readonly string[]): Content {
  return items.length === 0 ? [] : element("ul", {}, items.map((item) => element("li", {}, item)));
}

function warn(items: readonly string[], title = ""): Content {
  return items.length === 0 ? [] : element("div", { class: "warn" }, title, list(items));
}

/** Cells that are not cells yet become plain ones. */
function table(head: readonly string[], rows: readonly Content[][], kind = "plain"): Content {
  const cells = head.map((cell) => element("th", {}, cell));
  const body = rows.map((row) => element("tr", {}, row.map((cell) => (typeof cell === "string" ? element("td", {}, cell) : cell))));
  const whole = element("table", { class: kind }, element("thead", {}, element("tr", {}, cells)), element("tbody", {}, body));
  return element("div", { class: "wide" }, whole);
}

function verdictTable(measures: readonly MeasureResult[]): Content {
  const number = (text: string, name: string): Element => element("td", { class: "number", "data-name": name }, text);
  const rows = measures.flatMap(({ name, verdicts }) =>
    verdicts.map(({ what, budget, asked, grade, found, why }) => [
      element("td", { class: grade }, `${gradeMarks[grade]} ${grade}`),
      what,
      ...[number(found, "now"), number(budget, "no worse than"), number(asked, "asked")],
      element("td", {}, `${why} `, element("span", soft, name)),
    ]),
  );
  return rows.length === 0 ? [] : table(["", "what", spreadHead, "no worse than", "asked", "remark"], rows, "verdicts");
}

function figureTable({ figures }: MeasureResult): Content {
  const rows = figures
    .filter(({ samples }) => samples.length > 0)
    .map(({ subject, metric, trips, samples, unit }) => [
      ...[subject, metric, showTrips(trips)],
      element("td", { class: "number" }, showSpread(spread(samples), unit)),
      element("td", { class: "number soft" }, samples.map(short).join(", ")),
    ]);
  const head = ["subject", "metric", "trips", spreadHead, "rounds"];
  return element("details", {}, element("summary", {}, "all numbers, round by round"), table(head, rows));
}

function legend(subjects: readonly string[], colours: Colours): Content {
  const names = subjects.map((subject) => element("span", {}, element("i", { style: `background: ${colours(subject)}` }), subject));
  return names.length > 1 ? element("div", { class: "legend" }, names) : [];
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
  const figure = ([caption, chart]: [string, Content]): Element =>
    element("figure", { role: "img", "aria-label": caption }, chart, element("figcaption", {}, caption));
  return element("div", { class: "charts" }, drawn.filter(([, chart]) => !Array.isArray(chart)).map(figure));
}

function section(measure: MeasureResult, colours: Colours): Element {
  const { name, what, load, trips, distributions, notes, troubles } = measure;
  return element(
    "section",
    { id: name },
    ...[element("h2", {}, name), element("p", {}, what), element("p", soft, `${load}; ${showTrips(trips)} trips`)],
    ...[warn(troubles, "not measured as it should be:"), verdictTable([measure]), legend(distributions.map(({ subject }) => subject), colours)],
    ...[charts(measure, colours), list(notes), figureTable(measure)],
  );
}

function facts({ machine, method, worlds, equality }: Results): Element {
  const sizes = worlds.map(
    ({ trips, seed, open, hoursOld, megabytes }) =>
      `${showTrips(trips)} trips asked for, seed ${seed}: ${open.toLocaleString("en-US")} open, ${Math.round(megabytes)} MB in PostgreSQL, made ${hoursOld.toFixed(1)} h before`,
  );
  const equal = equality.map(({ peer, compared, equal: same, said }) =>
    same ? `${peer}: ${compared} requests compared with SafarGo's answers, all equal` : `${peer}: not equal. ${said}`,
  );
  const title = (text: string): Element => element("h3", {}, text);
  return element(
    "section",
    {},
    ...[element("h2", {}, "How it was measured"), list(method), title("Equal answers")],
    equal.length > 0 ? list(equal) : element("p", {}, "No peer was compared."),
    ...[title("Worlds"), list(sizes), title("Machine"), table(["", ""], Object.entries(machine))],
  );
}

export function renderReport(results: Results): string {
  const { started, seconds, command, complete, machine, measures, warnings } = results;
  const colours = coloursOf(measures.flatMap(({ figures }) => figures.map(({ subject }) => subject)));
  const unfinished = complete ? [] : ["The run has not come to its end: what is missing here was not measured."];
  const body = element(
    "body",
    {},
    element("h1", {}, "SafarGo, measured"),
    element("p", soft, `${started}, ${seconds} s, `, element("code", {}, command), `, ${machine["commit"] ?? ""}`),
    ...[warn([...unfinished, ...warnings]), element("h2", {}, "Budgets"), verdictTable(measures)],
    ...[measures.map((measure) => section(measure, colours)), facts(results)],
  );
  const viewport = `<meta name="viewport" content="width=device-width, initial-scale=1">`;
  const head = `<meta charset="utf-8">${viewport}<title>SafarGo bench ${escape(started)}</title><style>${style}</style>`;
  return `<!doctype html><html lang="en"><head>${head}</head>${body.markup}</html>\n`;
}
