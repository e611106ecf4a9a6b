#include "adapters/s3/xml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::s3 {
namespace {

using ::testing::ElementsAre;

std::vector<XmlText> read(std::string_view document) {
    auto texts = read_xml(document);
    EXPECT_TRUE(texts) << document;
    return texts.value_or(std::vector<XmlText>{});
}

TEST(Xml, ReadsAnErrorOfS3) {
    const std::string document =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<Error><Code>NoSuchKey</Code><Message></Message><BucketName>safargo-uploads</BucketName></Error>";
    EXPECT_THAT(read(document), ElementsAre(XmlText{"Error/Code", "NoSuchKey"}, XmlText{"Error/Message", ""},
                                            XmlText{"Error/BucketName", "safargo-uploads"}));
    EXPECT_EQ(text_at(document, "Error/Code"), "NoSuchKey");
    EXPECT_EQ(text_at(document, "Error/Nothing"), "");
}

TEST(Xml, ReadsNestedElementsAttributesAndComments) {
    const std::string document =
        "\xEF\xBB\xBF<!-- a --><a:R xmlns='http://x/' x = \"1>2\"><!-- < --><B><C>1</C><C/></B\t>\n<D >é</D></a:R> "
        "<!-- b -->\n";
    EXPECT_THAT(read(document), ElementsAre(XmlText{"a:R/B/C", "1"}, XmlText{"a:R/B/C", ""}, XmlText{"a:R/D", "é"}));
    EXPECT_EQ(text_at(document, "a:R/B/C"), "1");
}

TEST(Xml, DecodesReferences) {
    EXPECT_EQ(text_at("<a>&quot;1&quot; &lt;&amp;&gt; &apos;&#65;&#x62;&#x1F600;</a>", "a"), "\"1\" <&> 'Ab😀");
}

TEST(Xml, RefusesWhatIsNotWellFormed) {
    for (const std::string_view bad : {"",
                                       " ",
                                       "a",
                                       "<a>",
                                       "<a></b>",
                                       "<a></a></a>",
                                       "<a></a><b></b>",
                                       "<a",
                                       "<a b></a>",
                                       "<a b=1></a>",
                                       "<a b='<'></a>",
                                       "<a b='1></a>",
                                       "<a b='1'c='2'></a>",
                                       "<a>&</a>",
                                       "<a>&nbsp;</a>",
                                       "<a>&#0;</a>",
                                       "<a>&#xD800;</a>",
                                       "<a>&#x110000;</a>",
                                       "<a>&#99999999;</a>",
                                       "<a>&#;</a>",
                                       "<a>&#x;</a>",
                                       "<a>&#6f;</a>",
                                       "<a>x",
                                       "<a><!-- </a>",
                                       "<?xml <a/>",
                                       "<a>\xff</a>",
                                       "< a></a>",
                                       "<></>",
                                       "x<a/>"}) {
        EXPECT_FALSE(read_xml(bad)) << bad;
    }
}

TEST(Xml, RefusesDocumentTypesAndCharacterData) {
    EXPECT_FALSE(read_xml("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"));
    EXPECT_FALSE(read_xml("<a><![CDATA[b]]></a>"));
    EXPECT_FALSE(read_xml("<a><?php b?></a>"));
}

TEST(Xml, KeepsItsLimits) {
    const XmlLimits limits{.bytes = 60, .depth = 2, .elements = 3, .name = 4};
    EXPECT_TRUE(read_xml("<abcd><b></b><b></b></abcd>", limits));
    EXPECT_FALSE(read_xml("<abcde></abcde>", limits));
    EXPECT_FALSE(read_xml("<a><b><c></c></b></a>", limits));
    EXPECT_FALSE(read_xml("<a><b/><b/><b/></a>", limits));
    EXPECT_FALSE(read_xml("<a>" + std::string(60, ' ') + "</a>", limits));
}

}  // namespace
}  // namespace safargo::s3
