// Collects every refused field of one request, with the path the client wrote.
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace safargo::contract {

class Errors {
public:
    void add(Violation violation) { found_.push_back({path_, std::move(violation)}); }
    void add(std::string_view field, Violation violation) { found_.push_back({join(field), std::move(violation)}); }
    bool empty() const { return found_.empty(); }
    Error take() { return {.code = Code::validation_failed, .fields = std::move(found_)}; }

    // Runs `step` one level deeper: errors it adds carry the longer path.
    template <class Step>
    void within(std::string_view field, Step step) {
        const std::size_t length = path_.size();
        path_ = join(field);
        step();
        path_.resize(length);
    }
    template <class Step>
    void within(std::size_t index, Step step) {
        const std::size_t length = path_.size();
        path_ += '[' + std::to_string(index) + ']';
        step();
        path_.resize(length);
    }

private:
    std::string join(std::string_view field) const {
        if (path_.empty()) return std::string(field);
        return path_ + '.' + std::string(field);
    }
    std::string path_;
    std::vector<FieldError> found_;
};

}  // namespace safargo::contract
