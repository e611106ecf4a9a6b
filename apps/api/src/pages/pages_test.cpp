#include "pages/pages.hpp"

#include "testing/run_task.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace safargo::pages {
namespace {

std::string on_disk(std::string_view name) {
    std::ifstream file(std::string(SAFARGO_PAGES_DIR) + '/' + std::string(name), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

http::Response ask(std::string_view name, std::string accept_encoding) {
    http::Request request;
    request.headers.emplace_back("Accept-Encoding", std::move(accept_encoding));
    return testing::run(page(name)(request));
}

TEST(Pages, AreTheFilesOfTheirFolder) {
    EXPECT_GE(files().size(), 8U);
    for (const File& file : files()) EXPECT_EQ(text_of(file.name), on_disk(file.name)) << file.name;
}

TEST(Pages, AreCompressedForClientsThatAcceptGzip) {
    const http::Response packed = ask("outbox/index.html", "br, gzip"), plain = ask("outbox/index.html", "identity");
    EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
    EXPECT_LT(packed.body.size(), plain.body.size());
    EXPECT_EQ(plain.header("Content-Encoding"), "");
    EXPECT_EQ(plain.body, on_disk("outbox/index.html"));
    EXPECT_NE(packed.header("ETag"), plain.header("ETag")) << "a strong ETag identifies exact bytes";
}

TEST(Pages, HaveAContentType) {
    EXPECT_EQ(ask("docs/index.html", "").content_type, "text/html; charset=utf-8");
    EXPECT_EQ(ask("docs/page.js", "").content_type, "text/javascript; charset=utf-8");
    EXPECT_EQ(ask("docs/page.css", "").content_type, "text/css; charset=utf-8");
}

TEST(Pages, RunNothingInline) {
    const std::string policy(ask("docs/index.html", "").header("Content-Security-Policy"));
    EXPECT_THAT(policy, ::testing::StartsWith("default-src 'none'; script-src 'self'; style-src 'self'"));
    EXPECT_THAT(policy, ::testing::Not(::testing::HasSubstr("unsafe")));
    for (const char* file : {"docs/index.html", "outbox/index.html"}) {
        const std::string text = text_of(file);
        for (const char* way : {"<style", "style=", "onclick", "<script>", "//"})
            EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr(way))) << file;
    }
}

TEST(Pages, ThatDoNotExistThrow) {
    EXPECT_THROW(page("docs/nothing.html"), std::logic_error);
    EXPECT_THROW(text_of("index.html"), std::logic_error);
}

}  // namespace
}  // namespace safargo::pages
