#include "pictures/program/make_pictures.hpp"
#include "pictures/header_bytes_test.hpp"
#include "pictures/program/samples_test.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>

namespace safargo::pictures {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;

class Vips final : public ::testing::Environment {
public:
    void SetUp() override { ASSERT_TRUE(start_vips()); }
    void TearDown() override { stop_vips(); }
};
const auto* const vips = ::testing::AddGlobalTestEnvironment(new Vips);

Made made_of(const std::string& file, std::string_view type) {
    const Answer answer = make_pictures(file, type);
    if (const Refused* refused = std::get_if<Refused>(&answer)) {
        ADD_FAILURE() << "refused for reason " << static_cast<int>(refused->reason);
        return {};
    }
    return std::get<Made>(answer);
}

Refused refusal_of(const std::string& file, std::string_view type) {
    const Answer answer = make_pictures(file, type);
    const Refused* refused = std::get_if<Refused>(&answer);
    if (refused == nullptr) ADD_FAILURE() << "made pictures of it";
    return refused == nullptr ? Refused{} : *refused;
}

// JPEG and WebP change colours a little.
bool is_about(const std::array<int, 4>& pixel, std::array<int, 3> colour) {
    for (std::size_t band = 0; band < 3; ++band) {
        if (std::abs(pixel[band] - colour[band]) > 60) return false;
    }
    return true;
}
bool is_red(const std::array<int, 4>& pixel) {
    return is_about(pixel, {255, 0, 0});
}
bool is_blue(const std::array<int, 4>& pixel) {
    return is_about(pixel, {0, 0, 255});
}

void expect_sides(const Made& made, int small, int medium, int large) {
    const auto longest = [](const std::string& webp) {
        const Seen seen = look_at(webp);
        return std::max(seen.width, seen.height);
    };
    EXPECT_EQ(longest(made.small), small);
    EXPECT_EQ(longest(made.medium), medium);
    EXPECT_EQ(longest(made.large), large);
}

TEST(MakePictures, FitsThemIntoThreeSquares) {
    const Made made = made_of(jpeg_of({.width = 2000, .height = 1500}), "image/jpeg");
    expect_sides(made, 160, 640, 1280);
    EXPECT_EQ(made.width, 1280u);
    EXPECT_EQ(made.height, 960u);
    const Seen large = look_at(made.large);
    EXPECT_EQ(large.height, 960);
    EXPECT_EQ(large.bands, 3);
    EXPECT_TRUE(is_red(large.first));
    EXPECT_TRUE(is_blue(large.last));
}

TEST(MakePictures, FitsATallOneByItsHeight) {
    const Made made = made_of(png_of({.width = 100, .height = 3000}), "image/png");
    EXPECT_EQ(made.height, 1280u);
    EXPECT_EQ(made.width, 43u);
}

TEST(MakePictures, NeverEnlarges) {
    expect_sides(made_of(png_of({.width = 300, .height = 200}), "image/png"), 160, 300, 300);
    expect_sides(made_of(webp_of({.width = 1, .height = 1}), "image/webp"), 1, 1, 1);
    expect_sides(made_of(png_of({.width = 1, .height = 1}), "image/png"), 1, 1, 1);
}

TEST(MakePictures, TurnsThemUprightAndForgetsWhereTheyWereTaken) {
    const std::string file = with_exif(jpeg_of({}), 6);
    EXPECT_THAT(file, HasSubstr("Exif"));
    const Made made = made_of(file, "image/jpeg");
    EXPECT_EQ(made.width, 20u);
    EXPECT_EQ(made.height, 40u);
    for (const std::string* webp : {&made.small, &made.medium, &made.large}) {
        const Seen seen = look_at(*webp);
        EXPECT_TRUE(is_red(seen.first)) << "the left is now at the top";
        EXPECT_TRUE(is_blue(seen.last));
        EXPECT_FALSE(seen.has_metadata);
        EXPECT_THAT(*webp, Not(HasSubstr("Cam")));
    }
}

TEST(MakePictures, MirrorsWhatTheCameraMirrored) {
    const Seen seen = look_at(made_of(with_exif(jpeg_of({}), 2), "image/jpeg").large);
    EXPECT_TRUE(is_blue(seen.first));
    EXPECT_TRUE(is_red(seen.last));
}

TEST(MakePictures, ConvertsEveryColourSpaceToSrgb) {
    for (const auto& [file, type] : {std::pair{png_of({.sixteen_bit = true}), "image/png"},
                                     {jpeg_of({.with_profile = true}), "image/jpeg"},
                                     {webp_of({.with_profile = true}), "image/webp"},
                                     {jpeg_of({.interlaced = true}), "image/jpeg"},
                                     {png_of({.interlaced = true}), "image/png"}}) {
        const Made made = made_of(file, type);
        const Seen seen = look_at(made.large);
        EXPECT_EQ(seen.bands, 3);
        EXPECT_TRUE(is_red(seen.first)) << type;
        EXPECT_TRUE(is_blue(seen.last)) << type;
        EXPECT_FALSE(seen.has_metadata);
    }
}

// Inks print no pure blue.
TEST(MakePictures, ConvertsInksToLight) {
    const Seen seen = look_at(made_of(jpeg_of({.cmyk = true}), "image/jpeg").large);
    EXPECT_EQ(seen.bands, 3);
    EXPECT_GT(seen.first[0], 180);
    EXPECT_LT(std::max(seen.first[1], seen.first[2]), 80);
    EXPECT_GT(seen.last[2], 100);
    EXPECT_LT(std::max(seen.last[0], seen.last[1]), 100);
    EXPECT_FALSE(seen.has_metadata);
}

TEST(MakePictures, KeepsTransparency) {
    for (const auto& [file, type] : {std::pair{png_of({.alpha = true}), "image/png"},
                                     {png_of({.alpha = true, .sixteen_bit = true}), "image/png"},
                                     {webp_of({.alpha = true}), "image/webp"}}) {
        const Seen seen = look_at(made_of(file, type).large);
        EXPECT_EQ(seen.bands, 4);
        EXPECT_GT(seen.first[3], 250);
        EXPECT_LT(seen.last[3], 5);
    }
}

TEST(MakePictures, TakesTheFirstOfSeveralFrames) {
    const Made made = made_of(animated_webp_of({}), "image/webp");
    EXPECT_EQ(made.height, 20u);
    EXPECT_TRUE(is_red(look_at(made.large).first));
}

TEST(MakePictures, DropsWhatIsHiddenBehindThePicture) {
    const std::string tail = "<html><script>alert(1)</script></html>PK\x03\x04";
    for (const auto& [file, type] : {std::pair{jpeg_of({}), "image/jpeg"}, {png_of({}), "image/png"}}) {
        const Made made = made_of(file + tail, type);
        for (const std::string* webp : {&made.small, &made.medium, &made.large}) {
            EXPECT_THAT(*webp, Not(HasSubstr("script")));
            EXPECT_EQ(look_at(*webp).width, 40);
        }
    }
}

TEST(MakePictures, RefusesAnotherTypeThanAnnounced) {
    EXPECT_EQ(refusal_of(jpeg_of({}), "image/png"), (Refused{Reason::other_format, Format::jpeg}));
    EXPECT_EQ(refusal_of(png_of({}), "image/jpeg"), (Refused{Reason::other_format, Format::png}));
    EXPECT_EQ(refusal_of(webp_of({}), "image/gif"), (Refused{Reason::other_format, Format::webp}));
}

TEST(MakePictures, RefusesWhatIsNoPicture) {
    for (const char* file : {"", "GIF89a\x01\x01", "%PDF-1.7", "<svg><script>alert(1)</script></svg>",
                             "<?xml version=\"1.0\"?><svg/>", "II*", "MM", "<html></html>"}) {
        for (const char* type : {"image/jpeg", "image/png", "image/webp"}) {
            EXPECT_EQ(refusal_of(file, type), Refused{Reason::not_a_picture}) << file;
        }
    }
}

TEST(MakePictures, RefusesTooManyPixelsByTheHeader) {
    EXPECT_EQ(refusal_of(png_header(20'000, 20'000), "image/png"), Refused{Reason::too_large}) << "a bomb";
    EXPECT_EQ(refusal_of(jpeg_header(10'000, 10'000), "image/jpeg"), Refused{Reason::too_large});
    EXPECT_EQ(refusal_of(png_header(0x7fffffff, 0x7fffffff), "image/png"), Refused{Reason::too_large});
    EXPECT_EQ(refusal_of(webp_file(webp_chunk("VP8X", extended(0, 1u << 24, 3))), "image/webp"),
              Refused{Reason::too_large});
    EXPECT_EQ(refusal_of(png_header(8'000, 5'000), "image/png"), Refused{Reason::broken}) << "small enough, but empty";
}

TEST(MakePictures, RefusesAFileThatIsCutOff) {
    const Sample sample{.width = 400, .height = 300};
    for (const auto& [file, type] :
         {std::pair{jpeg_of(sample), "image/jpeg"}, {png_of(sample), "image/png"}, {webp_of(sample), "image/webp"}}) {
        for (const std::size_t part : {3u, 2u}) {
            EXPECT_EQ(refusal_of(file.substr(0, file.size() * (part - 1) / part), type).reason, Reason::broken) << type;
        }
    }
}

TEST(MakePictures, RefusesGarbageBehindAGoodHeader) {
    const std::string garbage(5'000, '\x5a');
    EXPECT_EQ(refusal_of(jpeg_header(400, 300) + garbage, "image/jpeg").reason, Reason::broken);
    EXPECT_EQ(refusal_of(png_header(400, 300) + garbage, "image/png").reason, Reason::broken);
    EXPECT_EQ(refusal_of(webp_file(webp_chunk("VP8 ", lossy_pixels(400, 300) + garbage)), "image/webp").reason,
              Reason::broken);
}

}  // namespace
}  // namespace safargo::pictures
