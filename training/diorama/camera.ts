import type { Camera } from "./scene.ts";
import type { Vector } from "./world/parts.ts";

/** Where the camera stands. */
export function eye({ yaw, pitch, distance, target }: Camera): Vector {
  const flat = distance * Math.cos(pitch);
  return [target[0] + flat * Math.sin(yaw), target[1] + distance * Math.sin(pitch), target[2] + flat * Math.cos(yaw)];
}

/** The place of a point in the picture: x and y from -1 to 1 (right and up), and its distance along the view in metres. */
export function project(camera: Camera, point: Vector): { x: number; y: number; depth: number } {
  const from = eye(camera);
  const [dx, dy, dz] = [point[0] - from[0], point[1] - from[1], point[2] - from[2]];
  const [sinYaw, cosYaw] = [Math.sin(camera.yaw), Math.cos(camera.yaw)];
  const [sinPitch, cosPitch] = [Math.sin(camera.pitch), Math.cos(camera.pitch)];
  const right = dx * cosYaw - dz * sinYaw;
  const back = dx * sinYaw + dz * cosYaw;
  const depth = -(back * cosPitch + dy * sinPitch);
  const up = dy * cosPitch - back * sinPitch;
  const half = Math.tan(camera.fov / 2) * depth;
  return { x: right / half, y: up / half, depth };
}
