// People in the tests: they sign in as users do, with a one-time code from the development outbox.
import { createClient, type SafargoClient } from "@safargo/api-client";
import type { Api } from "./api.ts";
import type { Answer, Asked } from "./http.ts";
import { eventually } from "./waiting.ts";

interface Tokens {
  access_token: string;
  refresh_token: string;
}

interface SignedIn extends Tokens {
  user: { id: string; name: string };
  is_new: boolean;
}

export class Person {
  readonly id: string;
  readonly name: string;
  readonly identifier: string;
  token: string;
  refreshToken: string;
  readonly #api: Api;

  constructor(api: Api, identifier: string, signedIn: SignedIn) {
    this.#api = api;
    this.identifier = identifier;
    this.id = signedIn.user.id;
    this.name = signedIn.user.name;
    this.token = signedIn.access_token;
    this.refreshToken = signedIn.refresh_token;
  }

  /** Gets new tokens before the old ones expire. */
  async renew(): Promise<void> {
    const answer = await this.#api.send("POST", "/api/v1/auth/refresh", { body: { refresh_token: this.refreshToken } });
    if (answer.status !== 200) throw new Error(`${this.identifier} cannot stay signed in: ${answer.brief}`);
    const renewed = answer.json<Tokens>();
    this.token = renewed.access_token;
    this.refreshToken = renewed.refresh_token;
  }

  /** The generated client, signed in. */
  get client(): SafargoClient {
    return this.clientOf(this.#api);
  }

  /** The same person at another replica. */
  clientOf(api: Api): SafargoClient {
    return createClient({ baseUrl: `${api.origin}/api/v1`, headers: { authorization: `Bearer ${this.token}` } });
  }

  /** A request to the API by its path below /api/v1. */
  send(method: string, path: string, asked: Asked = {}): Promise<Answer> {
    return this.#api.send(method, `/api/v1${path}`, { token: this.token, ...asked });
  }
}

/** An ordinary new person. */
export function anonymous(api: Api): SafargoClient {
  return createClient({ baseUrl: `${api.origin}/api/v1` });
}

let lastNumber = 0;

/** An unused Algerian mobile number. */
export function newPhone(): string {
  lastNumber += 1;
  return `+2135${String(lastNumber).padStart(8, "0")}`;
}

interface Message {
  text: string;
  template: string;
}

export async function outbox(api: Api, to: string): Promise<Message[]> {
  const answer = await api.send("GET", `/dev/outbox?to=${encodeURIComponent(to)}`, {
    headers: { accept: "application/json" },
  });
  return answer.json<{ items: Message[] }>().items;
}

async function codesOf(api: Api, identifier: string): Promise<Message[]> {
  return (await outbox(api, identifier)).filter((message) => message.template === "otp");
}

/** Asks for a one-time code and waits until it is delivered. */
export async function newCode(api: Api, identifier: string): Promise<string> {
  const known = (await codesOf(api, identifier)).length;
  const asked = await api.send("POST", "/api/v1/auth/otp/request", { body: { identifier } });
  if (asked.status !== 202) throw new Error(`no code for ${identifier}: ${asked.brief}`);
  return eventually(`a code for ${identifier}`, async () => {
    const codes = await codesOf(api, identifier);
    return codes.length > known && /(?<!\d)\d{6}(?!\d)/.exec(codes[0]?.text ?? "")?.[0];
  });
}

export interface Newcomer {
  identifier?: string;
  name?: string;
}

export async function signIn(api: Api, { identifier = newPhone(), name }: Newcomer = {}): Promise<Person> {
  const code = await newCode(api, identifier);
  const body = name === undefined ? { identifier, code } : { identifier, code, name };
  const verified = await api.send("POST", "/api/v1/auth/otp/verify", { body });
  if (verified.status !== 200) throw new Error(`${identifier} cannot sign in: ${verified.brief}`);
  return new Person(api, identifier, verified.json<SignedIn>());
}
