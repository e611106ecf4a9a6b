#include "features/kyc/rules.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace safargo::kyc {
namespace {

using enum DocumentType;
using enum DocumentStatus;
using contract::enum_name;

constexpr std::array all_types{id_card, driver_license, vehicle_registration, insurance, profile_photo};

LocalDate day(std::string_view text) {
    return LocalDate::parse(text).value();
}

const LocalDate today = day("2026-12-01");

Document document(DocumentType type, DocumentStatus status, std::optional<std::string_view> expires_on = {}) {
    return {.type = type, .status = status, .expires_on = expires_on.transform(day)};
}

std::vector<Document> all_approved() {
    std::vector<Document> documents;
    for (const DocumentType type : all_types) documents.push_back(document(type, approved));
    documents[1].expires_on = day("2031-05-31");
    documents[3].expires_on = day("2027-03-01");
    return documents;
}

std::string missing(const std::vector<Document>& documents, bool verified = false) {
    std::string text;
    for (const MissingDocument& one : missing_of(documents, verified, today)) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", enum_name(one.type), enum_name(one.because));
    }
    return text;
}

// Every action in every state.
TEST(KycRules, ADocumentIsReadFirstAndDecidedOnce) {
    struct Row {
        DocumentStatus from;
        Action action;
        Result<DocumentStatus> expected;
    };
    const auto unread = fail(Code::document_unread), decided = fail(Code::already_decided);
    const std::vector<Row> table{
        {pending, Action::read, under_review},     {pending, Action::approve, unread},
        {pending, Action::reject, unread},         {under_review, Action::read, under_review},
        {under_review, Action::approve, approved}, {under_review, Action::reject, rejected},
        {approved, Action::read, approved},        {approved, Action::approve, decided},
        {approved, Action::reject, decided},       {rejected, Action::read, rejected},
        {rejected, Action::approve, decided},      {rejected, Action::reject, decided},
    };
    for (const Row& row : table) {
        EXPECT_EQ(next_status(row.from, row.action), row.expected)
            << enum_name(row.from) << ' ' << static_cast<int>(row.action);
    }
}

TEST(KycRules, SomeDocumentsStateTheirLastDay) {
    const auto refusal = [](DocumentType type, std::optional<std::string_view> expires_on) -> std::string {
        const auto refused = refuse_expiry(type, expires_on.transform(day), today);
        return refused ? refused->field + ' ' + std::string(name(refused->violation.rule)) : "";
    };
    for (const DocumentType type : {driver_license, insurance}) {
        EXPECT_EQ(refusal(type, {}), "expires_on required") << enum_name(type);
        EXPECT_EQ(refusal(type, "2026-12-01"), "") << "today it is valid";
        EXPECT_EQ(refusal(type, "2026-11-30"), "expires_on document_expires");
    }
    for (const DocumentType type : {id_card, vehicle_registration}) {
        EXPECT_EQ(refusal(type, {}), "") << enum_name(type);
        EXPECT_EQ(refusal(type, "2026-12-01"), "");
        EXPECT_EQ(refusal(type, "2026-11-30"), "expires_on document_expires");
    }
    EXPECT_EQ(refusal(profile_photo, {}), "");
    EXPECT_EQ(refusal(profile_photo, "2030-01-01"), "expires_on never_expires");
}

TEST(KycRules, TheGenderIsReadOnTheIdentityCard) {
    for (const DocumentType type : all_types) {
        const auto without = refuse_gender(type, std::nullopt), with = refuse_gender(type, users::Gender::female);
        EXPECT_EQ(without.has_value(), type == id_card) << enum_name(type);
        EXPECT_EQ(with.has_value(), type != id_card) << enum_name(type);
    }
}

TEST(KycRules, TheCardAndTheFaceVerifyAnIdentity) {
    EXPECT_EQ(standing_of({}, false), Standing{});
    const std::vector card{document(id_card, approved)};
    EXPECT_EQ(standing_of(card, false), Standing{});
    const std::vector both{card[0], document(profile_photo, approved)};
    EXPECT_EQ(standing_of(both, false), (Standing{.identity_verified = true}));
    for (const DocumentStatus status : {pending, under_review, rejected}) {
        const std::vector waiting{card[0], document(profile_photo, status)};
        EXPECT_EQ(standing_of(waiting, false), Standing{}) << enum_name(status);
    }
    EXPECT_EQ(standing_of({}, true), (Standing{.identity_verified = true})) << "it is never taken back";
}

TEST(KycRules, PublishingNeedsAllFiveUntilTheFirstOfThemEnds) {
    EXPECT_EQ(standing_of(all_approved(), false),
              (Standing{.identity_verified = true, .valid_until = day("2027-03-01")}));
    for (std::size_t lacking = 0; lacking < all_types.size(); ++lacking) {
        std::vector<Document> four = all_approved();
        four.erase(four.begin() + static_cast<std::ptrdiff_t>(lacking));
        EXPECT_EQ(standing_of(four, false).valid_until, std::nullopt) << enum_name(all_types[lacking]);
    }
    std::vector<Document> with_card = all_approved();
    with_card[0].expires_on = day("2026-12-24");
    EXPECT_EQ(standing_of(with_card, false).valid_until, day("2026-12-24"));
    std::vector<Document> renewing = all_approved();
    renewing.push_back(document(insurance, under_review, "2026-12-02"));
    EXPECT_EQ(standing_of(renewing, false).valid_until, day("2027-03-01")) << "what is not approved counts for nothing";
}

TEST(KycRules, WhoIsVerifiedByHandNeedsOnlyTheDriversDocuments) {
    std::vector<Document> driving = all_approved();
    std::erase_if(driving, [](const Document& one) { return one.type == id_card || one.type == profile_photo; });
    EXPECT_EQ(standing_of(driving, true).valid_until, day("2027-03-01"));
    EXPECT_EQ(missing(driving, true), "");
    EXPECT_EQ(missing({}, true), "driver_license not_sent, vehicle_registration not_sent, insurance not_sent");
}

TEST(KycRules, WhatIsMissingSaysWhy) {
    EXPECT_EQ(missing({}),
              "id_card not_sent, profile_photo not_sent, driver_license not_sent, vehicle_registration not_sent, "
              "insurance not_sent");
    EXPECT_EQ(missing(all_approved()), "");
    std::vector<Document> documents = all_approved();
    documents[3].expires_on = today;
    EXPECT_EQ(missing(documents), "") << "it is valid through its last day";
    documents[3].expires_on = day("2026-11-30");
    EXPECT_EQ(missing(documents), "insurance expired");
    documents.push_back(document(insurance, pending, "2027-11-30"));
    EXPECT_EQ(missing(documents), "insurance in_review");
    documents.back().status = under_review;
    EXPECT_EQ(missing(documents), "insurance in_review");
    documents.back().status = rejected;
    EXPECT_EQ(missing(documents), "insurance rejected");
    documents[3].expires_on = day("2027-03-01");
    EXPECT_EQ(missing(documents), "") << "the approved one still serves";
}

}  // namespace
}  // namespace safargo::kyc
