import type { FileEntry, GalleryManifest, VectorTable } from "./manifest";

/** All files of a gallery's tables. */
export function tableFiles({
  vectors,
  engine,
  items,
  captions,
  regions,
  calibration,
  phrases,
  clusters,
  map,
}: GalleryManifest["tables"]): FileEntry[] {
  const vectorFiles = ({ planes, exact = [] }: VectorTable) => [...planes.flat(), ...exact];
  return [
    ...(vectors ? vectorFiles(vectors) : []),
    ...(engine ? [engine.sample, engine.facets] : []),
    ...items.fragments,
    ...Object.values(captions?.languages ?? {}).flatMap((language) => [...vectorFiles(language.vectors), ...language.texts.fragments]),
    ...(regions?.files ?? []),
    ...(calibration?.files ?? []),
    ...(phrases ? [phrases.file] : []),
    ...(map ? [map.file] : []),
    ...(clusters ? [clusters.index, clusters.sample, ...clusters.files, ...clusters.exact] : []),
  ];
}
