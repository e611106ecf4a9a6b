// A database for one test file, and queries that bypass the API.
import { randomBytes } from "node:crypto";
import { apiBinary, dataFolder, migrationsFolder, sharedPostgres } from "./environment.ts";
import { command, PostgresDatabase } from "./postgres_database.ts";
import { run } from "./program.ts";

export class Database extends PostgresDatabase {
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
}
