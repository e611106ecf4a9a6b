// Two answers side by side. What each server says of itself is not compared: the signed cursor, which the peers do not
// have, and of /health all but the status. Instants are compared as such: to the millisecond, which is what a JavaScript
// Date holds.
const ofHealth = ["version", "uptime_s", "checks"];
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

type Fields = Record<string, unknown>;

function isNested(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function fieldsOf(value: Fields): string[] {
  return Object.keys(value).filter((name) => name !== "next_cursor" && !("uptime_s" in value && ofHealth.includes(name)));
}

function sameScalar(a: unknown, b: unknown): boolean {
  const times = [a, b].map((value) => (typeof value === "string" && instant.test(value) ? Date.parse(value) : value));
  return Object.is(times[0], times[1]);
}

/** "body.items[0].price: 350 and 400", or nothing. */
export function firstDifference(a: unknown, b: unknown, path = ""): string | undefined {
  const lists = Array.isArray(a);
  if (!isNested(a) || !isNested(b) || lists !== Array.isArray(b)) {
    return sameScalar(a, b) ? undefined : `${path}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`;
  }
  if (lists && a["length"] !== b["length"]) return `${path}: ${a["length"]} and ${b["length"]} items`;
  for (const name of new Set([...fieldsOf(a), ...fieldsOf(b)])) {
    const found = firstDifference(a[name], b[name], lists ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`);
    if (found) return found;
  }
  return undefined;
}
