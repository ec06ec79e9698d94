import { describe, expect, it } from "vitest";
import { captionsOf, information } from "./captions.ts";
import { compose } from "./compose.ts";
import { assemble, ceilings } from "./dataset.ts";
import { ceiling } from "./oracle.ts";
import { satisfies } from "./propositions.ts";

const finished = (number: number) => {
  const scene = compose(1, number);
  return {
    ...scene,
    visibility: scene.objects.map(() => ({
      visible: 1,
      box: [0, 0, 1, 1] as [number, number, number, number],
    })),
  };
};

describe("captions", () => {
  it("are true of their own scene", () => {
    for (let number = 0; number < 300; number++) {
      const scene = compose(5, number);
      for (const { raw, proposition } of captionsOf(scene, 5, 20)) {
        expect(satisfies(scene, proposition), `${number}: ${raw}`).toBe(true);
      }
    }
  });

  it("are briefer for training, every second one", () => {
    const bits = (brief: boolean) =>
      Array.from({ length: 50 }, (_, number) => captionsOf(compose(5, number), 5, 10, [], brief).map((c) => information(c.proposition)));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const odd = (brief: boolean) => mean(bits(brief).flatMap((each) => each.filter((_, index) => index % 2 === 1)));
    expect(odd(true)).toBeLessThan(odd(false) - 2);
    expect(
      bits(true)
        .flat()
        .filter((value) => value < 9).length,
    ).toBeGreaterThan(20);
  });

  it("have foils for training, each false of the scene and in one fact unlike the caption", () => {
    const facts = (proposition: object) => JSON.stringify(proposition).split(/[,{}]+/);
    let foils = 0;
    for (let number = 0; number < 100; number++) {
      const scene = compose(5, number);
      for (const { raw, proposition, foil } of captionsOf(scene, 5, 10, ["de"], true)) {
        if (!foil) continue;
        foils++;
        expect(satisfies(scene, foil.proposition), `${raw} / ${foil.raw}`).toBe(false);
        const unlike = facts(foil.proposition).filter((fact, i) => fact !== facts(proposition)[i]).length;
        expect([1, 2], `${raw} / ${foil.raw}`).toContain(unlike);
        expect(foil.translations.de).toBeTruthy();
      }
    }
    expect(foils).toBeGreaterThan(900);
    expect(captionsOf(compose(5, 1), 5, 10).some(({ foil }) => foil)).toBe(false);
  });

  it("begin with one that tells the whole scene", () => {
    for (let number = 0; number < 100; number++) {
      const scene = compose(5, number);
      const [{ category, proposition }] = captionsOf(scene, 5, 1) as [ReturnType<typeof captionsOf>[number]];
      const groups = new Set(scene.objects.map(({ group }) => group)).size;
      expect(category).toBe("scene");
      expect(proposition.mentions).toHaveLength(groups);
      expect(proposition).toMatchObject({ place: scene.place, time: scene.time });
      expect(proposition.mentions.every(({ colour }) => colour)).toBe(true);
      if (groups > 1 && !proposition.only) expect(proposition.relation).toBeDefined();
    }
  });
});

describe("dataset", () => {
  const dataset = assemble(
    Array.from({ length: 1000 }, (_, number) => finished(number)),
    { seed: 1, size: 256 },
    20,
  );

  it("has five captions an image, each naming its own image among the relevant", () => {
    for (const { imgid, sentids, sentences } of dataset.images) {
      expect(sentids).toEqual([0, 1, 2, 3, 4].map((index) => imgid * 5 + index));
      for (const { relevant } of sentences) expect(relevant).toContain(imgid);
    }
  });

  it("leaves a perfect ranker an AR of 95 or more", () => {
    const { test } = ceilings(dataset);
    expect(test!.ar).toBeGreaterThan(95);
    expect(test!.ir.r1).toBeGreaterThan(88);
    expect(test!.ar).toBeLessThanOrEqual(100);
  });

  it("counts only scenes of the same split as relevant", () => {
    const mixed = assemble([0, 1, 1000, 1500].map(finished), { seed: 1, size: 256 }, 7);
    expect(mixed.images.map(({ split }) => split)).toEqual(["test", "test", "val", "train"]);
    expect(mixed.images[2]!.sentences.every(({ relevant }) => relevant!.length === 1)).toBe(true);
    expect(mixed.images[3]!.sentences).toHaveLength(7);
    expect(mixed.images[3]!.sentences[0]!.relevant).toBeUndefined();
  });
});

describe("ceiling", () => {
  it("takes the expectation over ties, computed by hand", () => {
    // Image 0: one caption of its own alone (rarity 1) and one shared with image 1; image 1: only shared ones.
    const captions = [
      { imgid: 0, relevant: [0] },
      { imgid: 0, relevant: [0, 1] },
      { imgid: 1, relevant: [0, 1] },
    ];
    const { ir, tr } = ceiling(captions);
    expect(ir.r1).toBeCloseTo((100 * (1 + 0.5 + 0.5)) / 3);
    expect(ir.r5).toBe(100);
    // Image 1: two equally rare captions fit, one is its own.
    expect(tr.r1).toBeCloseTo((100 * (1 + 0.5)) / 2);
    expect(tr.r5).toBe(100);
  });
});
