// Drivers, their cars and trips: made through the API with the generated client.
import type { Schema } from "@safargo/api-client";
import type { Api } from "./api.ts";
import { type Newcomer, type Person, signIn } from "./people.ts";

export const alger = { lat: 36.7538, lng: 3.0588, label: "Alger" };
export const blida = { lat: 36.4722, lng: 2.8333, label: "Blida" };
export const chlef = { lat: 36.1652, lng: 1.3345, label: "Chlef" };
export const oran = { lat: 35.6971, lng: -0.6308, label: "Oran" };

export type Trip = Schema<"TripView">;
export type Booking = Schema<"BookingView">;
export type NewTrip = Schema<"CreateTrip">;
export type NewBooking = Schema<"BookSeats">;

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a successful answer, or an error that shows the failed one. */
export async function good<T>(request: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await request;
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${JSON.stringify(error)}`);
  return data as T;
}

export function hoursAhead(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString();
}

/** Eight o'clock in Algiers, at least so many hours from now, so that all stops of a trip are on one day. */
export function morningAhead(hours: number): string {
  const morning = new Date(Date.now() + hours * 3_600_000);
  if (morning.getUTCHours() >= 7) morning.setUTCDate(morning.getUTCDate() + 1);
  morning.setUTCHours(7, 0, 0, 0);
  return morning.toISOString();
}

/** A day in Algiers, in the form that searches take. */
export function algiersDay(instant: string): string {
  return new Date(Date.parse(instant) + 3_600_000).toISOString().slice(0, 10);
}

export interface Driver extends Person {
  readonly vehicle: string;
}

let lastDriver = 0;

export function newLicence(): Schema<"BecomeDriver"> {
  lastDriver += 1;
  return { licence_number: `DZ${String(lastDriver).padStart(6, "0")}`, licence_expires_on: "2040-01-01" };
}

let lastPlate = 0;

export function newVehicle(): Schema<"AddVehicle"> {
  lastPlate += 1;
  const plate = `${String(lastPlate).padStart(6, "0")}-119-16`;
  return { make: "Renault", model: "Symbol", year: 2019, colour: "white", seats: 4, plate, fuel: "petrol" };
}

export async function becomeDriver(person: Person, vehicle: Partial<Schema<"AddVehicle">> = {}): Promise<Driver> {
  await good(person.client.POST("/drivers", { body: newLicence() }));
  const added = await good(person.client.POST("/vehicles", { body: { ...newVehicle(), ...vehicle } }));
  return Object.assign(person, { vehicle: added.id });
}

export async function newDriver(api: Api, newcomer: Newcomer = { name: "Ahmed Benali" }): Promise<Driver> {
  return becomeDriver(await signIn(api, newcomer));
}

/** Alger, Chlef, Oran; 3 seats; tomorrow; open. */
export function tripOf(driver: Driver, wanted: Partial<NewTrip> = {}): NewTrip {
  return {
    vehicle_id: driver.vehicle,
    departure_at: hoursAhead(30),
    seats: 3,
    booking_mode: "instant",
    stops: [alger, { ...chlef, price: 700 }, { ...oran, price: 1500 }],
    publish: true,
    ...wanted,
  };
}

export function publishTrip(driver: Driver, wanted: Partial<NewTrip> = {}): Promise<Trip> {
  return good(driver.client.POST("/trips", { body: tripOf(driver, wanted) }));
}

export function bookingOf(trip: { id: string }, wanted: Partial<NewBooking> = {}): NewBooking {
  return { trip_id: trip.id, from_stop: 0, to_stop: 2, seats: 1, payment_method: "sandbox", ...wanted };
}

export function book(passenger: Person, trip: { id: string }, wanted: Partial<NewBooking> = {}): Promise<Booking> {
  return good(passenger.client.POST("/bookings", { body: bookingOf(trip, wanted) }));
}

export function readBooking(reader: Person, booking: { id: string }): Promise<Booking> {
  return good(reader.client.GET("/bookings/{id}", { params: { path: { id: booking.id } } }));
}
