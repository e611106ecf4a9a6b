// Pictures by the program safargo-pictures, one process for each. It belongs to one thread; the slots are shared.
#pragma once

#include "adapters/pictures/slots.hpp"
#include "pictures/answer.hpp"
#include "ports/picture_processor.hpp"

#include <exception>
#include <string>

namespace safargo::pictures {

struct Ended;

// The program beside the running one.
std::string program_beside_this();

class PictureProgram final : public PictureProcessor {
public:
    PictureProgram(std::string program, Slots& slots, std::chrono::milliseconds longest = std::chrono::seconds{10})
        : program_(std::move(program)), slots_(slots), longest_(longest) {}

    // A process that does not end in time is killed, and so is one whose caller is cancelled. Both, and one that is
    // killed by somebody else, throw DependencyUnavailable; one that crashes over a file refuses it as broken.
    Task<Result<PictureSet>> process(std::string file, std::string content_type,
                                     std::chrono::steady_clock::time_point deadline) override;

private:
    struct Attempt {
        Result<PictureSet> answer{};
        std::exception_ptr failure{};
    };

    Task<Attempt> attempt(std::string file, std::string content_type) const;
    Task<Result<PictureSet>> run(std::string file, std::string content_type) const;

    std::string program_;
    Slots& slots_;
    std::chrono::milliseconds longest_;
};

// The refusal as its uploader is told it.
Error refusal_of(const Refused& refused, const std::string& announced_type);

}  // namespace safargo::pictures
