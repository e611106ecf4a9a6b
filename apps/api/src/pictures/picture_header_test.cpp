#include "pictures/picture_header.hpp"
#include "pictures/header_bytes_test.hpp"

#include <gtest/gtest.h>

namespace safargo::pictures {
namespace {

using namespace test;
using namespace std::literals;

TEST(Sniff, KnowsTheThreeFormatsByTheirFirstBytes) {
    EXPECT_EQ(sniff(jpeg_header(1, 1)), Format::jpeg);
    EXPECT_EQ(sniff(png_header(1, 1)), Format::png);
    EXPECT_EQ(sniff(webp_file("")), Format::webp);
}

TEST(Sniff, KnowsNoOther) {
    for (const std::string_view file :
         {"GIF89a\1\0\1\0"sv, "%PDF-1.7\n"sv, "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>"sv, "II*\0"sv,
          "\0\0\0\x18\x66typheic"sv, "BM"sv, "RIFF\0\0\0\0WAVE"sv, "RIFF"sv, "\xff\xd8"sv, "\x89PNG"sv, ""sv,
          " \xff\xd8\xff"sv}) {
        EXPECT_EQ(sniff(file), std::nullopt) << file;
    }
}

TEST(ContentType, NamesEachFormatBothWays) {
    EXPECT_EQ(content_type(Format::jpeg), "image/jpeg");
    EXPECT_EQ(format_of_type("image/png"), Format::png);
    EXPECT_EQ(format_of_type("image/webp"), Format::webp);
    EXPECT_EQ(format_of_type("image/gif"), std::nullopt);
    EXPECT_EQ(format_of_type("image/jpeg; charset=binary"), std::nullopt);
}

TEST(ReadHeader, ReadsTheSizeOfAJpegFromItsFrame) {
    EXPECT_EQ(read_header(jpeg_header(4000, 3000)), (Header{Format::jpeg, 4000, 3000}));
    const std::string progressive = "\xff\xd8" + jpeg_frame(20, 10, 0xc2);
    EXPECT_EQ(read_header(progressive), (Header{Format::jpeg, 20, 10}));
}

TEST(ReadHeader, PassesOverWhatIsNotTheFrameOfAJpeg) {
    const std::string preview = segment(0xe1, "Exif" + jpeg_header(160, 120));  // the frame of a thumbnail
    const std::string tables = segment(0xc4, "Huffman") + segment(0xdb, "quantisation");
    const std::string file = "\xff\xd8" + preview + tables + "\xff\xff" + jpeg_frame(640, 480).substr(1);
    EXPECT_EQ(read_header(file), (Header{Format::jpeg, 640, 480}));
}

TEST(ReadHeader, RefusesAJpegWithoutAFrame) {
    for (const std::string& file :
         {std::string("\xff\xd8\xff"), "\xff\xd8" + segment(0xe0, "JFIF"), "\xff\xd8" + segment(0xda, "scan"),
          std::string("\xff\xd8\xff\xd9"), std::string("\xff\xd8\xff\xe0\0\1", 6),
          "\xff\xd8\xff\xd8" + jpeg_frame(0, 9), "\xff\xd8" + jpeg_frame(9, 0), jpeg_header(640, 480).substr(0, 26),
          std::string("\xff\xd8\xff\xe0\xff\xff", 6)}) {
        EXPECT_EQ(read_header(file), std::nullopt);
    }
}

TEST(ReadHeader, ReadsTheSizeOfAPng) {
    EXPECT_EQ(read_header(png_header(30'000, 30'000)), (Header{Format::png, 30'000, 30'000}));
    EXPECT_EQ(read_header(png_header(30'000, 30'000))->pixels(), 900'000'000u);
    EXPECT_EQ(read_header(png_header(0x7fffffff, 0x7fffffff))->pixels(), 0x7fffffffull * 0x7fffffffull);
}

TEST(ReadHeader, RefusesABrokenPngHeader) {
    EXPECT_EQ(read_header(png_header(0, 5)), std::nullopt);
    EXPECT_EQ(read_header(png_header(0x80000000, 5)), std::nullopt);
    EXPECT_EQ(read_header(png_header(5, 5).substr(0, 20)), std::nullopt);
    std::string other = png_header(5, 5);
    other.replace(12, 4, "CgBI");
    EXPECT_EQ(read_header(other), std::nullopt);
}

TEST(ReadHeader, ReadsTheSizeOfEachKindOfWebp) {
    EXPECT_EQ(read_header(webp_file(webp_chunk("VP8 ", lossy_pixels(1280, 960)))), (Header{Format::webp, 1280, 960}));
    EXPECT_EQ(read_header(webp_file(webp_chunk("VP8L", lossless_pixels(16'383, 2)))),
              (Header{Format::webp, 16'383, 2}));
    EXPECT_EQ(read_header(webp_file(webp_chunk("VP8X", extended(2, 1u << 24, 1u << 24)))),
              (Header{Format::webp, 1u << 24, 1u << 24}));
}

TEST(ReadHeader, RefusesABrokenWebpHeader) {
    EXPECT_EQ(read_header(webp_file("")), std::nullopt);
    EXPECT_EQ(read_header(webp_file(webp_chunk("ICCP", "profile"))), std::nullopt);
    EXPECT_EQ(read_header(webp_file(webp_chunk("VP8 ", "no start code"))), std::nullopt);
    EXPECT_EQ(read_header(webp_file(webp_chunk("VP8 ", lossy_pixels(0, 9)))), std::nullopt);
    EXPECT_EQ(read_header(webp_file(webp_chunk("VP8L", "?"))), std::nullopt);
    EXPECT_EQ(read_header(webp_file(webp_chunk("VP8X", "short"))), std::nullopt);
}

TEST(ReadHeader, ReadsNothingElse) {
    EXPECT_EQ(read_header("GIF89a\1\0\1\0"), std::nullopt);
}

}  // namespace
}  // namespace safargo::pictures
