import { CircleGeometry, InstancedMesh, Matrix4, MeshBasicMaterial, PlaneGeometry, type Quaternion, Vector3 } from "three";
import { randomOf } from "../random.ts";
import type { Weather } from "../world/weather.ts";

const FLAKES = 90;
const DROPS = 170;

/** What falls through the air: flakes or drops, the same for one scene number always. */
export class Falling {
  readonly #flakes = new InstancedMesh(
    new CircleGeometry(0.045, 8),
    new MeshBasicMaterial({ color: 0xffffff, fog: false, transparent: true, opacity: 0.9 }),
    FLAKES,
  );
  readonly #drops = new InstancedMesh(
    new PlaneGeometry(0.018, 0.5),
    new MeshBasicMaterial({ color: 0xe4f0fb, fog: false, transparent: true, opacity: 0.62 }),
    DROPS,
  );

  constructor() {
    this.#flakes.frustumCulled = false;
    this.#drops.frustumCulled = false;
  }

  of(weather: Weather, number: number, facing: Quaternion): InstancedMesh | undefined {
    if (weather !== "snowfall" && weather !== "rain") return undefined;
    const mesh = weather === "snowfall" ? this.#flakes : this.#drops;
    const random = randomOf("falling", number);
    const placement = new Matrix4();
    const one = new Vector3(1, 1, 1);
    for (let index = 0; index < mesh.count; index++) {
      const at = new Vector3(random.between(-5, 5), random.between(0.2, 5.8), random.between(-6, 4));
      mesh.setMatrixAt(index, placement.compose(at, facing, one));
    }
    mesh.instanceMatrix.needsUpdate = true;
    return mesh;
  }
}
