import { transferHandlers } from "comlink";
import { DotlightError, type PlainError, toPlain } from "../src/files/errors";

let carries = false;

/**
 * Comlink's own handler keeps only an error's name, message and stack. Both sides call this, so that what is thrown in the worker arrives
 * with its code and advice.
 */
export function carryErrors(): void {
  if (carries) return;
  carries = true;
  const handler = transferHandlers.get("throw") as unknown as { canHandle(value: unknown): boolean };
  transferHandlers.set("throw", {
    canHandle: (value): value is unknown => handler.canHandle(value),
    serialize: (value: unknown) => [toPlain((value as { value: unknown }).value), []],
    deserialize: (plain: PlainError) => {
      throw new DotlightError(plain.code as DotlightError["code"], plain.message, plain.advice);
    },
  });
}
