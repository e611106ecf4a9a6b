// What a browser does with a picture: asks for a form, posts it to the store, says that it is done.
import type { Answer } from "./http.ts";
import type { Person } from "./people.ts";

export interface UploadForm {
  id: string;
  url: string;
  fields: Record<string, string>;
  expires_at: string;
}

export function askToUpload(person: Person, file: Buffer, purpose = "profile_photo"): Promise<Answer> {
  return person.send("POST", "/uploads", { body: { purpose, content_type: "image/png", bytes: file.length } });
}

/** The answer of the store itself; undefined if it gave none in time. */
export async function postToStore(form: UploadForm, file: Buffer, seconds = 5): Promise<number | undefined> {
  const body = new FormData();
  for (const [name, value] of Object.entries(form.fields)) body.append(name, value);
  body.append("file", new Blob([new Uint8Array(file)], { type: "image/png" }));
  try {
    const answer = await fetch(form.url, { method: "POST", body, signal: AbortSignal.timeout(seconds * 1000) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return undefined;
  }
}

export function finishUpload(person: Person, form: UploadForm): Promise<Answer> {
  return person.send("POST", `/uploads/${form.id}/finish`);
}
