#include "api/cursor.hpp"
#include "testing/properties.hpp"

namespace safargo::api {
namespace {

const CursorSigner signer("0123456789abcdef0123456789abcdef");
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

RC_GTEST_PROP(Cursors, OpenOnlyForTheirQuery, (std::string query, std::string position)) {
    const std::string cursor = signer.sign(query, position);
    RC_ASSERT(signer.open(query, cursor).value() == position);
    const auto other = *rc::gen::distinctFrom(query);
    RC_ASSERT(!signer.open(other, cursor));
}

RC_GTEST_PROP(Cursors, AreRefusedWhenAltered, (std::string query, std::string position)) {
    std::string cursor = signer.sign(query, position);
    char& one = cursor[*rc::gen::inRange<std::size_t>(0, cursor.size())];
    one = *rc::gen::distinctFrom(rc::gen::elementOf(std::string(alphabet)), one);
    RC_ASSERT(!signer.open(query, cursor));
}

RC_GTEST_PROP(Cursors, AreRefusedWhenCutOrExtended, (std::string query, std::string position)) {
    const std::string cursor = signer.sign(query, position);
    RC_ASSERT(!signer.open(query, cursor.substr(0, *rc::gen::inRange<std::size_t>(0, cursor.size()))));
    const auto more = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::elementOf(std::string(alphabet))));
    RC_ASSERT(!signer.open(query, cursor + more));
}

}  // namespace
}  // namespace safargo::api
