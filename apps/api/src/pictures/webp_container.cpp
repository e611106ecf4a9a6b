#include "pictures/webp_container.hpp"

#include "pictures/picture_header.hpp"

#include <cstdint>

namespace safargo::pictures {
namespace {

// Chunks have a name of four bytes, a length in little endian, and a padding byte after an odd length.
constexpr std::size_t chunk_head = 8, file_head = 12, extended_size = 10;

std::size_t little_endian(std::string_view bytes) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value |= std::size_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    return value;
}

void put_little_endian(std::string& out, std::size_t value) {
    for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>(value >> shift & 0xff));
}

void put_chunk(std::string& out, std::string_view name, std::string_view content) {
    out += name;
    put_little_endian(out, content.size());
    out += content;
    if (content.size() % 2 == 1) out.push_back('\0');
}

struct Chunks {
    std::string_view extended, alpha, lossy, lossless;

    // The first of each kind; those that say nothing about pixels are passed over.
    void take(std::string_view name, std::string_view content) {
        for (auto& [own, chunk] :
             {std::pair{"VP8X", &extended}, {"ALPH", &alpha}, {"VP8 ", &lossy}, {"VP8L", &lossless}}) {
            if (name == own && chunk->empty()) *chunk = content;
        }
    }
};

std::optional<Chunks> read_chunks(std::string_view webp) {
    Chunks found;
    webp.remove_prefix(file_head);
    while (!webp.empty()) {
        if (webp.size() < chunk_head) return std::nullopt;
        const std::string_view name = webp.substr(0, 4);
        const std::size_t size = little_endian(webp.substr(4, 4));
        webp.remove_prefix(chunk_head);
        if (size + size % 2 > webp.size()) return std::nullopt;
        found.take(name, webp.substr(0, size));
        webp.remove_prefix(size + size % 2);
    }
    return found;
}

// Transparency beside lossy pixels needs the extended form, which then promises nothing else.
std::string extended_by_alpha_only(std::string_view extended) {
    constexpr char has_alpha = 0x10;
    std::string content(extended);
    content[0] = has_alpha;
    return content;
}

std::string file_of(std::string_view chunks) {
    std::string file = "RIFF";
    put_little_endian(file, chunks.size() + 4);
    file += "WEBP";
    file += chunks;
    return file;
}

}  // namespace

std::optional<std::string> keep_pixels(std::string_view webp) {
    if (sniff(webp) != Format::webp || little_endian(webp.substr(4, 4)) + chunk_head != webp.size()) return {};
    const auto chunks = read_chunks(webp);
    if (!chunks || chunks->lossy.empty() == chunks->lossless.empty()) return {};
    std::string kept;
    if (chunks->lossy.empty()) {
        put_chunk(kept, "VP8L", chunks->lossless);
        return file_of(kept);
    }
    if (!chunks->alpha.empty()) {
        if (chunks->extended.size() != extended_size) return {};
        put_chunk(kept, "VP8X", extended_by_alpha_only(chunks->extended));
        put_chunk(kept, "ALPH", chunks->alpha);
    }
    put_chunk(kept, "VP8 ", chunks->lossy);
    return file_of(kept);
}

}  // namespace safargo::pictures
