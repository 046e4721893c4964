"""Makes the small archives beside this file with Python's own pickle and zipfile, in the layouts that torch.save
writes (torch/serialization.py: _save and _legacy_save), without torch: stand-ins give the globals their names.
Run: python3 make_archives.py
"""
import collections
import io
import pickle
import struct
import sys
import types
import zipfile


def module(name):
    made = types.ModuleType(name)
    sys.modules[name] = made
    return made


torch = module("torch")
utils = module("torch._utils")
for kind in ("Float", "Half", "BFloat16", "Long"):
    setattr(torch, kind + "Storage", type(kind + "Storage", (), {"__module__": "torch"}))


def _rebuild_tensor_v2(*_):
    raise NotImplementedError


def _rebuild_parameter(*_):
    raise NotImplementedError


for function in (_rebuild_tensor_v2, _rebuild_parameter):
    function.__module__ = "torch._utils"
    function.__qualname__ = function.__name__
    setattr(utils, function.__name__, function)


class Storage:
    def __init__(self, kind, key, data, count):
        self.kind, self.key, self.data, self.count = kind, key, data, count


class Tensor:
    def __init__(self, storage, offset, size, stride):
        self.parts = (storage, offset, size, stride, False, collections.OrderedDict())

    def __reduce__(self):
        return (_rebuild_tensor_v2, self.parts)


class Parameter:
    def __init__(self, tensor):
        self.tensor = tensor

    def __reduce__(self):
        return (_rebuild_parameter, (self.tensor, True, collections.OrderedDict()))


class Pickler(pickle.Pickler):
    legacy = False

    def persistent_id(self, thing):
        if not isinstance(thing, Storage):
            return None
        parts = ("storage", getattr(torch, thing.kind + "Storage"), thing.key, "cpu", thing.count)
        return parts + (None,) if self.legacy else parts


def dumped(thing, protocol=2, legacy=False):
    out = io.BytesIO()
    pickler = Pickler(out, protocol)
    pickler.legacy = legacy
    pickler.dump(thing)
    return out.getvalue()


def state(strides=(3, 1), offset=0):
    floats = Storage("Float", "0", struct.pack("<6f", 1, 2, 3, 4, 5, 6), 6)
    halves = Storage("Half", "1", struct.pack("<2e", 0.5, -2), 2)
    longs = Storage("Long", "2", struct.pack("<2q", 7, -8), 2)
    result = collections.OrderedDict()
    result["weight"] = Tensor(floats, offset, (2, 3), strides)
    result["transposed"] = Tensor(floats, 0, (3, 2), (1, 3))
    result["row"] = Tensor(floats, 3, (3,), (1,))
    result["parameter"] = Parameter(Tensor(halves, 0, (2,), (1,)))
    result["ids"] = Tensor(longs, 0, (2,), (1,))
    result["nothing"] = Tensor(floats, 0, (0, 3), (3, 1))
    result["epoch"] = 3
    result["note"] = None
    result._metadata = collections.OrderedDict(version=1)
    return result, (floats, halves, longs)


def archive(name, strides=(3, 1), offset=0, protocol=2, compressed=False, byteorder=b"little", data_pkl=None):
    tensors, storages = state(strides, offset)
    kind = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(name, "w", kind) as out:
        def put(path, data):
            out.writestr(zipfile.ZipInfo("archive/" + path), data, kind)

        put("data.pkl", data_pkl if data_pkl is not None else dumped(tensors, protocol))
        put("byteorder", byteorder)
        for storage in storages:
            put("data/" + storage.key, storage.data)
        put("version", b"3\n")


class Evil:
    def __reduce__(self):
        import os
        return (os.system, ("touch /tmp/palimpsest-was-here",))


archive("plain.bin")
archive("protocol4.bin", protocol=4)
archive("compressed.bin", compressed=True)
archive("big_endian.bin", byteorder=b"big")
archive("beyond_storage.bin", offset=1)
archive("expanded.bin", strides=(0, 0))
archive("evil.bin", data_pkl=dumped({"weight": Evil()}))
archive("evil4.bin", data_pkl=dumped({"weight": Evil()}, 4))
archive("list.bin", data_pkl=dumped([1, 2, 3]))

tensors, storages = state()
with open("legacy.bin", "wb") as out:
    out.write(pickle.dumps(0x1950A86A20F9469CFC6C, 2))
    out.write(pickle.dumps(1001, 2))
    out.write(pickle.dumps({"protocol_version": 1001, "little_endian": True,
                            "type_sizes": {"short": 2, "int": 4, "long": 4}}, 2))
    out.write(dumped(tensors, 2, legacy=True))
    out.write(pickle.dumps([storage.key for storage in storages], 2))
    for storage in storages:
        out.write(struct.pack("<q", storage.count) + storage.data)
