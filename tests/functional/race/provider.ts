// Once every provider task is done, the payment provider's records must agree with ours.
import type { Database } from "../harness/database.ts";

interface Pair {
  payment: string;
  status: string;
  amount: number;
  captured: number;
  refunded: number;
  charge: string | null;
  charged: number | null; // what the provider holds or has taken, less what it gave back
}

const pairs = `
  select p.id as payment, p.status, p.amount, p.captured, p.refunded, c.status as charge,
    case c.status when 'held' then c.amount when 'captured' then c.captured when 'refunded' then c.captured - c.refunded end as charged
  from payments p left join sandbox_charges c on c.reference = p.id::text
  where p.method = 'sandbox'`;

function expectedWithProvider({ status, amount, captured, refunded }: Pair): number {
  if (status === "hold") return amount;
  if (status === "captured") return captured;
  return status === "refunded" ? amount - refunded : 0;
}

export async function findProviderDisagreements(database: Database): Promise<string[]> {
  const dead = await database.query<{ kind: string; last_error: string }>("select kind, last_error from outbox where dead_at is not null");
  const wrong = (await database.query<Pair>(pairs)).filter((pair) => (pair.charged ?? 0) !== expectedWithProvider(pair));
  return [
    ...dead.map(({ kind, last_error }) => `a provider task was given up: ${kind}: ${last_error}`),
    ...wrong.map((pair) => `the provider has another view of payment ${pair.payment}: ${JSON.stringify(pair)}`),
  ];
}
