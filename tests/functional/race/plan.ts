// What the people of one round are going to try. Drawn from chance alone; who wins is decided by the servers.
import type { Random } from "./random.ts";

export interface Shape {
  name: string;
  clients: number;
  seats: number;
  /** Labels, places and cumulated prices along the road. */
  stops: { label: string; lat: number; lng: number; price?: number }[];
}

export type Mode = "instant" | "approval";

/** One attempt at seats, and what follows. */
export interface Step {
  trip: number; // 0: the wanted one, 1: another at the same time
  from_stop: number;
  to_stop: number;
  seats: number;
  payment_method: "cash" | "sandbox";
  twice: boolean; // sends it to both replicas at once, like an impatient double tap
  givesUp: boolean; // does not retry when the answer is lost
  cancels: boolean; // when it is booked
}

/** Steps of one line run one after the other; the lines of one client run in parallel. */
export interface ClientPlan {
  lines: Step[][];
}

export type Blow = "none" | "one replica" | "both replicas" | "postgres crash" | "postgres stop" | "everything";
export type ProviderTrouble = "none" | "declined" | "unavailable_before" | "lost_answer";

export interface RoundPlan {
  modes: Mode[]; // of the trips
  clients: ClientPlan[];
  blow: Blow;
  blowAfter: number; // attempts that have ended
  victim: number; // the replica
  trouble: ProviderTrouble;
  ending: "complete_trip" | "cancel_trip";
}

const blows: Blow[] = [
  ...Array<Blow>(5).fill("none"),
  ...Array<Blow>(5).fill("one replica"),
  ...Array<Blow>(2).fill("both replicas"),
  ...Array<Blow>(5).fill("postgres crash"),
  "postgres stop",
  ...Array<Blow>(2).fill("everything"),
];
const troubles: ProviderTrouble[] = ["none", "none", "none", "declined", "unavailable_before", "lost_answer"];

function planStep(random: Random, { seats, stops }: Shape): Step {
  const from = random.below(stops.length - 1);
  return {
    trip: random.chance(0.8) ? 0 : 1,
    from_stop: from,
    to_stop: from + 1 + random.below(stops.length - 1 - from),
    seats: random.chance(0.7) ? 1 : 1 + random.below(seats),
    payment_method: random.chance(0.5) ? "cash" : "sandbox",
    twice: random.chance(0.15),
    givesUp: random.chance(0.25),
    cancels: random.chance(0.3),
  };
}

function planClient(random: Random, shape: Shape): ClientPlan {
  const lines = Array.from({ length: random.chance(0.25) ? 2 : 1 }, () =>
    Array.from({ length: random.chance(0.3) ? 2 : 1 }, () => planStep(random, shape)),
  );
  return { lines };
}

export function planRound(random: Random, shape: Shape): RoundPlan {
  const mode = (): Mode => (random.chance(0.7) ? "instant" : "approval");
  return {
    modes: [mode(), mode()],
    clients: Array.from({ length: shape.clients }, () => planClient(random, shape)),
    blow: random.pick(blows),
    blowAfter: 1 + random.below(Math.ceil(shape.clients * 1.2)),
    victim: random.below(2),
    trouble: random.pick(troubles),
    ending: random.chance(0.5) ? "complete_trip" : "cancel_trip",
  };
}
