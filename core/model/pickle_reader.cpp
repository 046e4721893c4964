#include "model/pickle_reader.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "model/pickle_instructions.h"

namespace palimpsest::model {

using base::Error;
using base::ErrorCode;
using Kind = PickleValue::Kind;

namespace {

constexpr std::size_t kMostValues = 4'000'000;

/// A stack machine over one pickle. Every step checks what it takes; a failed check stores the Error and
/// stops.
class Machine {
public:
    Machine(std::span<const std::byte> bytes, const std::string& fileName)
        : m_bytes(reinterpret_cast<const char*>(bytes.data()), bytes.size())
        , m_fileName(fileName)
    {
    }

    base::Result<PickleDocument> run()
    {
        while (!m_error && !m_stopped) {
            if (m_at == m_bytes.size())
                malformed("ends in the middle");
            else if (std::max({m_document.values.size(), m_stack.size(), m_marks.size(), m_memo.size()})
                > kMostValues)
                fail(ErrorCode::TooLarge, "has more values than a state dict; only weights can be read");
            else
                step(static_cast<unsigned char>(m_bytes[m_at++]));
        }
        if (m_error)
            return *m_error;
        m_document.end = m_at;
        return std::move(m_document);
    }

private:
    void fail(ErrorCode code, const std::string& problem)
    {
        if (!m_error)
            m_error = Error{code, "The pickle in " + m_fileName + " " + problem};
    }
    void malformed(const std::string& problem)
    {
        fail(ErrorCode::Malformed, problem + " at byte " + std::to_string(m_at) + "; fetch the file again");
    }

    std::string_view take(std::uint64_t size)
    {
        if (size > m_bytes.size() - m_at) {
            malformed("is cut off");
            return {};
        }
        const auto text = m_bytes.substr(m_at, static_cast<std::size_t>(size));
        m_at += text.size();
        return text;
    }
    std::uint64_t number(std::size_t size)
    {
        const std::string_view text = take(size);
        std::uint64_t value = 0;
        for (std::size_t i = text.size(); i-- > 0;)
            value = value << 8U | static_cast<unsigned char>(text[i]);
        return value;
    }
    std::string_view line()
    {
        const std::size_t end = m_bytes.find('\n', m_at);
        if (end == std::string_view::npos) {
            malformed("is cut off");
            return {};
        }
        const auto text = m_bytes.substr(m_at, end - m_at);
        m_at = end + 1;
        return text;
    }

    void push(PickleValue value)
    {
        m_stack.push_back(static_cast<std::uint32_t>(m_document.values.size()));
        m_document.values.push_back(std::move(value));
    }
    void pushInteger(std::int64_t integer) { push({Kind::Integer, integer, {}, {}, {}}); }
    void pushText(std::string_view text) { push({Kind::Text, 0, text, {}, {}}); }
    void pushKind(Kind kind) { push({kind, 0, {}, {}, {}}); }

    /// The topmost value; never one below the latest mark.
    std::optional<std::uint32_t> pop()
    {
        const std::size_t floor = m_marks.empty() ? 0 : m_marks.back();
        if (m_stack.size() <= floor) {
            malformed("takes a value that is not there");
            return std::nullopt;
        }
        const std::uint32_t top = m_stack.back();
        m_stack.pop_back();
        return top;
    }
    std::vector<std::uint32_t> popToMark()
    {
        if (m_marks.empty()) {
            malformed("has no mark");
            return {};
        }
        const auto from = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
        std::vector<std::uint32_t> items(from, m_stack.end());
        m_stack.erase(from, m_stack.end());
        m_marks.pop_back();
        return items;
    }
    /// The container on top of the stack, or null and an error.
    PickleValue* top(Kind kind)
    {
        if (m_stack.empty() || m_document.values[m_stack.back()].kind != kind) {
            malformed("fills something that is not the right container");
            return nullptr;
        }
        return &m_document.values[m_stack.back()];
    }
    [[nodiscard]] const PickleValue& value(std::uint32_t index) const { return m_document.values[index]; }

    /// A copy of the first `most` items: a hostile tuple may be long and be used again and again.
    [[nodiscard]] std::vector<std::uint32_t> firstItems(std::uint32_t index, std::size_t most) const
    {
        const auto& items = value(index).items;
        return {items.begin(), items.begin() + static_cast<std::ptrdiff_t>(std::min(most, items.size()))};
    }

    void pushTuple(std::size_t count)
    {
        std::vector<std::uint32_t> items(count);
        for (std::size_t i = count; i-- > 0;) {
            const auto item = pop();
            if (!item)
                return;
            items[i] = *item;
        }
        push({Kind::Tuple, 0, {}, {}, std::move(items)});
    }

    void remember(std::uint64_t slot)
    {
        if (m_stack.empty())
            return malformed("remembers nothing");
        m_memo[slot] = m_stack.back();
    }
    void recall(std::uint64_t slot)
    {
        const auto found = m_memo.find(slot);
        if (found == m_memo.end())
            return malformed("recalls what was not remembered");
        m_stack.push_back(found->second);
    }

    void fill(Kind kind, const std::vector<std::uint32_t>& items)
    {
        PickleValue* container = top(kind);
        if (container == nullptr)
            return;
        if (kind == Kind::Dict && items.size() % 2 != 0)
            return malformed("has a key without a value");
        container->items.insert(container->items.end(), items.begin(), items.end());
    }
    void fillWithTop(Kind kind, std::size_t count)
    {
        std::vector<std::uint32_t> items(count);
        for (std::size_t i = count; i-- > 0;) {
            const auto item = pop();
            if (!item)
                return;
            items[i] = *item;
        }
        fill(kind, items);
    }

    void pushGlobal(std::string_view module, std::string_view name)
    {
        if (isKnownGlobal(module, name))
            return push({Kind::Global, 0, module, name, {}});
        refuse(module, name);
    }
    void refuse(std::string_view module, std::string_view name)
    {
        fail(ErrorCode::Unsupported,
            "asks for " + std::string(module.substr(0, 100)) + "." + std::string(name.substr(0, 100))
                + ", which is not part of a state dict; nothing was executed, save the weights as "
                  "safetensors");
    }

    void step(unsigned char op);
    bool stepText(unsigned char op);
    bool stepContainer(unsigned char op);
    void stepStackGlobal();
    void stepPersistent();
    void stepReduce();
    void stepBuild();
    void stepLong();

    std::string_view m_bytes;
    const std::string& m_fileName;
    std::size_t m_at = 0;
    bool m_stopped = false;
    std::optional<Error> m_error;
    PickleDocument m_document;
    std::vector<std::uint32_t> m_stack;
    std::vector<std::size_t> m_marks;
    std::unordered_map<std::uint64_t, std::uint32_t> m_memo;
};

void Machine::step(unsigned char op)
{
    if (stepText(op) || stepContainer(op))
        return;
    switch (op) {
    case Proto:
        if (const auto protocol = number(1); protocol < 2 || protocol > 5)
            malformed("is of protocol " + std::to_string(protocol));
        return;
    case Frame:
        number(8);
        return;
    case Stop:
        if (const auto root = pop()) {
            m_document.root = *root;
            m_stopped = true;
        }
        return;
    case Pop:
        pop();
        return;
    case Dup:
        if (m_stack.empty())
            return malformed("doubles nothing");
        m_stack.push_back(m_stack.back());
        return;
    case None:
        return pushKind(Kind::Other);
    case BinFloat:
        take(8);
        return pushKind(Kind::Other);
    case BinInt:
        return pushInteger(static_cast<std::int32_t>(static_cast<std::uint32_t>(number(4))));
    case BinInt1:
        return pushInteger(static_cast<std::int64_t>(number(1)));
    case BinInt2:
        return pushInteger(static_cast<std::int64_t>(number(2)));
    case NewTrue:
        return pushInteger(1);
    case NewFalse:
        return pushInteger(0);
    case Long1:
        return stepLong();
    case BinPersId:
        return stepPersistent();
    case Reduce:
        return stepReduce();
    case Build:
        return stepBuild();
    default:
        fail(ErrorCode::Unsupported,
            "has instruction " + std::to_string(op)
                + ", which state dicts do not need; save it as safetensors");
    }
}

bool Machine::stepText(unsigned char op)
{
    switch (op) {
    case BinUnicode:
    case BinString:
        pushText(take(number(4)));
        return true;
    case ShortBinUnicode:
    case ShortBinString:
        pushText(take(number(1)));
        return true;
    case GlobalOp: {
        const std::string_view module = line();
        const std::string_view name = line();
        if (!m_error)
            pushGlobal(module, name);
        return true;
    }
    case StackGlobal:
        stepStackGlobal();
        return true;
    case BinPut:
        remember(number(1));
        return true;
    case LongBinPut:
        remember(number(4));
        return true;
    case Memoize:
        remember(m_memo.size());
        return true;
    case BinGet:
        recall(number(1));
        return true;
    case LongBinGet:
        recall(number(4));
        return true;
    default:
        return false;
    }
}

bool Machine::stepContainer(unsigned char op)
{
    switch (op) {
    case Mark:
        m_marks.push_back(m_stack.size());
        return true;
    case PopMark:
        popToMark();
        return true;
    case EmptyTuple:
        pushKind(Kind::Tuple);
        return true;
    case EmptyList:
        pushKind(Kind::List);
        return true;
    case EmptyDict:
        pushKind(Kind::Dict);
        return true;
    case Tuple1:
    case Tuple2:
    case Tuple3:
        pushTuple(static_cast<std::size_t>(op - Tuple1 + 1));
        return true;
    case TupleOp:
        push({Kind::Tuple, 0, {}, {}, popToMark()});
        return true;
    case Append:
        fillWithTop(Kind::List, 1);
        return true;
    case SetItem:
        fillWithTop(Kind::Dict, 2);
        return true;
    case Appends:
        fill(Kind::List, popToMark());
        return true;
    case SetItems:
        fill(Kind::Dict, popToMark());
        return true;
    default:
        return false;
    }
}

void Machine::stepLong()
{
    const std::string_view text = take(number(1));
    if (text.size() > 8)
        return push({Kind::LongInteger, 0, text, {}, {}});
    std::uint64_t value = 0;
    for (std::size_t i = text.size(); i-- > 0;)
        value = value << 8U | static_cast<unsigned char>(text[i]);
    // Two's complement of its own length.
    if (!text.empty() && text.size() < 8 && (static_cast<unsigned char>(text.back()) & 0x80U) != 0)
        value |= ~std::uint64_t{0} << (8 * text.size());
    pushInteger(static_cast<std::int64_t>(value));
}

void Machine::stepStackGlobal()
{
    const auto name = pop();
    const auto module = name ? pop() : std::nullopt;
    if (!module)
        return;
    if (value(*module).kind != Kind::Text || value(*name).kind != Kind::Text)
        return malformed("names a global by something that is not text");
    pushGlobal(value(*module).text, value(*name).text);
}

void Machine::stepPersistent()
{
    const auto id = pop();
    if (!id)
        return;
    const auto items = firstItems(*id, 5);
    const bool fits = value(*id).kind == Kind::Tuple && items.size() >= 5 && value(items[0]).text == "storage"
        && value(items[1]).kind == Kind::Global && value(items[1]).name.ends_with("Storage")
        && value(items[2]).kind == Kind::Text && value(items[4]).kind == Kind::Integer;
    if (!fits)
        return malformed("describes a storage in an unknown way");
    push({Kind::Storage, 0, {}, {}, items});
}

void Machine::stepReduce()
{
    const auto arguments = pop();
    const auto callee = arguments ? pop() : std::nullopt;
    if (!callee)
        return;
    if (value(*callee).kind != Kind::Global || value(*arguments).kind != Kind::Tuple)
        return malformed("calls something that is not a global");
    const auto items = firstItems(*arguments, 4);
    const std::string_view name = value(*callee).name;
    if (name == "OrderedDict" && items.empty())
        return pushKind(Kind::Dict);
    if (name == "Size" && items.size() == 1 && value(items[0]).kind == Kind::Tuple)
        return m_stack.push_back(items[0]);
    if (name == "_rebuild_parameter" && !items.empty() && value(items[0]).kind == Kind::Tensor)
        return m_stack.push_back(items[0]);
    if (name.starts_with("_rebuild_tensor") && items.size() >= 4 && value(items[0]).kind == Kind::Storage
        && value(items[1]).kind == Kind::Integer && value(items[2]).kind == Kind::Tuple
        && value(items[3]).kind == Kind::Tuple)
        return push({Kind::Tensor, 0, {}, {}, items});
    malformed("builds " + std::string(name) + " from unexpected parts");
}

void Machine::stepBuild()
{
    // The state of an OrderedDict is its _metadata (version numbers of modules), which no weight depends on.
    const auto state = pop();
    if (state && top(Kind::Dict) == nullptr)
        fail(ErrorCode::Unsupported, "sets the state of an object; save the weights as safetensors");
}

} // namespace

base::Result<PickleDocument> readPickle(std::span<const std::byte> bytes, const std::string& fileName)
{
    return Machine(bytes, fileName).run();
}

} // namespace palimpsest::model
