// Values of a query string. An invalid one is a BadQuestion, answered with 422 as SafarGo does.
export class BadQuestion extends Error {}

export type Asked = Record<string, string | undefined>;

export interface Point {
  lat: number;
  lng: number;
}

export interface Box {
  south: number;
  west: number;
  north: number;
  east: number;
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

export function isUuid(text: string): boolean {
  return uuid.test(text);
}

const degrees = /^-?\d+(\.\d+)?$/;

function coordinate(name: string, text: string, limit: number): number {
  const value = Number(text);
  if (!degrees.test(text) || Math.abs(value) > limit) throw new BadQuestion(name);
  return value;
}

/** "36.75,3.05" */
export function point(asked: Asked, name: string): Point {
  const [lat = "", lng = "", more] = (asked[name] ?? "").split(",");
  if (more !== undefined) throw new BadQuestion(name);
  return { lat: coordinate(name, lat, 90), lng: coordinate(name, lng, 180) };
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

const earthRadius = 6_371_008.771415; // metres, the sphere of PostGIS
const perRadian = 180 / Math.PI;
const slack = 1e-6; // degrees, more than rounding can differ by

/** Holds every point within that distance; Algeria is far from the poles and the date line. */
export function boxAround(centre: Point, metres: number): Box {
  const angle = metres / earthRadius;
  const tall = angle * perRadian + slack;
  const wide = Math.asin(Math.min(1, Math.sin(angle) / Math.cos(centre.lat / perRadian))) * perRadian + slack;
  return { south: centre.lat - tall, west: centre.lng - wide, north: centre.lat + tall, east: centre.lng + wide };
}
