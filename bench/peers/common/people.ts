// People as others see them.
export interface DriverCard {
  id: string;
  name: string;
  rating: number | null;
  reviews: number;
  verified: boolean;
  response_time_s: number | null;
}

/** "Ahmed Benali" -> "Ahmed B." */
export function publicName(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  const [first = ""] = words;
  if (words.length < 2) return first;
  const initial = String.fromCodePoint(words.at(-1)?.codePointAt(0) ?? 0);
  return `${first} ${initial}.`;
}

/** The mean of at least three answers, in whole seconds. */
export function responseTime(sum: number, answers: number): number | null {
  return answers < 3 ? null : Math.floor((sum + Math.floor(answers / 2)) / answers);
}

/** The mean with one decimal. */
export function rating(sum: number, count: number): number | null {
  return count === 0 ? null : Math.round((10 * sum) / count) / 10;
}
