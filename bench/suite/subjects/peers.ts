// The peers of bench/peers: the alternatives, on the same database, with as many processes as SafarGo has threads
// unless peers.json says otherwise.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { threads } from "./safargo.ts";
import { plainEnvironment, startServer, type Subject } from "./subject.ts";

interface Described {
  name: string;
  command: string[];
  env?: Record<string, string>;
  measures: string[];
}

export function parsePeers(text: string): Described[] {
  const peers = JSON.parse(text) as Described[];
  for (const { name, command, measures } of peers) {
    if (!name || !Array.isArray(command) || command.length === 0 || !Array.isArray(measures)) {
      throw new Error(`peers.json: a peer needs a name, a command and its measures: ${JSON.stringify({ name, command, measures })}`);
    }
  }
  return peers;
}

/** Paths of the command are relative to `folder`; "node" is the Node that runs this. */
function subject({ name, command, env, measures }: Described, folder: string, logs: string): Subject {
  const [program = "", ...args] = command;
  const common = { ...plainEnvironment(), NODE_ENV: "production", WORKERS: String(threads) };
  return {
    name,
    takesPartIn: (kind) => measures.includes(kind),
    start: (databaseUrl) =>
      startServer({
        ...{ name, logs, seconds: 60 },
        command: (port) => ({
          program: program === "node" ? process.execPath : program,
          ...{ args, folder, env: { ...common, PORT: String(port), DATABASE_URL: databaseUrl, ...env } },
        }),
        ready: async (port, running) => new RegExp(`^listening ${port}$`, "m").test(running.output),
      }),
  };
}

export function readPeers(root: string, logs: string): Subject[] {
  return parsePeers(readFileSync(join(root, "bench/peers/peers.json"), "utf8")).map((peer) => subject(peer, root, logs));
}
