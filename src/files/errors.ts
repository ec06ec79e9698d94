/** What can go wrong, by name; the page and the CLI show the message and the advice, tests look at the code. */
export type ErrorCode =
  | "missing-file"
  | "network"
  | "truncated"
  | "altered"
  | "bad-path"
  | "bad-manifest"
  | "unsupported-version"
  | "bad-shard"
  | "wrong-pack"
  | "empty-gallery"
  | "bad-vectors"
  | "bad-query"
  | "bad-image"
  | "no-decoder"
  | "no-simd"
  | "no-memory"
  | "overtaken"
  | "no-room"
  | "no-folder"
  | "busy"
  | "encoder"
  | "engine"
  | "usage";

/** An error a person can act on: `message` says what happened and what it means, `advice` what to do next. */
export class DotlightError extends Error {
  override readonly name = "DotlightError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly advice: string,
  ) {
    super(message);
  }
}

/** The form in which an error crosses a worker boundary, where classes do not survive. */
export interface PlainError {
  code: ErrorCode | "unexpected";
  message: string;
  advice: string;
}

export function toPlain(error: unknown): PlainError {
  if (error instanceof DotlightError) return { code: error.code, message: error.message, advice: error.advice };
  return {
    code: "unexpected",
    message: error instanceof Error ? error.message : String(error),
    advice: "Reload the page; if it happens again, please report it with this message.",
  };
}
