import type { Relation } from "../../relations.ts";
import type { ColourName } from "../../world/colours.ts";
import type { KindName } from "../../world/kinds/index.ts";
import type { MaterialName } from "../../world/materials.ts";
import type { PlaceName, Time } from "../../world/places/index.ts";
import type { Weather } from "../../world/weather.ts";
import type { Choices } from "../style.ts";

/** The word, its counter, and whether it is said to "be" as living things are. */
export interface Noun {
  word: string;
  counter: string;
  living: boolean;
}

const thing = (word: string, counter: string): Noun => ({ word, counter, living: false });
const living = (word: string, counter: string): Noun => ({ word, counter, living: true });

export const NOUNS: Readonly<Record<KindName, Choices<Noun>>> = {
  car: [thing("車", "台"), thing("自動車", "台")],
  dog: [living("犬", "匹")],
  house: [thing("家", "軒")],
  boat: [thing("船", "隻"), thing("ヨット", "隻")],
  tree: [thing("木", "本")],
  horse: [living("馬", "頭")],
  ball: [thing("ボール", "個")],
  bench: [thing("ベンチ", "台")],
  bicycle: [thing("自転車", "台")],
  bird: [living("鳥", "羽")],
  mushroom: [thing("きのこ", "本")],
  lamp: [thing("街灯", "本")],
  aeroplane: [thing("飛行機", "機")],
  apple: [thing("りんご", "個")],
  balloon: [thing("気球", "機"), thing("熱気球", "機")],
  bed: [thing("ベッド", "台")],
  bus: [thing("バス", "台")],
  cactus: [thing("サボテン", "本")],
  cake: [thing("ケーキ", "個")],
  castle: [thing("城", "つ")],
  cat: [living("猫", "匹")],
  chair: [thing("椅子", "脚"), thing("いす", "脚")],
  cloud: [thing("雲", "つ"), thing("雨雲", "つ")],
  cow: [living("牛", "頭")],
  cup: [thing("カップ", "個")],
  drum: [thing("太鼓", "台"), thing("ドラム", "台")],
  duck: [living("アヒル", "羽")],
  elephant: [living("象", "頭"), living("ゾウ", "頭")],
  flower: [thing("花", "本")],
  icecream: [thing("アイスクリーム", "個")],
  kite: [thing("凧", "枚")],
  lighthouse: [thing("灯台", "基")],
  lorry: [thing("トラック", "台")],
  penguin: [living("ペンギン", "羽")],
  person: [living("人", "人"), living("人形", "人")],
  present: [thing("プレゼント", "個")],
  rabbit: [living("うさぎ", "羽")],
  robot: [thing("ロボット", "台")],
  rocket: [thing("ロケット", "機")],
  sheep: [living("羊", "頭")],
  snowman: [thing("雪だるま", "個")],
  sofa: [thing("ソファ", "台")],
  table: [thing("テーブル", "台"), thing("机", "台")],
  tent: [thing("テント", "張り")],
  tractor: [thing("トラクター", "台")],
  train: [thing("機関車", "台"), thing("汽車", "台")],
  turtle: [living("亀", "匹"), living("カメ", "匹")],
  umbrella: [thing("傘", "本"), thing("パラソル", "本")],
  windmill: [thing("風車", "基")],
};

/** Before a noun. */
export const COLOURS: Readonly<Record<ColourName, Choices>> = {
  red: ["赤い", "真っ赤な"],
  orange: ["オレンジ色の"],
  yellow: ["黄色い", "黄色の"],
  green: ["緑の", "緑色の"],
  blue: ["青い"],
  purple: ["紫の", "紫色の"],
  white: ["白い"],
  black: ["黒い"],
  pink: ["ピンクの", "ピンク色の"],
  brown: ["茶色い", "茶色の"],
  grey: ["灰色の", "グレーの"],
  turquoise: ["青緑の", "ターコイズ色の"],
};

export const SIZES: Readonly<Record<"small" | "large", Choices>> = { small: ["小さな", "小さい"], large: ["大きな", "大きい"] };

export const MATERIALS: Readonly<Record<MaterialName, Choices>> = {
  plastic: ["プラスチックの"],
  metal: ["金属の", "金属製の"],
  wood: ["木製の"],
  glass: ["ガラスの"],
};

export const PLACES: Readonly<Record<PlaceName, Choices>> = {
  beach: ["浜辺", "砂浜", "海辺"],
  forest: ["森", "森の中"],
  snow: ["雪の中", "雪原"],
  harbour: ["港", "波止場"],
  city: ["街", "街の通り"],
  desert: ["砂漠"],
  kitchen: ["台所", "キッチン"],
  livingroom: ["居間", "リビング"],
  meadow: ["草原", "野原"],
  mountain: ["山", "山の中"],
};

export const TIMES: Readonly<Record<Time, Choices>> = { day: ["昼間", "昼", "日中"], evening: ["夕方", "夕暮れ"], night: ["夜", "夜中"] };

export const WEATHERS: Readonly<Record<Weather, Choices>> = {
  clear: ["晴れ"],
  rain: ["雨", "雨降り"],
  fog: ["霧", "濃い霧"],
  snowfall: ["雪降り", "降雪"],
};

export const RELATIONS: Readonly<Record<Relation, Choices>> = {
  left: ["左", "左側"],
  right: ["右", "右側"],
  front: ["前", "手前"],
  behind: ["後ろ", "奥"],
};
