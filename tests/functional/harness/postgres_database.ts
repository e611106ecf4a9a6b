// A database of a PostgreSQL server: queries that bypass the API. The bench uses it too.
import pg from "pg";

pg.types.setTypeParser(pg.types.builtins.INT8, Number); // counts and dinars, far below 2^53

/** The rows of the last one. */
export async function command(server: string, ...statements: string[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
}

export class PostgresDatabase {
  readonly url: string;
  readonly #server: string;
  readonly #name: string;
  readonly #pool: pg.Pool;

  protected constructor(server: string, name: string) {
    const url = new URL(server);
    url.pathname = `/${name}`;
    this.url = url.toString();
    this.#server = server;
    this.#name = name;
    this.#pool = new pg.Pool({ connectionString: this.url, max: 2 });
    this.#pool.on("error", () => undefined); // idle connections of a server that was stopped on purpose
  }

  /** Several statements may go at once when none takes values. */
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

  /** Ends its connections; the database stays. */
  async leave(): Promise<void> {
    await this.#pool.end();
  }

  async drop(): Promise<void> {
    await this.leave();
    await command(this.#server, `drop database if exists ${this.#name} with (force)`);
  }
}
