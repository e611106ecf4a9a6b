// Puts an answer together from what libcurl reads, within limits.
#pragma once

#include "net/client.hpp"

#include <cstddef>
#include <string_view>

namespace safargo::net {

class AnswerReader {
public:
    enum class Fault {
        none,
        too_large,  // more header or body than allowed
        encoded,    // in an encoding that was not asked for
    };

    explicit AnswerReader(std::size_t most_body, bool bodiless = false) : most_body_(most_body), bodiless_(bodiless) {}

    // One line of the header, its line end included. A status line starts the answer anew: what came before was interim
    // (1xx). Lines after the body are dropped. False for a fault; then read no further.
    bool take_line(std::string_view line);
    bool take_body(std::string_view decoded);  // in pieces; false for a fault

    Fault fault() const { return fault_; }
    Response& response() { return response_; }  // its status is set by the caller

private:
    bool take_field(std::string_view line);
    bool fail(Fault fault);

    std::size_t most_body_;
    bool bodiless_;
    std::size_t header_bytes_ = 0;  // of all header sections
    bool encoded_ = false;
    bool in_body_ = false;
    Fault fault_ = Fault::none;
    Response response_;
};

}  // namespace safargo::net
