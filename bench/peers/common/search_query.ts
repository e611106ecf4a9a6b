// What GET /trips/search asks: from, to, radius_km, date, seats.
import { type Asked, type Point, BadQuestion, point, whole } from "./asked.ts";

const hour = 3_600_000;
const day = 24 * hour;
const openWindow = 30 * day; // without a date

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
  for (let at = begins.getTime() + hour; found.at(-1) !== last; at += day) {
    found.push(new Date(at).toISOString().slice(0, 10));
  }
  return found;
}
