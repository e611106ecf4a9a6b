// Requests and answers as the people saw them.

/** What a person wants to happen once, however often it has to be requested. */
export type Wish =
  | { act: "book"; trip: string; from_stop: number; to_stop: number; seats: number; payment_method: "cash" | "sandbox" }
  | { act: "cancel" | "accept" | "decline"; booking: string }
  | { act: "complete_trip" | "cancel_trip"; trip: string };

/** The part of an answered booking that is checked. */
export interface SeenBooking {
  id: string;
  status: string;
  trip_id: string;
  from_stop: number;
  to_stop: number;
  seats: number;
  price: number;
  service_fee: number;
  total: number;
  payment: { id: string; method: string; amount: number };
  passenger: { id: string };
}

/** One request. Without a status its answer was lost. */
export interface Attempt {
  replica: number;
  sent: number; // ms
  ended?: number;
  status?: number;
  code?: string;
  replayed?: boolean; // a stored answer
  booking?: SeenBooking;
  trouble?: string;
}

export interface Operation {
  key: string; // its Idempotency-Key; a booking carries it as its message, too
  who: string;
  wish: Wish;
  givesUp: boolean; // does not ask again when an answer is lost
  attempts: Attempt[];
}

export type Verdict = "done" | "refused" | "unknown";

/** 503 and 504 leave open whether it was done; a key in use and a rate limit mean: retry. */
export function isFinal({ status, code }: Attempt): boolean {
  if (status === undefined || status >= 500 || status === 429) return false;
  return code !== "request_in_progress";
}

export function finalAnswer(operation: Operation): Attempt | undefined {
  return operation.attempts.find(isFinal);
}

export function verdict(operation: Operation): Verdict {
  const status = finalAnswer(operation)?.status;
  if (status === undefined) return "unknown";
  return status < 300 ? "done" : "refused";
}

const shownAttempts = 8;

/** For messages. */
export function describe({ key, who, wish, attempts }: Operation): string {
  const last = attempts.slice(-shownAttempts);
  const answers = last.map(({ replica, status, code, trouble }) => `${replica}:${status ?? trouble}${code ? ` ${code}` : ""}`);
  return `${key} of ${who} ${JSON.stringify(wish)} [${answers.join(", ")}]`;
}

/** The operations of one round, in the order in which they began. */
export class History {
  readonly operations: Operation[] = [];
  #ended = 0;
  #waiting: { count: number; go: () => void }[] = [];

  begin(key: string, who: string, wish: Wish, givesUp: boolean): Operation {
    const operation: Operation = { key, who, wish, givesUp, attempts: [] };
    this.operations.push(operation);
    return operation;
  }

  /** An attempt has got its answer, or will never get one. */
  attemptEnded(): void {
    this.#ended += 1;
    const due = this.#waiting.filter(({ count }) => count <= this.#ended);
    this.#waiting = this.#waiting.filter(({ count }) => count > this.#ended);
    for (const { go } of due) go();
  }

  /** When so many attempts have ended. */
  reached(count: number): Promise<void> {
    if (this.#ended >= count) return Promise.resolve();
    return new Promise((go) => this.#waiting.push({ count, go }));
  }
}
