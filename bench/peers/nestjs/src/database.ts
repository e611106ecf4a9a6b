// Prisma on its pg driver adapter: a pool of ten, statements prepared once and known by name, as Fastify has them.
import { createHash } from "node:crypto";
import { Injectable, type OnModuleInit } from "@nestjs/common";
import { PrismaPg } from "@prisma/adapter-pg";
import { required, sessionOptions } from "../../common/serving.ts";
import { PrismaClient } from "./generated/client.ts";

const names = new Map<string, string>();

// Prisma makes the same text for the same question, with all values as parameters.
function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = `p${createHash("sha256").update(sql).digest("hex").slice(0, 32)}`;
  names.set(sql, name);
  return name;
}

@Injectable()
export class Database extends PrismaClient implements OnModuleInit {
  constructor() {
    const pool = { connectionString: required("DATABASE_URL"), max: 10, options: sessionOptions };
    super({ adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql }) => nameOf(sql) }) });
  }

  async onModuleInit(): Promise<void> {
    await this.$connect();
  }
}
