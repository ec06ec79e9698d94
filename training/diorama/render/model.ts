import {
  BoxGeometry,
  BufferAttribute,
  type BufferGeometry,
  Color,
  CylinderGeometry,
  Euler,
  ExtrudeGeometry,
  IcosahedronGeometry,
  Matrix4,
  Shape as Outline,
  Quaternion,
  SphereGeometry,
  TorusGeometry,
  Vector2,
  Vector3,
} from "three";
import { RoundedBoxGeometry } from "three/examples/jsm/geometries/RoundedBoxGeometry.js";
import { mergeGeometries, mergeVertices } from "three/examples/jsm/utils/BufferGeometryUtils.js";
import type { Part, Shape } from "../world/parts.ts";

const UNTURNED = new Vector3(1, 1, 1);

function bare(shape: Shape): BufferGeometry {
  switch (shape.type) {
    case "box":
      return shape.round > 0 ? new RoundedBoxGeometry(...shape.size, 3, shape.round) : new BoxGeometry(...shape.size);
    case "cylinder":
      return new CylinderGeometry(shape.top, shape.bottom, shape.height, shape.sides);
    case "ball":
      return (Math.max(...shape.radii) < 0.15 ? new SphereGeometry(1, 10, 7) : new SphereGeometry(1, 18, 12)).scale(...shape.radii);
    case "dome":
      return new SphereGeometry(1, 24, 8, 0, Math.PI * 2, 0, Math.PI / 2).scale(...shape.radii);
    case "rock":
      return new IcosahedronGeometry(1, 1).scale(...shape.radii);
    case "ring":
      return new TorusGeometry(shape.radius, shape.tube, 8, 28);
    case "slab": {
      const outline = new Outline(shape.outline.map(([x, y]) => new Vector2(x, y)));
      const { bevel, depth } = shape;
      return new ExtrudeGeometry(outline, {
        depth: depth - 2 * bevel,
        bevelEnabled: bevel > 0,
        bevelSize: bevel,
        bevelThickness: bevel,
        bevelSegments: 2,
      }).translate(0, 0, bevel - depth / 2);
    }
  }
}

/** One geometry with vertex colours; "main" parts take the given sRGB colour. */
export function modelGeometry(parts: readonly Part[], main: number): BufferGeometry {
  const colour = new Color();
  const pieces = parts.map(({ shape, at, turn, paint, tone }) => {
    const raw = bare(shape).deleteAttribute("uv");
    // Shared vertices: a renderer in software spends most of its time on vertices.
    const piece = raw.index ? raw : mergeVertices(raw);
    const rotation = new Quaternion().setFromEuler(new Euler(...turn));
    piece.applyMatrix4(new Matrix4().compose(new Vector3(...at), rotation, UNTURNED));
    colour.setHex(paint === "main" ? main : paint).multiplyScalar(tone);
    const { count } = piece.getAttribute("position");
    const colours = new Float32Array(count * 3);
    for (let vertex = 0; vertex < count; vertex++) colour.toArray(colours, vertex * 3);
    piece.setAttribute("color", new BufferAttribute(colours, 3));
    return piece;
  });
  return mergeGeometries(pieces);
}
