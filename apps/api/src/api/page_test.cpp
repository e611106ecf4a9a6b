#include "api/page.hpp"

#include "core/bounded.hpp"
#include "core/text.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace safargo::api {
namespace {

using ::testing::ElementsAre;

struct Wanted {
    std::optional<Bounded<1, 100>> limit{};
    std::optional<Text<300>> cursor{};
};

const CursorSigner signer("0123456789abcdef0123456789abcdef");

Wanted wanted(std::int64_t limit, const std::optional<std::string>& cursor = {}) {
    Wanted it{.limit = Bounded<1, 100>::from(limit).value()};
    if (cursor) it.cursor = Text<300>::parse(*cursor).value();
    return it;
}

PageRequest asked(const Wanted& wanted) {
    return PageRequest::of(signer, "numbers", wanted).value();
}

// The numbers 1..7, read like the rows of a list.
std::vector<int> read(const PageRequest& page) {
    std::vector<int> rows;
    const int first = page.position() ? std::stoi(*page.position()) + 1 : 1;
    for (int i = first; i <= 7 && std::ssize(rows) < page.rows(); ++i) rows.push_back(i);
    return rows;
}

std::optional<std::string> cut(const PageRequest& page, std::vector<int>& rows) {
    return page.cut(rows, [](int row) { return std::to_string(row); });
}

TEST(PageRequest, ContinuesWhereThePreviousPageEnded) {
    std::optional<std::string> cursor;
    std::vector<std::vector<int>> pages;
    do {
        const PageRequest page = asked(wanted(3, cursor));
        pages.push_back(read(page));
        cursor = cut(page, pages.back());
    } while (cursor);
    EXPECT_THAT(pages, ElementsAre(ElementsAre(1, 2, 3), ElementsAre(4, 5, 6), ElementsAre(7)));
}

TEST(PageRequest, AFullLastPageHasNoNextPage) {
    const PageRequest page = asked(wanted(7));
    std::vector<int> rows = read(page);
    EXPECT_EQ(cut(page, rows), std::nullopt);
    EXPECT_EQ(rows.size(), 7U);
    std::vector<int> none;
    EXPECT_EQ(cut(page, none), std::nullopt);
}

TEST(PageRequest, ReadsOneRowMoreThanItsLimit) {
    EXPECT_EQ(asked(wanted(1)).rows(), 2);
    EXPECT_EQ(asked(Wanted{}).rows(), PageRequest::default_limit + 1);
    EXPECT_EQ(asked(Wanted{}).position(), std::nullopt);
}

TEST(PageRequest, ACursorBelongsToItsQuestion) {
    const std::string cursor = asked(wanted(3)).after("3");
    EXPECT_EQ(asked(wanted(5, cursor)).position(), "3") << "the limit may change between pages";
    const auto other = PageRequest::of(signer, "letters", wanted(3, cursor));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, Code::malformed_request);
    EXPECT_EQ(other.error().fields.at(0).field, "cursor");
}

}  // namespace
}  // namespace safargo::api
