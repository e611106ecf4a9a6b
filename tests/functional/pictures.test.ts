// A photo's way: asked for, sent to the store, finished, shown on every replica, replaced, and gone with its files.
import assert from "node:assert/strict";
import { test } from "node:test";
import { good, newDriver, publishTrip } from "./harness/journeys.ts";
import { signIn } from "./harness/people.ts";
import { askUpload, finishedUpload, sendFile, smallPng } from "./harness/pictures.ts";
import { eventually } from "./harness/waiting.ts";
import { startApi, startWorld } from "./harness/world.ts";

const { database, api } = await startWorld();
const replica = await startApi(database);
const driver = await newDriver(api, { name: "Ahmed Benali" });
const stranger = await signIn(api, { name: "Lina Haddad" });

/** A WebP file, or the status of the refusal. */
async function fetched(url: string): Promise<string | number> {
  const answer = await fetch(url);
  const file = Buffer.from(await answer.arrayBuffer());
  return answer.ok ? file.subarray(8, 12).toString() : answer.status;
}

test("a photo is shown with the profile, the trip and the search, at every replica", async () => {
  const trip = await publishTrip(driver);
  const upload_id = await finishedUpload(driver, "profile_photo");
  const { photo } = await good(driver.client.PUT("/users/me/photo", { body: { upload_id } }));
  assert.equal(photo?.id, upload_id);
  for (const size of ["small", "medium", "large"] as const) assert.equal(await fetched(photo[size]), "WEBP");
  for (const at of [api, replica]) {
    const client = stranger.clientOf(at);
    assert.deepEqual((await good(client.GET("/users/{id}", { params: { path: { id: driver.id } } }))).photo, photo);
    await eventually(`the trip at ${at.origin}`, async () => {
      const shown = await good(client.GET("/trips/{id}", { params: { path: { id: trip.id } } }));
      return shown.driver.photo?.small === photo.small;
    });
    await eventually(`the search at ${at.origin}`, async () => {
      const query = { from: "36.7538,3.0588", to: "35.6971,-0.6308" };
      const { items } = await good(client.GET("/trips/search", { params: { query } }));
      return items.some(({ trip_id, driver: card }) => trip_id === trip.id && card.photo?.small === photo.small);
    });
  }
});

test("a photo that is replaced or removed is deleted", async () => {
  const first = await finishedUpload(stranger, "profile_photo");
  const { photo } = await good(stranger.client.PUT("/users/me/photo", { body: { upload_id: first } }));
  const second = await finishedUpload(stranger, "profile_photo");
  const { photo: newer } = await good(stranger.client.PUT("/users/me/photo", { body: { upload_id: second } }));
  await eventually("the first is gone", async () => (await fetched(photo?.large ?? "")) !== "WEBP");
  assert.equal(await fetched(newer?.large ?? ""), "WEBP");
  await good(stranger.client.DELETE("/users/me/photo"));
  await eventually("the second is gone", async () => (await fetched(newer?.large ?? "")) !== "WEBP");
  assert.equal(await database.value<string>("select count(*)::text from pictures where owner_id = $1", stranger.id), "0");
});

test("photos of a vehicle are shown with its trips", async () => {
  const upload_id = await finishedUpload(driver, "vehicle_photo");
  const path = { id: driver.vehicle };
  const vehicle = await good(driver.client.POST("/vehicles/{id}/photos", { params: { path }, body: { upload_id } }));
  assert.deepEqual(vehicle.photos.map(({ id }) => id), [upload_id]);
  const { items } = await good(driver.client.GET("/users/me/trips"));
  assert.equal(items[0]?.vehicle.photos[0]?.small, vehicle.photos[0]?.small);
});

test("a document has no address, and its own file is not kept", async () => {
  const permitted = await askUpload(stranger, "kyc_document");
  assert.equal((await sendFile(permitted)).ok, true);
  const path = { id: permitted.id };
  const finished = await good(stranger.client.POST("/uploads/{id}/finish", { params: { path } }));
  assert.deepEqual(finished, { id: permitted.id, small: null, medium: null, large: null });
});

test("a file that is no picture is refused for good, in the reader's words", async () => {
  const file = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
  const permitted = await askUpload(stranger, "profile_photo", file);
  assert.equal((await sendFile(permitted, file)).ok, true);
  for (let time = 0; time < 2; time += 1) {
    const answer = await stranger.send("POST", `/uploads/${permitted.id}/finish`, { headers: { "accept-language": "en" } });
    assert.equal(answer.status, 422);
    assert.equal(answer.problem.code, "picture_refused");
    assert.match(answer.problem.detail, /not a JPEG, PNG or WebP photo/);
  }
});

test("the store takes no other file than the permitted one", async () => {
  const permitted = await askUpload(stranger, "profile_photo");
  assert.equal((await sendFile(permitted, Buffer.concat([smallPng, Buffer.from("<html>")]))).ok, false);
  const forged = { ...permitted, fields: { ...permitted.fields, key: "public/pictures/mine.webp" } };
  assert.equal((await sendFile(forged)).ok, false);
});
