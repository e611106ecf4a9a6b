// A client of GET /events that hides nothing: every event with its id, heartbeats, what the server says about coming back.
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import type { Api } from "./api.ts";
import { eventually } from "./waiting.ts";

export interface LiveEvent {
  id: string;
  event: string;
  subject: string | null;
  what: string;
  at: string;
}

export interface StreamOptions {
  lastEventId?: string | undefined;
  headers?: Record<string, string>;
}

export class EventStream {
  readonly events: LiveEvent[] = [];
  readonly headers: IncomingMessage["headers"];
  /** Of the last event, or of the beginning of the stream. */
  lastId = "";
  heartbeats = 0;
  /** Milliseconds after which to come back, once the server has said so. */
  retry: number | undefined;
  /** The server has finished its answer; false while it goes on, and after a connection that broke. */
  complete = false;
  over = false;
  readonly #request: ClientRequest;
  readonly #response: IncomingMessage;
  #text = "";

  private constructor(sent: ClientRequest, response: IncomingMessage) {
    this.#request = sent;
    this.#response = response;
    this.headers = response.headers;
    response.setEncoding("utf8");
    response.on("data", (text: string) => this.#read(text));
    response.on("end", () => {
      this.complete = response.complete;
      this.over = true;
    });
    response.on("close", () => {
      this.over = true;
    });
    response.on("error", () => undefined); // the connection broke: `over` says so
  }

  /** Rejects with the status and body of any other answer than a stream. */
  static open(api: Api, token: string, { lastEventId, headers = {} }: StreamOptions = {}): Promise<EventStream> {
    const resume = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
    return new Promise((resolve, reject) => {
      const sent = request({
        host: "127.0.0.1",
        port: api.port,
        path: "/api/v1/events",
        headers: { authorization: `Bearer ${token}`, accept: "text/event-stream", ...resume, ...headers },
        agent: false,
      });
      sent.on("error", reject);
      sent.on("response", (response) => {
        if (response.statusCode === 200) return resolve(new EventStream(sent, response));
        let body = "";
        response.on("data", (bytes) => (body += bytes));
        response.on("end", () => reject(new Error(`no stream: ${response.statusCode} ${body}`)));
      });
      sent.end();
    });
  }

  /** "booking confirmed", in order. */
  get news(): string[] {
    return this.events.map(({ event, what }) => `${event} ${what}`);
  }

  about(subject: string): string[] {
    return this.events.filter((event) => event.subject === subject).map(({ what }) => what);
  }

  /** Waits until it has received this about the subject. */
  async sees(what: string, subject: string, seconds = 10): Promise<LiveEvent> {
    return eventually(
      `${what} about ${subject} is seen`,
      async () => this.events.find((event) => event.what === what && event.subject === subject),
      { seconds },
    );
  }

  async ends(seconds = 20): Promise<void> {
    await eventually("the stream ends", async () => this.over, { seconds });
  }

  /** As a client that has stopped reading, but is still there. */
  stopReading(): void {
    this.#response.pause();
  }

  close(): void {
    this.#request.destroy();
  }

  #read(text: string): void {
    this.#text += text;
    for (let end = this.#text.indexOf("\n\n"); end >= 0; end = this.#text.indexOf("\n\n")) {
      this.#take(this.#text.slice(0, end).split("\n"));
      this.#text = this.#text.slice(end + 2);
    }
  }

  /** As the HTML standard says: an id counts without data, but only data makes an event. */
  #take(lines: string[]): void {
    const fields = new Map<string, string>();
    for (const line of lines) {
      if (line === ": heartbeat") this.heartbeats += 1;
      const colon = line.indexOf(":");
      if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ""));
    }
    this.lastId = fields.get("id") ?? this.lastId;
    if (fields.has("retry")) this.retry = Number(fields.get("retry"));
    const data = fields.get("data");
    if (data === undefined) return;
    const { subject_id: subject, what, at } = JSON.parse(data) as { subject_id: string | null; what: string; at: string };
    this.events.push({ id: this.lastId, event: fields.get("event") ?? "message", subject, what, at });
  }
}
