"""An 8-bit tflite file as a PyTorch module in float, so that it runs on batches of any size that its convolutions take.

Weights are dequantised (8-bit codes times their scale, one for a tensor or one an output channel); what a layer puts out is clamped
by its activation and to the range of its 8-bit codes, which is where some of these files keep their ReLU6. The rounding between layers is left out. The file's layout is
that of https://github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/mlir/lite/schema/schema.fbs.
"""

from pathlib import Path

import numpy as np
import tflite
import torch
import torch.nn.functional as F
from torch import Tensor, nn

TYPES = {tflite.TensorType.FLOAT32: "<f4", tflite.TensorType.INT32: "<i4", tflite.TensorType.UINT8: "u1", tflite.TensorType.INT8: "i1"}
FUSED = {  # the limits of a layer's own activation
    tflite.ActivationFunctionType.NONE: (-np.inf, np.inf),
    tflite.ActivationFunctionType.RELU: (0.0, np.inf),
    tflite.ActivationFunctionType.RELU6: (0.0, 6.0),
}
NAMES = {number: name for name, number in vars(tflite.BuiltinOperator).items() if isinstance(number, int)}


class Reader:
    """The tensors of a file's only graph. Raises ValueError for what is no tflite file."""

    def __init__(self, path: Path):
        data = path.read_bytes()
        if data[4:8] != b"TFL3":
            raise ValueError(f"{path} is no tflite file (version 3): its mark is {data[4:8]!r}.")
        self.model = tflite.Model.GetRootAs(data, 0)
        self.graph = self.model.Subgraphs(0)

    def range_of(self, index: int) -> tuple[float, float]:
        """The least and the greatest number that the tensor's 8-bit codes stand for."""
        tensor = self.graph.Tensors(index)
        scale, zero = (float(v[0]) for v in (tensor.Quantization().ScaleAsNumpy(), tensor.Quantization().ZeroPointAsNumpy()))
        low = np.iinfo(TYPES[tensor.Type()]).min
        return scale * (low - zero), scale * (low + 255 - zero)

    def values(self, index: int) -> np.ndarray:
        """A constant tensor in float32, or as it is where it has no scale."""
        tensor = self.graph.Tensors(index)
        shape = tensor.ShapeAsNumpy() if tensor.ShapeLength() else ()
        codes = np.frombuffer(self.model.Buffers(tensor.Buffer()).DataAsNumpy().tobytes(), TYPES[tensor.Type()]).reshape(shape)
        q = tensor.Quantization()
        if q is None or not q.ScaleLength():
            return codes
        along = [1] * codes.ndim
        if q.ScaleLength() > 1:
            along[q.QuantizedDimension()] = -1
        scale, zero = (v.reshape(along) for v in (q.ScaleAsNumpy(), q.ZeroPointAsNumpy()))
        return ((codes.astype(np.float32) - zero) * scale).astype(np.float32)


class Conv(nn.Module):
    """CONV_2D or DEPTHWISE_CONV_2D with TensorFlow's SAME padding, where the odd pixel is last; its output is clamped."""

    def __init__(self, weight: np.ndarray, bias: np.ndarray, stride: int, groups: int, limits: tuple[float, float]):
        super().__init__()
        # (out, in / groups, k, k); frozen unless somebody asks for more
        self.weight = nn.Parameter(torch.from_numpy(weight).contiguous(memory_format=torch.channels_last), requires_grad=False)
        self.bias = nn.Parameter(torch.from_numpy(bias), requires_grad=False)
        self.stride, self.groups, self.limits = stride, groups, limits

    def forward(self, x: Tensor) -> Tensor:
        kernel = self.weight.shape[2]
        if kernel > 1:
            lack = [max(0, (-(-size // self.stride) - 1) * self.stride + kernel - size) for size in (x.shape[3], x.shape[2])]
            x = F.pad(x, (lack[0] // 2, lack[0] - lack[0] // 2, lack[1] // 2, lack[1] - lack[1] // 2))
        return F.conv2d(x, self.weight, self.bias, self.stride, groups=self.groups).clamp(*self.limits)


class TfliteGraph(nn.Module):
    """Runs a file's graph as far as is asked. Its tensors are named by their numbers in the file."""

    def __init__(self, path: Path):
        super().__init__()
        reader = Reader(path)
        self.convs = nn.ModuleDict()
        self.steps: list[tuple[str, list[int], int]] = []  # operator, inputs, output
        self.shapes: dict[int, list[int]] = {}  # of what a RESHAPE puts out, without the batch
        graph = reader.graph
        self.input = int(graph.Inputs(0))
        for number in range(graph.OperatorsLength()):
            operator = graph.Operators(number)
            code = reader.model.OperatorCodes(operator.OpcodeIndex())
            name = NAMES[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
            inputs, output = operator.InputsAsNumpy().tolist(), int(operator.Outputs(0))
            if name in ("CONV_2D", "DEPTHWISE_CONV_2D"):
                self.convs[str(output)] = self._conv(reader, name, operator.BuiltinOptions(), inputs, output)
            elif name == "RESHAPE":
                self.shapes[output] = graph.Tensors(output).ShapeAsNumpy().tolist()[1:]
            elif name not in ("ADD", "CONCATENATION", "MEAN", "SOFTMAX", "LOGISTIC", "QUANTIZE", "CUSTOM"):
                raise ValueError(f"{path} has an operator {name} that is not known here.")
            self.steps.append((name, inputs, output))

    @staticmethod
    def _conv(reader: Reader, name: str, table, inputs: list[int], output: int) -> Conv:
        options = tflite.Conv2DOptions() if name == "CONV_2D" else tflite.DepthwiseConv2DOptions()
        options.Init(table.Bytes, table.Pos)
        if options.Padding() != tflite.Padding.SAME or options.StrideH() != options.StrideW():
            raise ValueError(f"Layer {output} pads or strides in a way that is not known here.")
        weight, bias = reader.values(inputs[1]), reader.values(inputs[2])
        depthwise = name == "DEPTHWISE_CONV_2D"  # (1, k, k, out), else (out, k, k, in)
        weight = weight.transpose(3, 0, 1, 2) if depthwise else weight.transpose(0, 3, 1, 2)
        (low, high), fused = reader.range_of(output), options.FusedActivationFunction()
        if fused not in FUSED:
            raise ValueError(f"Layer {output} has an activation {fused} that is not known here.")
        limits = max(low, FUSED[fused][0]), min(high, FUSED[fused][1])
        return Conv(np.ascontiguousarray(weight), bias, options.StrideH(), len(weight) if depthwise else 1, limits)

    def forward(self, pixels: Tensor, *wanted: int) -> tuple[Tensor, ...]:
        """pixels (B, 3, height, width) in the numbers that the first layer takes -> the wanted tensors, channels second."""
        known = {self.input: pixels}
        for name, inputs, output in self.steps:
            if all(number in known for number in wanted):
                break
            x = known.get(inputs[0])
            if name in ("CONV_2D", "DEPTHWISE_CONV_2D"):
                known[output] = self.convs[str(output)](x)
            elif name == "ADD":
                known[output] = x + known[inputs[1]]
            elif name == "CONCATENATION":
                known[output] = torch.cat([known[number] for number in inputs], dim=1)
            elif name == "MEAN":
                known[output] = x.mean((2, 3), keepdim=True)
            elif name == "RESHAPE":  # the file's order is channels last
                last = x.permute(0, 2, 3, 1) if str(inputs[0]) in self.convs else x
                known[output] = last.reshape(len(x), *self.shapes[output])
            elif name == "SOFTMAX":
                known[output] = x.softmax(-1)
            elif name == "LOGISTIC":
                known[output] = x.sigmoid()
            elif name == "QUANTIZE":
                known[output] = x
        return tuple(known[number] for number in wanted)
