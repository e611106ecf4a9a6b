#include "pictures/program/make_pictures.hpp"

#include "pictures/webp_container.hpp"

#include <vips/vips.h>

#include <memory>
#include <string>
#include <vector>

namespace safargo::pictures {
namespace {

constexpr int small_side = 160, medium_side = 640, large_side = 1280;
constexpr int quality = 80;
// Of 0 to 6: 4 would take twice the time for 4 % fewer bytes.
constexpr int effort = 2;

struct Release {
    void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Release>;

// Loaders by the class above those for files and buffers; the files' ones cannot open anything.
const char* loader_of(Format format) {
    switch (format) {
        case Format::jpeg:
            return "VipsForeignLoadJpeg";
        case Format::png:
            return "VipsForeignLoadPng";
        case Format::webp:
            return "VipsForeignLoadWebp";
    }
    return "";
}

// Only the loader of this format stays, however the file may look to libvips.
void allow_only(Format format) {
    vips_operation_block_set("VipsForeignLoad", TRUE);
    vips_operation_block_set(loader_of(format), FALSE);
}

// The decoders allocate through malloc and report its failure in words only.
Refused why_decoding_failed() {
    const std::string_view said = vips_error_buffer();
    const bool memory = said.contains("memory") || said.contains("Memory");
    vips_error_clear();
    return {memory ? Reason::too_costly : Reason::broken};
}

void* add_name(VipsImage*, const char* name, GValue*, void* names) {
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return nullptr;
}

// The encoder's own option leaves a colour profile in.
void forget_metadata(const Image& image) {
    std::vector<std::string> names;
    vips_image_map(image.get(), add_name, &names);
    for (const std::string& name : names) vips_image_remove(image.get(), name.c_str());
}

Image shrink(std::string_view file) {
    VipsImage* image = nullptr;
    void* bytes = const_cast<char*>(file.data());  // read only
    // The loader is told in its own words to fail for a file that is cut off: vips_thumbnail_buffer 8.14 does not pass
    // its own `fail_on` on.
    vips_thumbnail_buffer(bytes, file.size(), &image, large_side, "height", large_side, "size", VIPS_SIZE_DOWN,
                          "option_string", "fail_on=error", nullptr);
    return Image(image);
}

// By the file's own colour profile, unless it has none or one that does not fit.
Image to_srgb(const Image& image) {
    VipsImage* converted = nullptr;
    const bool has_profile = vips_image_get_typeof(image.get(), VIPS_META_ICC_NAME) != 0;
    if (has_profile && vips_icc_transform(image.get(), &converted, "srgb", "embedded", TRUE, nullptr) == 0) {
        return Image(converted);
    }
    vips_error_clear();
    vips_colourspace(image.get(), &converted, VIPS_INTERPRETATION_sRGB, nullptr);
    return Image(converted);
}

Image to_eight_bits(const Image& image) {
    VipsImage* cast = nullptr;
    vips_cast(image.get(), &cast, VIPS_FORMAT_UCHAR, nullptr);
    return Image(cast);
}

// In memory, so that the file is decoded once. libvips turns it upright and lets the decoder skip what the smaller
// picture does not need.
Image decode(std::string_view file) {
    Image image = shrink(file);
    if (image) image = to_srgb(image);
    if (image) image = to_eight_bits(image);
    if (image) image = Image(vips_image_copy_memory(image.get()));
    if (image) forget_metadata(image);
    return image;
}

bool scale(const Image& large, int side, Image& out) {
    VipsImage* scaled = nullptr;
    const int failed =
        vips_thumbnail_image(large.get(), &scaled, side, "height", side, "size", VIPS_SIZE_DOWN, nullptr);
    if (failed != 0) return false;
    out.reset(scaled);
    return true;
}

// What the encoder adds of its own (EXIF with the resolution, whatever its options say) is taken out again.
bool encode(const Image& image, std::string& out) {
    void* bytes = nullptr;
    std::size_t size = 0;
    if (vips_webpsave_buffer(image.get(), &bytes, &size, "Q", quality, "effort", effort, "strip", TRUE, nullptr) != 0) {
        return false;
    }
    const auto pixels = keep_pixels({static_cast<const char*>(bytes), size});
    g_free(bytes);
    if (!pixels) return false;
    out = *pixels;
    return true;
}

Answer encode_all(const Image& large) {
    Made made{.width = static_cast<std::uint32_t>(vips_image_get_width(large.get())),
              .height = static_cast<std::uint32_t>(vips_image_get_height(large.get()))};
    Image medium, small;
    const bool done = scale(large, medium_side, medium) && scale(large, small_side, small) &&
                      encode(large, made.large) && encode(medium, made.medium) && encode(small, made.small);
    if (!done) return why_decoding_failed();
    return made;
}

// A hostile file can cause a warning for each of its lines.
void say_nothing(const char*, GLogLevelFlags, const char*, void*) {}

std::optional<Refused> refuse_unread(std::string_view file, std::string_view announced) {
    const auto found = sniff(file);
    if (!found) return Refused{Reason::not_a_picture};
    if (content_type(*found) != announced) return Refused{Reason::other_format, found};
    const auto header = read_header(file);
    if (!header) return Refused{Reason::broken};
    if (header->pixels() > most_pixels) return Refused{Reason::too_large};
    return std::nullopt;
}

}  // namespace

bool start_vips() {
    g_log_set_default_handler(say_nothing, nullptr);
    if (vips_init("safargo-pictures") != 0) return false;
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    return true;
}

void stop_vips() {
    vips_shutdown();
}

Answer make_pictures(std::string_view file, std::string_view announced) {
    if (const auto refused = refuse_unread(file, announced)) return *refused;
    allow_only(*sniff(file));
    const Image large = decode(file);
    if (!large) return why_decoding_failed();
    return encode_all(large);
}

}  // namespace safargo::pictures
