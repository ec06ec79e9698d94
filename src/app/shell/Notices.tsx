import { useTexts } from "../texts/texts";
import type { Loading } from "../use-gallery";

/** What a visitor should know: the pack's limits, and whether anything is kept for the next visit. */
export function Notices({ loading: { gallery, encoders }, foreign }: { loading: Loading; foreign: boolean }) {
  const { shell } = useTexts();
  const notices = [
    gallery?.notice,
    encoders?.notKept && shell.notKept(encoders.notKept),
    encoders?.otherTokenizer && shell.otherTokenizer(encoders.otherTokenizer),
    foreign && gallery && gallery.languages.length === 0 && shell.noCaptions,
  ].filter((notice) => typeof notice === "string");
  if (notices.length === 0) return null;
  return (
    <ul className="notices" aria-label={shell.notices}>
      {notices.map((notice) => (
        <li key={notice}>{notice}</li>
      ))}
    </ul>
  );
}
