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
  if (!FOUND) return null;
  const { date, machine, budget, images, rows } = FOUND;
  return (
    <section className="block" aria-labelledby="ablation">
      <h2 id="ablation">What the pre-training objectives are worth</h2>
      <table className="ablation">
        <thead>
          <tr>
            <th scope="col">Pre-trained with</th>
            <th scope="col">AR</th>
            <th scope="col">text → image R@1</th>
            <th scope="col">image → text R@1</th>
            <th scope="col">AR to all</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, ar, ir_r1, tr_r1, difference }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{written(ar)}</td>
              <td>{written(ir_r1)}</td>
              <td>{written(tr_r1)}</td>
              <td>{difference ? signed(difference) : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted small">
        {budget.updates.toLocaleString("en")} updates each, {budget.pretrain_updates.toLocaleString("en")} of them pre-training;{" "}
        {images.val} images of val; mean ± standard deviation of {rows[0]?.seeds.length} seeds. {date}, {machine.cpu}, {machine.cores}{" "}
        cores. Not run in this tab: these are the committed results of <code>npm run ablation</code>.
      </p>
    </section>
  );
}

const written = ({ mean, sd }: Spread): string => `${mean.toFixed(1)}${sd === null ? "" : ` ± ${sd.toFixed(1)}`}`;
const signed = (value: Spread): string => (value.mean > 0 ? "+" : "") + written(value).replace("-", "−");
