import type { Relation } from "../../relations.ts";
import type { ColourName } from "../../world/colours.ts";
import type { KindName } from "../../world/kinds/index.ts";
import type { MaterialName } from "../../world/materials.ts";
import type { PlaceName, Time } from "../../world/places/index.ts";
import type { Weather } from "../../world/weather.ts";
import type { Choices } from "../style.ts";

/** The word and its measure word. */
export interface Noun {
  word: string;
  measure: string;
}

const noun = (measure: string, word: string): Noun => ({ word, measure });

export const NOUNS: Readonly<Record<KindName, Choices<Noun>>> = {
  car: [noun("辆", "汽车"), noun("辆", "小汽车")],
  dog: [noun("只", "狗"), noun("只", "小狗")],
  house: [noun("座", "房子"), noun("栋", "房子")],
  boat: [noun("艘", "船"), noun("艘", "帆船")],
  tree: [noun("棵", "树")],
  horse: [noun("匹", "马")],
  ball: [noun("个", "球"), noun("个", "皮球")],
  bench: [noun("张", "长椅")],
  bicycle: [noun("辆", "自行车"), noun("辆", "单车")],
  bird: [noun("只", "鸟"), noun("只", "小鸟")],
  mushroom: [noun("朵", "蘑菇"), noun("个", "蘑菇")],
  lamp: [noun("盏", "路灯"), noun("盏", "街灯")],
  aeroplane: [noun("架", "飞机")],
  apple: [noun("个", "苹果")],
  balloon: [noun("个", "热气球")],
  bed: [noun("张", "床")],
  bus: [noun("辆", "公共汽车"), noun("辆", "巴士")],
  cactus: [noun("棵", "仙人掌")],
  cake: [noun("个", "蛋糕"), noun("个", "生日蛋糕")],
  castle: [noun("座", "城堡")],
  cat: [noun("只", "猫"), noun("只", "小猫")],
  chair: [noun("把", "椅子")],
  cloud: [noun("朵", "云"), noun("朵", "雨云")],
  cow: [noun("头", "牛"), noun("头", "奶牛")],
  cup: [noun("个", "杯子")],
  drum: [noun("面", "鼓")],
  duck: [noun("只", "鸭子")],
  elephant: [noun("头", "大象")],
  flower: [noun("朵", "花")],
  icecream: [noun("个", "冰淇淋")],
  kite: [noun("只", "风筝")],
  lighthouse: [noun("座", "灯塔")],
  lorry: [noun("辆", "卡车"), noun("辆", "货车")],
  penguin: [noun("只", "企鹅")],
  person: [noun("个", "人"), noun("个", "小人")],
  present: [noun("个", "礼物"), noun("份", "礼物")],
  rabbit: [noun("只", "兔子")],
  robot: [noun("个", "机器人")],
  rocket: [noun("枚", "火箭")],
  sheep: [noun("只", "羊"), noun("只", "绵羊")],
  snowman: [noun("个", "雪人")],
  sofa: [noun("张", "沙发")],
  table: [noun("张", "桌子")],
  tent: [noun("顶", "帐篷")],
  tractor: [noun("台", "拖拉机")],
  train: [noun("台", "火车头"), noun("台", "蒸汽机车")],
  turtle: [noun("只", "乌龟")],
  umbrella: [noun("把", "伞"), noun("把", "雨伞")],
  windmill: [noun("座", "风车")],
};

export const COLOURS: Readonly<Record<ColourName, Choices>> = {
  red: ["红色的", "鲜红的"],
  orange: ["橙色的", "橘色的"],
  yellow: ["黄色的"],
  green: ["绿色的"],
  blue: ["蓝色的"],
  purple: ["紫色的"],
  white: ["白色的"],
  black: ["黑色的"],
  pink: ["粉色的", "粉红色的"],
  brown: ["棕色的", "褐色的"],
  grey: ["灰色的"],
  turquoise: ["青绿色的", "蓝绿色的"],
};

export const SIZES: Readonly<Record<"small" | "large", Choices>> = { small: ["很小的", "小型的"], large: ["很大的", "巨大的"] };

export const MATERIALS: Readonly<Record<MaterialName, Choices>> = {
  plastic: ["塑料"],
  metal: ["金属"],
  wood: ["木制", "木头"],
  glass: ["玻璃"],
};

export const PLACES: Readonly<Record<PlaceName, Choices>> = {
  beach: ["沙滩上", "海滩上", "海边"],
  forest: ["森林里", "树林里"],
  snow: ["雪地里", "雪地上"],
  harbour: ["港口", "码头上"],
  city: ["城市街道上", "城里", "街上"],
  desert: ["沙漠里", "沙漠中"],
  kitchen: ["厨房里"],
  livingroom: ["客厅里"],
  meadow: ["草地上", "草原上"],
  mountain: ["山里", "山上"],
};

export const TIMES: Readonly<Record<Time, Choices>> = {
  day: ["白天", "大白天"],
  evening: ["傍晚", "黄昏"],
  night: ["夜晚", "夜里", "晚上"],
};

export const WEATHERS: Readonly<Record<Weather, Choices>> = {
  clear: ["晴天"],
  rain: ["雨中", "下雨时"],
  fog: ["雾中", "大雾中"],
  snowfall: ["下雪时", "飘雪中"],
};

export const RELATIONS: Readonly<Record<Relation, Choices>> = {
  left: ["左边", "左侧"],
  right: ["右边", "右侧"],
  front: ["前面", "前方"],
  behind: ["后面", "后方"],
};

/** Two is 两 before a measure word. */
export const NUMBERS = ["零", "一", "两", "三", "四", "五"] as const;
