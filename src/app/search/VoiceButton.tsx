import { useEffect, useRef, useState } from "react";
import { MicrophoneIcon } from "../shell/icons";
import { useTexts } from "../texts/texts";

/** What is not in TypeScript's own declarations: recognition that stays on this device. */
interface LocalRecognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  processLocally: boolean;
  start: (this: LocalRecognition) => void;
  stop: (this: LocalRecognition) => void;
}

interface LocalRecognitions {
  new (): LocalRecognition;
  available?: (options: { langs: string[]; processLocally: boolean }) => Promise<string>;
}

interface Heard extends Event {
  results: ArrayLike<ArrayLike<{ transcript: string }>>;
}

const recognitions = (): LocalRecognitions | undefined => (window as { SpeechRecognition?: LocalRecognitions }).SpeechRecognition;

/** Listens to a query, where the browser understands speech on this device: what would send the voice elsewhere is not offered. */
export function VoiceButton({ onHeard }: { onHeard: (words: string) => void }) {
  const { field } = useTexts();
  const [possible, setPossible] = useState(false);
  const [listening, setListening] = useState<LocalRecognition>();
  const heard = useRef(onHeard);
  heard.current = onHeard;

  useEffect(() => {
    const asked = recognitions()?.available?.({ langs: [navigator.language], processLocally: true });
    asked?.then(
      (found) => setPossible(found === "available"),
      () => undefined,
    );
  }, []);
  useEffect(() => () => listening?.stop(), [listening]);

  const listen = () => {
    const recognition = new (recognitions()!)();
    Object.assign(recognition, { lang: navigator.language, interimResults: true, processLocally: true });
    recognition.addEventListener("result", (event) => {
      heard.current(Array.from((event as Heard).results, (result) => result[0]!.transcript).join(" "));
    });
    recognition.addEventListener("end", () => setListening(undefined));
    recognition.start();
    setListening(recognition);
  };

  if (!possible) return null;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={field.say}
      aria-pressed={listening !== undefined}
      title={field.sayTitle}
      onClick={() => (listening ? listening.stop() : listen())}
    >
      <MicrophoneIcon />
    </button>
  );
}
