// Many rounds of one shape, and what must hold after all of them.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root, scale } from "../harness/environment.ts";
import { eventually } from "../harness/waiting.ts";
import { findBrokenRules } from "./checker.ts";
import { readFacts } from "./facts.ts";
import { type Attempt, isFinal, type Operation, verdict } from "./history.ts";
import { planRound, type RoundPlan, type Shape } from "./plan.ts";
import { type Random, replay } from "./random.ts";
import { Round, type RoundOutcome } from "./round.ts";
import type { RaceWorld } from "./world.ts";

const roundsInCi = 50;
const settledWithin = 120 * scale; // seconds
const shownViolations = 20;

/** What happened, in numbers: a race in which nothing was lost proves nothing. */
export interface Tally {
  rounds: number;
  booked: number;
  refused: number;
  unanswered: number; // attempts
  unavailable: number; // attempts
  replayed: number; // bookings whose first answer was lost, and that were answered again
  unheard: number; // bookings whose answer never arrived
}

function countAttempts(operations: Operation[], is: (attempt: Attempt) => boolean): number {
  return operations.reduce((sum, { attempts }) => sum + attempts.filter(is).length, 0);
}

/** Its final answer names a booking that an unanswered attempt had made. */
function wasReplayed(operation: Operation): boolean {
  return !operation.attempts.some((attempt) => isFinal(attempt) && !attempt.replayed);
}

export class Scenario {
  readonly shape: Shape;
  readonly tally: Tally = { rounds: 0, booked: 0, refused: 0, unanswered: 0, unavailable: 0, replayed: 0, unheard: 0 };
  readonly #world: RaceWorld;
  readonly #random: Random;
  readonly #seed: number;
  /** Bookings by id, and what became of them. */
  readonly #promised = new Map<string, string>();

  constructor(world: RaceWorld, shape: Shape, random: Random, seed: number) {
    this.#world = world;
    this.shape = shape;
    this.#random = random;
    this.#seed = seed;
  }

  async race(rounds = roundsInCi * scale): Promise<void> {
    for (let number = 1; number <= rounds; number += 1) {
      await this.#world.keepSignedIn();
      const plan = planRound(this.#random.fork(), this.shape);
      const name = `${this.shape.name}-${number}`;
      const outcome = await this.#play(name, plan);
      this.#count(outcome);
      if (number % roundsInCi === 0) console.log(`${this.shape.name}: ${number} of ${rounds} rounds, ${this.tally.booked} booked`);
      if (outcome.violations.length === 0) continue;
      const file = await this.#keep(name, { plan, ...outcome });
      assert.fail(`round ${name} (${plan.blow}, seed ${this.#seed}, see ${file}):\n${outcome.violations.slice(0, shownViolations).join("\n")}`);
    }
  }

  async #play(name: string, plan: RoundPlan): Promise<RoundOutcome> {
    try {
      return await new Round(this.#world, name, plan, this.#random.fork()).run(this.shape);
    } catch (error) {
      throw new Error(`round ${name} (${plan.blow}, ${replay(this.#seed)}) could not be played to its end`, { cause: error });
    }
  }

  #count({ operations, facts }: RoundOutcome): void {
    const bookings = operations.filter(({ wish }) => wish.act === "book");
    const by = Object.groupBy(bookings, verdict);
    const made = new Set(facts.bookings.map(({ message }) => message));
    const { tally } = this;
    tally.rounds += 1;
    tally.booked += by.done?.length ?? 0;
    tally.refused += by.refused?.length ?? 0;
    tally.unanswered += countAttempts(operations, ({ status }) => status === undefined);
    tally.unavailable += countAttempts(operations, ({ status }) => status !== undefined && status >= 500);
    tally.replayed += by.done?.filter(wasReplayed).length ?? 0;
    tally.unheard += by.unknown?.filter(({ key }) => made.has(key)).length ?? 0;
    for (const { id, status } of facts.bookings) this.#promised.set(id, status);
  }

  async #keep(name: string, what: object): Promise<string> {
    const folder = join(root, ".safargo/logs/test");
    await mkdir(folder, { recursive: true });
    const file = join(folder, `race_${this.#seed}_${name}.json`);
    await writeFile(file, JSON.stringify(what, undefined, 1));
    return file;
  }

  /** Runs every provider task: late ones at once, and those whose runner was killed. What is told to several subscribers
   * is a row for each, so deliveries count, too. */
  async settle(): Promise<void> {
    await eventually("every provider task is done", async () => {
      // Only what needs it, and nothing that the dispatchers hold: there may be tens of thousands.
      await this.#world.database.query(`update outbox set available_at = least(available_at, now()), leased_until = null
        where id = any (array(select id from outbox where sent_at is null and dead_at is null
          and (available_at > now() or leased_until <= now() + interval '50 s') for update skip locked))`);
      return (await this.#world.database.value<number>("select count(*) from outbox where sent_at is null and dead_at is null")) === 0;
    }, { seconds: settledWithin, every: 500 });
  }

  /** Over all bookings of all rounds: no later crash lost anything of an earlier round. */
  async brokenAtTheEnd(): Promise<string[]> {
    const facts = await readFacts(this.#world.database, null);
    const found = new Map(facts.bookings.map(({ id, status }) => [id, status]));
    const broken = findBrokenRules(facts);
    for (const [id, status] of this.#promised) {
      const now = found.get(id);
      const paid = status === "completed" && now === "settled";
      if (now !== status && !paid) broken.push(`booking ${id} was ${status} and is ${now}`);
      if (now === "completed") broken.push(`booking ${id} was never settled`);
    }
    return broken;
  }
}
