// Decodes gzip as it arrives. libcurl would accept a stream that ends early.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct z_stream_s;

namespace safargo::net {

class Gunzip {
public:
    Gunzip();  // throws std::bad_alloc

    enum class Step {
        more,   // as far as it goes
        whole,  // the stream and its checksum are complete
        too_large,
        broken,  // not gzip, or more after its end
    };
    // Appends to `out`, up to `most` bytes in all.
    Step feed(std::string_view packed, std::string& out, std::size_t most);

private:
    struct End {
        void operator()(z_stream_s* stream) const;
    };
    std::unique_ptr<z_stream_s, End> stream_;
    bool whole_ = false;
};

}  // namespace safargo::net
