import type { StoredPhoto } from "../store/records";

/** Photos by the digest of their content. */
export class Known {
  readonly #byDigest = new Map<string, StoredPhoto>();
  readonly #gone: Map<number, StoredPhoto>;

  constructor(
    stored: StoredPhoto[],
    gone: StoredPhoto[],
    readonly fingerprint: string,
  ) {
    this.learn(stored);
    this.#gone = new Map(gone.map((photo) => [photo.number, photo]));
  }

  learn(photos: StoredPhoto[]): void {
    for (const photo of photos) if (photo.fingerprint === this.fingerprint) this.#byDigest.set(photo.digest, photo);
  }

  /** A photo of this content; one whose own file is gone has moved, and is taken once. */
  find(digest: string, stored: StoredPhoto | undefined): { as: "itself" | "moved" | "another"; photo: StoredPhoto } | undefined {
    if (stored?.digest === digest) return stored.fingerprint === this.fingerprint ? { as: "itself", photo: stored } : undefined;
    if (!stored) {
      for (const photo of this.#gone.values()) {
        if (photo.digest !== digest || photo.fingerprint !== this.fingerprint) continue;
        this.#gone.delete(photo.number);
        return { as: "moved", photo };
      }
    }
    const photo = this.#byDigest.get(digest);
    return photo && { as: "another", photo };
  }

  /** Photos whose file is gone and that have not turned up elsewhere. */
  missed(): StoredPhoto[] {
    return [...this.#gone.values()];
  }
}
