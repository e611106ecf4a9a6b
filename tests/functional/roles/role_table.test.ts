// Every route of the contract times every role.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Answer } from "../harness/http.ts";
import { assertProblem } from "../harness/languages.ts";
import { startWorld } from "../harness/world.ts";
import { Cast, type Role, roles } from "./cast.ts";
import { methodOf, type Row, routeOf } from "./row.ts";
import { table } from "./table.ts";

const { api, database } = await startWorld({ seeded: true });
const cast = await Cast.gather(api, database);

const codes: Record<number, string[]> = {
  401: ["unauthenticated"],
  403: ["forbidden", "driver_required", "account_suspended"],
  404: ["not_found"],
};

async function attempt(row: Row, role: Role): Promise<Answer> {
  const { path, body, headers, asker } = await row.prepare(cast, role);
  const token = role === "anonymous" ? undefined : (asker ?? cast.member(role)).token;
  return api.send(methodOf(row), `/api/v1${path}`, { body, token, ...(headers ? { headers } : {}) });
}

interface Described {
  paths: Record<string, Record<string, { responses: object }>>;
}
const contract = (await api.send("GET", "/api/v1/openapi.json")).json<Described>();

test("the table has the routes of the contract, no more and no fewer", () => {
  const routes = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  assert.deepEqual([...new Set(table.map(routeOf))].sort(), routes.sort());
});

test("the contract names every status that a role receives", () => {
  const silent = table.flatMap((row) => {
    const [method = "", path = ""] = routeOf(row).split(" ");
    const named = Object.keys(contract.paths[path]?.[method.toLowerCase()]?.responses ?? {});
    return row.statuses.filter((status) => !named.includes(String(status))).map((status) => `${row.route}: ${status}`);
  });
  assert.deepEqual(silent, []);
});

describe("roles", () => {
  for (const row of table) {
    test(row.route, async () => {
      const wrong: string[] = [];
      for (const [column, role] of roles.entries()) {
        const answer = await attempt(row, role);
        const expected = row.statuses[column] as number;
        if (answer.status !== expected) wrong.push(`${role}: ${answer.brief} instead of ${expected}`);
        else if (codes[expected]) assert.ok(codes[expected].includes(answer.problem.code), answer.brief);
      }
      assert.deepEqual(wrong, []);
    });
  }
});

describe("a token", () => {
  const publicPath = "/api/v1/trips?near=36.7538,3.0588";

  for (const [what, token] of [
    ["that is none", "nonsense"],
    ["with another's signature", `${cast.driver.token.slice(0, -8)}AAAAAAAA`],
    ["that claims to need no signature", unsigned(cast.driver.token)],
  ] as const) {
    test(`${what} is refused on public routes too`, async () => {
      assertProblem(await api.send("GET", publicPath, { token }), 401, "unauthenticated");
      assertProblem(await api.send("GET", "/api/v1/users/me", { token }), 401, "unauthenticated");
    });
  }

  test("of another scheme is refused", async () => {
    const headers = { authorization: "Basic dXNlcjpwYXNz" };
    assertProblem(await api.send("GET", publicPath, { headers }), 401, "unauthenticated");
  });

  test("of a banned account is refused at once", async () => {
    const person = await cast.another("stranger");
    assert.equal((await person.send("GET", "/users/me")).status, 200);
    await database.query("update users set status = 'banned' where id = $1", person.id);
    assertProblem(await person.send("GET", "/users/me"), 401, "unauthenticated");
  });

  test("gains and loses rights at once when the role changes", async () => {
    const person = await cast.another("stranger");
    const { id } = await cast.booking();
    assert.equal((await person.send("GET", `/bookings/${id}`)).status, 404);
    await database.query("update users set role = 'admin' where id = $1", person.id);
    assert.equal((await person.send("GET", `/bookings/${id}`)).status, 200);
    await database.query("update users set role = 'user' where id = $1", person.id);
    assert.equal((await person.send("GET", `/bookings/${id}`)).status, 404);
  });
});

function unsigned(token: string): string {
  const payload = token.split(".")[1];
  return `${Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url")}.${payload}.`;
}
