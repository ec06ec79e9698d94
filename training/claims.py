"""What captions claim and scenes show, as tensors, so that thousands of captions and scenes are compared at once on any device.

`satisfies` is relevance.satisfies, which stays the definition: tests hold the two together.
"""

import numpy as np
import torch
from torch import Tensor

from .data import MOST_OBJECTS
from .relevance import ATTRIBUTES

SETTING = ("place", "time", "weather")
RELATIONS = ("left", "right", "front", "behind")
SEVERAL = -1  # a mention's count: two or more


def changed(claim: dict, foil: dict) -> str:
    """What differs between two propositions."""
    for what in ("relation", "place", "time"):
        if claim.get(what) != foil.get(what):
            return what
    pairs = list(zip(claim["mentions"], foil["mentions"], strict=True))
    if sum(one.get("colour") != other.get("colour") for one, other in pairs) == 2:
        return "colours swapped"
    return next(what for one, other in pairs for what in ("kind", "count", "colour", "material") if one.get(what) != other.get(what))


class Claims:
    """N scenes and C propositions; O = MOST_OBJECTS places for objects, M for mentions. A name's number is from 1; 0 is for what is not said."""

    def __init__(self, scenes: list[dict], propositions: list[dict | None], device: str):
        numbers: dict = {None: 0}
        number = lambda name: numbers.setdefault(name or None, len(numbers))  # noqa: E731
        n, c = len(scenes), len(propositions)
        most = max((len(p["mentions"]) for p in propositions if p), default=1)
        things = np.full((n, MOST_OBJECTS, 1 + len(ATTRIBUTES)), -1, np.int32)  # kind and attributes; -1: no object
        boxes = np.zeros((n, MOST_OBJECTS, 4), np.float32)
        settings = np.array([[number(scene.get(key)) for key in SETTING] for scene in scenes], np.int32)
        for row, scene in enumerate(scenes):
            for place, thing in enumerate(scene.get("objects") or ()):  # none are known of photographs
                attributes = [number(value) for value in thing["attributes"]]
                things[row, place, : 1 + len(attributes)] = [number(thing["class"]), *attributes]
                boxes[row, place] = thing["box"]
        mentions = np.zeros((c, most, 2 + len(ATTRIBUTES)), np.int32)  # kind, attributes, count; kind 0: no mention
        claimed = np.zeros((c, len(SETTING)), np.int32)
        relations = np.full((c, 3), -1, np.int32)  # subject, relation, object
        for row, p in enumerate(propositions):
            if p is None:
                continue
            for place, one in enumerate(p["mentions"]):
                count = SEVERAL if one["count"] == "several" else one["count"]
                mentions[row, place] = [number(one["kind"]), *(number(one.get(name)) for name in ATTRIBUTES), count]
            claimed[row] = [number(p.get(key)) for key in SETTING]
            if relation := p.get("relation"):
                relations[row] = relation["subject"], RELATIONS.index(relation["is"]), relation["object"]
        at = lambda array: torch.from_numpy(array).to(device)  # noqa: E731
        self.things, self.boxes, self.settings = at(things), at(boxes), at(settings)
        self.mentions, self.claimed, self.relations = at(mentions), at(claimed), at(relations)
        self.only = at(np.array([bool(p and p.get("only")) for p in propositions], bool))
        self.known = at(np.array([p is not None for p in propositions], bool))

    def satisfies(self, claims: Tensor, scenes: Tensor) -> Tensor:
        """Whether each claim is true of its scene, both given by number in shapes that broadcast; False for a claim that is not known."""
        claims, scenes = torch.broadcast_tensors(claims, scenes)
        shape, claims, scenes = claims.shape, claims.flatten(), scenes.flatten()
        things, boxes, said = self.things[scenes], self.boxes[scenes], self.mentions[claims]  # (P, O, 4), (P, O, 4), (P, M, 5)
        claimed = self.claimed[claims]
        true = self.known[claims] & ((claimed == 0) | (claimed == self.settings[scenes])).all(-1)
        wanted = said[:, :, None, :-1]  # (P, M, 1, 4)
        alike = (wanted == things[:, None]) | (wanted == 0)
        meant = alike.all(-1) & (said[:, :, None, 0] > 0) & (things[:, None, :, 0] > 0)  # (P, M, O)
        count, asked = meant.sum(-1), said[..., -1]
        true &= torch.where(asked == SEVERAL, count >= 2, count == asked).all(-1)  # no mention asks for 0 and means none
        true &= ~self.only[claims] | (meant.any(1).sum(-1) == (things[..., 0] > 0).sum(-1))
        subject, relation, other = self.relations[claims].long().unbind(-1)
        row = torch.arange(len(claims), device=claims.device)
        ends = meant[row, subject.clamp(min=0)], meant[row, other.clamp(min=0)]
        turned = ((relation == 1) | (relation == 3))[:, None]  # right and behind: left and front the other way round
        one, two = torch.where(turned, ends[1], ends[0]), torch.where(turned, ends[0], ends[1])
        middle, foot = boxes[..., 0] + boxes[..., 2], boxes[..., 3]
        left = middle.masked_fill(~one, -9).amax(-1) < middle.masked_fill(~two, 9).amin(-1)
        front = foot.masked_fill(~one, 9).amin(-1) > foot.masked_fill(~two, -9).amax(-1)
        true &= (relation < 0) | torch.where(relation < 2, left, front)
        return true.view(shape)
