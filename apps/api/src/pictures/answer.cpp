#include "pictures/answer.hpp"

#include "pictures/webp_container.hpp"

#include <array>

namespace safargo::pictures {
namespace {

// "SGP1", then 'M' with width, height and three files of stated length, or 'R' with the reason and the format found.
constexpr std::string_view signature = "SGP1";
constexpr std::uint8_t no_format = 0xff;
constexpr std::uint32_t longest_side = 1280;

void put(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift & 0xff));
}

void put(std::string& out, std::string_view file) {
    put(out, static_cast<std::uint32_t>(file.size()));
    out += file;
}

bool take(std::string_view& in, std::size_t size, std::string_view& out) {
    if (in.size() < size) return false;
    out = in.substr(0, size);
    in.remove_prefix(size);
    return true;
}

bool take(std::string_view& in, std::uint32_t& out) {
    std::string_view bytes;
    if (!take(in, 4, bytes)) return false;
    out = 0;
    for (const char byte : bytes) out = out << 8 | static_cast<unsigned char>(byte);
    return true;
}

bool take_webp(std::string_view& in, std::string& out) {
    std::uint32_t size = 0;
    std::string_view file;
    if (!take(in, size) || !take(in, size, file) || keep_pixels(file) != file) return false;
    out = file;
    return true;
}

bool is_side(std::uint32_t pixels) {
    return pixels > 0 && pixels <= longest_side;
}

std::optional<Answer> unpack_made(std::string_view in) {
    Made made;
    if (!take(in, made.width) || !take(in, made.height) || !is_side(made.width) || !is_side(made.height)) return {};
    for (std::string* file : {&made.small, &made.medium, &made.large}) {
        if (!take_webp(in, *file)) return {};
    }
    if (!in.empty()) return {};
    return made;
}

std::optional<Answer> unpack_refused(std::string_view in) {
    if (in.size() != 2) return {};
    const auto reason = static_cast<std::uint8_t>(in[0]);
    const auto format = static_cast<std::uint8_t>(in[1]);
    if (reason > static_cast<std::uint8_t>(Reason::too_costly)) return {};
    Refused refused{static_cast<Reason>(reason), std::nullopt};
    if ((refused.reason == Reason::other_format) == (format == no_format)) return {};
    if (format != no_format) {
        if (format > static_cast<std::uint8_t>(Format::webp)) return {};
        refused.found = static_cast<Format>(format);
    }
    return refused;
}

}  // namespace

std::string pack(const Answer& answer) {
    std::string out(signature);
    if (const Made* made = std::get_if<Made>(&answer)) {
        out.push_back('M');
        put(out, made->width);
        put(out, made->height);
        for (const std::string* file : {&made->small, &made->medium, &made->large}) put(out, std::string_view(*file));
        return out;
    }
    const Refused& refused = std::get<Refused>(answer);
    out.push_back('R');
    out.push_back(static_cast<char>(refused.reason));
    out.push_back(static_cast<char>(refused.found ? static_cast<std::uint8_t>(*refused.found) : no_format));
    return out;
}

std::optional<Answer> unpack(std::string_view bytes) {
    if (bytes.size() > largest_answer || bytes.size() <= signature.size() || !bytes.starts_with(signature)) return {};
    const char kind = bytes[signature.size()];
    bytes.remove_prefix(signature.size() + 1);
    if (kind == 'M') return unpack_made(bytes);
    if (kind == 'R') return unpack_refused(bytes);
    return {};
}

}  // namespace safargo::pictures
