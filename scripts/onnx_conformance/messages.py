"""What the tests say in protobuf messages: tensors, and the operators and inputs of a model."""
import array
import dataclasses
import math
import struct

# Element types by TensorProto.DataType: name, letter of `struct`, bytes.
TYPES = {1: ("float32", "f"), 2: ("uint8", "B"), 3: ("int8", "b"), 4: ("uint16", "H"),
         5: ("int16", "h"), 6: ("int32", "i"), 7: ("int64", "q"), 9: ("bool", "?"),
         10: ("float16", "e"), 11: ("float64", "d"), 12: ("uint32", "I"), 13: ("uint64", "Q"),
         16: ("bfloat16", "H")}


def fields(message):
    """The fields of a message: (number, value) with integers and bytes as values."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        key = varint()
        kind = key & 7
        if kind == 0:
            value = varint()
        else:
            size = {1: 8, 5: 4}.get(kind) or varint()
            value = message[at:at + size]
            at += size
        yield key >> 3, value


def all_of(message, number):
    return [value for key, value in fields(message) if key == number]


def varints(values):
    """Repeated integers, packed or not."""
    result = []
    for v in values:
        if isinstance(v, int):
            result.append(v)
            continue
        value = shift = 0
        for byte in v:
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                result.append(value)
                value = shift = 0
    return [v - (1 << 64) if v >> 63 else v for v in result]


@dataclasses.dataclass
class Tensor:
    type: str
    dims: list
    numbers: list

    def write_npy(self, file):
        """As .npy, in its own type; bfloat16 as float32."""
        letter = {name: code for name, code in TYPES.values()}[self.type]
        descr = {"float32": "<f4", "float64": "<f8", "float16": "<f2", "bool": "|b1",
                 "bfloat16": "<f4"}.get(self.type)
        if descr is None:
            descr = "<" + ("i" if letter.islower() else "u") + str(struct.calcsize(letter))
        letter = "f" if self.type == "bfloat16" else letter
        shape = "(" + "".join(f"{d}, " for d in self.dims) + ")"
        head = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}"
        head += " " * (-(len(head) + 11) % 64) + "\n"
        file.write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode()
                         + struct.pack(f"<{len(self.numbers)}{letter}", *self.numbers))


def tensor_of(message):
    """A TensorProto of numbers, or None for texts and for messages of another kind."""
    kinds = all_of(message, 2)
    if not kinds or kinds[0] not in TYPES:
        return None
    name, letter = TYPES[kinds[0]]
    dims = varints(all_of(message, 1))
    raw = all_of(message, 9)
    if raw:
        numbers = list(struct.unpack(f"<{math.prod(dims)}{letter}", raw[0]))
    else:
        floats, doubles = b"".join(all_of(message, 4)), b"".join(all_of(message, 10))
        numbers = (list(array.array("f", floats)) or list(array.array("d", doubles))
                   or varints(all_of(message, 5) + all_of(message, 7) + all_of(message, 11)))
        if name == "float16":
            numbers = [struct.unpack("<e", struct.pack("<H", n))[0] for n in numbers]
    if name == "bfloat16":
        numbers = [struct.unpack("<f", struct.pack("<I", n << 16))[0] for n in numbers]
    return Tensor(name, dims, numbers) if len(numbers) == math.prod(dims) else None


def read_tensor(file):
    try:
        return tensor_of(file.read_bytes())
    except (IndexError, struct.error, TypeError, ValueError):
        return None


@dataclasses.dataclass
class Model:
    operators: list
    inputs: list
    outputs: list
    dims: list      # of each input, as the model declares them; None where it does not
    types: list     # of each input, by name; None where the model does not say


def read_model(file):
    graph = all_of(file.read_bytes(), 7)[0]

    def text(message, number):
        return (all_of(message, number) or [b""])[0].decode()

    def operator(node):
        domain = text(node, 7)
        return (domain + "." if domain else "") + text(node, 4)

    def dims(value):
        for number in (2, 1, 2):  # type, its tensor, its shape
            value = (all_of(value, number) or [None])[0]
            if value is None:
                return None
        return [(all_of(d, 1) or [None])[0] for d in all_of(value, 1)]

    def type_of(value):
        for number in (2, 1, 1):  # type, its tensor, the element type
            value = (all_of(value, number) or [None])[0]
            if value is None:
                return None
        return TYPES.get(value, (None,))[0]

    return Model([operator(n) for n in all_of(graph, 1)], [text(v, 1) for v in all_of(graph, 11)],
                 [text(v, 1) for v in all_of(graph, 12)], [dims(v) for v in all_of(graph, 11)],
                 [type_of(v) for v in all_of(graph, 11)])
