import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { DotlightError } from "../files/errors";

/**
 * Opens a database of IndexedDB in a version, for whose sake an older one is upgraded. A connection of another tab to an older version blocks
 * that, and the browser tells only the first who asks: the others would wait without end, so the first tells them by a lock.
 * @throws DotlightError "busy" while another tab's connection blocks the upgrade
 */
export function openDatabase<Schema extends DBSchema>(
  name: string,
  version: number,
  upgrade: (db: IDBPDatabase<Schema>, before: number) => void,
): Promise<IDBPDatabase<Schema>> {
  const isBlocked = `${name}-blocked`;
  return navigator.locks.request(`${name}-open`, async () => {
    const { held = [] } = await navigator.locks.query();
    if (held.some((lock) => lock.name === isBlocked)) throw blocked();
    return new Promise<IDBPDatabase<Schema>>((done, failed) => {
      const opening = openDB<Schema>(name, version, {
        upgrade,
        blocked: () =>
          navigator.locks.request(isBlocked, async () => {
            failed(blocked());
            (await opening).close();
          }),
      });
      opening.then(done, failed);
    });
  });
}

const blocked = () =>
  new DotlightError(
    "busy",
    "Another tab shows a former version of this page, and your galleries cannot be brought up to date before it is closed.",
    "Close the page's other tabs; then try again.",
  );
