#include "net/gunzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>

namespace safargo::net {
namespace {

constexpr int gzip_only = 16 + MAX_WBITS;

}  // namespace

void Gunzip::End::operator()(z_stream_s* stream) const {
    inflateEnd(stream);
    delete stream;
}

Gunzip::Gunzip() : stream_(new z_stream{}) {
    if (inflateInit2(stream_.get(), gzip_only) != Z_OK) throw std::bad_alloc();
}

Gunzip::Step Gunzip::feed(std::string_view packed, std::string& out, std::size_t most) {
    if (packed.empty()) return whole_ ? Step::whole : Step::more;
    if (whole_) return Step::broken;
    std::array<char, 16'384> piece;
    // zlib reads only.
    stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_->avail_in = static_cast<uInt>(packed.size());
    for (;;) {
        stream_->next_out = reinterpret_cast<Bytef*>(piece.data());
        stream_->avail_out = static_cast<uInt>(piece.size());
        const int result = inflate(stream_.get(), Z_NO_FLUSH);
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return Step::broken;
        const std::size_t got = piece.size() - stream_->avail_out;
        if (got > most - std::min(most, out.size())) return Step::too_large;
        out.append(piece.data(), got);
        whole_ = result == Z_STREAM_END;
        if (whole_) return stream_->avail_in == 0 ? Step::whole : Step::broken;
        if (stream_->avail_out > 0) return Step::more;  // all input is used
    }
}

}  // namespace safargo::net
