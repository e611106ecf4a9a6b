// Two answers side by side. What each server says of itself is not compared: the signed cursor, which the peers do not
// have, and of /health all but the status. Instants are compared as such: to the millisecond, which is what a JavaScript
// Date holds.
const ownWords = new Set(["next_cursor", "version", "uptime_s", "checks"]);
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isHealth(value: Fields): boolean {
  return "uptime_s" in value;
}

function fieldsOf(value: Fields): string[] {
  const own = isHealth(value) ? ownWords : new Set(["next_cursor"]);
  return Object.keys(value).filter((name) => !own.has(name));
}

function sameScalar(a: unknown, b: unknown): boolean {
  if (typeof a === "string" && typeof b === "string" && instant.test(a) && instant.test(b)) {
    return Date.parse(a) === Date.parse(b);
  }
  return Object.is(a, b);
}

function differenceOfLists(a: unknown[], b: unknown[], path: string): string | undefined {
  if (a.length !== b.length) return `${path}: ${a.length} and ${b.length} items`;
  for (const [index, item] of a.entries()) {
    const found = firstDifference(item, b[index], `${path}[${index}]`);
    if (found) return found;
  }
  return undefined;
}

function differenceOfObjects(a: Fields, b: Fields, path: string): string | undefined {
  for (const name of new Set([...fieldsOf(a), ...fieldsOf(b)])) {
    const found = firstDifference(a[name], b[name], path === "" ? name : `${path}.${name}`);
    if (found) return found;
  }
  return undefined;
}

/** "body.items[0].price: 350 and 400", or nothing. */
export function firstDifference(a: unknown, b: unknown, path = ""): string | undefined {
  if (Array.isArray(a) && Array.isArray(b)) return differenceOfLists(a, b, path);
  if (isObject(a) && isObject(b)) return differenceOfObjects(a, b, path);
  return sameScalar(a, b) ? undefined : `${path}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`;
}
