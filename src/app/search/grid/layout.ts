export interface Shape {
  /** Photos in all. */
  count: number;
  columns: number;
  /** From the top of one row to the top of the next, and what of it lies between them, px. */
  pitch: number;
  gap: number;
  /** Places that begin a section below a heading of its own, ascending. */
  breaks: number[];
  /** Height of such a heading with what parts it from the rows, px. */
  heading: number;
}

interface Section {
  first: number;
  end: number;
  row: number;
  top: number;
  heading: number;
}

/** Where the photos of a grid lie, px from its top, by arithmetic alone: nothing of them needs to be in the document. */
export class GridLayout {
  readonly rows: number;
  readonly height: number;
  readonly #sections: Section[] = [];

  constructor(readonly shape: Shape) {
    const { count, columns, pitch, gap, heading } = shape;
    const firsts = [0, ...shape.breaks.filter((place) => place > 0 && place < count)];
    let [row, top] = [0, 0];
    for (const [i, first] of firsts.entries()) {
      const section = { first, end: firsts[i + 1] ?? count, row, top, heading: i === 0 ? 0 : heading };
      this.#sections.push(section);
      const rows = Math.ceil((section.end - first) / columns);
      row += rows;
      top += section.heading + rows * pitch;
    }
    this.rows = row;
    this.height = Math.max(0, top - gap);
  }

  /** Top of a row, or of the heading above it. */
  top(row: number): number {
    const { row: first, top, heading } = this.#section((section) => section.row <= row);
    return row === first ? top : top + heading + (row - first) * this.shape.pitch;
  }

  /** Top of a row's photos. */
  photosTop(row: number): number {
    const { row: first, top, heading } = this.#section((section) => section.row <= row);
    return top + heading + (row - first) * this.shape.pitch;
  }

  /** The row at so many px below the top; the first or last one beyond the ends. */
  rowAt(y: number): number {
    const { row, top, heading } = this.#section((section) => section.top <= y);
    return Math.max(0, Math.min(row + Math.max(0, Math.floor((y - top - heading) / this.shape.pitch)), this.rows - 1));
  }

  rowOf(place: number): number {
    const { row, first } = this.#section((section) => section.first <= place);
    return row + Math.floor((place - first) / this.shape.columns);
  }

  /** Places of a row: the first, and the one after the last. */
  places(row: number): [from: number, to: number] {
    const section = this.#section((one) => one.row <= row);
    const from = section.first + (row - section.row) * this.shape.columns;
    return [Math.min(from, section.end), Math.min(from + this.shape.columns, section.end)];
  }

  /** The place so many rows below (above, if negative) a place, in its column where that row has one; -1 for above the first row. */
  beside(place: number, rows: number): number {
    const row = this.rowOf(place);
    if (row === 0 && rows < 0) return -1;
    if (row === this.rows - 1 && rows > 0) return place;
    const [from, to] = this.places(Math.max(0, Math.min(row + rows, this.rows - 1)));
    return Math.min(from + place - this.places(row)[0], to - 1);
  }

  /** The last section that begins before something; there are few. */
  #section(before: (section: Section) => boolean): Section {
    return this.#sections.findLast(before) ?? this.#sections[0]!;
  }
}
