/** What of the map is seen: the place in the middle of the frame, each axis from 0 to 1, and how much larger it is than the whole map would be. */
export interface Camera {
  x: number;
  y: number;
  zoom: number;
}

/** Where the map is drawn, px. */
export interface Frame {
  width: number;
  height: number;
}

export const WHOLE: Camera = { x: 0.5, y: 0.5, zoom: 1 };
/** Around the map, px: a picture at its edge is seen as a whole. */
const MARGIN = 44;

/** Px that the whole map takes at zoom 1; it is stretched to the frame's form, its axes mean nothing. */
export const extent = ({ width, height }: Frame): Frame => ({
  width: Math.max(1, width - 2 * MARGIN),
  height: Math.max(1, height - 2 * MARGIN),
});

/** Where in the frame a place of the map is, px. */
export function toFrame({ x, y, zoom }: Camera, frame: Frame, placeX: number, placeY: number): [number, number] {
  const { width, height } = extent(frame);
  return [frame.width / 2 + (placeX - x) * width * zoom, frame.height / 2 + (placeY - y) * height * zoom];
}

/** No further than to the map's edges. */
function within({ x, y, zoom }: Camera): Camera {
  const free = (1 - 1 / zoom) / 2;
  const bound = (value: number) => Math.max(0.5 - free, Math.min(value, 0.5 + free));
  return { x: bound(x), y: bound(y), zoom };
}

/** Zoomed by a factor, from the whole map to `most`, so that what is at a point of the frame stays there. */
export function zoomed(camera: Camera, frame: Frame, factor: number, atX: number, atY: number, most: number): Camera {
  const zoom = Math.max(1, Math.min(camera.zoom * factor, most));
  const { width, height } = extent(frame);
  const stay = 1 / camera.zoom - 1 / zoom;
  return within({ x: camera.x + ((atX - frame.width / 2) / width) * stay, y: camera.y + ((atY - frame.height / 2) / height) * stay, zoom });
}

/** Moved so that what is seen moves so many px. */
export function moved(camera: Camera, frame: Frame, right: number, down: number): Camera {
  const { width, height } = extent(frame);
  const { x, y, zoom } = camera;
  return within({ x: x - right / (width * zoom), y: y - down / (height * zoom), zoom });
}

/** Moved as little as it takes to see a place with `around` px about it. */
export function seeing(camera: Camera, frame: Frame, placeX: number, placeY: number, around: number): Camera {
  const [x, y] = toFrame(camera, frame, placeX, placeY);
  const lack = (at: number, size: number) =>
    Math.max(0, Math.min(around, size / 2) - at) - Math.max(0, at - (size - Math.min(around, size / 2)));
  return moved(camera, frame, lack(x, frame.width), lack(y, frame.height));
}

/** Between two, a share of the way. */
export function between(from: Camera, to: Camera, share: number): Camera {
  const zoom = from.zoom * (to.zoom / from.zoom) ** share;
  // Straight in what is seen, which is a matter of 1 / zoom.
  const way = to.zoom === from.zoom ? share : (1 / from.zoom - 1 / zoom) / (1 / from.zoom - 1 / to.zoom);
  return { x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way, zoom };
}
