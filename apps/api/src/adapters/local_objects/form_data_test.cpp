#include "adapters/local_objects/form_data.hpp"

#include <gtest/gtest.h>

namespace safargo::local_objects {
namespace {

std::string part(std::string_view disposition, std::string_view content) {
    return "--B\r\nContent-Disposition: " + std::string(disposition) + "\r\n\r\n" + std::string(content) + "\r\n";
}

const std::string end = "--B--\r\n";

bool accepts(const std::string& body, const FormLimits& limits = {}) {
    return parse_form(body, "B", limits).has_value();
}

TEST(FormData, ReadsFieldsAndAFile) {
    const std::string body = part("form-data; name=\"key\"", "a/b é") +
                             "--B\r\ncontent-type: image/png\r\ncontent-disposition:form-data;name=\"file\" ; "
                             "filename=\"a;b.png\"\r\n\r\n\x89PNG\r\n\r\n\r\n" +
                             end;
    const auto parts = parse_form(body, "B");
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), 2U);
    EXPECT_EQ((*parts)[0].name, "key");
    EXPECT_EQ((*parts)[0].content, "a/b é");
    EXPECT_FALSE((*parts)[0].is_file);
    EXPECT_EQ((*parts)[1].name, "file");
    EXPECT_EQ((*parts)[1].content, "\x89PNG\r\n\r\n");
    EXPECT_TRUE((*parts)[1].is_file);
}

TEST(FormData, ReadsEmptyPartsAndNoParts) {
    EXPECT_EQ(parse_form(part("form-data; name=\"a\"", "") + end, "B")->at(0).content, "");
    EXPECT_EQ(parse_form("--B--", "B")->size(), 0U);
    EXPECT_TRUE(parse_form(part("form-data; name=\"a\"; filename=\"\"", "") + end, "B")->at(0).is_file);
}

TEST(FormData, TakesALongerBoundaryForContent) {
    const std::string body = part("form-data; name=\"a\"", "1\r\n--Bx\r\n--B\n2") + end;
    const auto parts = parse_form(body, "B");
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->at(0).content, "1\r\n--Bx\r\n--B\n2");
}

TEST(FormData, RefusesBrokenBodies) {
    const std::string good = part("form-data; name=\"a\"", "1");
    EXPECT_TRUE(accepts(good + end));
    EXPECT_FALSE(accepts("\r\n" + good + end));
    EXPECT_FALSE(accepts("--C\r\n" + good + end));
    for (const std::string& bad : {std::string(), good, good + "--B", good + "--B-", good + "--B\r\n", good + end + "x",
                                   std::string("--B\r\n\r\n1\r\n--B--"),
                                   std::string("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n1\r\n--B--")}) {
        EXPECT_FALSE(accepts(bad)) << bad;
    }
}

TEST(FormData, RefusesBrokenDispositions) {
    for (const std::string_view bad :
         {"form-data", "attachment; name=\"a\"", "form-data; name=a", "form-data; name=\"a", "form-data; name",
          "form-data name=\"a\"", "form-data; name=\"a\"; name=\"b\"", "form-data; filename=\"a\"",
          "form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"", "form-data; name=\"a\"\r\nno colon"}) {
        EXPECT_FALSE(accepts(part(bad, "1") + end)) << bad;
    }
    EXPECT_TRUE(accepts(part("form-data; other=\"1\"; name=\"a\"", "1") + end));
}

TEST(FormData, KeepsItsLimits) {
    const FormLimits limits{.parts = 2, .header_bytes = 80, .field_bytes = 10};
    const std::string field = part("form-data; name=\"a\"", "1234");
    EXPECT_TRUE(accepts(field + field + end, limits));
    EXPECT_FALSE(accepts(field + field + field + end, limits)) << "parts";
    EXPECT_FALSE(accepts(part("form-data; name=\"a\"", "1234567890") + end, limits)) << "bytes";
    EXPECT_TRUE(accepts(part("form-data; name=\"a\"; filename=\"\"", "1234567890") + end, limits)) << "a file";
    EXPECT_FALSE(accepts(part("form-data; name=\"a\"\r\nX: " + std::string(60, 'x'), "1") + end, limits)) << "header";
}

TEST(Boundary, IsReadFromTheContentType) {
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=----WebKitFormBoundaryA1"), "----WebKitFormBoundaryA1");
    EXPECT_EQ(boundary_of("Multipart/Form-Data;Boundary=\"a b\""), std::nullopt);
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=\"a:b\""), "a:b");
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=" + std::string(70, 'a')), std::string(70, 'a'));
    for (const std::string& bad :
         {std::string(), std::string("multipart/form-data"), std::string("text/plain; boundary=a"),
          std::string("multipart/form-data; boundary="), std::string("multipart/form-data; boundary=a\r\nb"),
          "multipart/form-data; boundary=" + std::string(71, 'a')}) {
        EXPECT_EQ(boundary_of(bad), std::nullopt) << bad;
    }
}

}  // namespace
}  // namespace safargo::local_objects
