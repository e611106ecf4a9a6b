// Shapes of the answers: fast-json-stringify compiles them, which is what makes Fastify's answers quick.
const text = { type: "string" } as const;
const time = { type: "string", format: "date-time" } as const;
const whole = { type: "integer" } as const;
const real = { type: "number" } as const;
const yes = { type: "boolean" } as const;
const maybe = <Type extends object>(type: Type) => ({ ...type, nullable: true });
const list = (items: object) => ({ type: "array", items }) as const;
const shape = (properties: Record<string, object>) => ({ type: "object", properties }) as const;

const driver = shape({
  ...{ id: text, name: text, photo: maybe(text), rating: maybe(real), reviews: whole, verified: yes, response_time_s: maybe(whole) },
});
const vehicle = shape({
  ...{ id: text, make: text, model: text, year: whole, colour: text, seats: whole, fuel: text },
  ...{ photos: list(text), plate: maybe(text) },
});
const preferences = shape({
  ...{ smoking: yes, pets: yes, music: yes, talk: text, luggage: text, max_two_back: yes, women_only: yes },
});
const stop = shape({
  ...{ position: whole, lat: real, lng: real, label: text, commune_id: maybe(text), at: time, price: whole },
});
const leg = shape({ from: whole, to: whole, price: whole, seats_left: whole });

export const trip = shape({
  ...{ id: text, status: text, driver, vehicle, departure_at: time, arrival_at: time, seats: whole },
  ...{ seats_left: whole, price: whole, currency: text, booking_mode: text, distance_m: whole, duration_s: whole },
  ...{ polyline: text, preferences, note: maybe(text), place_id: maybe(text), itinerary_id: maybe(text) },
  ...{ return_trip_id: maybe(text), stops: list(stop), legs: list(leg), version: whole, created_at: time },
});

const matched = shape({ stop: whole, lat: real, lng: real, label: text, at: time, distance_m: whole });
const found = shape({
  ...{ trip_id: text, match: text, from: matched, to: matched, price: whole, currency: text, seats_left: whole },
  ...{ detour_m: whole, detour_s: whole, instant: yes, driver, departure_at: time, arrival_at: time },
  ...{ duration_s: whole, score: real, why: list(text) },
});

export const searchPage = shape({ items: list(found), total: whole });

const place = shape({
  ...{ id: text, slug: text, name: text, names: shape({ fr: text, ar: text, en: text }), type: text },
  ...{ wilaya: shape({ code: whole, name: text }), lat: real, lng: real, description: text, unesco: yes },
  ...{ rating: maybe(real), reviews: whole, photos: list(text), distance_m: maybe(whole) },
});

export const placesPage = shape({ items: list(place) });

export const health = shape({
  ...{ status: text, version: text, uptime_s: whole },
  checks: shape({ database: shape({ status: text, latency_ms: maybe(real) }) }),
});
