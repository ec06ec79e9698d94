import { useCallback, useMemo, useState } from "react";
import { readAddress } from "../address";
import { Header } from "../shell/Header";
import { Problem } from "../shell/Problem";
import { useTexts } from "../texts/texts";
import "../styles/lab.css";
import "../styles/lab-results.css";
import { Ablation } from "./Ablation";
import { Cases } from "./Cases";
import { Categories } from "./Categories";
import { Doing } from "./Doing";
import { useDroppedFiles } from "./dropped-files";
import { Export } from "./Export";
import type { LabFile } from "./engine";
import { Languages } from "./Languages";
import { Panels } from "./Panels";
import { Saving } from "./Saving";
import { Setup } from "./Setup";
import { useLab } from "./use-lab";

/** The paper, measured in the tab: for whoever presents it. */
export default function Lab() {
  const { lab: texts } = useTexts();
  const address = useMemo(readAddress, []);
  const lab = useLab(address.gallery, address.device);
  const [split, setSplit] = useState("test");
  const [category, setCategory] = useState<string>();
  const { subject, found, problem, running, open } = lab;
  const openFiles = useCallback((files: Promise<LabFile[]>) => open(files, split), [open, split]);
  const over = useDroppedFiles(openFiles);
  const state = problem ? "problem" : running || !subject ? "busy" : found && !lab.stopped ? "finished" : "ready";

  return (
    <div className="page lab" data-state={state}>
      <Header gallery={subject && { name: `${subject.dataset} ${subject.split}` }} encoders={{ pack: "diorama" }} device={found?.device} />
      <main>
        <header className="lab-title">
          <h1>{texts.title}</h1>
          <p className="muted">{texts.about}</p>
        </header>
        <Setup lab={lab} split={split} onSplit={setSplit} onFiles={openFiles} />
        {problem && <Problem problem={problem} />}
        <Doing lab={lab} />
        <Panels lab={lab} />
        {found && (
          <>
            <Saving found={found} />
            {found.categories && <Categories found={found} chosen={category} onChoose={setCategory} />}
            {!running && found.dot && <Cases engine={lab.engine} found={found} category={category} onCategory={setCategory} />}
            {subject && <Languages lab={lab} subject={subject} />}
          </>
        )}
        <Ablation />
        {found?.dot && !running && <Export found={found} />}
      </main>
      {over && <div className="drop">{texts.drop}</div>}
    </div>
  );
}
