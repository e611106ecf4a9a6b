// Drivers as others see them: columns of `users`, whose int8 Prisma reads as bigint.
export interface DriverColumns {
  name: string;
  rating_sum: number | bigint;
  rating_count: number;
  verified: boolean;
  response_seconds_sum: number | bigint;
  response_count: number;
}

/** "Ahmed Benali" -> "Ahmed B." */
function publicName(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  const [first = ""] = words;
  if (words.length < 2) return first;
  return `${first} ${String.fromCodePoint(words.at(-1)?.codePointAt(0) ?? 0)}.`;
}

/** The mean with one decimal. */
export function rating(sum: number | bigint, count: number): number | null {
  return count === 0 ? null : Math.round((10 * Number(sum)) / count) / 10;
}

/** The mean of at least three answers, in whole seconds. */
function responseTime(sum: number | bigint, answers: number): number | null {
  return answers < 3 ? null : Math.floor((Number(sum) + Math.floor(answers / 2)) / answers);
}

export function driverCard(id: string, driver: DriverColumns) {
  return {
    id,
    name: publicName(driver.name),
    rating: rating(driver.rating_sum, driver.rating_count),
    reviews: driver.rating_count,
    verified: driver.verified,
    response_time_s: responseTime(driver.response_seconds_sum, driver.response_count),
  };
}
