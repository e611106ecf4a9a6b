// The requests of a run, serialised before it begins: one arena of bytes for each file.
#pragma once

#include "load/plan.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::load {

// Which statuses an answer may have: 2xx and 304 unless the line says otherwise.
class ExpectedStatuses {
public:
    static ExpectedStatuses usual() { return ExpectedStatuses(); }
    explicit ExpectedStatuses(std::vector<int> statuses) : statuses_(std::move(statuses)) {}

    bool contains(int status) const;
    bool operator==(const ExpectedStatuses&) const = default;

private:
    ExpectedStatuses() = default;
    std::vector<int> statuses_;  // none: the usual ones
};

class Requests {
public:
    struct Line {
        std::string_view bytes;
        const ExpectedStatuses* expected;
        bool is_head;  // its answer has no body
    };

    // A JSON object a line; `host` goes into the Host header of those that name none.
    static OrLine<Requests> parse(std::string_view lines, std::string_view host);
    static OrLine<Requests> read(const std::filesystem::path& file, std::string_view host);

    std::size_t size() const { return places_.size(); }
    Line operator[](std::size_t index) const;

    // Of the bytes of a line, for people.
    static std::string_view path_of(std::string_view bytes);

private:
    struct Place {
        std::size_t begin;
        std::uint32_t length;
        std::uint16_t expected;
        bool is_head;
    };

    std::string add(std::string_view json, std::string_view host);  // answers a complaint, or nothing
    std::uint16_t expectation(ExpectedStatuses statuses);           // equal ones are kept once

    std::string arena_;
    std::vector<Place> places_;
    std::vector<ExpectedStatuses> expectations_;
};

}  // namespace safargo::load
