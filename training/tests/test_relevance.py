import pytest
import torch

from training.claims import Claims
from training.relevance import also_true, satisfies


def thing(kind: str, colour: str, x: float, foot: float, material: str = "plastic", size: str = "usual") -> dict:
    return {"class": kind, "attributes": [colour, material, size], "box": [x, foot - 0.2, x + 0.1, foot]}


SCENE = {
    "place": "beach",
    "time": "night",
    "weather": "rain",
    "objects": [
        thing("car", "red", 0.1, 0.6, "metal"),
        thing("dog", "blue", 0.6, 0.8, size="small"),
        thing("dog", "blue", 0.8, 0.8, size="small"),
        thing("dog", "green", 0.4, 0.5),
    ],
}
CAR = {"kind": "car", "colour": "red", "count": 1}
DOGS = {"kind": "dog", "colour": "blue", "count": 2}

# The cases of training/diorama/propositions.test.ts, which says the same in the language of the scenes.
CASES = [
    ({"mentions": [CAR]}, True),
    ({"mentions": [{"kind": "car", "colour": "blue", "count": 1}]}, False),
    ({"mentions": [{"kind": "dog", "count": 3}]}, True),
    ({"mentions": [{"kind": "dog", "count": 2}]}, False),
    ({"mentions": [{"kind": "dog", "count": "several"}]}, True),
    ({"mentions": [{**CAR, "material": "metal"}]}, True),
    ({"mentions": [{**CAR, "material": "wood"}]}, False),
    ({"mentions": [{"kind": "dog", "size": "small", "count": 2}]}, True),
    ({"mentions": [CAR], "place": "beach", "time": "night", "weather": "rain"}, True),
    ({"mentions": [CAR], "place": "forest"}, False),
    ({"mentions": [CAR], "time": "day"}, False),
    ({"mentions": [CAR], "weather": "fog"}, False),
    ({"mentions": [CAR, DOGS], "relation": {"subject": 0, "is": "left", "object": 1}}, True),
    ({"mentions": [CAR, DOGS], "relation": {"subject": 0, "is": "right", "object": 1}}, False),
    ({"mentions": [CAR, DOGS], "relation": {"subject": 1, "is": "front", "object": 0}}, True),
    ({"mentions": [CAR, DOGS], "relation": {"subject": 0, "is": "front", "object": 1}}, False),
    ({"mentions": [CAR, {"kind": "dog", "count": 3}], "only": True}, True),
    ({"mentions": [CAR, DOGS], "only": True}, False),
]


@pytest.mark.parametrize(("proposition", "holds"), CASES)
def test_satisfies(proposition, holds):
    assert satisfies(SCENE, proposition) is holds


def test_a_caption_true_of_another_scene_is_marked_and_its_own_is_not():
    other = {**SCENE, "time": "day"}
    found = also_true([SCENE, other, other], [{"mentions": [CAR]}, {"mentions": [CAR], "time": "day"}, None])
    assert found.tolist() == [[False, True, True], [False, False, True], [False, False, False]]


def test_claims_as_tensors_hold_where_claims_hold():
    turned = {**SCENE, "objects": [o | {"box": [1 - o["box"][2], o["box"][1], 1 - o["box"][0], o["box"][3] - 0.4 * (i == 0)]} for i, o in enumerate(SCENE["objects"])]}
    scenes = [SCENE, turned, {**SCENE, "time": "day", "objects": SCENE["objects"][:3]}, {**SCENE, "objects": SCENE["objects"][1:]}]
    sides = [{"mentions": [CAR, DOGS], "relation": {"subject": s, "is": side, "object": 1 - s}} for side in ("left", "right", "front", "behind") for s in (0, 1)]
    propositions = [claim for claim, _ in CASES] + sides
    claims = Claims(scenes, [*propositions, None], "cpu")
    found = claims.satisfies(torch.arange(len(propositions) + 1)[:, None], torch.arange(4))
    assert found.tolist() == [[satisfies(scene, claim) for scene in scenes] for claim in propositions] + [[False] * 4]
