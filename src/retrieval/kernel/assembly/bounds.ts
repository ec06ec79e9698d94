// The k best lower bounds of a thread, and the best bound that all threads share.

import { BEST, HEAP, HEAP_SIZE, K, NEXT, STOP } from "./layout";

// @ts-ignore: decorator
@inline
export function takeNext(job: usize): i32 {
  if (isDefined(ASC_FEATURE_THREADS) && ASC_FEATURE_THREADS) return atomic.add<i32>(job + NEXT, 1);
  const next = load<i32>(job, NEXT);
  store<i32>(job, next + 1, NEXT);
  return next;
}

// @ts-ignore: decorator
@inline
export function stopped(job: usize): bool {
  if (isDefined(ASC_FEATURE_THREADS) && ASC_FEATURE_THREADS) return atomic.load<i32>(job + STOP) != 0;
  return load<i32>(job, STOP) != 0;
}

/** Floats as integers of the same order, and back, so that threads can share the best bound by compare-and-swap. */
// @ts-ignore: decorator
@inline
function ordered(bits: i32): i32 {
  return bits ^ ((bits >> 31) & 0x7fffffff);
}

export function bestKnown(job: usize): f32 {
  if (isDefined(ASC_FEATURE_THREADS) && ASC_FEATURE_THREADS) return reinterpret<f32>(ordered(atomic.load<i32>(job + BEST)));
  return reinterpret<f32>(ordered(load<i32>(job, BEST)));
}

function raise(job: usize, bound: f32): void {
  const mine = ordered(reinterpret<i32>(bound));
  if (isDefined(ASC_FEATURE_THREADS) && ASC_FEATURE_THREADS) {
    let seen = atomic.load<i32>(job + BEST);
    while (mine > seen) {
      const before = atomic.cmpxchg<i32>(job + BEST, seen, mine);
      if (before == seen) return;
      seen = before;
    }
  } else if (mine > load<i32>(job, BEST)) store<i32>(job, mine, BEST);
}

/** Takes a row's lower bound into the thread's k largest (a heap, its root the smallest); the root is a bound for all threads. */
export function keep(job: usize, thread: usize, bound: f32): void {
  const heap = load<usize>(thread, HEAP);
  const k = load<i32>(job, K);
  let size = load<i32>(thread, HEAP_SIZE);
  let place = 0;
  if (size < k) {
    place = size++;
    store<i32>(thread, size, HEAP_SIZE);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = load<f32>(heap + (parent << 2));
      if (above <= bound) break;
      store<f32>(heap + (place << 2), above);
      place = parent;
    }
  } else {
    if (bound <= load<f32>(heap)) return;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      if (child + 1 < size && load<f32>(heap + ((child + 1) << 2)) < load<f32>(heap + (child << 2))) child++;
      const below = load<f32>(heap + (child << 2));
      if (below >= bound) break;
      store<f32>(heap + (place << 2), below);
      place = child;
    }
  }
  store<f32>(heap + (place << 2), bound);
  if (size == k) raise(job, load<f32>(heap));
}
