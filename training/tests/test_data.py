import json

import numpy as np
import pytest
from PIL import Image

from training.data import LONGEST, Classes, Skipped, areas_of, load, pack, region_classes, stem_targets, usable_captions
from training.tokenizer import encode, train_tokenizer

from .conftest import write_dataset


def test_a_pack_holds_pictures_masks_and_captions(packed):
    data = load(packed, "train")
    assert len(data) == 32 and data.pictures.shape == (32, 192, 192, 3)
    assert data.scenes[0]["captions"][0]["raw"] == "A small red square on the far left."
    classes = Classes.of(data)
    assert classes.count == 5 and classes.settings == ("grey day",)


def test_region_targets_are_shares_of_visible_area(packed):
    data = load(packed, "train")
    classes = Classes.of(data)
    chosen = np.arange(32)
    joint = region_classes(data, classes, chosen)
    assert np.allclose(joint.sum(-1), 1, atol=1e-5)
    covers, middles = stem_targets(data, classes, chosen)
    assert (middles.sum(1) == 1).all()
    assert [cover.shape[-1] for cover in covers] == [2, 5]  # squares, four colours; each with the background
    # The first scene's square is red: its pixels, over the pixels of a region, make up the cover of that class, and of that colour.
    red = classes.index(data.scenes[0]["objects"][0])
    pixels = data.areas[0, :, 1].sum()
    assert joint[0, :, red].sum() * (64 * 64 / 36) == pytest.approx(pixels, rel=0.05)
    assert np.allclose(joint[0, :, red], covers[1][0, :, classes.attributes[0].index("red")])
    assert np.allclose(joint[..., -1], covers[0][..., -1])


def test_areas_count_every_pixel_of_a_mask_once():
    mask = np.zeros((64, 64), np.uint8)
    mask[:10, :10] = 2  # within the first region, which has 11 x 11 pixels
    areas = areas_of(mask)
    assert areas.sum() == 64 * 64 and areas[0, 2] == 100 and areas[0, 0] == 21
    with pytest.raises(OSError, match="8 objects"):
        areas_of(np.full((64, 64), 8, np.uint8))


def test_bad_input_is_left_out_and_named(tmp_path):
    write_dataset(tmp_path / "dataset")
    path = tmp_path / "dataset/dataset.json"
    data = json.loads(path.read_text())
    images = tmp_path / "dataset/images"
    (images / "001.png").unlink()
    (images / "002.png").write_bytes(b"not a picture")
    data["images"][3]["sentences"][0]["raw"] = "   "
    data["images"][4]["sentences"][0]["raw"] = "x" * 10_000
    data["images"][5]["sentences"] = []
    data["images"][6]["sentences"][0]["translations"]["xx"] = ""
    data["images"][7]["sentences"][1]["translations"]["xx"] = "x" * (LONGEST + 1)
    data["images"][8]["sentences"][0]["raw"] = None
    # A JPEG that ends in the middle, a PNG with a broken chunk, a mask that is not there.
    Image.new("RGB", (96, 96)).save(images / "009.jpg")
    (images / "009.jpg").write_bytes((images / "009.jpg").read_bytes()[:-200])
    data["images"][9]["filename"] = "images/009.jpg"
    (images / "010.png").write_bytes((images / "010.png").read_bytes().replace(b"IDAT", b"I??T"))
    (tmp_path / "dataset/masks/011.png").unlink()
    path.write_text(json.dumps(data))
    skipped = pack(tmp_path / "dataset", tmp_path / "packed")
    assert {reason: len(names) for reason, names in skipped.names.items()} == {
        "missing files": 2,
        "broken pictures": 3,
        "empty captions": 2,
        f"captions of more than {LONGEST} characters": 2,
        "captions that are no text": 1,
        "pictures without captions": 1,
    }
    assert all(name in str(skipped) for name in ("002.png", "009.jpg", "010.png", "011.png", "sentence 16"))
    kept = load(tmp_path / "packed", "train")
    assert len(kept) == 26
    assert [len(s["captions"]) for s in kept.scenes[:6]] == [2, 1, 1, 1, 1, 1]
    # A picture left out shifts nothing: picture, mask and captions stay together.
    assert kept.scenes[1]["imgid"] == 3 and kept.pictures[1].any()


def test_a_split_of_which_nothing_is_left_is_refused(tmp_path):
    write_dataset(tmp_path / "dataset")
    for picture in (tmp_path / "dataset/images").iterdir():
        picture.write_bytes(b"not a picture")
    assert len(pack(tmp_path / "dataset", tmp_path / "packed").names["broken pictures"]) == 40
    with pytest.raises(ValueError, match="holds no scene"):
        load(tmp_path / "packed", "train")


# Georgian, Cherokee, Tifinagh, cuneiform: of none the tokenizer has seen a letter.
@pytest.mark.parametrize("text", ["წითელი კვადრატი", "ᎩᎦᎨ", "ⴰⵣⴳⴳⵯⴰⵖ", "𒀀𒁀", "🟥 left"])
def test_a_caption_in_an_unknown_script_is_usable(text):
    skipped = Skipped()
    assert usable_captions({"sentences": [{"raw": text}]}, skipped)[0]["raw"] == text and not skipped.names
    tokenizer = train_tokenizer(["a red square on the left"] * 5, 300)
    assert "[UNK]" not in tokenizer.get_vocab()
    ids = encode(tokenizer, [text], 96)[0]
    assert (ids != 0).sum() > 2 + len(text) / 2  # [CLS], [SEP], and tokens for every byte
    assert tokenizer.decode(ids.tolist()).strip() == text.lower()
    assert (encode(tokenizer, [text], 6)[0] != 0).all()  # too long for the model: cut, not refused


def test_an_unpacked_split_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="pack the data set first"):
        load(tmp_path, "train")
