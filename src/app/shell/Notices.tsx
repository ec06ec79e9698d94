import type { Loading } from "../use-gallery";

/** What a visitor should know: the pack's limits, and whether anything is kept for the next visit. */
export function Notices({ loading: { gallery, encoders }, foreign }: { loading: Loading; foreign: boolean }) {
  const notices = [
    gallery?.notice,
    encoders?.notKept && `Nothing can be kept for a visit without a network: ${encoders.notKept}.`,
    encoders?.otherTokenizer && `Queries are read by @huggingface/tokenizers: ${encoders.otherTokenizer}.`,
    foreign && gallery && gallery.languages.length === 0 && "This gallery has no captions, so pictures cannot be searched with.",
  ].filter((notice) => typeof notice === "string");
  if (notices.length === 0) return null;
  return (
    <ul className="notices" aria-label="Notices">
      {notices.map((notice) => (
        <li key={notice}>{notice}</li>
      ))}
    </ul>
  );
}
