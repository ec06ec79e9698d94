import { useCallback, useEffect, useRef, useState } from "react";
import { type PlainError, toPlain } from "../../files/errors";
import type { Texts } from "../texts/texts";
import { type LabAddress, readLabAddress } from "./address";
import { LabEngine, type LabFile, type LabResult, type Settings, type Step, type SubjectInfo } from "./engine";

/** Something that takes long: how far it is. */
export interface Going {
  what: keyof Texts["lab"]["doing"]["what"];
  done: number;
  total: number;
  /** When this part of it began, ms. */
  began: number;
}

export interface Lab {
  engine: LabEngine;
  /** What is evaluated; undefined while it is being opened. */
  subject: SubjectInfo | undefined;
  /** Photos and captions of a dropped data set, while they are encoded. */
  indexing: Going | undefined;
  settings: Settings;
  change: (change: Partial<Settings>) => void;
  run: (change?: Partial<Settings>) => void;
  stop: () => void;
  open: (files: Promise<LabFile[]>, split: string) => void;
  running: boolean;
  /** The run was stopped before its end. */
  stopped: boolean;
  step: Step | undefined;
  going: Going | undefined;
  found: LabResult | undefined;
  /** Results of all runs on this data set that came to their end, by language. */
  byLanguage: Record<string, LabResult>;
  problem: PlainError | undefined;
}

interface Run {
  running: boolean;
  stopped: boolean;
  step?: Step;
  going?: Going | undefined;
  found?: LabResult;
}

const IDLE: Run = { running: false, stopped: false };

/** The data set that is open, the settings, and the run that is going on. */
export function useLab(gallery: string, device: LabEngine["device"]): Lab {
  const engine = useRef<LabEngine>(null);
  engine.current ??= new LabEngine(device);
  const first = useRef<LabAddress>(null);
  first.current ??= readLabAddress();
  const [subject, setSubject] = useState<SubjectInfo>();
  const [indexing, setIndexing] = useState<Going>();
  const [settings, setSettings] = useState<Settings>(() => {
    const { run: _, ...own } = first.current!;
    return own;
  });
  const [run, setRun] = useState<Run>(IDLE);
  const [byLanguage, setByLanguage] = useState<Lab["byLanguage"]>({});
  const [problem, setProblem] = useState<PlainError>();
  /** Counts what has been opened: what an older one still says is not heard. */
  const turn = useRef(0);

  const start = useCallback(async (wanted: Settings) => {
    const mine = turn.current;
    const heard =
      <T>(set: (value: T) => void) =>
      (value: T) =>
        turn.current === mine && set(value);
    setProblem(undefined);
    setRun({ running: true, stopped: false });
    const onStep = heard(([step, found]: [Step, LabResult]) =>
      setRun((before) => ({ ...before, step, found, going: goingOf(step, before.going) })),
    );
    try {
      const found = await engine.current!.run(wanted, (step, found) => onStep([step, found]));
      heard(setByLanguage)((before: Lab["byLanguage"]) => ({ ...before, [wanted.language]: found }));
      heard(setRun)({ running: false, stopped: false, found, step: { doing: "finished" } });
    } catch (error) {
      const plain = toPlain(error);
      const stopped = plain.code === "overtaken";
      heard(setRun)((before: Run) => ({ ...(before.found ? { found: before.found } : {}), running: false, stopped }));
      if (!stopped) heard(setProblem)(plain);
    }
  }, []);

  const opened = useCallback(
    async (opening: Promise<SubjectInfo>, andRun: boolean) => {
      const mine = turn.current;
      setSubject(undefined);
      setRun(IDLE);
      setByLanguage({});
      setProblem(undefined);
      try {
        const info = await opening;
        if (turn.current !== mine) return;
        const { language } = first.current!;
        const wanted = { ...settingsNow.current, language: language in info.languages ? language : Object.keys(info.languages)[0]! };
        setSubject(info);
        setSettings(wanted);
        if (andRun) void start(wanted);
      } catch (error) {
        if (turn.current === mine) setProblem(toPlain(error));
      } finally {
        if (turn.current === mine) setIndexing(undefined);
      }
    },
    [start],
  );
  const settingsNow = useRef(settings);
  settingsNow.current = settings;

  useEffect(() => {
    const current = engine.current!;
    turn.current++;
    void opened(current.openGallery(gallery), first.current!.run);
    return () => current.close();
  }, [gallery, opened]);

  const open = useCallback(
    (files: Promise<LabFile[]>, split: string) => {
      turn.current++;
      const mine = turn.current;
      // What was running ends with its worker.
      engine.current!.close();
      const onIndexed = (done: number, total: number, what: "photos" | "captions") =>
        turn.current === mine && setIndexing((before) => along(before, { what, done, total }));
      void opened(
        files.then((list) => engine.current!.openFiles(list, split, onIndexed)),
        false,
      );
    },
    [opened],
  );

  return {
    engine: engine.current,
    subject,
    indexing,
    settings,
    change: (change) => setSettings((before) => ({ ...before, ...change })),
    run: (change = {}) => {
      setSettings({ ...settings, ...change });
      void start({ ...settings, ...change });
    },
    stop: () => void engine.current!.stop(),
    open,
    running: run.running,
    stopped: run.stopped,
    step: run.step,
    going: run.going,
    found: run.found,
    byLanguage,
    problem,
  };
}

/** The same work, further on; another one begins now. */
function along(before: Going | undefined, now: Omit<Going, "began">): Going {
  return { ...now, began: before?.what === now.what ? before.began : performance.now() };
}

function goingOf(step: Step, before: Going | undefined): Going | undefined {
  if (step.doing === "finished") return undefined;
  if (step.doing === "dot product") return along(before, { what: "dot", ...count(step) });
  if (step.doing === "full cross-attention") return along(before, { what: "full", ...count(step) });
  if (step.doing === "re-ranking") {
    return along(before, { what: step.interim.task === "ir" ? "captionsAgain" : "picturesAgain", ...count(step.interim) });
  }
  return along(before, { what: step.doing === "loading the cross-encoder" ? "loading" : step.doing, done: 0, total: 0 });
}

const count = ({ done, total }: { done: number; total: number }) => ({ done, total });
