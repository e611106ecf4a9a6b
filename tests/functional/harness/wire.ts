// One TCP connection that speaks HTTP/1.1 and hides nothing: what was received, and whether the server closed it.
import { createConnection, type Socket } from "node:net";

export interface WireAnswer {
  status: number;
  headers: Map<string, string>; // names in lower case
  body: Buffer;
}

/** The connection ended before the answer was complete. */
export class Unanswered extends Error {
  /** Bytes of the answer that were received. */
  readonly received: number;

  constructor(received: number, cause: unknown) {
    super(`the connection ended after ${received} bytes of the answer`, { cause });
    this.received = received;
  }
}

export function get(path: string, headers: Record<string, string> = {}): string {
  return request("GET", path, headers);
}

export function request(method: string, path: string, headers: Record<string, string> = {}, body = ""): string {
  const lines = Object.entries({ Host: "127.0.0.1", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = body === "" ? "" : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}${length}\r\n${body}`;
}

export class Wire {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #ended = false;
  #failure: unknown;
  #wake: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (bytes) => {
      this.#received = Buffer.concat([this.#received, bytes]);
      this.#wake();
    });
    socket.on("error", (error) => {
      this.#failure = error;
    });
    for (const event of ["end", "close"]) {
      socket.on(event, () => {
        this.#ended = true;
        this.#wake();
      });
    }
  }

  /** Rejects if nothing listens on the port. */
  static open(port: number): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const socket = createConnection({ host: "127.0.0.1", port });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        resolve(new Wire(socket));
      });
    });
  }

  /** The server has closed its side. */
  get ended(): boolean {
    return this.#ended;
  }

  write(text: string): void {
    this.#socket.write(text);
  }

  close(): void {
    this.#socket.destroy();
  }

  async ask(text: string): Promise<WireAnswer> {
    this.write(text);
    return this.read(text.startsWith("HEAD "));
  }

  /** The next answer. */
  async read(headOnly = false): Promise<WireAnswer> {
    const head = await this.#take(() => {
      const end = this.#received.indexOf("\r\n\r\n");
      return end < 0 ? -1 : end + 4;
    });
    const [start = "", ...lines] = head.toString("latin1").trimEnd().split("\r\n");
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(start)?.[1]);
    const headers = new Map(lines.map((line) => fieldOf(line)));
    const bodiless = headOnly || status === 204 || status === 304 || status < 200;
    const length = bodiless ? 0 : Number(headers.get("content-length"));
    const body = await this.#take(() => (this.#received.length >= length ? length : -1), head.length);
    return { status, headers, body };
  }

  /** Waits until the server has closed its side. */
  async end(): Promise<void> {
    while (!this.#ended) await this.#more();
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Removes as many bytes from the front as `find` returns, once it is not -1. */
  async #take(find: () => number, before = 0): Promise<Buffer> {
    for (;;) {
      const length = find();
      if (length >= 0) {
        const taken = this.#received.subarray(0, length);
        this.#received = this.#received.subarray(length);
        return taken;
      }
      if (this.#ended) throw new Unanswered(before + this.#received.length, this.#failure);
      await this.#more();
    }
  }
}

function fieldOf(line: string): [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
