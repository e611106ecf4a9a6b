// What the test command passes on (scripts/lib/suite_functional.sh).
import { join } from "node:path";

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with ./safargo test --only functional`);
  return value;
}

export const root = required("SAFARGO_ROOT");
export const apiBinary = required("SAFARGO_API_BIN");
/** Of a PostgreSQL server on which databases may be created. */
export const sharedPostgres = required("SAFARGO_TEST_POSTGRES");
export const dataFolder = required("SAFARGO_DATA_DIR");
export const migrationsFolder = join(root, "packages/database/migrations");
/** 1 in CI, more for a night. */
export const scale = Number(process.env["SAFARGO_TEST_SCALE"] ?? "1");
