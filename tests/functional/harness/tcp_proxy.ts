// A wire between the API and a system, which tests make slow or cut. Bytes keep their order; loopback only.
import { type AddressInfo, createServer, connect, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { atEnd } from "./cleanup.ts";

export class TcpProxy {
  readonly port: number;
  /** How long each piece of data takes, in each direction. */
  delayMs = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  static async to(target: number): Promise<TcpProxy> {
    const server = createServer({ pauseOnConnect: true, noDelay: true });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const proxy = new TcpProxy(server);
    server.on("connection", (client) => proxy.#join(client, target));
    atEnd(() => proxy.close());
    return proxy;
  }

  #join(client: Socket, target: number): void {
    const system = connect({ host: "127.0.0.1", port: target, noDelay: true });
    for (const [from, to] of [[client, system], [system, client]] as const) {
      this.#sockets.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      void this.#carry(from, to);
    }
    client.resume();
  }

  async #carry(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const bytes of from) {
        if (this.delayMs > 0) await pause(this.delayMs);
        if (!to.destroyed) to.write(bytes as Buffer);
      }
      to.end();
    } catch {
      to.destroy();
    }
  }

  /** Ends all connections; new ones are accepted. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.cut();
    await closed;
  }
}
