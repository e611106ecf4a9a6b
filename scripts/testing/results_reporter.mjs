// A reporter for node --test that writes one line per test: status, suite, name (see scripts/lib/results.sh).
// Suites are not tests: only their leaves count, under their full names.

/** @returns {string} the line of one finished test */
export function resultLine(event, path) {
  const { skip, todo } = event.data;
  const skipped = skip !== undefined && skip !== false ? true : todo !== undefined && todo !== false;
  const status = event.type === "test:fail" && !skipped ? "failed" : skipped ? "skipped" : "passed";
  return `${status}\tfunctional\t${path.join(" > ").replace(/[\t\n]/g, " ")}\n`;
}

export default async function* results(source) {
  const path = []; // names of the open suites and tests, outermost first
  const parents = new Set(); // keys of those that had children
  for await (const event of source) {
    const { nesting, name } = event.data ?? {};
    if (event.type === "test:start") {
      path.length = nesting;
      path.push(name);
      if (nesting > 0) parents.add(path.slice(0, nesting).join("\0"));
    } else if (event.type === "test:pass" || event.type === "test:fail") {
      path.length = nesting;
      path.push(name);
      const key = path.join("\0");
      const isParent = event.data.details?.type === "suite" || parents.has(key);
      // A parent that fails although its children passed (a hook, a leftover promise) is a failure of its own.
      const ownFailure = event.type === "test:fail" && event.data.details?.error?.failureType !== "subtestsFailed";
      // Node lets a file in which no test was chosen pass as if it were a test.
      const isEmptyFile = nesting === 0 && name.endsWith(".test.ts") && event.type === "test:pass";
      if ((!isParent && !isEmptyFile) || ownFailure) yield resultLine(event, path);
      parents.delete(key);
    }
  }
}
