// What a query string asks. An invalid value is a BadQuestion, answered with 422 as SafarGo does.
export class BadQuestion extends Error {}

export type Asked = Record<string, string | undefined>;

export interface Point {
  lat: number;
  lng: number;
}

export function isUuid(text: string): boolean {
  return /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text);
}

/** "36.75,3.05" */
function point(asked: Asked, name: string): Point {
  const words = (asked[name] ?? "").split(",");
  const [lat = NaN, lng = NaN] = words.map(Number);
  const good = words.length === 2 && words.every((word) => /^-?\d+(\.\d+)?$/.test(word)) && Math.abs(lat) <= 90 && Math.abs(lng) <= 180;
  if (!good) throw new BadQuestion(name);
  return { lat, lng };
}

export function whole(asked: Asked, name: string, least: number, most: number): number | undefined {
  const text = asked[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) throw new BadQuestion(name);
  return value;
}

export function word(asked: Asked, name: string, known: readonly string[]): string | undefined {
  const text = asked[name];
  if (text !== undefined && !known.includes(text)) throw new BadQuestion(name);
  return text;
}

const hour = 3_600_000;
const day = 24 * hour;
const openWindow = 30 * day; // without a date

/** What GET /trips/search asks. */
export interface Question {
  from: Point;
  to: Point;
  radius: number; // metres
  seats: number;
  now: Date;
  begins: Date; // the pickup's window, `ends` not in it
  ends: Date;
}

/** Midnight in Algiers, one hour before that of UTC all year. */
function midnight(date: string): number {
  const utc = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== date) throw new BadQuestion("date");
  return utc - hour;
}

export function question(asked: Asked): Question {
  const now = Date.now();
  const begins = asked["date"] === undefined ? now : midnight(asked["date"]);
  return {
    from: point(asked, "from"),
    to: point(asked, "to"),
    radius: (whole(asked, "radius_km", 1, 100) ?? 20) * 1000,
    seats: whole(asked, "seats", 1, 8) ?? 1,
    now: new Date(now),
    begins: new Date(begins),
    ends: new Date(begins + (asked["date"] === undefined ? openWindow : day)),
  };
}

/** The local days that the window touches. */
export function days({ begins, ends }: Question): string[] {
  const found: string[] = [];
  const last = new Date(ends.getTime() - 1 + hour).toISOString().slice(0, 10);
  for (let at = begins.getTime() + hour; found.at(-1) !== last; at += day) found.push(new Date(at).toISOString().slice(0, 10));
  return found;
}

const earthRadius = 6_371_008.771415; // metres, the sphere of PostGIS
const perRadian = 180 / Math.PI;
const slack = 1e-6; // degrees, more than rounding can differ by

/** South, north, west, east of what holds every point within that distance; Algeria is far from the poles and the date line. */
export function boxAround({ lat, lng }: Point, metres: number): [number, number, number, number] {
  const angle = metres / earthRadius;
  const tall = angle * perRadian + slack;
  const wide = Math.asin(Math.min(1, Math.sin(angle) / Math.cos(lat / perRadian))) * perRadian + slack;
  return [lat - tall, lat + tall, lng - wide, lng + wide];
}
