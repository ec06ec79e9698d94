import { type Texts, useTexts } from "../texts/texts";
import { Coded } from "./Coded";

/** Mean and standard deviation over the seeds; one seed has none. */
interface Spread {
  mean: number;
  sd: number | null;
}

/** What training/ablation.py writes. */
interface Results {
  date: string;
  machine: { cpu: string; cores: number };
  budget: { updates: number; pretrain_updates: number };
  images: { val: number };
  rows: { name: string; ar: Spread; ir_r1: Spread; tr_r1: Spread; difference: Spread | null; seeds: unknown[] }[];
}

// Without the file there is no section.
const FOUND = Object.values(import.meta.glob<Results>("/training/results/ablation.json", { eager: true, import: "default" }))[0];

/** Which of the paper's pre-training objectives help: the committed results of its ablation grid. */
export function Ablation() {
  const texts = useTexts();
  if (!FOUND) return null;
  const { ablation } = texts.lab;
  const { date, machine, budget, images, rows } = FOUND;
  return (
    <section className="block" aria-labelledby="ablation">
      <h2 id="ablation">{ablation.title}</h2>
      <table className="ablation">
        <thead>
          <tr>
            <th scope="col">{ablation.with}</th>
            <th scope="col">AR</th>
            <th scope="col">{ablation.toPictures}</th>
            <th scope="col">{ablation.toCaptions}</th>
            <th scope="col">{ablation.difference}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, ar, ir_r1, tr_r1, difference }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{written(ar, texts)}</td>
              <td>{written(ir_r1, texts)}</td>
              <td>{written(tr_r1, texts)}</td>
              <td>{difference ? signed(difference, texts) : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted small">
        {ablation.note(budget.updates, budget.pretrain_updates, images.val, rows[0]?.seeds.length ?? 0)} {date}, {machine.cpu},{" "}
        {ablation.cores(machine.cores)}. <Coded text={ablation.committed} />
      </p>
    </section>
  );
}

const written = ({ mean, sd }: Spread, { fixed }: Texts): string => `${fixed(mean, 1)}${sd === null ? "" : ` ± ${fixed(sd, 1)}`}`;
const signed = (value: Spread, texts: Texts): string => (value.mean > 0 ? "+" : "") + written(value, texts).replace("-", "−");
