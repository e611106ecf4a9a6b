// Twilio and SendGrid as the API sees them: what they take, how they answer, and how they sign what they report.
import { createHmac, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Environment } from "./api.ts";
import { atEnd } from "./cleanup.ts";

export interface Sms {
  sid: string;
  fields: Record<string, string>;
  date: string;
}

export interface Mail {
  id: string;
  personalizations: { to: { email: string }[]; custom_args: Record<string, string> }[];
  subject: string;
  content: { type: string; value: string }[];
}

const publicUrl = "https://api.safargo.test";
const accountSid = `AC${randomBytes(16).toString("hex")}`;
const authToken = randomBytes(16).toString("hex");
const apiKey = `SG.${randomBytes(24).toString("base64url")}`;
const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

export class MessageVendors {
  readonly sms: Sms[] = [];
  readonly mails: Mail[] = [];
  /** How many of the next SMS are taken without an answer. */
  lost = 0;
  /** How many lists of SMS were asked for. */
  lists = 0;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      void this.#serve(request, response);
    });
  }

  static async start(): Promise<MessageVendors> {
    const server = createServer();
    const vendors = new MessageVendors(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    atEnd(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return vendors;
  }

  /** What makes the API use them. */
  get environment(): Environment {
    const origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return {
      PUBLIC_URL: publicUrl,
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_FROM: "SafarGo",
      TWILIO_API_BASE: origin,
      SENDGRID_API_KEY: apiKey,
      SENDGRID_FROM: "no-reply@safargo.test",
      SENDGRID_API_BASE: origin,
      SENDGRID_WEBHOOK_KEY: keys.publicKey.export({ type: "spki", format: "der" }).toString("base64"),
    };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request);
    const url = new URL(request.url ?? "/", "http://vendor");
    if (url.pathname === `/2010-04-01/Accounts/${accountSid}/Messages.json`) return this.#twilio(request, response, url, text);
    if (url.pathname === "/v3/mail/send") return this.#sendgrid(request, response, text);
    answer(response, 404, { code: 20404 });
  }

  #twilio(request: IncomingMessage, response: ServerResponse, url: URL, text: string): void {
    const wanted = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
    if (request.headers.authorization !== wanted) return answer(response, 401, { code: 20003 });
    if (request.method === "GET") {
      this.lists += 1;
      const found = this.sms.filter((sms) => sms.fields["To"] === url.searchParams.get("To"));
      return answer(response, 200, { messages: found.map((sms) => this.#shown(sms)).reverse() });
    }
    const fields = Object.fromEntries(new URLSearchParams(text));
    const date = new Date().toUTCString().replace("GMT", "+0000");
    const sms = { sid: `SM${randomBytes(16).toString("hex")}`, fields, date };
    this.sms.push(sms);
    if (this.lost > 0) {
      this.lost -= 1;
      request.socket.destroy();
      return;
    }
    answer(response, 201, this.#shown(sms));
  }

  #shown({ sid, fields, date }: Sms): Record<string, unknown> {
    const { To: to, Body: body } = fields;
    return { sid, status: "queued", error_code: null, direction: "outbound-api", to, body, date_created: date };
  }

  #sendgrid(request: IncomingMessage, response: ServerResponse, text: string): void {
    if (request.headers.authorization !== `Bearer ${apiKey}`) return answer(response, 401, { errors: [] });
    const mail = { ...(JSON.parse(text) as Omit<Mail, "id">), id: randomBytes(12).toString("base64url") };
    this.mails.push(mail);
    answer(response, 202, {}, { "x-message-id": mail.id });
  }

  /** A report about an SMS as Twilio calls: the path below the API's origin, and what `send` takes. */
  smsReport(sms: Sms, status: string, { account = accountSid, host = publicUrl } = {}) {
    const called = new URL(sms.fields["StatusCallback"] ?? publicUrl);
    const path = called.pathname + called.search;
    const form: Record<string, string> = { AccountSid: account, MessageSid: sms.sid, MessageStatus: status, To: sms.fields["To"] ?? "" };
    const text = Object.keys(form).sort().map((name) => name + form[name]).join("");
    const signature = createHmac("sha1", authToken).update(host + path + text).digest("base64");
    return {
      path,
      asked: {
        body: new URLSearchParams(form).toString(),
        headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature },
      },
    };
  }

  /** A batch of events as SendGrid calls. */
  mailEvents(events: Record<string, unknown>[], { at = Date.now() } = {}) {
    const body = JSON.stringify(events);
    const time = String(Math.floor(at / 1000));
    const signature = sign("sha256", Buffer.from(time + body), { key: keys.privateKey, dsaEncoding: "der" });
    return {
      path: "/api/v1/notifications/webhook/sendgrid",
      asked: {
        body,
        headers: {
          "content-type": "application/json",
          "x-twilio-email-event-webhook-signature": signature.toString("base64"),
          "x-twilio-email-event-webhook-timestamp": time,
        },
      },
    };
  }
}
