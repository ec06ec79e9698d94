/**
 * The EXIF block (a TIFF structure) of a HEIC, HEIF or AVIF file; undefined where there is none, or what leads to it is damaged.
 * exifr alone overlooks it in files that place their items by a base offset or name more than a few brands, as newer telephones' do.
 */
export function heifExif(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const meta = find(view, 0, bytes.length, "meta");
    if (!meta) return undefined;
    const [from, to] = [meta.from + 4, meta.to];
    const item = exifItem(view, find(view, from, to, "iinf"));
    const extents = item === undefined ? [] : extentsOf(view, find(view, from, to, "iloc"), item);
    const total = extents.reduce((sum, { length }) => sum + length, 0);
    // A damaged length must not cost gigabytes.
    if (total > bytes.length) return undefined;
    const data = new Uint8Array(total);
    let at = 0;
    for (const { offset, length } of extents) {
      data.set(bytes.subarray(offset, offset + length), at);
      at += length;
    }
    // Before the TIFF structure comes its offset (ISO/IEC 23008-12, annex A.2.1).
    return data.length > 4 ? data.slice(4 + new DataView(data.buffer).getUint32(0)) : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

interface Box {
  /** The first byte of its content, and the one after it. */
  from: number;
  to: number;
}

function* boxes(view: DataView, from: number, to: number): Generator<Box & { type: string }> {
  for (let at = from; at + 8 <= to; ) {
    const short = view.getUint32(at);
    const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short || to - at;
    if (size < 8) return;
    const type = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));
    yield { type, from: at + (short === 1 ? 16 : 8), to: Math.min(to, at + size) };
    at += size;
  }
}

function find(view: DataView, from: number, to: number, type: string): Box | undefined {
  for (const box of boxes(view, from, to)) if (box.type === type) return box;
  return undefined;
}

/** The id of the first item that holds EXIF. */
function exifItem(view: DataView, iinf: Box | undefined): number | undefined {
  if (!iinf) return undefined;
  const counted = view.getUint8(iinf.from) === 0 ? 2 : 4;
  for (const { from } of boxes(view, iinf.from + 4 + counted, iinf.to)) {
    const wide = view.getUint8(from) >= 3;
    const type = from + 4 + (wide ? 4 : 2) + 2;
    if (view.getUint32(type) === 0x45786966) return wide ? view.getUint32(from + 4) : view.getUint16(from + 4);
  }
  return undefined;
}

/** Where in the file an item is. Items outside the file's own bytes (in an `idat` box, or another file) are not looked for. */
function extentsOf(view: DataView, iloc: Box | undefined, wanted: number): { offset: number; length: number }[] {
  if (!iloc) return [];
  const version = view.getUint8(iloc.from);
  let at = iloc.from + 4;
  const number = (size: number): number => {
    const value = size === 0 ? 0 : size === 2 ? view.getUint16(at) : size === 4 ? view.getUint32(at) : Number(view.getBigUint64(at));
    at += size;
    return value;
  };
  const sizes = number(2);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 0 ? 0 : sizes & 15;
  for (let count = number(version < 2 ? 2 : 4); count > 0; count--) {
    const id = number(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : number(2) & 15;
    number(2);
    const base = number(baseSize);
    const extents = Array.from({ length: number(2) }, () => {
      number(indexSize);
      return { offset: base + number(offsetSize), length: number(lengthSize) };
    });
    if (id === wanted) return method === 0 ? extents : [];
  }
  return [];
}
