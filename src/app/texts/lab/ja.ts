import { writing } from "../writing";
import type { LabTexts } from "./en";

const { number } = writing("ja");

const captions = (count: number): string => `キャプション ${number(count)} 件`;
const pictures = (count: number): string => `画像 ${number(count)} 枚`;

export const lab: LabTexts = {
  title: "ラボ",
  about:
    "このタブで測る LightningDOT：キャプションと画像が互いをどう見つけるかを、一度の内積、上位だけへのクロスエンコーダー、全体へのクロスエンコーダーの三通りで比べます。",
  drop: "データセット、ベクトル、ギャラリーをここにドロップすると測定できます",
  toPictures: "テキスト → 画像",
  toCaptions: "画像 → テキスト",
  asGiven: "元のまま",
  categories: {
    attribute: "色・素材・大きさ",
    relation: "位置関係",
    scene: "場面全体",
    count: "数",
    terse: "短い文",
    "minimal pair": "最小対",
  },

  setup: {
    label: "測定の対象",
    nothing: "何も開かれていません",
    opening: "開いています…",
    contents: (photos, texts) => `${pictures(photos)}、${captions(texts)}`,
    language: "言語",
    first: "並べ替える上位",
    on: "対象",
    all: "すべて",
    sample: (count) => `キャプションと画像 各 ${number(count)}`,
    full: "全画像を採点する対象",
    none: "なし",
    captions,
    seed: "シード",
    run: "測定",
    stop: "停止",
    own: "自分のデータを測定",
    how: "フォルダーをドロップするか選択してください：Karpathy 形式のデータセット（`dataset.json` と写真。ここで符号化します）、用意済みのベクトル（`images.npy` と `captions.npy`、float32。`captions.json`、`captions.txt`、`dataset.json` のいずれかと一緒に）、またはキャプション付きのギャラリー。データはこのタブから出ません。",
    split: "分割",
    chooseFolder: "フォルダーを選択",
    chooseFiles: "ファイルを選択",
    folder: "測定するフォルダー",
    files: "測定するファイル",
  },

  doing: {
    stopped: "停止しました。それまでの結果は下に残っています。",
    starting: "開始しています…",
    finished: "完了しました。",
    idle: "「測定」を押すと、結果が出た順に数字が入ります。",
    of: (done, total) => `${number(done)} / ${number(total)}`,
    rate: (rate) => `毎秒 ${rate} 件`,
    seconds: (count) => `残り ${number(count)} 秒`,
    minutes: (count) => `残り ${number(count)} 分`,
    what: {
      photos: "写真を符号化中",
      captions: "キャプションを符号化中",
      reading: "ベクトルを読み込み中",
      dot: "内積：キャプション",
      timing: "検索時間を計測中",
      loading: "クロスエンコーダーの時間を計測中",
      captionsAgain: "並べ替え：キャプション",
      picturesAgain: "並べ替え：画像",
      full: "完全なクロスアテンション：キャプション",
    },
  },

  panels: {
    label: "再現率",
    many: "並べ替える枚数",
    dot: "内積",
    dotAbout: "画像ごとに一つ、キャプションごとに一つのベクトル",
    oracle: (ar) => `完璧な順位付けでも ${ar} です。複数の画像に当てはまるキャプションがあるためです。`,
    rerank: "並べ替え後",
    rerankAbout: (first) => `上位 ${number(first)} 件をクロスエンコーダーで`,
    ofAll: "すべてのキャプションと画像が対象です。",
    ofDrawn: (texts, photos, ar) => `${captions(texts)}と${pictures(photos)}が対象です。同じ対象での内積の AR は ${ar} です。`,
    willDraw: (count) => `シードで選んだキャプションと画像 各 ${number(count)} が対象です。`,
    full: "完全なクロスアテンション",
    fullAbout: "すべての画像をクロスエンコーダーで",
    ofFull: (texts, r1, all) =>
      `${captions(texts)}が対象です。同じ対象での内積の R@1 は ${r1} です。逆方向では画像 1 枚につき${captions(all)}の採点が必要になります。`,
    notAsked: "対象外です。",
    willScore: (texts) => `シードで選んだ${captions(texts)}が対象です。時間のかかる方法です。`,
  },

  saving: {
    title: "節約できる時間",
    less: "全画像をクロスエンコーダーで採点する場合との所要時間の差",
    against: (query, encode, scan, photos, full) =>
      `1 回の検索に ${query} ms（符号化 ${encode}、${pictures(photos)}の走査 ${scan}）。全採点では ${full} ms。`,
    again: (first, ms, times) => [`上位 ${number(first)} 件を並べ替えても ${ms} ms で、差は`, times, "です。"],
    query: "ms / 検索",
    scanned: (photos) => `${pictures(photos)}の走査時間です。このベクトルにはエンコーダーが付いていません。`,
    spent: (encode, scan, photos) => `語の符号化に ${encode}、${pictures(photos)}の走査に ${scan}。`,
    adds: (first, ms) => `上位 ${number(first)} 件の並べ替えで ${ms} ms 増えます。`,
    middle: (queries) => `${captions(queries)}を検索語としたときの中央値（このタブで測定）。`,
    middleOn: (queries, device) => `${captions(queries)}を検索語としたときの中央値（${device}、このタブで測定）。`,
  },

  chart: {
    axis: "検索 1 回あたりのミリ秒",
    key: "内積：内積のみ。以降は上位 M 件を並べ替え。全：全画像",
    dot: "内積",
    all: "全",
    label: "検索 1 回あたりのミリ秒と再現率。",
    point: (name, ms, r1) => `${name}：${ms} ms、R@1 ${r1}`,
  },

  hard: {
    title: "難しいもの",
    pairs: (whom) => ["", whom, "だけが違う二枚の画像のうち、正しいほうの得点が高い割合"],
    whoHasWhat: "どちらが何を持つか",
    byDot: "%（内積）",
    again: "%（並べ替え後）",
    about: "キャプションの内容",
    r1: "R@1、テキスト → 画像、内積",
    first: (first) => `上位 ${number(first)} 件を並べ替え`,
    drawn: (texts) => `シードで選んだ${captions(texts)}が対象です。`,
  },

  cases: {
    title: "一件ずつ見る",
    label: "キャプションの結果",
    outcomes: {
      missed: "外れ",
      found: "的中",
      repaired: "並べ替えで改善",
      spoilt: "並べ替えで悪化",
      missedBoth: "どちらも外れ",
      foundBoth: "どちらも的中",
    },
    about: "キャプションの内容",
    anything: "すべて",
    none: "該当するキャプションはありません。",
    previous: "前へ",
    next: "次へ",
    page: (from, to, total) => `${number(from)}–${number(to)} / ${number(total)}`,
    textless: "（本文のないキャプション）",
    own: "正解の画像",
    byDot: "内積での 1 位",
    again: "並べ替え後の 1 位",
    right: "正解",
    place: (place) => `正解の画像は ${number(place)} 位`,
    fits: "これも当てはまる",
  },

  languages: {
    title: "ほかの言語",
    captions: "キャプションの言語",
    ar: "内積の AR",
    again: "並べ替え後",
    run: "測定",
    runAgain: "もう一度測定",
    inLanguage: (language) => `（${language}）`,
  },

  ablation: {
    title: "事前学習の各目的の効果",
    with: "事前学習の目的",
    toPictures: "テキスト → 画像 R@1",
    toCaptions: "画像 → テキスト R@1",
    difference: "すべて使った場合との AR の差",
    note: (updates, pretraining, photos, seeds) =>
      `各 ${number(updates)} 回の更新、うち事前学習 ${number(pretraining)} 回。val の画像 ${number(photos)} 枚。シード ${number(seeds)} 個の平均 ± 標準偏差。`,
    cores: (cores) => `${number(cores)} コア`,
    committed: "このタブでの測定ではなく、`npm run ablation` の保存済みの結果です。",
  },

  take: {
    title: "持ち帰る",
    slide: "スライド用 SVG",
    link: "同じ測定をもう一度",
    copied: "コピーしました",
    copy: "リンクをコピー",
  },

  slide: {
    contents: (photos, texts) => `${pictures(photos)}、${captions(texts)}`,
    drawn: (count, seed) => `並べ替え：キャプションと画像 各 ${number(count)}、シード ${seed}`,
    foot: "Dotlight：LightningDOT (NAACL 2021) をブラウザーのタブで測定",
    dot: "内積",
    dotDrawn: "内積（同じ標本）",
    first: (first) => `上位 ${number(first)} 件を並べ替え`,
    full: "完全なクロスアテンション",
    less: "完全なクロスアテンションとの所要時間の差",
    query: "1 回の検索",
    axis: "ms / 検索",
    short: "文 → 画像",
  },
};
