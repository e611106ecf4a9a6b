// People who upload their photo again and again, and give up none that they began.
import assert from "node:assert/strict";
import type { Api } from "../harness/api.ts";
import type { Answer } from "../harness/http.ts";
import { type Person, signIn } from "../harness/people.ts";
import { type Permitted, sendFile, smallPng } from "../harness/pictures.ts";

const uploaders = 12; // each may start a hundred uploads a day
const storePatience = 5; // seconds that a browser waits for the store

export class UploadsAtWork {
  readonly #people: Person[];
  /** Begun, and not finished yet. */
  readonly #begun = new Map<Person, Permitted>();

  private constructor(people: Person[]) {
    this.#people = people;
  }

  static async gather(api: Api): Promise<UploadsAtWork> {
    const people: Person[] = [];
    for (let count = 0; count < uploaders; count += 1) people.push(await signIn(api));
    return new UploadsAtWork(people);
  }

  /** The next person goes one upload further; the answer is that of finishing it, or the refusal to begin one. */
  async upload(api: Api, turn: number): Promise<Answer> {
    const person = this.#people[turn % uploaders] as Person;
    const ask = (path: string, body: object = {}) => api.send("POST", `/api/v1/uploads${path}`, { token: person.token, body });
    let permitted = this.#begun.get(person);
    if (permitted === undefined) {
      const asked = await ask("", { purpose: "profile_photo", content_type: "image/png", bytes: smallPng.length });
      if (asked.status !== 201) return asked;
      permitted = asked.json<Permitted>();
      this.#begun.set(person, permitted);
    }
    const stored = await store(permitted);
    const finished = await ask(`/${permitted.id}/finish`);
    if (finished.status === 200) this.#begun.delete(person);
    // The store came back after it had missed the file.
    if (!stored && finished.status === 409) return this.upload(api, turn);
    return finished;
  }
}

/** Whether the store took the file; false if it gave no answer. */
async function store(permitted: Permitted): Promise<boolean> {
  let answer: Response;
  try {
    answer = await sendFile(permitted, smallPng, AbortSignal.timeout(storePatience * 1000));
  } catch {
    return false;
  }
  assert.ok(answer.ok || answer.status >= 500, `the store answers ${answer.status}: ${await answer.text()}`);
  return answer.ok;
}
