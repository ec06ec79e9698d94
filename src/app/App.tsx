import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import {
  choosePack,
  DEFAULT_PACK,
  forgetAddress,
  galleryAddress,
  keepView,
  readAddress,
  type View,
  writeAddress,
  written,
} from "./address";
import type { PhotoFilter } from "./engine";
import { Alike } from "./library/Alike";
import { LibraryDialog } from "./library/LibraryDialog";
import { ModelsDialog, modelName } from "./library/ModelsDialog";
import { OwnGallery } from "./library/OwnGallery";
import { OwnPhoto } from "./library/OwnPhoto";
import { droppedFiles } from "./library/origin";
import { useGroups } from "./library/use-groups";
import { useModels } from "./library/use-models";
import { useOwnPhotos } from "./library/use-own-photos";
import { useSelection } from "./library/use-selection";
import { Announcer } from "./search/Announcer";
import { Answer } from "./search/Answer";
import { Captions } from "./search/Captions";
import { PhotoDialog } from "./search/PhotoDialog";
import { listed, type Photos } from "./search/photos";
import { QueryChips } from "./search/QueryChips";
import { SearchField } from "./search/SearchField";
import { Suggestions } from "./search/Suggestions";
import { SearchesDialog } from "./search/searches/SearchesDialog";
import { useRemembering } from "./search/searches/use-remembering";
import { useSearches } from "./search/searches/use-searches";
import { useAsking } from "./search/use-asking";
import { useBrowse } from "./search/use-browse";
import { useHandedFiles } from "./search/use-handed-files";
import { useQuery } from "./search/use-query";
import { useRerank } from "./search/use-rerank";
import { useSearch } from "./search/use-search";
import { Header } from "./shell/Header";
import { HelpDialog } from "./shell/HelpDialog";
import { LeftMachine } from "./shell/LeftMachine";
import { LoadingBar } from "./shell/LoadingBar";
import { Notices } from "./shell/Notices";
import { Problem } from "./shell/Problem";
import { useHelpKey } from "./shell/use-help-key";
import { useLanguage, useTexts } from "./texts/texts";
import { useGallery } from "./use-gallery";

const NO_FILTER: PhotoFilter = {};

export function App() {
  const texts = useTexts();
  const [address, setAddress] = useState(readAddress);
  const loading = useGallery(address.gallery, address.device, address.scan);
  const { engine, gallery, encoders, problem } = loading;
  const query = useQuery(address);
  const [filter, setFilter] = useState<PhotoFilter>(NO_FILTER);
  const room = useRef(0);
  const search = useSearch(loading, query, filter, room);
  const [reranks, setReranks] = useState(address.rerank);
  const rerank = useRerank(loading, search, query.parts, reranks);
  const { shown, takeApart } = useGroups(rerank.shown, search.found);
  const browse = useBrowse(loading, filter);
  const { browsing, more } = search;
  const photos = useMemo(() => (browsing ? browse.photos : listed(shown, more)), [browsing, browse.photos, shown, more]);
  const { text, parts, replace } = query;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another object for another question.
  const asked = useMemo(() => ({}), [parts, filter, address.gallery]);
  /** The photo that is looked at, of `photos` unless of others. */
  const [open, setOpen] = useState<{ place: number; of?: Photos }>();
  const field = useRef<HTMLInputElement>(null);
  const { language: spoken } = useLanguage();
  const language = gallery?.languages.find((one) => one === spoken) ?? gallery?.languages[0];
  const searches = useSearches(address.gallery);
  // A picture of the visitor's own is in no address.
  const named = useMemo(() => query.photos.filter((part) => "photo" in part), [query.photos]);
  const asking = named.length === query.photos.length ? written(text, named) : "";
  useRemembering(searches, asking, open !== undefined);
  const [searchesShown, setSearchesShown] = useState(false);
  const uncover = useCallback(() => {
    setOpen(undefined);
    setSearchesShown(false);
  }, []);
  const { picture, dismiss, ask, askAgain, write, clear, takePicture, steerBy, toLastPhoto } = useAsking(query, {
    field,
    finds: language ? "captions" : "photos",
    onAsk: uncover,
  });
  const [helpShown, setHelpShown] = useState(false);
  useHelpKey(setHelpShown);

  /** Shows what the address says. */
  const arrive = useCallback(() => {
    const next = readAddress();
    setAddress(next);
    replace(next.query, next.photos);
    dismiss();
    setOpen(undefined);
    setFilter(NO_FILTER);
  }, [replace, dismiss]);
  const go = useCallback(
    (id: string | undefined) => {
      history.pushState(null, "", galleryAddress(id));
      setGalleriesShown(false);
      arrive();
    },
    [arrive],
  );
  const [galleriesShown, setGalleriesShown] = useState(false);
  const own = useOwnPhotos(address, loading, go);
  const selection = useSelection(own.open?.id, photos);
  const models = useModels(address.hub);
  const [choosing, setChoosing] = useState(false);
  const choose = useCallback((pack: string) => {
    choosePack(pack);
    setAddress(readAddress());
  }, []);

  const openPhoto = useCallback((place: number, of?: Photos) => setOpen({ place, ...(of ? { of } : {}) }), []);
  const look = useCallback((view: View) => {
    keepView(view);
    setAddress(readAddress());
  }, []);

  useEffect(() => writeAddress({ query: text, photos: named, rerank: reranks }), [text, named, reranks]);
  useEffect(() => {
    const back = () => {
      forgetAddress();
      arrive();
    };
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, [arrive]);

  const { add } = own;
  const takeMany = useCallback(
    (data: DataTransfer) => {
      droppedFiles(data).then((choice) => choice && add(choice));
    },
    [add],
  );
  const dropping = useHandedFiles({ onPicture: takePicture, onMany: takeMany });

  return (
    <div className="page" data-state={problem ? "problem" : loading.stage}>
      <Header
        gallery={gallery}
        encoders={encoders}
        device={search.device ?? encoders?.device}
        onGalleries={() => setGalleriesShown(true)}
        onHelp={() => setHelpShown(true)}
      />
      <main>
        <SearchField
          field={field}
          value={text}
          photos={query.photos.length > 0}
          onChange={write}
          onClear={clear}
          onBack={toLastPhoto}
          onPicture={takePicture}
          saved={searches.saved.includes(asking)}
          onSave={() => searches.toggle(asking)}
          onSearches={() => setSearchesShown(true)}
          pictureFinds={language ? texts.field.findCaptions : texts.field.findLike}
        />
        {/* One line of a height of its own: nothing below it moves when what is loaded has come. */}
        <div className="below-field">
          {problem ? null : loading.stage === "loading" || loading.stage === "refining" ? (
            <LoadingBar loading={loading} />
          ) : (
            <Suggestions
              engine={engine}
              gallery={gallery}
              photos={photos}
              text={text}
              more={query.photos.length > 0 || picture !== undefined}
              searches={searches}
              onChoose={askAgain}
              onComplete={ask}
            />
          )}
        </div>
        <QueryChips engine={engine} gallery={gallery} parts={parts} field={field} onChange={query.change} />
        <Announcer search={search} reranked={rerank.spent !== undefined} />
        <OwnGallery own={own} count={gallery?.count ?? 0} problem={problem} />
        {problem ? (
          <Problem problem={problem} onRetry={loading.retry} />
        ) : (
          <>
            {loading.stage === "keeping" && <LoadingBar loading={loading} />}
            <Notices loading={loading} foreign={address.foreign} />
            {picture && language ? (
              <Captions
                engine={engine}
                picture={picture}
                language={language}
                ready={encoders !== undefined}
                onChoose={ask}
                onClose={dismiss}
              />
            ) : (
              <Answer
                loading={loading}
                search={search}
                browse={browse}
                rerank={rerank}
                reranks={reranks}
                onRerank={setReranks}
                shown={shown}
                photos={photos}
                asked={asked}
                filter={filter}
                onFilter={setFilter}
                own={own}
                selection={selection}
                field={field}
                room={room}
                view={address.view}
                onView={look}
                onOpen={openPhoto}
              />
            )}
          </>
        )}
      </main>
      <LeftMachine gallery={gallery} />
      {open && open.place < (open.of ?? photos).count && gallery && (
        <PhotoDialog
          engine={engine}
          count={gallery.count}
          gallery={address.gallery}
          language={encoders ? language : undefined}
          photos={open.of ?? photos}
          place={open.place}
          onPlace={(place) => openPhoto(place, open.of)}
          onChoose={ask}
          parts={parts}
          onSteer={encoders && steerBy}
          {...(own.open && {
            own: ({ item, row, alike }) => (
              <>
                <OwnPhoto item={item} original={own.original} />
                {alike && (
                  <Alike
                    engine={engine}
                    alike={alike}
                    onApart={() => {
                      setOpen(undefined);
                      takeApart(row);
                    }}
                  />
                )}
              </>
            ),
          })}
          onClose={() => setOpen(undefined)}
        />
      )}
      {galleriesShown && (
        <LibraryDialog
          library={own.library}
          open={gallery?.own?.id}
          busy={own.importing.now?.running ? own.importing.now.gallery.id : undefined}
          onGo={go}
          onAdd={(choice) => own.add(choice)}
          model={modelName(address.pack)}
          onModels={() => {
            setGalleriesShown(false);
            setChoosing(true);
          }}
          onClose={() => setGalleriesShown(false)}
        />
      )}
      {searchesShown && <SearchesDialog searches={searches} onChoose={askAgain} onClose={() => setSearchesShown(false)} />}
      {helpShown && <HelpDialog onClose={() => setHelpShown(false)} />}
      {choosing && (
        <ModelsDialog
          models={models}
          chosen={address.pack}
          open={own.open}
          onChoose={choose}
          onReadWith={(pack) => {
            setChoosing(false);
            own.readWith(pack);
          }}
          onRemove={async (pack) => {
            await models.remove(pack);
            if (pack === address.pack) choose(DEFAULT_PACK);
          }}
          onClose={() => setChoosing(false)}
        />
      )}
      {dropping && <div className="drop">{texts.shell.drop}</div>}
    </div>
  );
}
