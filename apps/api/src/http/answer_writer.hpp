// Turns a handler's response into bytes on the wire.
#pragma once

#include "http/compression.hpp"
#include "http/cors.hpp"
#include "http/exchange.hpp"

#include <cstddef>
#include <string>

namespace safargo::http {

// One per thread.
class AnswerWriter {
public:
    AnswerWriter(const Cors& cors, std::size_t gzip_min);

    // Applies conditional requests, compression and HEAD to the response; `head` becomes the status line and all
    // fields. The remaining response.body follows it on the wire, or what response.events sends.
    void finish(const Exchange& exchange, Response& response, std::string& head);

    void tick();  // updates the Date of later responses

private:
    void shape_body(const Request& request, Response& response);
    void append_start(std::string& head, const Exchange& exchange, const Response& response) const;

    const Cors& cors_;
    std::size_t gzip_min_;
    Compressor compressor_;
    std::string date_;  // "Date: ...\r\n"
};

}  // namespace safargo::http
