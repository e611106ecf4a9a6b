// Turns an uploaded file into clean pictures. Whatever a stranger sends is decoded in a process of its own.
#pragma once

#include "core/result.hpp"
#include "core/task.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <string>

namespace safargo {

// WebP without metadata, upright, each fitting into its square (160, 640, 1280 pixels) and never enlarged.
struct PictureSet {
    std::string small, medium, large;
    std::uint32_t width = 0, height = 0;  // of the large one
};

class PictureProcessor {
public:
    virtual ~PictureProcessor() = default;
    // Refusals (not a picture, another type than `content_type`, too many pixels, broken, too costly) name the rule for
    // the uploader. Throws DependencyUnavailable if no process can be had before `deadline`.
    virtual Task<Result<PictureSet>> process(std::string file, std::string content_type,
                                             std::chrono::steady_clock::time_point deadline) = 0;
};

}  // namespace safargo
