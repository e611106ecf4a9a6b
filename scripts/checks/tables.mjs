// tables.mjs ROOT: see tables.sh. Prints what is wrong, a line each, and ends with 1 if there is anything.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sqlTexts } from "../lib/cpp_strings.mjs";
import { sqlTables } from "../lib/sql_tables.mjs";
import { sampleFolders } from "./samples.mjs";

const root = process.argv[2];
const api = join(root, "apps/api");
const schemaFile = "packages/database/schema.sql";
const listFile = "docs/architecture.md";
const heading = "## Who owns which table";
const complaints = [];
const complain = (where, what) => complaints.push(`${where}: ${what}`);
const read = (file) => readFileSync(join(root, file), "utf8");

// src/features/trips/repository.cpp -> features/trips; src/jobs/pruning.cpp -> jobs
const folderOf = (path) => path.split("/").slice(1, /^\w+\/(features|adapters)\//.test(path) ? 3 : 2).join("/");

const filesIn = (folder) =>
    readdirSync(join(api, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(api.length + 1))
        .sort();
const samples = sampleFolders(api);
const sources = ["src", ...samples].flatMap(filesIn);

// What stands in the database: tables and views, and which tables the triggers of a table write.
function readSchema() {
    const sampleTables = samples.length ? filesIn("samples/migrations").map((path) => readFileSync(join(api, path), "utf8")) : [];
    const schema = [read(schemaFile), ...sampleTables].join("\n");
    const names = [...schema.matchAll(/^create (?:table|view|materialized view) (?:public\.)?(\w+)/gim)];
    const bodies = new Map();
    for (const [, name, , body] of schema.matchAll(/create function (?:public\.)?(\w+)\([\s\S]*?as (\$\w*\$)([\s\S]*?)\2/gi)) {
        bodies.set(name, sqlTables(body).found);
    }
    const triggers = /^create (?:constraint )?trigger \w+ [\s\S]*?\bon (?:public\.)?(\w+)[\s\S]*?execute function (?:public\.)?(\w+)/gim;
    const byTriggers = [...schema.matchAll(triggers)].map(([, table, name]) => ({ table, name, found: bodies.get(name) ?? [] }));
    return { tables: new Set(names.map(([, name]) => name)), byTriggers };
}

// FOLDER/tables.txt: "table  what it holds", a line each.
function readOwners(tables) {
    const owners = new Map();
    for (const path of sources.filter((path) => path.endsWith("/tables.txt"))) {
        readFileSync(join(api, path), "utf8").split("\n").forEach((line, i) => {
            const where = `apps/api/${path}:${i + 1}`;
            const [, table, what] = /^(\w+)\s*(.*)$/.exec(line) ?? [];
            if (!line || line.startsWith("#")) return;
            if (!table || !what) complain(where, "write: table, blanks, what it holds");
            else if (!tables.has(table)) complain(where, `there is no table ${table} in ${schemaFile} (renewed by ./safargo migrate --write-schema)`);
            else if (owners.has(table)) complain(where, `${table} belongs to ${owners.get(table)} already`);
            else owners.set(table, folderOf(path));
        });
    }
    for (const table of tables) {
        if (!owners.has(table)) complain(schemaFile, `${table} has no owner: declare it in the tables.txt of the folder that writes it`);
    }
    return owners;
}

// "| `features/x` | reads `a`, `b` | why |" below the heading -> entries "features/x reads a". A trigger's first column is
// "trigger `function`".
function readList() {
    const section = existsSync(join(root, listFile)) ? (read(listFile).split(`${heading}\n`)[1] ?? "").split("\n## ")[0] : "";
    const entries = new Map();
    for (const line of section.split("\n")) {
        const [, who, verb, tables, why] = /^\| (.*?) \| (reads|writes) (.*?) \| (.*?) \|$/.exec(line) ?? [];
        if (!who) continue;
        const name = who.replaceAll("`", "");
        if (!why.trim()) complain(listFile, `say why ${name} ${verb} ${tables}`);
        for (const [, table] of tables.matchAll(/`(\w+)`/g)) entries.set(`${name} ${verb} ${table}`, { used: false });
    }
    return entries;
}

const { tables, byTriggers } = readSchema();
const owners = readOwners(tables);
const allowed = readList();

function use(where, who, owner, { table, writes }) {
    if (!owners.has(table) || owners.get(table) === owner) return;
    const verb = writes ? "writes" : "reads";
    const entry = allowed.get(`${who} ${verb} ${table}`);
    if (entry) entry.used = true;
    if (entry || (!writes && allowed.has(`${who} writes ${table}`))) return;
    const otherwise = writes ? "" : `, or have the join reviewed ("${heading.slice(3)}" in ${listFile})`;
    complain(where, `${who} ${verb} ${table}, a table of ${owners.get(table)}: ask its service${otherwise}`);
}

for (const path of sources) {
    if (!/\.[ch]pp$/.test(path) || /_(test|fuzz|bench)\.[ch]pp$/.test(path) || /(^|\/)testing\//.test(path)) continue;
    for (const { text, line } of sqlTexts(readFileSync(join(api, path), "utf8"))) {
        const where = `apps/api/${path}:${line}`;
        const { found, ctes } = sqlTables(text);
        for (const each of found) {
            if (each.computed && each.writes) complain(where, "write the table's name out: this check has to read it");
            else use(where, folderOf(path), folderOf(path), each);
        }
        for (const cte of ctes) if (tables.has(cte)) complain(where, `the name of a WITH hides the table ${cte}`);
    }
}
for (const { table, name, found } of byTriggers) {
    for (const each of found.filter(({ writes }) => writes)) use(schemaFile, `trigger ${name}`, owners.get(table), each);
}
for (const [entry, { used }] of allowed) if (!used) complain(listFile, `"${entry}" is not needed any more: delete it`);

for (const line of [...new Set(complaints)]) console.log(line);
process.exit(complaints.length > 0 ? 1 : 0);
