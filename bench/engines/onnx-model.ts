/**
 * An ONNX model in a few hundred bytes, written by hand: scores = query . rows, then TopK. The product is a Gemm with the rows
 * transposed in place: a MatMul of the rows with a column took ten times as long (onnxruntime-web 1.30). The rows are external
 * data, so that the protobuf's limit of 2 GB does not hold for them.
 * Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */

type Field = number[];

function varint(value: number): number[] {
  const out = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...out, rest];
    out.push((rest % 128) | 128);
  }
}

const number = (field: number, value: number): Field => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, value: number[]): Field => [...varint(field * 8 + 2), ...varint(value.length), ...value];
const text = (field: number, value: string): Field => bytes(field, [...new TextEncoder().encode(value)]);
const message = (field: number, ...fields: Field[]): Field => bytes(field, fields.flat());

const FLOAT = 1;
const INT64 = 7;
const EXTERNAL = 1;

const node = (op: string, inputs: string[], outputs: string[], ...attributes: Field[]): Field =>
  message(1, ...inputs.map((name) => text(1, name)), ...outputs.map((name) => text(2, name)), text(4, op), ...attributes);
const integer = (name: string, value: number): Field => message(5, text(1, name), number(3, value), number(20, 2));
const value = (field: number, name: string, type: number, shape: number[]): Field =>
  message(field, text(1, name), message(2, message(1, number(1, type), message(2, ...shape.map((size) => message(1, number(1, size)))))));
const entry = (key: string, content: string): Field => message(13, text(1, key), text(2, content));

/** Input `query` [1, dim]; outputs `scores` [1, k] and `best` [1, k] (int64). The rows are the external file `rows.f32`. */
export function dotModel(n: number, dim: number, k: number): Uint8Array {
  const rows = message(
    5,
    number(1, n),
    number(1, dim),
    number(2, FLOAT),
    text(8, "rows"),
    entry("location", "rows.f32"),
    entry("offset", "0"),
    entry("length", String(n * dim * 4)),
    number(14, EXTERNAL),
  );
  const wanted = message(5, number(1, 1), number(2, INT64), text(8, "k"), bytes(9, [k, 0, 0, 0, 0, 0, 0, 0]));
  const graph = message(
    7,
    node("Gemm", ["query", "rows"], ["all"], integer("transB", 1)),
    node("TopK", ["all", "k"], ["scores", "best"], integer("axis", 1)),
    text(2, "dots"),
    rows,
    wanted,
    value(11, "query", FLOAT, [1, dim]),
    value(12, "scores", FLOAT, [1, k]),
    value(12, "best", INT64, [1, k]),
  );
  return Uint8Array.from([...number(1, 8), ...graph, ...message(8, text(1, ""), number(2, 17))]);
}
