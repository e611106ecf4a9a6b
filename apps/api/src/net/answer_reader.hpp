// Puts an answer together from what libcurl reads, within limits, and knows when it is whole.
#pragma once

#include "net/client.hpp"
#include "net/gunzip.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace safargo::net {

class AnswerReader {
public:
    enum class Fault {
        none,
        too_large,   // more header or body than allowed
        unreadable,  // in an encoding that was not asked for
        broken,      // gzip that is none
    };

    explicit AnswerReader(std::size_t most_body, bool bodiless = false) : most_body_(most_body), bodiless_(bodiless) {}

    // One line of the header, its line end included. A status line starts the answer anew: what came before was interim
    // (1xx). Lines after the body are dropped. False for a fault; then read no further.
    bool take_line(std::string_view line);
    bool take_body(std::string_view bytes);  // as they are on the wire, in pieces; false for a fault

    Fault fault() const { return fault_; }
    // Its header has ended, and so has its gzip. Whether more of the body should have come is libcurl's to know.
    bool is_whole() const;
    Response& response() { return response_; }  // its status is set by the caller

private:
    void begin();
    bool take_field(std::string_view line);
    bool take_encoding(std::string_view encoding);
    bool take_packed(std::string_view bytes);
    bool fail(Fault fault);

    std::size_t most_body_;
    bool bodiless_;
    std::size_t header_bytes_ = 0;  // of all header sections
    bool header_ended_ = false;
    bool in_body_ = false;
    bool encoded_ = false;
    bool packed_whole_ = false;
    std::optional<Gunzip> gunzip_;
    Fault fault_ = Fault::none;
    Response response_;
};

}  // namespace safargo::net
