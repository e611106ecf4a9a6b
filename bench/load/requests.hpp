// The requests of a run, as they are sent: one arena of bytes for each file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::load {

class Requests {
public:
    struct Line {
        std::string_view bytes;
        int expected;  // the status of a good answer; 0: 2xx and 304

        bool expects(int status) const {
            return expected == 0 ? (status >= 200 && status < 300) || status == 304 : status == expected;
        }
        std::string_view path() const;  // for people
    };

    // A JSON object a line: {"bytes": "GET / HTTP/1.1\r\n...", "expect": 201}. BadPlan with the number of the line.
    static Requests parse(std::string_view lines);

    std::size_t size() const { return places_.size(); }
    Line operator[](std::size_t index) const;

private:
    struct Place {
        std::size_t begin;
        std::uint32_t length;
        int expected;
    };

    void add(std::string_view json);

    std::string arena_;
    std::vector<Place> places_;
};

}  // namespace safargo::load
