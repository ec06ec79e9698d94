import { CAST, type Graph, type Node, onnxModel, random, type Value } from "./onnx";

/** Width of the stand-ins' hidden states. */
const WIDTH = 16;
const WORDS = 64;

export interface TextModel {
  dimension: number;
  /** Where the vector is taken: at the first end token of a causal sum, of the mean of what is no padding, or at the last of a fixed number of places. */
  pooling:
    | { kind: "end"; id: number }
    | { kind: "mean"; padding: number }
    | { kind: "masked"; length: number }
    | { kind: "last"; length: number };
  output: string;
  states?: string;
  integers?: "int64" | "int32";
  floats?: Floats;
  /** Token ids of "red", "green" and "blue", when the model is to know colours. */
  colours?: number[];
}

type Floats = "float32" | "float16";

/** A text encoder with the semantics that matter to whoever feeds it: padding, masks and lengths count as in the real one. */
export function textModel({ dimension, pooling, output, states, integers = "int64", floats = "float32", colours }: TextModel): Uint8Array {
  const fixed = pooling.kind === "last" || pooling.kind === "masked" ? pooling.length : undefined;
  const length = fixed ?? "sequence_length";
  const ids: Value = { name: "input_ids", type: integers, shape: ["batch_size", length] };
  const mask: Value = { name: "attention_mask", type: integers, shape: ["batch_size", length] };
  const weights: Graph["weights"] = {
    table: { shape: [WORDS, WIDTH], data: random(1, WORDS * WIDTH) },
    project: { shape: [WIDTH, dimension], data: random(2, WIDTH * dimension, 0.3) },
    words: { shape: [1], data: BigInt64Array.of(BigInt(WORDS)) },
    one: { shape: [1], data: BigInt64Array.of(1n) },
    axis1: { shape: [1], data: BigInt64Array.of(1n) },
    axis2: { shape: [1], data: BigInt64Array.of(2n) },
  };
  for (const [place, id] of (colours ?? []).entries()) {
    // A word for a colour is a large number at the colour's place in the hidden states, and that at its place in the vector.
    const [table, project] = [weights.table!.data as Float32Array, weights.project!.data as Float32Array];
    table.fill(0, (id % WORDS) * WIDTH, ((id % WORDS) + 1) * WIDTH);
    table[(id % WORDS) * WIDTH + place] = 50;
    project.fill(0, place * dimension, (place + 1) * dimension);
    project[place * dimension + place] = 1;
  }
  // Any vocabulary falls on a small table of words.
  const nodes: Node[] = [
    { op: "Cast", inputs: ["input_ids"], outputs: ["ids"], attributes: { to: CAST.int64 } },
    { op: "Mod", inputs: ["ids", "words"], outputs: ["word"] },
    { op: "Gather", inputs: ["table", "word"], outputs: ["embedded"], attributes: { axis: 0 } },
  ];
  let hidden = "embedded";
  if (fixed !== undefined) {
    // A real model of fixed length has as many position embeddings: other lengths fail.
    weights.positions = { shape: [1, fixed, WIDTH], data: random(3, fixed * WIDTH, 0.1) };
    nodes.push({ op: "Add", inputs: ["embedded", "positions"], outputs: ["placed"] });
    hidden = "placed";
  }
  const sum = (...chosen: Node[]) =>
    nodes.push(
      ...chosen,
      { op: "Unsqueeze", inputs: ["chosen", "axis2"], outputs: ["chosen_states"] },
      { op: "Mul", inputs: [hidden, "chosen_states"], outputs: ["kept"] },
      { op: "ReduceSum", inputs: ["kept", "axis1"], outputs: ["pooled"], attributes: { keepdims: 0 } },
    );
  if (pooling.kind === "end") {
    weights.end = { shape: [1], data: BigInt64Array.of(BigInt(pooling.id)) };
    weights.axis_scalar = { shape: [], data: BigInt64Array.of(1n) };
    nodes.push({ op: "CumSum", inputs: ["embedded", "axis_scalar"], outputs: ["causal"] });
    hidden = "causal";
    sum(
      { op: "Equal", inputs: ["ids", "end"], outputs: ["is_end"] },
      { op: "Cast", inputs: ["is_end"], outputs: ["ends"], attributes: { to: CAST.int64 } },
      { op: "CumSum", inputs: ["ends", "axis_scalar"], outputs: ["ends_so_far"] },
      { op: "Equal", inputs: ["ends_so_far", "one"], outputs: ["after_first"] },
      { op: "And", inputs: ["after_first", "is_end"], outputs: ["is_first"] },
      { op: "Cast", inputs: ["is_first"], outputs: ["chosen"], attributes: { to: CAST.float32 } },
    );
  } else if (pooling.kind === "mean") {
    weights.padding = { shape: [1], data: BigInt64Array.of(BigInt(pooling.padding)) };
    sum(
      { op: "Equal", inputs: ["ids", "padding"], outputs: ["is_padding"] },
      { op: "Not", inputs: ["is_padding"], outputs: ["is_word"] },
      { op: "Cast", inputs: ["is_word"], outputs: ["chosen"], attributes: { to: CAST.float32 } },
    );
  } else if (pooling.kind === "masked") {
    sum({ op: "Cast", inputs: ["attention_mask"], outputs: ["chosen"], attributes: { to: CAST.float32 } });
  } else {
    nodes.push({ op: "ReduceMean", inputs: [hidden], outputs: ["pooled"], attributes: { axes: [1], keepdims: 0 } });
  }
  nodes.push(
    { op: "MatMul", inputs: ["pooled", "project"], outputs: ["vector"] },
    { op: "Cast", inputs: ["vector"], outputs: [output], attributes: { to: CAST[floats] } },
    { op: "Cast", inputs: [hidden], outputs: [states ?? "last_hidden_state"], attributes: { to: CAST[floats] } },
  );
  const outputs: Value[] = [
    { name: output, type: floats, shape: ["batch_size", dimension] },
    { name: states ?? "last_hidden_state", type: floats, shape: ["batch_size", length, WIDTH] },
  ];
  // uform names its features first.
  if (states) outputs.reverse();
  return onnxModel({ inputs: pooling.kind === "masked" ? [ids, mask] : [ids], outputs, nodes, weights });
}

export interface VisionModel {
  side: number;
  dimension: number;
  input: string;
  output: string;
  /** Named first among the outputs, as uform does: tokens x WIDTH. */
  features?: string;
  floats?: Floats;
  /** The model sees how much of red, green and blue there is. */
  colours?: boolean;
}

/** An image encoder: the mean colours of a grid of patches, projected. */
export function visionModel({ side, dimension, input, output, features, floats = "float32", colours }: VisionModel): Uint8Array {
  const patch = 16;
  const grid = side / patch;
  const nodes: Node[] = [
    { op: "Cast", inputs: [input], outputs: ["pixels"], attributes: { to: CAST.float32 } },
    { op: "AveragePool", inputs: ["pixels"], outputs: ["patches"], attributes: { kernel_shape: [patch, patch], strides: [patch, patch] } },
    { op: "Flatten", inputs: ["patches"], outputs: ["flat"], attributes: { axis: 1 } },
    { op: "MatMul", inputs: ["flat", "project"], outputs: ["vector"] },
    { op: "Cast", inputs: ["vector"], outputs: [output], attributes: { to: CAST[floats] } },
  ];
  const weights: Graph["weights"] = { project: { shape: [3 * grid * grid, dimension], data: random(4, 3 * grid * grid * dimension, 0.2) } };
  if (colours) {
    const project = weights.project!.data as Float32Array;
    project.fill(0);
    // Rows go by colour, then by patch.
    for (let row = 0; row < 3 * grid * grid; row++)
      for (let place = 0; place < 3; place++) project[row * dimension + place] = Math.floor(row / grid / grid) === place ? 1 : -0.5;
  }
  const outputs: Value[] = [{ name: output, type: floats, shape: ["batch_size", dimension] }];
  if (features) {
    // [CLS] and a token a patch, from three colours each.
    weights.widen = { shape: [3, WIDTH], data: random(5, 3 * WIDTH) };
    weights.tokens = { shape: [3], data: BigInt64Array.of(0n, 3n, BigInt(grid * grid)) };
    nodes.push(
      { op: "Reshape", inputs: ["patches", "tokens"], outputs: ["rows"] },
      { op: "Transpose", inputs: ["rows"], outputs: ["places"], attributes: { perm: [0, 2, 1] } },
      { op: "ReduceMean", inputs: ["places"], outputs: ["all"], attributes: { axes: [1], keepdims: 1 } },
      { op: "Concat", inputs: ["all", "places"], outputs: ["tokens_of_three"], attributes: { axis: 1 } },
      { op: "MatMul", inputs: ["tokens_of_three", "widen"], outputs: ["wide"] },
      { op: "Cast", inputs: ["wide"], outputs: [features], attributes: { to: CAST[floats] } },
    );
    outputs.unshift({ name: features, type: floats, shape: ["batch_size", 1 + grid * grid, WIDTH] });
  }
  return onnxModel({ inputs: [{ name: input, type: floats, shape: ["batch_size", 3, side, side] }], outputs, nodes, weights });
}

/** uform's re-ranker: features of as many texts as pictures, and the texts' mask -> a score each, and joint embeddings. */
export function rerankerModel(length: number, tokens: number, floats: Floats): Uint8Array {
  const batch = "batch_size";
  return onnxModel({
    inputs: [
      { name: "text_features", type: floats, shape: [batch, length, WIDTH] },
      { name: "attention_mask", type: "int32", shape: [batch, length] },
      { name: "image_features", type: floats, shape: [batch, tokens, WIDTH] },
    ],
    outputs: [
      { name: "matching_scores", type: floats, shape: [batch] },
      { name: "embeddings", type: floats, shape: [batch, WIDTH] },
    ],
    weights: { axis1: { shape: [1], data: BigInt64Array.of(1n) }, axis2: { shape: [1], data: BigInt64Array.of(2n) } },
    nodes: [
      { op: "Cast", inputs: ["attention_mask"], outputs: ["mask"], attributes: { to: CAST.float32 } },
      { op: "Cast", inputs: ["text_features"], outputs: ["texts"], attributes: { to: CAST.float32 } },
      { op: "Cast", inputs: ["image_features"], outputs: ["images"], attributes: { to: CAST.float32 } },
      { op: "Unsqueeze", inputs: ["mask", "axis2"], outputs: ["mask_states"] },
      { op: "Mul", inputs: ["texts", "mask_states"], outputs: ["words"] },
      { op: "ReduceSum", inputs: ["words", "axis1"], outputs: ["text"], attributes: { keepdims: 0 } },
      { op: "ReduceMean", inputs: ["images"], outputs: ["image"], attributes: { axes: [1], keepdims: 0 } },
      { op: "Mul", inputs: ["text", "image"], outputs: ["joint"] },
      { op: "Cast", inputs: ["joint"], outputs: ["embeddings"], attributes: { to: CAST[floats] } },
      { op: "ReduceSum", inputs: ["joint", "axis1"], outputs: ["sums"], attributes: { keepdims: 0 } },
      { op: "Sigmoid", inputs: ["sums"], outputs: ["scores"] },
      { op: "Cast", inputs: ["scores"], outputs: ["matching_scores"], attributes: { to: CAST[floats] } },
    ],
  });
}

export const STANDIN_WIDTH = WIDTH;
