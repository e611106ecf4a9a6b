// One row of a table of bad input: the request, and the refusal that the product promises for it.
import type { Asked } from "../harness/http.ts";

export interface BadInput extends Asked {
  /** Sent on a bare connection, for headers that a well-behaved client would not send. */
  bare?: boolean;
}

export interface Row {
  what: string;
  /** "POST /bookings", below /api/v1; "POST //dev/sandbox/faults" from the root. */
  request: string;
  asked: BadInput;
  status: number;
  code: string;
  /** "seats: out_of_range", in the order of the answer. */
  fields: string[];
}

/** `refusal` is "422 validation_failed". */
export function row(what: string, request: string, asked: BadInput, refusal: string, ...fields: string[]): Row {
  const [status = "", code = ""] = refusal.split(" ");
  return { what, request, asked, status: Number(status), code, fields };
}

export const invalid = "422 validation_failed";
export const malformed = "400 malformed_request";
export const missing = "404 not_found";

/** An id that does not exist. */
export const nobody = "018f6d1e-0000-7000-8000-000000000000";
