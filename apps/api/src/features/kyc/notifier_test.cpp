#include "features/kyc/kyc_world_test.hpp"

#include "features/kyc/notifier.hpp"

#include <gmock/gmock.h>

namespace safargo::kyc {
namespace {

using enum DocumentType;
using enum DocumentStatus;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using namespace test;

struct Mailbox final : Messenger {
    Task<Receipt> deliver(Delivery delivery) override {
        letters.push_back(std::move(delivery));
        co_return Receipt{};
    }
    std::vector<Delivery> letters;
};

class DocumentNotifierTest : public KycWorld {
protected:
    // As the dispatcher would, and each row twice.
    void send_all(std::string_view kind, const db::OutboxHandler& handler) {
        static constexpr db::Statement waiting{"test_waiting",
                                               "select id, payload from outbox where kind = $1 order by id"};
        const db::Rows rows = run(database.db().query(waiting, kind));
        for (const db::Row row : rows) {
            for (int time = 0; time < 2; ++time) {
                run(handler({.payload = row.get<std::string>(1), .id = row.get<std::int64_t>(0)}));
            }
        }
    }
    // The letters for everything that has happened, each written once.
    std::vector<Delivery> letters(notifications::Notifications& by) {
        DocumentNotifier notifier{database.db(), clock, by};
        send_all("kyc.changed", notifier.subscription().handlings.at(0).handler);
        static constexpr db::Statement written{"test_written",
                                               "select count(*) from outbox where kind = 'notification.deliver'"};
        const auto count = run(database.db().query(written))[0].get<std::int64_t>(0);
        mailbox.letters.clear();
        send_all("notification.deliver", by.subscription().handlings.at(0).handler);
        EXPECT_EQ(std::ssize(mailbox.letters), 2 * count);
        std::vector<Delivery> once;
        for (std::size_t i = 0; i < mailbox.letters.size(); i += 2) once.push_back(mailbox.letters[i]);
        return once;
    }
    void speaks(const Caller& caller, std::string_view language) {
        execute("update users set locale = '{}' where id = '{}'", language, caller.id.str());
    }

    Mailbox mailbox;
    notifications::Notifications post{{.sms = &mailbox, .email = &mailbox}, "a secret of at least thirty-two bytes"};
};

TEST_F(DocumentNotifierTest, EachDecisionIsOneMessageOfWhatItAchieved) {
    approve_all(amel);
    std::vector<std::string> names;
    for (const Delivery& letter : letters(post)) {
        EXPECT_EQ(letter.to, "+213550000001");
        names.push_back(letter.template_name);
    }
    EXPECT_EQ(names, (std::vector<std::string>{"kyc_approved", "kyc_identity_verified", "kyc_approved", "kyc_approved",
                                               "kyc_may_publish"}));
}

TEST_F(DocumentNotifierTest, ARejectionSaysWhyInTheReadersLanguage) {
    struct Row {
        std::string_view language, document, reason;
    };
    const std::vector<Row> table{{"fr", "permis de conduire", "illisible"},
                                 {"ar", "رخصة السياقة", "غير مقروءة"},
                                 {"en", "driving licence", "cannot be read"}};
    for (const Row& row : table) {
        execute("delete from outbox; delete from kyc_documents");
        speaks(amel, row.language);
        const KycDocumentId id = in_state(under_review, amel, driver_license);
        ASSERT_TRUE(run(try_reject(moderator, id, RejectionReason::unreadable, "N° 7")));
        const auto sent = letters(post);
        ASSERT_THAT(sent, SizeIs(1)) << row.language;
        EXPECT_THAT(sent[0].text,
                    AllOf(HasSubstr(std::string(row.document)), HasSubstr(std::string(row.reason)), HasSubstr("N° 7")));
    }
}

TEST_F(DocumentNotifierTest, EveryReasonHasWords) {
    int people = 10;
    for (const RejectionReason reason :
         {RejectionReason::unreadable, RejectionReason::incomplete, RejectionReason::expired,
          RejectionReason::wrong_document, RejectionReason::other_person, RejectionReason::other_expiry,
          RejectionReason::altered, RejectionReason::other}) {
        const Caller person = add_user("Somebody", fmt::format("+2135500001{}", people++));
        ASSERT_TRUE(run(try_reject(moderator, in_state(under_review, person), reason, "note")));
    }
    EXPECT_THAT(letters(post), SizeIs(8));
}

TEST_F(DocumentNotifierTest, AReminderNamesTheDay) {
    speaks(amel, "en");
    prove(amel, insurance, "2026-12-10");
    execute("delete from outbox");
    EXPECT_EQ(run(deadlines.remind(clock.now())), 1);
    const auto sent = letters(post);
    ASSERT_THAT(sent, SizeIs(1));
    EXPECT_THAT(sent[0].text, AllOf(HasSubstr("2026-12-10"), HasSubstr("insurance certificate")));
}

TEST_F(DocumentNotifierTest, ThePersonsOpenPagesAreToldToo) {
    const KycDocumentId id = prove(amel, insurance);
    letters(post);
    EXPECT_EQ(read("select string_agg(distinct concat_ws(' ', event, subject_id, what), ',') from user_events where "
                   "user_id = users.id",
                   amel),
              "notification " + id.str() + " kyc_approved");
}

TEST_F(DocumentNotifierTest, WhoHasLeftOrCannotBeReachedIsSentNothing) {
    notifications::Notifications silence{{}, "a secret of at least thirty-two bytes"};
    prove(amel, insurance);
    EXPECT_THAT(letters(silence), SizeIs(0));
    ASSERT_TRUE(leave(amel));
    EXPECT_THAT(letters(post), SizeIs(0));
}

}  // namespace
}  // namespace safargo::kyc
