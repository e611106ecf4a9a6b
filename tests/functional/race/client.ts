// A client that wants one thing once: it repeats one key and one body until the answer is final.
import { setTimeout as pause } from "node:timers/promises";
import type { Api } from "../harness/api.ts";
import type { Answer } from "../harness/http.ts";
import type { Person } from "../harness/people.ts";
import { type Attempt, finalAnswer, type History, isFinal, type Operation, type SeenBooking, type Wish } from "./history.ts";
import type { Random } from "./random.ts";

const answerWithin = 30_000; // ms, more than the server gives itself
const patience = 60_000; // ms, for a final answer

function requestOf({ key, wish }: Operation): { path: string; body: unknown } {
  switch (wish.act) {
    case "book": {
      const { trip, from_stop, to_stop, seats, payment_method } = wish;
      return { path: "/bookings", body: { trip_id: trip, from_stop, to_stop, seats, payment_method, message: key } };
    }
    case "complete_trip":
    case "cancel_trip":
      return { path: `/trips/${wish.trip}/${wish.act === "complete_trip" ? "complete" : "cancel"}`, body: {} };
    default:
      return { path: `/bookings/${wish.booking}/${wish.act}`, body: {} };
  }
}

function note(attempt: Attempt, answer: Answer, wish: Wish): void {
  attempt.status = answer.status;
  if (answer.status >= 400) attempt.code = answer.problem.code;
  else if (answer.header("idempotency-replayed") === "true") attempt.replayed = true;
  if (answer.status < 300 && wish.act === "book") attempt.booking = answer.json<SeenBooking & Record<string, unknown>>();
}

export class Client {
  readonly #replicas: Api[];
  readonly #history: History;
  readonly #random: Random;

  constructor(replicas: Api[], history: History, random: Random) {
    this.#replicas = replicas;
    this.#history = history;
    this.#random = random;
  }

  /** Asks this replica first, then either, until the answer is final. */
  async carryOut(person: Person, operation: Operation, first: number): Promise<void> {
    const deadline = performance.now() + patience;
    for (let replica = first; ; replica += 1) {
      const attempt = await this.#ask(person, operation, replica % this.#replicas.length);
      if (isFinal(attempt) || attempt.status === 500) return;
      if (operation.givesUp && attempt.code !== "request_in_progress") return;
      if (performance.now() > deadline) return;
      await pause(100 + this.#random.below(300)); // as people and their programs do before they retry
    }
  }

  /** What an operation's key remembers. It does remember something, so nothing is done again. */
  async recall(person: Person, operation: Operation): Promise<Attempt | undefined> {
    const again: Operation = { ...operation, givesUp: false, attempts: [] };
    await this.carryOut(person, again, this.#random.below(this.#replicas.length));
    return finalAnswer(again);
  }

  async #ask(person: Person, operation: Operation, replica: number): Promise<Attempt> {
    const { key, wish } = operation;
    const { path, body } = requestOf(operation);
    const attempt: Attempt = { replica, sent: performance.now() };
    operation.attempts.push(attempt);
    try {
      const asked = { token: person.token, key, body, signal: AbortSignal.timeout(answerWithin) };
      note(attempt, await (this.#replicas[replica] as Api).send("POST", `/api/v1${path}`, asked), wish);
    } catch (error) {
      attempt.trouble = String((error as Error).cause ?? error);
    }
    attempt.ended = performance.now();
    this.#history.attemptEnded();
    return attempt;
  }
}
