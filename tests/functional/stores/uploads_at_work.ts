// People who upload their photo again and again, and give up none that they began.
import assert from "node:assert/strict";
import type { Api } from "../harness/api.ts";
import type { Answer } from "../harness/http.ts";
import { type Person, signIn } from "../harness/people.ts";
import { png } from "../harness/png.ts";
import { askToUpload, finishUpload, postToStore, type UploadForm } from "../harness/uploads.ts";

const file = png(64, 48);
const uploaders = 12; // each may start a hundred uploads a day

export class UploadsAtWork {
  readonly #people: Person[];
  /** Begun, and not finished yet. */
  readonly #begun = new Map<Person, UploadForm>();

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
    let form = this.#begun.get(person);
    if (form === undefined) {
      const asked = await askToUpload(api, person, file);
      if (asked.status !== 201) return asked;
      form = asked.json<UploadForm>();
      this.#begun.set(person, form);
    }
    const stored = await postToStore(form, file);
    assert.ok(stored === undefined || stored < 300 || stored >= 500, `the store answers ${stored}`);
    const finished = await finishUpload(api, person, form);
    if (finished.status === 200) this.#begun.delete(person);
    // The store came back after it had missed the file.
    if (stored === undefined && finished.status === 409) return this.upload(api, turn);
    return finished;
  }
}
