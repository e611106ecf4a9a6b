#include "pages/pages.hpp"

#include "core/crypto.hpp"
#include "http/compression.hpp"
#include "http/etag.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

namespace safargo::pages {
namespace {

constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const File& find(std::string_view name) {
    const auto found = std::ranges::find(files(), name, &File::name);
    if (found == files().end()) throw std::logic_error("no page has the name " + std::string(name));
    return *found;
}

// The last four bytes of a gzip file are the uncompressed size, little-endian.
std::size_t plain_size(std::string_view gzip) {
    std::size_t size = 0;
    for (const char c : {gzip.end()[-1], gzip.end()[-2], gzip.end()[-3], gzip.end()[-4]})
        size = size << 8 | static_cast<unsigned char>(c);
    return size;
}

std::string unpack(std::string_view gzip) {
    constexpr int window_and_gzip = 31;
    std::string plain(plain_size(gzip), '\0');
    z_stream zlib{};
    if (inflateInit2(&zlib, window_and_gzip) != Z_OK) throw std::bad_alloc();
    zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));  // zlib only reads it
    zlib.avail_in = static_cast<uInt>(gzip.size());
    zlib.next_out = reinterpret_cast<Bytef*>(plain.data());
    zlib.avail_out = static_cast<uInt>(plain.size());
    const int status = inflate(&zlib, Z_FINISH);
    inflateEnd(&zlib);
    if (status != Z_STREAM_END) throw std::runtime_error("an embedded page cannot be decompressed");
    return plain;
}

std::string type_of(std::string_view name) {
    if (name.ends_with(".html")) return "text/html; charset=utf-8";
    return name.ends_with(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
}

std::string etag_of(std::string_view gzip) {
    constexpr std::size_t bytes = 12;
    return '"' + crypto::base64url(crypto::view(crypto::sha256(gzip)).substr(0, bytes)) + '"';
}

struct Page {
    std::string type, etag;
    std::string_view gzip;
};

Task<http::Response> answer(std::shared_ptr<const Page> page, http::Request& request) {
    http::Response response{.content_type = page->type};
    response.headers.emplace_back("Content-Security-Policy", policy);
    if (http::accepts_gzip(request.header("Accept-Encoding"))) {
        response.body = page->gzip;
        response.headers.emplace_back("Content-Encoding", "gzip");
        response.headers.emplace_back("ETag", http::gzip_etag(page->etag));
    } else {
        response.headers.emplace_back("ETag", page->etag);
        response.body = unpack(page->gzip);
    }
    co_return response;
}

}  // namespace

std::string text_of(std::string_view name) {
    return unpack(find(name).gzip);
}

http::Handler page(std::string_view name) {
    const File& file = find(name);
    const auto shared = std::make_shared<const Page>(Page{type_of(name), etag_of(file.gzip), file.gzip});
    return [shared](http::Request& request) { return answer(shared, request); };
}

}  // namespace safargo::pages
