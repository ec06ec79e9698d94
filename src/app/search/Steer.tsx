import type { Steering } from "./use-query";

interface Props {
  /** There is a query that can be steered. */
  asked: boolean;
  onSteer: (how: Steering) => void;
}

const WAYS: { how: Steering; label: string; title: string; asked: boolean }[] = [
  { how: "similar", label: "Find similar pictures", title: "Look for its like alone", asked: false },
  { how: "but", label: "This, but …", title: "Look for the same things with something else: at night, in the snow, red", asked: false },
  { how: "more", label: "More like this", title: "Look for what you have asked for, and for this photo's like", asked: true },
  { how: "less", label: "Less like this", title: "Look for what you have asked for, away from this photo", asked: true },
];

/** What can be done to a query with a photo. */
export function Steer({ asked, onSteer }: Props) {
  return (
    <div className="steer">
      {WAYS.filter((way) => asked || !way.asked).map(({ how, label, title }) => (
        <button key={how} type="button" className="button" title={title} onClick={() => onSteer(how)}>
          {label}
        </button>
      ))}
    </div>
  );
}
