// Collects the invalid fields of one request, each with the client's path. The response stays bounded however many
// there are: the first `most` are named, the others counted.
#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::contract {

class Errors {
public:
    static constexpr std::size_t most = 20;

    void add(Violation violation);                          // of the value being read
    void add(std::string_view field, Violation violation);  // of a field of that value
    void add_at(std::string path, Violation violation);     // a complete path, see FieldPath
    bool full() const { return found_.size() >= most; }     // callers need not build further paths
    bool empty() const { return found_.empty(); }
    Error take();

    // Runs `run` one level deeper: errors added by it carry the longer path. The name must outlive the call.
    template <class Run>
    void within(std::string_view field, Run run) {
        enter({field, 0}, run);
    }
    template <class Run>
    void within(std::size_t index, Run run) {
        enter({{}, index}, run);
    }

private:
    struct Step {
        std::string_view name;  // empty: an element of a list
        std::size_t index;
    };
    template <class Run>
    void enter(Step step, Run run) {
        steps_.push_back(step);
        run();
        steps_.pop_back();
    }
    std::string path(std::string_view field) const;

    std::vector<Step> steps_;
    std::vector<FieldError> found_;
    std::size_t others_ = 0;
};

// 400 for unreadable input, naming the field if known.
std::unexpected<Error> malformed(std::string_view field, Violation violation);

}  // namespace safargo::contract
