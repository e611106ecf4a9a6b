// How many bookings and publications a run will deal out, so that the database is prepared for no more.
import type { Measure, Pace } from "./measure.ts";
import { freshnessRate, freshnessSeconds } from "./measures/freshness.ts";
import { mixedRate, mixedSeconds } from "./measures/mixed.ts";
import { mostPublicationsPerSecond } from "./measures/publish.ts";
import { legsOf, soakRate } from "./measures/soak.ts";
import { shares, writesIn } from "./measures/traffic.ts";
import type { Options } from "./options.ts";
import type { Wanted } from "./world/writers.ts";

const highestSteps = 12; // of the search for the highest rate
const highestMeanRate = 12_000;

export function writingNeeds(chosen: readonly Measure[], options: Options, { warmup, measured }: Pace): Wanted {
  const { rounds, quick } = options;
  const wanted: Wanted = { bookings: 1_000, publications: 1_000 };
  const add = (bookings: number, publications: number): void => {
    wanted.bookings += Math.ceil(bookings);
    wanted.publications += Math.ceil(publications);
  };
  const traffic = (rate: number, seconds: number, times: number): void =>
    add(writesIn(rate, seconds, shares.booking) * times, writesIn(rate, seconds, shares.publish) * times);
  const names = new Set(chosen.map(({ name }) => name));
  if (names.has("publish")) add(0, mostPublicationsPerSecond * (warmup + measured) * rounds);
  if (names.has("mixed")) traffic(mixedRate, mixedSeconds(quick) + warmup, 1);
  if (names.has("rate")) traffic(highestMeanRate, warmup + measured, highestSteps);
  if (names.has("soak")) {
    const { count, seconds } = legsOf(options);
    traffic(soakRate, seconds, count);
  }
  if (names.has("freshness")) {
    const seconds = Math.ceil((freshnessSeconds(quick) + warmup) * 1.15) * rounds;
    add(freshnessRate.booking * seconds, freshnessRate.publish * seconds);
  }
  return wanted;
}
