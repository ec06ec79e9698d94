import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { directorySink } from "../../files/directory.node";
import type { Sink } from "../../files/source";
import type { Item } from "../../gallery/manifest";
import type { Texts } from "./texts";
import type { Found } from "./walk";

/** What was made of a photo's content, whatever it is called and wherever it lies. */
export interface PhotoRecord {
  shown: Required<Pick<Item, "thumb" | "large" | "color" | "details">>;
  /** What the photo itself says of what it shows. */
  texts: Texts;
  vector: Float32Array;
  /** Regions x width; empty where the pack has none. */
  regions: Float32Array;
}

/**
 * What has been encoded, a file a photo's content, so that nothing is encoded twice: not after an interruption, not when photos were renamed,
 * moved or doubled. A file appears whole or not at all. `made` names what the content of records depends on: encoders and sizes.
 */
export class Records {
  readonly #sink: Sink;

  constructor(
    readonly folder: string,
    readonly made: string,
  ) {
    this.#sink = directorySink(folder);
  }

  async put(digest: string, { vector, regions, ...head }: PhotoRecord): Promise<void> {
    const text = Buffer.from(`${JSON.stringify({ ...head, numbers: [vector.length, regions.length] })}\n`);
    const numbers = [vector, regions].map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength));
    await this.#sink.write(this.#path(digest), Buffer.concat([text, ...numbers]));
  }

  /** Undefined where there is none, or it is damaged. */
  async get(digest: string): Promise<PhotoRecord | undefined> {
    const bytes = await readFile(join(this.folder, this.#path(digest))).catch(() => undefined);
    const end = bytes?.indexOf("\n") ?? -1;
    if (!bytes || end < 0) return undefined;
    try {
      const { numbers, ...head } = JSON.parse(bytes.toString("utf8", 0, end)) as Pick<PhotoRecord, "shown" | "texts"> & {
        numbers: [number, number];
      };
      // Copied, since the numbers do not begin at a multiple of four bytes.
      const floats = new Float32Array(new Uint8Array(bytes.subarray(end + 1)).buffer);
      if (floats.length !== numbers[0] + numbers[1]) return undefined;
      return { ...head, vector: floats.subarray(0, numbers[0]), regions: floats.subarray(numbers[0]) };
    } catch {
      return undefined;
    }
  }

  #path = (digest: string): string => `${this.made}/${digest.slice(0, 2)}/${digest}`;
}

/**
 * Which content each photo had when it was last looked at, so that a photo with the same size and time need not be read again. Lines are
 * appended as photos are done; one that an interruption cut short is passed over.
 */
export class Seen {
  readonly #digests = new Map<string, string>();

  private constructor(readonly file: string) {}

  static async open(folder: string): Promise<Seen> {
    await mkdir(folder, { recursive: true });
    const seen = new Seen(join(folder, "seen.jsonl"));
    for (const line of (await readFile(seen.file, "utf8").catch(() => "")).split("\n")) {
      try {
        const [key, digest] = JSON.parse(line) as [string, string];
        seen.#digests.set(key, digest);
      } catch {
        // Cut short.
      }
    }
    return seen;
  }

  digest(photo: Found): string | undefined {
    return this.#digests.get(keyOf(photo));
  }

  async add(photo: Found, digest: string): Promise<void> {
    this.#digests.set(keyOf(photo), digest);
    await appendFile(this.file, line(keyOf(photo), digest));
  }

  /** Forgets photos that are no longer there. */
  async keep(photos: Found[]): Promise<void> {
    const known = photos.flatMap((photo) => (this.digest(photo) ? [line(keyOf(photo), this.digest(photo)!)] : []));
    if (known.length < this.#digests.size) await writeFile(this.file, known.join(""));
  }
}

const keyOf = ({ id, bytes, modified }: Found): string => `${bytes} ${modified} ${id}`;

/** A line break first: what comes after a line that was cut short begins anew. */
const line = (key: string, digest: string): string => `\n${JSON.stringify([key, digest])}`;
