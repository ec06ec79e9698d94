import {
  AmbientLight,
  BufferAttribute,
  type BufferGeometry,
  CircleGeometry,
  Color,
  DirectionalLight,
  Fog,
  HemisphereLight,
  InstancedMesh,
  type Material,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  MeshPhongMaterial,
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
import { COLOURS, type ColourName } from "../world/colours.ts";
import { KINDS, type KindName } from "../world/kinds/index.ts";
import { PLACES, type PlaceName, type Time } from "../world/places/index.ts";
import { modelGeometry } from "./model.ts";
import { sky } from "./sky.ts";

const FLAKES = 46;

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
  readonly #objectMaterial = {
    day: new MeshPhongMaterial({ vertexColors: true, shininess: 40, specular: 0x222222 }),
    night: new MeshPhongMaterial({
      vertexColors: true,
      shininess: 40,
      specular: 0x222233,
      color: new Color(1.12, 1.12, 1.2),
    }),
  };
  readonly #contactGeometry = contactGeometry();
  readonly #contactMaterial = new MeshBasicMaterial({
    vertexColors: true,
    transparent: true,
    depthWrite: false,
  });
  readonly #groundGeometry = new PlaneGeometry(120, 120).rotateX(-Math.PI / 2);
  readonly #flakes = new InstancedMesh(
    new CircleGeometry(0.035, 8),
    new MeshBasicMaterial({ color: 0xffffff, fog: false, transparent: true, opacity: 0.85 }),
    FLAKES,
  );
  readonly #dressing = remembered((place: PlaceName, set) => modelGeometry(PLACES[place].dress(randomOf("set", place, set)), 0xffffff));
  readonly #setMaterial = remembered(
    (place: PlaceName, time) =>
      new MeshLambertMaterial({
        vertexColors: true,
        flatShading: true,
        color: PLACES[place][time as Time].tint,
      }),
  );
  readonly #groundMaterial = remembered((place: PlaceName, time) => {
    const { ground, [time as Time]: air } = PLACES[place];
    return new MeshLambertMaterial({ color: new Color(ground).multiply(new Color(air.tint)) });
  });
  readonly #sky = remembered((place: PlaceName, time) => sky(PLACES[place][time as Time], time as Time));

  constructor(canvas: HTMLCanvasElement, size: number) {
    this.#renderer = new WebGLRenderer({ canvas, antialias: true, preserveDrawingBuffer: true });
    this.#renderer.setSize(size, size, false);
    this.#renderer.shadowMap.enabled = true;
    this.#renderer.shadowMap.type = PCFShadowMap;
    const { shadow } = this.#light;
    this.#light.castShadow = true;
    this.#flakes.frustumCulled = false;
    shadow.mapSize.set(1024, 1024);
    Object.assign(shadow.camera, { left: -5.5, right: 5.5, top: 5.5, bottom: -5.5, near: 1, far: 40 });
    shadow.radius = 2.5;
    shadow.bias = -0.0008;
    shadow.normalBias = 0.03;
    this.#world.fog = this.#fog;
  }

  #illuminate({ place, time, sun, camera }: Scene): void {
    const night = time === "night";
    const air = PLACES[place][time];
    const [x, , z] = camera.target;
    this.#light.color.set(night ? 0xe8ecff : 0xfff1d6);
    this.#light.intensity = night ? 1.9 : 2.5;
    this.#light.target.position.set(x, 0, z);
    this.#light.position.set(x + 9 * Math.cos(sun), 11, z + 7 * Math.sin(sun) + 2);
    this.#hemisphere.color.set(night ? 0xc3ccf5 : 0xe6f1ff);
    this.#hemisphere.groundColor.set(PLACES[place].ground).multiply(new Color(air.tint));
    this.#hemisphere.intensity = night ? 1 : 1.15;
    this.#ambient.intensity = night ? 0.35 : 0.25;
    this.#fog.color.set(air.horizon);
  }

  #contact({ kind, x, z, heading, scale }: SceneObject): Mesh {
    const { reach, girth } = KINDS[kind];
    const mesh = new Mesh(this.#contactGeometry, this.#contactMaterial);
    mesh.position.set(x, 0.075, z);
    mesh.rotation.y = heading;
    mesh.scale.set(reach * 1.15 * scale, 1, girth * 1.3 * scale);
    return mesh;
  }

  #snowfall({ number }: Scene): InstancedMesh {
    const random = randomOf("flakes", number);
    const placement = new Matrix4().makeRotationFromQuaternion(this.#camera.quaternion);
    for (let flake = 0; flake < FLAKES; flake++) {
      placement.setPosition(random.between(-4.5, 4.5), random.between(0.3, 5.5), random.between(-6, 3.5));
      this.#flakes.setMatrixAt(flake, placement);
    }
    this.#flakes.instanceMatrix.needsUpdate = true;
    return this.#flakes;
  }

  draw(scene: Scene): void {
    const { place, time, set, objects } = scene;
    aim(this.#camera, scene);
    this.#illuminate(scene);
    const ground = new Mesh(this.#groundGeometry, this.#groundMaterial(place, time));
    const dressing = new Mesh(this.#dressing(place, set), this.#setMaterial(place, time));
    ground.receiveShadow = true;
    dressing.receiveShadow = true;
    this.#world.clear().add(this.#sky(place, time), ground, dressing);
    this.#world.add(this.#light, this.#light.target, this.#hemisphere, this.#ambient);
    for (const object of objects) {
      this.#world.add(this.#contact(object), actor(object, this.#objectMaterial[time]));
    }
    if (PLACES[place].snowfall) this.#world.add(this.#snowfall(scene));
    this.#renderer.render(this.#world, this.#camera);
  }
}
