import {
  AmbientLight,
  BufferAttribute,
  type BufferGeometry,
  CircleGeometry,
  Color,
  DirectionalLight,
  Fog,
  HemisphereLight,
  type Material,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  PCFShadowMap,
  PerspectiveCamera,
  PlaneGeometry,
  Vector3,
  WebGLRenderer,
  Scene as World,
} from "three";
import { eye } from "../camera.ts";
import { randomOf } from "../random.ts";
import type { Scene, SceneObject } from "../scene.ts";
import { airOf } from "../world/air.ts";
import { COLOURS, type ColourName } from "../world/colours.ts";
import { KINDS, type KindName } from "../world/kinds/index.ts";
import { PLACES, type PlaceName, type Time } from "../world/places/index.ts";
import type { Weather } from "../world/weather.ts";
import { objectMaterials } from "./materials.ts";
import { modelGeometry } from "./model.ts";
import { sky } from "./sky.ts";
import { Falling } from "./weather.ts";

/** Sun or moon, and the light of the sky; intensities, and the sun's height in metres. */
const LIGHTS: Readonly<Record<Time, { colour: number; direct: number; height: number; sky: number; around: number; ambient: number }>> = {
  day: { colour: 0xfff1d6, direct: 2.5, height: 11, sky: 0xe6f1ff, around: 1.15, ambient: 0.25 },
  evening: { colour: 0xffc58c, direct: 2.5, height: 5.5, sky: 0xe9d8e6, around: 1, ambient: 0.3 },
  night: { colour: 0xe8ecff, direct: 1.9, height: 11, sky: 0xc3ccf5, around: 1, ambient: 0.35 },
};

function remembered<Key extends string, T>(make: (key: Key, variant: string) => T) {
  const kept = new Map<string, T>();
  return (key: Key, variant: string | number): T => {
    const name = `${key}/${variant}`;
    if (!kept.has(name)) kept.set(name, make(key, String(variant)));
    return kept.get(name)!;
  };
}

/** A soft dark spot, darkest in the middle: contact shadow. */
function contactGeometry(): BufferGeometry {
  const circle = new CircleGeometry(1, 20);
  const colours = new Float32Array(circle.getAttribute("position").count * 4);
  colours[3] = 0.5;
  circle.setAttribute("color", new BufferAttribute(colours, 4));
  return circle.rotateX(-Math.PI / 2);
}

const model = remembered((kind: KindName, colour) => modelGeometry(KINDS[kind].parts, COLOURS[colour as ColourName]));

export function aim(camera: PerspectiveCamera, scene: Scene): void {
  camera.fov = (scene.camera.fov * 180) / Math.PI;
  camera.position.set(...eye(scene.camera));
  camera.lookAt(new Vector3(...scene.camera.target));
  camera.updateProjectionMatrix();
}

export function actor({ kind, colour, x, z, heading, scale }: SceneObject, material: Material): Mesh {
  const mesh = new Mesh(model(kind, colour), material);
  mesh.position.set(x, 0, z);
  mesh.rotation.y = heading;
  mesh.scale.setScalar(scale);
  mesh.castShadow = true;
  mesh.receiveShadow = true;
  return mesh;
}

/** Draws whole pictures on a canvas; geometries and materials are made once and serve every scene. */
export class Stage {
  readonly #renderer: WebGLRenderer;
  readonly #camera = new PerspectiveCamera(30, 1, 0.5, 200);
  readonly #world = new World();
  readonly #fog = new Fog(0, 16, 75);
  readonly #light = new DirectionalLight();
  readonly #hemisphere = new HemisphereLight();
  readonly #ambient = new AmbientLight();
  readonly #objectMaterials = { day: objectMaterials("day"), evening: objectMaterials("evening"), night: objectMaterials("night") };
  readonly #contactGeometry = contactGeometry();
  readonly #contactMaterial = new MeshBasicMaterial({
    vertexColors: true,
    transparent: true,
    depthWrite: false,
  });
  readonly #groundGeometry = new PlaneGeometry(120, 120).rotateX(-Math.PI / 2);
  readonly #falling = new Falling();
  readonly #dressing = remembered((place: PlaceName, set) => modelGeometry(PLACES[place].dress(randomOf("set", place, set)), 0xffffff));
  readonly #setMaterial = remembered(
    (place: PlaceName, time) =>
      new MeshLambertMaterial({
        vertexColors: true,
        flatShading: true,
        color: airOf(place, time as Time).tint,
      }),
  );
  readonly #groundMaterial = remembered((place: PlaceName, time) => {
    return new MeshLambertMaterial({ color: new Color(PLACES[place].ground).multiply(new Color(airOf(place, time as Time).tint)) });
  });
  readonly #sky = remembered((place: PlaceName, variant) => {
    const [time, weather] = variant.split(" ") as [Time, Weather];
    return sky(airOf(place, time), time, weather);
  });

  constructor(canvas: HTMLCanvasElement, size: number) {
    this.#renderer = new WebGLRenderer({ canvas, antialias: true, preserveDrawingBuffer: true });
    this.#renderer.setSize(size, size, false);
    this.#renderer.shadowMap.enabled = true;
    this.#renderer.shadowMap.type = PCFShadowMap;
    const { shadow } = this.#light;
    this.#light.castShadow = true;
    shadow.mapSize.set(1024, 1024);
    Object.assign(shadow.camera, { left: -5.5, right: 5.5, top: 5.5, bottom: -5.5, near: 1, far: 40 });
    shadow.radius = 2.5;
    shadow.bias = -0.0008;
    shadow.normalBias = 0.03;
    this.#world.fog = this.#fog;
  }

  #illuminate({ place, time, weather, sun, camera }: Scene): void {
    const air = airOf(place, time);
    const light = LIGHTS[time];
    const dim = weather === "clear" ? 1 : weather === "fog" ? 0.55 : 0.68;
    const [x, , z] = camera.target;
    this.#light.color.set(light.colour);
    this.#light.intensity = light.direct * dim;
    this.#light.target.position.set(x, 0, z);
    // A low sun throws long shadows.
    this.#light.position.set(x + 9 * Math.cos(sun), light.height, z + 7 * Math.sin(sun) + 2);
    this.#hemisphere.color.set(light.sky);
    this.#hemisphere.groundColor.set(PLACES[place].ground).multiply(new Color(air.tint));
    this.#hemisphere.intensity = light.around * (weather === "clear" ? 1 : 1.12);
    this.#ambient.intensity = light.ambient;
    const grey = new Color(time === "night" ? 0x3b4363 : time === "evening" ? 0xd9a98c : 0xcfd8de);
    this.#fog.color.set(air.horizon);
    if (weather !== "clear") this.#fog.color.lerp(grey, weather === "fog" ? 0.85 : 0.5);
    // Measured from the camera: fog must hide the backdrop, not the things.
    const { distance } = camera;
    [this.#fog.near, this.#fog.far] =
      weather === "fog" ? [distance - 1.5, distance + 11] : weather === "clear" ? [16, 75] : [distance + 2, 52];
  }

  #contact({ kind, x, z, heading, scale }: SceneObject): Mesh {
    const { reach, girth } = KINDS[kind];
    const mesh = new Mesh(this.#contactGeometry, this.#contactMaterial);
    mesh.position.set(x, 0.075, z);
    mesh.rotation.y = heading;
    mesh.scale.set(reach * 1.15 * scale, 1, girth * 1.3 * scale);
    return mesh;
  }

  draw(scene: Scene): void {
    const { number, place, time, weather, set, objects } = scene;
    aim(this.#camera, scene);
    this.#illuminate(scene);
    const ground = new Mesh(this.#groundGeometry, this.#groundMaterial(place, time));
    const dressing = new Mesh(this.#dressing(place, set), this.#setMaterial(place, time));
    ground.receiveShadow = true;
    dressing.receiveShadow = true;
    this.#world.clear().add(this.#sky(place, `${time} ${weather}`), ground, dressing);
    this.#world.add(this.#light, this.#light.target, this.#hemisphere, this.#ambient);
    for (const object of objects) {
      this.#world.add(this.#contact(object), actor(object, this.#objectMaterials[time][object.material]));
    }
    const falling = this.#falling.of(weather, number, this.#camera.quaternion);
    if (falling) this.#world.add(falling);
    this.#renderer.render(this.#world, this.#camera);
  }
}
