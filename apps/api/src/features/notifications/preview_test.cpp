#include "features/notifications/preview.hpp"

#include "features/notifications/templates.hpp"
#include "testing/run_task.hpp"

#include <gmock/gmock.h>

namespace safargo::notifications {
namespace {

using ::testing::HasSubstr;

class PreviewTest : public ::testing::Test {
protected:
    PreviewTest() { add_preview_routes(router); }
    http::Response ask(std::string query = "", std::string host = "127.0.0.1:3000",
                       std::string accept = "application/json") {
        http::Request request;
        request.path = "/dev/messages";
        request.query = std::move(query);
        request.headers = {{"Host", std::move(host)}, {"Accept", std::move(accept)}};
        return testing::run(router.match(http::Method::get, request.path).route->handler(request));
    }
    static std::size_t count(std::string_view text, std::string_view part) {
        std::size_t found = 0;
        for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
        return found;
    }
    http::Router router;
};

TEST_F(PreviewTest, ShowsEveryTextInEveryLanguage) {
    const http::Response answer = ask();
    EXPECT_EQ(answer.status, 200);
    for (const Template& entry : all_templates())
        EXPECT_EQ(count(answer.body, "\"name\":\"" + std::string(entry.name) + '"'), 3U) << entry.name;
    for (const char* locale : {"fr", "ar", "en"})
        EXPECT_EQ(count(answer.body, std::string(R"("locale":")") + locale + '"'), all_templates().size());
    EXPECT_THAT(answer.body, HasSubstr("[way]"));
    EXPECT_THAT(answer.body, HasSubstr("keep 3 seats."));
    EXPECT_THAT(answer.body, HasSubstr(R"("sms_parts":1)"));
}

TEST_F(PreviewTest, CountsWithTheNumberThatIsChosen) {
    EXPECT_THAT(ask("count=1").body, HasSubstr("keep 1 seat."));
    for (const char* wrong : {"count=-1", "count=x", "count=1000001", "other=1"})
        EXPECT_EQ(ask(wrong).status, 422) << wrong;
}

TEST_F(PreviewTest, IsAPageForBrowsers) {
    const http::Response page = ask("", "localhost:3000", "text/html");
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.content_type, HasSubstr("text/html"));
}

TEST_F(PreviewTest, IsForThisMachineOnly) {
    EXPECT_EQ(ask("", "evil.example").status, 403);
}

}  // namespace
}  // namespace safargo::notifications
