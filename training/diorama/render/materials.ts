import { Color, type Material, MeshPhongMaterial } from "three";
import type { MaterialName } from "../world/materials.ts";
import type { Time } from "../world/places/index.ts";

/** Dark grain along the height, in the model's own coordinates, so that it turns with the model. */
const GRAIN = `
  float across = vGrain.x * 5.0 + vGrain.z * 3.0 + 0.35 * sin(vGrain.y * 7.0);
  float grain = 0.5 + 0.5 * sin(vGrain.y * 34.0 + 2.2 * sin(across));
  diffuseColor.rgb *= mix(0.52, 1.06, smoothstep(0.1, 0.75, grain));
  diffuseColor.rgb = mix(diffuseColor.rgb, diffuseColor.rgb * vec3(1.08, 0.9, 0.72), 0.5);`;

/** A sky in the metal: light from above, dark at the horizon, by the direction in which a ray leaves. */
const MIRROR = `
  vec3 away = reflect(-normalize(vViewPosition), normal);
  float height = away.y;
  float sheen = smoothstep(0.05, 0.55, height) * 0.85 + smoothstep(-0.15, -0.75, height) * 0.28;
  outgoingLight = outgoingLight * 0.5 + (diffuseColor.rgb * 0.65 + 0.3) * sheen * uBrightness;`;

function wooden(material: MeshPhongMaterial): void {
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader
      .replace("#include <common>", "#include <common>\nvarying vec3 vGrain;")
      .replace("#include <begin_vertex>", "#include <begin_vertex>\nvGrain = position;");
    shader.fragmentShader = shader.fragmentShader
      .replace("#include <common>", "#include <common>\nvarying vec3 vGrain;")
      .replace("#include <color_fragment>", `#include <color_fragment>\n${GRAIN}`);
  };
}

function metallic(material: MeshPhongMaterial, brightness: number): void {
  material.onBeforeCompile = (shader) => {
    shader.fragmentShader = shader.fragmentShader
      .replace("#include <opaque_fragment>", `${MIRROR}\n#include <opaque_fragment>`)
      .replaceAll("uBrightness", brightness.toFixed(2));
  };
}

/** The four materials under the light of one time of day. */
export function objectMaterials(time: Time): Record<MaterialName, Material> {
  const tint = time === "night" ? new Color(1.12, 1.12, 1.2) : new Color(1, 1, 1);
  const base = { vertexColors: true, color: tint };
  const metal = new MeshPhongMaterial({ ...base, shininess: 110, specular: 0xdddddd });
  metallic(metal, time === "night" ? 0.62 : 1);
  const wood = new MeshPhongMaterial({ ...base, shininess: 8, specular: 0x0a0a0a });
  wooden(wood);
  return {
    plastic: new MeshPhongMaterial({ ...base, shininess: 40, specular: 0x222226 }),
    metal,
    wood,
    glass: new MeshPhongMaterial({ ...base, shininess: 160, specular: 0xffffff, transparent: true, opacity: 0.5 }),
  };
}
