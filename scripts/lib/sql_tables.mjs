// Which tables the SQL in a text names: sqlTables("delete from a using b") -> [{table: "a", writes: true}, {table: "b", …}].
// The text may be a piece of a statement (C++ joins them at compile time), so nothing is expected to be complete.

// Words after which `from` takes no table: extract(x from y).
const functionsWithFrom = new Set(["extract", "substring", "trim", "overlay", "position"]);
// Words that end a list of tables.
const endsTables = new Set(
    "where group order having limit offset returning set union intersect except window for fetch do".split(" "),
);
const startsQuery = new Set(["select", "values", "with"]);

function tokensOf(sql) {
    const pattern =
        /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$|"((?:[^"]|"")*)"|([A-Za-z_][\w$]*)|\{\w*\}|\$\d+|[(),;.]|\S/g;
    const tokens = [];
    for (const match of sql.matchAll(pattern)) {
        const [text] = match;
        if (text.startsWith("--") || text.startsWith("/*")) continue;
        if (match[2] !== undefined) tokens.push({ name: match[2] });
        else if (match[3] !== undefined) tokens.push({ name: text, word: text.toLowerCase() });
        else if (text.startsWith("{")) tokens.push({ name: text, computed: true });
        else tokens.push({ sign: text.startsWith("'") ? "'" : text });
    }
    return tokens;
}

// The names of `with a as (…), b (x, y) as materialized (…)`.
function namesOfCtes(tokens) {
    const names = new Set();
    tokens.forEach((token, i) => {
        if (token.word !== "as") return;
        let open = i + 1;
        if (tokens[open]?.word === "not") open++;
        if (tokens[open]?.word === "materialized") open++;
        if (tokens[open]?.sign !== "(") return;
        let name = i - 1;
        if (tokens[name]?.sign === ")") {
            while (name >= 0 && tokens[name].sign !== "(") name--;
            name--;
        }
        const before = tokens[name - 1];
        const begins = before?.word === "with" || before?.word === "recursive" || before?.sign === ",";
        if (tokens[name]?.name && begins) names.add(tokens[name].name);
    });
    return names;
}

// One level of parentheses. `next`: what a name would be that comes now; `list`: what it would be after a comma.
const levelOf = (opener, next) => ({ opener, next, list: undefined });

class Reader {
    constructor(tokens) {
        this.tokens = tokens;
        this.ctes = namesOfCtes(tokens);
        this.levels = [levelOf()];
        this.found = [];
    }

    word(i) {
        return this.tokens[i]?.word;
    }

    // "read" or "write" when a table's name follows the word at i.
    introduces(i, level) {
        const before = this.word(i - 1);
        switch (this.word(i)) {
            case "from":
                if (functionsWithFrom.has(level.opener)) return undefined;
                if (before === "distinct" && ["is", "not"].includes(this.word(i - 2))) return undefined;
                return before === "delete" ? "write" : "read";
            case "join":
                return "read";
            case "using": // of a delete; "join x using (column)" names columns
                return this.tokens[i + 1]?.sign === "(" ? undefined : "read";
            case "update": // neither "for update" nor "on conflict do update" nor "before update on"
                return ["for", "key", "do", "on", "or", "before", "after"].includes(before) ? undefined : "write";
            case "into":
                return ["insert", "merge"].includes(before) ? "write" : undefined;
            case "copy":
                return this.copies(i);
            case "truncate":
                return ["before", "after", "or"].includes(before) ? undefined : "write";
            case "table":
                return ["alter", "lock"].includes(before) ? "write" : undefined;
            default:
                return undefined;
        }
    }

    // "copy t (…) from stdin" writes, "copy t to" reads, "copy (select …) to" reads what stands inside.
    copies(i) {
        const rest = this.tokens.slice(i + 1, i + 200);
        if (rest[0]?.sign === "(" || !rest[0]?.name) return undefined;
        return rest.some((token) => token.word === "from") ? "write" : "read";
    }

    name(i, level) {
        const token = this.tokens[i];
        if (["only", "lateral", "table"].includes(token.word)) return;
        if (this.tokens[i + 1]?.sign === ".") return; // a schema; the table follows
        if (startsQuery.has(token.word)) {
            level.next = level.list = undefined;
            return;
        }
        const called = level.next === "read" && this.tokens[i + 1]?.sign === "("; // unnest(…)
        if (!called && !this.ctes.has(token.name)) {
            this.found.push({ table: token.name, writes: level.next === "write", computed: token.computed === true });
        }
        level.next = undefined;
    }

    open(i, level) {
        const inner = levelOf(this.word(i - 1), level.next === "read" ? "read" : undefined);
        inner.list = inner.next;
        level.next = undefined;
        this.levels.push(inner);
    }

    step(i) {
        const level = this.levels.at(-1);
        const { sign, word, name } = this.tokens[i];
        if (sign === "(") return this.open(i, level);
        if (sign === ")") return this.levels.length > 1 ? this.levels.pop() : undefined;
        if (sign === ";") return (this.levels = [levelOf()]);
        if (sign === ",") return (level.next = level.list);
        const introduced = word && this.introduces(i, level);
        if (introduced) {
            level.next = introduced;
            level.list = word === "from" || word === "using" ? "read" : level.list;
        } else if (name && level.next) {
            this.name(i, level);
        } else if (endsTables.has(word)) {
            level.list = undefined;
        }
        return undefined;
    }

    read() {
        this.tokens.forEach((_, i) => this.step(i));
        return { found: this.found, ctes: this.ctes };
    }
}

export function sqlTables(sql) {
    return new Reader(tokensOf(sql)).read();
}
