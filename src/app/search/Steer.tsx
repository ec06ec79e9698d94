import { useTexts } from "../texts/texts";
import type { Steering } from "./use-query";

interface Props {
  /** There is a query that can be steered. */
  asked: boolean;
  onSteer: (how: Steering) => void;
}

const WAYS: { how: Steering; asked: boolean }[] = [
  { how: "similar", asked: false },
  { how: "but", asked: false },
  { how: "more", asked: true },
  { how: "less", asked: true },
];

/** What can be done to a query with a photo. */
export function Steer({ asked, onSteer }: Props) {
  const { steer } = useTexts().photo;
  return (
    <div className="steer">
      {WAYS.filter((way) => asked || !way.asked).map(({ how }) => (
        <button key={how} type="button" className="button" title={steer[how].title} onClick={() => onSteer(how)}>
          {steer[how].label}
        </button>
      ))}
    </div>
  );
}
