// What people do all the while: each kind of request at a steady pace, at one replica and then the other. Every answer is kept.
import { setTimeout as pause } from "node:timers/promises";
import type { Api } from "../harness/api.ts";
import type { Answer } from "../harness/http.ts";

export interface Outcome {
  kind: string;
  status: number;
  seconds: number;
  at: number; // performance.now()
  code: string; // of a problem
  retryAfter: number; // seconds, 0 if the answer does not say
}

/** One request; `turn` counts the requests of this kind. Status 0: no answer. */
export type Ask = (api: Api, turn: number) => Promise<Answer>;

function outcomeOf(kind: string, answer: Answer, began: number): Outcome {
  const refused = answer.header("content-type") === "application/problem+json";
  return {
    kind,
    status: answer.status,
    seconds: (performance.now() - began) / 1000,
    at: began,
    code: refused ? answer.problem.code : "",
    retryAfter: Number(answer.header("retry-after") ?? 0),
  };
}

export class Traffic {
  readonly outcomes: Outcome[] = [];
  readonly #replicas: readonly Api[];
  readonly #loops: Promise<void>[] = [];
  #over = false;

  constructor(replicas: readonly Api[]) {
    this.#replicas = replicas;
  }

  /** Goes on until `stop`; an exception is a failure of its own, reported there. */
  keepAsking(kind: string, every: number, ask: Ask): void {
    this.#loops.push(this.#loop(kind, every, ask));
  }

  async #loop(kind: string, every: number, ask: Ask): Promise<void> {
    for (let turn = 0; !this.#over; turn += 1) {
      const replica = this.#replicas[turn % this.#replicas.length] as Api;
      const began = performance.now();
      this.outcomes.push(outcomeOf(kind, await ask(replica, turn), began));
      await pause(Math.max(0, every - (performance.now() - began)));
    }
  }

  since(moment: number): Outcome[] {
    return this.outcomes.filter((outcome) => outcome.at >= moment);
  }

  /** Resolves when every loop has made `more` more requests. */
  async makes(more: number): Promise<void> {
    const kinds = new Set(this.outcomes.map((outcome) => outcome.kind));
    const goal = new Map([...kinds].map((kind) => [kind, this.#count(kind) + more]));
    while ([...goal].some(([kind, count]) => this.#count(kind) < count)) await Promise.race([pause(20), ...this.#failures()]);
  }

  #count(kind: string): number {
    return this.outcomes.filter((outcome) => outcome.kind === kind).length;
  }

  /** Promises that only ever reject: of loops that have ended by an exception. */
  #failures(): Promise<void>[] {
    return this.#loops.map((loop) => loop.then(() => new Promise<void>(() => undefined)));
  }

  async stop(): Promise<void> {
    this.#over = true;
    await Promise.all(this.#loops);
  }
}
