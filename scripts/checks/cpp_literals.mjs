// The string literals of a C++ source: text as written, line, and what precedes it on its line.

const token = /\/\/[^\n]*|\/\*[^]*?\*\/|R"([^\s()\\]*)\(([^]*?)\)\1"|"((?:[^"\\\n]|\\.)*)"|(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'/g;

export function* literalsOf(source) {
  let line = 1;
  let counted = 0;
  for (const found of source.matchAll(token)) {
    const text = found[2] ?? found[3];
    if (text === undefined) continue;
    for (; counted < found.index; counted++) if (source[counted] === "\n") line++;
    yield { text, line, before: source.slice(source.lastIndexOf("\n", found.index) + 1, found.index).trimEnd() };
  }
}
