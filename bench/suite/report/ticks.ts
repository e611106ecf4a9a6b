// Round numbers for axes that are not logarithmic.

/** From zero on, in steps of 1, 2 or 5 times a power of ten: at most `most` of them, the last at or below the greatest. */
export function roundTicks(greatest: number, most = 6): number[] {
  if (!(greatest > 0)) return [0];
  const rough = greatest / (most - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(greatest / step + 1e-9) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}
