#include "http/compression.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

namespace safargo::http {
namespace {

std::string gunzip(const std::string& packed) {
    z_stream zlib{};
    inflateInit2(&zlib, 31);
    std::string plain(1 << 20, '\0');
    std::string input = packed;
    zlib.next_in = reinterpret_cast<Bytef*>(input.data());
    zlib.avail_in = static_cast<uInt>(input.size());
    zlib.next_out = reinterpret_cast<Bytef*>(plain.data());
    zlib.avail_out = static_cast<uInt>(plain.size());
    EXPECT_EQ(inflate(&zlib, Z_FINISH), Z_STREAM_END);
    plain.resize(zlib.total_out);
    inflateEnd(&zlib);
    return plain;
}

TEST(Gzip, DecompressesToTheOriginal) {
    Compressor compressor;
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{5'000}, std::size_t{300'000}}) {
        std::string plain;
        for (std::size_t i = 0; i < size; ++i) plain.push_back(static_cast<char>(i * i % 251));
        EXPECT_EQ(gunzip(compressor.gzip(plain)), plain) << size;
    }
    EXPECT_LT(compressor.gzip(std::string(10'000, 'a')).size(), 100U);
}

TEST(AcceptEncoding, IsParsedWithQualities) {
    for (const char* yes : {"gzip", "deflate, gzip", "GZIP", "br;q=1.0, gzip;q=0.5", "*", "x-gzip", "gzip ; q=0.001"}) {
        EXPECT_TRUE(accepts_gzip(yes)) << yes;
    }
    for (const char* no : {"", "identity", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "*, gzip;q=0", "gzipped"}) {
        EXPECT_FALSE(accepts_gzip(no)) << no;
    }
}

TEST(Compressible, IsTextButNotMedia) {
    for (const char* yes : {"application/json", "text/html; charset=utf-8", "application/problem+json", "image/svg+xml",
                            "application/javascript"}) {
        EXPECT_TRUE(is_compressible(yes)) << yes;
    }
    for (const char* no : {"image/jpeg", "application/octet-stream", "text/event-stream", "application/zip", ""}) {
        EXPECT_FALSE(is_compressible(no)) << no;
    }
}

}  // namespace
}  // namespace safargo::http
