// messages.mjs FOLDER: FOLDER holds messages/, src/ and perhaps samples/ as apps/api does. Prints every fault of the
// catalogues and fails.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { literalsOf } from "./cpp_literals.mjs";
import { readMessage } from "./icu_message.mjs";
import { sampleFolders } from "./samples.mjs";

const root = process.argv[2];
const languages = ["fr", "ar", "en"];
const plurals = { fr: ["one", "other"], en: ["one", "other"], ar: ["few", "many", "one", "other", "two", "zero"] };

/** C++ whose strings hold letters of people's languages for another reason than to speak to them. Reviewed: keep it short. */
const notWording = [
  ["src/seed/", "what people of the demo write and are called"],
  ["src/matching/testing/", "labels of random worlds"],
  ["src/geo/", "names of places and the words around them, as people type them"],
  ["src/core/contact_", "how people spell out numbers and addresses"],
  ["src/features/users/public_name.cpp", "parts of Algerian names"],
  ["src/features/notifications/sms_parts.cpp", "the alphabet of SMS"],
  ["src/app/codes_command.cpp", "the names of the languages, each in itself"],
  ["src/features/geo/routes.cpp", "spellings of one town, in a description of the contract"],
];

/** An example of the contract is a piece of JSON. */
const isJson = (text) => /^\s*[{["]/.test(text);

const faults = [];
const fault = (where, what) => faults.push(`${where}: ${what}`);
const named = (path) => relative(root, path);
const foldersIn = (path) => (existsSync(path) ? readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : []);
const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");

const features = [...foldersIn(join(root, "src/features")).map(({ name }) => join("src/features", name)), ...sampleFolders(root)];

/** Core, the features and the samples: where each declares, and where its texts are. */
const owners = [
  { declared: join(root, "src/core/declared.def"), messages: join(root, "messages") },
  ...features.map((folder) => ({ declared: join(root, folder, "declared.def"), messages: join(root, folder, "messages") })),
];

/** What is declared needs these texts; rules and notifications also say which arguments they have, notifications after their kind. */
function needs(line) {
  const [, kind, name, , list = ""] = /^SAFARGO_(CODE|RULE|NOTIFICATION)\((\w+)(, *(.*))?\)$/.exec(line) ?? [];
  const values = list.split(/, */).filter(Boolean);
  if (kind === "CODE") return [[`errors.${name}.title`, []], [`errors.${name}.advice`, []]];
  if (kind === "RULE") return [[`rules.${name}`, values]];
  if (kind === "NOTIFICATION") return [[`notifications.${name}.subject`], [`notifications.${name}.text`, values.slice(1)]];
  return [];
}

function readCatalogue(path) {
  const text = read(path);
  const keys = [...text.matchAll(/^\s*"([^"]+)":/gm)].map(([, key]) => key);
  for (const key of keys.filter((one, index) => keys.indexOf(one) !== index)) fault(named(path), `${key} is there twice`);
  try {
    return new Map(Object.entries(JSON.parse(text || "{}")));
  } catch (error) {
    fault(named(path), error.message);
    return new Map();
  }
}

const arabic = /\p{Script=Arabic}/u;

/** The arguments of one text with their kinds, as "days plural, way value"; undefined when it cannot be read. */
function argumentsOf(where, key, text, language) {
  if (typeof text !== "string" || text.trim() === "") return void fault(where, `${key} is empty`);
  if (arabic.test(text) !== (language === "ar")) fault(where, `${key} is not in ${language}: "${text}"`);
  try {
    const { kinds, choices } = readMessage(text);
    for (const chosen of choices.filter(({ kind }) => kind === "plural")) {
      const categories = chosen.selectors.filter((one) => !one.startsWith("=")).sort();
      if (categories.join() !== plurals[language].join())
        fault(where, `${key} counts {${chosen.name}} by ${categories.join(", ")} and not by ${plurals[language].join(", ")}`);
    }
    return [...kinds].map(([name, kind]) => `${name} ${kind}`).sort();
  } catch (error) {
    return void fault(where, `${key} cannot be read: ${error.message}`);
  }
}

/** One key in one folder: there in every language, and speaking of the same. */
function checkText(folder, key, catalogues, declared) {
  let known;
  for (const language of languages) {
    const where = named(join(folder, `${language}.json`));
    const text = catalogues[language].get(key);
    if (text === undefined) {
      fault(where, `${key} is missing`);
      continue;
    }
    const found = argumentsOf(where, key, text, language);
    if (found === undefined) continue;
    known ??= found;
    if (found.join() !== known.join()) fault(where, `${key} speaks of "${found}", another language of "${known}"`);
    const names = found.map((one) => one.split(" ")[0]);
    if (declared && names.join() !== [...declared].sort().join())
      fault(where, `${key} speaks of "${names}", and "${declared}" is declared`);
  }
}

const keys = new Set();
const declaredKeys = new Set();
for (const owner of owners) {
  const needed = new Map(read(owner.declared).split("\n").flatMap(needs));
  const catalogues = Object.fromEntries(languages.map((language) => [language, readCatalogue(join(owner.messages, `${language}.json`))]));
  const all = new Set([...needed.keys(), ...languages.flatMap((language) => [...catalogues[language].keys()])]);
  for (const key of all) {
    if (keys.has(key)) fault(named(owner.messages), `${key} belongs to another folder, too`);
    keys.add(key);
    checkText(owner.messages, key, catalogues, needed.get(key));
  }
  for (const key of needed.keys()) declaredKeys.add(key);
}

const sources = ["src", ...sampleFolders(root)].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((path) => /\.[ch]pp$/.test(path) && !/_test\.[ch]pp$|_fuzz\.cpp$|(^|\/)testing\/[^/]+$/.test(path) && !path.startsWith("testing/"))
    .sort()
    .map((path) => join(folder, path)),
);
const groups = new Set([...keys].map((key) => key.split(".")[0]));
const used = new Set(declaredKeys);
for (const path of sources) {
  const excused = notWording.some(([prefix]) => path.startsWith(prefix));
  for (const { text, line, before } of literalsOf(read(join(root, path)))) {
    if (!excused && !isJson(text) && /[\p{Script=Arabic}\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FF\u0152\u0153]/u.test(text))
      fault(`${path}:${line}`, `words for people belong into a catalogue: "${text.slice(0, 60)}"`);
    const asked = /(plain|format)_text\($/.test(before) || (!/(\.name =|deliveries\()$/.test(before) && /^[a-z_]+(\.[a-z_]+)+$/.test(text) && groups.has(text.split(".")[0]));
    if (asked && !keys.has(text)) fault(`${path}:${line}`, `no catalogue has "${text}"`);
    used.add(text);
  }
}
for (const key of keys) if (!used.has(key)) fault("messages", `${key} is said nowhere`);

for (const each of faults) console.log(each);
if (faults.length === 0) console.log(`${keys.size} texts in ${languages.length} languages`);
process.exitCode = faults.length === 0 ? 0 : 1;
