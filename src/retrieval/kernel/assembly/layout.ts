// Where the fields of the structs in memory lie, in bytes. ../structs.ts writes them; both files change together.

/** A shard: its rows' codes plane by plane, and what bounds their errors. */
export const CODES1: usize = 0;
export const SCALES: usize = 4;
export const CODES2: usize = 8; // 0 while only the first plane is there
export const META: usize = 12; // f32 x 4 a row: norm, and what eight and twelve bits leave of the row
export const ROWS: usize = 16;
export const FIRST: usize = 20;
export const SPREAD: usize = 24; // f32: what four bits leave of a row is at most this times its scale
export const LARGEST: usize = 28; // f32: the largest norm
export const FILTER_AT: usize = 32;
export const SPREAD8: usize = 36; // f32: the same of eight bits
export const NORMS: usize = 40; // f32 a row: at least its norm
export const CODES3: usize = 44; // 0 while the third plane is not there
export const SHARD: usize = 64;
export const META_ROW: usize = 16;

/** A query on its way through all slices. */
export const NEXT: usize = 0;
export const SLICES: usize = 4;
export const SLICE_TABLE: usize = 8; // i32 x 2: shard, first row
export const SHARDS: usize = 12;
export const BASES: usize = 16; // f64 a shard: the query times the shard's centre
export const QUERY8: usize = 20;
export const QUERY16: usize = 24;
export const WIDTH: usize = 28;
export const K: usize = 32;
export const FILTER: usize = 36; // 0: all rows
export const STOP: usize = 40;
export const BEST: usize = 44;
export const STEP1: usize = 48; // f64 from here
export const BIAS1: usize = 56;
export const SPREAD_SLACK: usize = 64;
export const ROUNDING1: usize = 72;
export const QUERY_SLACK1: usize = 80;
export const STEP2: usize = 88;
export const BIAS2: usize = 96;
export const ROW_SLACK: usize = 104;
export const QUERY_SLACK2: usize = 112;
export const ROUNDING: usize = 120; // what 64-bit sums may be off by
export const STEP8: usize = 128; // as STEP1, for the 8-bit query and both planes
export const STEP3: usize = 136;
export const ROUNDING3: usize = 144; // times a row's norm: what the 32-bit sum of all three planes may be off by
export const QUERY32: usize = 152;
export const STAGES: usize = 156; // STAGE bytes for each block of second planes

/** When a block and those before it are read: f64 bias, and what of the query's norm has met eight bits, and only four, times the caution. */
export const STAGE: usize = 24;

/** What a thread has found: hits of HIT bytes, and the heap of its best bounds. */
export const FOUND: usize = 0;
export const ROOM: usize = 4;
export const COUNT: usize = 8;
export const HEAP: usize = 12;
export const HEAP_SIZE: usize = 16;
export const SLICE: usize = 20; // the slice that waits for more room, or -1
export const AT: usize = 24;
export const REFINED: usize = 28; // rows whose second plane was read
export const TOUCHED: usize = 32; // so that reading ahead is not optimised away
export const WAITING: usize = 36; // entries of QUEUE
export const KEPT: usize = 64; // rows that a filter keeps, waiting to be scored: entries of ENTRY bytes
export const BIASES: usize = 640; // f32 for each block of second planes: its bias and what it allows for, of the shard at hand
export const QUEUE: usize = 704; // rows whose second plane is to be read: entries of ENTRY bytes

/** A row on its way: i32 row, i32 sum so far. */
export const ENTRY: usize = 8;
/** Bytes of a plane that are read of a row before it is decided whether to read on: a cache line. */
export const BLOCK: i32 = 64;

/** A hit: u32 row, f32 score, f32 what the score may be off by. */
export const HIT: usize = 12;
