// What a browser does with a picture: asks for a form, posts it to the store, says that it is done.
import type { Api } from "./api.ts";
import type { Answer } from "./http.ts";
import type { Person } from "./people.ts";

export interface UploadForm {
  id: string;
  url: string;
  fields: Record<string, string>;
  expires_at: string;
}

export function askToUpload(api: Api, person: Person, file: Buffer, purpose = "profile_photo"): Promise<Answer> {
  const body = { purpose, content_type: "image/png", bytes: file.length };
  return api.send("POST", "/api/v1/uploads", { token: person.token, body });
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

export function finishUpload(api: Api, person: Person, form: UploadForm): Promise<Answer> {
  return api.send("POST", `/api/v1/uploads/${form.id}/finish`, { token: person.token });
}
