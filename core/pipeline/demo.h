#pragma once
// The demo: a real encoder, fine-tuned here on real snippets, and its study.
// Thread: call from a worker.

#include <filesystem>

#include "base/job_context.h"
#include "base/result.h"

namespace palimpsest::pipeline {

/// Where the demo lives.
struct DemoFolders {
    std::filesystem::path material; ///< what ensureDemoMaterial (demo_material.h) fetches
    std::filesystem::path work; ///< corpus file and fine-tuned checkpoint that are made here
    std::filesystem::path project; ///< the default project file
};

/// Folders of this user: material under $XDG_CACHE_HOME (~/.cache) /palimpsest, the rest under $XDG_DATA_HOME
/// (~/.local/share) /palimpsest/demo.
[[nodiscard]] DemoFolders demoFolders();

/// Makes what is missing: fetches the material, splits the snippets (training, held out, analysed),
/// fine-tunes, runs the study into `projectPath`. The project's value "demo.held_out_accuracy" is the share
/// of held-out snippets that the fine-tuned model gets right. When everything is there it returns within
/// milliseconds. Fails as ensureDemoMaterial, train::fineTuneClassifier and runStudy do; finished parts are
/// kept.
[[nodiscard]] base::Status makeDemo(
    const DemoFolders& folders, const std::filesystem::path& projectPath, const base::JobContext& ctx);

} // namespace palimpsest::pipeline
