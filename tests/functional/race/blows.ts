// What hits the servers in the middle of a round. After a blow, everything is up again.
import type { Answer } from "../harness/http.ts";
import { eventually } from "../harness/waiting.ts";
import type { RoundPlan } from "./plan.ts";
import type { RaceWorld } from "./world.ts";

/** SIGKILL, and a new process on the same port. */
async function killReplicas(world: RaceWorld, victims: number[]): Promise<void> {
  const killed = world.replicas.filter((_, index) => victims.includes(index));
  await Promise.all(killed.map((api) => api.kill()));
  await Promise.all(killed.map((api) => api.start()));
}

/**
 * A request that was under way keeps its key in progress for as long as a provider may take (8 s, api/idempotency.hpp),
 * because its process may be dead. Here that time passes at once; otherwise a thousand rounds would wait for an hour.
 */
async function passLongestAfterCommit({ database }: RaceWorld): Promise<void> {
  await eventually("the database answers", () =>
    database.query("update idempotency_keys set created_at = created_at - interval '8 s' where not finished returning key"),
  );
}

export async function strike(world: RaceWorld, plan: RoundPlan): Promise<void> {
  if (plan.blow === "none") return;
  await hit(world, plan);
  await passLongestAfterCommit(world);
}

async function hit(world: RaceWorld, { blow, victim }: RoundPlan): Promise<void> {
  const { server, replicas } = world;
  switch (blow) {
    case "none":
      return;
    case "one replica":
      return killReplicas(world, [victim]);
    case "both replicas":
      return killReplicas(world, [0, 1]);
    case "postgres crash":
      await server.crash();
      return server.start();
    case "postgres stop":
      await server.stop();
      return server.start();
    case "everything": {
      const api = replicas[victim as 0 | 1];
      await Promise.all([api.kill(), server.crash()]);
      await server.start();
      await api.start();
    }
  }
}

async function orderFaults(world: RaceWorld, method: string, body?: object): Promise<Answer> {
  const answer = await world.replicas[0].send(method, "/dev/sandbox/faults", { body });
  if (answer.status >= 300) throw new Error(`the sandbox refused a fault: ${answer.brief}`);
  return answer;
}

/** The next few holds at the payment provider go wrong. */
export async function troubleHolds(world: RaceWorld, outcome: RoundPlan["trouble"], remaining: number): Promise<void> {
  if (outcome !== "none") await orderFaults(world, "POST", { operation: "hold", outcome, remaining });
}

export async function endTroubles(world: RaceWorld): Promise<void> {
  await orderFaults(world, "DELETE");
}
