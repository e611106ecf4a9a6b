// The string literals of a C++ file, as statements: literals that the compiler or "+" joins are one text, with a space
// for any macro or variable between them. [{text, line}]

const pattern = new RegExp(
    [
        /\/\/[^\n]*|\/\*[\s\S]*?\*\//, // comments
        /\bR"(\w*)\(([\s\S]*?)\)\1"/, // raw strings
        /"((?:[^"\\\n]|\\[\s\S])*)"/,
        /'(?:[^'\\\n]|\\.)+'/, // characters
        /[A-Za-z_]\w*|\d\w*(?:'\w+)*/, // names and numbers
        /\\\n|\n|[\s\S]/,
    ]
        .map((part) => part.source)
        .join("|"),
    "g",
);
// Between the pieces of one text. Anything else ends it; in a directive, so does the end of the line.
const joining = /^(?:\w+|[+()<>:]|\s|\\\n)$/;
const spoken = { n: "\n", t: "\t", "\n": "" };

const unescape = (text) => text.replace(/\\([\s\S])/g, (_, c) => spoken[c] ?? c);

export function sqlTexts(source) {
    const texts = [];
    let open, line = 1, directive = false;
    for (const match of source.matchAll(pattern)) {
        const [token, , raw, plain] = match;
        const literal = raw ?? (plain === undefined ? undefined : unescape(plain));
        if (literal !== undefined) {
            if (!open) texts.push((open = { text: "", line }));
            open.text += `${literal} `;
        } else if (token === "\n" && directive) {
            directive = false;
            open = undefined;
        } else if (token === "#") {
            directive = true;
            open = undefined;
        } else if (!joining.test(token) && !token.startsWith("/")) {
            open = undefined;
        }
        line += token.split("\n").length - 1;
    }
    return texts;
}
