// One round: everyone wants the seats of two trips, something breaks, and the judge checks the outcome.
import type { Driver, Trip } from "../harness/journeys.ts";
import type { Person } from "../harness/people.ts";
import { eventually } from "../harness/waiting.ts";
import { endTroubles, strike, troubleHolds } from "./blows.ts";
import { Client } from "./client.ts";
import { findViolations } from "./checker.ts";
import { type Facts, type KeyFact, readFacts } from "./facts.ts";
import { finalAnswer, History, type Operation, type Wish } from "./history.ts";
import type { ClientPlan, RoundPlan, Shape, Step } from "./plan.ts";
import type { Random } from "./random.ts";
import type { RaceWorld } from "./world.ts";

const troubledHolds = 3;

export interface RoundOutcome {
  operations: Operation[];
  facts: Facts;
  violations: string[];
}

export class Round {
  readonly #world: RaceWorld;
  readonly #plan: RoundPlan;
  readonly #name: string;
  readonly #random: Random;
  readonly #history = new History();
  readonly #client: Client;
  #trips: Trip[] = [];
  #over = false;
  #lastKey = 0;

  constructor(world: RaceWorld, name: string, plan: RoundPlan, random: Random) {
    this.#world = world;
    this.#plan = plan;
    this.#name = name;
    this.#random = random;
    this.#client = new Client(world.replicas, this.#history, random);
  }

  async run(shape: Shape): Promise<RoundOutcome> {
    const { clients, blowAfter, modes, trouble } = this.#plan;
    this.#trips = await this.#world.publish(shape, modes);
    await troubleHolds(this.#world, trouble, troubledHolds);
    const passengers = Promise.all(clients.map((plan, index) => this.#travel(this.#world.people[index] as Person, plan)));
    const drivers = Promise.all(this.#trips.filter((_, index) => modes[index] === "approval").map((trip) => this.#decide(trip)));
    await Promise.race([this.#history.reached(blowAfter), passengers]);
    await strike(this.#world, this.#plan);
    await passengers;
    this.#over = true;
    await drivers;
    await endTroubles(this.#world);
    const violations = this.#judge("after the race", await this.#facts());
    await Promise.all(this.#trips.map((trip) => this.#end(trip)));
    const facts = await this.#facts();
    violations.push(...this.#judge("after the ride", facts));
    return { operations: this.#history.operations, facts, violations };
  }

  #begin(who: Person, wish: Wish, givesUp = false): Operation {
    this.#lastKey += 1;
    return this.#history.begin(`${this.#name}-${this.#lastKey}`, who.id, wish, givesUp);
  }

  async #travel(person: Person, { lines }: ClientPlan): Promise<void> {
    await Promise.all(
      lines.map(async (steps) => {
        for (const step of steps) await this.#try(person, step);
      }),
    );
  }

  async #try(person: Person, step: Step): Promise<void> {
    const { from_stop, to_stop, seats, payment_method, givesUp } = step;
    const trip = (this.#trips[step.trip] as Trip).id;
    const operation = this.#begin(person, { act: "book", trip, from_stop, to_stop, seats, payment_method }, givesUp);
    const replica = this.#random.below(2);
    const fingers = step.twice ? [replica, 1 - replica] : [replica];
    await Promise.all(fingers.map((first) => this.#client.carryOut(person, operation, first)));
    const booking = finalAnswer(operation)?.booking?.id;
    if (booking === undefined || !step.cancels) return;
    await this.#client.carryOut(person, this.#begin(person, { act: "cancel", booking }, givesUp), replica);
  }

  /** On a trip with approval: the driver accepts, declines, or does nothing. */
  async #decide(trip: Trip): Promise<void> {
    const driver = this.#world.driverOf(trip);
    const seen = new Set<string>();
    await eventually("the passengers are done", async () => {
      const over = this.#over;
      const requests = await this.#requests(driver, trip);
      const fresh = requests.filter((id) => !seen.has(id));
      for (const booking of fresh) {
        seen.add(booking);
        await this.#answer(driver, booking);
      }
      return over && fresh.length === 0;
    }, { seconds: 120, every: 50 });
  }

  async #requests(driver: Driver, trip: Trip): Promise<string[]> {
    const replica = this.#world.replicas[this.#random.below(2)];
    const path = `/api/v1/trips/${trip.id}/bookings?status=requested&limit=100`;
    const answer = await replica?.send("GET", path, { token: driver.token });
    if (answer?.status !== 200) return [];
    return answer.json<{ items: { id: string }[] }>().items.map(({ id }) => id);
  }

  async #answer(driver: Driver, booking: string): Promise<void> {
    if (this.#random.chance(0.2)) return;
    const act = this.#random.chance(0.7) ? "accept" : "decline";
    await this.#client.carryOut(driver, this.#begin(driver, { act, booking }), this.#random.below(2));
  }

  #end(trip: Trip): Promise<void> {
    const driver = this.#world.driverOf(trip);
    const operation = this.#begin(driver, { act: this.#plan.ending, trip: trip.id });
    return this.#client.carryOut(driver, operation, this.#random.below(2));
  }

  /** The test's own connections may have to be reopened first. */
  async #facts(): Promise<Facts> {
    const trips = this.#trips.map(({ id }) => id);
    const facts = await eventually("the database answers", () => readFacts(this.#world.database, trips, `${this.#name}-`));
    await Promise.all(facts.keys.map((key) => this.#recall(key)));
    return facts;
  }

  async #recall(kept: KeyFact): Promise<void> {
    const operation = this.#history.operations.find(({ key }) => key === kept.key);
    const person = this.#world.people.find(({ id }) => id === kept.user);
    if (!operation || !person) return;
    const answer = await this.#client.recall(person, operation);
    kept.status = answer?.status ?? null;
    kept.booking = answer?.booking?.id ?? null;
  }

  #judge(when: string, facts: Facts): string[] {
    return findViolations(this.#history.operations, facts).map((violation) => `${when}: ${violation}`);
  }
}
