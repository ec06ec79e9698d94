/** Writes small ONNX models: just enough of the protobuf format (onnx.proto3) for stand-ins. */

export type Value = { name: string; type: "float32" | "float16" | "int64" | "int32"; shape: (number | string)[] };
export type Attribute = number | number[] | { float: number };
export interface Node {
  op: string;
  inputs: string[];
  outputs: string[];
  attributes?: Record<string, Attribute>;
}
export interface Graph {
  inputs: Value[];
  outputs: Value[];
  nodes: Node[];
  weights: Record<string, { shape: number[]; data: Float32Array | BigInt64Array }>;
}

const TYPES = { float32: 1, int32: 6, int64: 7, float16: 10 } as const;
/** The numbers of ONNX's own types, for Cast. */
export const CAST = TYPES;

function varint(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}

const join = (parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const number = (field: number, value: number | bigint): Uint8Array => Uint8Array.from([...varint(field << 3), ...varint(value)]);
const bytes = (field: number, value: Uint8Array): Uint8Array =>
  join([Uint8Array.from([...varint((field << 3) | 2), ...varint(value.length)]), value]);
const text = (field: number, value: string): Uint8Array => bytes(field, new TextEncoder().encode(value));
const message = (field: number, ...parts: Uint8Array[]): Uint8Array => bytes(field, join(parts));

const valueInfo = (field: number, { name, type, shape }: Value): Uint8Array => {
  const dims = shape.map((dim) => message(1, typeof dim === "number" ? number(1, dim) : text(2, dim)));
  return message(field, text(1, name), message(2, message(1, number(1, TYPES[type]), message(2, ...dims))));
};

function attribute(name: string, value: Attribute): Uint8Array {
  if (typeof value === "number") return message(5, text(1, name), number(3, value), number(20, 2));
  if (Array.isArray(value)) return message(5, text(1, name), ...value.map((each) => number(8, each)), number(20, 7));
  const float = new Uint8Array(Float32Array.of(value.float).buffer);
  return message(5, text(1, name), join([Uint8Array.from(varint((2 << 3) | 5)), float]), number(20, 1));
}

const nodeProto = ({ op, inputs, outputs, attributes = {} }: Node): Uint8Array =>
  message(
    1,
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  );

const tensorProto = (name: string, { shape, data }: Graph["weights"][string]): Uint8Array =>
  message(
    5,
    ...shape.map((dim) => number(1, dim)),
    number(2, data instanceof Float32Array ? TYPES.float32 : TYPES.int64),
    text(8, name),
    bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );

/** The bytes of an .onnx file, opset 17. */
export function onnxModel({ inputs, outputs, nodes, weights }: Graph): Uint8Array {
  return join([
    number(1, 8),
    text(2, "dotlight stand-in"),
    message(
      7,
      ...nodes.map(nodeProto),
      text(2, "stand-in"),
      ...Object.entries(weights).map(([name, weight]) => tensorProto(name, weight)),
      ...inputs.map((value) => valueInfo(11, value)),
      ...outputs.map((value) => valueInfo(12, value)),
    ),
    message(8, number(2, 17)),
  ]);
}

/** Numbers of about unit size, always the same for a seed. */
export function random(seed: number, count: number, scale = 1): Float32Array {
  let state = seed * 2654435761 + 1;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return ((state >>> 8) / 2 ** 23 - 1) * scale;
  });
}
