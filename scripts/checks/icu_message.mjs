// Parses the part of ICU MessageFormat that our catalogues use: {name}, plural, select, '#', and apostrophes that quote.

/** The arguments of a text with their kinds (value, plural, select), and its choices with their selectors. */
export function readMessage(text) {
  const reader = { text, at: 0, kinds: new Map(), choices: [] };
  readPieces(reader, 0, undefined);
  return { kinds: reader.kinds, choices: reader.choices };
}

function readPieces(reader, depth, counted) {
  for (; reader.at < reader.text.length; reader.at++) {
    const c = reader.text[reader.at];
    if (c === "'") skipApostrophe(reader, counted);
    else if (c === "{") readArgument(reader, depth);
    else if (c === "}") {
      if (depth === 0) throw new Error("a } that closes nothing");
      return;
    }
  }
  if (depth > 0) throw new Error("a { that is not closed");
}

/** Alone it is an apostrophe; before a sign of the syntax it opens a quotation. */
function skipApostrophe(reader, counted) {
  const next = reader.text[reader.at + 1];
  if (next === "'") reader.at++;
  else if (next === "{" || next === "}" || (next === "#" && counted)) {
    const end = reader.text.indexOf("'", reader.at + 1);
    if (end < 0) throw new Error("an apostrophe before a { or } quotes the rest of the text");
    reader.at = end;
  }
}

function take(reader, pattern, what) {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (!found) throw new Error(`${what} expected at "${reader.text.slice(reader.at, reader.at + 20)}"`);
  reader.at = pattern.lastIndex;
  return found[1];
}

function note(reader, name, kind) {
  if (kind !== "value" || !reader.kinds.has(name)) reader.kinds.set(name, kind);
}

/** From its { to its }, where the reader is left. */
function readArgument(reader, depth) {
  reader.at++;
  const name = take(reader, /\s*([a-z][a-z_]*)\s*/y, "a name");
  if (reader.text[reader.at] === "}") return note(reader, name, "value");
  const kind = take(reader, /,\s*(plural|select)\s*,\s*/y, "plural or select");
  note(reader, name, kind);
  const selectors = [];
  while (reader.text[reader.at] !== "}") {
    selectors.push(take(reader, /(=\d+|[a-z_]+)\s*\{/y, "a choice"));
    readPieces(reader, depth + 1, kind === "plural");
    reader.at++;
    take(reader, /(\s*)/y, "the next choice");
  }
  if (!selectors.includes("other")) throw new Error(`{${name}} has no other`);
  reader.choices.push({ name, kind, selectors });
}
