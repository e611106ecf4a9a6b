// The PostgreSQL servers of the worlds (bench/worlds.sh makes them).
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { spawn } from "node:child_process";

export interface Cluster {
  home: string;
  /** Of the database "postgres". */
  url: string;
  pid: number;
  madeAt: number;
}

/** Its messages go to our standard error; its answer is the last line of its output. */
function call(root: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", [join(root, "bench/worlds.sh"), ...args], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(output.trim().split("\n").at(-1) ?? "");
      else reject(new Error(`worlds.sh ${args.join(" ")} ended with ${code}`));
    });
  });
}

export async function startCluster(root: string, trips: number, seed: number): Promise<Cluster> {
  const home = await call(root, "start", String(trips), String(seed));
  const [pid = ""] = readFileSync(join(home, "data/postmaster.pid"), "utf8").split("\n");
  const port = readFileSync(join(home, "port"), "utf8").trim();
  return {
    home,
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    pid: Number(pid),
    madeAt: Number(readFileSync(join(home, "made"), "utf8")) * 1000,
  };
}

export async function stopCluster(root: string, { home }: Cluster): Promise<void> {
  await call(root, "stop", home);
}
