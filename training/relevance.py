"""Whether a caption is true of a scene: pictures that satisfy a caption are no negatives of it (CMR draws its negatives from the batch).

A proposition is what training/diorama/propositions.ts writes: {mentions: [{kind, colour?, material?, size?, count}], place?, time?, weather?,
relation?: {subject, is, object}, only?}. Relations are judged by the boxes in the picture, so only roughly; the caption's own scene is true
of it by construction.
"""

import numpy as np

ATTRIBUTES = ("colour", "material", "size")  # in the order of an object's attributes


def meant(mention: dict, objects: list[dict]) -> list[dict]:
    """The objects of the kind that have every attribute that is said."""
    said = [(i, mention[name]) for i, name in enumerate(ATTRIBUTES) if mention.get(name)]
    return [o for o in objects if o["class"] == mention["kind"] and all(o["attributes"][i] == value for i, value in said)]


def related(relation: str, subjects: list[dict], objects: list[dict]) -> bool:
    """Every subject's middle left of every object's, or its foot lower in the picture."""
    if relation in ("right", "behind"):
        return related({"right": "left", "behind": "front"}[relation], objects, subjects)
    if relation == "left":
        middle = lambda o: o["box"][0] + o["box"][2]  # noqa: E731
        return max(map(middle, subjects)) < min(map(middle, objects))
    return min(o["box"][3] for o in subjects) > max(o["box"][3] for o in objects)


def satisfies(scene: dict, proposition: dict) -> bool:
    if any(proposition.get(key, scene.get(key)) != scene.get(key) for key in ("place", "time", "weather")):
        return False
    groups = []
    for mention in proposition["mentions"]:
        group, count = meant(mention, scene["objects"]), mention["count"]
        if len(group) < 2 if count == "several" else len(group) != count:
            return False
        groups.append(group)
    if proposition.get("only") and len({id(o) for group in groups for o in group}) < len(scene["objects"]):
        return False
    relation = proposition.get("relation")
    return not relation or related(relation["is"], groups[relation["subject"]], groups[relation["object"]])


def also_true(scenes: list[dict], propositions: list[dict | None]) -> np.ndarray:
    """n scenes and a caption's proposition of each (None where it is not known) -> (n, n) bool: caption r is true of scene c, r not c."""
    holding: dict[str, list[int]] = {}  # scenes by the kinds in them: few scenes show what a caption mentions first
    for c, scene in enumerate(scenes):
        for kind in {o["class"] for o in scene["objects"]}:
            holding.setdefault(kind, []).append(c)
    true = np.zeros((len(scenes), len(scenes)), bool)
    for r, proposition in enumerate(propositions):
        if proposition is None:
            continue
        for c in holding.get(proposition["mentions"][0]["kind"], []):
            true[r, c] = r != c and satisfies(scenes[c], proposition)
    return true
