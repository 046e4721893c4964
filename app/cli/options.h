#pragma once
// Options that several verbs share.
// Thread: main.

#include <cstdint>
#include <limits>
#include <string>

#include <CLI/CLI.hpp>

#include "activation/extraction.h"
#include "base/job_context.h"
#include "base/result.h"
#include "corpus/reader.h"
#include "model/model.h"
#include "pipeline/encoded_corpus.h"
#include "project/project_file.h"

namespace palimpsest::cli {

/// --corpus with its columns and length limit.
void addCorpusOptions(CLI::App& verb, std::string& path, corpus::ReadOptions& options, bool required);

/// --download: models that are named by their id may be fetched.
void addDownloadOption(CLI::App& verb, bool& download);

/// Replaces the id of a model of Hugging Face by the folder it has, or gets, in the cache; a folder stays as
/// it is. Fails as hub::findModel does.
[[nodiscard]] base::Status findModelFolder(std::string& model, bool download, const base::JobContext& ctx);

/// What an option that takes a folder or an id says of itself.
inline constexpr const char* kModelHelp
    = "Folder of a checkpoint, or the id of a model of Hugging Face that is in its cache (owner/name, "
      "owner/name@revision)";

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
