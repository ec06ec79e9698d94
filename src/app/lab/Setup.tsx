import { useId, useRef } from "react";
import { type Texts, useTexts } from "../texts/texts";
import { Coded } from "./Coded";
import { pickedFiles } from "./dropped-files";
import type { LabFile, SubjectInfo } from "./engine";
import type { Lab } from "./use-lab";
import { nameOf } from "./words";

interface Props {
  lab: Lab;
  split: string;
  onSplit: (split: string) => void;
  onFiles: (files: Promise<LabFile[]>) => void;
}

const MS = [10, 20, 50, 100];
const SAMPLES = [50, 200, 1000, 0];
const FULL = [0, 5, 10, 20, 50];

/** What is measured and how; and the button that starts it. */
export function Setup({ lab, split, onSplit, onFiles }: Props) {
  const texts = useTexts();
  const { setup } = texts.lab;
  const { subject, settings, change, running } = lab;
  const busy = running || !subject;
  const fixed = subject?.notReranked !== undefined;
  return (
    <section className="setup" aria-label={setup.label}>
      <div className="setup-data">
        <p className="setup-name">{subject ? `${subject.dataset} ${subject.split}`.trim() : lab.problem ? setup.nothing : setup.opening}</p>
        <p className="muted">{subject && contents(subject, settings.language, setup)}</p>
        <OwnData split={split} onSplit={onSplit} onFiles={onFiles} disabled={running} />
      </div>
      <form
        className="setup-run"
        onSubmit={(event) => {
          event.preventDefault();
          lab.run();
        }}
      >
        <Choice label={setup.language} value={settings.language} disabled={busy} onChange={(language) => change({ language })}>
          {Object.keys(subject?.languages ?? { [settings.language]: 0 }).map((code) => [code, nameOf(code, texts)])}
        </Choice>
        <Choice label={setup.first} value={settings.m} disabled={busy || fixed} onChange={(m) => change({ m: Number(m) })}>
          {withOwn(MS, settings.m).map((m) => [m, texts.number(m)])}
        </Choice>
        <Choice label={setup.on} value={settings.sample} disabled={busy || fixed} onChange={(n) => change({ sample: Number(n) })}>
          {withOwn(SAMPLES, settings.sample).map((n) => [n, n === 0 ? setup.all : setup.sample(n)])}
        </Choice>
        <Choice label={setup.full} value={settings.full} disabled={busy || fixed} onChange={(n) => change({ full: Number(n) })}>
          {withOwn(FULL, settings.full).map((n) => [n, n === 0 ? setup.none : setup.captions(n)])}
        </Choice>
        <label className="setting">
          <span>{setup.seed}</span>
          <input
            type="number"
            min="0"
            step="1"
            value={settings.seed}
            disabled={busy || fixed}
            onChange={({ target }) => change({ seed: Math.max(0, Math.floor(target.valueAsNumber || 0)) })}
          />
        </label>
        {running ? (
          <button type="button" className="button run" onClick={lab.stop}>
            {setup.stop}
          </button>
        ) : (
          <button type="submit" className="button run" disabled={busy}>
            {setup.run}
          </button>
        )}
      </form>
    </section>
  );
}

const withOwn = (values: number[], own: number): number[] => (values.includes(own) ? values : [own, ...values]);

function contents({ photos, languages }: SubjectInfo, language: string, setup: Texts["lab"]["setup"]): string {
  return setup.contents(photos, languages[language] ?? Object.values(languages)[0] ?? 0);
}

interface ChoiceProps {
  label: string;
  value: string | number;
  disabled: boolean;
  onChange: (value: string) => void;
  children: (readonly [string | number, string])[];
}

function Choice({ label, value, disabled, onChange, children }: ChoiceProps) {
  return (
    <label className="setting">
      <span>{label}</span>
      <select value={value} disabled={disabled} onChange={({ target }) => onChange(target.value)}>
        {children.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function OwnData({ split, onSplit, onFiles, disabled }: Omit<Props, "lab"> & { disabled: boolean }) {
  const { setup } = useTexts().lab;
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const field = useId();
  const take = ({ target }: { target: HTMLInputElement }) => {
    const list = pickedFiles(target.files);
    // The same folder can be chosen again.
    target.value = "";
    if (list.length > 0) onFiles(Promise.resolve(list));
  };
  return (
    <details className="own-data">
      <summary>{setup.own}</summary>
      <p>
        <Coded text={setup.how} />
      </p>
      <div className="own-data-choose">
        <label htmlFor={field}>{setup.split}</label>
        <input id={field} value={split} size={6} onChange={({ target }) => onSplit(target.value)} />
        <button type="button" className="button" disabled={disabled} onClick={() => folder.current!.click()}>
          {setup.chooseFolder}
        </button>
        <button type="button" className="button" disabled={disabled} onClick={() => files.current!.click()}>
          {setup.chooseFiles}
        </button>
      </div>
      <input ref={folder} type="file" hidden multiple aria-label={setup.folder} {...{ webkitdirectory: "" }} onChange={take} />
      <input ref={files} type="file" hidden multiple aria-label={setup.files} onChange={take} />
    </details>
  );
}
