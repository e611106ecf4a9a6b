// The peers of bench/peers: what else could be used, on the same database, with as many processes as SafarGo has threads
// unless peers.json says otherwise.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { threads } from "./safargo.ts";
import { plainEnvironment, startServer, type Subject } from "./subject.ts";

interface Described {
  name: string;
  command: string[];
  env?: Record<string, string>;
  measures: string[];
}

const startSeconds = 60;

export function parsePeers(text: string): Described[] {
  const peers = JSON.parse(text) as Described[];
  for (const { name, command, measures } of peers) {
    if (!name || !Array.isArray(command) || command.length === 0 || !Array.isArray(measures)) {
      throw new Error(`peers.json: a peer needs a name, a command and its measures: ${JSON.stringify({ name, command, measures })}`);
    }
  }
  return peers;
}

/** Paths of the command are relative to the folder that `base` names; "node" is the Node that runs this. */
function subject(peer: Described, folder: string, logs: string): Subject {
  const [program = "", ...args] = peer.command;
  return {
    name: peer.name,
    takesPartIn: (kind) => peer.measures.includes(kind),
    start: (databaseUrl) =>
      startServer({
        name: peer.name,
        logs,
        command: (port) => ({
          program: program === "node" ? process.execPath : program,
          args,
          folder,
          env: {
            ...plainEnvironment(),
            NODE_ENV: "production",
            PORT: String(port),
            DATABASE_URL: databaseUrl,
            WORKERS: String(threads),
            ...peer.env,
          },
        }),
        ready: async (port, running) => new RegExp(`^listening ${port}$`, "m").test(running.output),
        seconds: startSeconds,
      }),
  };
}

/** None when the checkout holds no peers. */
export function readPeers(root: string, logs: string): Subject[] {
  const file = join(root, "bench/peers/peers.json");
  if (!existsSync(file)) return [];
  return parsePeers(readFileSync(file, "utf8")).map((peer) => subject(peer, root, logs));
}
