#include "pictures/program/samples_test.hpp"

#include "pictures/header_bytes_test.hpp"

#include <vips/vips.h>

#include <cstdlib>
#include <stdexcept>
#include <vector>

namespace safargo::pictures::test {
namespace {

[[noreturn]] void give_up() {
    throw std::runtime_error(vips_error_buffer());
}

void check(int failed) {
    if (failed != 0) give_up();
}

VipsImage* plain(const Sample& sample, std::array<double, 3> colour) {
    VipsImage *black = nullptr, *filled = nullptr, *eight_bit = nullptr, *srgb = nullptr;
    check(vips_black(&black, sample.width, sample.height, "bands", 3, nullptr));
    const std::array<double, 3> ones{1, 1, 1};
    check(vips_linear(black, &filled, ones.data(), colour.data(), 3, nullptr));
    check(vips_cast_uchar(filled, &eight_bit, nullptr));
    check(vips_copy(eight_bit, &srgb, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr));
    for (VipsImage* image : {black, filled, eight_bit}) g_object_unref(image);
    return srgb;
}

VipsImage* replace(VipsImage* before, VipsImage* after) {
    g_object_unref(before);
    return after;
}

VipsImage* two_colours(const Sample& sample) {
    VipsImage* red = plain(sample, {255, 0, 0});
    VipsImage* blue = plain(sample, {0, 0, 255});
    VipsImage* both = nullptr;
    check(vips_insert(red, blue, &both, sample.width / 2, 0, nullptr));
    VipsImage* cut = nullptr;
    check(vips_crop(both, &cut, 0, 0, sample.width, sample.height, nullptr));
    for (VipsImage* image : {red, blue, both}) g_object_unref(image);
    return cut;
}

VipsImage* with_alpha(VipsImage* image) {
    // the red band: opaque on the left, transparent on the right
    VipsImage *alpha = nullptr, *joined = nullptr;
    check(vips_extract_band(image, &alpha, 0, nullptr));
    check(vips_bandjoin2(image, alpha, &joined, nullptr));
    g_object_unref(alpha);
    return replace(image, joined);
}

VipsImage* image_of(const Sample& sample) {
    VipsImage* image = two_colours(sample);
    if (sample.alpha) image = with_alpha(image);
    VipsImage* other = nullptr;
    if (sample.sixteen_bit) {
        check(vips_colourspace(image, &other, VIPS_INTERPRETATION_RGB16, nullptr));
        image = replace(image, other);
    }
    if (sample.cmyk) {
        check(vips_icc_export(image, &other, "output_profile", "cmyk", nullptr));
        image = replace(image, other);
    } else if (sample.with_profile) {
        check(vips_icc_transform(image, &other, "p3", "input_profile", "srgb", nullptr));
        image = replace(image, other);
    }
    return image;
}

template <class Save>
std::string saved(VipsImage* image, Save save) {
    void* bytes = nullptr;
    std::size_t size = 0;
    check(save(image, &bytes, &size));
    std::string file(static_cast<const char*>(bytes), size);
    g_free(bytes);
    g_object_unref(image);
    return file;
}

// One IFD: its number of entries, the entries, and no next one.
std::string directory(const std::vector<std::string>& entries) {
    std::string bytes = big_endian(static_cast<std::uint32_t>(entries.size()), 2);
    for (const std::string& one : entries) bytes += one;
    return bytes + big_endian(0, 4);
}

std::string entry(std::uint32_t tag, std::uint32_t type, std::uint32_t count, const std::string& value) {
    return big_endian(tag, 2) + big_endian(type, 2) + big_endian(count, 4) + value;
}

int band_at(VipsImage* image, int x, int y, int band) {
    double* values = nullptr;
    int count = 0;
    check(vips_getpoint(image, &values, &count, x, y, nullptr));
    const int value = band < count ? static_cast<int>(values[band]) : -1;
    g_free(values);
    return value;
}

}  // namespace

std::string jpeg_of(const Sample& sample) {
    return saved(image_of(sample), [&](VipsImage* image, void** bytes, std::size_t* size) {
        return vips_jpegsave_buffer(image, bytes, size, "Q", 90, "interlace", sample.interlaced ? TRUE : FALSE,
                                    nullptr);
    });
}

std::string png_of(const Sample& sample) {
    return saved(image_of(sample), [&](VipsImage* image, void** bytes, std::size_t* size) {
        return vips_pngsave_buffer(image, bytes, size, "interlace", sample.interlaced ? TRUE : FALSE, nullptr);
    });
}

std::string webp_of(const Sample& sample) {
    return saved(image_of(sample), [](VipsImage* image, void** bytes, std::size_t* size) {
        return vips_webpsave_buffer(image, bytes, size, nullptr);
    });
}

std::string animated_webp_of(const Sample& sample) {
    VipsImage* first = two_colours(sample);
    VipsImage* second = plain(sample, {0, 255, 0});
    VipsImage *joined = nullptr, *frames = nullptr;
    check(vips_join(first, second, &joined, VIPS_DIRECTION_VERTICAL, nullptr));
    check(vips_copy(joined, &frames, nullptr));
    vips_image_set_int(frames, VIPS_META_PAGE_HEIGHT, sample.height);
    for (VipsImage* image : {first, second, joined}) g_object_unref(image);
    return saved(frames, [](VipsImage* image, void** bytes, std::size_t* size) {
        return vips_webpsave_buffer(image, bytes, size, nullptr);
    });
}

std::string with_exif(const std::string& jpeg, int orientation) {
    constexpr std::uint32_t text = 2, small = 3, large = 4, rational = 5, orientation_tag = 0x112, make_tag = 0x10f,
                            gps_tag = 0x8825, latitude_tag = 2, directory_at = 8;
    constexpr std::uint32_t gps_at = directory_at + 2 + 3 * 12 + 4;
    constexpr std::uint32_t latitude_at = gps_at + 2 + 12 + 4;
    const std::string main = directory({
        entry(make_tag, text, 4, std::string("Cam\0", 4)),
        entry(orientation_tag, small, 1, big_endian(static_cast<std::uint32_t>(orientation), 2) + std::string(2, '\0')),
        entry(gps_tag, large, 1, big_endian(gps_at, 4)),
    });
    const std::string gps = directory({entry(latitude_tag, rational, 3, big_endian(latitude_at, 4))});
    std::string latitude;
    for (const std::uint32_t part : {36u, 45u, 13u}) latitude += big_endian(part, 4) + big_endian(1, 4);
    const std::string tiff = "MM" + big_endian(42, 2) + big_endian(directory_at, 4) + main + gps + latitude;
    return jpeg.substr(0, 2) + segment(0xe1, std::string("Exif\0\0", 6) + tiff) + jpeg.substr(2);
}

Seen look_at(const std::string& webp) {
    vips_operation_block_set("VipsForeignLoadWebp", FALSE);
    VipsImage* image = nullptr;
    void* bytes = const_cast<char*>(webp.data());
    check(vips_webpload_buffer(bytes, webp.size(), &image, "fail_on", VIPS_FAIL_ON_WARNING, nullptr));
    Seen seen{.width = vips_image_get_width(image), .height = vips_image_get_height(image), .bands = image->Bands};
    for (int band = 0; band < 4; ++band) {
        const auto at = static_cast<std::size_t>(band);
        seen.first[at] = band_at(image, 0, 0, band);
        seen.last[at] = band_at(image, seen.width - 1, seen.height - 1, band);
    }
    for (const char* name : {VIPS_META_EXIF_NAME, VIPS_META_XMP_NAME, VIPS_META_IPTC_NAME, VIPS_META_ICC_NAME}) {
        seen.has_metadata |= vips_image_get_typeof(image, name) != 0;
    }
    g_object_unref(image);
    return seen;
}

}  // namespace safargo::pictures::test
