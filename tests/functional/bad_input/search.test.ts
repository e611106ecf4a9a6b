// PRODUCT section 4: queries that searches, geography and places refuse.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startWorld } from "../harness/world.ts";
import { refuse } from "./refusals.ts";
import { invalid, row } from "./row.ts";

const world = await startWorld({ seeded: true });
const from = "from=36.7538,3.0588";
const to = "to=35.6971,-0.6308";
const search = `GET /trips/search?${from}&${to}`;
const near = "GET /trips?near=36.7372,3.0869";
const range = "out_of_range";

/** "radius_km=0" must be refused for this reason. */
function wrong(question: string, ...reasons: [query: string, code: string][]) {
  return reasons.map(([query, code]) => {
    return row(`with ${query}`, `${question}&${query}`, {}, invalid, `${query.split("=")[0]}: ${code}`);
  });
}

const points: [string, string][] = [
  ["", "bad_format"],
  ["36.7538", "bad_format"],
  ["36.7538;3.0588", "bad_format"],
  ["36.7538,3.0588,0", "bad_format"],
  ["36.7538,%203.0588", "bad_format"],
  ["Alger,Oran", "bad_format"],
  ["1e1,2", "bad_format"],
  ["nan,0", range],
  ["inf,0", range],
  ["90.01,0", range],
  ["-90.01,0", range],
  ["0,180.01", range],
  ["0,-180.01", range],
];
const dates = ["", "2026-13-01", "2026-02-30", "2026-12-3", "03/12/2026", "tomorrow", "2026-12-03T00:00:00Z"];

describe("a search", () => {
  refuse(world, [
    row("from nowhere", `GET /trips/search?${to}`, {}, invalid, "from: required"),
    row("to nowhere", `GET /trips/search?${from}`, {}, invalid, "to: required"),
    row("for nothing", "GET /trips/search", {}, invalid, "from: required", "to: required"),
    ...points.map(([point, code]) => row(`from "${point}"`, `GET /trips/search?from=${point}&${to}`, {}, invalid, `from: ${code}`)),
    ...points.map(([point, code]) => row(`to "${point}"`, `GET /trips/search?${from}&to=${point}`, {}, invalid, `to: ${code}`)),
    row("from a point as an object", `GET /trips/search?from[lat]=36&from[lng]=3&${to}`, {}, invalid, "from: required", "from[lat]: unknown_field", "from[lng]: unknown_field"),
    ...wrong(search, ...dates.map((date): [string, string] => [`date=${date}`, "bad_format"])),
    ...wrong(
      search,
      ["radius_km=0", range],
      ["radius_km=101", range],
      ["radius_km=2.5", "not_an_integer"],
      ["radius_km=far", "not_an_integer"],
      ["radiusKm=20", "unknown_field"],
      ["flex_days=-1", range],
      ["flex_days=8", range],
      ["seats=0", range],
      ["seats=9", range],
      ["sort=luck", "not_allowed"],
      ["price_max=-1", range],
      ["price_max=1500.5", "not_an_integer"],
      ["hour_from=24", range],
      ["hour_to=0", range],
      ["hour_to=25", range],
      ["instant=yes", "not_allowed"],
      ["women_only=1", "not_allowed"],
      ["pets=", "not_allowed"],
      ["talk=loud", "not_allowed"],
      ["luggage=huge", "not_allowed"],
      ["min_rating=0", range],
      ["min_rating=0.9", range],
      ["min_rating=5.1", range],
      ["min_rating=6", range],
      ["min_rating=4,5", "wrong_type"],
      ["min_rating=good", "wrong_type"],
      ["place_id=sidi-fredj", "bad_format"],
    ),
    ...[1, 8, 23].map((hour) => row(`from ${hour} to ${hour}`, `${search}&hour_from=${hour}&hour_to=${hour}`, {}, invalid, "hour_to: empty_range")),
    row("with several faults", `${search}&seats=9&flex_days=8&x=1`, {}, invalid, `seats: ${range}`, `flex_days: ${range}`, "x: unknown_field"),
  ]);

  for (const edge of ["radius_km=1", "radius_km=100", "flex_days=0", "flex_days=7", "seats=8", "limit=1", "limit=100", "hour_to=24", "hour_from=23&hour_to=1", "price_max=0", "min_rating=1", "min_rating=4.5", "min_rating=4.75", "min_rating=5"]) {
    test(`takes ${edge}`, async () => {
      const answer = await world.api.send("GET", `/api/v1/trips/search?${from}&${to}&date=2030-01-01&${edge}`);
      assert.equal(answer.status, 200, answer.brief);
    });
  }
});

describe("trips near a point", () => {
  refuse(world, [
    row("that is not said", "GET /trips", {}, invalid, "near: required"),
    ...points.map(([point, code]) => row(`"${point}"`, `GET /trips?near=${point}`, {}, invalid, `near: ${code}`)),
    ...wrong(
      near,
      ["radiusKm=0", range],
      ["radiusKm=101", range],
      ["radius_km=20", "unknown_field"],
      ["date=2026-02-30", "bad_format"],
      ["seats=0", range],
      ["seats=9", range],
      ["limit=5", "unknown_field"],
    ),
  ]);
});

describe("geography", () => {
  const suggest = "GET /geo/suggest?q=oran";
  const route = `GET /geo/route?${from}&${to}`;
  refuse(world, [
    row("of an empty name", "GET /geo/suggest?q=%20", {}, invalid, "q: required"),
    row("of too long a name", `GET /geo/suggest?q=${"a".repeat(101)}`, {}, invalid, "q: too_long"),
    ...wrong(suggest, ["limit=0", range], ["limit=21", range]),
    row("of a way from nowhere", `GET /geo/route?${to}`, {}, invalid, "from: required"),
    row("of a way out of this world", `GET /geo/route?${from}&to=91,0`, {}, invalid, `to: ${range}`),
    ...wrong(route, ["fuel=wood", "not_allowed"]),
  ]);
});

describe("places", () => {
  const beaches = "GET /places?type=beach";
  refuse(world, [
    row("of no known type", "GET /places?type=airport", {}, invalid, "type: not_allowed"),
    ...wrong(
      beaches,
      ["wilaya=0", range],
      ["wilaya=100", range],
      ["wilaya=Alger", "not_an_integer"],
      ["q=", "required"],
      ["near=91,0", range],
      ["sort=luck", "not_allowed"],
      ["bbox=1,2,3", "bad_format"],
      ["bbox=a,b,c,d", "bad_format"],
      ["bbox=37,3,36,4", "out_of_order"],
      ["bbox=-91,0,1,1", range],
    ),
    row("within a radius of nothing", `${beaches}&radius_km=5`, {}, invalid, "near: required"),
    row("nearest to nothing", `${beaches}&sort=distance`, {}, invalid, "near: required"),
    ...wrong(`${beaches}&near=36.7,3.0`, ["radius_km=0", range], ["radius_km=1001", range]),
  ]);
});
