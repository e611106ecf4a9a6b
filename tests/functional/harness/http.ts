// Requests exactly as on the wire, for what a typed client would not send.
export interface FieldError {
  field: string;
  code: string;
  message: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors: FieldError[];
  request_id: string;
}

export interface Asked {
  /** A string or bytes go as they are, anything else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  token?: string | undefined;
  /** Idempotency-Key */
  key?: string | undefined;
  signal?: AbortSignal;
}

export class Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;

  constructor(status: number, headers: Headers, text: string) {
    this.status = status;
    this.headers = headers;
    this.text = text;
  }

  header(name: string): string | null {
    return this.headers.get(name);
  }

  json<T = Record<string, unknown>>(): T {
    try {
      return JSON.parse(this.text) as T;
    } catch (error) {
      throw new Error(`answer ${this.status} is no JSON: ${this.text.slice(0, 300)}`, { cause: error });
    }
  }

  get problem(): Problem {
    const type = this.header("content-type");
    if (type !== "application/problem+json") throw new Error(`${this.status} ${type}: ${this.text.slice(0, 300)}`);
    return this.json<Problem>();
  }

  /** For messages: the status, and the code if it is a problem. */
  get brief(): string {
    return this.status < 400 ? String(this.status) : `${this.status} ${this.text.slice(0, 500)}`;
  }
}

function bodyOf(body: unknown): string | Uint8Array | undefined {
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array) return body;
  return JSON.stringify(body);
}

export async function send(origin: string, method: string, path: string, asked: Asked = {}): Promise<Answer> {
  const headers = new Headers(asked.headers);
  if (asked.token !== undefined) headers.set("authorization", `Bearer ${asked.token}`);
  if (asked.key !== undefined) headers.set("idempotency-key", asked.key);
  const body = bodyOf(asked.body);
  if (body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
  const response = await fetch(origin + path, {
    method,
    headers,
    body: (body ?? null) as BodyInit | null,
    redirect: "manual",
    ...(asked.signal ? { signal: asked.signal } : {}),
  });
  // A stream has no end: what it says is for EventStream.
  const streams = response.headers.get("content-type") === "text/event-stream";
  if (streams) await response.body?.cancel();
  return new Answer(response.status, response.headers, streams ? "" : await response.text());
}
