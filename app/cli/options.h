#pragma once
// Options that several verbs share.
// Thread: main.

#include <cstdint>
#include <limits>
#include <string>

#include <CLI/CLI.hpp>

#include "activation/extraction.h"
#include "base/result.h"
#include "corpus/reader.h"
#include "model/model.h"
#include "pipeline/encoded_corpus.h"
#include "project/project_file.h"

namespace palimpsest::cli {

/// --corpus with its columns and length limit.
void addCorpusOptions(CLI::App& verb, std::string& path, corpus::ReadOptions& options, bool required);

/// --pooling last|first|mean.
void addPoolingOption(CLI::App& verb, activation::Pooling& pooling);

/// --long-sentences, --precision and --store.
void addExtractionOptions(CLI::App& verb, pipeline::LongSentences& longSentences, model::Precision& precision,
    tensorfile::ElementType& store);

/// --k and --theta; zero means: the project's own.
void addCutOptions(CLI::App& verb, std::uint32_t& k, double& theta);

/// A model of the pair as text, checked while parsing.
void addSideOption(CLI::App& verb, const char* name, project::Side& side, const char* help);

/// Fails with InvalidArgument when a project has fewer occurrences than concepts are asked for.
[[nodiscard]] base::Status checkK(std::uint32_t k, std::size_t occurrences);

} // namespace palimpsest::cli
