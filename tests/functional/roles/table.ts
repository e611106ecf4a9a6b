// The expected status of every route for every role.
import { newCode, newPhone } from "../harness/people.ts";
import { bookingOf, newLicence, newVehicle, tripOf } from "../harness/journeys.ts";
import { finishedRow, type Purpose } from "../harness/pictures.ts";
import type { Cast } from "./cast.ts";
import { plain, type Prepare, row } from "./row.ts";

const near = "?near=36.7538,3.0588";
const search = "?from=36.7538,3.0588&to=35.6971,-0.6308";

const draftTrip: Prepare = async (cast) => ({ path: `/trips/${(await cast.trip({ publish: false })).id}` });
const openTrip: Prepare = async (cast) => ({ path: `/trips/${(await cast.trip()).id}` });
const womenOnlyTrip: Prepare = async (cast) => {
  return { path: `/trips/${(await cast.trip({ preferences: { women_only: true } })).id}` };
};

/** An action on what `prepare` made. */
function action(verb: string, prepare: Prepare): Prepare {
  return async (cast, role) => {
    const attempt = await prepare(cast, role);
    return { ...attempt, path: `${attempt.path}/${verb}` };
  };
}

const vehicle: Prepare = async (cast) => {
  const added = await cast.driver.send("POST", "/vehicles", { body: newVehicle() });
  return { path: `/vehicles/${added.json<{ id: string }>().id}` };
};

const requested: Prepare = async (cast) => ({ path: `/bookings/${(await cast.booking({ booking_mode: "approval" })).id}` });
const confirmed: Prepare = async (cast) => ({ path: `/bookings/${(await cast.booking()).id}` });
const boarded: Prepare = async (cast) => ({ path: `/bookings/${(await cast.boarded()).id}` });
const board: Prepare = async (cast) => {
  const booking = await cast.booking();
  return { path: `/bookings/${booking.id}/board`, body: { pin: booking.boarding?.pin } };
};
const missed: Prepare = async (cast) => {
  const booking = await cast.booking();
  const started = await cast.driver.send("POST", `/trips/${booking.trip_id}/start`);
  if (started.status !== 200) throw new Error(`start: ${started.brief}`);
  await cast.database.query("update bookings set pickup_at = now() - interval '16 minutes' where id = $1", booking.id);
  return { path: `/bookings/${booking.id}/no-show` };
};

const held: Prepare = async (cast) => ({ path: `/payments/bookings/${(await cast.booking()).id}` });
const travelled: Prepare = async (cast) => {
  const booking = await cast.booking();
  const answer = await cast.driver.send("POST", `/trips/${booking.trip_id}/complete`);
  if (answer.status !== 200) throw new Error(`complete: ${answer.brief}`);
  return { path: `/payments/bookings/${booking.id}` };
};
const captured: Prepare = async (cast, role) => {
  const { path } = await travelled(cast, role);
  const answer = await cast.member("admin").send("POST", `${path}/capture`);
  if (answer.status !== 200) throw new Error(`capture: ${answer.brief}`);
  return { path: `${path}/refund`, body: { reason: "a test" } };
};

/** A ride that is over, by its id. */
const ridden = async (cast: Cast): Promise<string> => {
  const booking = await cast.booking();
  const answer = await cast.driver.send("POST", `/trips/${booking.trip_id}/complete`);
  if (answer.status !== 200) throw new Error(`complete: ${answer.brief}`);
  return booking.id;
};
const disputable: Prepare = async (cast) => {
  return { path: `/bookings/${await ridden(cast)}/dispute`, body: { reason: "late_arrival", text: "an hour" } };
};
/** By the passenger. */
const disputed = async (cast: Cast): Promise<string> => {
  const booking = await ridden(cast);
  const body = { reason: "late_arrival", text: "an hour" };
  const answer = await cast.passenger.send("POST", `/bookings/${booking}/dispute`, { body });
  if (answer.status !== 200) throw new Error(`dispute: ${answer.brief}`);
  return booking;
};
const answerable: Prepare = async (cast) => {
  return { path: `/bookings/${await disputed(cast)}/dispute/answer`, body: { text: "there was snow" } };
};
const dispute: Prepare = async (cast) => {
  const find = "select id from disputes where booking_id = $1";
  return { path: `/admin/disputes/${await cast.database.value<string>(find, await disputed(cast))}` };
};

/** A finished upload of the one who asks. */
function ownUpload(path: string, purpose: Purpose): Prepare {
  return async (cast, role) => {
    const owner = role === "anonymous" ? cast.passenger : cast.member(role);
    return { path, body: { upload_id: await finishedRow(cast.database, owner, purpose) } };
  };
}
const vehiclePhotos: Prepare = async (cast, role) => {
  const { path } = await vehicle(cast, role);
  return { path: `${path}/photos`, body: { upload_id: await finishedRow(cast.database, cast.driver, "vehicle_photo") } };
};
const vehiclePhoto: Prepare = async (cast, role) => {
  const { path, body } = await vehiclePhotos(cast, role);
  const added = await cast.driver.send("POST", path, { body });
  if (added.status !== 201) throw new Error(`photo: ${added.brief}`);
  return { path: `${path}/${(body as { upload_id: string }).upload_id}` };
};
const placePhoto: Prepare = async (cast) => {
  const photo = await finishedRow(cast.database, cast.member("moderator"), "place_photo");
  const add = "update places set photo_ids = array[$1::uuid] where slug = 'sidi-fredj'";
  await cast.database.query(add, photo);
  return { path: `/admin/places/sidi-fredj/photos/${photo}` };
};
/** An insurance of the passenger. */
function insurance(status: "pending" | "under_review"): Prepare {
  return async (cast) => {
    const owner = cast.passenger;
    await cast.database.query("delete from kyc_documents where user_id = $1", owner.id);
    const insert = `insert into kyc_documents (id, user_id, type, status, picture_id, expires_on, created_at)
      values (gen_random_uuid(), $1, 'insurance', $2, $3, current_date + 30, now()) returning id`;
    const picture = await finishedRow(cast.database, owner, "kyc_document");
    return { path: `/admin/kyc/${await cast.database.value<string>(insert, owner.id, status, picture)}` };
  };
}
const sendIdCard: Prepare = async (cast, role) => {
  const { path, body } = await ownUpload("/kyc/documents", "kyc_document")(cast, role);
  return { path, body: { ...(body as { upload_id: string }), type: "id_card" } };
};
const somebodysUpload: Prepare = async (cast) => {
  const insert = `insert into uploads (id, user_id, purpose, content_type, bytes, state, created_at, expires_at)
    values (gen_random_uuid(), $1, 'profile_photo', 'image/png', 70, 'finished', now(), now()) returning id`;
  return { path: `/uploads/${await cast.database.value<string>(insert, cast.passenger.id)}/finish` };
};

/** With a new person, since the request changes its sender. */
function asNewPerson(path: string, body?: () => unknown): Prepare {
  return async (cast, role) => {
    const asker = await cast.another(role);
    return body ? { path, asker, body: body() } : { path, asker };
  };
}

const verify: Prepare = async (cast) => {
  const identifier = newPhone();
  return { path: "/auth/otp/verify", body: { identifier, code: await newCode(cast.api, identifier) } };
};
const refresh: Prepare = async (cast, role) => {
  const asker = await cast.another(role);
  return { path: "/auth/refresh", body: { refresh_token: asker.refreshToken }, asker };
};
const passengersSession: Prepare = async (cast) => {
  const insert = `insert into sessions (id, user_id, created_at, last_used_at)
    values (gen_random_uuid(), $1, now(), now()) returning id`;
  return { path: `/auth/sessions/${await cast.database.value<string>(insert, cast.passenger.id)}` };
};

/** Of RFC 8291. Without VAPID_PRIVATE_KEY nobody can subscribe. */
const browser = {
  endpoint: "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABl",
  keys: {
    p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth: "BTBZMqHH6r4Tts7J_aSIgg",
  },
};

export const table = [
  //                                           anonymous stranger passenger driver moderator admin suspended
  row("POST /auth/otp/request",                      [202, 202, 202, 202, 202, 202, 202], () => ({ path: "/auth/otp/request", body: { identifier: newPhone() } })),
  row("POST /auth/otp/verify",                       [200, 200, 200, 200, 200, 200, 200], verify),
  row("POST /auth/refresh",                          [200, 200, 200, 200, 200, 200, 200], refresh),
  row("GET /auth/sessions",                          [401, 200, 200, 200, 200, 200, 200], plain("/auth/sessions")),
  row("DELETE /auth/sessions/{id}",                  [401, 404, 204, 404, 404, 404, 404], passengersSession),
  row("POST /auth/logout",                           [401, 204, 204, 204, 204, 204, 204], asNewPerson("/auth/logout")),

  row("GET /users/me",                               [401, 200, 200, 200, 200, 200, 200], plain("/users/me")),
  row("PATCH /users/me",                             [401, 200, 200, 200, 200, 200, 403], () => ({ path: "/users/me", body: { bio: "…" } })),
  row("DELETE /users/me",                            [401, 204, 204, 204, 204, 204, 403], asNewPerson("/users/me")),
  row("GET /users/me/export",                        [401, 200, 200, 200, 200, 200, 200], plain("/users/me/export")),
  row("POST /users/me/consents",                     [401, 204, 204, 204, 204, 204, 403], () => ({ path: "/users/me/consents", body: { kind: "newsletter", granted: true } })),
  row("PUT /users/me/photo",                         [401, 200, 200, 200, 200, 200, 403], ownUpload("/users/me/photo", "profile_photo")),
  row("DELETE /users/me/photo",                      [401, 204, 204, 204, 204, 204, 403], plain("/users/me/photo")),
  row("GET /users/me/notifications",                 [401, 200, 200, 200, 200, 200, 200], plain("/users/me/notifications")),
  row("PATCH /users/me/notifications",               [401, 200, 200, 200, 200, 200, 403], () => ({ path: "/users/me/notifications", body: { switches: [{ kind: "reminders", channel: "email", on: true }] } })),
  row("GET /users/me/push/key",                      [401, 503, 503, 503, 503, 503, 503], plain("/users/me/push/key")),
  row("POST /users/me/push",                         [401, 503, 503, 503, 503, 503, 403], () => ({ path: "/users/me/push", body: browser })),
  row("DELETE /users/me/push/{id}",                  [401, 404, 404, 404, 404, 404, 403], plain("/users/me/push/01939f6d-11a0-7c21-9d52-3b1f0c7a4e88")),
  row("GET /users/me/trips",                         [401, 200, 200, 200, 200, 200, 200], plain("/users/me/trips")),
  row("GET /users/{id}",                             [200, 200, 200, 200, 200, 200, 200], (cast) => ({ path: `/users/${cast.driver.id}` })),

  row("GET /events",                                 [401, 200, 200, 200, 200, 200, 200], plain("/events")),

  row("GET /admin/flags",                            [401, 403, 403, 403, 200, 200, 403], plain("/admin/flags")),

  row("POST /drivers",                               [401, 201, 201, 409, 201, 201, 403], asNewPerson("/drivers", newLicence)),
  row("GET /drivers/me",                             [401, 404, 404, 200, 404, 404, 404], plain("/drivers/me")),
  row("PATCH /drivers/me",                           [401, 403, 403, 200, 403, 403, 403], () => ({ path: "/drivers/me", body: { licence_expires_on: "2041-01-01" } })),

  row("GET /vehicles",                               [401, 200, 200, 200, 200, 200, 200], plain("/vehicles")),
  row("POST /vehicles",                              [401, 403, 403, 201, 403, 403, 403], () => ({ path: "/vehicles", body: newVehicle() })),
  row("GET /vehicles/{id}",                          [401, 404, 404, 200, 404, 404, 404], vehicle),
  row("PATCH /vehicles/{id}",                        [401, 404, 404, 200, 404, 404, 403], async (cast, role) => ({ ...(await vehicle(cast, role)), body: { colour: "red" } })),
  row("DELETE /vehicles/{id}",                       [401, 404, 404, 204, 404, 404, 403], vehicle),

  row("POST /vehicles/{id}/photos",                  [401, 404, 404, 201, 404, 404, 403], vehiclePhotos),
  row("DELETE /vehicles/{id}/photos/{picture_id}",   [401, 404, 404, 204, 404, 404, 403], vehiclePhoto),

  row("POST /uploads",                               [401, 201, 201, 201, 201, 201, 403], () => ({ path: "/uploads", body: { purpose: "profile_photo", content_type: "image/png", bytes: 70 } })),
  row("POST /uploads (of a place)",                  [401, 403, 403, 403, 201, 201, 403], () => ({ path: "/uploads", body: { purpose: "place_photo", content_type: "image/png", bytes: 70 } })),
  row("POST /uploads/{id}/finish",                   [401, 404, 200, 404, 404, 404, 403], somebodysUpload),
  row("GET /kyc/documents",                          [401, 200, 200, 200, 200, 200, 200], plain("/kyc/documents")),
  row("POST /kyc/documents",                         [401, 201, 201, 201, 201, 201, 403], sendIdCard),
  row("POST /kyc/documents (another's upload)",      [401, 422, 201, 422, 422, 422, 403], async (cast) => ({ path: "/kyc/documents", body: { type: "id_card", upload_id: await finishedRow(cast.database, cast.passenger, "kyc_document") } })),
  row("GET /admin/kyc",                              [401, 403, 403, 403, 200, 200, 403], plain("/admin/kyc?status=pending&type=insurance")),
  row("GET /admin/kyc/{id}",                         [401, 403, 403, 403, 200, 200, 403], insurance("pending")),
  row("GET /admin/kyc/{id}/picture",                 [401, 403, 403, 403, 200, 200, 403], action("picture", insurance("pending"))),
  row("POST /admin/kyc/{id}/approve",                [401, 403, 403, 403, 200, 200, 403], async (cast, role) => ({ ...(await action("approve", insurance("under_review"))(cast, role)), body: {} })),
  row("POST /admin/kyc/{id}/reject",                 [401, 403, 403, 403, 200, 200, 403], async (cast, role) => ({ ...(await action("reject", insurance("under_review"))(cast, role)), body: { reason: "unreadable" } })),
  row("POST /admin/places/{slug}/photos",            [401, 403, 403, 403, 201, 201, 403], ownUpload("/admin/places/sidi-fredj/photos", "place_photo")),
  row("DELETE /admin/places/{slug}/photos/{picture_id}", [401, 403, 403, 403, 204, 204, 403], placePhoto),

  row("GET /places",                                 [200, 200, 200, 200, 200, 200, 200], plain("/places?type=beach&wilaya=16")),
  row("GET /places/{slug}",                          [200, 200, 200, 200, 200, 200, 200], plain("/places/sidi-fredj")),
  row("GET /geo/suggest",                            [200, 200, 200, 200, 200, 200, 200], plain("/geo/suggest?q=oran")),
  row("GET /geo/route",                              [200, 200, 200, 200, 200, 200, 200], plain(`/geo/route${search}`)),
  row("GET /geo/wilayas",                            [200, 200, 200, 200, 200, 200, 200], plain("/geo/wilayas")),

  row("GET /trips",                                  [200, 200, 200, 200, 200, 200, 200], plain(`/trips${near}`)),
  row("GET /trips/search",                           [200, 200, 200, 200, 200, 200, 200], plain(`/trips/search${search}`)),
  row("POST /trips",                                 [401, 403, 403, 201, 403, 403, 403], (cast) => ({ path: "/trips", body: tripOf(cast.driver, { publish: false }) })),
  row("GET /trips/{id}",                             [200, 200, 200, 200, 200, 200, 200], openTrip),
  row("GET /trips/{id} (a draft)",                   [404, 404, 404, 200, 404, 404, 404], draftTrip),
  row("GET /trips/{id} (women only)",                [404, 404, 404, 200, 200, 200, 404], womenOnlyTrip),
  row("PATCH /trips/{id}",                           [401, 404, 404, 200, 404, 404, 403], async (cast, role) => ({ ...(await openTrip(cast, role)), body: { note: "…" }, headers: { "if-match": "*" } })),
  row("POST /trips/{id}/publish",                    [401, 404, 404, 200, 404, 404, 403], action("publish", draftTrip)),
  row("POST /trips/{id}/start",                      [401, 404, 404, 200, 404, 404, 403], action("start", openTrip)),
  row("POST /trips/{id}/complete",                   [401, 404, 404, 200, 404, 404, 403], action("complete", openTrip)),
  row("POST /trips/{id}/cancel",                     [401, 404, 404, 200, 404, 200, 403], action("cancel", openTrip)),
  row("GET /trips/{id}/bookings",                    [401, 404, 404, 200, 404, 404, 404], action("bookings", openTrip)),

  row("POST /bookings",                              [401, 201, 201, 409, 201, 201, 403], async (cast) => ({ path: "/bookings", body: bookingOf(await cast.trip()) })),
  row("POST /bookings (women only)",                 [401, 404, 404, 409, 404, 404, 403], async (cast) => ({ path: "/bookings", body: bookingOf(await cast.trip({ preferences: { women_only: true } })) })),
  row("GET /bookings",                               [401, 200, 200, 200, 200, 200, 200], plain("/bookings")),
  row("GET /bookings/{id}",                          [401, 404, 200, 200, 404, 200, 404], confirmed),
  row("PATCH /bookings/{id}",                        [401, 404, 200, 403, 404, 404, 403], async (cast, role) => ({ ...(await confirmed(cast, role)), body: { seats: 1 } })),
  row("POST /bookings/{id}/accept",                  [401, 404, 403, 200, 404, 404, 403], action("accept", requested)),
  row("POST /bookings/{id}/decline",                 [401, 404, 403, 200, 404, 404, 403], action("decline", requested)),
  row("POST /bookings/{id}/cancel",                  [401, 404, 200, 200, 404, 200, 403], action("cancel", confirmed)),
  row("POST /bookings/{id}/board",                   [401, 404, 403, 200, 404, 404, 403], board),
  row("POST /bookings/{id}/no-show",                 [401, 404, 200, 200, 404, 404, 403], missed),
  row("POST /bookings/{id}/complete",                [401, 404, 403, 200, 404, 404, 403], action("complete", boarded)),

  row("POST /bookings/{id}/dispute",                 [401, 404, 200, 200, 404, 404, 403], disputable),
  row("POST /bookings/{id}/dispute/answer",          [401, 404, 403, 200, 404, 404, 403], answerable),
  row("GET /admin/disputes",                         [401, 403, 403, 403, 200, 200, 403], plain("/admin/disputes")),
  row("GET /admin/disputes/{id}",                    [401, 403, 403, 403, 200, 200, 403], dispute),
  row("POST /admin/disputes/{id}/resolve",           [401, 403, 403, 403, 403, 200, 403], async (cast, role) => ({ ...(await action("resolve", dispute)(cast, role)), body: { refund: 0, note: "snow" } })),

  row("POST /payments/bookings/{id}/intent",         [401, 404, 200, 404, 404, 404, 403], action("intent", held)),
  row("POST /payments/bookings/{id}/confirm",        [401, 404, 200, 404, 404, 404, 403], action("confirm", held)),
  row("POST /payments/bookings/{id}/capture",        [401, 403, 403, 403, 403, 200, 403], action("capture", travelled)),
  row("POST /payments/bookings/{id}/refund",         [401, 403, 403, 403, 403, 200, 403], captured),

  // Without a vendor, as in development.
  row("POST /notifications/webhook/twilio",          [503, 503, 503, 503, 503, 503, 503], plain("/notifications/webhook/twilio")),
  row("POST /notifications/webhook/sendgrid",        [503, 503, 503, 503, 503, 503, 503], plain("/notifications/webhook/sendgrid")),
  row("POST /payments/webhook/stripe",               [503, 503, 503, 503, 503, 503, 503], plain("/payments/webhook/stripe")), // not configured
] as const;
