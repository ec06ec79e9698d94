import { aeroplane } from "./aeroplane.ts";
import { apple } from "./apple.ts";
import { ball } from "./ball.ts";
import { balloon } from "./balloon.ts";
import { bed } from "./bed.ts";
import { bench } from "./bench.ts";
import { bicycle } from "./bicycle.ts";
import { bird } from "./bird.ts";
import { boat } from "./boat.ts";
import { bus } from "./bus.ts";
import { cactus } from "./cactus.ts";
import { cake } from "./cake.ts";
import { car } from "./car.ts";
import { castle } from "./castle.ts";
import { cat } from "./cat.ts";
import { chair } from "./chair.ts";
import { cloud } from "./cloud.ts";
import { cow } from "./cow.ts";
import { cup } from "./cup.ts";
import { dog } from "./dog.ts";
import { drum } from "./drum.ts";
import { duck } from "./duck.ts";
import { elephant } from "./elephant.ts";
import { flower } from "./flower.ts";
import { horse } from "./horse.ts";
import { house } from "./house.ts";
import { icecream } from "./icecream.ts";
import type { Kind } from "./kind.ts";
import { kite } from "./kite.ts";
import { lamp } from "./lamp.ts";
import { lighthouse } from "./lighthouse.ts";
import { lorry } from "./lorry.ts";
import { mushroom } from "./mushroom.ts";
import { penguin } from "./penguin.ts";
import { person } from "./person.ts";
import { present } from "./present.ts";
import { rabbit } from "./rabbit.ts";
import { robot } from "./robot.ts";
import { rocket } from "./rocket.ts";
import { sheep } from "./sheep.ts";
import { snowman } from "./snowman.ts";
import { sofa } from "./sofa.ts";
import { table } from "./table.ts";
import { tent } from "./tent.ts";
import { tractor } from "./tractor.ts";
import { train } from "./train.ts";
import { tree } from "./tree.ts";
import { turtle } from "./turtle.ts";
import { umbrella } from "./umbrella.ts";
import { windmill } from "./windmill.ts";

/** A new kind is one file beside this one, one line here, and its words in every file of ../../language. */
export const KINDS = {
  car,
  dog,
  house,
  boat,
  tree,
  horse,
  ball,
  bench,
  bicycle,
  bird,
  mushroom,
  lamp,
  aeroplane,
  apple,
  balloon,
  bed,
  bus,
  cactus,
  cake,
  castle,
  cat,
  chair,
  cloud,
  cow,
  cup,
  drum,
  duck,
  elephant,
  flower,
  icecream,
  kite,
  lighthouse,
  lorry,
  penguin,
  person,
  present,
  rabbit,
  robot,
  rocket,
  sheep,
  snowman,
  sofa,
  table,
  tent,
  tractor,
  train,
  turtle,
  umbrella,
  windmill,
} satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as KindName[];
