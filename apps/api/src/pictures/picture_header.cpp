#include "pictures/picture_header.hpp"

#include <array>
#include <cstddef>

namespace safargo::pictures {
namespace {

constexpr std::string_view png_signature = "\x89PNG\r\n\x1a\n";
constexpr std::string_view jpeg_signature = "\xff\xd8\xff";

// Reads integers one after another; once it is past the end, everything is 0 and good() is false.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : bytes_(bytes) {}

    bool good() const { return good_; }
    std::uint32_t big_endian(std::size_t size) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i) value = value << 8 | next();
        return value;
    }
    std::uint32_t little_endian(std::size_t size) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i) value |= next() << (8 * i);
        return value;
    }
    std::string_view text(std::size_t size) {
        if (size > bytes_.size() - at_) good_ = false;
        if (!good_) return {};
        at_ += size;
        return bytes_.substr(at_ - size, size);
    }
    void skip(std::size_t size) { text(size); }

private:
    std::uint32_t next() {
        const std::string_view one = text(1);
        return one.empty() ? 0 : static_cast<unsigned char>(one.front());
    }

    std::string_view bytes_;
    std::size_t at_ = 0;
    bool good_ = true;
};

std::optional<Header> header_of(Format format, const Bytes& bytes, std::uint32_t width, std::uint32_t height) {
    if (!bytes.good() || width == 0 || height == 0) return std::nullopt;
    return Header{format, width, height};
}

// The markers SOF0 to SOF15, without DHT, JPG and DAC between them.
bool starts_frame(std::uint32_t marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

bool stands_alone(std::uint32_t marker) {
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

// The type of the next marker; fill bytes may precede it. 0 if there is none.
std::uint32_t next_marker(Bytes& bytes) {
    if (bytes.big_endian(1) != 0xff) return 0;
    std::uint32_t marker = 0xff;
    while (marker == 0xff && bytes.good()) marker = bytes.big_endian(1);
    return marker;
}

// Segment after segment until the first frame: a preview in the metadata is inside a segment, and never read.
std::optional<Header> read_jpeg(std::string_view file) {
    Bytes bytes(file);
    bytes.skip(2);
    while (bytes.good()) {
        const std::uint32_t marker = next_marker(bytes);
        if (stands_alone(marker)) continue;
        constexpr std::uint32_t start_of_scan = 0xda, end_of_image = 0xd9;
        if (marker == 0 || marker == start_of_scan || marker == end_of_image) return std::nullopt;
        const std::uint32_t length = bytes.big_endian(2);
        if (length < 2) return std::nullopt;
        if (starts_frame(marker)) {
            bytes.skip(1);  // bits per sample
            const std::uint32_t height = bytes.big_endian(2);
            const std::uint32_t width = bytes.big_endian(2);
            return header_of(Format::jpeg, bytes, width, height);
        }
        bytes.skip(length - 2);
    }
    return std::nullopt;
}

std::optional<Header> read_png(std::string_view file) {
    Bytes bytes(file);
    bytes.skip(png_signature.size());
    constexpr std::uint32_t header_length = 13, longest_side = 0x7fffffff;
    if (bytes.big_endian(4) != header_length || bytes.text(4) != "IHDR") return std::nullopt;
    const std::uint32_t width = bytes.big_endian(4);
    const std::uint32_t height = bytes.big_endian(4);
    if (width > longest_side || height > longest_side) return std::nullopt;
    return header_of(Format::png, bytes, width, height);
}

std::optional<Header> read_lossy_webp(Bytes bytes) {
    bytes.skip(3);  // frame tag
    if (bytes.text(3) != "\x9d\x01\x2a") return std::nullopt;
    const std::uint32_t width = bytes.little_endian(2) & 0x3fff;
    const std::uint32_t height = bytes.little_endian(2) & 0x3fff;
    return header_of(Format::webp, bytes, width, height);
}

std::optional<Header> read_lossless_webp(Bytes bytes) {
    constexpr std::uint32_t signature = 0x2f;
    if (bytes.big_endian(1) != signature) return std::nullopt;
    const std::uint32_t sides = bytes.little_endian(4);
    return header_of(Format::webp, bytes, (sides & 0x3fff) + 1, (sides >> 14 & 0x3fff) + 1);
}

std::optional<Header> read_extended_webp(Bytes bytes) {
    bytes.skip(4);  // flags
    const std::uint32_t width = bytes.little_endian(3) + 1;
    const std::uint32_t height = bytes.little_endian(3) + 1;
    return header_of(Format::webp, bytes, width, height);
}

std::optional<Header> read_webp(std::string_view file) {
    Bytes bytes(file);
    bytes.skip(12);
    const std::string_view chunk = bytes.text(4);
    bytes.skip(4);  // its length
    if (chunk == "VP8 ") return read_lossy_webp(bytes);
    if (chunk == "VP8L") return read_lossless_webp(bytes);
    if (chunk == "VP8X") return read_extended_webp(bytes);
    return std::nullopt;
}

constexpr std::array<std::string_view, 3> types{"image/jpeg", "image/png", "image/webp"};

}  // namespace

std::optional<Format> sniff(std::string_view file) {
    if (file.starts_with(jpeg_signature)) return Format::jpeg;
    if (file.starts_with(png_signature)) return Format::png;
    if (file.size() >= 12 && file.starts_with("RIFF") && file.substr(8, 4) == "WEBP") return Format::webp;
    return std::nullopt;
}

std::string_view content_type(Format format) {
    return types[static_cast<std::size_t>(format)];
}

std::optional<Format> format_of_type(std::string_view content_type) {
    for (std::size_t i = 0; i < types.size(); ++i) {
        if (types[i] == content_type) return static_cast<Format>(i);
    }
    return std::nullopt;
}

std::optional<Header> read_header(std::string_view file) {
    const auto format = sniff(file);
    if (!format) return std::nullopt;
    switch (*format) {
        case Format::jpeg:
            return read_jpeg(file);
        case Format::png:
            return read_png(file);
        case Format::webp:
            return read_webp(file);
    }
    return std::nullopt;
}

}  // namespace safargo::pictures
