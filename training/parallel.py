"""Training on several GPUs or machines: one process each, started by torchrun.

    torchrun --nproc-per-node 8 -m training.train PACKED_DIR RUN_DIR --config ...

Every process draws the same batch by the same seed and encodes its part of it; for CMR all vectors are gathered, so that an image's negatives are
those of the whole batch. The gradients' mean over the processes is then the gradient of one process with that batch.
"""

import os
from dataclasses import dataclass

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel


@dataclass(frozen=True)
class World:
    """The processes of a training, of which this one is number `rank`."""

    rank: int = 0
    size: int = 1

    @property
    def first(self) -> bool:
        """The one that validates, logs and saves."""
        return self.rank == 0

    def part(self, count: int, rank: int | None = None) -> slice:
        """The rows of a batch that a process encodes, this one unless another is named."""
        rank = self.rank if rank is None else rank
        return slice(count * rank // self.size, count * (rank + 1) // self.size)

    def gathered(self, own: Tensor, count: int) -> Tensor:
        """All rows (count, D) of a batch whose part is this process's `own`, with gradients to every process."""
        return own if self.size == 1 else Gathered.apply(own, count, self)

    def mean(self, value: Tensor) -> float:
        value = value.detach().clone()
        if self.size > 1:
            dist.all_reduce(value)
        return value.item() / self.size

    def same(self, found):
        """What the first process has found, for all: others may differ in a last bit."""
        if self.size == 1:
            return found
        box = [found]
        dist.broadcast_object_list(box)
        return box[0]

    def wrapped(self, module: nn.Module, device: str) -> nn.Module:
        """Whose gradients are the processes' mean. Not every objective uses every parameter."""
        if self.size == 1:
            return module
        return DistributedDataParallel(module, device_ids=[torch.cuda.current_device()] if device == "cuda" else None, find_unused_parameters=True)


class Gathered(torch.autograd.Function):
    """Each process computes the same loss of all rows, so a row's gradient comes from all of them: size times it, which the mean divides by."""

    @staticmethod
    def forward(ctx, own: Tensor, count: int, world: World) -> Tensor:
        parts = [world.part(count, rank) for rank in range(world.size)]
        most = max(part.stop - part.start for part in parts)
        padded = torch.cat([own, own.new_zeros(most - len(own), *own.shape[1:])]).contiguous()
        all_parts = [torch.empty_like(padded) for _ in parts]
        dist.all_gather(all_parts, padded)
        ctx.part = world.part(count)
        return torch.cat([rows[: part.stop - part.start] for rows, part in zip(all_parts, parts, strict=True)])

    @staticmethod
    def backward(ctx, gradient: Tensor):
        gradient = gradient.contiguous()
        dist.all_reduce(gradient)
        return gradient[ctx.part], None, None


def started(device: str) -> World:
    """The processes that torchrun has started; this one alone without it."""
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        return World()
    if not dist.is_initialized():
        if device == "cuda":
            torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
        dist.init_process_group("nccl" if device == "cuda" else "gloo")
    return World(dist.get_rank(), size)
