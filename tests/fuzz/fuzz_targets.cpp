#include "fuzz_targets.h"

#include <ctime>
#include <fstream>
#include <random>
#include <span>

#include "model/pickle_reader.h"
#include "model/zip_directory.h"
#include "support/mutations.h"
#include "tensorfile/npy.h"
#include "tensorfile/safetensors.h"
#include "tensorfile/safetensors_header.h"
#include "tokenizer/formats/sentencepiece_proto.h"
#include "tokenizer/tokenizer.h"

namespace palimpsest::testing {

namespace fs = std::filesystem;

namespace {

/// Not atomically and not flushed: the file lives in memory and is read once.
void write(const fs::path& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string little(std::uint64_t value, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>((value >> (8U * static_cast<unsigned>(i))) & 255U);
    return text;
}

std::string safetensorsFile(const std::string& header, std::size_t data)
{
    return little(header.size(), 8) + header + std::string(data, '\1');
}

std::vector<std::string> safetensorsSeeds()
{
    return {safetensorsFile(
                R"({"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},)"
                R"("b":{"dtype":"BF16","shape":[2],"data_offsets":[24,28]}})",
                28),
        safetensorsFile(R"({"é\u00e9":{"dtype":"I64","shape":[],"data_offsets":[0,8]}} )", 8)};
}

bool readSafetensors(const std::string& bytes, const fs::path& scratch)
{
    write(scratch / "x.safetensors", bytes);
    const auto file = tensorfile::SafetensorsFile::open(scratch / "x.safetensors");
    if (!file)
        return false;
    unsigned sum = 0;
    for (const std::string& name : file.value().names()) {
        for (const std::byte byte : file.value().find(name)->bytes)
            sum += std::to_integer<unsigned>(byte);
    }
    return sum < 0xffffffffU;
}

std::string zipEntry(const std::string& name, const std::string& content)
{
    return "PK\3\4" + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(0, 4)
        + little(content.size(), 4) + little(content.size(), 4) + little(name.size(), 2) + little(0, 2) + name
        + content;
}

std::vector<std::string> zipSeeds()
{
    const std::vector<std::pair<std::string, std::string>> entries
        = {{"archive/data.pkl", std::string(20, 'p')}, {"archive/data/0", std::string(40, 'd')},
            {"archive/version", "3\n"}};
    std::string file;
    std::string directory;
    for (const auto& [name, content] : entries) {
        directory += "PK\1\2" + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4)
            + little(0, 4) + little(content.size(), 4) + little(content.size(), 4) + little(name.size(), 2)
            + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4)
            + little(file.size(), 4) + name;
        file += zipEntry(name, content);
    }
    const std::string end = "PK\5\6" + little(0, 4) + little(entries.size(), 2) + little(entries.size(), 2)
        + little(directory.size(), 4) + little(file.size(), 4) + little(0, 2);
    return {file + directory + end};
}

bool readZip(const std::string& bytes, const fs::path&)
{
    const auto entries = model::readZipDirectory(std::as_bytes(std::span(bytes)), "x.bin");
    if (!entries)
        return false;
    unsigned sum = 0;
    for (const auto& [name, content] : entries.value()) {
        for (const std::byte byte : content)
            sum += std::to_integer<unsigned>(byte);
    }
    return sum < 0xffffffffU;
}

/// {"w": tensor of 2 × 3 floats}, as torch.save writes it with protocol 2.
std::vector<std::string> pickleSeeds()
{
    using namespace std::string_literals;
    const auto text = [](const std::string& content) { return "X" + little(content.size(), 4) + content; };
    const std::string storage = "(" + text("storage") + "q\3ctorch\nFloatStorage\nq\4"s + text("0") + "q\5"s
        + text("cpu") + "q\6K\6tq\7Q"s;
    const std::string shape = "K\0K\2K\3\x86q\x08K\3K\1\x86q\x09\x89"s;
    return {"\x80\2}q\0"s + text("w") + "q\1ctorch._utils\n_rebuild_tensor_v2\nq\2("s + storage + shape
        + "ccollections\nOrderedDict\nq\x0a)Rq\x0btq\x0cRq\x0ds."s};
}

bool readPickle(const std::string& bytes, const fs::path&)
{
    return static_cast<bool>(model::readPickle(std::as_bytes(std::span(bytes)), "x.pkl"));
}

std::vector<std::string> npySeeds()
{
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    header.resize(117, ' ');
    header += '\n';
    return {std::string("\x93NUMPY\1\0", 8) + little(header.size(), 2) + header + std::string(24, '\1')};
}

bool readNpy(const std::string& bytes, const fs::path& scratch)
{
    write(scratch / "x.npy", bytes);
    return static_cast<bool>(tensorfile::NpyFile::open(scratch / "x.npy"));
}

std::vector<std::string> tokenizerSeeds()
{
    const std::string head
        = R"({"version":"1.0","truncation":null,"padding":null,"added_tokens":[{"id":0,"content":"[UNK]",)"
          R"("single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}],)";
    return {head
            + R"("normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true},)"
              R"("pre_tokenizer":{"type":"BertPreTokenizer"},"post_processor":{"type":"BertProcessing","sep":["b",2],"cls":["a",1]},)"
              R"("model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,)"
              R"("vocab":{"[UNK]":0,"a":1,"b":2,"##b":3}}})",
        head
            + R"("normalizer":{"type":"Sequence","normalizers":[{"type":"NFKC"},{"type":"Replace","pattern":{"Regex":" {2,}"},"content":" "}]},)"
              R"("pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"\\s+|\\w+"},"behavior":"Isolated","invert":false},)"
              R"({"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}]},)"
              R"("post_processor":{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A","type_id":0}}],"pair":[],"special_tokens":{}},)"
              R"("model":{"type":"BPE","unk_token":null,"vocab":{"a":1,"b":2,"ab":3,"Ġ":4},"merges":["a b"]}})",
        head
            + R"("normalizer":{"type":"Precompiled","precompiled_charsmap":"BAAAAAAAAAA="},)"
              R"("pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true},"post_processor":null,)"
              R"("model":{"type":"Unigram","unk_id":0,"vocab":[["[UNK]",0.0],["▁",-1.5],["a",-2.0],["▁a",-2.5]],"byte_fallback":false}})"};
}

bool readTokenizer(const std::string& bytes, const fs::path& scratch)
{
    write(scratch / "tokenizer.json", bytes);
    const auto tokenizer = tokenizer::Tokenizer::open(scratch);
    if (!tokenizer)
        return false;
    (void)tokenizer.value()->encode("a ab  b\xC3\xA9 \xF0\x9F\x98\x80");
    return true;
}

std::vector<std::string> protoSeeds()
{
    const auto field = [](int number, const std::string& content) {
        return std::string(1, static_cast<char>((number << 3) | 2)) + static_cast<char>(content.size())
            + content;
    };
    std::string file;
    for (const char* piece : {"<unk>", "<s>", "</s>", "\xE2\x96\x81", "a",
             "\xE2\x96\x81"
             "a"})
        file += field(1, field(1, piece) + "\x15" + little(0xbf800000U, 4) + "\x18\1");
    file += field(2, std::string("\x18\1") + std::string("\xc0\x02\0", 3));
    file += field(3, field(1, "nmt_nfkc") + field(2, std::string("\4\0\0\0\0\0\0\0abc\0", 12)));
    return {file};
}

bool readProto(const std::string& bytes, const fs::path& scratch)
{
    write(scratch / "spiece.model", bytes);
    return static_cast<bool>(tokenizer::readSentencePieceModel(scratch / "spiece.model"));
}

} // namespace

const std::vector<FuzzTarget>& fuzzTargets()
{
    static const std::vector<FuzzTarget> targets = {{"safetensors", safetensorsSeeds, readSafetensors},
        {"zip", zipSeeds, readZip}, {"pickle", pickleSeeds, readPickle}, {"npy", npySeeds, readNpy},
        {"tokenizer.json", tokenizerSeeds, readTokenizer}, {"sentencepiece", protoSeeds, readProto}};
    return targets;
}

FuzzOutcome fuzz(const FuzzTarget& target, std::uint64_t first, std::uint64_t count, const fs::path& scratch)
{
    const std::vector<std::string> seeds = target.seeds();
    FuzzOutcome outcome;
    for (std::uint64_t number = first; number < first + count; ++number) {
        std::mt19937 random(static_cast<std::uint32_t>(number * 2654435761U + 1));
        const std::string& seed = seeds[number % seeds.size()];
        const std::string input = mutated(seed, random, seed.size());
        const std::clock_t start = std::clock();
        ++(target.read(input, scratch) ? outcome.taken : outcome.refused);
        // Of the processor and not of the clock, which a busy machine would spoil.
        const double took = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        if (took > outcome.slowest) {
            outcome.slowest = took;
            outcome.slowestInput = input;
        }
    }
    return outcome;
}

} // namespace palimpsest::testing
