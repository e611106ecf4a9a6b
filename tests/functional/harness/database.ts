// A database for one test file, and queries that bypass the API.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { apiBinary, dataFolder, migrationsFolder, sharedPostgres } from "./environment.ts";
import { run } from "./program.ts";

const int8 = 20;
pg.types.setTypeParser(int8, Number); // counts and dinars, far below 2^53

async function command(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

export class Database {
  readonly url: string;
  readonly #server: string;
  readonly #name: string;
  readonly #pool: pg.Pool;

  private constructor(server: string, name: string) {
    const url = new URL(server);
    url.pathname = `/${name}`;
    this.url = url.toString();
    this.#server = server;
    this.#name = name;
    this.#pool = new pg.Pool({ connectionString: this.url, max: 2 });
    this.#pool.on("error", () => undefined); // idle connections of a server that was stopped on purpose
  }

  /** A new one with the current schema. */
  static async create(server = sharedPostgres): Promise<Database> {
    const name = `functional_${process.pid}_${randomBytes(4).toString("hex")}`;
    await command(server, `create database ${name}`);
    const database = new Database(server, name);
    await run(apiBinary, ["migrate", "--dir", migrationsFolder], { DATABASE_URL: database.url });
    return database;
  }

  /** Loads the wilayas, communes and places of Algeria. */
  async seed(): Promise<void> {
    await run(apiBinary, ["seed"], {
      SAFARGO_ENV: "development",
      SAFARGO_DATA_DIR: dataFolder,
      DATABASE_URL: this.url,
      JWT_SECRET: randomBytes(32).toString("hex"),
    });
  }

  async query<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
    return (await this.#pool.query<T>(sql, values)).rows;
  }

  /** The only column of the only row. */
  async value<T>(sql: string, ...values: unknown[]): Promise<T> {
    const rows = await this.query<Record<string, T>>(sql, ...values);
    const [row] = rows;
    if (rows.length !== 1 || row === undefined) throw new Error(`${rows.length} rows instead of one: ${sql}`);
    return Object.values(row)[0] as T;
  }

  async drop(): Promise<void> {
    await this.#pool.end();
    await command(this.#server, `drop database if exists ${this.#name} with (force)`);
  }
}
