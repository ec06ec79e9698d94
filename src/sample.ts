/** Numbers from 0 to below 1; the same for the same seed, everywhere (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `n` of the numbers below `count`, ascending; the same for the same seed. All of them where n is not below count. */
export function sample(count: number, n: number, seed: number): number[] {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const next = random(seed);
  for (let i = 0; i < Math.min(n, count - 1); i++) {
    const other = i + Math.floor(next() * (count - i));
    [numbers[i], numbers[other]] = [numbers[other]!, numbers[i]!];
  }
  return numbers.slice(0, n).sort((a, b) => a - b);
}
