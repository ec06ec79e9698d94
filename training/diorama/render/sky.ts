import {
  BackSide,
  BufferAttribute,
  type BufferGeometry,
  CircleGeometry,
  Color,
  Group,
  Mesh,
  MeshBasicMaterial,
  SphereGeometry,
} from "three";
import { mergeGeometries } from "three/examples/jsm/utils/BufferGeometryUtils.js";
import { type Random, randomOf } from "../random.ts";
import type { Time } from "../world/places/index.ts";
import type { Air } from "../world/places/place.ts";
import type { Weather } from "../world/weather.ts";

const RADIUS = 70;

function gradient({ zenith, horizon }: Air): Mesh {
  const dome = new SphereGeometry(RADIUS, 24, 64);
  const heights = dome.getAttribute("position");
  const [low, high, colour] = [new Color(horizon), new Color(zenith), new Color()];
  const colours = new Float32Array(heights.count * 3);
  for (let vertex = 0; vertex < heights.count; vertex++) {
    const up = Math.min(1, Math.max(0, heights.getY(vertex) / (RADIUS * 0.22)));
    colour.lerpColors(low, high, up ** 0.8).toArray(colours, vertex * 3);
  }
  dome.setAttribute("color", new BufferAttribute(colours, 3));
  return new Mesh(dome, new MeshBasicMaterial({ vertexColors: true, side: BackSide, fog: false, depthWrite: false }));
}

type Disc = Mesh<BufferGeometry, MeshBasicMaterial>;

/** Discs of one material as one mesh: a draw call costs more than a disc. */
function joined(discs: readonly Disc[]): Mesh {
  const pieces = discs.map((mesh) => {
    mesh.updateMatrix();
    return mesh.geometry.applyMatrix4(mesh.matrix);
  });
  return new Mesh(mergeGeometries(pieces), discs[0]!.material);
}

function disc(radius: number, colour: number, angle: number, height: number, opacity = 1): Disc {
  const mesh = new Mesh(
    new CircleGeometry(radius, radius < 0.5 ? 8 : 24),
    new MeshBasicMaterial({ color: colour, fog: false, transparent: true, opacity, depthWrite: false }),
  );
  mesh.position.set(Math.sin(angle) * 62, height, -Math.cos(angle) * 62);
  mesh.lookAt(0, height * 0.6, 0);
  return mesh;
}

/** Sky, sun or moon, clouds or stars; fixed for a place, time and weather. Rain, fog and snow hide sun and stars. */
export function sky(air: Air, time: Time, weather: Weather): Group {
  const random = randomOf("sky", time, air.zenith);
  const group = new Group();
  group.add(gradient(weather === "clear" ? air : overcast(air, time)));
  if (weather === "fog") return group;
  if (weather !== "clear") {
    group.add(clouds(random, time === "night" ? 0x4a5273 : time === "evening" ? 0xc79a92 : 0xaebac4, 11));
  } else if (time === "night") {
    const stars = Array.from({ length: 90 }, () =>
      disc(random.between(0.1, 0.24), 0xe8eeff, random.between(-0.6, 0.6), random.between(-2, 16)),
    );
    group.add(joined(stars), disc(3.4, 0xa9bcf0, 0.17, 6.5, 0.18), disc(2.1, 0xfdf6d8, 0.17, 6.5));
  } else if (time === "evening") {
    group.add(disc(6.5, 0xffd08a, -0.24, 3.4, 0.28), disc(3, 0xffe2a6, -0.24, 3.4), clouds(random, 0xffc9a3, 6));
  } else {
    group.add(disc(4.2, 0xfffbe0, -0.2, 8, 0.25), disc(2.2, 0xfff6c8, -0.2, 8), clouds(random, 0xffffff, 7));
  }
  return group;
}

function overcast(air: Air, time: Time): Air {
  const [zenith, horizon] = time === "night" ? [0x1d2236, 0x3b4363] : time === "evening" ? [0x8a7688, 0xd9a98c] : [0x93a3b0, 0xcfd8de];
  return { ...air, zenith, horizon };
}

function clouds(random: Random, colour: number, count: number): Mesh {
  const puffs: Disc[] = [];
  for (let cloud = 0; cloud < count; cloud++) {
    const [angle, height] = [random.between(-0.6, 0.6), random.between(1.5, 11)];
    for (let puff = 0; puff < 5; puff++) {
      const size = random.between(0.9, 2) * (1 - Math.abs(puff - 2) * 0.2);
      puffs.push(disc(size, colour, angle + (puff - 2) * 0.028, height + random.between(0, 0.5)));
    }
  }
  return joined(puffs);
}
