// Runs safargo-load against a subject and watches what the processes take meanwhile.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { busySeconds, cpuSeconds, residentMegabytes } from "../machine/processes.ts";
import { LoggedProgram } from "../subjects/program.ts";
import { plainEnvironment, type Running } from "../subjects/subject.ts";
import { type LoadPlan, writePlan } from "./plan.ts";
import { type Loaded, parseReport, type Usage } from "./report.ts";

export interface Generator {
  binary: string;
  /** Where plans and reports go. */
  folder: string;
}

interface Taken {
  at: number;
  subject: number;
  postgres: number;
  bench: number;
  machine: number;
}

function take(pids: readonly number[], postgres: number): Taken {
  const subject = pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  // The generator is a child of this process, and so are the subjects.
  return { at: performance.now(), subject, postgres: cpuSeconds(postgres), bench: cpuSeconds(process.pid), machine: busySeconds() };
}

/** From the end of the warm-up to the end of the measured part, or of the program when it ends early. */
async function watch(program: LoggedProgram, pids: readonly number[], postgres: number, plan: LoadPlan): Promise<Usage> {
  const over = new AbortController();
  const wait = (seconds: number): Promise<unknown> => pause(seconds * 1000, undefined, { signal: over.signal }).catch(() => undefined);
  void program.ended.finally(() => over.abort()).catch(() => undefined);
  await wait(plan.warmupSeconds);
  const before = take(pids, postgres);
  await wait(plan.seconds);
  const after = take(pids, postgres);
  const grown = (name: keyof Taken): number => after[name] - before[name];
  return {
    seconds: grown("at") / 1000,
    subject: grown("subject"),
    postgres: grown("postgres"),
    others: Math.max(0, grown("machine") - grown("bench") - grown("postgres")),
    residentMegabytes: pids.reduce((sum, pid) => sum + residentMegabytes(pid), 0),
  };
}

/** `others` are further processes of the subject, such as a second replica. */
export async function runLoad(
  generator: Generator,
  name: string,
  running: Running,
  postgres: number,
  plan: LoadPlan,
  others: readonly Running[] = [],
): Promise<Loaded> {
  const folder = join(generator.folder, name);
  const file = writePlan(folder, running.origin, plan);
  const output = join(folder, "report.json");
  const program = new LoggedProgram(
    { program: generator.binary, args: [file, "--output", output, "--quiet"], env: plainEnvironment() },
    join(folder, "load.log"),
  );
  const usage = await watch(program, [running.pid, ...others.map((one) => one.pid)], postgres, plan);
  const { code, signal } = await program.ended;
  if (code !== 0) throw new Error(`safargo-load ended with ${code ?? signal}: ${program.output.slice(-400)}`);
  const report = parseReport(readFileSync(output, "utf8"));
  // The plan makes them again from the seed; they are far larger than what they tell.
  for (const part of plan.mix) rmSync(join(folder, `${part.name}.jsonl`));
  return { report, usage };
}
