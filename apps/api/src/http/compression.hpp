// gzip for responses.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace safargo::http {

bool accepts_gzip(std::string_view accept_encoding);  // RFC 9110: q=0 refuses, "*" includes it
bool is_compressible(std::string_view content_type);  // text formats, but not event streams

// Keeps zlib's working memory (256 kB) between responses; one per thread.
class Compressor {
public:
    Compressor();
    ~Compressor();
    Compressor(const Compressor&) = delete;
    Compressor& operator=(const Compressor&) = delete;

    std::string gzip(std::string_view plain);

private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
};

}  // namespace safargo::http
