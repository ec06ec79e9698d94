import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { readAddress, writeAddress } from "./address";
import { Captions } from "./search/Captions";
import { Examples } from "./search/Examples";
import { PhotoDialog } from "./search/PhotoDialog";
import { Results } from "./search/Results";
import { SearchField } from "./search/SearchField";
import { Spent } from "./search/Spent";
import { useDroppedPicture } from "./search/use-dropped-picture";
import { useRerank } from "./search/use-rerank";
import { useSearch } from "./search/use-search";
import { Header } from "./shell/Header";
import { LoadingBar } from "./shell/LoadingBar";
import { Notices } from "./shell/Notices";
import { Problem } from "./shell/Problem";
import { useGallery } from "./use-gallery";

export function App() {
  const address = useMemo(readAddress, []);
  const loading = useGallery(address.gallery, address.device, address.scan);
  const { engine, gallery, encoders, problem } = loading;
  const [query, setQuery] = useState(address.query);
  const search = useSearch(loading, query);
  const [reranks, setReranks] = useState(address.rerank);
  const rerank = useRerank(loading, search, query, reranks);
  const [open, setOpen] = useState<number>();
  const [picture, setPicture] = useState<Blob>();
  const field = useRef<HTMLInputElement>(null);
  const language = gallery?.languages[0];

  useEffect(() => writeAddress({ query, rerank: reranks }), [query, reranks]);
  useEffect(() => {
    const back = () => setQuery(readAddress().query);
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, []);

  const ask = useCallback((words: string) => {
    setPicture(undefined);
    setOpen(undefined);
    setQuery(words);
    field.current?.focus();
  }, []);
  const type = useCallback((words: string) => {
    setPicture(undefined);
    setQuery(words);
  }, []);
  const dropping = useDroppedPicture(language ? setPicture : undefined);

  return (
    <div className="page" data-state={problem ? "problem" : loading.stage}>
      <Header gallery={gallery} encoders={encoders} device={search.device ?? encoders?.device} />
      <main>
        <SearchField field={field} value={query} onChange={type} onPicture={language ? setPicture : undefined} />
        {search.shown.length > 0 && <Examples items={search.shown} onChoose={ask} hidden={query !== "" || picture !== undefined} />}
        {problem ? (
          <Problem problem={problem} onRetry={loading.retry} />
        ) : (
          <>
            <LoadingBar loading={loading} />
            <Notices loading={loading} foreign={address.foreign} />
            {picture && language ? (
              <Captions
                engine={engine}
                picture={picture}
                language={language}
                ready={encoders !== undefined}
                onChoose={ask}
                onClose={() => setPicture(undefined)}
              />
            ) : (
              <>
                <Spent search={search} gallery={gallery} rerank={rerank} on={reranks} onRerank={setReranks} />
                {search.problem && <Problem problem={search.problem} />}
                {search.found && rerank.problem && <Problem problem={rerank.problem} />}
                <Results engine={engine} shown={rerank.shown} order={rerank.order} more={search.more} field={field} onOpen={setOpen} />
              </>
            )}
          </>
        )}
      </main>
      {open !== undefined && rerank.shown[open] && gallery && (
        <PhotoDialog
          engine={engine}
          count={gallery.count}
          language={encoders ? language : undefined}
          shown={rerank.shown}
          place={open}
          onPlace={setOpen}
          onChoose={ask}
          onClose={() => setOpen(undefined)}
        />
      )}
      {dropping && <div className="drop">Drop a picture to find its captions</div>}
    </div>
  );
}
