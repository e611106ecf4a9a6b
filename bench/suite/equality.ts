// Before anything is measured: do the peers give the very answers that SafarGo gives? bench/peers/check.ts compares them.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "./measure.ts";
import type { Equality } from "./model.ts";
import { placeLists, tripsById } from "./requests/readings.ts";
import { jsonLines, type Request } from "./requests/request.ts";
import { searches } from "./requests/searches.ts";
import { LoggedProgram } from "./subjects/program.ts";
import { plainEnvironment, type Subject } from "./subjects/subject.ts";

const each = 60;
const radii = [1, 5, 20, 50, 100];

/** One that only tells its health has nothing to compare. */
export function answersWithData(peer: Subject): boolean {
  return ["trip", "places", "search"].some((kind) => peer.takesPartIn(kind));
}

async function questions(bench: Bench, peer: Subject): Promise<Request[]> {
  const { geography, options, today, world } = bench;
  const seed = options.seed + 1;
  const asked: Request[] = [];
  if (peer.takesPartIn("trip")) asked.push(...tripsById(await world.someTrips(each, seed), seed));
  if (peer.takesPartIn("places")) asked.push(...placeLists(each, seed));
  if (peer.takesPartIn("search")) {
    for (const radiusKm of radii) {
      for (const kind of ["gravity", "hot", "desert"] as const) {
        asked.push(...searches(geography, { kind, count: each / 3, seed: seed + radiusKm, today, radiusKm }));
      }
    }
  }
  return asked;
}

export async function checkEqual(bench: Bench, peer: Subject): Promise<Equality> {
  const asked = await questions(bench, peer);
  const program = join(bench.root, "bench/peers/check.ts");
  if (!existsSync(program)) return { peer: peer.name, compared: 0, equal: false, said: "bench/peers/check.ts is not in this checkout" };
  const file = join(bench.generator.folder, `equal-${peer.name}.jsonl`);
  writeFileSync(file, jsonLines(asked));
  const ours = await bench.safargo.start(bench.world.url);
  try {
    const theirs = await peer.start(bench.world.url);
    try {
      const args = ["--experimental-strip-types", "--no-warnings=ExperimentalWarning", program, ours.origin, theirs.origin, file];
      const check = new LoggedProgram({ program: process.execPath, args, env: plainEnvironment() }, join(bench.logs, `equal-${peer.name}.log`));
      const { code } = await check.ended;
      return { peer: peer.name, compared: asked.length, equal: code === 0, said: check.output.trim().slice(0, 2000) };
    } finally {
      await theirs.stop();
    }
  } finally {
    await ours.stop();
  }
}
