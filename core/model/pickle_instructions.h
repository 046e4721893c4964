#pragma once
// The instructions and globals of Python's pickle format that state dicts use. Private to the pickle reader.
// Thread: constant.

#include <array>
#include <string_view>

namespace palimpsest::model {

// Instructions, as named in Python's Lib/pickle.py.
enum PickleOp : unsigned char {
    Mark = '(',
    Stop = '.',
    Pop = '0',
    PopMark = '1',
    Dup = '2',
    BinFloat = 'G',
    BinInt = 'J',
    BinInt1 = 'K',
    BinInt2 = 'M',
    None = 'N',
    BinPersId = 'Q',
    Reduce = 'R',
    BinString = 'T',
    ShortBinString = 'U',
    BinUnicode = 'X',
    Append = 'a',
    Build = 'b',
    GlobalOp = 'c',
    Appends = 'e',
    BinGet = 'h',
    LongBinGet = 'j',
    BinPut = 'q',
    LongBinPut = 'r',
    SetItem = 's',
    TupleOp = 't',
    SetItems = 'u',
    EmptyTuple = ')',
    EmptyList = ']',
    EmptyDict = '}',
    Proto = 0x80,
    Tuple1 = 0x85,
    Tuple2 = 0x86,
    Tuple3 = 0x87,
    NewTrue = 0x88,
    NewFalse = 0x89,
    Long1 = 0x8a,
    ShortBinUnicode = 0x8c,
    StackGlobal = 0x93,
    Memoize = 0x94,
    Frame = 0x95,
};

struct KnownGlobal {
    std::string_view module;
    std::string_view name;
};

inline constexpr std::array kKnownGlobals = {
    KnownGlobal{"collections", "OrderedDict"},
    KnownGlobal{"torch", "Size"},
    KnownGlobal{"torch._utils", "_rebuild_parameter"},
    KnownGlobal{"torch._utils", "_rebuild_tensor"},
    KnownGlobal{"torch._utils", "_rebuild_tensor_v2"},
    KnownGlobal{"torch", "DoubleStorage"},
    KnownGlobal{"torch", "FloatStorage"},
    KnownGlobal{"torch", "HalfStorage"},
    KnownGlobal{"torch", "BFloat16Storage"},
    KnownGlobal{"torch", "LongStorage"},
    KnownGlobal{"torch", "IntStorage"},
    KnownGlobal{"torch", "ShortStorage"},
    KnownGlobal{"torch", "CharStorage"},
    KnownGlobal{"torch", "ByteStorage"},
    KnownGlobal{"torch", "BoolStorage"},
};

[[nodiscard]] constexpr bool isKnownGlobal(std::string_view module, std::string_view name)
{
    for (const KnownGlobal& known : kKnownGlobals) {
        if (known.module == module && known.name == name)
            return true;
    }
    return false;
}

} // namespace palimpsest::model
